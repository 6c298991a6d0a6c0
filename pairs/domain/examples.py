"""How a mentor helps with the mentee's self-assessment: example rows to start from, and how it is set out.

Examples are marked as such in the mentee's sheet; they never count as the mentee's answers and never become actions
(``plp.sys.51``, ``plp.sys.52``). The mentor writes nothing else there and does not read the draft.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.answering import answer_context
from pairs.domain.output_owner import begin_response
from pairs.domain.people import Person
from pairs.domain.reading import Reader
from pairs.models import Output
from programmes.enums import Side
from templates_app.answers.rows import EXAMPLE, ID, new_row_id
from templates_app.domain.responses import answers_of, save_draft
from templates_app.shapes import FieldShape, Filler, Kind, Use, Worksheet


@dataclass(frozen=True)
class ExampleField:
    """A table that takes examples, with those the handbook suggests."""

    field: FieldShape
    suggestions: list[dict[str, str]]


def may_help(reader: Reader, output: Output, sheet: Worksheet | None) -> bool:
    """Whether the person may put examples into this sheet: the mentor, into the mentee's open self-assessment."""
    person: Person | None = reader.person
    if sheet is None or person is None or person.side != Side.MENTOR or not reader.pairing.is_active:
        return False
    still_open = output.done_at is None and output.cancelled_at is None
    return sheet.use is Use.ASSESSMENT and sheet.filled_by is Filler.MENTEE and still_open


def example_fields(sheet: Worksheet) -> list[ExampleField]:
    """The sheet's own tables for which the handbook has examples."""
    return [
        ExampleField(field, field.examples) for field in sheet.fields() if field.kind is Kind.TABLE and field.examples
    ]


def layout_fields(sheet: Worksheet) -> list[FieldShape]:
    """The choices on which whole tables depend: how the sheet is set out."""
    deciding = {field.show_if.field for field in _with_rows(sheet) if field.show_if}
    return [field for field in sheet.fields() if field.kind is Kind.CHOICE and field.key in deciding]


def _with_rows(sheet: Worksheet) -> Iterator[FieldShape]:
    return (field for field in sheet.fields() if field.kind in {Kind.TABLE, Kind.GROUP})


@transaction.atomic
def help_with(
    *,
    reader: Reader,
    output: Output,
    examples: Sequence[tuple[str, dict[str, str]]],
    layout: dict[str, str],
    actor: User,
) -> Output:
    """Add example rows (field key, answers by column) and set how the sheet is laid out (field key → option key).

    Saved as a draft of the mentee's, at the revision it stands at: what the mentee is typing meanwhile is kept beside it.
    The caller has asked ``may_help``.
    """
    response = begin_response(output=output, actor=actor, people=reader.people)
    writer = reader.people.member(output.member_id)
    assert writer is not None
    assert writer.user is not None
    answers = answers_of(response)
    for key, cells in examples:
        rows: list[dict[str, Any]] = list(answers.get(key) or [])
        answers[key] = [*rows, {ID: new_row_id(), EXAMPLE: True, **cells}]
    answers |= layout
    context = answer_context(output, reader.people, writer.user, writing=True)
    output.response = save_draft(
        response=response, actor=writer.user, answers=answers, revision=response.revision, context=context
    )
    record_event("examples.added", output, actor=actor, within=output.pairing, count=len(examples))
    return output
