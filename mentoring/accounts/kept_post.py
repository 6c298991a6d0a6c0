"""Nothing typed is lost when a sign-in has run out: a form that arrives from somebody who is signed out is kept until they are
signed in again, and then shown with everything in it. It needs no JavaScript, and saves nothing on anybody's behalf.

How it goes: the post is sealed with a fresh key and stored; the person is sent to the sign-in page, and the address they go on
to afterwards carries the row's id and the key. The server alone cannot read what it keeps. A row opens only

* in the browser it came from (a mark in its session, which survives signing in as nobody else); or, where the form carries a
  mark of the person it was drawn for (``WHOSE``), to that person and nobody else, whoever has signed in meanwhile,
* at the address it was posted to,
* for a day.

The same serves a form whose CSRF token has run out, which is what a page opened before signing in anew has. Only posts from our
own pages are kept: ``SameSite=Lax`` makes a signed-in person's post from a foreign page look signed out, and keeping that would
put foreign words into their form.
"""

import base64
import datetime as dt
import hashlib
import json
import logging
import os
import secrets
import uuid
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, QueryDict

from mentoring import clock
from mentoring.accounts.models import KeptPost

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., Any])

PARAMETER = "kept"
WHOSE = "whose"
"""The field of a form in which its page says for whom it was drawn: something only that person's own pages carry."""
KEPT_FOR = dt.timedelta(days=1)
MOST_BYTES = 256 * 1024
MOST_POSTED_BYTES = 12 * 1024 * 1024
"""A larger post (with files in it) is not even read."""
MOST_AN_HOUR = 60
"""Per address, so that nobody fills the table without an account."""
_MARK = "kept_posts"
_NONCE_BYTES = 12


def keeps_posts(view: View) -> View:
    """Mark a form's view: what is posted to it while signed out is kept (``KeptPostMiddleware``), and the view shows it

    again by asking ``kept_post(request)`` when it draws the form.
    """
    view.keeps_posts = True  # type: ignore[attr-defined]
    return view


def answers_json(view: View) -> View:
    """Mark a view that scripts call: signed out it answers 401 in JSON instead of leading to the sign-in page."""
    view.answers_json = True  # type: ignore[attr-defined]
    return view


# --- Keeping --------------------------------------------------------------------------------------------------------


def keep_post(request: HttpRequest) -> str | None:
    """Keep what was posted. Returns the address that shows it again, or ``None`` when it is not kept.

    Files are not kept, nor what is larger than ``MOST_BYTES``, nor anything that did not come from a page of ours.
    """
    if not came_from_here(request) or _posted_bytes(request) > MOST_POSTED_BYTES or _too_often(request):
        return None
    fields = _fields(request)
    if not fields or len(fields) > MOST_BYTES:
        return None
    forget_old()
    key, nonce = AESGCM.generate_key(bit_length=128), os.urandom(_NONCE_BYTES)
    whose = request.POST.get(WHOSE, "")
    row = KeptPost(holder=_person(whose) if whose else _holder(request, make=True), place=_place(request))
    row.sealed = nonce + AESGCM(key).encrypt(nonce, fields, _bound(row))
    row.save()
    token = base64.urlsafe_b64encode(row.pk.bytes + key).decode().rstrip("=")
    return f"{request.path}?{urlencode({PARAMETER: token})}"


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very host sent the request. What says nothing is not believed."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(said)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())


def _posted_bytes(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return MOST_POSTED_BYTES + 1


def _too_often(request: HttpRequest) -> bool:
    name = f"kept-post:{get_adapter().get_client_ip(request)}"
    cache.add(name, 0, timeout=3600)
    try:
        return cache.incr(name) > MOST_AN_HOUR
    except ValueError:  # it ran out between the two calls
        return False


def _fields(request: HttpRequest) -> bytes:
    try:
        lists = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    except (RequestDataTooBig, TooManyFieldsSent):
        return b""
    return json.dumps(lists, ensure_ascii=False).encode() if lists else b""


def forget_old() -> None:
    """Delete what nobody came back for. Done at every new one, so that nothing needs a clock of its own."""
    KeptPost.objects.filter(created_at__lt=clock.now() - KEPT_FOR).delete()


# --- Showing again --------------------------------------------------------------------------------------------------


def kept_post(request: HttpRequest, *, whose: str = "") -> QueryDict | None:
    """What was typed into this form before signing in, as it was posted, or ``None``.

    ``whose`` is the mark of the person who asks, for forms that carry one.
    """
    opened = _opened(request, whose)
    if opened is None:
        return None
    posted = QueryDict(mutable=True)
    for name, values in opened.items():
        posted.setlist(name, values)
    return posted


def _opened(request: HttpRequest, whose: str) -> dict[str, list[str]] | None:
    found = _found(request, whose)
    if found is None:
        return None
    row, key = found
    sealed = bytes(row.sealed)
    try:
        return json.loads(key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(row)))
    except InvalidTag:
        return None


def _found(request: HttpRequest, whose: str) -> tuple[KeptPost, AESGCM] | None:
    """The row that the address names, if it is this person's or browser's and this form's, and the key that came with it."""
    token, holders = request.GET.get(PARAMETER), [_person(whose) if whose else "", _holder(request)]
    if not token or not any(holders):
        return None
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        row_id, key = uuid.UUID(bytes=raw[:16]), AESGCM(raw[16:])
    except ValueError:
        return None
    since = clock.now() - KEPT_FOR
    row = KeptPost.objects.filter(pk=row_id, place=_place(request), created_at__gte=since).first()
    return (row, key) if row and row.holder in filter(None, holders) else None


def forget_kept_posts(request: HttpRequest, *, whose: str = "") -> None:
    """Delete what this page was shown with, once it has been saved. What other pages are still to show stays.

    The form must post to the address it was shown at, query and all: leave its ``action`` out.
    """
    found = _found(request, whose)
    if found is not None:
        found[0].delete()


# --- What a row is bound to -----------------------------------------------------------------------------------------


def _holder(request: HttpRequest, *, make: bool = False) -> str:
    """The digest of the browser's own mark; empty where it has none. Signing in as another person takes the mark away."""
    mark = request.session.get(_MARK)
    if mark is None and make:
        mark = request.session[_MARK] = secrets.token_urlsafe(24)
    return hashlib.sha256(mark.encode()).hexdigest() if mark else ""


def _person(whose: str) -> str:
    return hashlib.sha256(f"{WHOSE}:{whose}".encode()).hexdigest()


def _place(request: HttpRequest) -> str:
    return hashlib.sha256(request.path.encode()).hexdigest()


def _bound(row: KeptPost) -> bytes:
    return f"{row.pk}:{row.holder}:{row.place}".encode()
