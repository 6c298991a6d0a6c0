"""What is done about a declared conflict: a pair allowed all the same with a note, or the risks weighed on a sheet first."""

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.matching.runs import NotPossible
from programmes.domain.matching.warnings import DECLARED
from programmes.domain.sheets import begin_programme_sheet
from programmes.models import Conflict, Sheet
from templates_app.domain.kits import kit_of
from templates_app.shapes import MatchRule


def rule_of(conflict: Conflict) -> MatchRule | None:
    """The rule of the handbook that this conflict breaks."""
    rules = kit_of(conflict.cohort.programme.handbook).matching.rules
    return next((rule for rule in rules if DECLARED.get(rule.kind) == conflict.kind), None)


@transaction.atomic
def allow_all_the_same(*, conflict: Conflict, note: str, actor: User) -> None:
    """Allow a pair of the two, with the reason for it. Raises ``NotPossible`` without one, and where the handbook knows no
    exception.
    """
    rule = rule_of(conflict)
    if rule is None or not rule.exception:
        raise NotPossible("The handbook knows no exception here.")
    if not note.strip():
        raise NotPossible("An exception has a reason.")
    conflict.exception, conflict.excepted_by = note.strip(), actor
    conflict.save(update_fields=["exception", "excepted_by"])
    record_event("conflict.excepted", conflict, actor=actor, within=conflict.cohort)


@transaction.atomic
def weigh_conflict(*, conflict: Conflict, actor: User) -> Sheet:
    """The sheet about the two that the handbook asks for; begun where there is none. Raises ``NotPossible`` where it asks for
    none, and ``NotTheirs`` for anybody but a coordinator.
    """
    rule = rule_of(conflict)
    if rule is None or rule.worksheet is None:
        raise NotPossible("The handbook asks for no sheet here.")
    if conflict.sheet is None:
        programme = conflict.cohort.programme
        conflict.sheet = begin_programme_sheet(programme=programme, worksheet=rule.worksheet, actor=actor)
        conflict.save(update_fields=["sheet"])
    return conflict.sheet
