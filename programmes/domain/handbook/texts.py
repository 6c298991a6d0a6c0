"""Every part of a handbook that is some things to change together."""

from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook import words
from programmes.domain.handbook.fields import Field, TextsPart
from programmes.domain.handbook.texts_choosing import CHOOSING
from programmes.domain.handbook.texts_rooms import ROOMS

TEXTS = (
    TextsPart(
        "handbook-itself", "", _("The handbook itself"),
        _("What it is called, and what goes with it when it is taken along as a kit."),
        (
            Field("title", _("What the handbook is called"), required=True),
            Field("version", _("Version"), help=_("In your own counting, such as 2027 or 1.2."), required=True),
            Field("licence", _("Under which licence others may use it"), "text", _("Such as: CC BY-SA 4.0.")),
        ), icon="book",
    ),
    TextsPart(
        "about", "", _("About the programme"), _("What people read first, on the invitation and above the guidance."),
        (
            Field("summary", _("In short"), "text", required=True),
            Field("audience", _("For whom"), "text", required=True),
        ),
    ),
    TextsPart(
        "rhythm", "plan", _("Between the meetings"),
        _(
            "Who looks after the dates, when it is told that a pair does not meet, and whether it may meet more often. How often "
            "the two are in touch in between is a worksheet with its own moments and reminders."
        ),
        (
            Field(
                "organiser", _("Looks after agenda, dates and reminders at first"), "choice",
                _("The pair may hand that over."), choices=words.SIDES, required=True,
            ),
            Field(
                "quiet_days", _("The pair and the coordinator are told after so many days without a meeting"), "number",
                _("Empty: the coordinator alone, by the handbook's rhythm."),
            ),
            Field(
                "notice_hours", _("A meeting is moved or called off at least (hours) ahead"), "number",
                _("Later it is told and marked, and always possible. Empty: nothing is said about it."),
            ),
            Field("meeting.why", _("Why a meeting takes as long as it does"), "text"),
            Field(
                "meeting.unless", _("What makes another length right"), "text",
                _("Said beside a remark on it, such as: where people live far apart, one long visit."),
            ),
            Field(
                "prepare", _("Getting ready"), "whole",
                _("Said to each side before a meeting. A side for which nothing is written is not asked."),
                rows=(
                    Field("days", _("So many days before"), "number", required=True, starts=3),
                    Field("mentor", _("What the mentor gets ready"), "text"),
                    Field("mentee", _("What the mentee gets ready"), "text"),
                ), tick=_("People are asked to get something ready before each meeting"),
            ),
            Field(
                "monthly", _("In a month"), "whole",
                _("Shown to pairs as a guide, and never as a failure. Half an hour is 0.5."),
                rows=(
                    Field("meetings", _("Meetings that are usual"), "figure"),
                    Field("hours", _("Hours that are usual"), "figure"),
                ), tick=_("There is a usual amount of time in a month"),
            ),
            Field("manager_notice", _("Offer a letter to one's manager with dates and hours only"), "tick"),
            Field("open_ended", _("Pairs may add sessions of their own, and need not hold all"), "tick"),
            Field(
                "sessions_wait_for", _("Before a session is noted as held"), "choices",
                _("What comes first. Of worksheets that wait for something, each says so on its own page."), choices="firsts",
            ),
        ), icon="repeat", group="course",
    ),
    TextsPart(
        "pair-steps", "plan.steps", _("Steps that are no worksheets"),
        _("Which of them a pair is asked for, by whom and within how many days, and what they are called."),
        (
            Field("introduction", _("The first letter"), "step", _("Days count from the pairing.")),
            Field("schedule", _("The dates of all sessions"), "step", _("Days count from the pairing.")),
            Field(
                "invitations", _("The calendar invitations"), "step",
                _("Days count from the end of the first session. Without it every date goes into both calendars by itself."),
            ),
            Field(
                "compile", _("Gathering the records"), "step",
                _("Days count from the end of the last session. Without this step nobody needs to pass records on."),
            ),
            Field("agreement", _("Signing the agreement is called"), "name"),
            Field("evaluation", _("Filling in the evaluation is called"), "name"),
        ), icon="list-checks", group="course",
    ),
    TextsPart(
        "phases", "plan", _("Phases of which a pair says where it is"),
        _(
            "Some of the stages, named by the people of a pair themselves: they go on and go back, and nothing is lost by it. "
            "Otherwise the stage that a pair is at is worked out from what is done."
        ),
        (
            Field(
                "phases", _("Phases"), "whole",
                rows=(
                    Field(
                        "worksheet", _("Worksheet whose checklists go with them"), "choice",
                        _(
                            "One that the pair fills in together. Each phase shows what is ticked on its newest sheet, and "
                            "what is left."
                        ),
                        choices="sheets_of_both", blank="",
                    ),
                    Field(
                        "stages", _("The phases, in their usual order"), "rows", _("Each is a stage of the handbook."), rows=(
                            Field("stage", _("Stage"), "choice", choices="stages", required=True),
                            Field(
                                "checklists", _("Checklists that belong to it"), "choices",
                                _("Of the worksheet above. Several phases may share one."), choices="checklists_of_both",
                            ),
                        ), marked=False, least=2,
                    ),
                ), tick=_("Pairs say themselves in which phase they are"),
            ),
        ), icon="milestone", group="course",
    ),
    TextsPart(
        "closing", "plan.closing", _("How a pair comes to its end"),
        _("Either may always end it early, without a reason."),
        (
            Field("together", _("It is complete once each of them has said so, and nobody closes it for them"), "tick"),
            Field("words", _("What each says yes to"), "text", _("Empty: that they have reached what they wanted.")),
            Field("looks_back", _("The last meeting's page draws together what was accomplished"), "tick"),
            Field(
                "ahead_days", _("So many days before the agreed end the pair and the coordinator see it coming"), "number",
                _("Empty: nothing is said ahead."),
            ),
            Field("note", _("What the pair reads then"), "text", _("Empty: that they look back and settle what is next.")),
            Field("rematch", _("Whoever's pair has ended may ask for another match; a coordinator decides"), "tick"),
        ), icon="flag", group="course",
    ),
    TextsPart(
        "joining", "joining", _("Joining"), _("What is settled before somebody is paired."),
        (
            Field("candidates", _("A coordinator decides on each person first"), "tick"),
            Field("both_roles", _("People may join as mentor and as mentee"), "tick"),
            Field(
                "gates", _("Worksheets to be sent before somebody is paired"), "choices", choices="worksheets",
            ),
        ), icon="door-open",
    ),
    TextsPart(
        "enrolment", "joining.enrolment", _("What people fill in when they join"),
        _("Who has joined already keeps what they sent. Matching compares answers of these worksheets."),
        (
            Field("mentor", _("Mentors"), "choice", choices="sheets_of_mentor", required=True),
            Field("mentee", _("Mentees"), "choice", choices="sheets_of_mentee", required=True),
        ), icon="clipboard-pen",
    ),
    TextsPart(
        "running", "running", _("Running the programme"),
        _("Who hears of what, and what is settled before people come."),
        (
            Field(
                "tells_leads", _("Leads of the partners hear when a pair has ended"), "tick",
                _("Of a partner without a lead its mailbox hears it."),
            ),
            Field(
                "before_opening", _("Sent before a cohort is opened"), "choices",
                _("Worksheets of the programme's own. A coordinator may go on without one and say why."),
                choices="programme_sheets",
            ),
            Field(
                "criteria", _("By what people are chosen"), "choice",
                _("It is sent first too, and each decision keeps the sheet by which it was made."),
                choices="programme_sheets",
            ),
            Field(
                "criteria_side", _("The question there that says for which side they are"), "choice",
                _("Where there is a sheet for mentors and one for mentees."), choices="programme_choices",
            ),
            Field(
                "purpose", _("What the programme is for"), "choice",
                _("Its newest sheet stands beside the results of the evaluation."), choices="programme_sheets",
            ),
            Field(
                "purpose_shows", _("Answers of it that stand there"), "choices", _("None: all of them."),
                choices="programme_questions",
            ),
            Field("tells_decisions", _("Whoever applied is told of the decision"), "tick"),
        ), icon="compass",
    ),
    TextsPart(
        "concerns", "concerns", _("Concerns"),
        _("What people raise about somebody's safety, or about conduct. Name its leads under “People who run it”."),
        (
            Field("offered", _("People can raise concerns here"), "tick"),
            Field("title", _("What the page is called"), help=_("Empty: raise a concern.")),
            Field("words", _("Said before anything is typed"), "text"),
            Field("about", _("What it may be about"), "options", _("One on each line. Empty: our own list.")),
            Field("leads", _("Goes to"), "choice", choices=words.CONCERN_LEADS, required=True),
            Field("mailbox", _("Contact mailbox"), help=_("Hears that there is something while nobody is named.")),
            Field("tell_first", _("Mentors are asked whether their mentee knows beforehand"), "tick"),
            Field("acknowledge_days", _("A second person gets it after (days)"), "number", required=True),
            Field("exceptions", _("What may not stay confidential"), "duties", _("One on each line.")),
        ), icon="shield-alert",
    ),
    *CHOOSING,
    *ROOMS,
    TextsPart(
        "agreement-texts", "agreement", _("The agreement"),
        _("What surrounds the clauses. Agreements that are signed already stay as they are."),
        (
            Field("title", _("Title"), required=True),
            Field("intro", _("Introduction"), "text"),
            Field("code_title", _("Heading above all clauses")),
            Field("why_code", _("Why there are such clauses"), "text"),
            Field("scope_title", _("Heading above what stands first")),
            Field("clauses_title", _("Heading above the clauses")),
            Field("rights", _("Rights, and how to complain"), "text", _("Shown before anybody signs.")),
            Field("statement", _("What is signed"), "text", required=True),
            Field(
                "moved_end", _("Where the pair says why, when a new version moves its end"), "choice",
                choices="agreement.fields",
            ),
        ), group="agreement",
    ),
    TextsPart(
        "agreement-signers", "agreement", _("Agreement: who signs"),
        _(
            "In this order they stand under the agreement; whoever signs from outside stands after them, or before. Whether one "
            "waits for the other stands under how it is signed. Agreements that are offered or signed already stay as they are."
        ),
        (Field("signers", _("Signed by"), "order", choices=words.SIDES, required=True),),
        icon="signature", group="agreement",
    ),
    TextsPart(
        "agreement-signing", "agreement.signing", _("Agreement: how it is signed"),
        _("Agreements that wait for signatures already stay as they were sent."),
        (
            Field("act", _("People are said to"), "choice", choices=words.ACTS, required=True),
            Field("by", _("People sign with"), "choice", choices=words.SIGNED_BY, required=True),
            Field("acknowledge", _("Each ticks the statement first"), "tick"),
            Field("in_turn", _("One after the other, in the order in which they stand under it"), "tick"),
        ), icon="signature", group="agreement",
    ),
    TextsPart(
        "agreement-readers", "agreement.readers", _("Agreement: who reads it besides"),
        _(
            "Besides those whom it is between. Who writes it is told this above the first question. Agreements that are "
            "offered or signed already keep the readers they were offered with."
        ),
        (
            Field("preset", _("The coordinator"), "choice", choices=words.AGREEMENT_READERS, required=True),
            Field(
                "shows", _("Where the coordinator does not read it: answers they see all the same"), "choices",
                choices="agreement.fields",
            ),
        ), icon="eye", group="agreement",
    ),
    TextsPart(
        "agreement-consent", "agreement.consent", _("Agreement: what may reach the coordinator"),
        _("Asked before anybody signs. Worksheets that wait for a consent name it."),
        (
            Field("title", _("Heading above the question")),
            Field("asked_of", _("Asked of"), "choice", choices=words.ASKED, required=True),
            Field("question", _("Question"), "text"),
            Field("items", _("Kinds of records"), "rows", rows=(
                Field("label", _("What"), required=True),
                Field("always", _("Always reaches the coordinator: told rather than asked"), "tick"),
            ), key_from="label", marked=False),
        ), icon="eye", group="agreement",
    ),
)  # fmt: skip
"""Parts that are some things to change together."""
