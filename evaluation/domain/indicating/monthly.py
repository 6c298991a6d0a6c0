"""What happens month by month: whether there is contact, and how much somebody does. From statuses and dates alone."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluation.domain.indicating.found import Figure
from evaluation.domain.indicating.gathering import Gathered, Place
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.shapes import Measure

Places = dict[UUID, list[Place]]
"""The places that count in a month, by relationship."""
MONTHS = 6
"""So many months are told, the present one with them."""


@dataclass(frozen=True)
class Month:
    """A month of the cohort's own calendar; the present one reaches as far as now."""

    label: str
    begins: dt.datetime
    ends: dt.datetime

    def holds(self, instant: dt.datetime | None) -> bool:
        """Whether something was in it."""
        return instant is not None and self.begins <= instant < self.ends

    def holds_day(self, day: dt.date) -> bool:
        """The same of a day of the calendar."""
        last = (self.ends - dt.timedelta(microseconds=1)).astimezone(self.begins.tzinfo)
        return self.begins.date() <= day <= last.date()


def months_of(gathered: Gathered) -> list[Month]:
    """The last months since the first relationship began, the oldest first."""
    if not gathered.running:
        return []
    zone = ZoneInfo(gathered.cohort.zone)
    first = gathered.running[0][1].astimezone(zone)
    found: list[Month] = []
    ends, begins = gathered.now, _first_day(gathered.now.astimezone(zone))
    while len(found) < MONTHS and (begins.year, begins.month) >= (first.year, first.month):
        name = date_format(begins, pgettext("month and year", "F Y"))
        found.append(Month(name if found else _("%(month)s, so far") % {"month": name}, begins, ends))
        ends, begins = begins, _first_day(begins - dt.timedelta(days=1))
    return found[::-1]


def _first_day(day: dt.datetime) -> dt.datetime:
    return dt.datetime(day.year, day.month, 1, tzinfo=day.tzinfo)


def engaged(measure: Measure, gathered: Gathered) -> list[Figure]:
    """Of the relationships that were running in a month, how many held a session or sent such a sheet in it."""
    return [engaged_in(month, measure, gathered) for month in months_of(gathered)]


def engaged_in(month: Month, measure: Measure, gathered: Gathered) -> Figure:
    """The same of one month, or of other days."""
    running = running_in(month, gathered)
    active = {one.pairing for one in gathered.met if month.holds(one.instant)}
    active |= {pairing for pairing, _who, _at in sent_in(month, measure, gathered)}
    if not gathered.are_enough(running):
        return Figure(month.label, None, "percent", len(running), "relationships", hidden=bool(running))
    count = len(active & running)
    return Figure(month.label, 100 * count / len(running), "percent", len(running), "relationships", count)


def activity(measure: Measure, gathered: Gathered) -> list[Figure]:
    """How much there was for each person of a side, in the mean over all whose relationship was running in a month."""
    return [activity_in(month, measure, gathered) for month in months_of(gathered)]


def activity_in(month: Month, measure: Measure, gathered: Gathered) -> Figure:
    """The same of one month, or of other days."""
    running = running_in(month, gathered)
    places: Places = defaultdict(list)
    for one in gathered.members:
        if one.side == measure.side and one.pairing in running and one.was_within(month.begins, month.ends):
            places[one.pairing].append(one)
    people = {one.who for here in places.values() for one in here}
    if len(people) < SMALLEST_GROUP:
        return Figure(month.label, None, "number", len(people), hidden=bool(people))
    total = sum(_amounts(month, measure, gathered, places))
    return Figure(month.label, total / len(people), "number", len(people))


def _amounts(month: Month, measure: Measure, gathered: Gathered, places: Places) -> Iterator[float]:
    """What each of these people did, one by one. What several did together counts for those of them who were there then."""
    if measure.counts == "sheets":
        for pairing, who, at in sent_in(month, measure, gathered):
            yield float(len(_there(places, pairing, at)) if who is None else _is_in(places, pairing, who))
        return
    if measure.follows_goals:
        yield from _followed(month, measure, gathered, places)
        return
    for met in gathered.met:
        if month.holds(met.instant):
            there = _there(places, met.pairing, met.instant)
            if met.mentee and measure.side == "mentee":
                there &= {met.mentee}
            yield len(there) * (met.minutes / 60 if measure.counts == "hours" else 1)


def _there(places: Places, pairing: UUID, instant: dt.datetime) -> set[UUID]:
    return {one.who for one in places.get(pairing, ()) if one.was_here(instant)}


def _is_in(places: Places, pairing: UUID, who: UUID) -> bool:
    return any(one.who == who for one in places.get(pairing, ()))


def _followed(month: Month, measure: Measure, gathered: Gathered, places: Places) -> Iterator[float]:
    """One for each task that one of these people, or their pair, has done, or for each milestone of theirs."""
    if measure.counts == "tasks":
        for pairing, who, settled in gathered.progress.tasks_done:
            yield float(month.holds(settled) and (pairing in places if who is None else _is_in(places, pairing, who)))
        return
    for pairing, day in gathered.progress.milestones:
        yield float(pairing in places and month.holds_day(day))


def running_in(month: Month, gathered: Gathered) -> set[UUID]:
    """The relationships that were running in it."""
    return {
        pairing
        for pairing, started, ended in gathered.running
        if started < month.ends and (ended is None or ended >= month.begins)
    }


def sent_in(month: Month, measure: Measure, gathered: Gathered) -> Iterator[tuple[UUID, UUID | None, dt.datetime]]:
    """The sheets that a measure names and that were sent in a month: whose relationship's, whose, and when."""
    for row in gathered.outputs:
        if row.worksheet in measure.worksheets and row.done_at is not None and month.holds(row.done_at):
            yield row.pairing_id, row.member.participant_id if row.member else None, row.done_at
