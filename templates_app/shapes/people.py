"""How people join and how pairs are made."""

from typing import Literal

from pydantic import Field

from templates_app.shapes.base import Key, KitKey, Sourced
from templates_app.shapes.choices import ShowIf


class Levels(Sourced):
    """An ordered list of levels, so that people of several organisations can tell how far apart they are."""

    field: Key
    """The choice in both joining sheets whose options are the levels, from the lowest up."""
    least: int = 0
    most: int = 2
    """So many levels a mentor may well stand above the mentee; outside there is advice, and nobody is kept out."""
    advice: str


class Units(Sourced):
    """The parts of the organisation (districts, divisions) that each keep a list of mentors of their own.

    They are the organisation's partners, and who leads a partner's people keeps its list: these words say what they are called.
    """

    title: str
    """All of them: Districts and divisions."""
    label: str
    """One of them: District or division."""
    keeper: str
    """Who keeps the list of one: keeper of the mentor list."""
    field: Key
    """The choice in the mentors' joining sheet (``options_from: partners``) that says to which of them a mentor belongs."""


class Directory(Sourced):
    """The list in which mentees find mentors who are open: taking part, with a place left, and not pausing.

    It knows no order of merit: each mentee has an order of their own that says nothing about anybody.
    """

    shows: list[Key]
    """Questions of the mentor's joining sheet whose answers are shown there, in this order."""
    filters: list[Key] = []
    """Those of them by whose options one may filter."""
    searches: list[Key] = []
    """Those of them in which words are looked for. Who holds them in a question named earlier comes first."""
    levels: Levels | None = None
    """How far a mentor's level stands from one's own is shown with their entry."""
    pauses: list[Literal["own", "coordinator"]] = ["own", "coordinator"]
    """Who may take an entry out of the list for a while: mentors their own, coordinators anybody's."""
    closed_by: ShowIf | None = None
    """An answer of the joining sheet that closes the door as the sheet is sent; any other answer opens it."""
    open_to: Literal["mentees", "members"] = "mentees"
    """Who may look at it: mentees of the cohort, or every member of the organisation."""
    units: Units | None = None


class Approval(Sourced):
    """Somebody outside (a supervisor) approves that a mentee takes part, by a link and without an account."""

    worksheet: KitKey
    """What they fill in; ``filled_by: supervisor``."""
    decision: Key
    """The choice in it that decides."""
    approves: list[Key]
    """The options of that choice that approve; every other declines."""
    decided_by: Key | None = None
    """The question in it that asks for their name, where it does."""
    article: KitKey | None = None
    """Guidance that stands above the questions."""
    about: list[KitKey] = []
    """Guidance on a page of its own for whoever approves, the first in full: what mentoring is, and what their part is. It stays
    within reach once they have answered."""
    mandatory: bool = True
    """Whether a mentee may ask a mentor, and be paired, only once they are approved."""
    days: int = Field(default=14, ge=1, le=60)
    """So long a link works."""
    remind_after: int | None = Field(default=7, ge=1)
    """After so many days without an answer they are reminded, once."""
    name_from: Key | None = None
    address_from: Key | None = None
    """Questions of the mentee's joining sheet that ask for their name and address, where it does."""


class Volunteering(Sourced):
    """Members of the organisation put themselves forward as mentors, on a page of their own, and fill in the mentors' joining
    sheet. Who has completed a pairing as a mentee is invited to that page (``cal.sys.85``).
    """

    words: str = ""
    """Whom it is for and what comes of it, in a sentence or two."""
    articles: list[KitKey] = []
    """Guidance that stands on the page in full: what mentors gain, what it takes."""


class Joining(Sourced):
    """How people join: what they fill in, and what must be settled before they are paired."""

    enrolment: dict[str, KitKey]
    """Worksheet key per role (``mentor``, ``mentee``)."""
    both_roles: bool = False
    gates: list[KitKey] = []
    """Worksheets that must be settled before somebody is paired."""
    candidates: bool = False
    """People put forward by partners wait for the coordinator's decision before matching."""
    directory: Directory | None = None
    approval: Approval | None = None
    volunteering: Volunteering | None = None


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
    exception: bool = False
    """Of the kinds that are declared: whether a coordinator may allow a pair all the same, with a note (``cal.sys.22``)."""
    worksheet: KitKey | None = None
    """Of the kinds that are declared: one of the programme's own worksheets that is sent about the two before they can be
    paired (``sssc.must.17``)."""


class FirstTalk(Sourced):
    """A talk before anybody decides; only what both wish for afterwards becomes a pair."""

    title: str
    minutes: int = Field(default=30, ge=5, le=240)
    text: str = ""
    """What it is for, in a sentence or two."""
    worksheet: KitKey | None = None
    """Notes for it, each one's own: ``belongs: person``."""


class Asking(Sourced):
    """How a mentee asks a mentor, and what comes of it."""

    worksheet: KitKey | None = None
    """What the mentee writes to the mentor; ``belongs: request``."""
    carries: list[Key] = []
    """Answers of the mentee's joining sheet with which questions of that name in it begin."""
    talk: FirstTalk | None = None
    days: int = Field(default=14, ge=1, le=90)
    """So long a request waits for an answer; then it lapses quietly."""
    shortlist: int = Field(default=10, ge=1, le=50)
    at_once: int = Field(default=1, ge=1, le=10)
    """So many requests of one mentee may run at the same time."""
    confirms: Literal["both", "coordinator"] = "both"
    """``both``: the yes of both makes the pair. ``coordinator``: a coordinator confirms it then."""
    off_list: bool = False
    """Whether somebody who is not in the list may be named by their address, and invited."""


class BothSides(Sourced):
    """Everybody in a match that a coordinator proposes says yes before it begins; either may decline (``sssc.must.23``)."""

    days: int = Field(default=10, ge=1, le=60)
    """So long an answer is waited for; then the proposal lapses."""
    shows: dict[Literal["mentor", "mentee"], list[Key]] = {}
    """Per side the questions of its joining sheet whose answers the other side sees before it answers, in this order."""


class Matching(Sourced):
    """How pairs are made: who decides, what is compared, what is watched."""

    mode: Literal["coordinator", "mentee", "both"]
    criteria: list[Criterion]
    rules: list[MatchRule] = []
    request: Asking | None = None
    """With ``mentee`` and ``both``: how a mentee asks. With ``mentee`` nobody else makes pairs then."""
    consent: BothSides | None = None
    """With ``coordinator``: a match is proposed, and begins once everybody in it has said yes. Without it a coordinator
    confirms, and the pair begins."""
    capacity: int = 1
    note: str = ""

    @property
    def is_by_choice(self) -> bool:
        """Whether mentees choose their mentors."""
        return self.request is not None and self.mode != "coordinator"

    @property
    def is_by_choice_alone(self) -> bool:
        """Whether nobody else makes pairs."""
        return self.request is not None and self.mode == "mentee"
