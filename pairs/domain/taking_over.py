"""Taking answers over from the pair's other worksheets into the agreement (``plp.sys.34``, ``plp.sys.111``).

Only what the person who takes may read themselves: what their partner is still writing stays theirs. Everything is taken
with one action, or the lines that were picked (``cal.sys.46``).
"""

import hashlib
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import Http404

from mentoring.accounts.models import User
from pairs.domain.queries import with_response
from pairs.domain.reading import Reader, belonging_to, readable, reader_of
from pairs.models import Output
from templates_app.answers import AnswerContext
from templates_app.answers.level import show_level
from templates_app.answers.rows import parts_of
from templates_app.answers.ticked import is_agreed
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import MayRead, WorksheetOwner
from templates_app.domain.responses import answers_of, save_draft
from templates_app.shapes import FieldShape, Kind, Take, Worksheet


@dataclass(frozen=True)
class TakenLine:
    """A line that may be taken over, as one may pick it: ``name`` stands for its words, ``words`` show them."""

    name: str
    words: str


@dataclass(frozen=True)
class Takeable:
    """A field of the draft into which something may be taken over, with the lines that do not stand there yet."""

    shape: FieldShape
    lines: list[TakenLine]


def takeable_into(reader: Reader, sheet: Worksheet, answers: dict[str, Any]) -> list[Takeable]:
    """The fields of a draft for which lines wait, as this person may read them."""
    found = []
    for shape in sheet.fields():
        said = {_said(row) for row in answers.get(shape.key) or []} if shape.takes else set()
        fresh = [row for row in rows_to_take(reader, shape) if _said(row) not in said]
        if fresh:
            found.append(Takeable(shape, [TakenLine(_name(row), _words(shape, row)) for row in fresh]))
    return found


def _words(shape: FieldShape, row: dict[str, Any]) -> str:
    shown = show_level(parts_of(shape), row, AnswerContext())
    return "; ".join(part.shown.text for part in shown if not part.blank)


def rows_to_take(reader: Reader, shape: FieldShape) -> list[dict[str, Any]]:
    """Rows for ``shape`` from everything it may take from and the reader may read, each once, blank ones left out: of the
    newest sheet of a worksheet, or of all where there is one for each need or goal.
    """
    rows: list[dict[str, Any]] = []
    for take in shape.takes:
        for output in _sheets(reader, take.worksheet):
            if output.response is not None:
                sheet = worksheet_of(output.response.version)
                rows += _rows(take, sheet, answers_of(output.response), reader.field_filter(output))
    return list({_said(row): row for row in reversed(rows)}.values())[::-1]


def _sheets(reader: Reader, worksheet: str) -> list[Output]:
    written = Output.objects.filter(pairing=reader.pairing, worksheet=worksheet, response__isnull=False)
    # Opened and never saved is older than anything saved, whatever a database thinks of nulls.
    ordered = with_response(written).order_by(F("response__saved_at").desc(nulls_last=True), "-created_at", "pk")
    found = readable(reader, belonging_to(reader.pairing, ordered))
    sheet = reader.worksheets.get(worksheet)
    return found if sheet is not None and sheet.one_for_each else found[:1]


def _rows(take: Take, sheet: Worksheet, answers: dict[str, Any], may_read: MayRead) -> list[dict[str, Any]]:
    """Nothing of a question, or of a column, that is kept from who takes over: the draft is read by both."""
    source = next((shape for shape in sheet.fields() if shape.key == take.field), None)
    if source is None or not may_read(source):
        return []
    given = answers.get(take.field)
    lines = _checklist_lines(source, take, given or {}) if source.kind is Kind.CHECKLIST else _plain_rows(given or [])
    kept = {part.key for part in [*source.columns, *source.fields] if not may_read(part)}
    columns = {own: other for own, other in take.columns.items() if other not in kept}
    taken = [{own: line.get(other, "") for own, other in columns.items()} for line in lines]
    return [row for row in taken if any(row.values())]


def _checklist_lines(source: FieldShape, take: Take, given: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines that say something, by words or by their tick. Where only the words are taken, a tick brings nothing."""
    wanted = [item for item in source.items if not take.items or item.key in take.items]
    said = [item for item in wanted if is_agreed(item, given.get(item.key))]
    return [{"label": item.label, "answer": given[item.key].get("note", "")} for item in said]


def _plain_rows(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in given if not row.get("_example")]


def take_over(
    reader: Reader, shape: FieldShape, present: list[dict[str, Any]], picked: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """``present`` rows with the taken ones after them; what stands there already is not added twice."""
    said = {_said(row) for row in present}
    kept = [row for row in present if any(_said(row))]
    wanted = (row for row in rows_to_take(reader, shape) if picked is None or _name(row) in picked)
    fresh = [{"_id": secrets.token_hex(4), **row} for row in wanted if _said(row) not in said]
    return kept + fresh


def take_into(*, owner: WorksheetOwner, field: str, actor: User, picked: Collection[str] | None = None) -> int:
    """Take lines that ``actor`` may read over into a field of the pair's open sheet and save the draft; returns how many.

    ``picked``: the names of those that are wanted; left out, all of them. Raises ``Http404`` for a field that takes
    nothing, ``StaleSave`` when somebody saved in between.
    """
    shapes = {shape.key: shape for shape in worksheet_of(owner.response.version).fields() if shape.takes}
    if field not in shapes:
        raise Http404
    answers = answers_of(owner.response)
    present = answers.get(field) or []
    rows = take_over(reader_of(actor, owner.context.subject), shapes[field], present, picked)
    save_draft(
        response=owner.response,
        actor=actor,
        answers={**answers, field: rows},
        revision=owner.response.revision,
        context=owner.context,
    )
    return len(rows) - len([row for row in present if any(_said(row))])


def _said(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(str(value).strip() for key, value in row.items() if not key.startswith("_") and value))


def _name(row: dict[str, Any]) -> str:
    """What stands for a line in a form: the same words have the same name."""
    return hashlib.sha256(json.dumps(_said(row)).encode()).hexdigest()[:16]
