"""When somebody is reminded of what they owe. Pure: the rule of the handbook, the due date, and people's clocks.

``Output.next_reminder_at`` is the next instant at which the reminder tick has something to do for an output: a reminder,
or telling the coordinator. It is worked out when the due date changes and after each reminder, so the tick itself is one
look into an index.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from pairs.domain.instants import clock_strikes, local_day
from pairs.enums import OutputKind
from pairs.models import Output
from templates_app.shapes import Reminder, Use

MORNING = 9
"""Reminders come at nine in the morning, on the clock of whoever gets them."""
EVENING = 20
"""A tick that comes late still reminds the same day, but not after this hour."""


def kind_owed(output: Output, use: Use | None) -> str:
    """Under which of the handbook's reminders (``Reminder.owes``) an output falls."""
    by_kind = {
        OutputKind.AGREEMENT: "agreement",
        OutputKind.SCHEDULE: "session-date",
        OutputKind.INVITATIONS: "invitations",
        OutputKind.COMPILE: "compile",
        OutputKind.EVALUATION: "evaluation",
    }
    if output.kind in by_kind:
        return by_kind[OutputKind(output.kind)]
    return (
        {Use.LOG: "log", Use.CLOSURE: "closure", Use.EVALUATION: "evaluation"}.get(use, "worksheet")
        if use
        else "worksheet"
    )


def rule_for(reminders: Iterable[Reminder], owed: str) -> Reminder | None:
    """The handbook's reminder for something owed; ``None`` where it is never reminded."""
    return next((rule for rule in reminders if rule.owes == owed), None)


def next_instant(rule: Reminder, output: Output, zones: Sequence[str], now: dt.datetime) -> dt.datetime | None:
    """The next instant after ``now`` at which there is something to do for an output; ``None`` when nothing more is.

    Always later than ``now``: what is entered long after the fact (a session marked as held last week) is not reminded
    in the minute in which the person learns that they owe it, and missed reminders are not made up for one by one.
    """
    if output.due_at is None or not output.required:
        return None
    candidates = []
    if output.reminders_sent < rule.at_most:
        candidates.append(slot_after(rule, output.due_at, zones, now))
    if rule.escalate_after is not None and output.escalated_at is None and _reminded_first(rule, output):
        candidates.append(max(_escalation(rule, output.due_at, zones), _morning(now, 1, zones)))
    return min(candidates, default=None)


def slot_after(rule: Reminder, due: dt.datetime, zones: Sequence[str], now: dt.datetime) -> dt.datetime:
    """The first of the rule's mornings (``first_after`` days after ``due``, then ``every`` so many) later than ``now``."""
    every = max(rule.every, 1)
    passed = max((now - due).days - rule.first_after - 1, 0)
    days = rule.first_after + passed // every * every
    while (slot := _morning(due, days, zones)) <= now:
        days += every
    return slot


def is_slot(rule: Reminder, due: dt.datetime, zones: Sequence[str], instant: dt.datetime) -> bool:
    """Whether an instant is one of the rule's mornings."""
    return slot_after(rule, due, zones, instant - dt.timedelta(seconds=1)) == instant


def must_escalate(rule: Reminder, output: Output, zones: Sequence[str], now: dt.datetime) -> bool:
    """Whether the coordinator is to hear of an output now. The person themselves always hears first."""
    if rule.escalate_after is None or output.escalated_at is not None or output.due_at is None:
        return False
    return _reminded_first(rule, output) and _escalation(rule, output.due_at, zones) <= now


def must_remind(rule: Reminder, output: Output, zones: Sequence[str], now: dt.datetime) -> bool:
    """Whether the person is to be reminded now: not when the tick came only for the coordinator's sake."""
    if output.reminders_sent >= rule.at_most or output.due_at is None:
        return False
    planned = output.next_reminder_at or now
    return is_slot(rule, output.due_at, zones, planned) or not must_escalate(rule, output, zones, now)


def _reminded_first(rule: Reminder, output: Output) -> bool:
    return rule.at_most == 0 or output.reminders_sent > 0


def _escalation(rule: Reminder, due: dt.datetime, zones: Sequence[str]) -> dt.datetime:
    return _morning(due, rule.escalate_after or 0, zones)


def when_to_tell(now: dt.datetime, planned: dt.datetime, zone: str) -> dt.datetime:
    """When somebody hears of it: at their own next nine in the morning; a tick that comes late tells them the same day."""
    if now - planned > dt.timedelta(hours=1):
        return good_hour(now, zone)
    day = local_day(planned, zone)
    nine = clock_strikes(day, MORNING, zone)
    return nine if nine >= planned else clock_strikes(day + dt.timedelta(days=1), MORNING, zone)


def good_hour(now: dt.datetime, zone: str) -> dt.datetime:
    """``now`` if it is daytime on that clock, else the next nine in the morning there."""
    day = local_day(now, zone)
    if now < (morning := clock_strikes(day, MORNING, zone)):
        return morning
    if now < clock_strikes(day, EVENING, zone):
        return now
    return clock_strikes(day + dt.timedelta(days=1), MORNING, zone)


def _morning(at: dt.datetime, days: int, zones: Sequence[str]) -> dt.datetime:
    """Nine in the morning so many days after ``at``, on the clock of the first of these people to see that morning."""
    return min(clock_strikes(local_day(at, zone) + dt.timedelta(days=days), MORNING, zone) for zone in zones)
