"""The rooms beside the mentoring itself: whether a programme has them, and what is said in them."""

from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook import words
from programmes.domain.handbook.fields import Field, TextsPart

ROOMS = (
    TextsPart(
        "files", "files", _("Documents shared in a pair"),
        _("Files that the people of a pair put there for each other. Nobody else reads them, no coordinator either."),
        (
            Field("offered", _("Pairs can share documents here"), "tick"),
            Field("words", _("Said above the form"), "text"),
            Field("megabytes", _("Room for all documents of one pair (MB)"), "number", required=True),
        ), icon="folder-open", group="rooms",
    ),
    TextsPart(
        "introductions", "introductions", _("Introductions to somebody else"),
        _("A mentor introduces the mentee to somebody they know. Both say yes before an address is shown to either."),
        (
            Field("offered", _("Mentors can introduce their mentees here"), "tick"),
            Field("words", _("Said above the form"), "text"),
            Field("days", _("Days that each has to answer"), "number", required=True),
        ), icon="user-plus", group="rooms",
    ),
    TextsPart(
        "managers", "managers", _("Line managers"),
        _("They have no account: by a link they write about one person, and see nothing of what a pair writes."),
        (
            Field("offered", _("Line managers are asked by links"), "tick"),
            Field("words", _("Said to whoever names their manager"), "text"),
            Field(
                "worksheet", _("What a manager fills in about one person"), "choice",
                _("One that a supervisor fills in."), choices="supervisor_sheets",
            ),
            Field("days", _("A link works for (days)"), "number", required=True),
            Field(
                "name_from", _("The answer at joining that tells their name"), "choice",
                _("Where people are asked for it when they join."), choices="asked_of_both",
            ),
            Field(
                "needs", _("What managers are asked once a year"), "choice",
                _("What their staff could use mentoring for. Empty: nobody is asked."), choices="supervisor_sheets",
            ),
            Field("needs_month", _("The planning year begins in month (1 to 12)"), "number", required=True),
            Field("needs_day", _("on day (1 to 28)"), "number", required=True),
            Field("needs_days", _("Answers are gathered for (days)"), "number", required=True),
        ), icon="briefcase", group="rooms",
    ),
    TextsPart(
        "notice", "notice", _("Notice for all staff"),
        _("A page that everybody reads without an account. Coordinators open it, and print its address on a notice."),
        (
            Field("offered", _("There is a page for all staff"), "tick"),
            Field("words", _("The notice"), "text"),
            Field("roles", _("Roles that are described there"), "choices", choices="roles"),
            Field(
                "worksheets", _("The newest sheet of these stands there"), "choices",
                _("Of the programme's own, for its members, and naming nobody."), choices="programme_sheets",
            ),
            Field("articles", _("Guidance that stands there"), "choices", choices="articles"),
        ), icon="megaphone", group="rooms",
    ),
    TextsPart(
        "suggestions", "suggestions", _("Suggestion box"),
        _("Notes that nobody can trace to who wrote them, with a reply from the coordinators."),
        (
            Field("offered", _("There is a suggestion box"), "tick"),
            Field("words", _("Said above the form"), "text"),
            Field(
                "least_people", _("Opens when so many have joined"), "number",
                _("Among fewer, how somebody writes tells who they are."), required=True,
            ),
            Field("a_day", _("Notes taken in one day, from all together"), "number", required=True),
        ), icon="mailbox", group="rooms",
    ),
    TextsPart(
        "expenses", "expenses", _("Expenses"),
        _("What people claim back, with receipts. Coordinators decide; mentoring partners see nothing of it."),
        (
            Field("offered", _("People can claim expenses here"), "tick"),
            Field("words", _("What is covered, said first"), "text"),
            Field("roles", _("Who may claim"), "choices", choices=words.SIDES, required=True),
            Field("kinds", _("What may be claimed"), "options", _("One on each line. Empty: our own list.")),
            Field(
                "currencies", _("Currencies"), "choices", _("The first is offered first."),
                choices=words.CURRENCIES, required=True,
            ),
        ), icon="receipt", group="rooms",
    ),
    TextsPart(
        "recognition", "recognition", _("Recognition"),
        _("What people achieve, with certificates and a record of their hours. Nobody else is offered anybody's hours."),
        (
            Field("offered", _("Achievements are recorded here"), "tick"),
            Field("words", _("A line on every certificate")),
            Field(
                "at_closure", _("Recorded by itself when the mentoring is completed"),
                help=_("Such as: has completed six months of mentoring. Empty: nothing is recorded by itself."),
            ),
        ), icon="award", group="rooms",
    ),
    TextsPart(
        "records", "records", _("Confidential records"),
        _("How long they are kept, and who looks after that. Their list is a page of the programme; admins always see it."),
        (
            Field("words", _("Said above the list"), "text"),
            Field("coordinators", _("Coordinators see the list, set its periods, and delete what is due"), "tick"),
            Field("rules", _("Periods"), "rows", rows=(
                Field("kind", _("Kind of record"), "choice", choices=words.RECORDS, required=True),
                Field("months", _("Kept for (months)"), "number", _("Empty: no period is set.")),
                Field("since", _("Counted from"), "choice", choices=words.KEPT_SINCE, required=True),
                Field("words", _("The rule in your own words"), "text"),
            )),
        ), icon="archive", group="rooms",
    ),
)  # fmt: skip
"""Rooms that a coordinator switches on or off."""
