"""Each organisation's own key for its texts, wrapped by the installation's key (library: cryptography, AES-256-GCM).

A stored text is ``1`` byte of format, 12 bytes of nonce, then the sealed words; the organisation's id is bound in as
associated data, so that a sealed text copied to another organisation's row cannot be opened there.
"""

import base64
import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FORMAT = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


class UnreadableText(Exception):
    """A sealed text could not be opened: wrong key, wrong organisation, or damaged bytes."""


def _installation_keys() -> list[bytes]:
    if not settings.DATA_KEY:
        raise ImproperlyConfigured("DATA_KEY is missing: ./run makes one; otherwise set 32 bytes in url-safe base64.")
    return [decoded(key) for key in (settings.DATA_KEY, *settings.DATA_KEY_FALLBACKS)]


@lru_cache(maxsize=8)
def decoded(key: str) -> bytes:
    """The bytes of an installation key. Raises ``ImproperlyConfigured`` for anything but 32 bytes in url-safe base64."""
    try:
        raw = base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ImproperlyConfigured("DATA_KEY must be 32 bytes in url-safe base64.")
    return raw


def new_wrapped_key(organisation_id: UUID) -> bytes:
    """A fresh data key for an organisation, wrapped for storage."""
    return seal(_installation_keys()[0], os.urandom(KEY_BYTES), organisation_id)


@lru_cache(maxsize=256)
def unwrap(wrapped: bytes, organisation_id: UUID) -> bytes:
    """The organisation's data key. Raises ``UnreadableText`` when no installation key opens it.

    Kept in memory, so that a page of sealed texts unwraps its key once.
    """
    for key in _installation_keys():
        try:
            return open_sealed(key, wrapped, organisation_id)
        except UnreadableText:
            continue
    raise UnreadableText("No installation key opens this organisation's data key.")


def rewrap(wrapped: bytes, organisation_id: UUID) -> bytes:
    """The same data key, wrapped by the installation's newest key. Raises ``UnreadableText``."""
    return seal(_installation_keys()[0], unwrap(wrapped, organisation_id), organisation_id)


def seal(key: bytes, plain: bytes, organisation_id: UUID) -> bytes:
    """Seal bytes for one organisation."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, organisation_id.bytes)


def open_sealed(key: bytes, sealed: bytes, organisation_id: UUID) -> bytes:
    """Open sealed bytes. Raises ``UnreadableText``."""
    if sealed[:1] != FORMAT:
        raise UnreadableText("Unknown format of a sealed text.")
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, organisation_id.bytes)
    except InvalidTag:
        raise UnreadableText("A sealed text could not be opened.") from None
