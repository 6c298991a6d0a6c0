"""Kinds whose answers are rows: table, group, goal, action. Every row holds a level of answers of its own."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from templates_app.answers.behaviour import MISSING, Behaviour, Column, Spot
from templates_app.answers.context import AnswerContext
from templates_app.answers.level import cells_of, check_level, columns_of, is_level_blank, show_level, split_level
from templates_app.answers.raw import as_raw, is_raw, raw_words, unwrapped
from templates_app.answers.shown import Shown, ShownRow
from templates_app.shapes import FieldShape, Kind, Need

ID, EXAMPLE = "_id", "_example"
_ROW_ID = re.compile(r"^[0-9a-f]{8}$")


def new_row_id() -> str:
    """A short random name for a row, which it keeps through every move and edit."""
    return secrets.token_hex(4)


def parts_of(shape: FieldShape) -> list[FieldShape]:
    """What a row of the field asks: its columns or fields, or what every goal or action asks."""
    return shape.columns or shape.fields or _usual_parts(shape.kind)


def _usual_parts(kind: Kind) -> list[FieldShape]:
    if kind is Kind.ACTION:
        return [
            FieldShape(key="action", kind=Kind.TEXT, label=_("What"), need=Need.MUST),
            FieldShape(key="who", kind=Kind.CHOICE, label=_("Who"), options_from="pair"),
            FieldShape(key="by", kind=Kind.DATE, label=_("By when")),
        ]
    return [
        FieldShape(key="goal", kind=Kind.TEXT, label=_("Goal"), need=Need.MUST),
        FieldShape(key="measure", kind=Kind.LONGTEXT, label=_("How you will know that you reached it")),
        FieldShape(key="by", kind=Kind.DATE, label=_("By when")),
    ]


def is_fixed(shape: FieldShape) -> bool:
    """Whether the rows are set by the worksheet, one per item, and only their cells are filled."""
    return bool(shape.items)


def is_row_id(shape: FieldShape, row_id: Any) -> bool:
    """Whether a value is the name of a row: an item's key where the rows are fixed, else one of ours."""
    if is_fixed(shape):
        return row_id in [item.key for item in shape.items]
    return isinstance(row_id, str) and bool(_ROW_ID.match(row_id))


def is_grid(shape: FieldShape) -> bool:
    """Whether the rows read best as a table rather than as blocks: a picture needs more room than a cell."""
    if any(part.kind is Kind.PICTURE for part in parts_of(shape)):
        return False
    in_blocks = {Kind.GOAL: not shape.columns, Kind.ACTION: bool(shape.fields), Kind.TABLE: False}
    return not in_blocks.get(shape.kind, True)


def rows_in(value: Any) -> list[dict[str, Any]]:
    """The rows of a stored value, examples included."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def answered_rows(shape: FieldShape, value: Any) -> Iterator[dict[str, Any]]:
    """The rows that count as answers: not examples, not blank."""
    parts = parts_of(shape)
    return (row for row in rows_in(value) if not row.get(EXAMPLE) and not is_level_blank(parts, row))


class Rows(Behaviour):
    """A list of rows, each a level of answers with its own ``_id``; an example has ``_example`` set and never counts."""

    def check(self, shape: FieldShape, raw: Any, spot: Spot) -> Any:
        """Clean every row; blank rows go. Paths count rows as they were given, not as they remain."""
        typed = unwrapped(raw)
        if not isinstance(typed, list | None) or not all(isinstance(row, dict) for row in typed or []):
            spot.fault(_("Write each entry in a row of its own."))
            return as_raw(typed)
        rows, taken = [], set[str]()
        for index, row in enumerate(typed or []):
            kept = self._row(shape, row, taken, spot.at(row.get(ID, "") if is_fixed(shape) else index))
            if kept is not None:
                rows.append(kept)
                taken.add(kept[ID])
        if is_fixed(shape):
            order = [item.key for item in shape.items]
            rows.sort(key=lambda row: order.index(row[ID]))
        self._refuse_too_many(shape, rows, spot)
        return rows or None

    def _row(self, shape: FieldShape, row: dict[str, Any], taken: set[str], spot: Spot) -> dict[str, Any] | None:
        row_id = row.get(ID)
        usable = is_row_id(shape, row_id) and row_id not in taken
        if is_fixed(shape) and not usable:
            return None
        example = row.get(EXAMPLE) is True
        # Nothing is demanded of an example, and what is wrong in a blank row is no matter.
        apart = replace(spot.apart(), mode="draft" if example else spot.mode)
        level = check_level(parts_of(shape), row, apart)
        if is_level_blank(parts_of(shape), level):
            return None
        if not example:
            spot.take(apart)
        return {ID: row_id if usable else new_row_id()} | level | ({EXAMPLE: True} if example else {})

    def _refuse_too_many(self, shape: FieldShape, rows: list[dict[str, Any]], spot: Spot) -> None:
        if not is_fixed(shape) and sum(1 for _row in answered_rows(shape, rows)) > shape.max_rows:
            spot.fault(
                ngettext("There is room for %(most)d row.", "There is room for %(most)d rows.", shape.max_rows)
                % {"most": shape.max_rows}
            )

    def demand(self, shape: FieldShape, value: Any, spot: Spot) -> None:
        if is_fixed(shape):
            self._demand_items(shape, value, spot)
        given = sum(1 for _row in answered_rows(shape, value))
        if given < shape.min_rows:
            spot.fault(
                ngettext("Fill in at least %(least)d row.", "Fill in at least %(least)d rows.", shape.min_rows)
                % {"least": shape.min_rows}
            )
        super().demand(shape, value, spot)

    def _demand_items(self, shape: FieldShape, value: Any, spot: Spot) -> None:
        filled = {row[ID] for row in answered_rows(shape, value)}
        for item in shape.items:
            if item.key not in filled and item.need is Need.MUST:
                spot.at(item.key).fault(_("Fill in this row."))
            elif item.key not in filled and item.need is Need.SHOULD:
                spot.at(item.key).warn(_("You have not filled in this row."))

    def is_blank(self, shape: FieldShape, value: Any) -> bool:
        if is_raw(value):
            return super().is_blank(shape, value)
        return next(answered_rows(shape, value), None) is None

    def held(self, shape: FieldShape, value: Any) -> list[Any]:
        return [row.get(ID) for row in answered_rows(shape, value)]

    def split(self, shape: FieldShape, value: Any) -> tuple[Any, Any]:
        """Row for row, so that the halves lie side by side."""
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return MISSING, value
        facts, texts = [], []
        for row in value:
            marks = {ID: row[ID]} if is_row_id(shape, row.get(ID)) else {}
            marks |= {EXAMPLE: True} if row.get(EXAMPLE) is True else {}
            plain, written = split_level(parts_of(shape), {key: row[key] for key in row if key not in marks})
            facts.append(marks | plain)
            texts.append(written)
        return facts, texts if any(texts) else MISSING

    # --- Reading ----------------------------------------------------------------------------------------------------

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        if is_raw(value) or not isinstance(value, list):
            return Shown(text=raw_words(value))
        parts, labels = parts_of(shape), {item.key: item.label for item in shape.items}
        rows = []
        for number, row in enumerate(rows_in(value), 1):
            answers = tuple(show_level(parts, row, context))
            rows.append(ShownRow(number, answers, labels.get(row.get(ID, ""), ""), row.get(EXAMPLE) is True))
        simple = is_grid(shape) and not any(part.show_if or parts_within(part) for part in parts)
        headings = tuple(part.label for part in parts) if simple else ()
        return Shown(text=self._told(rows), rows=tuple(rows), headings=headings)

    def _told(self, rows: Sequence[ShownRow]) -> str:
        lines = []
        for row in rows:
            parts = [f"{answer.label}: {answer.shown.text}" for answer in row.answers if answer.shown.text]
            mark = _("Example") + " – " if row.example else ""
            lines.append(f"{row.number}. {mark}{row.label + ' – ' if row.label else ''}{'; '.join(parts)}")
        return "\n".join(lines)

    # --- Wide tables ------------------------------------------------------------------------------------------------

    def columns(self, shape: FieldShape, key: str, label: str, values: list[Any]) -> list[Column]:
        columns: list[Column] = []
        for place, name in enumerate(self._places(shape, values)):
            levels = [rows[name] for rows in (self._by_place(shape, value) for value in values) if name in rows]
            title = shape.items[place].label if is_fixed(shape) else str(place + 1)
            columns += columns_of(parts_of(shape), f"{key}.{name}.", f"{label} {title}", levels)
        return columns

    def _places(self, shape: FieldShape, values: list[Any]) -> list[str]:
        """The names of rows in column keys: item keys, or numbers from 1 as far as the longest answer goes."""
        if is_fixed(shape):
            return [item.key for item in shape.items]
        longest = max((len(self._by_place(shape, value)) for value in values), default=0)
        return [str(number) for number in range(1, max(longest, shape.min_rows, 1) + 1)]

    def _by_place(self, shape: FieldShape, value: Any) -> dict[str, dict[str, Any]]:
        rows = answered_rows(shape, value)
        if is_fixed(shape):
            return {str(row.get(ID)): row for row in rows}
        return {str(number): row for number, row in enumerate(rows, 1)}

    def cells(self, shape: FieldShape, key: str, value: Any) -> dict[str, Any]:
        if is_raw(value) or not isinstance(value, list):
            return {key: raw_words(value)}
        cells: dict[str, Any] = {}
        for name, row in self._by_place(shape, value).items():
            cells |= cells_of(parts_of(shape), f"{key}.{name}.", row)
        return cells


def parts_within(shape: FieldShape) -> bool:
    """Whether a field holds rows of its own."""
    return shape.kind in {Kind.TABLE, Kind.GROUP, Kind.GOAL, Kind.ACTION}
