"""Who sees which version of an agreement, and what they can do about it.

Its members see every version. The coordinator sees a version once both have signed it (``plp.sys.40``), and what it replaced.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from mentoring.accounts.models import User
from pairs.domain.agreement import current_agreement
from pairs.domain.agreement_states import Step, allowed
from pairs.domain.agreement_text import agreement_kit
from pairs.domain.people import NotAMember, member_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.signing import latest_consents, signed_events
from pairs.enums import AgreementState
from pairs.models import Agreement, Pairing, PairingMember
from programmes.domain.roles import roles_for
from templates_app.shapes import ConsentItem


def own_member(user: User, pairing: Pairing) -> PairingMember | None:
    """The person's present place in the pairing, or ``None``."""
    try:
        return member_of(pairing, user)
    except NotAMember:
        return None


def agreements_for(user: User, pairing: Pairing) -> QuerySet[Agreement]:
    """The versions this person may read, the newest first."""
    rows = Agreement.objects.filter(pairing=pairing).select_related("response__version", "document")
    if pairing.members.filter(participant__membership__user=user).exists():
        return rows.exclude(state=AgreementState.WITHDRAWN)
    if roles_for(user).coordinates(pairing.cohort.programme_id):
        return rows.filter(signed_at__isnull=False)
    return rows.none()


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
class AgreementPage:
    """What the agreement's page shows one person."""

    pairing: Pairing
    agreement: Agreement | None
    versions: list[Agreement]
    member: PairingMember | None
    signed_by: frozenset[UUID]
    consent_asked: list[ConsentItem]
    consent_given: dict[str, bool]
    consent_title: str
    question: str

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
        return offered and self.member is not None and self.pairing.is_active and not self.has_signed

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


def agreement_page_for(user: User, pairing_id: UUID) -> AgreementPage:
    """Everything the page needs. Raises ``Http404`` for a pairing the person may not see."""
    pairing = get_pairing_for(user, pairing_id)
    versions = list(agreements_for(user, pairing))
    for row in versions:
        row.pairing = pairing
    shown = versions[0] if versions else None
    member = own_member(user, pairing)
    consent = agreement_kit(pairing).agreement.consent
    asked = (
        [item for item in consent.items if not item.always]
        if member and consent.asked_of in (member.side, "each")
        else []
    )
    return AgreementPage(
        pairing=pairing,
        agreement=shown,
        versions=versions,
        member=member,
        signed_by=frozenset(event.member_id for event in signed_events(shown) if event.member_id)
        if shown
        else frozenset(),
        consent_asked=asked,
        consent_given=latest_consents(member) if member and asked else {},
        consent_title=consent.title,
        question=consent.question,
    )
