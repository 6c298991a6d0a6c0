"""What the programme is: its facts and partners, its plan, its roles."""

from typing import Literal

from pydantic import Field, model_validator

from templates_app.shapes.base import Key, KitKey, Shape, Sourced
from templates_app.shapes.choices import Option
from templates_app.shapes.models import ModelKind


class Fact(Sourced):
    """A statement of the handbook that the programme shows or a person needs (identity, purpose, rules)."""

    key: Key
    title: str
    text: str
    topic: Literal["about", "rules", "eligibility", "confidentiality", "ending", "evaluation", "matching"] = "about"


class Partner(Sourced):
    """An organisation that carries the programme and puts people forward.

    One without a name stands for one that each programme names itself: it becomes nobody's partner before that.
    """

    key: KitKey
    name: str = ""
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
    unless: str = ""
    """What makes another length right, told beside a remark on it (one long visit where people live far apart)."""


class Step(Shape):
    """A step of a pair that is no worksheet: what the handbook calls it, who takes it, and within how many days.

    Without a title it goes by the application's own words. ``days`` count from the pairing for ``introduction`` and
    ``schedule`` (there, until the first session has a date), from the end of the first session for ``invitations`` and
    from the end of the last for ``compile``.
    """

    title: str = ""
    by: Literal["mentor", "mentee", "together"] | None = None
    """Left out: the mentor; ``schedule`` is done together."""
    days: int | None = Field(None, ge=0)


class Steps(Shape):
    """The steps of a pair that are no worksheets. One that is left out is not asked for: calendar invitations then go out
    by themselves. Signing and evaluating follow from the agreement's signers and the surveys; here they only have names.
    """

    introduction: Step | None = None
    schedule: Step | None = Step()
    agreement: Step | None = None
    invitations: Step | None = None
    compile: Step | None = None
    evaluation: Step | None = None


MEMBERS: dict[ModelKind, tuple[tuple[int, int], tuple[int, int | None]]] = {
    ModelKind.ONE_TO_ONE: ((1, 1), (1, 1)),
    ModelKind.GROUP: ((1, 1), (1, 4)),
    ModelKind.TWO_BY_TWO: ((2, 2), (2, 2)),
    ModelKind.TEAM: ((1, 2), (1, None)),
    ModelKind.INFORMAL: ((1, 1), (1, 1)),
    ModelKind.PEERS: ((2, 12), (2, 12)),
}
"""Fewest and most mentors, then mentees, of a pairing that begins; ``None``: any number. Among peers it is one or the other."""


class Model(Shape):
    """A mentoring model that the programme allows, with the most mentors and mentees where these are not the usual ones."""

    kind: ModelKind
    mentors: int | None = Field(None, ge=1)
    mentees: int | None = Field(None, ge=1)
    experienced: bool = False
    """Whoever makes such a pairing says which of its mentors is the experienced one, beside whom another can begin."""

    @model_validator(mode="after")
    def _has_several_mentors(self) -> "Model":
        if self.experienced and self.mentor_limits[1] < 2:
            raise ValueError(f"'{self.kind}' has one mentor: no other stands beside an 'experienced' one")
        return self

    @model_validator(mode="after")
    def _is_still_that_model(self) -> "Model":
        fixed = {ModelKind.ONE_TO_ONE, ModelKind.TWO_BY_TWO, ModelKind.INFORMAL}
        if self.kind in fixed and (self.mentors or self.mentees):
            raise ValueError(
                f"'{self.kind}' says by its name how many take part: 'group' and 'team' may have other limits"
            )
        return self

    @property
    def is_of_one_side(self) -> bool:
        """Whether it is mentors or mentees, and never both."""
        return self.kind is ModelKind.PEERS

    @property
    def mentor_limits(self) -> tuple[int, int]:
        """Fewest and most mentors of a pairing that begins."""
        least, most = MEMBERS[self.kind][0]
        return least, self.mentors or most

    @property
    def mentee_limits(self) -> tuple[int, int | None]:
        """Fewest and most mentees of a pairing that begins; no most where any number may take part."""
        least, most = MEMBERS[self.kind][1]
        return least, self.mentees or most


class MonthlyGuide(Sourced):
    """What a handbook thinks of as usual in a month. Shown as a guide and never as a failure (``cal.fact.hours``)."""

    meetings: float | None = None
    hours: float | None = None


class Preparation(Sourced):
    """What each side is asked to get ready in the days before a meeting. A side without words is not asked."""

    days: int = Field(3, ge=1)
    mentor: str = ""
    mentee: str = ""

    def words_for(self, side: str) -> str:
        """What one side is asked."""
        return self.mentor if side == "mentor" else self.mentee


class Way(Option):
    """A way of meeting that a pair may choose (face to face, by telephone). ``help`` is the hint beside it."""

    longest: int | None = None
    """Minutes that such a meeting should not go beyond; told, never refused."""
    asks: str = ""
    """A question with yes or no that a date in this way is asked: whether the room is private, say."""


class Closing(Sourced):
    """How a pairing comes to its end beyond what holds for all: who says that it is complete, and what may come after."""

    together: bool = False
    """Everybody in it says for themselves that it is complete, and with the last yes it is; nobody closes it for them."""
    words: str = ""
    """What each of them says yes to; the application's own words where it is empty."""
    looks_back: bool = False
    """The last meeting's page draws together what was accomplished, from logs, goals and check-ups."""
    ahead_days: int | None = Field(default=None, ge=1, le=180)
    """From so many days before the agreed end it stands on the pair's pages with what there is to do, and on the
    coordinators' list."""
    note: str = ""
    """What a pair reads there; the application's own words where it is empty."""
    rematch: bool = False
    """After an ending each may ask for another match. A coordinator decides, and that is kept."""


class Phase(Shape):
    """One phase of a pair's way: a stage of the handbook, with the checklists that belong to it."""

    stage: KitKey
    checklists: list[Key] = []
    """Questions of kind ``checklist`` on the worksheet of the phases; several phases may share one."""


class Phases(Sourced):
    """The stages of which a pair itself says where it is: it goes on and goes back as it likes, and nothing is lost
    (``sssc.must.36``). As long as it has not said so, the present stage is worked out as everywhere.
    """

    stages: list[Phase] = Field(min_length=2)
    """In the order in which they are usually gone through."""
    worksheet: KitKey | Literal[""] = ""
    """What the people of a pairing tick together; of its newest sheet each phase shows what is done and what is left."""

    @property
    def keys(self) -> list[str]:
        """The stages' keys, in their order."""
        return [phase.stage for phase in self.stages]


class Plan(Sourced):
    """How long the programme runs and how often a pair meets."""

    months: int
    sessions: int
    open_ended: bool = False
    """A pair may add sessions beyond that number, and needs not hold them all."""
    interval_months: int = 1
    models: list[ModelKind | Model] = Field([ModelKind.ONE_TO_ONE], min_length=1)
    """The mentoring models allowed, each by its name or with limits of its own (``{kind: group, mentees: 6}``)."""
    meeting: Meeting
    platforms: list[Way]
    frequencies: list[Option]
    quiet_days: int | None = None
    """After so many days without a meeting the pair and the coordinator are told; left out: by the handbook's rhythm, and
    the coordinator alone."""
    prepare: Preparation | None = None
    manager_notice: bool = False
    """Each may send somebody the dates and hours of the meetings, and nothing else, so that the time is kept free."""
    notice_hours: int | None = None
    """So long ahead a meeting is moved or called off; later it is told and marked, and always possible."""
    monthly: MonthlyGuide | None = None
    organiser: Literal["mentor", "mentee"] = "mentor"
    """Who looks after agenda, next date and reminders at first; the pair may hand that over."""
    steps: Steps = Steps()
    closing: Closing = Closing(ours=True)
    phases: Phases | None = None
    sessions_wait_for: list[KitKey] = []
    """What has to be done before a session is noted as held, named as a worksheet's ``waits_for``."""

    @model_validator(mode="after")
    def _names_each_model_once(self) -> "Plan":
        kinds = [model.kind for model in self.allowed]
        if len(set(kinds)) < len(kinds):
            raise ValueError("a model stands twice among the models")
        return self

    @property
    def allowed(self) -> list[Model]:
        """The models allowed, with their limits."""
        return [one if isinstance(one, Model) else Model(kind=one) for one in self.models]

    def model(self, kind: str) -> Model | None:
        """One of the models allowed; ``None`` where the programme does not have it."""
        return next((one for one in self.allowed if one.kind == kind), None)


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
