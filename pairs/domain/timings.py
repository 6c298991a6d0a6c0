"""What to say about the dates of a pair's sessions: remarks that stand beside a date and never forbid it.

A meeting of 20 minutes or of two hours, one on a mission, one at night for the partner: the pair decides. What cannot be
(a date in the past, session 3 before session 2) is refused in ``schedule.py``.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring import clock
from mentoring.ui import dates
from mentoring.ui.zones import city
from pairs.domain.instants import local_day
from pairs.domain.local_times import shown_at
from pairs.domain.people import People
from pairs.domain.places import way_named
from pairs.domain.presence import at_meeting
from pairs.domain.slots import days_between
from pairs.enums import PairingState, SessionState
from pairs.models import Pairing, Schedule, Session
from programmes.models import Away, Cohort
from templates_app.shapes import Plan, Way

DAWN, DUSK = dt.time(6), dt.time(22)


@dataclass(frozen=True)
class Remark:
    """One remark about one session (or, without a number, about all of them)."""

    number: int | None
    words: str
    code: str


def remarks_on(
    pairing: Pairing, sessions: Iterable[Session], people: People, plan: Plan, schedule: Schedule | None
) -> list[Remark]:
    """Everything to be said about coming sessions. Two queries, however many sessions."""
    coming = [row for row in sessions if row.state == SessionState.PLANNED and row.starts_at]
    away = list(Away.objects.filter(participant__in=[person.participant for person in people.present]))
    others = _other_sessions(pairing, people) if coming else []
    found = [
        remark
        for session in coming
        for remark in (
            *_length(session, plan),
            *_outside(session, pairing.cohort),
            *_on_mission(session, at_meeting(session, people), away),
            *_at_night(session, at_meeting(session, people)),
            *_elsewhere(session, others),
        )
    ]
    return found + fitting(list(sessions), pairing.cohort, plan, schedule)


def times_away(people: People) -> list[dict[str, str]]:
    """When the people of a pair are away from now on, each by their own calendar, in words. One query."""
    now = clock.now()
    names = {person.participant.pk: person.short_name for person in people.present}
    today = {person.participant.pk: local_day(now, person.zone) for person in people.present}
    # Nowhere is it more than a day earlier than in UTC.
    periods = Away.objects.filter(participant__in=names, ends_on__gte=now.date() - dt.timedelta(days=1))
    return [
        {"name": names[row.participant_id], "span": dates.span(row.starts_on, row.ends_on)}
        for row in periods
        if row.ends_on >= today[row.participant_id]
    ]


def length_remark(minutes: int, plan: Plan, way: str = "") -> str:
    """What to say about a meeting of that length, held in that way; empty within the handbook's bounds (``plp.sys.27``)."""
    found = _length_words(minutes, plan, way_named(plan, way))
    return f"{found} {plan.meeting.unless}".strip() if found else ""


def _length_words(minutes: int, plan: Plan, way: Way | None) -> str:
    if way is not None and way.longest is not None and minutes > way.longest:
        told = {"minutes": minutes, "way": way.label, "longest": way.longest}
        return _("%(minutes)d minutes is long: %(way)s – at most %(longest)d, the handbook suggests.") % told
    shortest, longest = plan.meeting.min_minutes, plan.meeting.max_minutes
    bounds = {"minutes": minutes, "shortest": shortest, "longest": longest}
    if minutes < shortest:
        return _("%(minutes)d minutes is short: the handbook suggests %(shortest)d to %(longest)d.") % bounds
    if minutes > longest:
        return _("%(minutes)d minutes is long: the handbook suggests %(shortest)d to %(longest)d.") % bounds
    return ""


def _length(session: Session, plan: Plan) -> Iterable[Remark]:
    if words := length_remark(session.minutes, plan, session.way):
        yield Remark(session.number, words, "length")


def _outside(session: Session, cohort: Cohort) -> Iterable[Remark]:
    assert session.starts_at is not None
    day = local_day(session.starts_at, cohort.zone)
    if not cohort.starts_on <= day <= cohort.ends_on:
        span = dates.span(cohort.starts_on, cohort.ends_on)
        yield Remark(
            session.number, _("This lies outside the programme, which runs from %(span)s.") % {"span": span}, "outside"
        )


def _on_mission(session: Session, people: People, away: Iterable[Away]) -> Iterable[Remark]:
    assert session.starts_at is not None
    for person in people.present:
        day = local_day(session.starts_at, person.zone)
        for period in away:
            if period.participant_id == person.participant.pk and period.starts_on <= day <= period.ends_on:
                words = {"name": person.short_name, "span": dates.span(period.starts_on, period.ends_on)}
                yield Remark(session.number, _("%(name)s is away from %(span)s: move this session.") % words, "away")


def _at_night(session: Session, people: People) -> Iterable[Remark]:
    assert session.starts_at is not None
    for person in people.present:
        _day, time = shown_at(session.starts_at, person.zone)
        if not DAWN <= time < DUSK:
            words = {"time": f"{time:%-H:%M}", "name": person.short_name, "city": city(person.zone)}
            yield Remark(session.number, _("This is %(time)s for %(name)s, in %(city)s.") % words, "night")


def _other_sessions(pairing: Pairing, people: People) -> list[Session]:
    """Planned sessions that the same people have in their other pairs."""
    accounts = [person.user.pk for person in people.present if person.user]
    rows = Session.objects.filter(
        state=SessionState.PLANNED,
        starts_at__gte=clock.now() - dt.timedelta(days=1),
        pairing__state=PairingState.ACTIVE,
        pairing__members__left_at__isnull=True,
        pairing__members__participant__membership__user__in=accounts,
    ).exclude(pairing=pairing)
    return list(rows.distinct())


def _elsewhere(session: Session, others: Iterable[Session]) -> Iterable[Remark]:
    """A clash is told without saying whose or with whom: the other pair is nobody else's business."""
    if any(overlap(session, other) for other in others):
        yield Remark(session.number, _("One of you has another mentoring session at this time."), "clash")


def overlap(one: Session, other: Session) -> bool:
    """Whether two sessions with dates lie over each other."""
    if one.starts_at is None or other.starts_at is None:
        return False
    ends = one.starts_at + dt.timedelta(minutes=one.minutes)
    return one.starts_at < other.starts_at + dt.timedelta(minutes=other.minutes) and other.starts_at < ends


def fitting(sessions: list[Session], cohort: Cohort, plan: Plan, schedule: Schedule | None) -> list[Remark]:
    """A remark to the pair when what is left no longer fits into the programme at their pace (``plp.sys.103``)."""
    told = does_not_fit(sessions, cohort, plan, schedule)
    return [Remark(None, f"{told} {_('Meet more often, or talk to your coordinator.')}", "fit")] if told else []


def does_not_fit(sessions: list[Session], cohort: Cohort, plan: Plan, schedule: Schedule | None) -> str:
    """What is left and no longer fits, in words that serve the pair and who looks after it; empty where all fits."""
    count = sessions_too_many(sessions, cohort, plan, schedule)
    if not count:
        return ""
    return ngettext(
        "%(count)d session is left and will not fit before the programme ends on %(day)s.",
        "%(count)d sessions are left and will not fit before the programme ends on %(day)s.",
        count,
    ) % {"count": count, "day": dates.day(cohort.ends_on)}


def sessions_too_many(sessions: Sequence[Session], cohort: Cohort, plan: Plan, schedule: Schedule | None) -> int:
    """How many sessions are left where they no longer fit into the programme at the pair's pace; 0 where they do."""
    numbered = [row for row in sessions if row.part == 0 and row.state != SessionState.HELD and not row.is_let_go]
    undated = [row for row in numbered if row.starts_at is None or row.state == SessionState.CANCELLED]
    known = [row.starts_at for row in sessions if row.starts_at and row.state != SessionState.CANCELLED]
    now = clock.now()
    pace = days_between(schedule.frequency if schedule else "", plan.interval_months)
    # The first session may be at once; every further one is a step of the pair's pace away.
    steps = len(undated) - (0 if known else 1)
    last = local_day(max([now, *known]), cohort.zone) + dt.timedelta(days=pace * max(steps, 0))
    late = [row for row in numbered if row.starts_at and local_day(row.starts_at, cohort.zone) > cohort.ends_on]
    return len(numbered) if numbered and (late or last > cohort.ends_on) else 0
