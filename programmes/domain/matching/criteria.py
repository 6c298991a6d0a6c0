"""Adding, weighting and removing criteria, and declaring conflicts (``plp.sys.12``, ``plp.sys.14``)."""

import re
import secrets

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.clock import now
from mentoring.history.domain import record_event
from programmes.domain.matching.comparing import COMPARISONS
from programmes.domain.matching.runs import NotPossible
from programmes.enums import Side
from programmes.models import Cohort, Conflict, Criterion, Participant, Programme
from templates_app.domain.kits import current_version, kit_of, worksheet_of
from templates_app.shapes import FieldShape, Kind
from templates_app.shapes.kinds import SHOWN

HEAVIEST = 100
OWN = "own_"
"""How the keys of criteria begin that coordinators have added."""
COMPARABLE = {
    "overlap": {Kind.CHOICES, Kind.CHOICE},
    "same": {Kind.CHOICE, Kind.TEXT, Kind.CHOICES},
    "near": {Kind.NUMBER, Kind.SCALE},
    "words": {Kind.LONGTEXT, Kind.TEXT},
    "age": {Kind.CHOICE},
    "zone": set(Kind),
}


@transaction.atomic
def seed_criteria(*, programme: Programme) -> None:
    """Give a new programme its kit's criteria."""
    criteria = kit_of(programme.handbook).matching.criteria
    Criterion.objects.bulk_create(
        Criterion(
            programme=programme, position=position, **criterion.model_dump(mode="json", exclude={"source", "ours"})
        )
        for position, criterion in enumerate(criteria)
    )


def comparable_fields(programme: Programme) -> dict[str, list[FieldShape]]:
    """The fields of both enrolment worksheets that a criterion may compare, by side."""
    joining = kit_of(programme.handbook).joining
    sheets = {side: worksheet_of(current_version(programme.handbook, key)) for side, key in joining.enrolment.items()}
    wanted = {kind for kinds in COMPARABLE.values() for kind in kinds} - SHOWN
    return {side: [shape for shape in sheet.fields() if shape.kind in wanted] for side, sheet in sheets.items()}


@transaction.atomic
def add_criterion(
    *, programme: Programme, title: str, kind: str, mentor_field: str, mentee_field: str, weight: int, actor: User
) -> Criterion:
    """Add a criterion of the programme's own. Raises ``NotPossible`` for fields that this comparison cannot compare."""
    fields = {side: {shape.key: shape for shape in shapes} for side, shapes in comparable_fields(programme).items()}
    chosen = [fields[Side.MENTOR].get(mentor_field), fields[Side.MENTEE].get(mentee_field)]
    if kind not in COMPARISONS or any(shape is None or shape.kind not in COMPARABLE[kind] for shape in chosen):
        raise NotPossible("These two questions cannot be compared in this way.")
    stem = re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")[:40] or "criterion"
    criterion = Criterion.objects.create(
        programme=programme,
        key=f"{OWN}{stem}_{secrets.token_hex(2)}",
        kind=kind,
        title=title,
        mentor_field=mentor_field,
        mentee_field=mentee_field,
        weight=_weight(weight),
        sensitive=any(shape is not None and shape.sensitive for shape in chosen),
        position=Criterion.objects.filter(programme=programme).count(),
    )
    record_event("criterion.added", criterion, actor=actor, within=programme, title=title)
    return criterion


@transaction.atomic
def weigh_criteria(*, programme: Programme, weights: dict[str, int], actor: User) -> None:
    """Set the weights (0 to 100) of criteria by key; 0 keeps one without letting it count."""
    for criterion in Criterion.objects.filter(programme=programme, removed_at__isnull=True, key__in=weights):
        if criterion.weight != weights[criterion.key]:
            Criterion.objects.filter(pk=criterion.pk).update(weight=_weight(weights[criterion.key]))
            record_event("criterion.weighed", criterion, actor=actor, within=programme, title=criterion.title)


def _weight(value: int) -> int:
    if not 0 <= value <= HEAVIEST:
        raise NotPossible("A weight is a number from 0 to 100.")
    return value


@transaction.atomic
def remove_criterion(*, criterion: Criterion, actor: User) -> None:
    """Let a criterion count no more. It can be put back."""
    Criterion.objects.filter(pk=criterion.pk).update(removed_at=now())
    record_event("criterion.removed", criterion, actor=actor, within=criterion.programme, title=criterion.title)


@transaction.atomic
def restore_criterion(*, criterion: Criterion, actor: User) -> None:
    """Put a removed criterion back."""
    Criterion.objects.filter(pk=criterion.pk).update(removed_at=None)
    record_event("criterion.restored", criterion, actor=actor, within=criterion.programme, title=criterion.title)


@transaction.atomic
def declare_conflict(
    *, cohort: Cohort, mentor: Participant, mentee: Participant, kind: str, note: str, actor: User
) -> Conflict:
    """Note that two people should not be paired without a second look; declaring it again changes the note."""
    if {mentor.cohort_id, mentee.cohort_id} != {cohort.pk} or (mentor.side, mentee.side) != (Side.MENTOR, Side.MENTEE):
        raise NotPossible("Choose one mentor and one mentee of this cohort.")
    conflict, _created = Conflict.objects.update_or_create(
        cohort=cohort, mentor=mentor, mentee=mentee, kind=kind, defaults={"note": note, "declared_by": actor}
    )
    record_event("conflict.declared", conflict, actor=actor, within=cohort)
    return conflict


@transaction.atomic
def withdraw_conflict(*, conflict: Conflict, actor: User) -> None:
    """The reason is gone."""
    record_event("conflict.withdrawn", conflict, actor=actor, within=conflict.cohort)
    conflict.delete()
