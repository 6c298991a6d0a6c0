"""One way to write a value as bytes, so that the same content always has the same fingerprint."""

import hashlib
import json
import unicodedata
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON in UTF-8, normal form C, keys sorted, no spaces (after RFC 8785). Raises ``TypeError`` for a float.

    Floats are refused because two programs may print the same one differently.
    """
    plain = _plain(value)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(value: Any) -> str:
    """SHA-256 of the canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", str(key)): _plain(item) for key, item in value.items()}
    raise TypeError(f"A {type(value).__name__} has no canonical form: write it as text.")
