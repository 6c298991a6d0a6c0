"""The dates of all sessions, with frequency, platform, link and length, saved in one go (``plp.sys.21``)."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.dating import CannotDate, date_faults
from pairs.domain.inviting import changed_after_inviting
from pairs.domain.outputs import close_output, reopen_output
from pairs.domain.people import member_of, others_of
from pairs.domain.planning import replan
from pairs.domain.telling import page_of, tell
from pairs.enums import OutputKind, SessionState
from pairs.models import Output, Pairing, Schedule, Session


@dataclass(frozen=True)
class Facts:
    """What a pair agrees once for all its sessions. Keys of the handbook's frequencies and platforms; minutes."""

    frequency: str
    platform: str
    platform_other: str
    link: str
    minutes: int

    @classmethod
    def of(cls, schedule: Schedule) -> "Facts":
        """What is agreed so far."""
        return cls(schedule.frequency, schedule.platform, schedule.platform_other, schedule.link, schedule.minutes)


class StaleSchedule(Exception):
    """The dates were changed by the partner after the form was opened. Nothing was saved."""


def numbered(pairing: Pairing) -> list[Session]:
    """The numbered sessions, without the extra meetings. One query."""
    return list(_numbered(pairing))


def _numbered(pairing: Pairing) -> QuerySet[Session]:
    return Session.objects.filter(pairing=pairing, part=0).order_by("number")


def fingerprint(schedule: Schedule, sessions: Iterable[Session]) -> str:
    """A short name of how things stand, by which a form notices that somebody was faster."""
    facts = [schedule.frequency, schedule.platform, schedule.platform_other, schedule.link, schedule.minutes]
    parts = [*facts, *(f"{row.number}.{row.part} {row.state} {row.starts_at} {row.sequence}" for row in sessions)]
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]


@transaction.atomic
def save_schedule(
    *,
    pairing: Pairing,
    facts: Facts,
    starts: Mapping[int, dt.datetime | None],
    zone: str,
    seen: str,
    actor: User,
) -> list[Session]:
    """Save what a pair agreed about its sessions; returns those whose date or length changed.

    ``starts`` maps session numbers to instants in UTC, ``None`` where there is no date yet. Sessions already held are left
    alone, and a session that was given a length or a link of its own keeps them. ``zone`` is where the dates were chosen,
    ``seen`` the ``fingerprint`` of what the form was opened on.
    Raises ``NotAMember``, ``StaleSchedule``, ``CannotDate``.
    """
    member = member_of(pairing, actor)
    schedule = Schedule.objects.select_for_update().get(pairing=pairing)
    # Locked, so that no change of a single session comes between reading its sequence and writing the next one.
    sessions = list(_numbered(pairing).select_for_update())
    if seen != fingerprint(schedule, sessions):
        raise StaleSchedule
    times = {row.number: _times(row) for row in sessions}
    changed = _apply(sessions, Facts.of(schedule), facts, starts, zone)
    # Another link alone asks nothing of a date that stands already.
    if faults := date_faults(sessions, [row.number for row in changed if _times(row) != times[row.number]]):
        raise CannotDate(faults)
    _save_facts(schedule, facts)
    if changed:
        Session.objects.bulk_update(changed, ["starts_at", "minutes", "zone", "link", "state", "sequence"])
    settle_dates(pairing, sessions, actor=actor)
    replan(pairing)
    changed_after_inviting(pairing, changed)
    numbers = [row.number for row in changed]
    record_event("schedule.saved", schedule, actor=actor, within=pairing, sessions=numbers)
    if changed:
        print_of_now = fingerprint(schedule, sessions)
        for other in others_of(pairing, member):
            link = page_of("pairs:sessions", pairing.pk)
            tell("dates_agreed", other, about=pairing, occasion=f"dates-{print_of_now}", link=link, by=member)
    return changed


def _times(session: Session) -> tuple[dt.datetime | None, int, str]:
    """What of a session could collide with another one."""
    return session.starts_at, session.minutes, session.state


def own_or_common(session: Session, before: Facts, now: Facts) -> tuple[int, str]:
    """Length and link of a session when a pair's common ones turn from ``before`` to ``now``: it keeps its own.

    What has no date has nothing of its own yet.
    """
    follows = session.starts_at is None
    return (
        now.minutes if follows or session.minutes == before.minutes else session.minutes,
        now.link if follows or session.link == before.link else session.link,
    )


def _apply(
    sessions: list[Session], agreed: Facts, facts: Facts, starts: Mapping[int, dt.datetime | None], zone: str
) -> list[Session]:
    """Set the new dates on the rows, and what is common instead of what was ``agreed``; returns those that differ."""
    changed = []
    now = clock.now()
    for row in sessions:
        if row.state == SessionState.HELD or row.number not in starts:
            continue
        before = (row.starts_at, row.minutes, row.link, row.state)
        start = starts[row.number]
        comes_back = row.state == SessionState.CANCELLED and start is not None and start != row.starts_at
        if row.state == SessionState.CANCELLED and not comes_back:
            continue
        if start is not None and start == row.starts_at and start < now:
            continue  # it has begun and nobody has said yet that it took place: it stays as it was
        row.minutes, row.link = own_or_common(row, agreed, facts)
        row.starts_at = start
        row.state = SessionState.PLANNED
        if before != (row.starts_at, row.minutes, row.link, row.state):
            row.zone = zone
            row.sequence += 1
            changed.append(row)
    return changed


def _save_facts(schedule: Schedule, facts: Facts) -> None:
    for name in ("frequency", "platform", "platform_other", "link", "minutes"):
        setattr(schedule, name, getattr(facts, name))
    schedule.save(update_fields=["frequency", "platform", "platform_other", "link", "minutes"])


def settle_dates(pairing: Pairing, sessions: Iterable[Session], *, actor: User | None) -> None:
    """Close what was owed about dates as soon as it is there, and ask again for what is no longer there.

    The dates of all sessions are one output; a session that lost its date later has one of its own (``lost_date``).
    """
    rows = {row.number: row for row in sessions if row.part == 0}
    for output in Output.objects.filter(pairing=pairing, kind=OutputKind.SCHEDULE, cancelled_at=None):
        wanted = rows.values() if not output.moment else [row for row in rows.values() if output.session_id == row.pk]
        complete = all(row.is_let_go or (row.starts_at and row.state != SessionState.CANCELLED) for row in wanted)
        if complete and output.done_at is None:
            close_output(output=output, actor=actor)
        elif not complete and output.done_at is not None and output.moment:
            reopen_output(output=output, actor=actor)
