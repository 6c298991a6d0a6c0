"""Who sees which version of an agreement, and what they can do about it.

Its members see every version. The coordinator sees a version once all have signed it (``plp.sys.40``), and what it replaced,
unless the handbook kept it between the pair when it was offered: then the coordinator learns that one is in force
(``cal.conf.1``). A handbook that says otherwise since counts for versions that are offered from then on.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from mentoring.accounts.models import User
from pairs.domain.agreement import current_agreement
from pairs.domain.agreement_states import Step, allowed
from pairs.domain.agreement_text import (
    agreement_kit,
    answers_in,
    reaches_coordinator,
    readers_of,
    signing_of,
    signing_sides,
)
from pairs.domain.people import NotAMember, Others, member_of, names_in_a_row, people_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.signing import latest_consents
from pairs.domain.signing_record import signed_events
from pairs.domain.turns import outside_signers, still_to_sign, wanted_outside, whose_turn
from pairs.enums import AgreementState, OutsideState
from pairs.models import Agreement, OutsideSigner, Pairing, PairingMember
from programmes.domain.roles import roles_for
from templates_app.answers import AnswerContext, ShownAnswer, display
from templates_app.shapes import ConsentItem, Worksheet


def own_member(user: User, pairing: Pairing) -> PairingMember | None:
    """The person's present place in the pairing, or ``None``."""
    try:
        return member_of(pairing, user)
    except NotAMember:
        return None


def agreements_for(user: User, pairing: Pairing) -> QuerySet[Agreement]:
    """The versions this person may read, the newest first."""
    rows = Agreement.objects.filter(pairing=pairing).select_related("response__version", "document")
    person = people_of(pairing).of(user)
    if person is not None and person.is_here:
        return rows.exclude(state=AgreementState.WITHDRAWN)
    if person is not None:  # who has left a group keeps what was in force while they were there
        return rows.filter(signed_at__lte=person.member.left_at)
    if roles_for(user).coordinates(pairing.cohort.programme_id):
        return rows.filter(pk__in=[row.pk for row in _signed(pairing) if reaches_coordinator(row)])
    return rows.none()


def _signed(pairing: Pairing) -> list[Agreement]:
    """Every version that is or was in force. Who may read one stands in its sealed text."""
    rows = list(Agreement.objects.filter(pairing=pairing, signed_at__isnull=False))
    for row in rows:
        row.pairing = pairing
    return rows


@dataclass(frozen=True)
class Agreed:
    """What may be told of an agreement that stays with the pair: since when, and the few answers shown outside."""

    since: dt.datetime
    answers: list[ShownAnswer]


def told_of_agreement(pairing: Pairing, *, zone: str, locale: str) -> Agreed | None:
    """What may be told of an agreement in force that stays with the pair. For who follows the pair.

    ``None`` while none is in force, and where the coordinator reads the agreement itself.
    """
    found = Agreement.objects.filter(pairing=pairing, state=AgreementState.SIGNED).first()
    if found is None or found.signed_at is None:
        return None
    found.pairing = pairing
    if reaches_coordinator(found):
        return None
    shows = set(readers_of(found).shows)
    context = AnswerContext(zone=zone, locale=locale)
    sheet = Worksheet.model_validate(found.content["sheet"])
    sections = display(sheet, answers_in(found.content), context, lambda field: field.key in shows)
    return Agreed(found.signed_at, [answer for section in sections for answer in section.answers if not answer.blank])


def get_agreement_for(user: User, pairing_id: UUID, number: int) -> Agreement:
    """One version that this person may read. Raises ``Http404``."""
    pairing = get_pairing_for(user, pairing_id)
    found = agreements_for(user, pairing).filter(number=number).first()
    if found is None:
        raise Http404
    found.pairing = pairing
    return found


def get_own_agreement_for(user: User, pairing_id: UUID) -> Agreement:
    """The current version, for a present member of a running pairing. Raises ``Http404``."""
    pairing = get_pairing_for(user, pairing_id)
    found = current_agreement(pairing)
    if found is None or own_member(user, pairing) is None or not pairing.is_active:
        raise Http404
    found.pairing = pairing
    return found


@dataclass(frozen=True)
class Besides:
    """Who signs an agreement from outside: what the handbook calls those who are not named yet, and those who are."""

    missing: tuple[str, ...] = ()
    named: tuple[OutsideSigner, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.named)

    @property
    def waiting(self) -> str:
        """The names of those who were asked and have not answered."""
        return names_in_a_row([row.name for row in self.named if row.state == OutsideState.ASKED])


def besides(pairing: Pairing, agreement: Agreement | None) -> Besides:
    """Who signs from outside: as this version says while it waits for signatures. No query where nobody outside signs."""
    waiting = agreement if agreement is not None and agreement.state == AgreementState.OFFERED else None
    named = outside_signers(pairing, None, waiting)
    keys = {row.key for row in named}
    terms = wanted_outside(pairing, None, waiting)
    return Besides(tuple(one.label for key, one in terms.items() if key not in keys), tuple(named))


@dataclass(frozen=True)
class AgreementPage:
    """What the agreement's page shows one person."""

    pairing: Pairing
    agreement: Agreement | None
    versions: list[Agreement]
    member: PairingMember | None
    signed_by: frozenset[UUID]
    consent_asked: list[ConsentItem]
    consent_told: list[ConsentItem]
    """What reaches the coordinator in any case, for one who signs."""
    consent_given: dict[str, bool]
    consent_title: str
    question: str
    signers: frozenset[str]
    """The sides that sign the version that is shown."""
    waiting: Others
    """Whose signature on an offered version is still wanted, but one's own."""
    newcomers: Others
    """Who has joined since the version in force was signed: it does not name them."""
    besides: Besides
    """Who signs from outside."""
    is_my_turn: bool = True
    """Whether nobody has to sign before this person."""

    @property
    def comparable(self) -> frozenset[int]:
        """The versions whose forerunner this person may read too."""
        numbers = {row.number for row in self.versions}
        return frozenset(number for number in numbers if number - 1 in numbers)

    @property
    def may_write(self) -> bool:
        """Whether the person may begin or write the draft."""
        writable = self.agreement is None or self.agreement.state == AgreementState.DRAFT
        return self.member is not None and self.pairing.is_active and writable

    @property
    def has_signed(self) -> bool:
        """Whether the person has signed this version."""
        return self.member is not None and self.member.pk in self.signed_by

    @property
    def may_sign(self) -> bool:
        """Whether this person's signature is wanted on this version."""
        offered = self.agreement is not None and self.agreement.state == AgreementState.OFFERED
        mine = self.member is not None and self.member.side in self.signers
        return offered and mine and self.pairing.is_active and not self.has_signed and self.is_my_turn

    @property
    def may_take_back(self) -> bool:
        """Whether it can go back to writing: offered, and nobody has signed."""
        return self._may(Step.TAKE_BACK) and not self.signed_by

    @property
    def may_revise(self) -> bool:
        """Whether a change would make a next version."""
        offered_and_signed = self._may(Step.REVISE) and bool(self.signed_by)
        return offered_and_signed or self._may(Step.REPLACE)

    @property
    def may_discard(self) -> bool:
        """Whether this draft of a change can be dropped."""
        return self._may(Step.DISCARD) and any(row.state == AgreementState.SIGNED for row in self.versions)

    def _may(self, step: Step) -> bool:
        mine = self.member is not None and self.pairing.is_active
        return mine and self.agreement is not None and allowed(self.agreement, step)


def _signed_by(shown: Agreement) -> frozenset[UUID]:
    signers = [event.member_id or event.outside_id for event in signed_events(shown)]
    return frozenset(one for one in signers if one is not None)


def _is_turn_of(member: PairingMember | None, shown: Agreement | None) -> bool:
    """Whether nobody has to sign before this member. No query where people sign when it suits them."""
    if shown is None or shown.state != AgreementState.OFFERED or not signing_of(shown.content).in_turn:
        return True
    return member in whose_turn(shown, still_to_sign(shown)).members


def agreement_page_for(user: User, pairing_id: UUID) -> AgreementPage:
    """Everything the page needs. Raises ``Http404`` for a pairing the person may not see."""
    pairing = get_pairing_for(user, pairing_id)
    if pairing.is_alongside:
        raise Http404
    versions = list(agreements_for(user, pairing))
    for row in versions:
        row.pairing = pairing
    shown = versions[0] if versions else None
    member = own_member(user, pairing)
    consent = agreement_kit(pairing).agreement.consent
    asked = [item for item in consent.items if not item.always] if member and consent.asks(member.side) else []
    signers = signing_sides(pairing, shown)
    signing = [person for person in people_of(pairing).present if person.side in signers]
    signed = _signed_by(shown) if shown else frozenset()
    is_signed = shown is not None and shown.state == AgreementState.SIGNED
    return AgreementPage(
        pairing=pairing,
        agreement=shown,
        versions=versions,
        member=member,
        signed_by=signed,
        consent_asked=asked,
        consent_told=[item for item in consent.items if item.always] if member else [],
        consent_given=latest_consents(member) if member and asked else {},
        consent_title=consent.title,
        question=consent.question,
        signers=signers,
        waiting=Others(tuple(one for one in signing if one.member.pk not in signed and one.member != member)),
        newcomers=Others(tuple(one for one in signing if one.member.pk not in signed and is_signed)),
        besides=besides(pairing, shown),
        is_my_turn=_is_turn_of(member, shown),
    )
