"""Builds the questions of a form from the shapes of a worksheet, level by level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms

from templates_app.answers.context import AnswerContext
from templates_app.answers.level import asked_keys, show_answer
from templates_app.answers.sides import is_anothers
from templates_app.forms.asking import CONTROLS
from templates_app.forms.nodes import Found, Line, Node, Part, Row
from templates_app.forms.posted import path_of
from templates_app.shapes import FieldShape

if TYPE_CHECKING:
    from templates_app.forms.worksheet import WorksheetForm


@dataclass(frozen=True)
class Builder:
    """Makes nodes and puts their form fields into the form. ``trail`` names the rows it stands in."""

    form: "WorksheetForm"
    trail: str = ""
    is_ghost: bool = False
    """Building a row that only browsers copy: nothing of it belongs to the form."""

    @property
    def context(self) -> AnswerContext:
        return self.form.context

    def ghost(self) -> "Builder":
        """A builder for rows to be copied."""
        return replace(self, is_ghost=True)

    def under(self, label: str) -> "Builder":
        """A builder for what stands inside a row."""
        return replace(self, trail=f"{self.trail}{label} · ")

    def level(
        self, shapes: Sequence[FieldShape], answers: Mapping[str, Any], level: str, *, compact: bool = False
    ) -> list[Node]:
        """The questions of one level, with the controls that hold the given answers."""
        asked = asked_keys(shapes, answers)
        deciding = {shape.show_if.field for shape in shapes if shape.show_if}
        anothers = {shape.key for shape in shapes if is_anothers(shape, self.context)}
        nodes = []
        for shape in shapes:
            found = self.found(f"{level}-{shape.key}")
            node = Node(self.form, found.name, found.path, shape=shape, level=level, answers=dict(answers))
            node.asked, node.decides, node.compact = shape.key in asked, shape.key in deciding, compact
            node.is_settled = bool(shape.show_if and shape.show_if.field in anothers)
            if shape.key in anothers:
                node.template, node.decides = "templates_app/fields/anothers.html", False
                node.more["answer"] = show_answer(shape, answers, self.context)
            else:
                control = CONTROLS[shape.kind]
                node.template = f"templates_app/fields/{control.template}.html"
                control.build(node, answers.get(shape.key), self)
            self.target(node.path, node.id, node.label)
            nodes.append(node)
        return nodes

    def found(self, name: str) -> Found:
        """The spot of a name, where faults are looked up."""
        return Found(self.form, name, "" if self.is_ghost else path_of(name, self.form.names))

    def part(
        self,
        owner: Found,
        name: str,
        widget: forms.Widget,
        label: str,
        *,
        helps: dict[str, str] | None = None,
        apart: frozenset[str] = frozenset(),
    ) -> Part:
        """One control. Its field refuses nothing: judging answers is the checks' business."""
        field = forms.Field(required=False, widget=widget, label=label)
        if not self.is_ghost:
            self.form.fields[name] = field
        part = Part(owner, field.get_bound_field(self.form, name), helps or {}, apart)
        self.target(owner.path, part.anchor, getattr(owner, "label", "") or label)
        return part

    def line(self, node: Node, key: str, label: str, words: str) -> Line:
        """One line of a question that has several."""
        found = self.found(f"{node.name}-{key}")
        line = Line(found.form, found.name, found.path, label, words)
        node.lines.append(line)
        return line

    def focus_on(self, row: Row) -> None:
        """Where a button has just added this row, put the cursor into it."""
        if row.row_id and row.row_id == self.form.added and row.nodes and row.nodes[0].part:
            self.form.focus = row.nodes[0].part.bound.html_name

    def target(self, path: str, anchor: str, label: str) -> None:
        """Where a fault at a path is found on the page, and what it is called; the first word stands."""
        if path and not self.is_ghost:
            self.form.targets.setdefault(path, (anchor, f"{self.trail}{label}"))
