"""What the templates of a worksheet walk through: questions, their controls, and the rows that hold further questions."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from templates_app.answers.chosen import has_none_to_offer
from templates_app.answers.shown import Shown
from templates_app.answers.sides import is_anothers, own_words, writer_words
from templates_app.forms.posted import path_of
from templates_app.shapes import FieldShape, Need

if TYPE_CHECKING:
    from templates_app.forms.worksheet import WorksheetForm


@dataclass
class Found:
    """Something that may be found faulty: it has a path in the answers and an id on the page."""

    form: "WorksheetForm"
    name: str
    path: str
    """Dotted, as the checks report it; empty for what is never checked."""

    @property
    def id(self) -> str:
        return f"q-{self.name}"

    @property
    def fault(self) -> str:
        return self.form.faults.get(self.path, "")

    @property
    def warning(self) -> str:
        return self.form.warnings.get(self.path, "")

    @property
    def remarks(self) -> list[str]:
        """Ids of what was found here, for ``aria-describedby``."""
        found = {"fault": self.fault, "warning": self.warning}
        return [f"{self.id}-{kind}" for kind, words in found.items() if words]

    @property
    def has_help(self) -> bool:
        """Whether words of help stand on the page under ``help_id``."""
        return False

    @property
    def help_id(self) -> str:
        return f"{self.id}-help"

    @property
    def described(self) -> str:
        """Value of ``aria-describedby`` for the control, or for the group of controls."""
        return " ".join(([self.help_id] if self.has_help else []) + self.remarks)


@dataclass
class Option:
    """One of several controls that share a name."""

    tag: SafeString
    id: str
    value: str
    label: str
    help: str = ""
    apart: bool = False
    """Outside a scale's order."""


@dataclass
class Part:
    """One control. ``{{ part }}`` is its HTML, tied to the help and the faults of what it belongs to."""

    owner: Found
    bound: BoundField
    helps: dict[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        return self.bound.auto_id

    @property
    def anchor(self) -> str:
        """Id of what takes the focus: of a group of buttons its first."""
        return self.bound.id_for_label or f"{self.bound.auto_id}_0"

    @property
    def label(self) -> str:
        return str(self.bound.label)

    @property
    def value(self) -> Any:
        return self.bound.value()

    @property
    def options(self) -> list[Option]:
        """The radio buttons or tick boxes of a choice."""
        return [
            Option(
                tag=widget.tag(wrap_label=False),
                id=widget.id_for_label,
                value=str(widget.data["value"]),
                label=widget.choice_label,
                help=self.helps.get(str(widget.data["value"]), ""),
                apart=str(widget.data["value"]) in self.apart,
            )
            for widget in self.bound.subwidgets
        ]

    def __str__(self) -> SafeString:
        attrs: dict[str, Any] = {}
        if self.owner.described:
            attrs["aria-describedby"] = self.owner.described
        if self.owner.fault:
            attrs["aria-invalid"] = "true"
        if self.bound.html_name == self.owner.form.focus:
            attrs["autofocus"] = True
        return self.bound.as_widget(attrs=attrs)


@dataclass
class Line(Found):
    """One line of a checklist, rating grid or ranking."""

    label: str = ""
    help: str = ""
    parts: dict[str, Part] = field(default_factory=dict)
    note: str = "none"

    @property
    def has_help(self) -> bool:
        return bool(self.help)


@dataclass
class Row(Found):
    """One row of a table or block of a group. ``fixed``: set by the worksheet, cannot be taken out."""

    number: int = 0
    row_id: str = ""
    label: str = ""
    help: str = ""
    nodes: list["Node"] = field(default_factory=list)
    example: bool = False
    fixed: bool = False

    @property
    def step(self) -> str:
        """The last step of the row's name: what a button names it by."""
        return self.name.rsplit("-", 1)[-1]


@dataclass
class Node(Found):
    """One question on the page."""

    shape: FieldShape = field(kw_only=True)
    level: str = field(kw_only=True)
    """The name that the names of its level begin with."""
    answers: dict[str, Any] = field(kw_only=True, repr=False)
    """The answers of its level."""
    asked: bool = True
    compact: bool = False
    """Inside a table, where there is little room."""
    is_settled: bool = False
    """Whether it hangs on a question that cannot be answered on this page, so that nothing on it changes whether it is asked."""
    decides: bool = False
    """Whether other questions are asked or not by what is answered here."""
    template: str = ""
    parts: dict[str, Part] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    blank: Row | None = None
    """A row to copy where the browser adds rows by itself."""
    more: dict[str, Any] = field(default_factory=dict)
    """What only one template needs."""

    @property
    def label(self) -> str:
        return self.shape.label_to(self.form.context.side)

    @property
    def dotted(self) -> str:
        """What buttons name the question by: its path as it stands on the page, for rows to be copied too."""
        return path_of(self.name, self.form.names)

    @property
    def has_help(self) -> bool:
        return bool(self.shape.help or self.hint or self.readers or self.writers)

    @property
    def hint(self) -> str:
        """What the control itself has to say about how to answer."""
        return str(self.more.get("hint", ""))

    @property
    def readers(self) -> str:
        """Who reads this one answer, where they are fewer than the sheet's readers."""
        if self.shape.sensitive:
            return _("You need not answer this. Your partner never sees it.")
        if self.shape.coded:
            return _("What is written here may be gathered into themes, without names.")
        return _READERS.get(self.shape.readers or "", lambda: "")()

    @property
    def writers(self) -> str:
        """Who writes it, where that is one side of a sheet that both write."""
        return (writer_words if is_anothers(self.shape, self.form.context) else own_words)(self.shape)

    @property
    def needed(self) -> bool:
        return self.shape.need is Need.MUST and not has_none_to_offer(self.shape, self.form.context)

    @property
    def regains(self) -> bool:
        """Whether a row was just taken out here, so that the focus has nowhere else to go."""
        return self.form.bereft == self.name

    @property
    def part(self) -> Part | None:
        """The only control, or the first."""
        return next(iter(self.parts.values()), None)

    @property
    def shown(self) -> Shown:
        """The stored value as people read it, for what cannot be changed here."""
        return self.more.get("shown", Shown())

    @property
    def condition_field(self) -> str:
        """Name of the field whose answer decides whether this question is asked."""
        return f"{self.level}-{self.shape.show_if.field}" if self.shape.show_if and not self.is_settled else ""

    @property
    def condition_values(self) -> str:
        """The values under which it is asked, as JSON, empty for any."""
        values = self.shape.show_if.is_in if self.shape.show_if else []
        return json.dumps([str(value) for value in values]) if values else ""

    @property
    def condition_filled(self) -> str:
        """``yes`` or ``no`` where any answer or none decides."""
        filled = self.shape.show_if.filled if self.shape.show_if else None
        return "" if filled is None else "yes" if filled else "no"


_READERS = {
    "private": lambda: _("Only you read this answer."),
    "pair": lambda: _("Only the two of you read this answer."),
    "status": lambda: _("Only the two of you read this answer."),
    "author-coordinator": lambda: _("Only you and the coordinator read this answer."),
    "anonymous": lambda: _("This answer is read without your name."),
}


@dataclass
class SectionNode:
    """A section of the sheet with how far it is filled."""

    key: str
    title: str
    intro: SafeString
    nodes: list[Node]
    answered: int
    asked: int

    @property
    def hidden(self) -> bool:
        """Whether nothing of it is asked at present."""
        return not any(node.asked for node in self.nodes)
