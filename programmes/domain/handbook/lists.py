"""Every part of a handbook that is a list."""

from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook import words
from programmes.domain.handbook.fields import Field, ListPart
from programmes.domain.handbook.lists_care import CARE
from programmes.domain.handbook.lists_indicators import JUDGING

GAPS = _("{person}, {partner}, {coordinator}, {programme}, {item}, {session}, {date}, {time} and {link} are filled in.")
ONE_A_LINE = _("One on each line.")
EVERY_ANSWER = _("One on each line. An answer that is reworded keeps what people chose.")

_TITLE = Field("title", _("Title"), required=True)
_TEXT = Field("text", _("Text"), "text", required=True)
_BINDS = Field("binds", _("Binds"), "choice", choices=words.BOUND, required=True)
_MODELS = Field(
    "models", _("Only in agreements of"), "choices", _("Nothing chosen: in every agreement."), choices=words.MODELS
)
_SHEETS = "worksheets"

COURSE = (
    ListPart(
        "stages", _("Stages"), _("The steps of the programme, as people see them on their road."), "key", "title",
        (
            _TITLE,
            Field("purpose", _("What it is for"), "text"),
            Field(
                "when", _("When it usually is"),
                help=_("Such as: the first four weeks. A pair reads it on its road; no date hangs on it."),
            ),
            Field("worksheets", _("Its worksheets"), "choices", choices=_SHEETS),
            Field("activities", _("What is done"), "rows", rows=(
                Field("who", _("Who"), "choice", choices=words.DOERS, required=True),
                Field("text", _("What"), "text", required=True),
            )),
            Field("outputs", _("What it leaves behind"), "duties", ONE_A_LINE),
            Field("completes", _("It is complete when"), "choices", choices=words.COMPLETES),
            Field("done_when", _("Done when, in words"), "text"),
        ), grows=True, noun=_("a stage"), icon="route", moves=True, joint="-",
    ),
    ListPart(
        "sessions", _("Sessions"), _("What each session is for, its agenda and what helps with it."), "number", "title",
        (
            _TITLE,
            Field("purpose", _("What it is for"), "text", required=True),
            Field("stage", _("Stage"), "choice", choices="stages", required=True),
            Field("agenda", _("Agenda"), "rows", rows=(
                Field("lead", _("Who leads"), "choice", choices=words.LEADS, required=True),
                Field("text", _("Point"), "text", required=True),
                Field("items", _("Its own lines"), "duties", ONE_A_LINE),
                Field("optional", _("Only if there is time"), "tick"),
            )),
            Field("guides", _("Articles to read for it"), "choices", choices="articles"),
            Field("resources", _("Resources shown with it"), "choices", choices="resources"),
            Field("notes", _("Notes"), "duties", ONE_A_LINE),
            Field("onwards", _("It stands for every later session too that is not described"), "tick"),
        ), grows=True, noun=_("a session"), icon="calendar-days", moves=True,
    ),
    ListPart(
        "talks", _("Guides to a talk"),
        _("Prompts that a pair may keep beside a session and its log. Nobody has to follow them."), "key", "title",
        (
            _TITLE,
            Field("purpose", _("What it is for"), "text"),
            Field("sessions", _("Opens by itself at sessions"), "numbers", _("Numbers with commas between, such as 4, 5.")),
            Field("onwards", _("And at every later session"), "tick"),
            Field("last", _("And at the last session"), "tick"),
            Field("prompts", _("Prompts"), "rows", _("Words for both, or for each side their own."), rows=(
                Field("text", _("For both"), "text"),
                Field("mentor", _("For the mentor, in other words"), "text"),
                Field("mentee", _("For the mentee, in other words"), "text"),
                Field("items", _("Its own lines"), "duties", ONE_A_LINE),
            )),
            Field("worksheet", _("Worksheet on which answers may be kept"), "choice", choices=_SHEETS),
            Field("articles", _("Articles about it"), "choices", choices="articles"),
        ), grows=True, noun=_("a guide"), icon="message-circle", moves=True, joint="-",
    ),
    ListPart(
        "tasks", _("Timeline"), _("Who does what by when, as the handbook tells it."), "key", "text",
        (
            Field("who", _("Who"), "choice", choices=words.WHO, required=True),
            Field("text", _("What"), "text", required=True),
            Field("due", _("Due"), "instant"),
            Field("worksheet", _("Worksheet it is done with"), "choice", choices=_SHEETS),
        ), grows=True, noun=_("a line"), icon="list-checks", moves=True, joint="-",
    ),
)  # fmt: skip

SENDING = (
    ListPart(
        "reminders", _("Reminders"), _("When people are reminded of what is due, and in which words."), "key", "subject",
        (
            Field("owes", _("Of what"), "choice", choices=words.OWED, required=True),
            Field("first_after", _("First reminder after (days)"), "number", _("From the day it was due."), required=True),
            Field("every", _("Then every (days)"), "number", required=True),
            Field("at_most", _("At most (reminders)"), "number", required=True),
            Field("escalate_after", _("Tell the coordinator after (days)"), "number", _("Empty: nobody is told.")),
            Field("subject", _("Subject"), required=True),
            Field("text", _("Text"), "text", GAPS, required=True),
        ), grows=True, noun=_("a reminder"), icon="bell", joint="-", group="sending",
    ),
    ListPart(
        "messages", _("Suggested messages"), _("Wordings that a sender starts from and may change."), "key", "title",
        (
            _TITLE,
            Field("sender", _("Sent by"), "choice", choices=words.PEOPLE, required=True),
            Field("to", _("Sent to"), "choices", choices=words.PEOPLE, required=True),
            Field("subject", _("Subject"), required=True),
            Field("text", _("Text"), "text", GAPS, required=True),
            Field("moment", _("When it is usually sent"), "instant"),
        ), grows=True, noun=_("a message"), icon="mail", joint="-", group="sending",
    ),
    ListPart(
        "surveys", _("Surveys"), _("Worksheets that go out to people at a moment of their pairing."), "", "worksheet",
        (
            Field("title", _("Title (empty: the worksheet’s)"), "line"),
            Field("worksheet", _("Worksheet"), "choice", choices=_SHEETS, required=True),
            Field("audience", _("Asked of"), "choices", choices=words.SIDES, required=True),
            Field("by", _("Who sends it"), "choice", choices=words.SENT_BY),
            Field("moment", _("Sent"), "instant", required=True),
            Field("due", _("To be answered by"), "instant"),
            Field("every", _("How often"), "every", _("Until the pairing ends, or so many times. Nothing chosen: once.")),
            Field(
                "required", _("People are reminded until they have answered"), "tick",
                _("Without this they are asked once, and nobody hears of it when they do not answer."), starts=True,
            ),
            Field(
                "anonymous", _("Nobody learns who answered what"), "tick",
                _("It goes with the worksheet: choose there that nobody reads it by name, and publish that; the survey follows."),
            ),
            Field(
                "quotes", _("Answers by which somebody lets their words be quoted without a name"), "answer",
                _("Of a survey in which nobody learns who answered what; the question must need an answer."),
                choices="nameless_answers",
            ),
        ), grows=True, noun=_("a survey"), icon="clipboard-list", group="sending",
    ),
)  # fmt: skip

RULES = (
    ListPart(
        "facts", _("What the programme is"), _("What it is, whom it is for, and its rules."), "key", "title",
        (_TITLE, _TEXT, Field("topic", _("About"), "choice", choices=words.TOPICS, required=True)),
        grows=True, noun=_("a fact"), icon="info", moves=True, group="about",
    ),
    ListPart(
        "roles", _("Roles"), _("What each role is, what it does and whom it suits."), "key", "title",
        (
            _TITLE,
            Field("definition", _("What it is"), "text"),
            Field("duties", _("What it does"), "duties", ONE_A_LINE),
            Field("specification", _("Whom it suits"), "duties", ONE_A_LINE),
        ), grows=True, noun=_("a role"), icon="users", moves=True, joint="-", group="about",
    ),
    ListPart(
        "policies", _("Policies"),
        _("Rules in words that everybody may read: who sees what, confidentiality, ending, complaints."),
        "key", "title", (_TITLE, _TEXT),
        grows=True, noun=_("a policy"), icon="shield", moves=True, joint="-", group="about",
    ),
    ListPart(
        "matching.rules", _("What is watched when pairs are made"),
        _("Circumstances that warn or forbid. What is compared, and its weight, stands on each cohort's matching page."),
        "key", "text",
        (
            Field("kind", _("When"), "choice", choices=words.RULES, required=True),
            Field("effect", _("What it does"), "choice", choices=words.EFFECTS, required=True),
            Field(
                "exception", _("A coordinator may allow a pair all the same, with a note"), "tick",
                _("For conflicts and line relations that are declared."),
            ),
            Field(
                "worksheet", _("Sent about the two first"), "choice",
                _("For conflicts and line relations that are declared."), choices="programme_sheets",
            ),
            Field("text", _("What is said"), "text", required=True),
        ), grows=True, noun=_("a rule"), icon="triangle-alert", group="about",
    ),
    ListPart(
        "plan.platforms", _("Ways of meeting"), _("What a pair chooses from for its dates."), "key", "label",
        (
            Field("label", _("Choice"), required=True),
            Field("help", _("Hint beside it"), "text"),
            Field("longest", _("Not longer than (minutes)"), "number", _("Told, never refused. Empty: nothing is said.")),
            Field("asks", _("Question with yes or no about the place"), "line", _("Whether the room is private, say.")),
        ), grows=True, noun=_("a way"), icon="map-pin", moves=True,
    ),
    ListPart(
        "plan.frequencies", _("How often pairs may meet"), _("What a pair chooses from when it sets its dates."),
        "key", "label", (Field("label", _("Choice"), required=True), Field("help", _("What it means"), "text")),
        grows=True, noun=_("a choice"), icon="calendar-clock", moves=True,
    ),
)  # fmt: skip

READING = (
    ListPart(
        "resources", _("Resources"), _("Things to read and use elsewhere. Fill in their addresses."), "key", "title",
        (
            _TITLE,
            Field("url", _("Address on the web"), "url"),
            Field("note", _("What it is"), "text"),
            Field("sessions", _("Shown with sessions"), "numbers", _("Numbers with commas between, such as 4, 5.")),
            Field("topics", _("Topics"), "names", _("With commas between, such as leadership, feedback.")),
            Field("stages", _("Stages"), "choices", _("None: at every stage."), choices="stages"),
            Field("roles", _("For"), "choices", _("None: for everybody."), choices=words.READERS),
        ), grows=True, noun=_("a resource"), icon="link", joint="-", group="reading",
    ),
    ListPart(
        "glossary", _("Glossary"), _("Abbreviations and words that need explaining."), "term", "term",
        (Field("term", _("Word"), required=True), Field("meaning", _("What it means"), "text", required=True)),
        grows=True, noun=_("a word"), icon="book-a", group="reading",
    ),
)  # fmt: skip

AGREEMENT = (
    ListPart(
        "agreement.outside", _("Agreement: who signs from outside"),
        _("A supervisor, a guardian, a sponsor: they need no account, and sign by a link to the text alone."),
        "key", "label",
        (
            Field("label", _("Who they are"), required=True),
            Field("why", _("What they sign for, in the message to them"), "text"),
            Field(
                "named_by", _("Named by"), "choices", choices=words.PEOPLE, required=True,
                starts=("mentor", "mentee", "coordinator"),
            ),
            Field("days", _("Their link works for (days)"), "number", required=True, starts=14),
            Field("remind_after", _("Reminded once after (days)"), "number", _("Empty: never."), starts=7),
            Field("first", _("Where people sign in turn: before the two, and not after them"), "tick"),
        ), grows=True, noun=_("a signer"), icon="user-round-pen", moves=True, group="agreement",
    ),
    ListPart(
        "agreement.fields", _("Agreement: what the pair writes"),
        _("The pair's own part of the agreement. Drafts that are begun keep their questions."), "key", "label",
        (
            Field("label", _("Question"), required=True),
            Field("help", _("Help below the question"), "text"),
            Field("kind", _("Answered with"), "choice", choices=words.QUESTIONS, required=True),
            Field("options", _("Answers to choose from"), "options", EVERY_ANSWER),
            Field("items", _("Lines to tick"), "options", EVERY_ANSWER),
            Field("columns", _("Columns of a table"), "columns", ONE_A_LINE),
            Field(
                "begins", _("What you suggest"), "text",
                _("It stands there from the start, and each pair changes it as it likes. In a table a row for each line."),
            ),
            Field("need", _("How much it is needed"), "choice", choices=words.NEEDS, required=True),
        ), grows=True, noun=_("a question"), icon="scroll-text", moves=True, group="agreement",
    ),
    ListPart(
        "agreement.parts", _("Agreement: titled parts"),
        _("Headings of its own, each over some of the clauses, in place of the two usual ones."), "key", "title",
        (
            _TITLE,
            Field("text", _("Below the heading"), "text"),
            Field("marks", _("Before each clause stands"), "choice", choices=words.MARKS, required=True),
        ), grows=True, noun=_("a part"), icon="heading", moves=True, group="agreement",
    ),
    ListPart(
        "agreement.scope", _("Agreement: what stands first"), _("Stands before the clauses."), "key", "text",
        (_TEXT, _BINDS, _MODELS), grows=True, noun=_("a sentence"), icon="scroll-text", moves=True, group="agreement",
    ),
    ListPart(
        "agreement.clauses", _("Agreement: clauses"),
        _("A sample that each pair may adapt further. What you change stays visible."), "key", "text",
        (
            _TEXT,
            Field("parts", _("Lettered parts"), "lines", _("One on each line. Leave it empty for a clause without parts.")),
            _BINDS,
            Field("part", _("In which titled part"), "choice", choices="agreement.parts"),
            _MODELS,
        ), grows=True, noun=_("a clause"), icon="scroll-text", moves=True, group="agreement",
    ),
)  # fmt: skip

LISTS = (*COURSE, *SENDING, *JUDGING, *RULES, *READING, *CARE, *AGREEMENT)
"""Every part that is a list."""
