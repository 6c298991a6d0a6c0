"""Another match after an ending: either asks, a coordinator decides, and that is kept (``sssc.must.45``)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef

from mentoring.accounts.models import User
from mentoring.clock import now
from mentoring.history.domain import record_event
from pairs.domain.alongside import formal
from pairs.domain.ending import closing_of
from pairs.domain.pairing_states import NotYours, WrongState
from pairs.domain.people import members_prefetch, people_of
from pairs.domain.telling import page_of, tell, tell_user
from pairs.models import Pairing, PairingMember
from programmes.domain.coordinators import coordinators_of
from programmes.domain.roles import roles_for
from programmes.enums import Side


def last_part_of(pairing: Pairing, user: User) -> PairingMember | None:
    """The part somebody had in a pairing that has ended, or that they have left; ``None`` for anybody else."""
    parts = PairingMember.objects.filter(pairing=pairing, participant__membership__user=user)
    last = parts.order_by("-joined_at").first()
    return last if last is not None and last.left_at is not None else None


@transaction.atomic
def ask_for_rematch(*, pairing: Pairing, actor: User) -> PairingMember:
    """Ask for another match. The coordinators are told who asks; nobody else is.

    Raises ``NotYours`` for whom it has not ended, and where the handbook offers none; ``WrongState`` when asked twice.
    """
    part = last_part_of(pairing, actor)
    if part is None or not closing_of(pairing).rematch:
        raise NotYours
    if not PairingMember.objects.filter(pk=part.pk, rematch_asked_at=None).update(rematch_asked_at=now()):
        raise WrongState
    part.refresh_from_db()
    link = page_of("pairs:pairing", pairing.pk)
    for coordinator in coordinators_of(pairing.cohort.programme):
        tell_user("rematch_asked", coordinator, about=pairing, occasion=f"rematch-{part.pk}", link=link, by=actor.name)
    return part


@transaction.atomic
def decide_rematch(*, part: PairingMember, granted: bool, actor: User) -> None:
    """Say whether somebody is matched anew, for a coordinator; they are told.

    Raises ``NotYours`` for anybody else, ``WrongState`` when nothing was asked or it is decided already.
    """
    pairing = part.pairing
    if not roles_for(actor).coordinates(pairing.cohort.programme_id):
        raise NotYours
    open_rows = PairingMember.objects.filter(pk=part.pk, rematch_asked_at__isnull=False, rematch_decided_at=None)
    if not open_rows.update(rematch_decided_at=now(), rematch_granted=granted):
        raise WrongState
    # Whose wish it was stands with their part, for coordinators alone.
    record_event("rematch.decided", pairing, actor=actor)
    occasion, link = f"rematch-{part.pk}", page_of("pairs:home")
    tell("rematch_decided", part, about=pairing, occasion=occasion, link=link, granted=granted)


def rematches_of(pairing: Pairing) -> Sequence[PairingMember]:
    """Who asked for another match after this pairing, with how it was decided."""
    rows = PairingMember.objects.filter(pairing=pairing, rematch_asked_at__isnull=False)
    return list(rows.select_related("participant__membership__user", "pairing__cohort").order_by("rematch_asked_at"))


@dataclass(frozen=True)
class Linked:
    """A pairing before or after another one, of a mentee of both."""

    pairing: Pairing
    label: str
    is_earlier: bool


def linked_pairings(pairing: Pairing) -> list[Linked]:
    """What the mentees of a pairing had before it and came to after it in this programme, the oldest first
    (``sssc.must.24``), but for what stands alongside the handbook's path. Two queries. For coordinators: the names are those
    of people who may not know of each other.
    """
    if pairing.is_alongside:
        return []
    mentees = [member.participant_id for member in pairing.members.all() if member.side == Side.MENTEE]
    theirs = PairingMember.objects.filter(pairing=OuterRef("pk"), participant__in=mentees)
    rows = Pairing.objects.filter(formal("model"), Exists(theirs), cohort__programme=pairing.cohort.programme_id)
    rows = rows.exclude(pk=pairing.pk)
    found = rows.select_related("cohort").prefetch_related(members_prefetch()).order_by("started_at", "pk")
    return [Linked(row, people_of(row).label, row.started_at < pairing.started_at) for row in found]
