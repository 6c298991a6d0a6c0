"""What reviews of the goals said of each of them."""

from dataclasses import dataclass

from mentoring.ui import dates
from pairs.domain.goal_mentions import DayOf
from pairs.domain.reading import Reader
from pairs.enums import Right
from pairs.models import Output
from templates_app.answers import ShownRow, display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import FieldShape, Worksheet


@dataclass(frozen=True)
class ShownReview:
    """What one review said of one goal."""

    day: str
    row: ShownRow


def reviews_of(
    reader: Reader, outputs: list[Output], sheet: Worksheet | None, day_of: DayOf
) -> dict[str, list[ShownReview]]:
    """Row id of a goal → what readable reviews said of it, oldest first."""
    found: dict[str, list[ShownReview]] = {}
    if sheet is None:
        return found
    sent = [row for row in outputs if row.worksheet == sheet.key and row.done_at and reader.right_to(row) >= Right.READ]
    for output in sorted(sent, key=lambda row: row.done_at):  # type: ignore[arg-type,return-value]
        for goal_row, shown in _reviewed(reader, output):
            assert output.done_at is not None
            day = dates.short_day(day_of(output.done_at))
            found.setdefault(goal_row, []).append(ShownReview(day, shown))
    return found


def _reviewed(reader: Reader, output: Output) -> list[tuple[str, ShownRow]]:
    assert output.response is not None
    sheet = worksheet_of(output.response.version)
    answers = answers_of(output.response)
    context = reader.context_for(output)
    sections = display(sheet, answers, context, reader.field_filter(output))
    shown = {answer.key: answer.shown.rows for section in sections for answer in section.answers}
    pairs = []
    for group in sheet.fields():
        choice = _goal_choice(group)
        if choice is not None:
            rows = [row for row in answers.get(group.key) or [] if isinstance(row, dict)]
            pairs += [(str(row.get(choice.key)), one) for row, one in zip(rows, shown.get(group.key, ()), strict=False)]
    return pairs


def _goal_choice(group: FieldShape) -> FieldShape | None:
    """The question of a row that says which goal it is about."""
    return next((part for part in group.fields if part.options_from == "goals"), None)
