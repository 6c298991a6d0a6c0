"""Who keeps the running duties (agenda, next date, reminders); they pass to the mentee as time goes on (``plp.sys.119``)."""

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.people import member_of, others_of
from pairs.domain.telling import page_of, tell
from pairs.models import Pairing, Schedule
from programmes.enums import Side


class NotTheirs(Exception):
    """Only who holds the running duties hands them over."""


@transaction.atomic
def hand_over_duties(*, pairing: Pairing, actor: User) -> Schedule:
    """Hand the running duties to the other side. Raises ``NotAMember``, and ``NotTheirs`` for one who does not hold them, and
    among peers, where they are the lead's.
    """
    member = member_of(pairing, actor)
    if pairing.is_peers:
        raise NotTheirs
    other = Side.MENTEE if member.side == Side.MENTOR else Side.MENTOR
    handed = Schedule.objects.filter(pairing=pairing, running_duties=member.side).update(running_duties=other)
    if not handed:
        raise NotTheirs
    schedule = Schedule.objects.get(pairing=pairing)
    event = record_event("duties.handed_over", schedule, actor=actor, within=pairing, side=str(other.label))
    for partner in others_of(pairing, member):
        if partner.side == member.side:
            continue
        link = page_of("pairs:sessions", pairing.pk)
        tell("duties_handed_over", partner, about=pairing, occasion=f"duties-{event.pk}", link=link, by=member)
    return schedule
