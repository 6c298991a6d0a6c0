"""The participant's home: what is next, when do we meet, what do I owe; then the road (``product.md``)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.ui import dates
from pairs.domain.actions import open_actions_for
from pairs.domain.agreed import how_others_learn
from pairs.domain.homework import homework_of
from pairs.domain.instants import local_day
from pairs.domain.meetings import Meeting, in_doubt, meetings_of, next_meeting, to_prepare
from pairs.domain.outputs import standing
from pairs.domain.people import Others, Person
from pairs.domain.phases import said_phase
from pairs.domain.queries import outputs_for, sessions_of
from pairs.domain.reading import Reader, reader_of
from pairs.domain.road import RoadStage, output_tag, road_of
from pairs.domain.shortcuts import Shortcut, shortcuts_of
from pairs.domain.steps import Situation, Step, next_step, sent_by_others
from pairs.domain.times_waiting import ShownTimes, times_among, times_words
from pairs.domain.wanted import title_words
from pairs.domain.winding_up import WindingUp, winding_up
from pairs.enums import PairingState, SessionState, Standing
from pairs.models import Action, Output, Pairing, Schedule, Session
from templates_app.shapes import Plan

SHOWN = 6
"""So many things owed stand on the home page; the rest is on the road."""
LATELY = dt.timedelta(days=10)
"""What was done so recently still stands among what is owed: it is good to see it."""


@dataclass(frozen=True)
class OwedLine:
    """One thing owed or lately done: an output or an action."""

    label: str
    state: str
    words: str
    output: Output | None = None
    action: Action | None = None
    detail: str = ""
    whose: str = ""
    """Whose action it is; empty where everybody's."""
    session: Session | None = None
    """For whose date times are proposed that wait for an answer."""


@dataclass(frozen=True)
class Home:
    """One pairing as the home page of one of its people."""

    pairing: Pairing
    reader: Reader
    person: Person
    partners: Others
    step: Step | None
    meeting: Meeting | None
    doubtful: list[Meeting]
    proposed: list[ShownTimes]
    """Times that were proposed, by whichever side, and wait for an answer."""
    homework: list[OwedLine]
    """What stands open of this person's homework."""
    owed: list[OwedLine]
    more_owed: int
    road: list[RoadStage]
    actions: list[OwedLine]
    numbered: int
    """How many sessions the pair has, extra meetings aside."""
    dated: int
    """How many of the numbered sessions have a date."""
    held: int
    partner_learns: list[tuple[str, list[str]]]
    shortcuts: list[Shortcut]
    """Where the pair meets and works outside this application."""
    prepare: str
    """What the handbook asks this person to get ready for the meeting that is near."""
    winding_up: WindingUp | None
    quiet_since: dt.date | None
    """The pair has not met since, and for longer than the handbook thinks good."""


def home_of(user: User, pairing: Pairing) -> Home:
    """Read the page of one pairing. A fixed number of queries."""
    reader = reader_of(user, pairing)
    person = reader.person
    assert person is not None
    now = clock.now()
    goes_on = pairing.is_active and person.is_here
    outputs = outputs_for(user, pairing, reader)
    mine = [row for row in outputs if reader.owes(row)]
    sessions = list(sessions_of(pairing, person))
    schedule = Schedule.objects.filter(pairing=pairing).first()
    meetings = meetings_of(pairing, sessions, reader.people, person, schedule)
    proposed = times_among(pairing, meetings, reader.people, person) if goes_on else []
    situation = Situation(
        outputs=mine,
        sent=sent_by_others(outputs, reader.people, person),
        meetings=meetings,
        to_answer=[one for one in proposed if one.may_answer],
        worksheets=reader.worksheets,
        people=reader.people,
        person=person,
        now=now,
    )
    # Looking back at a pair that has ended, what was lately done is no news: only what is still open stands there.
    homework = open_homework(reader, mine, meetings) if goes_on else []
    at_home = {line.output.pk for line in homework if line.output}
    rest = [row for row in mine if row.pk not in at_home and (goes_on or row.is_open)]
    numbered = [one for one in meetings if not one.session.part]
    road = road_of(
        reader.kit,
        outputs,
        mine,
        meetings,
        zone=person.zone,
        now=now,
        ended=not goes_on,
        said=said_phase(pairing, reader.kit),
    )
    # After an early end no road is shown: what is offered then stands here, or nowhere.
    elsewhere = {one.shape.key for one in road} if goes_on or pairing.state == PairingState.COMPLETED else set()
    owed = [*times_to_answer(proposed), *owed_lines(rest, person.zone, now, elsewhere)]
    return Home(
        pairing=pairing,
        reader=reader,
        person=person,
        partners=reader.people.others(person),
        step=next_step(situation),
        meeting=next_meeting(meetings) if goes_on else None,
        doubtful=in_doubt(meetings) if goes_on else [],
        proposed=proposed,
        homework=homework,
        owed=owed[:SHOWN],
        more_owed=max(len(owed) - SHOWN, 0),
        road=road,
        actions=action_lines(reader, person, meetings) if goes_on else [],
        numbered=len(numbered),
        held=sum(one.session.state == "held" for one in numbered),
        partner_learns=how_others_learn(reader, outputs, person),
        shortcuts=shortcuts_of(reader, outputs) if goes_on else [],
        prepare=to_prepare(reader.kit.plan, person, next_meeting(meetings)) if goes_on else "",
        winding_up=winding_up(reader, person, mine) if goes_on else None,
        quiet_since=quiet_since(pairing, reader.kit.plan, numbered, person.zone) if goes_on else None,
        dated=sum(one.session.starts_at is not None for one in numbered),
    )


def quiet_since(pairing: Pairing, plan: Plan, numbered: list[Meeting], zone: str) -> dt.date | None:
    """Since when a pair has not met, where that is longer than the handbook lets pass and sessions are left to hold."""
    if plan.quiet_days is None or all(one.session.state == SessionState.HELD for one in numbered):
        return None
    held = [one.session.starts_at for one in numbered if one.session.state == SessionState.HELD]
    since = max((at for at in held if at), default=pairing.started_at)
    quiet = clock.now() - since >= dt.timedelta(days=plan.quiet_days)
    return local_day(since, zone) if quiet else None


def times_to_answer(proposed: list[ShownTimes]) -> list[OwedLine]:
    """What this person is asked to answer, as things owed; it is due as long as the times stand."""
    return [
        OwedLine(times_words(one), "due", _("to answer"), session=one.session) for one in proposed if one.may_answer
    ]


def owed_lines(mine: list[Output], zone: str, now: dt.datetime, on_road: Collection[str]) -> list[OwedLine]:
    """What is late, then what is due, what was begun or a mail asked for, then what was lately done. What else is offered and
    not owed is left to the road, where its stage stands there (``on_road``); else people would find it nowhere.
    """
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    open_rows = [row for row in mine if row.required and standing(row, now) in {Standing.LATE, Standing.DUE}]
    offered = [row for row in mine if not row.required and standing(row, now) is Standing.DUE]
    begun = [row for row in offered if _is_begun(row) or row.asked_at is not None]
    loose = _newest([row for row in offered if row not in begun and row.stage not in on_road])
    done = [row for row in mine if row.done_at and now - row.done_at < LATELY]
    ordered = [
        *sorted(open_rows, key=lambda row: (row.due_at or far, row.position)),
        *begun,
        *loose,
        *sorted(done, key=lambda row: row.done_at or now, reverse=True),
    ]
    return [_owed(row, zone, now) for row in ordered]


def _newest(rows: list[Output]) -> list[Output]:
    """Of what comes round again the round that opened last: nobody goes back to one that was passed over."""
    last = {(row.kind, row.worksheet): row for row in sorted(rows, key=lambda row: (row.opens_at, row.position))}
    return [row for row in rows if last[row.kind, row.worksheet] is row]


def open_homework(reader: Reader, mine: list[Output], meetings: list[Meeting]) -> list[OwedLine]:
    """What this person has to do at home, with its day and how it stands; without a day it is wanted by the next session."""
    assert reader.person is not None
    coming = next_meeting(meetings)
    found = []
    for one in homework_of(reader, mine):
        if one.is_open:
            tag = one.tag(zone=reader.person.zone, session=coming.session.number if coming else None)
            found.append(OwedLine(one.title, tag.state, tag.words, output=one.output, detail=one.words))
    return found


def _is_begun(row: Output) -> bool:
    """Whether somebody has written on it: opening a sheet alone is no beginning."""
    return row.response is not None and row.response.saved_at is not None


def _owed(row: Output, zone: str, now: dt.datetime) -> OwedLine:
    state, words = output_tag(row, zone=zone, now=now)
    detail = ""
    if row.done_at is None and _is_begun(row) and row.response is not None:
        counts = {"answered": row.response.answered, "asked": row.response.asked}
        detail = _("%(answered)d of %(asked)d answered") % counts
    return OwedLine(title_words(row.kind, row.title), state, words, output=row, detail=detail)


def action_lines(reader: Reader, person: Person, meetings: list[Meeting]) -> list[OwedLine]:
    """What this person has said they will do, soonest first; without a date it is wanted by the next session."""
    today = local_day(clock.now(), person.zone)
    coming = next_meeting(meetings)
    by_session = _("by session %(number)d") % {"number": coming.session.number} if coming else _("open")
    far = dt.date.max
    rows = [row for row in open_actions_for(reader) if row.owner_id in (None, *person.ids)]
    found = []
    for row in sorted(rows, key=lambda row: (row.due_on or far, row.created_at)):
        due = dates.due(row.due_on, today=today) if row.due_on else dates.Due("neutral", by_session)
        found.append(
            OwedLine(row.text, due.state, due.words, action=row, whose=person.short_name if row.owner_id else "")
        )
    return found
