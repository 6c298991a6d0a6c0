"""Times that wait for an answer: which still do, and how they look to one of the pairing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import ngettext

from mentoring import clock
from mentoring.ui import dates
from pairs.domain.meetings import Meeting
from pairs.domain.people import Others, People, Person
from pairs.domain.presence import at_meeting
from pairs.enums import PairingModel, PairingState, SessionState, TimesState
from pairs.models import Pairing, PairingMember, ProposedTimes, Session


def waiting_times() -> QuerySet[ProposedTimes]:
    """Those that can still be answered. They lapse by themselves: with the last of them, when the session is held or gets
    another date, when the pairing ends, and when whoever proposed them leaves.
    """
    stands = Q(stood_at=F("session__starts_at")) | Q(stood_at=None, session__starts_at=None)
    rows = ProposedTimes.objects.filter(stands, state=TimesState.OPEN, lapses_at__gt=clock.now(), by__left_at=None)
    return rows.filter(session__pairing__state=PairingState.ACTIVE).exclude(session__state=SessionState.HELD)


def times_of(session: Session) -> ProposedTimes | None:
    """What is proposed for a session at the moment; at most one person's times wait at once."""
    found = waiting_times().filter(session=session).select_related("by").first()
    if found is not None:
        found.session = session
    return found


def may_answer(member: PairingMember, times: ProposedTimes, pairing: Pairing) -> bool:
    """Whether somebody may answer them: those on the other side of whoever proposed them. Among peers all are on one side,
    and everybody else may.
    """
    return member.pk != times.by_id and (member.side != times.by.side or pairing.model == PairingModel.PEERS)


def instants_of(times: ProposedTimes) -> list[dt.datetime]:
    """The times, the earliest first."""
    return [dt.datetime.fromisoformat(words) for words in times.starts]


@dataclass(frozen=True)
class ShownTime:
    """One of the times for one person."""

    at: dt.datetime
    when: str
    """On the person's own clock."""
    elsewhere: str
    """On the others' clocks; empty where all read the same."""

    @property
    def value(self) -> str:
        """By which a button names it."""
        return self.at.isoformat()


@dataclass(frozen=True)
class ShownTimes:
    """What is proposed for a session, for one of those whom the session is for."""

    times: ProposedTimes
    title: str
    by: Person
    choices: list[ShownTime]
    is_mine: bool
    may_answer: bool
    """The person is on the other side of whoever proposed them."""
    answering: Others
    """Those who may answer."""

    @property
    def session(self) -> Session:
        """The session they are for."""
        return self.times.session


def shown_times(times: ProposedTimes, meeting: Meeting, people: People, person: Person) -> ShownTimes | None:
    """The proposal as this person meets it, without those times that are past; ``None`` where nobody here made it."""
    there = at_meeting(meeting.session, people)
    by = there.member(times.by_id)
    if by is None:
        return None
    others = there.others(person)
    now = clock.now()
    return ShownTimes(
        times=times,
        title=meeting.title,
        by=by,
        choices=[
            ShownTime(at, dates.moment(at, person.zone), others.clocks(at, person.zone))
            for at in instants_of(times)
            if at > now
        ],
        is_mine=by is person or by.member.pk in person.ids,
        may_answer=may_answer(person.member, times, meeting.session.pairing),
        answering=Others(tuple(one for one in there.present if may_answer(one.member, times, meeting.session.pairing))),
    )


def times_words(shown: ShownTimes) -> str:
    """What is asked, in a line."""
    count = len(shown.choices)
    words = ngettext("%(name)s proposes a time for %(title)s", "%(name)s proposes %(count)d times for %(title)s", count)
    return words % {"name": shown.by.short_name, "count": count, "title": shown.title}


def times_among(pairing: Pairing, meetings: Iterable[Meeting], people: People, person: Person) -> list[ShownTimes]:
    """What is proposed for these meetings of a pairing, in their order. One query."""
    found: dict[UUID, ProposedTimes] = {
        row.session_id: row for row in waiting_times().filter(session__pairing=pairing).select_related("by")
    }
    shown = []
    for meeting in meetings:
        times = found.get(meeting.session.pk)
        if times is not None:
            times.session = meeting.session
            times.session.pairing = pairing
            shown.append(shown_times(times, meeting, people, person))
    return [one for one in shown if one is not None]
