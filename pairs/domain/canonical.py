"""One way to write a value as bytes, so that the same content always has the same fingerprint."""

import hashlib
import json
import math
import unicodedata
from decimal import Decimal
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON in UTF-8, normal form C, keys sorted, no spaces (after RFC 8785). Raises ``TypeError`` for a float.

    Floats are refused because two programs may print the same one differently: write them ``without_floats`` first.
    """
    plain = _plain(value)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(value: Any) -> str:
    """SHA-256 of the canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def without_floats(value: Any) -> Any:
    """The same value with every float written down: a whole one as an integer, any other as plain decimal text (``2.5``).

    The text has the fewest digits that give the same number again, without an exponent, so that there is one way to write
    it. What holds no float stays as it is, byte for byte. Raises ``TypeError`` for what is no number (infinity).
    """
    if isinstance(value, float):
        if not math.isfinite(value):
            raise TypeError("Infinity has no canonical form.")
        return int(value) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, list | tuple):
        return [without_floats(item) for item in value]
    if isinstance(value, dict):
        return {key: without_floats(item) for key, item in value.items()}
    return value


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
