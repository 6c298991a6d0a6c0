"""Adding to a programme's library: coordinators and the mentors who take part (``phase1.must.14``).

What is added is a resource of the programme's handbook like any other: the history keeps who added it and when, and coordinators
change it, take it out or put it back there.
"""

from collections.abc import Sequence

from mentoring.accounts.models import User
from programmes.domain.handbook.items import add_item, items_of
from programmes.domain.handbook.parts import ListPart, list_part
from programmes.domain.queries import own_participations
from programmes.domain.roles import roles_for
from programmes.enums import Side
from programmes.models import HandbookEdit, Programme

MOST = 500
"""So much stands in one library. The whole handbook is read with every page of it."""


class MayNotAdd(Exception):
    """Only the programme's coordinators and the mentors who take part add to its library."""


class LibraryFull(Exception):
    """There are ``MOST`` resources already; coordinators take out what nobody needs any more."""


def may_add_to_library(user: User, programme: Programme) -> bool:
    """Whether somebody may add to the library."""
    if roles_for(user).coordinates(programme.pk):
        return True
    return own_participations(user).filter(cohort__programme=programme, side=Side.MENTOR).exists()


def add_to_library(
    *,
    programme: Programme,
    title: str,
    url: str,
    note: str,
    topics: Sequence[str],
    roles: Sequence[str],
    actor: User,
) -> HandbookEdit | None:
    """Add a resource, for everybody or for one side. Raises ``MayNotAdd``, ``LibraryFull`` and ``NotSound``."""
    if not may_add_to_library(actor, programme):
        raise MayNotAdd
    part = _part()
    if len(items_of(programme, part)) >= MOST:
        raise LibraryFull
    values = {"title": title, "url": url, "note": note, "topics": list(topics), "roles": list(roles)}
    return add_item(programme=programme, part=part, values=values, actor=actor)


def _part() -> ListPart:
    part = list_part("resources")
    assert part is not None
    return part
