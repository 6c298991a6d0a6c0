"""Setting the rule of a kind of record, and deleting what is due by it. For those who keep the list (``rules.py``)."""

from collections import Counter

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.handbook.editing import locked, write_part
from programmes.domain.records.kinds import Kind
from programmes.domain.records.listing import DELETED, line_of, terms_of
from programmes.models import Programme
from templates_app.domain.kits import kit_of

PART = "records"


class NotAsShown(Exception):
    """What is due is not what was shown and confirmed. Nothing was deleted."""


class NotHere(Exception):
    """Records of this kind are not deleted here."""


@transaction.atomic
def set_rule(*, programme: Programme, kind: Kind, months: int | None, since: str, words: str, actor: User) -> bool:
    """Say how long a kind is kept: ``months`` (calendar months, ``None``: no period) after ``since`` (``ended``,
    ``cohort-end``), and why (``words``). It is a change of the handbook and stands in its history, with the way back.
    Returns whether anything changed. Raises ``NotSound``.
    """
    handbook = locked(programme)
    terms = kit_of(handbook).records
    changed = terms.rule(kind.key).model_copy(update={"months": months, "since": since, "words": words})
    rules = [changed if rule.kind == kind.key else rule for rule in terms.rules]
    if all(rule.kind != kind.key for rule in terms.rules):
        rules.append(changed)
    value = terms.model_copy(update={"rules": rules}).model_dump(mode="json")
    return write_part(programme, handbook, PART, value, actor) is not None


@transaction.atomic
def delete_due(*, programme: Programme, kind: Kind, expected: int, actor: User) -> int:
    """Delete for good what is due of a kind: ``expected`` is how many were shown when it was confirmed. History keeps the
    kind, how many and by whom, and nothing of what they said. Returns how many are gone.

    Raises ``NotHere``, and ``NotAsShown`` where another number is due by now (somebody else deleted them, a rule was changed).
    """
    if kind.delete is None:
        raise NotHere
    locked(programme)  # of two at once the second finds nothing due
    due = line_of(programme, kind).due
    if not due or len(due) != expected:
        raise NotAsShown
    count = kind.delete([row.pk for row in due])
    cohorts = Counter(str(row.cohort) for row in due)
    rule = terms_of(programme).rule(kind.key)
    record_event(
        DELETED, programme, actor=actor, kind=str(kind.key), title=str(kind.title), count=count, months=rule.months,
        since=rule.since, cohorts=dict(sorted(cohorts.items())),
    )  # fmt: skip
    return count
