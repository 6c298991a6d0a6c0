"""The kind whose answers are ticks: checklist."""

from typing import Any

from django.utils.translation import gettext as _

from templates_app.answers.behaviour import MISSING, Behaviour, Column, Spot
from templates_app.answers.context import AnswerContext
from templates_app.answers.raw import AnswerFault, as_raw, is_raw, raw_words, unwrapped
from templates_app.answers.shown import Shown, ShownLine
from templates_app.answers.wording import tidy
from templates_app.shapes import FieldShape, Item, Need

NOTE_LENGTH = 5_000
"""Characters that fit into the note of one line."""


def is_agreed(item: Item, line: Any) -> bool:
    """Whether a line says something: it has words, or it is ticked and a tick alone is its answer (not ``note: answer``)."""
    if not isinstance(line, dict) or is_raw(line):
        return False
    return bool(line.get("note")) or (line.get("done") is True and item.note != "answer")


class Checklist(Behaviour):
    """Lines to tick, some with room for a note: ``{item: {"done": true, "note": "..."}}``, untouched lines left out."""

    def check(self, shape: FieldShape, raw: Any, spot: Spot) -> Any:
        typed = unwrapped(raw)
        if not isinstance(typed, dict | None):
            spot.fault(_("Tick the lines that are done."))
            return as_raw(typed)
        lines = {}
        for item in shape.items:
            line = self._line(item, (typed or {}).get(item.key), spot.at(item.key))
            if line is not None:
                lines[item.key] = line
        return lines or None

    def _line(self, item: Item, raw: Any, spot: Spot) -> dict[str, Any] | None:
        typed = unwrapped(raw)
        if typed is None:
            return None
        if isinstance(typed, bool):
            typed = {"done": typed}
        if not isinstance(typed, dict):
            spot.fault(_("Tick the line if it is done."))
            return as_raw(typed)
        done = unwrapped(typed.get("done")) in (True, "on", "true", "1")
        note = self._note(typed.get("note"), spot.at("note"))
        if item.note == "none" and note:
            spot.at("note").fault(_("There is no room for a note here."))
        return ({"done": done} | ({"note": note} if note else {})) if done or note else None

    def _note(self, raw: Any, spot: Spot) -> Any:
        typed = unwrapped(raw)
        try:
            words = tidy("" if typed is None else typed)
        except AnswerFault as fault:
            spot.fault(fault.message)
            return as_raw(typed)
        if len(words) > NOTE_LENGTH:
            spot.fault(_("This note is too long: it may have up to %(limit)d characters.") % {"limit": NOTE_LENGTH})
            return as_raw(words)
        return words

    def demand(self, shape: FieldShape, value: Any, spot: Spot) -> None:
        super().demand(shape, value, spot)
        lines = value if isinstance(value, dict) and not is_raw(value) else {}
        for item in shape.items:
            self._demand_line(item, lines.get(item.key) or {}, spot.at(item.key))

    def _demand_line(self, item: Item, line: dict[str, Any], spot: Spot) -> None:
        if not line.get("done"):
            if item.need is Need.MUST:
                spot.fault(_("Tick this once it is done."))
            elif item.need is Need.SHOULD:
                spot.warn(_("This is not ticked yet."))
        elif item.note == "answer" and not line.get("note"):
            if item.need is Need.MUST:
                spot.at("note").fault(_("Write down what you agreed."))
            else:
                spot.at("note").warn(_("It is ticked, but nothing is written down."))

    def held(self, shape: FieldShape, value: Any) -> list[Any]:
        if is_raw(value) or not isinstance(value, dict):
            return []
        return [key for key, line in value.items() if isinstance(line, dict) and line.get("done") is True]

    def split(self, shape: FieldShape, value: Any) -> tuple[Any, Any]:
        if is_raw(value) or not isinstance(value, dict):
            return MISSING, value
        known = {item.key for item in shape.items}
        facts, texts = {}, {}
        for key, line in value.items():
            ticked = isinstance(line, dict) and isinstance(line.get("done"), bool)
            if key in known and ticked:
                facts[key] = {"done": line["done"]}
            rest = {name: part for name, part in line.items() if name != "done"} if key in facts else line
            if key not in facts or rest:
                texts[key] = rest
        return facts, texts or MISSING

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        if is_raw(value) or not isinstance(value, dict):
            return Shown(text=raw_words(value))
        lines = []
        for item in shape.items:
            line = value.get(item.key) or {}
            done = not is_raw(line) and bool(line.get("done"))
            lines.append(ShownLine(item.label, raw_words(line if is_raw(line) else line.get("note")), done))
        marks = (
            f"{'☑' if line.done else '☐'} {line.label}" + (f": {line.text}" if line.text else "") for line in lines
        )
        return Shown(text="\n".join(marks), lines=tuple(lines))

    def columns(self, shape: FieldShape, key: str, label: str, values: list[Any]) -> list[Column]:
        columns = []
        for item in shape.items:
            columns.append(Column(f"{key}.{item.key}", f"{label}: {item.label}"))
            if item.note != "none":
                columns.append(Column(f"{key}.{item.key}.note", f"{label}: {item.label} ({_('note')})"))
        return columns

    def cells(self, shape: FieldShape, key: str, value: Any) -> dict[str, Any]:
        if is_raw(value) or not isinstance(value, dict):
            return {key: raw_words(value)}
        cells: dict[str, Any] = {}
        for item in shape.items:
            line = value.get(item.key) or {}
            cells[f"{key}.{item.key}"] = raw_words(line) if is_raw(line) else int(bool(line.get("done")))
            if not is_raw(line) and line.get("note"):
                cells[f"{key}.{item.key}.note"] = raw_words(line["note"])
        return cells
