"""One question of a worksheet."""

from typing import Literal

from pydantic import Field, model_validator

from templates_app.shapes.base import Key, KitKey, Sourced
from templates_app.shapes.choices import (
    BesideSheet,
    Gathers,
    Item,
    Layer,
    Option,
    Picture,
    Point,
    ShowIf,
    Suggestion,
    Take,
    Talk,
)
from templates_app.shapes.kinds import WRITTEN, Kind, Level, Meaning, Need

WriterSide = Literal["mentor", "mentee"]
By = Literal["", "mentor", "mentee", "each"]
"""Which side writes a question of a sheet that both write: one of them, or each (also where nothing is said)."""


class FieldShape(Sourced):
    """One question of a worksheet. Which attributes count depends on ``kind``."""

    key: Key
    kind: Kind
    label: str = ""
    label_for: dict[WriterSide, str] = {}
    """Other words for the writer of one side: ``{mentor: Your mentee …}``. What is not said here is ``label``."""
    help: str = ""
    by: By = ""
    """In a sheet that both write: the side that writes this, which the other only reads. Also for single columns of a table
    with fixed rows on the sheet itself. Empty: as the section says."""
    need: Need = Need.MAY
    show_if: ShowIf | None = None
    hidden: bool = False
    """Asked no more, and kept in its place so that it can be asked again. What was answered on earlier versions stays there."""
    readers: str | None = None
    """A preset narrower than the worksheet's own (``private``, ``author-coordinator``), for this field alone."""
    sensitive: bool = False
    """Special-category or protected: optional, never shown to a partner, used in matching only with its own consent."""
    prefill: str = ""
    """One of ``PREFILLS``: a value the application knows, offered as the first answer."""
    begins: str = ""
    """In the agreement, text and tables that begin with a text: what the programme suggests. It stands there from the start, in a
    table a row for each line, and the pair changes it as it likes."""
    compute: str = ""
    """Kind ``computed``: name of a registered computation, or ``count:<field>`` / ``sum:<field>.<column>``."""
    layers: list[Layer] = []
    """Kind ``computed``: a jar drawn from answers, filled with the first layer first; in place of ``compute``."""
    unit: str = ""
    unit_one: str = ""
    """The word for exactly one of the unit (``hour``); empty where ``unit`` goes with every number."""
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = Field(default=None, gt=0)
    """Numbers: only whole steps of this size from the least one (``0.5``: half steps)."""
    line: bool = False
    """Numbers with both bounds: a mark on a line between them, where the browser can; else the number is typed."""
    not_before: str = ""
    not_after: str = ""
    """Dates: bounds by name (``cohort.start``, ``cohort.end``, ``today``); outside them a warning, not a refusal."""
    remind_days: int = 0
    """Dates that remind (``review-date``): so many days before."""
    max_length: int | None = None
    options: list[Option] = []
    options_from: str = ""
    """Options known to the programme rather than written here: one of ``OPTION_SOURCES``."""
    other: bool = False
    """Choices: adds 'other' with room for words (key ``other``)."""
    picture: Picture | None = None
    """Kind ``picture``: what is pointed at. Its ``options`` are the figures, each with its place (``x``, ``y``)."""
    several: bool = False
    """Kind ``picture``: whether more than one figure may be chosen."""
    points: list[Point] = []
    talk: Talk | None = None
    """Scales: what is marked for talk where both people's answers stand side by side (``cal.sys.74``)."""
    low_label: str = ""
    high_label: str = ""
    not_applicable: bool = False
    dont_know: bool = False
    items: list[Item] = []
    """Checklist lines; matrix rows; the rows of a fixed table."""
    columns: list["FieldShape"] = []
    fields: list["FieldShape"] = []
    min_rows: int = 0
    max_rows: int = 50
    start_rows: int = 1
    examples: list[dict[str, str]] = []
    """Rows somebody may insert as examples; they are marked and never count as answers."""
    suggestions: list[Suggestion] = []
    """Tables and groups: rows somebody may insert, one by one or all; they count."""
    actions_column: str = ""
    """Tables: the column whose answers stay open as the person's actions until they are marked done."""
    actions_when: str = ""
    """Tables: only rows in which this column is answered become actions."""
    agreed_by: str = ""
    """Kind ``goal``: the role that may comment on each goal and mark it as agreed; a change clears the mark."""
    level: Level | None = None
    """Kind ``goal``, and groups and tables inside one: what each row becomes. A ``goal`` where kind ``goal`` says nothing."""
    reached_opens: str = ""
    """With a level: the worksheet that is offered to the pair as soon as such a row is reached."""
    calls_for: KitKey | Literal[""] = ""
    """A date, also in a row: the worksheet that the pair is asked for on that day."""
    takes: list[Take] = []
    gathers: list[Gathers] = []
    """Tables at the top of what one person writes: the rows with which it opens."""
    meaning: Meaning | None = None
    totalled: bool = False
    """Choices on what a pair writes and the coordinator reads: over a period the answers are counted, without names."""
    coded: bool = False
    """Text on what stays between the two, or on a survey whose writers may be quoted: coordinators read the words without
    names, among those of others, and gather them into themes."""
    beside: Literal["", "goals", "actions", "answers"] = ""
    """What is shown next to the question, to be read while answering it; ``answers``: what was written above on the same sheet,
    as it was last saved."""
    beside_sheet: BesideSheet | None = None
    """The same, from one's latest other sheet."""
    signer: str = ""
    """Signatures and initials: the role that signs."""
    accept: list[str] = []
    """Files: extensions allowed, without the dot."""
    text: str = ""
    """Kind ``note``: what is shown (light Markdown)."""

    @model_validator(mode="after")
    def _makes_sense(self) -> "FieldShape":
        needs = {
            Kind.CHOICE: ("options", "options_from"),
            Kind.CHOICES: ("options", "options_from"),
            Kind.RANKED: ("options",),
            Kind.PICTURE: ("options",),
            Kind.SCALE: ("points",),
            Kind.MATRIX: ("points",),
            Kind.CHECKLIST: ("items",),
            Kind.TABLE: ("columns",),
            Kind.GROUP: ("fields",),
            Kind.NOTE: ("text",),
            Kind.COMPUTED: ("compute", "layers"),
        }.get(self.kind, ())
        if needs and not any(getattr(self, name) for name in needs):
            raise ValueError(f"a field of kind '{self.kind}' needs {' or '.join(needs)}")
        if self.kind is not Kind.NOTE and not self.label:
            raise ValueError("every field that is answered needs a label")
        if self.kind is Kind.MATRIX and not self.items:
            raise ValueError("a matrix needs items: its rows")
        if self.calls_for and self.kind is not Kind.DATE:
            raise ValueError("only a date calls for a worksheet on its day")
        if self.level and self.kind not in {Kind.GOAL, Kind.GROUP, Kind.TABLE}:
            raise ValueError("only goals have a level, and the groups and tables inside them")
        if self.line and (self.kind is not Kind.NUMBER or self.minimum is None or self.maximum is None):
            raise ValueError("a mark on a line is a number between a minimum and a maximum")
        if self.begins and not (self.kind in WRITTEN or (self.columns and self.columns[0].kind in WRITTEN)):
            raise ValueError("only text, and a table whose first column is text, begins with something")
        if self.sensitive and self.need is not Need.MAY:
            raise ValueError("a sensitive field is always optional")
        return self

    @model_validator(mode="after")
    def _parts_sides_where_rows_stay(self) -> "FieldShape":
        if any(part.by for part in self.fields) or (not self.items and any(part.by for part in self.columns)):
            raise ValueError("inside rows 'by' is for the columns of a table with fixed rows (items)")
        if any(column.by for part in (*self.columns, *self.fields) for column in part.columns):
            raise ValueError("a column has a 'by' in a table of the sheet itself, and not in one inside rows")
        if self.side and any(part.side not in {"", self.side} for part in self.columns):
            raise ValueError("one side writes this table as a whole: take its 'by' out, or that of its columns")
        return self

    @model_validator(mode="after")
    def _leads_back(self) -> "FieldShape":
        if self.meaning is Meaning.LOOK_AGAIN and self.kind not in {Kind.CHOICE, Kind.DATE}:
            raise ValueError("a writer is led back in the rhythm of a choice, or on a date")
        return self

    @model_validator(mode="after")
    def _can_be_totalled(self) -> "FieldShape":
        if self.totalled and (self.kind not in {Kind.CHOICE, Kind.CHOICES} or self.readers or self.options_from):
            raise ValueError("what is totalled is a choice that the coordinator reads, with options of its own")
        return self

    @model_validator(mode="after")
    def _can_be_coded(self) -> "FieldShape":
        if self.coded and (self.kind not in WRITTEN or self.sensitive or self.readers not in {None, "", "anonymous"}):
            raise ValueError("what is gathered into themes is text that is not sensitive and has no readers of its own")
        return self

    def label_to(self, side: str) -> str:
        """The question in the words for a writer of that side."""
        return dict(self.label_for).get(side, self.label)  # type: ignore[call-overload]

    @property
    def side(self) -> str:
        """The one side that writes it; empty where each may."""
        return "" if self.by == "each" else self.by
