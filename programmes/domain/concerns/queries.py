"""Who sees which concern. Its leads read all of it, who raised it their own words; nobody else knows that there is one."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from mentoring.accounts.models import User
from programmes.domain.partners import partners_of
from programmes.domain.roles import roles_for
from programmes.enums import ConcernState
from programmes.models import Concern, ConcernLead, ConcernNote, Participant, Programme


def led_by(user: User) -> QuerySet[Concern]:
    """The concerns that somebody has as a lead and still may read.

    They must hold the role in which they have it; whom it is about and a mentoring partner of who raised it never read it.
    """
    roles = roles_for(user)
    if not roles.led and not roles.concerned:
        return Concern.objects.none()
    held = Q(partner=None, concern__participant__cohort__programme__in=roles.concerned)
    for programme, partners in roles.led.items():
        held |= Q(partner__in=partners, concern__participant__cohort__programme=programme)
    rows = ConcernLead.objects.filter(held, membership__user=user)
    if roles.participants:
        rows = rows.exclude(concern__participant__membership__user__in=partners_of(user))
    kept_from = Q(participant__in=roles.participants) | Q(about__user=user)
    return _whole().filter(pk__in=rows.values("concern")).exclude(kept_from)


def raised_by(user: User) -> QuerySet[Concern]:
    """The concerns that somebody raised themselves."""
    return _whole().filter(participant__in=roles_for(user).participants)


def get_concern_for(user: User, concern_id: UUID) -> Concern:
    """A concern that they raised or have as a lead, or the one 404."""
    own = raised_by(user).filter(pk=concern_id).first()
    return own if own is not None else get_object_or_404(led_by(user), pk=concern_id)


def _whole() -> QuerySet[Concern]:
    return Concern.objects.select_related(
        "participant__cohort__programme__handbook",
        "participant__membership__user",
        "participant__partner",
        "about__user",
    )


def is_lead_of(user: User, concern: Concern) -> bool:
    """Whether they have this concern as a lead."""
    return led_by(user).filter(pk=concern.pk).exists()


def reading_leads(concern: Concern) -> list[ConcernLead]:
    """The leads who may read a concern now."""
    rows = ConcernLead.objects.filter(
        concern=concern, membership__is_active=True, membership__typed_address=""
    ).select_related("membership__user", "partner")
    return [row for row in rows if is_lead_of(row.membership.user, concern)]


def notes_for(user: User, concern: Concern) -> QuerySet[ConcernNote]:
    """The notes of a concern: all for a lead; for who raised it what they wrote themselves and what was written to them."""
    notes = concern.notes.select_related("author")
    if is_lead_of(user, concern):
        return notes
    return notes.filter(is_shared=True)


def leads_anything(user: User) -> bool:
    """Whether the page of a lead is theirs: they are named as a programme's lead, or have a concern as a partner's."""
    roles = roles_for(user)
    return bool(roles.concerned) or (bool(roles.led) and led_by(user).exists())


def own_places(user: User) -> list[Participant]:
    """Their own places in programmes that take concerns."""
    from programmes.domain.concerns.routing import rules_of
    from programmes.domain.queries import own_participations

    return [place for place in own_participations(user) if rules_of(place.cohort.programme).offered]


# --- Figures ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    """How many concerns of a programme stand where. No names, no words, no days."""

    waiting: int
    in_hand: int
    closed: int

    @property
    def all(self) -> int:
        """All of them."""
        return self.waiting + self.in_hand + self.closed


def counts_of(user: User, programme: Programme) -> Counts | None:
    """The figures of a programme, for its coordinators and the admins; nothing for anybody else. One query."""
    roles = roles_for(user)
    if not (roles.is_admin or roles.coordinates(programme.pk) or programme.pk in roles.concerned):
        return None
    rows = Concern.objects.filter(participant__cohort__programme=programme)
    figures = rows.aggregate(
        waiting=Count("pk", filter=Q(state=ConcernState.RAISED)),
        closed=Count("pk", filter=Q(state=ConcernState.CLOSED)),
        all=Count("pk"),
    )
    return Counts(figures["waiting"], figures["all"] - figures["waiting"] - figures["closed"], figures["closed"])
