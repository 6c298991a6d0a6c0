"""Words as they are looked for: whatever their case and accents."""

import unicodedata


def plain(text: str) -> str:
    """The text without case and accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
