"""What a worksheet's page needs to keep drafts: where to save them, and how to keep them on a device without a line.

Words kept in a browser are encrypted with a key that only the page delivers. It is derived, not stored, and belongs to one
person and one response: after signing in again the same person gets the same key, and nobody else ever does. A change of
``SECRET_KEY`` makes drafts kept on devices unreadable; those that were sent are not affected.
"""

import base64
import secrets
from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac

_KEY, _ID = "worksheet.draft.key", "worksheet.draft.id"


def draft_key(user: object, response: object) -> str:
    """The AES key, base64 of 32 bytes, under which a person's browser keeps drafts of a response (ids or their text)."""
    digest = salted_hmac(_KEY, f"{user}|{response}", algorithm="sha256").digest()
    return base64.b64encode(digest).decode("ascii")


def draft_id(user: object, response: object) -> str:
    """The name under which a browser keeps it: says nothing to others who use the device."""
    return salted_hmac(_ID, f"{user}|{response}", algorithm="sha256").hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """The page's part in keeping a draft.

    ``revision`` is the response's, and ``saved_words`` say when it was saved ("Saved 10:42"). ``draft_url`` takes the
    form by POST as it stands and answers JSON: 200 ``{"saved_at", "saved_label", "revision", "answered", "total"}``, 409
    ``{"conflict_url"}`` when somebody else saved in between, 401 (or a redirect) when the session is over.
    ``save_key`` marks the saves of one page as its own.
    """

    revision: int
    draft_url: str = ""
    draft_id: str = ""
    draft_key: str = ""
    login_url: str = ""
    saved_words: str = ""
    save_key: str = field(default_factory=lambda: secrets.token_hex(12))


def keeping(
    *,
    user: object,
    response: object,
    revision: int,
    draft_url: str,
    login_url: str,
    saved_words: str = "",
    save_key: str = "",
) -> Keeping:
    """``Keeping`` for a person and a response. ``save_key`` is the one that was posted, when a page is shown again."""
    return Keeping(
        revision=revision,
        draft_url=draft_url,
        draft_id=draft_id(user, response),
        draft_key=draft_key(user, response),
        login_url=login_url,
        saved_words=saved_words,
        save_key=save_key or secrets.token_hex(12),
    )
