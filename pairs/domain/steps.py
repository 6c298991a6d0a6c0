"""What to do next, in one sentence with one button: the first of everything a person could do (``product.md``)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.ui import dates
from pairs.domain.instants import local_day
from pairs.domain.meetings import Meeting
from pairs.domain.output_pages import page_path
from pairs.domain.outputs import standing
from pairs.domain.people import Others, People, Person
from pairs.domain.times_waiting import ShownTimes, times_words
from pairs.domain.wanted import title_words
from pairs.enums import OutputKind, Standing
from pairs.models import Output
from templates_app.shapes import SENT_BY_HAND, Use, Worksheet

PREPARE_DAYS = 7
"""From so many days before a session, what is offered for it becomes the next step."""

OFFERED_DAYS = 30
"""What is offered without a date (a short close after an early end) is suggested for so many days."""


@dataclass(frozen=True)
class Step:
    """One thing to do. ``page`` is a view's name with its arguments after the organisation, or a whole address."""

    title: str
    label: str
    page: tuple[object, ...] | str
    why: str = ""
    due: dates.Due | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Situation:
    """What the choice depends on."""

    outputs: list[Output]
    """The person's own and those done together, in their order."""
    sent: dict[tuple[str, str], Others]
    """Worksheet and moment → who else has sent theirs."""
    meetings: list[Meeting]
    to_answer: list[ShownTimes]
    """Times for which others wait for this person's answer."""
    worksheets: dict[str, Worksheet]
    people: People
    person: Person
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The day on the person's calendar."""
        return local_day(self.now, self.person.zone)

    @property
    def open(self) -> list[Output]:
        """What can be done now."""
        return [row for row in self.outputs if standing(row, self.now) in {Standing.DUE, Standing.LATE}]


def next_step(situation: Situation) -> Step | None:
    """The one thing to do next; ``None`` when there is nothing but to wait for the next meeting."""
    running = next((one for one in situation.meetings if one.running and one.session.link), None)
    if running is not None:
        return _join(running)
    if situation.to_answer:
        return _answer(situation.to_answer[0])
    output = next_output(situation)
    return step_for(output, situation) if output is not None else None


def _join(meeting: Meeting) -> Step:
    words = {"title": meeting.title, "name": meeting.partner}
    why = _("%(when)s, with %(name)s.") % {"when": meeting.when, "name": meeting.partner}
    return Step(_("%(title)s with %(name)s") % words, _("Join the call"), meeting.session.link, why)


def _answer(shown: ShownTimes) -> Step:
    """Somebody waits, and it is quickly done: it comes before what is to be written."""
    why = "; ".join(choice.when for choice in shown.choices)
    return Step(times_words(shown), _("Answer"), ("pairs:session", shown.session.pairing_id, shown.session.pk), why)


def next_output(situation: Situation) -> Output | None:
    """The output to do first: what is late, then what is due, then what prepares the next session."""
    doable = [row for row in situation.open if not _is_blocked(row, situation)]
    required = [row for row in doable if row.required]
    offered = [row for row in doable if not row.required and _is_near(row, situation)]
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    by_due = sorted(required, key=lambda row: (row.due_at or far, row.position))
    urgent = [row for row in by_due if row.due_at and row.due_at - situation.now < dt.timedelta(days=PREPARE_DAYS)]
    for_session = [row for row in offered if row.due_at is not None]
    at_will = [row for row in offered if row.due_at is None]
    return next(iter([*urgent, *for_session, *by_due, *at_will]), None)


def _is_blocked(output: Output, situation: Situation) -> bool:
    """Invitations wait until there are dates to send."""
    if output.kind != OutputKind.INVITATIONS:
        return False
    return any(row.session.starts_at is None for row in situation.meetings if not row.session.part)


def _is_near(output: Output, situation: Situation) -> bool:
    """Whether something offered is for now: for the session that is close, or opened lately and due at no time."""
    if output.due_at is None:
        return output.opens_at is not None and situation.now - output.opens_at < dt.timedelta(days=OFFERED_DAYS)
    return situation.now < output.due_at < situation.now + dt.timedelta(days=PREPARE_DAYS)


def step_for(output: Output, situation: Situation) -> Step:
    """An output as a step."""
    sheet = situation.worksheets.get(output.worksheet)
    title, label = _words(output, sheet, situation)
    zone = situation.person.zone
    due = dates.due(local_day(output.due_at, zone), today=situation.today) if output.due_at else None
    return Step(
        title,
        label,
        page_path(output),
        why=_why(output, sheet, situation),
        due=due if output.required else None,
        minutes=sheet.minutes if sheet else None,
    )


def _words(output: Output, sheet: Worksheet | None, situation: Situation) -> tuple[str, str]:
    """The step's sentence and its button."""
    others = situation.people.across(situation.person).short_name
    by_kind = {
        OutputKind.AGREEMENT: (_("Agree how you work together, and sign it"), _("Open the agreement")),
        OutputKind.SCHEDULE: (_("Set the dates of your sessions"), _("Choose the dates")),
        OutputKind.INTRODUCTION: (_("Write to %(name)s and propose a first call"), _("Write the letter")),
        OutputKind.INVITATIONS: (_("Send the calendar invitations"), _("Go to your sessions")),
        OutputKind.COMPILE: (_("Gather the learning logs for the coordinator"), _("See the logs")),
        OutputKind.EVALUATION: (_("Tell us how the programme was for you"), _("Fill in the evaluation")),
    }
    kind = OutputKind(output.kind)
    if kind is OutputKind.EVALUATION and output.moment not in SENT_BY_HAND:
        return title_words(output.kind, output.title), _("Answer")
    if kind in by_kind:
        title, label = by_kind[kind]
        if kind is OutputKind.SCHEDULE and output.moment:
            title = title_words(output.kind, output.title)
        return (title % {"name": others} if "%(name)s" in title else title), label
    begun = output.response is not None and output.response.saved_at is not None
    label = _("Go on writing") if begun else _("Fill it in")
    if sheet is not None and sheet.use is Use.LOG and output.session is not None:
        name = sheet.title[:1].lower() + sheet.title[1:]
        words = {"name": name, "number": output.session.number}
        return _("Write your %(name)s for session %(number)d") % words, label if begun else _("Write it now")
    return title_words(output.kind, output.title), label


def _why(output: Output, sheet: Worksheet | None, situation: Situation) -> str:
    sent = situation.sent.get((output.worksheet, output.moment))
    if output.member_id and sent is not None and sheet is not None:
        if sheet.readers.opens == "both-sent" and situation.people.others(situation.person).count > 1:
            return ngettext(
                "%(name)s has sent theirs; you see each other's once all are in.",
                "%(name)s have sent theirs; you see each other's once all are in.",
                sent.count,
            ) % {"name": sent.short_name}
        if sheet.readers.opens == "both-sent":
            return _("%(name)s has sent theirs; you will see it once yours is in.") % {"name": sent.short_name}
        return ngettext("%(name)s has sent theirs.", "%(name)s have sent theirs.", sent.count) % {
            "name": sent.short_name
        }
    if sheet is not None:
        return _first_sentence(sheet.purpose)
    return ""


def _first_sentence(text: str) -> str:
    head, dot, _rest = text.partition(". ")
    return head + dot.strip() if dot else text


def sent_by_others(outputs: Iterable[Output], people: People, person: Person) -> dict[tuple[str, str], Others]:
    """Worksheet and moment of everything the others have sent, with who they are."""
    found: dict[tuple[str, str], list[Person]] = {}
    partners = {pk: other for other in people.partners_of(person) for pk in other.ids}
    for row in outputs:
        if row.done_at and row.member_id in partners:
            found.setdefault((row.worksheet, row.moment), []).append(partners[row.member_id])
    return {key: Others(tuple(sending)) for key, sending in found.items()}
