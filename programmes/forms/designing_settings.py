"""What single kinds of questions let one set, in words, and how it is asked."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from templates_app.shapes import OPTION_SOURCES, PREFILLS, Filler, Meaning

BLANK = [("", gettext_lazy("–"))]
NEEDS = [
    ("may", gettext_lazy("It may be left blank")),
    ("should", gettext_lazy("A remark when it is left blank")),
    ("must", gettext_lazy("It must be answered before the sheet is sent")),
]
FEWER = [
    ("", gettext_lazy("Whoever reads the sheet")),
    ("private", gettext_lazy("Only who writes it")),
    ("author-coordinator", gettext_lazy("Who writes it and the coordinator")),
    ("pair", gettext_lazy("The pair alone")),
    ("anonymous", gettext_lazy("Nobody by name")),
]
SIDES = {
    "mentor": gettext_lazy("The mentor; the other side reads it"),
    "mentee": gettext_lazy("The mentee; the other side reads it"),
    "each": gettext_lazy("Everybody, whatever the section says"),
}
WRITERS = {
    Filler.TOGETHER: ("mentor", "mentee", "each"),
    Filler.MENTOR: ("mentee",),
    Filler.MENTEE: ("mentor",),
}
"""For each who fills a sheet in, the sides to which a question of it may be given; what is the other side's is a reply."""
BESIDE = [
    ("", gettext_lazy("Nothing")),
    ("goals", gettext_lazy("The pair's goals")),
    ("actions", gettext_lazy("Open actions")),
    ("answers", gettext_lazy("What was written above on the same sheet")),
]
DAYS = {
    "today": gettext_lazy("the day it is filled in"),
    "cohort.start": gettext_lazy("the cohort's first day"),
    "cohort.end": gettext_lazy("the cohort's last day"),
    "session.date": gettext_lazy("the day of the session"),
}
FIXED_DAY = "day"
SOURCES = {
    "partners": gettext_lazy("the partner organisations"),
    "people": gettext_lazy("the people around the pair"),
    "pair": gettext_lazy("the people of the pair"),
    "zones": gettext_lazy("time zones"),
    "countries": gettext_lazy("countries"),
    "languages": gettext_lazy("languages"),
    "goals": gettext_lazy("the pair's goals"),
    "aspirations": gettext_lazy("the pair's aspirations"),
    "milestones": gettext_lazy("the pair's objectives and milestones"),
    "needs": gettext_lazy("what somebody of the pair wants to learn"),
}
LEVELS = [
    *BLANK,
    ("aspiration", gettext_lazy("An aspiration")),
    ("goal", gettext_lazy("A goal")),
    ("milestone", gettext_lazy("An objective or a milestone")),
    ("need", gettext_lazy("Something to learn")),
]
KNOWN = {
    "about": gettext_lazy("what the sheet was opened from"),
    "about.words": gettext_lazy("the words of what the sheet was opened from"),
    "person.name": gettext_lazy("the writer's name"),
    "person.email": gettext_lazy("the writer's e-mail address"),
    "person.role": gettext_lazy("the writer's role"),
    "person.title": gettext_lazy("the writer's post"),
    "person.employer": gettext_lazy("the writer's employer"),
    "person.country": gettext_lazy("the writer's country"),
    "person.zone": gettext_lazy("the writer's time zone"),
    "person.put_forward_by": gettext_lazy("who put the writer forward"),
    "counterpart.name": gettext_lazy("the partner's name"),
    "mentor.name": gettext_lazy("the mentor's name"),
    "mentor.title": gettext_lazy("the mentor's post"),
    "mentor.employer": gettext_lazy("the mentor's employer"),
    "mentee.name": gettext_lazy("the mentee's name"),
    "mentee.title": gettext_lazy("the mentee's post"),
    "mentee.employer": gettext_lazy("the mentee's employer"),
    "session.number": gettext_lazy("the session's number"),
    "session.date": gettext_lazy("the session's day"),
    "session.start": gettext_lazy("when the session began"),
    "session.minutes": gettext_lazy("how many minutes the session took"),
    "session.hours": gettext_lazy("how many hours the session took"),
    "session.way": gettext_lazy("in what way the session was held"),
    "session.place": gettext_lazy("where the session was held"),
    "pairing.months": gettext_lazy("whole months since the pair was made"),
    "pairing.hours": gettext_lazy("hours of the sessions held and logged"),
    "sheet.since": gettext_lazy("the day after the writer's last such sheet"),
    "cohort.start": gettext_lazy("the cohort's first day"),
    "cohort.end": gettext_lazy("the cohort's last day"),
    "programme.title": gettext_lazy("the programme's title"),
    "period.first": gettext_lazy("the first day of the period reported on"),
    "period.last": gettext_lazy("the last day of the period reported on"),
    "period.pairs": gettext_lazy("how many pairs were at work in the period"),
    "period.sessions": gettext_lazy("how many sessions were held in the period"),
    "period.trained": gettext_lazy("how many people were trained in the period"),
    "period.ended": gettext_lazy("how many pairs ended in the period"),
    "period.ended-early": gettext_lazy("how many of them before their time"),
    "period.rematches": gettext_lazy("how many rematches were made in the period"),
    "period.helped": gettext_lazy("how often help was given early in the period"),
    "period.themes": gettext_lazy("what was counted of answers in the period, where enough pairs gave them"),
    "today": gettext_lazy("today"),
}
MEANINGS = {
    Meaning.GROUND_RULE: gettext_lazy("a ground rule, shown again where it is needed"),
    Meaning.BOUNDARY: gettext_lazy("a limit, shown where somebody wants to check"),
    Meaning.ENDING_PLAN: gettext_lazy("how the pair wants to end"),
    Meaning.LEARNING_STYLE: gettext_lazy("how the person learns best"),
    Meaning.IN_PLACE: gettext_lazy("in place or not, for the programme's health"),
    Meaning.TIME_SPENT: gettext_lazy("how long it took, counted by the month"),
    Meaning.REACHED_ON: gettext_lazy("the day on which a goal was reached"),
    Meaning.REWORDED: gettext_lazy("how a goal is put differently, shown beside what it was"),
    Meaning.PROPOSED_BY: gettext_lazy("who proposed to put a goal differently"),
    Meaning.ACCOUNTABILITY: gettext_lazy("what the mentor says when something was not done, for the next session"),
    Meaning.NOTICE: gettext_lazy("how many hours ahead a meeting is called off"),
    Meaning.NEXT_MEETING: gettext_lazy("when the two meet next"),
    Meaning.LOOK_AGAIN: gettext_lazy("when the writer is led back to this sheet of their own"),
    Meaning.REVIEW_DATE: gettext_lazy("a day of which those who run the programme are reminded"),
    Meaning.RISK: gettext_lazy("a risk: high answers stand on the coordinators' list"),
    Meaning.FORM: gettext_lazy("which form the mentoring takes, so that guidance and sheets fit"),
    Meaning.SHORTCUT: gettext_lazy("ways of meeting and working, as links on the pair's page"),
    Meaning.AGREED_END: gettext_lazy("the day until which the pair goes on"),
}


def area(rows: int) -> forms.Textarea:
    """A box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def fewer_for(stands: str | None) -> list[tuple[str, Any]]:
    """Who may be chosen to read a single answer. ``status`` says of it what ``pair`` does, and stays where it stands."""
    return [("status" if key == "pair" and stands == "status" else key, words) for key, words in FEWER]


def in_words(known: Mapping[Any, Any], names: Any) -> list[tuple[str, Any]]:
    """The choices of a field that may stay blank: each name with its words, or itself where it has none."""
    return [*BLANK, *((str(name), known.get(name, str(name))) for name in names)]


def _line(**kwargs: Any) -> forms.Field:
    return forms.CharField(max_length=300, required=False, **kwargs)


def _count(least: int, most: int) -> Callable[..., forms.Field]:
    return lambda **kwargs: forms.IntegerField(required=False, min_value=least, max_value=most, **kwargs)


def _figure(**kwargs: Any) -> forms.Field:
    return forms.FloatField(required=False, **kwargs)


def _tick(**kwargs: Any) -> forms.Field:
    return forms.BooleanField(required=False, **kwargs)


def _of(choices: list[tuple[str, Any]]) -> Callable[..., forms.Field]:
    return lambda **kwargs: forms.ChoiceField(required=False, choices=choices, **kwargs)


SETTINGS: dict[str, tuple[Callable[..., forms.Field], Any, Any]] = {
    "max_length": (_count(1, 100_000), gettext_lazy("Most letters"), ""),
    "minimum": (_figure, gettext_lazy("At least"), ""),
    "maximum": (_figure, gettext_lazy("At most"), ""),
    "step": (_figure, gettext_lazy("In steps of"), gettext_lazy("Such as 0.5 for half steps.")),
    "line": (_tick, gettext_lazy("As a mark on a line"), gettext_lazy("It needs at least and at most.")),
    "unit": (_line, gettext_lazy("Unit"), gettext_lazy("Such as hours. For lengths of time at least and at most are minutes.")),
    "unit_one": (_line, gettext_lazy("One of the unit"), gettext_lazy("Such as hour.")),
    "options_from": (_of(in_words(SOURCES, OPTION_SOURCES)), gettext_lazy("Also offer what the application knows"), ""),
    "other": (_tick, gettext_lazy("Offer “other” with room for words"), ""),
    "several": (_tick, gettext_lazy("More than one figure may be chosen"), ""),
    "totalled": (
        _tick,
        gettext_lazy("Count its answers over a period, without names"),
        gettext_lazy("For what a pair writes and the coordinator always reads."),
    ),
    "coded": (
        _tick,
        gettext_lazy("Gather its words into themes, without names"),
        gettext_lazy("For what the pair alone reads, and for surveys whose writers may be quoted. Those who write are told."),
    ),
    "low_label": (_line, gettext_lazy("Words at the low end"), ""),
    "high_label": (_line, gettext_lazy("Words at the high end"), ""),
    "not_applicable": (_tick, gettext_lazy("Offer “not applicable”"), ""),
    "dont_know": (_tick, gettext_lazy("Offer “don't know”"), ""),
    "min_rows": (_count(0, 200), gettext_lazy("At least so many rows"), ""),
    "max_rows": (_count(1, 200), gettext_lazy("At most so many rows"), ""),
    "start_rows": (_count(0, 50), gettext_lazy("Rows to begin with"), ""),
    "accept": (_line, gettext_lazy("Endings of files that may be attached"), gettext_lazy("Such as pdf, docx, jpg.")),
    "text": (
        lambda **kw: forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}), **kw),
        gettext_lazy("Text that is shown"),
        gettext_lazy("Markdown: # for a heading, * for a list, **bold**."),
    ),
    "begins": (
        lambda **kw: forms.CharField(max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4}), **kw),
        gettext_lazy("What you suggest"),
        gettext_lazy("It stands there from the start, and each pair changes it as it likes. In a table a row for each line."),
    ),
    "level": (_of(LEVELS), gettext_lazy("What each row becomes"), ""),
    "prefill": (_of(in_words(KNOWN, PREFILLS)), gettext_lazy("First answer that the application puts in"), ""),
    "remind_days": (
        lambda **kw: forms.IntegerField(required=False, min_value=0, max_value=730, **kw),
        gettext_lazy("Days before it that the reminder comes"),
        gettext_lazy("For days of which those who run the programme are reminded. Empty: on the day."),
    ),
    "beside": (_of(BESIDE), gettext_lazy("Shown beside the question"), ""),
}  # fmt: skip
"""What single kinds let one set, beside what is offered below because it hangs on the sheet."""
