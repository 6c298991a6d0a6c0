"""Sessions as one person meets them: when on everybody's clock, how each stands, what is to be said about its date."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.ui import dates
from pairs.domain.anchors import session_end
from pairs.domain.entries import session_title
from pairs.domain.instants import local_day
from pairs.domain.people import People, Person
from pairs.domain.places import way_named
from pairs.domain.presence import at_meeting
from pairs.domain.timings import Remark, remarks_on
from pairs.enums import SessionState
from pairs.models import Pairing, Schedule, Session
from templates_app.domain.kits import kit_of
from templates_app.shapes import Kit, Plan

JOIN_BEFORE = dt.timedelta(minutes=30)
"""From so long before its start a session is the next thing to do."""


@dataclass(frozen=True)
class Meeting:
    """A session with words for one person."""

    session: Session
    title: str
    zone: str
    elsewhere: str
    """What its start is on the others' clocks; empty where all read the same, and without a date."""
    partner: str
    """What the others are called."""
    state: str
    """One of a tag's states."""
    words: str
    where: str = ""
    """In what way and where; empty where nothing was said."""
    over: bool = False
    """Its time has passed, and nobody has said whether it took place."""
    running: bool = False
    remarks: Sequence[Remark] = field(default_factory=tuple)

    @property
    def local(self) -> dt.datetime | None:
        """The start on the person's own clock."""
        return self.session.starts_at.astimezone(ZoneInfo(self.zone)) if self.session.starts_at else None

    @property
    def when(self) -> str:
        """On the person's own clock; empty without a date."""
        return dates.moment(self.session.starts_at, self.zone) if self.session.starts_at else ""


def meetings_of(
    pairing: Pairing, sessions: Iterable[Session], people: People, person: Person, schedule: Schedule | None
) -> list[Meeting]:
    """All sessions of a pairing for one of its people, in order, with their remarks. Two queries at most."""
    kit = kit_of(pairing.cohort.programme.handbook)
    rows = list(sessions)
    remarks = remarks_on(pairing, rows, people, kit.plan, schedule) if pairing.is_active else []
    return [meeting_of(row, kit, people, person, remarks) for row in rows]


def meeting_of(session: Session, kit: Kit, people: People, person: Person, remarks: Iterable[Remark] = ()) -> Meeting:
    """One session for one person."""
    now = clock.now()
    others = at_meeting(session, people).others(person)
    ends = session_end(session)
    planned = session.state == SessionState.PLANNED and session.starts_at is not None and ends is not None
    over = planned and ends is not None and ends < now
    state, words = _tag(session, person.zone, over=over, today=local_day(now, person.zone))
    return Meeting(
        session=session,
        title=session_title(kit, session),
        zone=person.zone,
        elsewhere=others.clocks(session.starts_at, person.zone) if session.starts_at else "",
        partner=others.short_name,
        state=state,
        words=words,
        where=" · ".join(filter(None, [_way(kit, session), session.place])),
        over=over,
        running=planned and not over and session.starts_at is not None and session.starts_at - JOIN_BEFORE <= now,
        remarks=[one for one in remarks if one.number == session.number] if not session.part else [],
    )


def _way(kit: Kit, session: Session) -> str:
    way = way_named(kit.plan, session.way)
    return way.label if way else ""


def _tag(session: Session, zone: str, *, over: bool, today: dt.date) -> tuple[str, str]:
    if session.is_let_go:
        return "neutral", _("no longer planned")
    if session.state == SessionState.CANCELLED:
        return "late", _("cancelled")
    if session.starts_at is None:
        return "neutral", _("no date yet")
    day = local_day(session.starts_at, zone)
    if session.state == SessionState.HELD:
        return "good", _("held %(date)s") % {"date": dates.short_day(day)}
    if over:
        return "due", _("did it take place?")
    return ("due", _("today")) if day == today else ("neutral", dates.short_day(day))


def next_meeting(meetings: Iterable[Meeting]) -> Meeting | None:
    """The next one to come, or the one that is going on."""
    coming = [
        one for one in meetings if one.session.state == SessionState.PLANNED and one.session.starts_at and not one.over
    ]
    return min(coming, key=lambda one: one.session.starts_at or dt.datetime.max.replace(tzinfo=dt.UTC), default=None)


def to_prepare(plan: Plan, person: Person, meeting: Meeting | None) -> str:
    """What the handbook asks this person to get ready for a meeting; empty while it is far, and once it is over."""
    if plan.prepare is None or meeting is None or meeting.session.starts_at is None or meeting.over:
        return ""
    near = meeting.session.starts_at - clock.now() <= dt.timedelta(days=plan.prepare.days)
    return plan.prepare.words_for(str(person.side)) if near and meeting.session.state == SessionState.PLANNED else ""


def in_doubt(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Those whose time has passed without anybody saying whether they took place."""
    return [one for one in meetings if one.over]
