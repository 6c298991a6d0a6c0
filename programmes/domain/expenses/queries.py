"""Who sees which claim: who made it, and once it is sent the coordinators who are no mentoring partner of theirs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.models import User
from programmes.domain.partners import partners_of
from programmes.domain.roles import roles_for
from programmes.enums import ClaimState
from programmes.models import Claim, ClaimLine, Cohort, Participant, Programme
from templates_app.domain.kits import kit_of
from templates_app.shapes import Expenses

KINDS = (
    ("travel", _("travel")),
    ("room", _("a room or equipment")),
    ("telephone", _("telephone and data")),
    ("other", _("something else")),
)
"""What may be claimed where the handbook has no list of its own."""
WAITING = (ClaimState.SENT, ClaimState.APPROVED)
"""Where a claim stands while somebody has to do something with it."""


def rules_of(programme: Programme) -> Expenses:
    """What the programme's handbook says about expenses."""
    return kit_of(programme.handbook).expenses


def kinds_of(programme: Programme) -> dict[str, str]:
    """What may be claimed, by key."""
    own = {one.key: one.label for one in rules_of(programme).kinds}
    return own or {key: str(words) for key, words in KINDS}


def may_claim(person: Participant) -> bool:
    """Whether expenses of this person's side are paid back in their programme."""
    rules = rules_of(person.cohort.programme)
    return rules.offered and person.side in rules.roles


def own_claims(user: User, person: Participant) -> QuerySet[Claim]:
    """Their own claims from one place, newest first."""
    return _whole().filter(participant=person, participant__in=roles_for(user).participants)


def looked_after(user: User) -> QuerySet[Claim]:
    """The claims sent to the coordinators of whom this is one: not their own, and none of a mentoring partner."""
    roles = roles_for(user)
    rows = _whole().filter(participant__cohort__programme__in=roles.coordinated).exclude(state=ClaimState.DRAFT)
    if roles.coordinated and roles.participants:
        kept_from = partners_of(user) | {user.pk}
        rows = rows.exclude(participant__membership__user__in=kept_from)
    return rows


def claims_of(user: User, cohort: Cohort) -> QuerySet[Claim]:
    """The claims of a cohort, for its coordinators: those that wait first."""
    return looked_after(user).filter(participant__cohort=cohort).order_by("decided_at", "-sent_at")


def waiting_in(user: User, cohort: Cohort) -> QuerySet[Claim]:
    """The claims of a cohort that this person looks after and that are to be decided on or paid still, oldest first."""
    return looked_after(user).filter(participant__cohort=cohort, state__in=WAITING).order_by("sent_at", "pk")


def has_expenses(person: Participant) -> bool:
    """Whether somebody has a page of claims: they may make some, or have made some while they might."""
    return may_claim(person) or Claim.objects.filter(participant=person).exists()


def get_claim_for(user: User, claim_id: UUID) -> Claim:
    """A claim of their own or one they look after, or the one 404."""
    own = _whole().filter(participant__in=roles_for(user).participants, pk=claim_id).first()
    return own if own is not None else get_object_or_404(looked_after(user), pk=claim_id)


def get_line_for(user: User, claim_id: UUID, line_id: UUID) -> ClaimLine:
    """One line of such a claim, with its receipt."""
    return get_object_or_404(ClaimLine, claim=get_claim_for(user, claim_id), pk=line_id)


def is_own(user: User, claim: Claim) -> bool:
    """Whether they made it."""
    return claim.participant_id in roles_for(user).participants


def _whole() -> QuerySet[Claim]:
    return Claim.objects.select_related(
        "participant__cohort__programme__handbook", "participant__membership__user", "decided_by"
    )


@dataclass(frozen=True)
class Total:
    """What some lines add up to in one currency."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def totals_of(lines: Iterable[ClaimLine]) -> list[Total]:
    """The sums, each currency for itself."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.currency] += line.amount
    return [Total(amount, currency) for currency, amount in sorted(sums.items())]


def lines_of(claims: Iterable[Claim]) -> dict[UUID, list[ClaimLine]]:
    """The lines of several claims without their receipts, by claim. One query."""
    found: dict[UUID, list[ClaimLine]] = {claim.pk: [] for claim in claims}
    for line in ClaimLine.objects.filter(claim__in=found).defer("receipt"):
        found[line.claim_id].append(line)
    return found
