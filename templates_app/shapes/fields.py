"""One question of a worksheet, and what it may be made of."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from templates_app.shapes.base import Key, KitKey, Shape, Sourced


class Kind(StrEnum):
    """Every field kind of the worksheet engine."""

    TEXT = "text"
    LONGTEXT = "longtext"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    NUMBER = "number"
    DURATION = "duration"
    EMAIL = "email"
    URL = "url"
    PHONE = "phone"
    CHOICE = "choice"
    CHOICES = "choices"
    RANKED = "ranked"
    SCALE = "scale"
    MATRIX = "matrix"
    CHECKLIST = "checklist"
    TABLE = "table"
    GROUP = "group"
    SIGNATURE = "signature"
    INITIALS = "initials"
    PERSON = "person"
    GOAL = "goal"
    ACTION = "action"
    FILE = "file"
    NOTE = "note"
    COMPUTED = "computed"


WRITTEN = frozenset({Kind.TEXT, Kind.LONGTEXT})


class Need(StrEnum):
    """How much an answer is wanted: needed to send, asked with a warning when blank, or free."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Meaning(StrEnum):
    """What an answer is used for outside its own worksheet, so that no code needs to know a kit's keys."""

    GROUND_RULE = "ground-rule"
    BOUNDARY = "boundary"
    """A ground rule that is also shown where either partner may want to check what is off limits."""
    ENDING_PLAN = "ending-plan"
    LEARNING_STYLE = "learning-style"
    IN_PLACE = "in-place"
    """On a checklist: a line is in place when it is ticked. On a choice in a table with fixed lines: its first option says so.
    The programme's health is counted from these (``programmes/domain/health.py``)."""
    TIME_SPENT = "time-spent"
    """In a log: how long it took, as hours (a number) or minutes (a duration). Summed by month (``cal.fact.hours``)."""
    REACHED_ON = "reached-on"
    """Inside a goal, a date: the day on which it was reached."""
    REWORDED = "reworded"
    """Inside a goal, a text: how it is put differently now. Shown beside what it was before (``phase1.must.50``)."""
    PROPOSED_BY = "proposed-by"
    """Inside a goal, a choice: who proposed to put it so."""
    ACCOUNTABILITY = "accountability"
    """On a sheet of goals: what the mentor is to say when something agreed was not done. Shown with the next session
    (``gla.must.64``)."""
    NOTICE = "notice-hours"
    """In the agreement, a number: so many hours ahead the two say that they cannot come."""
    NEXT_MEETING = "next-meeting"
    """In a log, a day or an instant: when the two meet next. It is offered as the date of the next session."""
    REVIEW_DATE = "review-date"
    """In one of the programme's own sheets, a date: its coordinators are reminded when it comes (``remind_days`` before)."""
    RISK = "risk"
    """In one of the programme's own sheets, a scale: the answers that ``talk`` names stand on the coordinators' list."""
    FORM = "form"
    """In the agreement, one choice or several: which form the mentoring takes. What its options name (``guides``,
    ``worksheets``) fits that form alone."""
    SHORTCUT = "shortcut"
    """A table in the agreement or on a sheet written together: each row a way of meeting or working outside this
    application, first what it is, then its link where it has one. The links stand on the pair's page."""
    AGREED_END = "agreed-end"
    """In the agreement, a date: until when the pair goes on (``cal.fact.duration``)."""


class Level(StrEnum):
    """What a row becomes on the pair's page of goals; each hangs on one of those before it."""

    ASPIRATION = "aspiration"
    GOAL = "goal"
    MILESTONE = "milestone"
    """An objective, a step or a checkpoint on the way to a goal."""
    NEED = "need"
    """What somebody wants to learn for it."""


class Option(Sourced):
    """One answer of a choice, with a key that survives relabelling."""

    key: Key
    label: str
    help: str = ""
    apart: bool = False
    """Counts neither way where answers are counted, such as "does not apply here"."""
    state: Literal["", "open", "off-track", "reached", "put-aside"] = ""
    """Inside a goal: how the goal stands once this is the answer."""
    guides: list[KitKey] = []
    worksheets: list[KitKey] = []
    """With the meaning ``form``: articles, and worksheets for any time, that only pairs which chose such an option are shown."""


class Point(Sourced):
    """One point of a scale. ``value`` is what reports compute on; steps need not be even."""

    value: int
    label: str = ""


class Item(Sourced):
    """One line of a checklist, or one row of a matrix or fixed table.

    ``note``: ``none`` a bare tick; ``may`` a tick with room for a note; ``answer`` a tick that holds an agreed answer.
    """

    key: Key
    label: str
    help: str = ""
    note: Literal["none", "may", "answer"] = "none"
    need: Need = Need.MAY
    meaning: Meaning | None = None


class ShowIf(Shape):
    """A field is asked only while another field of the same level holds one of these values (or any, or none)."""

    field: Key
    is_in: list[str | int | bool] = []
    filled: bool | None = None


class Take(Shape):
    """Answers of a worksheet that can be taken over into this field with one action.

    ``columns``: own column → the field inside the other one (of a checklist: ``label`` or ``answer``).
    ``items``: of a checklist, only these lines; none named means all.
    """

    worksheet: KitKey
    field: Key
    columns: dict[Key, Key]
    items: list[Key] = []


class Gathers(Shape):
    """What opens a table when its sheet is begun: a row for each thing of one kind that came about since the writer's last
    such sheet, as far as the writer may read it.

    Either ``level``: what was reached of it on the page of goals (``title`` and ``reached_on`` are its parts), or
    ``worksheet``: sheets of it that the writer sent, alone or together with others, with the day in field ``on``.
    ``columns``: own column → part, or field of that worksheet.
    """

    level: Level | None = None
    worksheet: KitKey | None = None
    on: Key | None = None
    columns: dict[Key, Key]

    @model_validator(mode="after")
    def _from_one_place(self) -> "Gathers":
        if (self.level is None) == (self.worksheet is None):
            raise ValueError("say either 'level' or 'worksheet'")
        if (self.worksheet is None) != (self.on is None):
            raise ValueError("'on' names the day on the sheets of 'worksheet'")
        if self.level is not None and not set(self.columns.values()) <= set(REACHED_PARTS):
            raise ValueError(f"what is reached has {' and '.join(REACHED_PARTS)}")
        return self


REACHED_PARTS = ("title", "reached_on")
"""What ``Gathers`` may take of something that was reached."""


class BesideSheet(Shape):
    """Answers of the person's own latest sheet of another worksheet (or of this one), shown next to a question."""

    worksheet: KitKey
    fields: list[Key]


class Layer(Shape):
    """One layer of a drawn jar: what it is called, and the fields beside it whose answers are its stones."""

    label: str
    fields: list[Key]


class Suggestion(Sourced):
    """A row that the handbook suggests: column → words. Inserted it is an answer like any other, and may be changed."""

    values: dict[Key, str]


class Talk(Shape):
    """When answers on a scale are worth a talk between the two: one of these ``values``, or so far ``apart``."""

    values: list[int] = []
    apart: int | None = None


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
    with fixed rows. Empty: as the section says."""
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
        if any(part.by for part in self.fields) or (not self.items and any(part.by for part in self.columns)):
            raise ValueError("inside rows 'by' is for the columns of a table with fixed rows (items)")
        return self

    @model_validator(mode="after")
    def _can_be_totalled(self) -> "FieldShape":
        if self.totalled and (self.kind not in {Kind.CHOICE, Kind.CHOICES} or self.readers or self.options_from):
            raise ValueError("what is totalled is a choice that the coordinator reads, with options of its own")
        return self

    def label_to(self, side: str) -> str:
        """The question in the words for a writer of that side."""
        return dict(self.label_for).get(side, self.label)  # type: ignore[call-overload]

    @property
    def side(self) -> str:
        """The one side that writes it; empty where each may."""
        return "" if self.by == "each" else self.by
