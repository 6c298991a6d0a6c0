"""Answers made readable: one structure for the page, the PDF and two sheets side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from templates_app.answers.behaviour import Column
from templates_app.answers.context import AnswerContext
from templates_app.answers.level import Answers, cells_of, columns_of, show_level
from templates_app.answers.shown import ShownAnswer, ShownSection
from templates_app.shapes import FieldShape, Worksheet

MayRead = Callable[[FieldShape], bool]
"""Whether the reader may see one field's answers; worksheets may narrow the readers of single fields."""


def everything(_shape: FieldShape) -> bool:
    """The reader sees every field."""
    return True


def display(
    worksheet: Worksheet,
    answers: Mapping[str, Any],
    context: AnswerContext,
    may_read: MayRead = everything,
) -> list[ShownSection]:
    """The sections of a worksheet with the questions that are asked and their answers, in the context's language.

    Fields that the reader may not see are left out, question and all, and so are blank ones where the worksheet hides them;
    sections without a question too.
    """
    with translation.override(context.locale):
        shown = {answer.key: answer for answer in show_level(worksheet.fields(), answers, context)}
    if worksheet.blanks == "hidden":
        shown = {key: answer for key, answer in shown.items() if not answer.blank}
    sections = []
    for section in worksheet.sections:
        listed = [shown[shape.key] for shape in section.fields if shape.key in shown and may_read(shape)]
        if listed:
            sections.append(ShownSection(section.key, section.title, section.intro, tuple(listed)))
    return sections


# --- Side by side ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ComparedAnswer:
    """One question with the answers of several sheets, None where a sheet does not ask it."""

    key: str
    label: str
    answers: tuple[ShownAnswer | None, ...]
    same: bool


@dataclass(frozen=True)
class ComparedSection:
    """A section with the answers of several sheets."""

    key: str
    title: str
    questions: tuple[ComparedAnswer, ...]


def compare(*sheets: Sequence[ShownSection]) -> list[ComparedSection]:
    """Sheets beside each other, question by question, matched by key: both partners', or two versions of one.

    Sections and questions that only a later sheet has follow those of the first.
    """
    titles: dict[str, str] = {}
    found: dict[str, dict[str, list[ShownAnswer | None]]] = {}
    for place, sheet in enumerate(sheets):
        for section in sheet:
            titles.setdefault(section.key, section.title)
            for answer in section.answers:
                row = found.setdefault(section.key, {}).setdefault(answer.key, [None] * len(sheets))
                row[place] = answer
    return [
        ComparedSection(key, titles[key], tuple(_compared(name, row) for name, row in rows.items()))
        for key, rows in found.items()
    ]


def _compared(key: str, row: Sequence[ShownAnswer | None]) -> ComparedAnswer:
    labels = {answer.label: answer.common for answer in row if answer}
    label = next(iter(labels)) if len(labels) == 1 else next(filter(None, labels.values()), next(iter(labels)))
    texts = {answer.shown.text if answer else None for answer in row}
    return ComparedAnswer(key, label, tuple(row), same=len(texts) == 1)


# --- Wide tables ----------------------------------------------------------------------------------------------------


def wide_columns(
    worksheet: Worksheet,
    responses: Iterable[Mapping[str, Any]] = (),
    may_read: MayRead = everything,
) -> list[Column]:
    """One column for every single answer, for exports: options, rows of a rating grid and ticks have their own.

    Rows of tables and groups are numbered from 1, as far as the longest of ``responses`` goes. Keys are made of field,
    option and item keys alone, so that a relabelled question keeps its column.
    """
    shapes = [shape for shape in worksheet.fields() if may_read(shape)]
    return columns_of(shapes, "", "", [dict(answers) for answers in responses])


def wide_row(worksheet: Worksheet, answers: Mapping[str, Any], may_read: MayRead = everything) -> Answers:
    """What one response puts into its ``wide_columns``: keys and figures by column key; unanswered columns absent.

    Holds what people wrote as they wrote it: whoever makes a spreadsheet of it defuses formulas.
    """
    return cells_of([shape for shape in worksheet.fields() if may_read(shape)], "", answers)
