"""To whom a concern goes: the lead of one's own partner, else the programme's, one person at a time (``gla.must.35``).

Leads stand in a chain, in the order in which they were named. The first gets a concern; the next is the second person, who
gets it too when nobody has acknowledged it in time. Never in the chain: who raised it, whom it is about, and whoever is or
was a mentoring partner of who raised it.
"""

from dataclasses import dataclass
from uuid import UUID

from mentoring.tenancy.models import Membership, Partner
from programmes.domain.leads import mailbox_of
from programmes.domain.partners import partners_of
from programmes.enums import HeldAs, ParticipantState, ProgrammeRole
from programmes.models import Assignment, Participant, Programme
from templates_app.domain.kits import kit_of
from templates_app.shapes import Concerns


@dataclass(frozen=True)
class Lead:
    """Somebody to whom a concern goes, and as what."""

    membership: Membership
    held_as: HeldAs
    partner: Partner | None = None

    @property
    def name(self) -> str:
        """Who it is."""
        return self.membership.name


@dataclass(frozen=True)
class Route:
    """Where a concern of somebody goes, as things stand."""

    chain: list[Lead]
    theirs: Lead | None
    """The lead of whom it is about, where that is another partner's: it goes there only if who raises it says so."""
    mailbox: str

    @property
    def first(self) -> Lead | None:
        """Who gets it."""
        return self.chain[0] if self.chain else None

    @property
    def second(self) -> Lead | None:
        """Who gets it too when it is not acknowledged in time."""
        return self.chain[1] if len(self.chain) > 1 else None

    @property
    def leads_somewhere(self) -> bool:
        """Whether anybody at all would learn of it."""
        return bool(self.chain or self.mailbox)


def rules_of(programme: Programme) -> Concerns:
    """What the programme's handbook says about concerns."""
    return kit_of(programme.handbook).concerns


def route_for(person: Participant, about: Membership | None = None) -> Route:
    """Where a concern of this person about that one goes. Three queries."""
    programme = person.cohort.programme
    rules = rules_of(programme)
    shut_out = _shut_out(person, about)
    named = [row for row in _named(programme) if row.membership.user_id not in shut_out]
    chain = []
    if rules.leads == "partner" and person.partner_id is not None:
        chain = [_of_partner(row) for row in named if row.partner_id == person.partner_id]
    chain += [Lead(row.membership, HeldAs.PROGRAMME) for row in named if row.role == ProgrammeRole.CONCERNS]
    theirs = _theirs(person, about, named) if rules.leads == "partner" else None
    mailbox = mailbox_of(programme, person.partner if rules.leads == "partner" else None)
    return Route(_each_once(chain), theirs, mailbox)


def people_it_may_be_about(person: Participant) -> list[Membership]:
    """Whom a concern of this person can name: their mentoring partners here, and the leads it would go to otherwise."""
    partners = Participant.objects.filter(
        cohort__programme=person.cohort.programme_id, membership__user__in=_partners(person)
    )
    found = [row.membership for row in partners.select_related("membership__user").order_by("given_name", "pk")]
    found += [lead.membership for lead in route_for(person).chain]
    return list({row.pk: row for row in found if row is not None}.values())


def _named(programme: Programme) -> list[Assignment]:
    """The leads of a programme who are here, in the order in which they were named."""
    rows = Assignment.objects.filter(
        programme=programme,
        role__in=[ProgrammeRole.PARTNER_LEAD, ProgrammeRole.CONCERNS],
        membership__is_active=True,
        membership__typed_address="",
    )
    return list(rows.select_related("membership__user", "partner").order_by("created_at", "pk"))


def _shut_out(person: Participant, about: Membership | None) -> frozenset[UUID]:
    own = {person.membership.user_id} if person.membership else set()
    return _partners(person) | own | ({about.user_id} if about else set())


def _partners(person: Participant) -> frozenset[UUID]:
    return partners_of(person.membership.user) if person.membership else frozenset()


def _of_partner(row: Assignment) -> Lead:
    return Lead(row.membership, HeldAs.PARTNER, row.partner)


def _theirs(person: Participant, about: Membership | None, named: list[Assignment]) -> Lead | None:
    """The lead who looks after whom it is about, where that is the lead of another partner."""
    if about is None:
        return None
    places = Participant.objects.filter(
        membership=about, cohort__programme=person.cohort.programme_id, state=ParticipantState.JOINED
    )
    partners = set(places.exclude(partner=None).values_list("partner", flat=True)) - {person.partner_id}
    return next((_of_partner(row) for row in named if row.partner_id in partners), None)


def _each_once(chain: list[Lead]) -> list[Lead]:
    return list({lead.membership.pk: lead for lead in reversed(chain)}.values())[::-1]
