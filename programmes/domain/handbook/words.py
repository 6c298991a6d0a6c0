"""What the shapes' own words are called in the designer."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from templates_app.shapes import Every

SIDES = (("mentor", _("the mentor")), ("mentee", _("the mentee")))
READERS = (*SIDES, ("coordinator", _("the coordinator")))
WHOSE = (
    ("mentee", _("the mentee’s")),
    ("mentor", _("the mentor’s")),
    ("shared", _("what both share")),
    ("programme", _("how the programme is going")),
)
REPORTS_ABOUT = (
    ("mentee-progress", _("how mentees are getting on")),
    ("mentor-activity", _("what mentors do")),
    ("effectiveness", _("what comes of the programme")),
)
RHYTHMS = (
    ("weekly", _("every week, on Monday")),
    ("monthly", _("every month, on its first day")),
    ("quarterly", _("every quarter, on its first day")),
)
RECORDS = (
    ("concerns", _("concerns")),
    ("issues", _("matters brought in private")),
    ("own-sheets", _("worksheets of single people")),
    ("manager-words", _("words of line managers")),
    ("private-sheets", _("what somebody in a pair wrote for themselves alone")),
    ("pair-sheets", _("what a pair wrote")),
    ("files", _("documents that a pair shared")),
    ("applications", _("applications and profiles")),
    ("agreements", _("agreements")),
    ("evaluations", _("answers of evaluations")),
)
KEPT_SINCE = (("ended", _("the end of the pairing")), ("cohort-end", _("the cohort's last day")))
MODELS = (
    ("one-to-one", _("one mentor with one mentee")),
    ("group", _("one mentor with a group of mentees")),
    ("two-by-two", _("two mentors with two mentees")),
    ("team", _("one or two mentors with a team")),
    ("peers", _("groups of peers, without a mentor")),
    ("informal", _("recorded informally, without agreement and worksheets that are owed")),
)
WHO = (*SIDES, ("both", _("both")), ("coordinator", _("the coordinator")))
DOERS = (*WHO, ("partner", _("the partner organisation")))
PEOPLE = (*SIDES, ("coordinator", _("the coordinator")))
LEADS = (*SIDES, ("both", _("both")), ("either", _("either of them")))
BOUND = (("both", _("both")), *SIDES)
TAKERS = (*SIDES, ("together", _("both together")))
MODES = (
    ("coordinator", _("the coordinators")),
    ("mentee", _("mentees, who choose and ask a mentor")),
    ("both", _("both ways")),
)
LOOKERS = (("mentees", _("mentees of the cohort")), ("members", _("every member of the organisation")))
PAUSES = (("own", _("mentors their own")), ("coordinator", _("coordinators anybody's")))
CONFIRMED = (("both", _("the yes of both")), ("coordinator", _("a coordinator, once both have said yes")))
SENT_BY = (("coordinator", _("the coordinator, by hand")), ("itself", _("the application, at its moment")))
ASKED = (("mentee", _("the mentee")), ("mentor", _("the mentor")), ("each", _("each of them")))
SIGNED_BY = (("name", _("their full name")), ("initials", _("their initials")), ("tick", _("a tick alone")))
ACTS = (("sign", _("sign it")), ("accept", _("accept it")))
MARKS = (("numbered", _("a number")), ("lettered", _("a letter")), ("bullets", _("a dot")))
AGREEMENT_READERS = (
    ("coordinator", _("reads it once all have signed")),
    ("status", _("learns that it is in force, and does not read it")),
)

OWED = (
    ("agreement", _("the agreement, to be signed")),
    ("session-date", _("the dates of the sessions")),
    ("invitations", _("the calendar invitations")),
    ("worksheet", _("a worksheet")),
    ("log", _("the record of a session")),
    ("closure", _("the closing worksheet")),
    ("compile", _("the records to be gathered")),
    ("evaluation", _("the evaluation")),
)

ANCHORS = (
    ("pairing", _("the day the pair was made")),
    ("enrolment", _("the day somebody enrols")),
    ("agreement", _("the day the agreement was signed")),
    ("session-start", _("the beginning of a session")),
    ("session-end", _("the end of a session")),
    ("cohort-start", _("the cohort's first day")),
    ("cohort-end", _("the cohort's last day")),
    ("agreed-end", _("the end that the pair agreed on")),
    ("evaluation-sent", _("the day the evaluation was sent")),
    ("ended", _("the end of the pairing")),
    ("ended-early", _("an early end of the pairing")),
)

COMPLETES = (
    ("pair-confirmed", _("the pair is confirmed")),
    ("agreement-signed", _("the agreement is signed")),
    ("invitations-sent", _("the calendar invitations are sent")),
    ("sessions-held", _("its sessions have been held")),
    ("outputs-in", _("its worksheets are in")),
    ("logs-compiled", _("the records are gathered")),
    ("evaluations-in", _("the evaluations are in")),
)

EVERY = (
    ("weeks", _("every so many weeks")),
    ("months", _("every so many months")),
    ("sessions", _("with each so many sessions")),
)

TOPICS = (
    ("about", _("about the programme")),
    ("rules", _("rules")),
    ("eligibility", _("who may take part")),
    ("matching", _("how pairs are made")),
    ("confidentiality", _("confidentiality")),
    ("ending", _("ending")),
    ("evaluation", _("evaluation")),
)

QUESTIONS = (
    ("text", _("a line of text")),
    ("longtext", _("a longer text")),
    ("date", _("a date")),
    ("number", _("a number")),
    ("choice", _("one of some answers")),
    ("choices", _("some of several answers")),
    ("checklist", _("lines that are ticked")),
    ("table", _("a table to which the pair adds rows")),
    ("email", _("an e-mail address")),
    ("phone", _("a phone number")),
)
"""Kinds of questions that can be asked in the agreement by the browser alone."""

NEEDS = (
    ("must", _("must be answered")),
    ("should", _("asked for, with a reminder when it is blank")),
    ("may", _("free to leave blank")),
)

RULES = (
    ("conflict", _("they have declared a conflict of interest")),
    ("line", _("one reports to the other")),
    ("same-employer", _("they have the same employer")),
    ("same-partner", _("the same partner put them forward")),
)
EFFECTS = (("warn", _("warns before the pair is confirmed")), ("forbid", _("forbids the pair")))

CONTACTS = (
    ("emergency", _("an emergency")),
    ("safety", _("when somebody is not safe")),
    ("wellbeing", _("when somebody is not well")),
    ("mentoring", _("the mentoring")),
    ("conduct", _("rules and conduct")),
    ("technical", _("when something does not work")),
    ("other", _("something else")),
)
COMPLETED_BY = (
    ("either", _("reading it and answering its questions, being at an event for it, or doing its course elsewhere")),
    ("reading", _("reading it and answering its questions")),
    ("attendance", _("being at an event for it")),
    ("course", _("doing its course elsewhere, and saying so")),
)
CONCERN_LEADS = (
    ("partner", _("the lead of one's own partner organisation, where there is one, else the programme's")),
    ("programme", _("the programme's lead for concerns")),
)
CURRENCIES = tuple(
    (code, code)
    for code in (
        *(
            "AUD",
            "CAD",
            "CHF",
            "DKK",
            "EUR",
            "FJD",
            "GBP",
            "INR",
            "JPY",
            "KES",
            "NOK",
            "NZD",
            "PGK",
            "PLN",
            "SBD",
            "SEK",
        ),
        *("TOP", "USD", "VUV", "WST", "ZAR"),
    )
)
"""Currencies that the designer offers; a kit may name any other of ISO 4217."""


def every_words(every: Every) -> str:
    """How often something comes round again, within a sentence: "again every 3 months, 4 times in all"."""
    if every.weeks:
        count, words = every.weeks, ngettext("again every week", "again every %(count)d weeks", every.weeks)
    elif every.months:
        count, words = every.months, ngettext("again every month", "again every %(count)d months", every.months)
    else:
        count = every.sessions or 1
        words = ngettext("again with every session", "again with every %(count)d sessions", count)
    told = words % {"count": count}
    if every.times:
        most = ngettext("%(times)d time in all", "%(times)d times in all", every.times) % {"times": every.times}
        told = gettext("%(words)s, %(most)s") % {"words": told, "most": most}
    return told
