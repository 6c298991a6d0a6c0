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
from templates_app.models import Response
from templates_app.shapes import FieldShape, Filler, Kind, Use, Worksheet


@dataclass(frozen=True)
class ExampleField:
    """A table that takes examples, with those the handbook suggests."""

    field: FieldShape
    suggestions: list[dict[str, str]]


class TooLate(Exception):
    """The sheet is not being written any more: nothing was added."""


def may_help(reader: Reader, output: Output, sheet: Worksheet | None) -> bool:
    """Whether the person may put examples into this sheet now: the mentor, into the mentee's open self-assessment."""
    still_open = output.done_at is None and output.cancelled_at is None
    return helps_with(reader, sheet) and reader.pairing.is_active and still_open


def helps_with(reader: Reader, sheet: Worksheet | None) -> bool:
    """Whether it is a sheet with which this person helps at all, open or not: the mentor, with the mentee's assessment."""
    person: Person | None = reader.person
    is_mentor = person is not None and person.side == Side.MENTOR
    return is_mentor and sheet is not None and sheet.use is Use.ASSESSMENT and sheet.filled_by is Filler.MENTEE


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

    Saved as a draft of the mentee's, onto what stands there now: the page may have been read before the mentee's last
    save, and what the mentee is typing meanwhile is kept beside it. Raises ``TooLate`` when the sheet was sent, or the
    pair has ended. The caller has asked ``helps_with``.
    """
    response = _as_it_stands(begin_response(output=output, actor=actor, people=reader.people))
    output.refresh_from_db(fields=["done_at", "cancelled_at"])
    if response.is_submitted or not may_help(reader, output, reader.sheet_of(output)):
        raise TooLate
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


def _as_it_stands(response: Response) -> Response:
    """The response as it is now, held until the rows are in: the mentee's own save comes before or after, not between."""
    held = Response.objects.select_for_update(of=("self",)).select_related("version__template")
    return held.get(pk=response.pk)
