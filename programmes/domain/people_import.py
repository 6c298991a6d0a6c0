"""Bringing a file of people into a cohort: upload, columns, preview, and the import itself, whole or not at all."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.models import Partner
from mentoring.tenancy.swapping import swap
from programmes.domain.enrolment import profile_for, start_enrolments
from programmes.domain.import_upkeep import remember_to_forget
from programmes.domain.importing.guessing import guess_columns
from programmes.domain.importing.judging import Fate, Judged, Known, count_fates, judge_rows
from programmes.domain.importing.persons import Person, Setting
from programmes.domain.importing.reading import read_table
from programmes.domain.importing.table import Row, Table
from programmes.domain.importing.targets import Target, targets_of
from programmes.enums import ImportState, ParticipantState, Side
from programmes.models import Cohort, ImportMapping, Participant, PeopleImport
from templates_app.domain.kits import kit_of

SIDE = ":side"
"""Beside headings a mapping may say what everybody in the file is, where no column does."""
DECIDED = ":decided"
"""Beside headings a mapping may say that these people are taken on already."""


class WrongImport(Exception):
    """This import was applied or dropped already, or somebody added one of its people a moment ago."""


@dataclass(frozen=True)
class MappingFault:
    """Why columns cannot be used as they are chosen; ``code`` is for the form to word."""

    code: str
    target: str = ""


@transaction.atomic
def upload_people(*, cohort: Cohort, filename: str, data: bytes, actor: User | None) -> PeopleImport:
    """Read a file and keep its rows, sealed, until they are imported or dropped.

    Raises ``FileRefused`` with what is wrong with the file.
    """
    run = read_people(cohort=cohort, filename=filename, data=data, actor=actor)
    run.save()
    remember_to_forget(run)
    return run


def read_people(*, cohort: Cohort, filename: str, data: bytes, actor: User | None) -> PeopleImport:
    """A file's rows with what its columns seem to mean, remembered or guessed. Nothing is saved. Raises ``FileRefused``."""
    table = _without_our_columns(read_table(data))
    run = PeopleImport(
        cohort=cohort,
        uploaded_by=actor,
        filename=filename[-200:],
        headings=table.headings,
        rows=[[row.line, row.cells] for row in table.rows],
        row_count=len(table.rows),
        mapping=_remembered(table) or guess_columns(table, targets_for(cohort)),
    )
    run.remarks = tuple(table.remarks)
    return run


def targets_for(cohort: Cohort) -> list[Target]:
    """What a column can mean in this cohort."""
    return targets_of(profile_for(cohort.programme.handbook))


def mapping_faults(mapping: Mapping[str, str]) -> list[MappingFault]:
    """What is missing from a choice of columns, or chosen twice."""
    chosen = [target for heading, target in mapping.items() if target and not heading.startswith(":")]
    faults = [MappingFault("twice", target) for target in dict.fromkeys(chosen) if chosen.count(target) > 1]
    if "email" not in chosen:
        faults.append(MappingFault("missing", "email"))
    if not {"given_name", "full_name"} & set(chosen):
        faults.append(MappingFault("missing", "given_name"))
    if "role" not in chosen and mapping.get(SIDE) not in Side.values:
        faults.append(MappingFault("missing", "role"))
    return faults


@transaction.atomic
def choose_columns(*, run: PeopleImport, mapping: dict[str, str], actor: User | None) -> None:
    """Keep what each column means, for this file and for later ones with the same headings. Raises ``WrongImport``."""
    _write(run, [ImportState.UPLOADED, ImportState.PREVIEWED], mapping=mapping, state=ImportState.PREVIEWED)
    ImportMapping.objects.update_or_create(
        headings_hash=headings_hash(run.headings),
        defaults={"mapping": {k: v for k, v in mapping.items() if k != DECIDED}},
    )


def judge_import(run: PeopleImport) -> list[Judged]:
    """Each row's fate as things stand now. A handful of queries, whatever the number of rows."""
    return judge_rows(rows_of(run), run.headings, run.mapping, _setting(run), _known(run.cohort))


def rows_of(run: PeopleImport) -> list[Row]:
    """The file's rows as they are kept."""
    kept: Any = run.rows
    return [Row(line, cells) for line, cells in kept]


@transaction.atomic
def apply_import(*, run: PeopleImport, actor: User | None) -> dict[str, int]:
    """Take in every row that can be, all at once; returns how many rows had each fate. Nobody is invited yet.

    Rows are judged anew, so that a second click or a second file doubles nobody. What is kept of the file afterwards are
    the rows that were not taken in. Raises ``WrongImport``.
    """
    cohort = Cohort.objects.select_for_update().select_related("programme__handbook").get(pk=run.cohort_id)
    judged = judge_import(run)
    counts = count_fates(judged)
    kept = {verdict.line for verdict in judged if verdict.fate in {Fate.REJECTED, Fate.DUPLICATE}}
    _write(
        run,
        [ImportState.PREVIEWED],
        state=ImportState.APPLIED,
        applied_at=clock.now(),
        rows=[[row.line, row.cells] for row in rows_of(run) if row.line in kept],
        accepted=counts[Fate.ACCEPTED],
        rejected=counts[Fate.REJECTED],
        duplicates=counts[Fate.DUPLICATE],
    )
    people = [
        (_participant(cohort, verdict.person, actor, decided=bool(run.mapping.get(DECIDED))), verdict.person)
        for verdict in judged
        if verdict.person is not None
    ]
    start_enrolments(cohort, people)
    try:
        with transaction.atomic():
            Participant.objects.bulk_create([person for person, _row in people], batch_size=500)
    except IntegrityError as error:
        raise WrongImport from error
    record_event("people.imported", run, actor=actor, within=cohort, count=counts[Fate.ACCEPTED])
    return counts


@transaction.atomic
def drop_import(*, run: PeopleImport, actor: User | None) -> None:
    """Forget an upload. Raises ``WrongImport`` when it was imported already."""
    _write(run, [ImportState.UPLOADED, ImportState.PREVIEWED], state=ImportState.DROPPED, rows=[], row_count=0)


def our_columns() -> list[str]:
    """The two columns that a file of rows to put right has more than the file it came from."""
    return [_("Line"), _("What to put right")]


def _without_our_columns(table: Table) -> Table:
    if table.headings[-2:] != our_columns():
        return table
    width = len(table.headings) - 2
    rows = [Row(row.line, row.cells[:width] if any(row.cells[:width]) else []) for row in table.rows]
    return Table(table.headings[:width], rows, table.remarks)


def headings_hash(headings: list[str]) -> str:
    """Tells files with the same headings, whatever their order or case."""
    folded = sorted(heading.casefold().strip() for heading in headings)
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()


def _remembered(table: Table) -> dict[str, str] | None:
    found = ImportMapping.objects.filter(headings_hash=headings_hash(table.headings)).first()
    if found is None:
        return None
    by_word = {heading.casefold(): target for heading, target in found.mapping.items()}
    mapping = {heading: by_word.get(heading.casefold(), "") for heading in table.headings}
    return mapping | ({SIDE: by_word[SIDE]} if SIDE in by_word else {})


def _setting(run: PeopleImport) -> Setting:
    partners = list(Partner.objects.all())
    by_name = {" ".join(name.casefold().split()): p.pk for p in partners for name in (p.key, p.name, p.short) if name}
    side = run.mapping.get(SIDE)
    return Setting(
        partners=by_name,
        partner_names=tuple(str(partner) for partner in partners),
        zone=run.cohort.zone,
        side=Side(side) if side in Side.values else None,
        capacity=kit_of(run.cohort.programme.handbook).matching.capacity,
    )


def _known(cohort: Cohort) -> Known:
    rows = Participant.objects.filter(cohort=cohort).values_list("email", "side", "state")
    states = {(email.lower(), side): state for email, side, state in rows}
    return Known(states, kit_of(cohort.programme.handbook).joining.both_roles)


def _participant(cohort: Cohort, row: Person, actor: User | None, *, decided: bool) -> Participant:
    joining = kit_of(cohort.programme.handbook).joining
    waits = joining.candidates and row.facts["partner_id"] is not None and not decided
    decision: dict[str, Any] = {} if waits else {"decided_at": clock.now(), "decided_by": actor}
    state = ParticipantState.CANDIDATE if waits else ParticipantState.ACCEPTED
    return Participant(cohort=cohort, side=row.side, email=row.email, state=state, **row.facts, **decision)


def _write(run: PeopleImport, states: list[ImportState], **values: Any) -> None:
    if not swap(run, PeopleImport.objects.filter(state__in=states), **values):
        raise WrongImport
