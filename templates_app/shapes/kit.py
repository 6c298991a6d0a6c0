"""A whole handbook."""

from pydantic import model_validator

from templates_app.shapes.agreement import Agreement
from templates_app.shapes.base import KitKey, Shape, Sourced
from templates_app.shapes.care import Concerns, Contact, Module
from templates_app.shapes.course import SessionPlan, Stage, TalkGuide, Task
from templates_app.shapes.indicators import Indicator
from templates_app.shapes.people import Joining, Matching
from templates_app.shapes.programme import Fact, Partner, Plan, Role
from templates_app.shapes.reading import Article, Policy, Resource, Term
from templates_app.shapes.records import Records
from templates_app.shapes.rooms import Expenses, Files, Introductions, Recognition, Suggestions
from templates_app.shapes.running import Running
from templates_app.shapes.sending import Message, Reminder, ScheduledReport, Survey, complete_surveys
from templates_app.shapes.workplace import Managers, Notice
from templates_app.shapes.worksheets import Worksheet


class PictureFile(Shape):
    """A file of the folder ``pictures``: its name there, and its bytes in Base64 (RFC 4648)."""

    file: str
    data: str


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
    draft: bool = False
    """Still being written: it can be checked, loaded and exported, but no programme is made from it yet."""
    from_nothing: bool = False
    """For those who have no handbook: offered after all others, as the way to start from nothing. A programme's copy says no
    more of it."""
    facts: list[Fact]
    partners: list[Partner] = []
    plan: Plan
    roles: list[Role]
    joining: Joining
    matching: Matching
    stages: list[Stage]
    sessions: list[SessionPlan]
    talks: list[TalkGuide] = []
    tasks: list[Task] = []
    policies: list[Policy] = []
    reminders: list[Reminder] = []
    messages: list[Message] = []
    surveys: list[Survey] = []
    indicators: list[Indicator] = []
    reports: list[ScheduledReport] = []
    glossary: list[Term] = []
    resources: list[Resource] = []
    running: Running = Running()
    concerns: Concerns = Concerns(offered=False, ours=True)
    contacts: list[Contact] = []
    training: list[Module] = []
    files: Files = Files(offered=False, ours=True)
    introductions: Introductions = Introductions(offered=False, ours=True)
    recognition: Recognition = Recognition(offered=False, ours=True)
    expenses: Expenses = Expenses(offered=False, ours=True)
    suggestions: Suggestions = Suggestions(offered=False, ours=True)
    managers: Managers = Managers(offered=False, ours=True)
    notice: Notice = Notice(offered=False, ours=True)
    records: Records = Records(ours=True)
    agreement: Agreement
    worksheets: list[Worksheet]
    articles: list[Article]
    pictures: list[PictureFile] = []
    """The pictures that fields of kind ``picture`` show. They stand in the folder ``pictures``, not in any file of keys."""

    @model_validator(mode="after")
    def _in_order(self) -> "Kit":
        """Files of a folder have no order: worksheets and articles stand by their ``order``, then by key."""
        complete_surveys(self.surveys)
        self.worksheets.sort(key=lambda sheet: (sheet.order, sheet.key))
        self.articles.sort(key=lambda article: (article.order, article.key))
        return self

    @property
    def follows_goals(self) -> bool:
        """Whether it counts how the goals and tasks of pairs stand, in use or not: people are told beforehand."""
        return any(one.follows_goals for indicator in self.indicators for one in indicator.measures)

    def worksheet(self, key: str) -> Worksheet:
        """The worksheet of that key. Raises ``KeyError`` when the kit has none."""
        for sheet in self.worksheets:
            if sheet.key == key:
                return sheet
        raise KeyError(key)
