"""How people are looked after: concerns, whom to turn to, training."""

from typing import Literal

from pydantic import Field, model_validator

from templates_app.shapes.base import Key, KitKey, Sourced
from templates_app.shapes.choices import Option
from templates_app.shapes.programme import Duty


class Concerns(Sourced):
    """Concerns for somebody's safety, or about conduct: to whom they go and what is said and asked first."""

    offered: bool = True
    title: str = ""
    """What the page is called; empty: the application's own words."""
    words: str = ""
    """Shown before anything is typed."""
    about: list[Option] = []
    """What it may be about; empty: the application's own list."""
    leads: Literal["partner", "programme"] = "programme"
    """``partner``: the lead of one's own partner organisation first, where there is one; else the programme's lead."""
    mailbox: str = Field("", max_length=254)
    """Where it is said that there is a concern while no lead is named."""
    tell_first: bool = False
    """A mentor is asked whether their mentee has been told beforehand whom they must speak to."""
    acknowledge_days: int = Field(3, ge=1, le=60)
    """After so many days without acknowledgement a second person gets it too."""
    exceptions: list[Duty] = []
    """What may not stay confidential; shown before anything is typed."""


class Contact(Sourced):
    """Somebody or something to turn to for support."""

    key: KitKey
    kind: Literal["emergency", "safety", "wellbeing", "mentoring", "conduct", "technical", "other"] = "other"
    name: str
    phone: str = ""
    email: str = ""
    url: str = ""
    when: str = ""
    """When they can be reached."""
    note: str = ""
    partner: KitKey | Literal[""] = ""
    """Shown only to the people whom this partner organisation put forward; empty: to everybody."""


class Page(Sourced):
    """A page of a module: an article of the guidance, or words of its own."""

    article: KitKey | None = None
    title: str = ""
    text: str = ""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "Page":
        if bool(self.article) == bool(self.title and self.text):
            raise ValueError("a page names an article, or has a title and a text of its own")
        return self


class Question(Sourced):
    """A question at the end of a module. Whatever is chosen, ``feedback`` says why in a friendly way."""

    key: Key
    question: str
    right: list[Duty] = Field(min_length=1)
    """The right answer; where there are several, all of them are to be chosen."""
    wrong: list[Duty] = Field(min_length=1)
    feedback: str = ""


class Module(Sourced):
    """A piece of training or induction."""

    key: KitKey
    title: str
    purpose: str = ""
    roles: list[Literal["mentor", "mentee"]] = Field(["mentor", "mentee"], min_length=1)
    minutes: int | None = Field(None, ge=1, le=600)
    mandatory: bool = False
    gate: bool = False
    """Nobody is paired before they have completed it."""
    by: Literal["reading", "attendance", "course", "either"] = "either"
    """How it is completed: by reading it and answering its questions, by attending an event for it, by doing the course elsewhere
    (``url``) and saying so, or by any of these."""
    url: str = Field("", max_length=500, pattern=r"^(https?://\S+)?$")
    """Where a course elsewhere is found."""
    again_months: int | None = Field(None, ge=1, le=120)
    """After so many months it is due again; what was completed stays recorded and holds nothing back."""
    pages: list[Page] = []
    questions: list[Question] = []

    @model_validator(mode="after")
    def _can_be_done(self) -> "Module":
        if self.gate and not self.mandatory:
            raise ValueError("what comes before pairing must be completed by everybody: say so too ('mandatory')")
        if self.by == "reading" and not self.pages:
            raise ValueError("a module completed by reading needs pages")
        if self.by == "course" and not self.url:
            raise ValueError("a module completed by a course elsewhere needs its address ('url')")
        return self

    def is_for(self, side: str) -> bool:
        """Whether people on that side take it."""
        return side in self.roles
