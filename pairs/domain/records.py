"""The confidential records of pairs: what was written in them, shared in them and agreed, and deleting what is over.

That something was owed and done stays: with an output's dates the counts of what came in are as they were. What it said goes,
with everything made of it.
"""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from pairs.domain.compiled import RECORDS
from pairs.domain.instants import local_day
from pairs.domain.logs import KIND as COMPILED_LOGS
from pairs.domain.signed_sheets.deleting import delete_signed
from pairs.enums import ActionKind, OutputKind, PairingState
from pairs.models import Action, Agreement, Goal, GoalChange, Output, Pairing, SharedFile
from programmes.domain.records.kinds import Kind, Row, register_records
from programmes.models import Programme
from templates_app.domain.deleting import delete_documents, delete_responses
from templates_app.domain.kits import worksheet_of
from templates_app.models import TemplateVersion
from templates_app.shapes import Preset, RecordKind


def _rows(found: QuerySet[Any]) -> list[Row]:
    """Ids with what their period is counted from; what a running pairing has is worked with."""
    names = ("pk", "pairing__cohort", "pairing__cohort__ends_on", "pairing__ended_at", "pairing__cohort__zone")
    return [
        Row(pk, of, ends, local_day(ended, zone) if ended else None, is_closed=ended is not None)
        for pk, of, ends, ended, zone in found.order_by("pk").values_list(*names)
    ]


def _written(programme: Programme, kind: OutputKind) -> QuerySet[Output]:
    return Output.objects.filter(pairing__cohort__programme=programme, kind=kind, response__isnull=False)


def _private_versions(programme: Programme) -> set[UUID]:
    """The versions of worksheets that their writer alone reads."""
    rows = TemplateVersion.objects.filter(template__handbook=programme.handbook_id)
    return {version.pk for version in rows if worksheet_of(version).readers.preset is Preset.PRIVATE}


def private_sheets(programme: Programme) -> list[Row]:
    """Sheets in pairs that their writer alone reads, unless they shared them."""
    rows = _written(programme, OutputKind.WORKSHEET)
    return _rows(rows.filter(response__version__in=_private_versions(programme)))


def pair_sheets(programme: Programme) -> list[Row]:
    """All other sheets of pairs."""
    rows = _written(programme, OutputKind.WORKSHEET)
    return _rows(rows.exclude(response__version__in=_private_versions(programme)))


def evaluations(programme: Programme) -> list[Row]:
    """Answers of the evaluation and of surveys."""
    return _rows(_written(programme, OutputKind.EVALUATION))


def agreements(programme: Programme) -> list[Row]:
    """Every version of an agreement."""
    return _rows(Agreement.objects.filter(pairing__cohort__programme=programme))


def files(programme: Programme) -> list[Row]:
    """Documents that people of pairs shared."""
    return _rows(SharedFile.objects.filter(pairing__cohort__programme=programme))


def delete_sheets(ids: Collection[UUID]) -> int:
    """What was written on these sheets of pairings that are over: the answers, the goals and actions that came of them with
    every earlier wording, the files in them, what was signed of them, and the papers made of them. The outputs stay, with
    when they were done.
    """
    rows = Output.objects.filter(pk__in=ids, response__isnull=False).exclude(pairing__state=PairingState.ACTIVE)
    found = list(rows.values_list("pk", "response", "pairing"))
    responses, pairings = {row[1] for row in found}, {row[2] for row in found}
    outputs = [row[0] for row in found]
    Output.objects.filter(pk__in=outputs).update(response=None, erased_at=clock.now())
    delete_signed(outputs)
    # A goal goes with the sheet it was last sent on; of one that stands on another sheet what was said here goes.
    Action.objects.filter(response__in=responses).delete()
    GoalChange.objects.filter(response__in=responses).delete()
    Goal.objects.filter(response__in=responses).delete()
    delete_documents(pairings, kinds=(COMPILED_LOGS, RECORDS))
    delete_responses(responses)
    return len(found)


def delete_pair_sheets(ids: Collection[UUID]) -> int:
    """The same, with the tasks that those pairings took in from a file: they hang on no sheet."""
    pairings = set(Output.objects.filter(pk__in=ids).values_list("pairing", flat=True))
    over = Pairing.objects.filter(pk__in=pairings).exclude(state=PairingState.ACTIVE)
    Action.objects.filter(kind=ActionKind.FILE, pairing__in=over).delete()
    return delete_sheets(ids)


def delete_files(ids: Collection[UUID]) -> int:
    """Documents that people of pairings that are over shared."""
    rows = SharedFile.objects.filter(pk__in=ids).exclude(pairing__state=PairingState.ACTIVE)
    return rows.delete()[1].get(SharedFile._meta.label, 0)


def register_pair_records() -> None:
    """For ``AppConfig.ready``."""
    listed: tuple[tuple[RecordKind, Any, Any, Callable[[Programme], list[Row]], Any], ...] = (
        (
            RecordKind.PRIVATE_SHEETS,
            _("What somebody wrote for themselves alone"),
            _("Journals, hopes and looks at oneself within a pair. Those of running pairs are never due."),
            private_sheets,
            delete_sheets,
        ),
        (
            RecordKind.PAIR_SHEETS,
            _("What pairs wrote"),
            _("Logs, plans, goals and actions, notes and checklists. Those of running pairs are never due."),
            pair_sheets,
            delete_pair_sheets,
        ),
        (
            RecordKind.FILES,
            _("Documents that pairs shared"),
            _("Files that the people of a pair put there for each other. Those of running pairs are never due."),
            files,
            delete_files,
        ),
        (
            RecordKind.AGREEMENTS,
            _("Agreements"),
            _("Every version with its signatures, and who let the coordinator read what."),
            agreements,
            None,
        ),
        (
            RecordKind.EVALUATIONS,
            _("Answers of evaluations"),
            _("What people answered when they were asked how it was. Results are counted from them."),
            evaluations,
            None,
        ),
    )
    register_records(*(Kind(*one) for one in listed))
