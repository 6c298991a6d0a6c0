"""Cells that a spreadsheet would run as a formula, made harmless (OWASP, CSV injection; ASVS 1.2.10). Pure."""

from typing import Any

TRIGGERS = frozenset("=+-@|%\t\r\n＝＋－＠｜％")
"""Characters with which a formula, or a command behind one, can begin; full-width ones are taken for the plain ones."""
UNSEEN = frozenset(" \u00a0\u200b\u200c\u200d\u2060\ufeff\u3000\x00\x0b\x0c")
"""Blanks that some programs drop before they look at the first character."""
QUOTE = "'"


def defused(value: Any) -> Any:
    """A text that cannot start a formula: it gets an apostrophe in front, which spreadsheets take for "this is text".

    Numbers, dates and truth values are left alone: they are written as what they are.
    """
    if not isinstance(value, str) or not value:
        return value
    seen = value.lstrip("".join(UNSEEN))
    if value[0] in TRIGGERS or (seen and seen[0] in TRIGGERS):
        return QUOTE + value
    return value
