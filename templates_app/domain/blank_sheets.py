"""A worksheet to print and fill in by hand (``plp.sys.120``): every question with room for its answer, conditions in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from templates_app.answers import AnswerContext, Choice, to_html
from templates_app.answers.chosen import OTHER
from templates_app.answers.pointed import pointed_in
from templates_app.answers.rated import point_label
from templates_app.answers.rows import parts_of
from templates_app.answers.shown import Pointed
from templates_app.answers.sides import writer_words
from templates_app.shapes import FieldShape, Item, Kind, Need, Point, Worksheet

MOST_OPTIONS = 24
"""A longer list (countries, zones) is written by hand rather than printed."""
MOST_IN_A_CELL = 7
"""More answers than this do not fit into the cell of a table: there they are written."""
LINES_OF_A_TEXT = 4
ROWS_OF_A_TABLE = 4


@dataclass(frozen=True)
class Tick:
    """Something to tick, with ``lines`` to write on where words belong to it."""

    label: str
    help: str = ""
    lines: int = 0

    @property
    def ruled(self) -> range:
        """The lines to write on."""
        return range(self.lines)


@dataclass(frozen=True)
class BlankQuestion:
    """One question on paper. ``form`` names how it is answered: lines, ticks, scale, grid, table, blocks, sign or note."""

    label: str
    form: str
    help: str = ""
    needed: bool = False
    condition: str = ""
    by: str = ""
    """Which side writes it, in words."""
    lines: int = 1
    unit: str = ""
    ticks: tuple[Tick, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    """Labels of the rows of a table or grid; empty ones are for new rows."""
    cells: tuple[tuple[str, ...], ...] = ()
    """For each column of a table or grid what is ticked in its cells; nothing where they are written in."""
    blocks: tuple[tuple["BlankQuestion", ...], ...] = ()
    html: SafeString | None = None
    pointed: Pointed | None = None
    """A picture, with the numbers that ``ticks`` name."""

    @property
    def ruled(self) -> range:
        """The lines to write on."""
        return range(self.lines)


@dataclass(frozen=True)
class BlankSection:
    """A titled part of a worksheet on paper."""

    title: str
    intro: SafeString
    questions: tuple[BlankQuestion, ...] = field(default=())


def blank_sections(worksheet: Worksheet, context: AnswerContext) -> list[BlankSection]:
    """All sections with all their questions; what only applies under a condition says so. A section in which nothing is left to
    be written or read has no heading either.
    """
    sections = (
        BlankSection(section.title, to_html(section.intro), blank_level(section.fields, context, worksheet.fields()))
        for section in worksheet.sections
    )
    return [section for section in sections if section.questions or section.intro]


def blank_level(
    shapes: Sequence[FieldShape], context: AnswerContext, level: Sequence[FieldShape] = ()
) -> tuple[BlankQuestion, ...]:
    """Questions of one level on paper; ``level`` is the whole level where ``shapes`` are a part of it.

    What the application works out itself is not asked.
    """
    by_key = {shape.key: shape for shape in level or shapes}
    asked = (by_key.get(shape.key, shape) for shape in shapes if shape.kind is not Kind.COMPUTED)
    return tuple(_blank(shape, by_key, context) for shape in asked)


def _blank(shape: FieldShape, siblings: Mapping[str, FieldShape], context: AnswerContext) -> BlankQuestion:
    values: dict[str, Any] = {
        "label": shape.label,
        "help": shape.help,
        "needed": shape.need is Need.MUST,
        "unit": shape.unit,
        "by": writer_words(shape),
    }
    values["condition"] = _condition(shape, siblings)
    return BlankQuestion(**values | _room(shape, context))


def _room(shape: FieldShape, context: AnswerContext) -> dict[str, Any]:
    """How the answer is given on paper; on one line unless its kind needs more."""
    room = _ROOM.get(shape.kind)
    return room(shape, context) if room else {"form": "lines"}


def _note(shape: FieldShape, _context: AnswerContext) -> dict[str, Any]:
    return {"form": "note", "html": to_html(shape.text)}


def _long(_shape: FieldShape, _context: AnswerContext) -> dict[str, Any]:
    return {"form": "lines", "lines": LINES_OF_A_TEXT}


def _scale(shape: FieldShape, _context: AnswerContext) -> dict[str, Any]:
    return {"form": "scale", "ticks": tuple(Tick(label) for label in _points(shape))}


def _grid(shape: FieldShape, _context: AnswerContext) -> dict[str, Any]:
    points = tuple(_points(shape))
    return {
        "form": "grid",
        "headings": points,
        "rows": tuple(item.label for item in shape.items),
        "cells": (("",),) * len(points),
    }


def _checklist(shape: FieldShape, _context: AnswerContext) -> dict[str, Any]:
    return {"form": "ticks", "ticks": tuple(_line(item) for item in shape.items)}


def _blocks(shape: FieldShape, context: AnswerContext) -> dict[str, Any]:
    block = blank_level(parts_of(shape), context)
    return {"form": "blocks", "blocks": (block,) * max(shape.start_rows, shape.min_rows, 1)}


def _sign(_shape: FieldShape, _context: AnswerContext) -> dict[str, Any]:
    return {"form": "sign"}


def _choice(shape: FieldShape, context: AnswerContext) -> dict[str, Any]:
    offered = [Choice(option.key, option.label, option.help) for option in shape.options]
    if shape.options_from or shape.kind is Kind.PERSON:
        offered += context.offered(shape.options_from or "people")
    if not offered or len(offered) > MOST_OPTIONS:
        return {"form": "lines"}
    ticks = [Tick(option.label, option.help) for option in offered]
    if shape.other:
        ticks.append(Tick(_("Other:"), lines=1))
    return {"form": "ticks", "ticks": tuple(ticks)}


def _pointing(shape: FieldShape, _context: AnswerContext) -> dict[str, Any]:
    named = (Tick(f"{number}. {figure.label}", figure.help) for number, figure in enumerate(shape.options, 1))
    return {"form": "ticks", "ticks": tuple(named), "pointed": pointed_in(shape)}


def _points(shape: FieldShape) -> list[str]:
    named = [_point(point, shape) for point in shape.points]
    return named + [_("Not applicable")] * shape.not_applicable + [_("Don’t know")] * shape.dont_know


def _point(point: Point, shape: FieldShape) -> str:
    if point.label:
        return point_label(shape, point.value)
    ends = {shape.points[0].value: shape.low_label, shape.points[-1].value: shape.high_label}
    words = ends.get(point.value, "")
    return f"{point.value} {words}" if words else str(point.value)


def _line(item: Item) -> Tick:
    return Tick(item.label, item.help, lines={"none": 0, "may": 1, "answer": 2}[item.note])


def _table(shape: FieldShape, context: AnswerContext) -> dict[str, Any]:
    rows = tuple(item.label for item in shape.items) or ("",) * max(shape.start_rows, shape.min_rows, ROWS_OF_A_TABLE)
    columns = parts_of(shape)
    return {
        "form": "table",
        "headings": tuple(column.label for column in columns),
        "rows": rows,
        "cells": tuple(_ticked_in_cell(column, context) for column in columns),
        **next((_above_the_table(column, context) for column in columns if column.kind is Kind.PICTURE), {}),
    }


def _above_the_table(column: FieldShape, context: AnswerContext) -> dict[str, Any]:
    """The picture that every row points at, drawn once: in the cells its numbers are written."""
    drawn = _pointing(column, context)
    return {name: drawn[name] for name in ("ticks", "pointed")}


def _ticked_in_cell(column: FieldShape, context: AnswerContext) -> tuple[str, ...]:
    """The answers of a column that are ticked, as far as they fit into a cell."""
    if column.kind is Kind.PICTURE:
        return ()
    ticks: tuple[Tick, ...] = _room(column, context).get("ticks", ())
    return tuple(tick.label for tick in ticks) if len(ticks) <= MOST_IN_A_CELL else ()


def _condition(shape: FieldShape, siblings: Mapping[str, FieldShape]) -> str:
    """When the question is asked, in words; empty when it always is."""
    condition = shape.show_if
    other = siblings.get(condition.field) if condition else None
    if condition is None or other is None:
        return ""
    labels = {OTHER: _("Other")} | {option.key: option.label for option in other.options}
    labels |= {str(point.value): point.label or str(point.value) for point in other.points}
    wanted = " / ".join(labels.get(str(value), str(value)) for value in condition.is_in)
    if wanted:
        return _("Only where “%(question)s” is answered: %(answers)s") % {"question": other.label, "answers": wanted}
    if condition.filled is False:
        return _("Only where “%(question)s” is left blank") % {"question": other.label}
    return _("Only where “%(question)s” is answered") % {"question": other.label}


_ROOM: dict[Kind, Callable[[FieldShape, AnswerContext], dict[str, Any]]] = {
    Kind.NOTE: _note,
    Kind.LONGTEXT: _long,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choice,
    Kind.RANKED: _choice,
    Kind.PICTURE: _pointing,
    Kind.PERSON: _choice,
    Kind.SCALE: _scale,
    Kind.MATRIX: _grid,
    Kind.CHECKLIST: _checklist,
    Kind.TABLE: _table,
    Kind.GROUP: _blocks,
    Kind.GOAL: _blocks,
    Kind.ACTION: _blocks,
    Kind.SIGNATURE: _sign,
    Kind.INITIALS: _sign,
}
