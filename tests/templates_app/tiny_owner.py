"""The smallest room that can own responses: its addresses (as a ``ROOT_URLCONF``) and its owner.

Authors write, take up again and share; where there is no author any member writes. Everybody else in ``READERS`` reads what
was sent, but for fields marked ``private``.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import include, path, reverse

from mentoring.accounts.models import User
from mentoring.urls import urlpatterns as all_urls
from templates_app.domain.owners import Audience, Beside, Line, WorksheetOwner, WorksheetUrls
from templates_app.domain.sharing import audiences_of
from templates_app.models import Response
from templates_app.views.worksheet_urls import worksheet_urls
from tests.templates_app.sheets import context_of

PAGES = ("draft", "review", "conflict", "read", "pdf", "reopen", "share")
READERS: set[Any] = set()
"""Ids of those who read what others sent."""
SUBMITTED: list[tuple[User, Response]] = []
"""What owners were told."""

BETWEEN: list[Callable[[Response], object]] = []
"""What others do after a page has looked at a response, and before it does anything with it."""
REFUSALS: list[Exception] = []
"""What the owner answers to a sending: the first of them."""


def tiny_owner(user: User, response: Response) -> WorksheetOwner | None:
    """The response as this person meets it, or ``None``."""
    writes = response.author_id in (None, user.pk)
    if not writes and not (user.pk in READERS and response.is_submitted):
        return None
    shared = audiences_of([response])[response.pk] if writes and response.is_submitted else frozenset()
    return WorksheetOwner(
        response=response,
        title="Learning log",
        urls=urls_of(response),
        readers_sentence="Helen, once you both have sent yours.",
        context=context_of(user),
        may_write=writes,
        may_reopen=writes,
        may_read=lambda shape: writes or shape.readers != "private",
        audiences=tuple(
            Audience(key=key, name=name, shared=key in shared)
            for key, name in (("partner", "Helen"), ("coordinator", "the coordinator"))
        ),
        lines=(Line(label="Session", text="Session 2"),),
        beside={"goals": (Beside(title="Lead an EIA review", lines=("How we know: <two> reviews done",)),)},
        on_submitted=lambda actor: _sent(actor, response),
    )


def _sent(actor: User, response: Response) -> None:
    if REFUSALS:
        raise REFUSALS.pop(0)
    SUBMITTED.append((actor, response))


def urls_of(response: Response) -> WorksheetUrls:
    """Where its pages are."""
    place = [response.organisation.slug, response.pk]
    return WorksheetUrls(
        page=reverse("tiny", args=place),
        back=f"/o/{response.organisation.slug}/back/",
        **{name: reverse(f"tiny_{name}", args=place) for name in PAGES},
    )


def find(request: HttpRequest, response_id: Any) -> WorksheetOwner:
    """The owner for the person who asks."""
    response = Response.objects.select_related("version", "organisation", "saved_by").filter(pk=response_id).first()
    owner = tiny_owner(request.user, response) if response else None
    if owner is None:
        raise Http404
    while BETWEEN:
        BETWEEN.pop(0)(Response.objects.select_related("version").get(pk=response_id))
    return owner


urlpatterns = [
    path("o/<slug:organisation>/", include(worksheet_urls("sheets/<uuid:response_id>/", "tiny", find))),
    *all_urls,
]
handler404 = "mentoring.ui.views.errors.not_found"
