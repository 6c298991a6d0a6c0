"""What it means for people when a handbook begins to pay expenses back, or does so no longer: told before it is kept."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.domain.expenses.queries import WAITING
from programmes.enums import ParticipantState
from programmes.models import Claim, Participant, Programme
from templates_app.shapes import Expenses, Kit


def tell_of_claims(programme: Programme, before: Kit, after: Kit) -> list[str]:
    """For the handbook's pages: for how many people, and what becomes of claims that wait. Nothing where nobody is there for whom
    it would be otherwise.
    """
    if after.expenses.offered == before.expenses.offered:
        return []
    if after.expenses.offered:
        people = _people(programme, after.expenses)
        opened = ngettext("%(count)d person can claim expenses.", "%(count)d people can claim expenses.", people)
        return [opened % {"count": people}] if people else []
    closed = [*_of_people(_people(programme, before.expenses)), *_of_waiting(programme)]
    return [" ".join(closed)] if closed else []


def _people(programme: Programme, rules: Expenses) -> int:
    rows = Participant.objects.filter(cohort__programme=programme, state=ParticipantState.JOINED)
    return rows.filter(side__in=rules.roles).count()


def _of_people(people: int) -> list[str]:
    words = ngettext(
        "%(count)d person can claim no new expenses; claims that were made stay.",
        "%(count)d people can claim no new expenses; claims that were made stay.",
        people,
    )
    return [words % {"count": people}] if people else []


def _of_waiting(programme: Programme) -> list[str]:
    waiting = Claim.objects.filter(participant__cohort__programme=programme, state__in=WAITING).count()
    if not waiting:
        return []
    claims = ngettext(
        "%(count)d claim for expenses is still to be decided on or paid.",
        "%(count)d claims for expenses are still to be decided on or paid.",
        waiting,
    ) % {"count": waiting}
    return [claims, _("“Expenses” stays among the cohort's pages until that is done.")]
