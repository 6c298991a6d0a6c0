"""What a programme's handbook says about line managers, and whom what they write is for."""

from mentoring.accounts.models import User
from programmes.domain.partners import partners_of
from programmes.domain.roles import roles_for
from programmes.models import Participant, Programme
from templates_app.domain.kits import kit_of
from templates_app.shapes import Managers


def managers_of(programme: Programme) -> Managers:
    """What the handbook says about line managers; ``offered`` says whether they are asked at all."""
    return kit_of(programme.handbook).managers


def deals_with_manager(user: User, person: Participant) -> bool:
    """Whether this is somebody who names that person's manager and reads what the manager wrote: the person themselves, and
    the coordinators (``sssc.ws.linemgr``). Of these none who is or was the person's mentoring partner.
    """
    terms = managers_of(person.cohort.programme)
    if not terms.offered or terms.worksheet is None:
        return False
    roles = roles_for(user)
    if person.pk in roles.participants:
        return True
    account = person.membership.user_id if person.membership is not None else None
    return roles.coordinates(person.cohort.programme_id) and account not in partners_of(user)


def asks_for_needs(user: User, programme: Programme) -> bool:
    """Whether managers are asked here once a year what their staff need, and this person runs the programme."""
    terms = managers_of(programme)
    return terms.offered and terms.needs is not None and roles_for(user).coordinates(programme.pk)
