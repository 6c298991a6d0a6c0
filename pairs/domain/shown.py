"""What somebody wrote, ready to be read by one reader: for side-by-side views, lists of notes and documents."""

from collections.abc import Iterable
from dataclasses import dataclass

from mentoring import clock
from pairs.domain.outputs import standing
from pairs.domain.people import Person, names_in_a_row
from pairs.domain.reading import Reader
from pairs.domain.wanted import title_words
from pairs.enums import Right, Standing
from pairs.models import Output
from programmes.enums import Side
from templates_app.answers import ComparedAnswer, ComparedSection, ShownSection, compare, display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import Kind


@dataclass(frozen=True)
class ShownSheet:
    """One sheet for one reader. ``sections`` is empty where they may only know whether it is done."""

    output: Output
    title: str
    writer: Person | None
    is_done: bool
    may_read: bool
    can_write: bool
    """Whether the reader may write on it now."""
    sections: list[ShownSection]


def shown_sheet(reader: Reader, output: Output) -> ShownSheet:
    """The sheet as far as the reader may read it. What is still being written is shown to its writers only."""
    may_read = output.response is not None and reader.right_to(output) >= Right.READ
    return ShownSheet(
        output=output,
        title=title_words(output.kind, output.title),
        writer=reader.people.member(output.member_id),
        is_done=output.done_at is not None,
        may_read=may_read,
        can_write=reader.owes(output)
        and reader.right_to(output) is Right.WRITE
        and standing(output, clock.now()) in {Standing.DUE, Standing.LATE},
        sections=sections_of(reader, output) if may_read else [],
    )


def sections_of(reader: Reader, output: Output) -> list[ShownSection]:
    """The sections with the fields this reader may read."""
    assert output.response is not None
    sheet = worksheet_of(output.response.version)
    context = reader.context_for(output)
    return display(sheet, answers_of(output.response), context, reader.field_filter(output))


def mentee_first(sheets: Iterable[ShownSheet]) -> list[ShownSheet]:
    """In the order in which a pair looks at them: the mentee's first, those of several by name."""
    return sorted(sheets, key=_place)


def _place(sheet: ShownSheet) -> tuple[bool, str]:
    writer = sheet.writer
    return writer is not None and writer.side != Side.MENTEE, writer.name if writer else ""


def side_by_side(sheets: Iterable[ShownSheet]) -> list[ComparedSection]:
    """Question by question, for two versions of one sheet."""
    return compare(*(sheet.sections for sheet in sheets))


@dataclass(frozen=True)
class Beside:
    """Sheets of the same worksheet beside each other, as they are read together. Nobody is the writer of one that was
    written together.
    """

    writers: list[Person | None]
    questions: list[ComparedAnswer]

    @property
    def is_single(self) -> bool:
        """Whether there is only one of them."""
        return len(self.writers) == 1

    @property
    def is_of_both_sides(self) -> bool:
        """Whether mentee and mentor have each written one."""
        return len({writer.side for writer in self.writers if writer}) > 1

    @property
    def names(self) -> str:
        """Whose sheets these are."""
        return names_in_a_row([writer.name for writer in self.writers if writer])


def beside(sheets: Iterable[ShownSheet]) -> Beside | None:
    """The sent, readable sheets question by question, without what nobody answered, what the application filled in itself
    and what it only tells those who write; ``None`` when there is none to read. One's own draft is not laid open by the way.
    """
    readable = [sheet for sheet in sheets if sheet.is_done and sheet.may_read]
    if not readable:
        return None
    known = {
        shape.key
        for sheet in readable
        if sheet.output.response is not None
        for shape in worksheet_of(sheet.output.response.version).fields()
        if shape.prefill or shape.kind is Kind.NOTE
    }
    questions = [
        question
        for section in compare(*(sheet.sections for sheet in readable))
        for question in section.questions
        if question.key not in known and any(answer and not answer.blank for answer in question.answers)
    ]
    return Beside([sheet.writer for sheet in readable], questions)
