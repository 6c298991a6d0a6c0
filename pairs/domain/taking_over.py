"""Taking answers over from the pair's other worksheets into the agreement (``plp.sys.34``, ``plp.sys.111``).

Only what the person who takes may read themselves: what their partner is still writing stays theirs.
"""

import secrets
from typing import Any

from django.db.models import F
from django.http import Http404

from mentoring.accounts.models import User
from pairs.domain.queries import with_response
from pairs.domain.reading import Reader, belonging_to, readable, reader_of
from pairs.models import Output
from templates_app.answers.ticked import is_agreed
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import WorksheetOwner
from templates_app.domain.responses import answers_of, save_draft
from templates_app.shapes import FieldShape, Kind, Take, Worksheet


def rows_to_take(reader: Reader, shape: FieldShape) -> list[dict[str, Any]]:
    """Rows for ``shape`` from everything it may take from and the reader may read: the newest sheet of each kind,
    blank rows left out.
    """
    rows: list[dict[str, Any]] = []
    for take in shape.takes:
        output = _newest(reader, take.worksheet)
        if output is not None and output.response is not None:
            sheet = worksheet_of(output.response.version)
            rows += _rows(take, sheet, answers_of(output.response))
    return rows


def _newest(reader: Reader, worksheet: str) -> Output | None:
    written = Output.objects.filter(pairing=reader.pairing, worksheet=worksheet, response__isnull=False)
    # Opened and never saved is older than anything saved, whatever a database thinks of nulls.
    ordered = with_response(written).order_by(F("response__saved_at").desc(nulls_last=True))
    return next(iter(readable(reader, belonging_to(reader.pairing, ordered))), None)


def _rows(take: Take, sheet: Worksheet, answers: dict[str, Any]) -> list[dict[str, Any]]:
    source = next((shape for shape in sheet.fields() if shape.key == take.field), None)
    if source is None:
        return []
    given = answers.get(take.field)
    lines = _checklist_lines(source, take, given or {}) if source.kind is Kind.CHECKLIST else _plain_rows(given or [])
    taken = [{own: line.get(other, "") for own, other in take.columns.items()} for line in lines]
    return [row for row in taken if any(row.values())]


def _checklist_lines(source: FieldShape, take: Take, given: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines that say something, by words or by their tick. Where only the words are taken, a tick brings nothing."""
    wanted = [item for item in source.items if not take.items or item.key in take.items]
    said = [item for item in wanted if is_agreed(item, given.get(item.key))]
    return [{"label": item.label, "answer": given[item.key].get("note", "")} for item in said]


def _plain_rows(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in given if not row.get("_example")]


def take_over(reader: Reader, shape: FieldShape, present: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """``present`` rows with the taken ones after them; what stands there already is not added twice."""
    said = {_said(row) for row in present}
    kept = [row for row in present if any(_said(row))]
    fresh = [{"_id": secrets.token_hex(4), **row} for row in rows_to_take(reader, shape) if _said(row) not in said]
    return kept + fresh


def take_into(*, owner: WorksheetOwner, field: str, actor: User) -> int:
    """Take lines that ``actor`` may read over into a field of the pair's open sheet and save the draft; returns how many.

    Raises ``Http404`` for a field that takes nothing, ``StaleSave`` when somebody saved in between.
    """
    shapes = {shape.key: shape for shape in worksheet_of(owner.response.version).fields() if shape.takes}
    if field not in shapes:
        raise Http404
    answers = answers_of(owner.response)
    present = answers.get(field) or []
    rows = take_over(reader_of(actor, owner.context.subject), shapes[field], present)
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
