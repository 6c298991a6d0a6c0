"""An author lets more people read what they sent, and may take that back at any time."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import WrongState
from templates_app.models import Response, Share


@transaction.atomic
def share_response(
    *, response: Response, audience: str, actor: User, then: Callable[[Share], None] | None = None
) -> Share:
    """Let an audience (``Share.Audience``) read a sent response. Doing it again changes nothing.

    ``then(share)`` is what its owner does about a new one, in the same transaction. Raises ``PermissionDenied`` for
    anybody but its author and where the worksheet is not shareable, ``WrongState`` before it is sent, ``ValueError`` for
    an audience that does not exist.
    """
    _must_be_author(response, actor)
    if not worksheet_of(response.version).readers.shareable:
        raise PermissionDenied("This worksheet is not shared further.")
    if not response.is_submitted:
        raise WrongState("Only what was sent is shared.")
    share, created = Share.objects.get_or_create(
        response=response,
        audience=Share.Audience(audience),
        taken_back_at=None,
        defaults={"given_by": actor, "given_at": clock.now()},
    )
    if created:
        record_event("response.shared", response, actor=actor, audience=share.audience)
        if then is not None:
            then(share)
    return share


@transaction.atomic
def take_back_share(*, response: Response, audience: str, actor: User) -> None:
    """Close a response to an audience again, from this moment on. Taking back what was not given changes nothing."""
    _must_be_author(response, actor)
    given = Share.objects.filter(response=response, audience=Share.Audience(audience), taken_back_at=None)
    if given.update(taken_back_at=clock.now()):
        record_event("response.unshared", response, actor=actor, audience=str(audience))


def audiences_of(responses: Iterable[Response]) -> dict[UUID, frozenset[str]]:
    """To whom each of the responses is open beyond what its worksheet says, by response id. One query."""
    found: dict[UUID, set[str]] = {response.pk: set() for response in responses}
    for response_id, audience in Share.objects.filter(response_id__in=found, taken_back_at=None).values_list(
        "response_id", "audience"
    ):
        found[response_id].add(audience)
    return {key: frozenset(names) for key, names in found.items()}


def _must_be_author(response: Response, actor: User) -> None:
    if response.author_id != actor.pk:
        raise PermissionDenied("Only its author shares a response.")
