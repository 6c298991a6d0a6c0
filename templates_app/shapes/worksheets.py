"""A worksheet: its sections, who fills it, when, and who reads it."""

from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, model_validator

from templates_app.shapes.alerts import Alert
from templates_app.shapes.base import Key, KitKey, Shape, Sourced
from templates_app.shapes.choices import ShowIf
from templates_app.shapes.fields import By, FieldShape
from templates_app.shapes.models import ModelKind
from templates_app.shapes.sheet_rules import why_not_sound
from templates_app.shapes.signable import why_not_signable
from templates_app.shapes.signing import SheetSigning
from templates_app.shapes.times import Instant, Moment


class Section(Sourced):
    """A titled part of a worksheet."""

    key: Key
    title: str = ""
    intro: str = ""
    by: By = ""
    """In a sheet that both write: the side that writes this part, unless a field of it says otherwise."""
    show_if: ShowIf | None = None
    """Short for saying it of each field of the section that says none of its own; read from files, and kept in the fields."""
    fields: list[FieldShape]

    @model_validator(mode="before")
    @classmethod
    def _hand_down(cls, data: Any) -> Any:
        """Give the condition to the fields, where it can be seen, changed and tested one by one."""
        rule, fields = (data.get("show_if"), data.get("fields")) if isinstance(data, dict) else (None, None)
        if not rule or not isinstance(fields, list):
            return data
        given = [{"show_if": rule, **field} if isinstance(field, dict) else field for field in fields]
        return {name: value for name, value in data.items() if name != "show_if"} | {"fields": given}


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
    STEERING = "steering"
    """The programme's own sheets: its coordinators, and its steering group."""
    MEMBERS = "members"
    """The programme's own sheets: everybody in the programme, once it is sent."""


class Readers(Shape):
    """The one place that says who reads a worksheet.

    ``opens``: to the partner ``at-once`` when sent, when ``both-sent``, or at ``moment`` (``opens_at``).
    ``partners``: who of the pairing reads it beside the author: ``all``, or the ``mentors`` alone (a mentee's own sheet in
    a group, which fellow mentees do not read).
    ``consent``: key of the agreement's consent item without which the coordinator sees only that it is done.
    ``shareable``: the author may open it further, and take that back.
    """

    preset: Preset
    opens: Literal["at-once", "both-sent", "moment"] = "at-once"
    opens_at: Instant | None = None
    partners: Literal["all", "mentors"] = "all"
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
    HOMEWORK = "homework"
    """What somebody does between two meetings: shown at the next one with its day and how it stands."""
    NOTES = "notes"
    MATERIALS = "materials"
    CLOSURE = "closure"
    WIND_UP = "wind-up"
    """The short closure offered when a pairing ends before its time."""
    APPRECIATION = "appreciation"
    AFTERWARDS = "afterwards"
    EVALUATION = "evaluation"


class Counted(Shape):
    """What the programme may count of sheets that it does not read: how many people chose each option of ``by``, on sheets
    that say yes to being counted (``when``). Everything else on them stays with their readers.
    """

    when: ShowIf
    by: Key


class Offer(Shape):
    """An answer that leads on: one action opens another worksheet of the pair with answers of this one filled in, or leads
    to the page on which a person may end the mentoring (``leads_to: ending``), where nothing has happened yet.

    ``when``: only while a field of this sheet holds such an answer; always where nothing is said.
    ``fills``: field of the other worksheet → field of this one.
    """

    label: str
    opens: KitKey | Literal[""] = ""
    leads_to: Literal["", "ending"] = ""
    when: ShowIf | None = None
    fills: dict[Key, Key] = {}

    @model_validator(mode="after")
    def _one_way(self) -> "Offer":
        if bool(self.opens) == bool(self.leads_to):
            raise ValueError("say either which worksheet it opens, or where it leads_to")
        if self.leads_to and self.fills:
            raise ValueError("'fills' is for an offer that opens a worksheet")
        return self


class Sparing(Shape):
    """A word shown from so many ``sheets`` of a worksheet in one session on: enough of it for today. Nothing is refused."""

    sheets: int = Field(ge=2)
    words: str


class Worksheet(Sourced):
    """A worksheet: its questions, who fills it, when, and who reads it."""

    key: KitKey
    title: str
    in_use: bool = True
    """``false``: put by. Nothing calls for it and nobody begins one; what was written on it stays with whoever reads it, and
    what is begun may be finished."""
    purpose: str = ""
    minutes: int | None = None
    """About how long it takes, told to the person before they start."""
    filled_by: Filler
    passes_to: list[Filler] = []
    """Who else may write it from some time on, as the people of a pairing say between them: each has it begin with
    ``filled_by`` (``sssc.must.38``)."""
    belongs: Literal["pair", "person", "request"] = "pair"
    """``person``: written by a participant for themselves, at any time after joining. ``request``: goes with a mentee's
    request to a mentor, and is read by the two. What the coordinator fills in belongs to the programme, whatever stands
    here."""
    repeats: bool = False
    """May be filled again at will; every sheet keeps its date and the sheets can be compared."""
    moments: list[Moment] = []
    readers: Readers
    use: Use | None = None
    order: int = 0
    """Its place in lists of worksheets; equal places go by key."""
    one_for_each: Literal["", "aspirations", "goals", "milestones", "needs"] = ""
    """Each sheet is about one of these: it is opened from there, and only once (``cal.sys.32``)."""
    homework: bool = False
    """Partners may give it to each other to do at home."""
    group: str = ""
    """The heading under which it stands among what a pair may take up at any time (``Exercises``)."""
    models: list[ModelKind] = []
    """The mentoring models whose pairings have it; none named: all."""
    tool: bool = False
    """One of the handbook's own tools, listed in the pair's document summary."""
    living: bool = False
    """With ``repeats``: one sheet that changes over time. Each new sheet goes on from the last, which stays as a version."""
    at_once: bool = False
    """Sent in one step straight from its form, without being read over first: for what is written in a moment."""
    tells: bool = False
    """Written together: whoever sends it tells the others, by a message that leads to it."""
    timer: int | None = Field(default=None, ge=1, le=180)
    """Minutes of a timer that whoever fills it in may start, stop and leave alone."""
    sparing: Sparing | None = None
    offers: list[Offer] = []
    """What one may go on to once it is sent."""
    counted: Counted | None = None
    alert: Alert | None = None
    guides: list[KitKey] = []
    """Articles within reach while it is filled in."""
    see_also: list[KitKey] = []
    """Other worksheets of the pair within reach while it is filled in."""
    to_coordinator: Literal["", "news", "help", "nameless"] = ""
    """``news``: whoever coordinates hears by e-mail that it was sent. ``help``: the pair also stands on their list until they
    have marked it as received, and it counts as help given early. ``nameless``: they do not read the sheet; what it says
    reaches them without names, together with what others have sent."""
    waits_for: list[KitKey] = []
    """What has to be done before a pair begins it: worksheets that are sent, the ``agreement`` in force, or the ``talk``
    in which the two met."""
    nameless: bool = False
    """Of what others in the programme read: it is not sent while it names one of them, or an organisation of few people."""
    signing: SheetSigning | None = None
    """Who signs it once it is sent, besides or without those who write it."""
    blanks: Literal["shown", "hidden"] = "shown"
    """``hidden``: what was left blank does not show when the sheet is read, shared or printed, question and all."""
    sections: list[Section]

    @model_validator(mode="after")
    def _holds_together(self) -> "Worksheet":
        if reason := why_not_sound(self) or why_not_signable(self):
            raise ValueError(reason)
        return self

    @property
    def is_of_programme(self) -> bool:
        """Whether it is one of the programme's own: its coordinators fill it in together."""
        return self.filled_by is Filler.COORDINATOR

    @property
    def is_at_will(self) -> bool:
        """Whether a pair may take it up at any time: it may be filled in again, or no moment calls for it."""
        of_pair = self.filled_by in {Filler.MENTOR, Filler.MENTEE, Filler.EACH, Filler.TOGETHER}
        called_for = self.use in {Use.PROFILE, Use.EVALUATION, Use.WIND_UP}
        return (
            self.in_use and of_pair and self.belongs == "pair" and not called_for and (self.repeats or not self.moments)
        )

    @property
    def is_of_person(self) -> bool:
        """Whether a participant fills it in for themselves, outside any pair."""
        return self.belongs == "person" and self.filled_by in {Filler.MENTOR, Filler.MENTEE, Filler.EACH}

    @property
    def coded(self) -> list[FieldShape]:
        """The questions whose words coordinators read without names and gather into themes."""
        return [field for field in self.fields() if field.coded and not field.hidden]

    def as_it_stands(self) -> "Worksheet":
        """The worksheet as people meet it: one that is out of use is called for at no moment, whatever its moments say. They
        are kept for the day on which it comes back.
        """
        return self if self.in_use else self.model_copy(update={"moments": []})

    def asks(self, *keys: Key) -> bool:
        """Whether all of these are questions of it."""
        return set(keys) <= {field.key for field in self.fields()}

    def fields(self) -> list[FieldShape]:
        """All top-level fields in order, sections flattened; each knows by which side it is written."""
        return [_of_section(section, field) for section in self.sections for field in section.fields]


def _of_section(section: Section, field: FieldShape) -> FieldShape:
    return field.model_copy(update={"by": section.by}) if section.by and not field.by else field
