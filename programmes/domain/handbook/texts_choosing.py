"""Who finds whom: whether mentees choose, from what, how they ask, and who approves from outside."""

from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook import words
from programmes.domain.handbook.fields import Field, TextsPart

_LEVELS = Field(
    "levels",
    _("Levels"),
    "whole",
    _(
        "Where people say on which level they stand, each entry tells how far above one’s own it is. Nobody is kept out: outside "
        "these bounds your advice stands beside it."
    ),
    rows=(
        Field(
            "field",
            _("The question that asks for the level"),
            "choice",
            _("One that mentors and mentees both answer when they join, with its answers from the lowest level up."),
            choices="levels_of_both",
            required=True,
        ),
        Field("least", _("A mentor stands above by at least (levels)"), "number", required=True, starts=0),
        Field("most", _("and by at most (levels)"), "number", required=True, starts=2),
        Field("advice", _("What is said outside these bounds"), "text", required=True),
    ),
    tick=_("How far apart two people stand is shown"),
)

_UNITS = Field(
    "units",
    _("Lists of districts or divisions"),
    "whole",
    _(
        "Each part of your organisation keeps its part of the list. These parts are the partner organisations, and whoever "
        "leads a partner’s people keeps its list. First ask mentors, when they join, to which they belong: one of several "
        "answers, which also offers the partner organisations."
    ),
    rows=(
        Field("title", _("What all of them are called"), help=_("Such as: Districts and divisions."), required=True),
        Field("label", _("What one of them is called"), help=_("Such as: District or division."), required=True),
        Field("keeper", _("What somebody who keeps a list is called"), help=_("Such as: keeper of the list."), required=True),
        Field(
            "field", _("The question in which mentors say to which they belong"), "choice", choices="units_of_mentor",
            required=True,
        ),
    ),
    tick=_("Each of them keeps a list of its own"),
)  # fmt: skip

_LIST = Field(
    "joining.directory",
    _("The list of mentors"),
    "whole",
    _(
        "Mentees find mentors there who have a place left. Where mentees ask, they need it, or name somebody by their address."
    ),
    rows=(
        Field("open_to", _("Who may look at it"), "choice", choices=words.LOOKERS, required=True, starts="mentees"),
        Field(
            "shows",
            _("Shown of each mentor"),
            "choices",
            _("Answers of what mentors fill in when they join."),
            choices="asked_of_mentor",
            required=True,
        ),
        Field(
            "filters", _("Filtered by"), "choices", _("Of what is shown, what is chosen."), choices="choices_of_mentor"
        ),
        Field("searches", _("Words are looked for in"), "choices", _("Of what is shown."), choices="asked_of_mentor"),
        Field(
            "pauses",
            _("Who may take an entry out for a while"),
            "choices",
            choices=words.PAUSES,
            starts=("own", "coordinator"),
        ),
        Field(
            "closed_by",
            _("Answers that close the door as the sheet is sent"),
            "answer",
            _("None: nothing closes it by itself."),
            choices="answers_of_mentor",
        ),
        _LEVELS,
        _UNITS,
    ),
    tick=_("There is a list of mentors"),
)

_ASKING = Field(
    "matching.request",
    _("Asking a mentor"),
    "whole",
    rows=(
        Field("worksheet", _("What the mentee writes to the mentor"), "choice", choices="request_sheets"),
        Field(
            "carries",
            _("Answers given at joining with which it begins"),
            "choices",
            _("Where it asks the same question."),
            choices="asked_of_mentee",
        ),
        Field("days", _("So many days a request waits; then it lapses quietly"), "number", required=True, starts=14),
        Field("at_once", _("Requests of one mentee at the same time"), "number", required=True, starts=1),
        Field("shortlist", _("Mentors on a mentee’s own shortlist, at most"), "number", required=True, starts=10),
        Field("confirms", _("What makes the pair"), "choice", choices=words.CONFIRMED, required=True, starts="both"),
        Field("off_list", _("Somebody who is not in the list may be named by their address, and invited"), "tick"),
        Field(
            "talk",
            _("A talk first"),
            "whole",
            rows=(
                Field("title", _("What the talk is called"), required=True),
                Field("minutes", _("How many minutes it takes"), "number", required=True, starts=30),
                Field("text", _("What it is for"), "text"),
                Field("worksheet", _("Notes for it, each one’s own"), "choice", choices="person_sheets"),
            ),
            tick=_("They talk before anybody decides; only what both wish for becomes a pair"),
        ),
    ),
    tick=_("Mentees may ask a mentor"),
)

_CONSENT = Field(
    "matching.consent",
    _("Saying yes first"),
    "whole",
    _("Where the coordinators make the pairs: a match is proposed, and either may decline."),
    rows=(
        Field(
            "days", _("So many days an answer is waited for; then the match lapses"), "number", required=True, starts=10
        ),
        Field(
            "shows",
            _("Shown before"),
            "whole",
            rows=(
                Field(
                    "mentor",
                    _("Of what mentors wrote at joining, the mentee sees first"),
                    "choices",
                    choices="asked_of_mentor",
                ),
                Field(
                    "mentee",
                    _("Of what mentees wrote at joining, the mentor sees first"),
                    "choices",
                    choices="asked_of_mentee",
                ),
            ),
            marked=False,
        ),
    ),
    tick=_("A pair begins once everybody in it has said yes"),
)

CHOOSING = (
    TextsPart(
        "choosing", "", _("Who finds whom"),
        _("Whether coordinators make the pairs, mentees choose, or both. What is compared stands with each cohort."),
        (
            Field("matching.mode", _("Pairs are made by"), "choice", choices=words.MODES, required=True),
            Field("matching.capacity", _("Mentees of one mentor, where they say nothing else"), "number", required=True),
            Field("matching.note", _("What coordinators keep in mind"), "text"),
            _CONSENT,
            _ASKING,
            _LIST,
        ), icon="users",
    ),
    TextsPart(
        "volunteering", "joining", _("Volunteering as a mentor"),
        _("Members of your organisation put themselves forward, on a page of their own. They fill in what mentors fill in."),
        (
            Field(
                "volunteering", _("Volunteering"), "whole",
                _("Whoever volunteers takes part at once. It does not go with a coordinator who decides on each first."),
                rows=(
                    Field("words", _("Whom it is for, and what comes of it"), "text"),
                    Field("articles", _("Guidance that stands there in full"), "choices", choices="articles"),
                ), tick=_("Members may volunteer"),
            ),
        ), icon="hand-heart",
    ),
    TextsPart(
        "approval", "joining", _("Approval from outside"),
        _("A supervisor approves that a mentee takes part, by a link and without an account."),
        (
            Field(
                "approval", _("Approval"), "whole",
                _("First make the worksheet that they fill in: in the designer, filled in by a supervisor, with a choice in it."),
                rows=(
                    Field("worksheet", _("What they fill in"), "choice", choices="supervisor_sheets", required=True),
                    Field("decision", _("The question that decides"), "choice", choices="supervisor_choices", required=True),
                    Field(
                        "approves", _("Answers to it that approve"), "choices", _("Every other answer declines."),
                        choices="supervisor_options", required=True,
                    ),
                    Field("decided_by", _("The question that asks for their name"), "choice", choices="supervisor_questions"),
                    Field(
                        "mandatory", _("A mentee asks a mentor, and is paired, only once they are approved"), "tick",
                        starts=True,
                    ),
                    Field("article", _("Guidance above the questions"), "choice", choices="articles"),
                    Field(
                        "about", _("Guidance on a page of its own for them"), "choices", _("The first is shown in full."),
                        choices="articles",
                    ),
                    Field("days", _("Their link works for (days)"), "number", required=True, starts=14),
                    Field("remind_after", _("Reminded once after (days)"), "number", _("Empty: never."), starts=7),
                    Field(
                        "name_from", _("The mentee's answer that tells their name"), "choice", choices="asked_of_mentee",
                    ),
                    Field(
                        "address_from", _("The mentee's answer that tells their address"), "choice",
                        choices="asked_of_mentee",
                    ),
                ), tick=_("Somebody outside approves each mentee"),
            ),
        ), icon="badge-check",
    ),
)  # fmt: skip
"""What belongs to choosing and approving."""
