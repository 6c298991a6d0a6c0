"""The control of tables, groups, goals and actions: rows of further questions, with buttons to add and take out rows."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from templates_app.answers.context import AnswerContext
from templates_app.answers.level import is_level_blank
from templates_app.answers.raw import raw_words
from templates_app.answers.rows import EXAMPLE, ID, is_fixed, is_grid, new_row_id, parts_of, rows_in
from templates_app.forms.controls import Control, Values, read_level, write_level
from templates_app.forms.nodes import Node, Row
from templates_app.forms.posted import Posted
from templates_app.shapes import FieldShape, Item, Kind

if TYPE_CHECKING:
    from templates_app.forms.building import Builder

BLANK = "__{depth}__"
"""Stands for the row number in the row that browsers copy; the depth keeps lists within lists apart."""
BLANK_STEP = re.compile(r"^__\d+__$")


class RowsControl(Control):
    """Rows of questions. Every row carries its name in a hidden field, so that rows sent twice stay the same rows."""

    template = "rows"

    # --- What was sent ----------------------------------------------------------------------------------------------

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        before = {row.get(ID): row for row in rows_in(stored)}
        if is_fixed(shape):
            keys = [item.key for item in shape.items]
            return [{ID: key} | self._cells(shape, posted, f"{name}-{key}", before.get(key, {})) for key in keys]
        rows = [
            self._row(shape, posted, f"{name}-{number}", before)
            for number in posted.numbers(name)
            if not posted.asks("remove", name, number)
        ]
        self._change(shape, posted, name, rows)
        return rows or None

    def _row(self, shape: FieldShape, posted: Posted, name: str, before: Mapping[Any, Any]) -> dict[str, Any]:
        row_id = posted.word(f"{name}-{ID}") or new_row_id()
        row = {ID: row_id} | self._cells(shape, posted, name, before.get(row_id, {}))
        untouched = posted.word(f"{name}-{EXAMPLE}") and is_as_inserted(shape, row, before.get(row_id), posted.context)
        return row | ({EXAMPLE: True} if untouched else {})

    def _cells(self, shape: FieldShape, posted: Posted, name: str, before: Mapping[str, Any]) -> dict[str, Any]:
        return read_level(parts_of(shape), posted, name, before)

    def _change(self, shape: FieldShape, posted: Posted, name: str, rows: list[dict[str, Any]]) -> None:
        """Carry out the button that was pressed, if it was one of this list's."""
        if posted.asks("add", name):
            row = with_blank_rows(parts_of(shape), {ID: new_row_id()})
        elif posted.asks("example", name):
            row = {ID: new_row_id(), EXAMPLE: True} | next_example(shape, rows)
        elif (which := posted.suggestion(name)) is not None:
            posted.added = insert_suggestions(shape, rows, which)
            return
        else:
            posted.bereft = name if posted.takes_from(name) else posted.bereft
            return
        rows.append(row)
        posted.added = row[ID]

    # --- What is asked ----------------------------------------------------------------------------------------------

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        values: Values = {}
        for number, row in enumerate(rows_in(value)):
            base = f"{name}-{row.get(ID) if is_fixed(shape) else number}"
            values |= write_level(parts_of(shape), row, base, context)
            if not is_fixed(shape):
                values[f"{base}-{ID}"] = raw_words(row.get(ID))
                values |= {f"{base}-{EXAMPLE}": "1"} if row.get(EXAMPLE) else {}
        return values

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        shape = node.shape
        node.more |= {"grid": is_grid(shape), "fixed": is_fixed(shape), "row_name": row_name(shape)}
        node.more["columns"] = min(len(parts_of(shape)), 4)
        if is_fixed(shape):
            rows = {row.get(ID): row for row in rows_in(value)}
            for item in shape.items:
                self._build_row(node, f"{node.name}-{item.key}", rows.get(item.key, {}), builder, fixed=item)
            return
        for number, answers in enumerate(rows_in(value)):
            self._build_row(node, f"{node.name}-{number}", answers, builder)
        blank = f"{node.name}-{BLANK.format(depth=node.name.count('-'))}"
        node.blank = self._build_row(node, blank, with_blank_rows(parts_of(shape), {}), builder.ghost())
        node.more["examples"] = bool(shape.examples)
        node.more["suggestions"] = open_suggestions(shape, rows_in(value))

    def _build_row(
        self, node: Node, name: str, answers: dict[str, Any], builder: "Builder", *, fixed: Item | None = None
    ) -> Row:
        number = len(node.rows) + 1
        found = builder.found(name)
        row = Row(found.form, found.name, found.path, number=number, example=answers.get(EXAMPLE) is True)
        row.label = fixed.label if fixed else f"{row_name(node.shape)} {number}"
        row.fixed, row.help = fixed is not None, fixed.help if fixed else ""
        row.row_id = "" if builder.is_ghost else raw_words(answers.get(ID))
        builder.target(row.path, row.id, row.label)
        row.nodes = builder.under(row.label).level(parts_of(node.shape), answers, name, compact=is_grid(node.shape))
        if not BLANK_STEP.match(row.step):
            node.rows.append(row)
            builder.focus_on(row)
        return row


def row_name(shape: FieldShape) -> str:
    """What one row is called: a goal, a row of a table, or what a group's own label says."""
    if shape.kind is Kind.GOAL:
        return _("Goal")
    if shape.kind is Kind.ACTION:
        return _("Action")
    return shape.label if shape.kind is Kind.GROUP and len(shape.label) <= 40 else _("Row")


def next_example(shape: FieldShape, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The worksheet's next example that is not among the rows yet; blank when there is none left to show."""
    shown = [{key: value for key, value in row.items() if key not in (ID, EXAMPLE)} for row in rows if row.get(EXAMPLE)]
    return next((dict(example) for example in shape.examples if example not in shown), {})


def open_suggestions(shape: FieldShape, rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """The handbook's suggestions that are not among the rows yet: their places, and their words in one line. A whole block of
    questions goes by its first words. Words stand in the order of the questions: a stored handbook keeps none of its own.
    """
    shown = None if is_grid(shape) else 1
    return [
        (place, " · ".join(_suggested(parts_of(shape), one.values)[:shown]))
        for place, one in enumerate(shape.suggestions)
        if not any(_says(row, one.values) for row in rows)
    ]


def _suggested(parts: Sequence[FieldShape], values: Mapping[str, str]) -> list[str]:
    """What a suggestion says, column by column: of a choice the option's words."""
    return [
        next((option.label for option in part.options if option.key == value), value)
        for part in parts
        if (value := values.get(part.key))
    ]


def insert_suggestions(shape: FieldShape, rows: list[dict[str, Any]], which: str) -> str:
    """Put one of the open suggestions, or all, among the rows: into blank ones first. Returns the id of the last one."""
    last = ""
    for place, _words in open_suggestions(shape, rows):
        if which not in (str(place), "all") or _real(shape, rows) >= shape.max_rows:
            continue
        blank = next((row for row in rows if not row.get(EXAMPLE) and is_level_blank(parts_of(shape), row)), None)
        if blank is None:
            blank = {ID: new_row_id()}
            rows.append(blank)
        blank |= shape.suggestions[place].values
        last = blank[ID]
    return last


def _real(shape: FieldShape, rows: list[dict[str, Any]]) -> int:
    return sum(not row.get(EXAMPLE) and not is_level_blank(parts_of(shape), row) for row in rows)


def _says(row: Mapping[str, Any], values: Mapping[str, str]) -> bool:
    return all(str(row.get(key, "")).split() == words.split() for key, words in values.items())


def is_as_inserted(
    shape: FieldShape, row: Mapping[str, Any], stored: Mapping[str, Any] | None, context: AnswerContext
) -> bool:
    """Whether an example still says what was put in: one that somebody changes is an answer of theirs from then on.

    One that is not stored yet is compared with the worksheet's own examples. What the page would say of both is compared,
    so that no difference of spelling on the way through it (a decimal comma, an end of line) makes an answer of it.
    """
    offered = [stored] if stored and stored.get(EXAMPLE) else [*shape.examples, {}]
    return any(_on_page(shape, row, context) == _on_page(shape, one, context) for one in offered)


def _on_page(shape: FieldShape, row: Mapping[str, Any], context: AnswerContext) -> dict[str, list[str]]:
    """The words that stand on the page for a row, by place: rows' names aside, and white space as browsers change it."""
    values = write_level(parts_of(shape), row, "", context)
    said = {
        name: value.split() if isinstance(value, str) else sorted(value)
        for name, value in values.items()
        if not name.endswith((f"-{ID}", f"-{EXAMPLE}"))
    }
    return {name: words for name, words in said.items() if words}


def with_blank_rows(shapes: list[FieldShape], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the blank rows that a fresh page offers: as many as the worksheet starts with, at least one
    where one is needed.
    """
    from templates_app.forms.asking import CONTROLS

    padded = dict(answers)
    for shape in shapes:
        control = CONTROLS[shape.kind]
        if not isinstance(control, RowsControl) or is_fixed(shape):
            continue
        rows = [
            row
            for row in rows_in(answers.get(shape.key))
            if row.get(EXAMPLE) or not is_level_blank(parts_of(shape), row)
        ]
        real = sum(1 for row in rows if not row.get(EXAMPLE))
        short = max(shape.start_rows, shape.min_rows) - real
        inner = [{ID: new_row_id()} for _place in range(short)]
        padded[shape.key] = [with_blank_rows(parts_of(shape), row) for row in [*rows, *inner]]
    return padded
