"""The shapes of a kit: what its files may say, and nothing else.

A kit is a handbook as data (``docs/kits.md``). These pydantic models are the one description of it: the reader, the
checker, the editor's JSON Schema, the worksheet engine and the export all use them. They hold no behaviour beyond
refusing what makes no sense; what a field kind *does* lives in ``templates_app/answers``.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""A stable name inside its parent: lower case, digits, underscore. Renaming a label never touches it."""

KitKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
"""The stable name of a kit, a worksheet, a stage or an article: lower case, digits, hyphen."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_body(value: str) -> str:
    """One line ending and no blank edges, so that a text survives being written to a file and read again."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()


Source = Annotated[
    list[str],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""Ids of the catalogue this item stands for; one id may be written without brackets."""


class Shape(BaseModel):
    """Base of every shape: unknown keys are a fault, so that a typing error never passes in silence."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


PREFILLS = (
    "person.name",
    "person.email",
    "person.role",
    "person.title",
    "person.employer",
    "person.country",
    "person.zone",
    "person.put_forward_by",
    "counterpart.name",
    "mentor.name",
    "mentor.title",
    "mentor.employer",
    "mentee.name",
    "mentee.title",
    "mentee.employer",
    "session.number",
    "session.date",
    "cohort.start",
    "cohort.end",
    "programme.title",
    "today",
)
"""What ``FieldShape.prefill`` may name. ``person`` is the one who fills, ``counterpart`` their mentoring partner."""

OPTION_SOURCES = ("partners", "people", "pair", "zones", "countries", "languages", "goals")
"""What ``FieldShape.options_from`` may name."""

BOUNDS = ("today", "cohort.start", "cohort.end", "session.date")
"""What ``FieldShape.not_before`` and ``not_after`` may name, beside a date written as 2026-01-31."""

PLACEHOLDERS = ("person", "partner", "coordinator", "programme", "item", "session", "date", "time", "link")
"""What reminders and messages may hold between braces, as in ``Dear {person}``."""


class Sourced(Shape):
    """Something that stands for items of a catalogue, or is marked as ours.

    ``ours`` holds for everything inside the item too, but for what names a source of its own.
    """

    source: Source = []
    ours: bool = False


# --- Worksheets -----------------------------------------------------------------------------------------------------


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


class Option(Sourced):
    """One answer of a choice, with a key that survives relabelling."""

    key: Key
    label: str
    help: str = ""


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


class FieldShape(Sourced):
    """One question of a worksheet. Which attributes count depends on ``kind``."""

    key: Key
    kind: Kind
    label: str = ""
    help: str = ""
    need: Need = Need.MAY
    show_if: ShowIf | None = None
    readers: str | None = None
    """A preset narrower than the worksheet's own (``private``, ``author-coordinator``), for this field alone."""
    sensitive: bool = False
    """Special-category or protected: optional, never shown to a partner, used in matching only with its own consent."""
    prefill: str = ""
    """One of ``PREFILLS``: a value the application knows, offered as the first answer."""
    compute: str = ""
    """Kind ``computed``: name of a registered computation, or ``count:<field>`` / ``sum:<field>.<column>``."""
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    not_before: str = ""
    not_after: str = ""
    """Dates: bounds by name (``cohort.start``, ``cohort.end``, ``today``); outside them a warning, not a refusal."""
    max_length: int | None = None
    options: list[Option] = []
    options_from: str = ""
    """Options known to the programme rather than written here: one of ``OPTION_SOURCES``."""
    other: bool = False
    """Choices: adds 'other' with room for words (key ``other``)."""
    points: list[Point] = []
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
    actions_column: str = ""
    """Tables: the column whose answers stay open as the person's actions until they are marked done."""
    agreed_by: str = ""
    """Kind ``goal``: the role that may comment on each goal and mark it as agreed; a change clears the mark."""
    takes: list[Take] = []
    meaning: Meaning | None = None
    beside: Literal["", "goals", "actions"] = ""
    """What is shown next to the question, to be read while answering it."""
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
            Kind.COMPUTED: ("compute",),
        }.get(self.kind, ())
        if needs and not any(getattr(self, name) for name in needs):
            raise ValueError(f"a field of kind '{self.kind}' needs {' or '.join(needs)}")
        if self.kind is not Kind.NOTE and not self.label:
            raise ValueError("every field that is answered needs a label")
        if self.kind is Kind.MATRIX and not self.items:
            raise ValueError("a matrix needs items: its rows")
        if self.sensitive and self.need is not Need.MAY:
            raise ValueError("a sensitive field is always optional")
        return self


class Section(Sourced):
    """A titled part of a worksheet."""

    key: Key
    title: str = ""
    intro: str = ""
    fields: list[FieldShape]


class Anchor(StrEnum):
    """What an instant of a pairing's life hangs on."""

    PAIRING = "pairing"
    SESSION_START = "session-start"
    SESSION_END = "session-end"
    AGREEMENT = "agreement"
    COHORT_START = "cohort-start"
    COHORT_END = "cohort-end"
    EVALUATION_SENT = "evaluation-sent"
    ENROLMENT = "enrolment"
    ENDED_EARLY = "ended-early"
    """One of the two ended the pairing before its time."""


class Instant(Shape):
    """A moment told by its anchor: ``session 3, two days after its end``."""

    anchor: Anchor
    session: int | None = None
    days: int = 0


class Moment(Sourced):
    """An occasion at which a worksheet is due (or only offered), once per filler."""

    key: KitKey
    title: str = ""
    opens: Instant
    due: Instant | None = None
    required: bool = True
    session: int | None = None
    stage: KitKey | None = None


class Filler(StrEnum):
    """Who fills a worksheet."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    EACH = "each"
    TOGETHER = "together"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"


class Preset(StrEnum):
    """Who reads a worksheet once it is sent (``docs/architecture.md``)."""

    PRIVATE = "private"
    PAIR = "pair"
    COORDINATOR = "coordinator"
    STATUS = "status"
    AUTHOR_COORDINATOR = "author-coordinator"
    ANONYMOUS = "anonymous"


class Readers(Shape):
    """The one place that says who reads a worksheet.

    ``opens``: to the partner ``at-once`` when sent, when ``both-sent``, or at ``moment`` (``opens_at``).
    ``consent``: key of the agreement's consent item without which the coordinator sees only that it is done.
    ``shareable``: the author may open it further, and take that back.
    """

    preset: Preset
    opens: Literal["at-once", "both-sent", "moment"] = "at-once"
    opens_at: Instant | None = None
    consent: Key | None = None
    shareable: bool = False


class Use(StrEnum):
    """The part a worksheet plays in the life of a pair, where the application treats that part in a way of its own."""

    PROFILE = "profile"
    REFLECTION = "reflection"
    LEARNING_STYLE = "learning-style"
    GOALS = "goals"
    GOAL_REVIEW = "goal-review"
    CHECKLIST = "checklist"
    OUTCOMES = "outcomes"
    ISSUES = "issues"
    ASSESSMENT = "assessment"
    LOG = "log"
    NOTES = "notes"
    MATERIALS = "materials"
    CLOSURE = "closure"
    WIND_UP = "wind-up"
    """The short closure offered when a pairing ends before its time."""
    APPRECIATION = "appreciation"
    AFTERWARDS = "afterwards"
    EVALUATION = "evaluation"


class Worksheet(Sourced):
    """A worksheet: its questions, who fills it, when, and who reads it."""

    key: KitKey
    title: str
    purpose: str = ""
    minutes: int | None = None
    """About how long it takes, told to the person before they start."""
    filled_by: Filler
    repeats: bool = False
    """May be filled again at will; every sheet keeps its date and the sheets can be compared."""
    moments: list[Moment] = []
    readers: Readers
    use: Use | None = None
    order: int = 0
    """Its place in lists of worksheets; equal places go by key."""
    tool: bool = False
    """One of the handbook's own tools, listed in the pair's document summary."""
    sections: list[Section]

    def fields(self) -> list[FieldShape]:
        """All top-level fields in order, sections flattened."""
        return [field for section in self.sections for field in section.fields]


# --- The handbook ---------------------------------------------------------------------------------------------------


class Fact(Sourced):
    """A statement of the handbook that the programme shows or a person needs (identity, purpose, rules)."""

    key: Key
    title: str
    text: str
    topic: Literal["about", "rules", "eligibility", "confidentiality", "ending", "evaluation", "matching"] = "about"


class Partner(Sourced):
    """An organisation that carries the programme and puts people forward."""

    key: KitKey
    name: str
    short: str = ""


class Slice(Sourced):
    """A part of a meeting. ``minutes`` for the shortest meeting; the slice with ``stretches`` takes what is longer."""

    minutes: int
    title: str
    text: str = ""
    stretches: bool = False


class Meeting(Sourced):
    """How long a pair meets, and how the time is shared out."""

    min_minutes: int
    max_minutes: int
    default_minutes: int
    slices: list[Slice]
    why: str = ""


class Plan(Sourced):
    """How long the programme runs and how often a pair meets."""

    months: int
    sessions: int
    interval_months: int = 1
    models: list[Literal["one-to-one", "group", "two-by-two", "team"]] = ["one-to-one"]
    meeting: Meeting
    platforms: list[Option]
    frequencies: list[Option]
    contact_days: int | None = None


class Duty(Sourced):
    """One line of a list of duties, outputs or points."""

    text: str


class Role(Sourced):
    """A role of the programme: what it is, what it does, who suits it."""

    key: KitKey
    title: str
    definition: str = ""
    duties: list[Duty] = []
    specification: list[Duty] = []


class Joining(Sourced):
    """How people join: what they fill in, and what must be settled before they are paired."""

    enrolment: dict[str, KitKey]
    """Worksheet key per role (``mentor``, ``mentee``)."""
    both_roles: bool = False
    gates: list[KitKey] = []
    candidates: bool = False
    """People put forward by partners wait for the coordinator's decision before matching."""


class Criterion(Sourced):
    """One reason for a match. ``kind`` names the comparison; fields are keys of the enrolment worksheets."""

    key: Key
    kind: Literal["overlap", "same", "zone", "near", "words", "age"]
    title: str
    mentor_field: Key
    mentee_field: Key
    weight: int = Field(ge=0, le=100)
    sensitive: bool = False


class MatchRule(Sourced):
    """What makes a pair questionable: ``warn`` must be acknowledged, ``forbid`` cannot be confirmed."""

    key: Key
    kind: Literal["conflict", "line", "same-employer", "same-partner"]
    effect: Literal["warn", "forbid"]
    text: str


class Matching(Sourced):
    """How pairs are made: who decides, what is compared, what is watched."""

    mode: Literal["coordinator", "mentee", "both"]
    criteria: list[Criterion]
    rules: list[MatchRule] = []
    capacity: int = 1
    note: str = ""


class Activity(Sourced):
    """Something done in a stage, by whom."""

    who: Literal["mentor", "mentee", "both", "coordinator", "partner"]
    text: str


class Condition(StrEnum):
    """What can complete a stage; each is computed from facts."""

    AGREEMENT_SIGNED = "agreement-signed"
    INVITATIONS_SENT = "invitations-sent"
    OUTPUTS_IN = "outputs-in"
    SESSIONS_HELD = "sessions-held"
    LOGS_COMPILED = "logs-compiled"
    EVALUATIONS_IN = "evaluations-in"
    PAIR_CONFIRMED = "pair-confirmed"


class Stage(Sourced):
    """A step of the programme, with what it is made of and what completes it."""

    key: KitKey
    number: int
    title: str
    purpose: str = ""
    sessions: list[int] = []
    worksheets: list[KitKey] = []
    activities: list[Activity] = []
    outputs: list[Duty] = []
    """What the stage leaves behind, in words, each with its source."""
    completes: list[Condition] = []
    done_when: str = ""


class AgendaItem(Sourced):
    """A point of a session's agenda: who leads it, and its own lines where it has any."""

    lead: Literal["mentor", "mentee", "both", "either"]
    text: str
    optional: bool = False
    items: list[Duty] = []


class SessionPlan(Sourced):
    """One numbered session: its purpose, its agenda, what helps with it."""

    number: int
    title: str
    purpose: str
    stage: KitKey
    agenda: list[AgendaItem]
    guides: list[KitKey] = []
    resources: list[KitKey] = []
    notes: list[Duty] = []


class Task(Sourced):
    """A line of the handbook's timeline, with the instant it is due."""

    key: KitKey
    who: Literal["mentor", "mentee", "both", "coordinator"]
    text: str
    due: Instant | None = None
    worksheet: KitKey | None = None


class Reminder(Sourced):
    """When what is owed is reminded: first after, then every, at most, and when the coordinator hears of it (days)."""

    key: KitKey
    owes: Literal["agreement", "session-date", "invitations", "worksheet", "log", "closure", "compile", "evaluation"]
    first_after: int
    every: int
    at_most: int
    escalate_after: int | None = None
    subject: str
    text: str


class Message(Sourced):
    """Suggested wording of a message that a person of the programme sends; the sender may change every word."""

    key: KitKey
    sender: Literal["mentor", "mentee", "coordinator"]
    to: list[Literal["mentor", "mentee", "coordinator"]]
    title: str
    subject: str
    text: str
    moment: Instant | None = None


class Survey(Sourced):
    """A worksheet sent to people of a role at a moment of their pairing."""

    worksheet: KitKey
    audience: list[Literal["mentor", "mentee"]]
    moment: Instant
    due: Instant | None = None
    anonymous: bool = False


class Resource(Sourced):
    """Something to read or use elsewhere. An empty ``url`` is filled in by the coordinator."""

    key: KitKey
    title: str
    url: str = ""
    note: str = ""
    sessions: list[int] = []


class Term(Sourced):
    """An entry of the glossary."""

    term: str
    meaning: str


class Policy(Sourced):
    """A rule of the programme in words that anybody may read."""

    key: KitKey
    title: str
    text: str


class Clause(Sourced):
    """A clause of the agreement. ``parts`` are shown as lettered lines; ``binds`` says whom."""

    key: Key
    text: str
    parts: list["ClausePart"] = []
    binds: Literal["mentor", "mentee", "both"] = "both"


class ClausePart(Sourced):
    """A lettered part of a clause."""

    key: Key
    text: str


class ConsentItem(Sourced):
    """A kind of record that may reach the coordinator. ``always`` is told rather than asked."""

    key: Key
    label: str
    always: bool = False


class Consent(Sourced):
    """What the pair may let reach the coordinator, asked before anybody signs."""

    asked_of: Literal["mentee", "mentor", "each"]
    question: str
    items: list[ConsentItem]


class Agreement(Sourced):
    """The agreement: what the pair writes, the clauses it may adapt, who signs, and what may reach the coordinator."""

    title: str
    intro: str = ""
    why_code: str = ""
    fields: list[FieldShape]
    scope: list[Clause]
    clauses: list[Clause]
    rights: str = ""
    signers: list[Literal["mentor", "mentee"]]
    statement: str
    consent: Consent
    source_parties: Source = []


class Article(Sourced):
    """A guidance article: front matter, then Markdown. ``points`` lists ids of its own points held in the text."""

    key: KitKey
    title: str
    stages: list[KitKey] = []
    sessions: list[int] = []
    roles: list[Literal["mentor", "mentee", "coordinator"]] = ["mentor", "mentee"]
    chapter: Literal["overview", "process", "duties", "tips", "tools"] = "tips"
    order: int = 0
    pinned: bool = False
    points: list[str] = []
    body: Annotated[str, AfterValidator(_as_body)] = ""


class Kit(Sourced):
    """A whole handbook."""

    key: KitKey
    catalogue: str = ""
    """Name of the catalogue this kit is counted against, where it is not the kit's own key."""
    title: str
    version: str
    language: str
    summary: str
    audience: str
    licence: str = ""
    facts: list[Fact]
    partners: list[Partner] = []
    plan: Plan
    roles: list[Role]
    joining: Joining
    matching: Matching
    stages: list[Stage]
    sessions: list[SessionPlan]
    tasks: list[Task] = []
    policies: list[Policy] = []
    reminders: list[Reminder] = []
    messages: list[Message] = []
    surveys: list[Survey] = []
    glossary: list[Term] = []
    resources: list[Resource] = []
    agreement: Agreement
    worksheets: list[Worksheet]
    articles: list[Article]

    @model_validator(mode="after")
    def _in_order(self) -> "Kit":
        """Files of a folder have no order: worksheets and articles stand by their ``order``, then by key."""
        self.worksheets.sort(key=lambda sheet: (sheet.order, sheet.key))
        self.articles.sort(key=lambda article: (article.order, article.key))
        return self

    def worksheet(self, key: str) -> Worksheet:
        """The worksheet of that key. Raises ``KeyError`` when the kit has none."""
        for sheet in self.worksheets:
            if sheet.key == key:
                return sheet
        raise KeyError(key)
