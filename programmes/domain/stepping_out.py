"""Somebody finds that it is not for them, after a training, an induction or at any time before they are paired.

They say so and are out: nothing is asked, least of all why, and nobody decides on it (``sssc.must.13``). Who is in a pair
ends that first, by its own kind way.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import last_of, record_event
from mentoring.notices.domain.outbox import notify
from programmes.domain.coordinators import coordinators_of
from programmes.domain.guards import follow_departure, why_not_withdrawn
from programmes.domain.links import link
from programmes.domain.roles import roles_for
from programmes.domain.states import Step, take_step
from programmes.enums import ParticipantState
from programmes.models import Participant

_LEFT = ("person.stepped_out", "person.withdrawn")


class NotTheirPlace(Exception):
    """Everybody steps out of their own place alone."""


class StillPaired(Exception):
    """A running pair is ended first."""


@transaction.atomic
def step_out(*, person: Participant, actor: User) -> None:
    """Give up one's place in a cohort; what one wrote stays one's own, and a coordinator can take one in again.

    The coordinators are told who, and no reason. Raises ``NotTheirPlace``, ``StillPaired``, and ``WrongStep`` for a place
    that was given up before.
    """
    if person.pk not in roles_for(actor).participants:
        raise NotTheirPlace
    if why_not_withdrawn(person):
        raise StillPaired
    take_step(person, Step.WITHDRAW)
    follow_departure(person)
    record_event("person.stepped_out", person, actor=actor, name=person.name)
    cohort = person.cohort
    where = link("programmes:person", cohort.programme.slug, cohort.slug, person.pk)
    context = {"name": person.name, "programme": cohort.programme.title, "action_url": where}
    for coordinator in coordinators_of(cohort.programme):
        if coordinator != actor:
            occasion = f"{person.pk}:{clock.now().isoformat()}"
            notify("programmes.stepped_out", coordinator, about=person, occasion=occasion, context=context)


def left_by_themselves(places: Iterable[Participant]) -> set[UUID]:
    """Which of these places were given up by those who had them, and not taken from them by a coordinator."""
    gone = [one for one in places if one.state == ParticipantState.WITHDRAWN]
    return {place for place, action in last_of(gone, _LEFT).items() if action == "person.stepped_out"}
