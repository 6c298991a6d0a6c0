"""The confidential records of this room: concerns, issues, sheets of single people, words of managers, applications."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.domain.matching.occupancy import occupancy_of
from programmes.domain.records.kinds import Kind, Row, register_records
from programmes.enums import ConcernState
from programmes.models import Cohort, Concern, Issue, ManagerWord, Participant, Programme, Sheet
from templates_app.domain.deleting import delete_responses
from templates_app.shapes import RecordKind

PLACE = {
    Concern: "participant",
    Issue: "participant",
    Sheet: "participant",
    ManagerWord: "manager__participant",
}


def _rows(found: QuerySet[Any], place: str, closed: str) -> list[Row]:
    """Ids with their cohort's last day. ``closed`` is an expression that says that nobody works with it; empty: always."""
    cohort = f"{place}__cohort" if place else "cohort"
    names = ["pk", cohort, f"{cohort}__ends_on", *([closed] if closed else [])]
    listed: Iterable[tuple[UUID, UUID, dt.date, Any]] = (
        (row[0], row[1], row[2], row[3] if closed else True) for row in found.order_by("pk").values_list(*names)
    )
    return [Row(pk, of, ends, is_closed=bool(over)) for pk, of, ends, over in listed]


def concerns(programme: Programme) -> list[Row]:
    """Concerns; an open one is worked with."""
    found = Concern.objects.filter(participant__cohort__programme=programme)
    rows = found.order_by("pk").values_list("pk", "participant__cohort", "participant__cohort__ends_on", "state")
    return [Row(pk, of, ends, is_closed=state == ConcernState.CLOSED) for pk, of, ends, state in rows]


def issues(programme: Programme) -> list[Row]:
    """What was brought to the coordinators in private; an open one is worked with."""
    return _rows(Issue.objects.filter(participant__cohort__programme=programme), "participant", "closed_at")


def own_sheets(programme: Programme) -> list[Row]:
    """Worksheets of single people; those of somebody in a running pairing are worked with."""
    found = Sheet.objects.filter(programme=programme, participant__isnull=False)
    return _of_people(programme, found, "participant")


def manager_words(programme: Programme) -> list[Row]:
    """What managers sent about single people."""
    found = ManagerWord.objects.filter(manager__participant__cohort__programme=programme)
    return _of_people(programme, found, "manager__participant")


def applications(programme: Programme) -> list[Row]:
    """What people filled in as they joined."""
    return _rows(Participant.objects.filter(cohort__programme=programme, enrolment__isnull=False), "", "")


def _of_people(programme: Programme, found: QuerySet[Any], place: str) -> list[Row]:
    busy: set[UUID] = set()
    for cohort in Cohort.objects.filter(programme=programme):
        taken = occupancy_of(cohort)
        busy |= {*taken.mentees, *taken.mentors}
    names = ("pk", place, f"{place}__cohort", f"{place}__cohort__ends_on")
    rows = found.order_by("pk").values_list(*names)
    return [Row(pk, of, ends, is_closed=person not in busy) for pk, person, of, ends in rows]


def _delete(model: type[Model]) -> Any:
    def delete(ids: Collection[UUID]) -> int:
        return _gone(model._default_manager.filter(pk__in=ids), model)

    return delete


def _gone(rows: QuerySet[Any], model: type[Model]) -> int:
    return rows.delete()[1].get(model._meta.label, 0)


def delete_sheets(ids: Collection[UUID]) -> int:
    """Sheets of single people, with what was written on them."""
    return _with_responses(Sheet.objects.filter(pk__in=ids, participant__isnull=False), Sheet)


def delete_manager_words(ids: Collection[UUID]) -> int:
    """Words of managers, with what they wrote."""
    return _with_responses(ManagerWord.objects.filter(pk__in=ids), ManagerWord)


def _with_responses(rows: QuerySet[Any], model: type[Model]) -> int:
    responses = list(rows.values_list("response", flat=True))
    count = _gone(rows, model)
    delete_responses(responses)
    return count


def register_own_records() -> None:
    """For ``AppConfig.ready``."""
    register_records(
        Kind(
            RecordKind.CONCERNS,
            _("Concerns"),
            _("Worries about somebody's safety or about conduct, with the notes on them. Open ones are never due."),
            concerns,
            _delete(Concern),
        ),
        Kind(
            RecordKind.ISSUES,
            _("Matters brought in private"),
            _("What people brought to the coordinators, and the answers. Open ones are never due."),
            issues,
            _delete(Issue),
        ),
        Kind(
            RecordKind.OWN_SHEETS,
            _("Worksheets of single people"),
            _("What people wrote for themselves outside any pair, some of it read by the coordinators."),
            own_sheets,
            delete_sheets,
        ),
        Kind(
            RecordKind.MANAGER_WORDS,
            _("Words of line managers"),
            _("What managers wrote about people whom they manage."),
            manager_words,
            delete_manager_words,
        ),
        Kind(
            RecordKind.APPLICATIONS,
            _("Applications and profiles"),
            _("What people answered as they joined."),
            applications,
        ),
    )
