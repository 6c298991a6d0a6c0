"""Agreeing on a time: one proposes up to three for a session, somebody on the other side takes one, says that none suits, or
proposes others (``phase1.arch.2.b``).

Among peers everybody else may answer. With more than two people the first answer settles it for everybody. Waiting for all
of them would leave a group without a date as soon as one does not answer; whoever cannot come then says so by proposing
others, as with any date that stands. Everybody whom the session is for is told of what is proposed and of what comes of it.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.models import Message
from mentoring.ui import dates
from mentoring.work.domain import wake
from pairs.domain.dating import CannotDate
from pairs.domain.entries import session_title
from pairs.domain.people import NotAMember, Person, called, member_of, members, people_of
from pairs.domain.presence import at_meeting
from pairs.domain.session_states import Step as SessionStep
from pairs.domain.session_states import WrongState, allowed
from pairs.domain.sessions import check_date, move_session
from pairs.domain.telling import page_of, tell
from pairs.domain.times_states import Step, transition
from pairs.domain.times_waiting import instants_of, may_answer, times_of, waiting_times
from pairs.enums import SessionState, TimesState
from pairs.models import PairingMember, ProposedTimes, Session
from programmes.domain.choosing.times import morning_after
from templates_app.domain.kits import kit_of

MOST = 3
"""So many times are proposed at once."""
DAYS_TO_ANSWER = (3, 1)
"""Whoever is asked is reminded on the third morning, or on the next where the first time comes before that."""
WORK = "proposed-times"
PROPOSED, DECLINED, REMINDER = "pairs.times_proposed", "pairs.times_declined", "pairs.times_reminder"


class NotYours(Exception):
    """It is another's to do: times are answered from the other side, and taken back by whoever proposed them."""


@transaction.atomic
def propose_times(
    *, session: Session, starts: Sequence[dt.datetime], minutes: int, zone: str, actor: User
) -> ProposedTimes:
    """Propose one to three instants for a session of ``minutes``; what was proposed before, by whichever side, is replaced.

    ``zone`` is on whose clock they were chosen. Raises ``NotAMember``, ``WrongState`` for a session that was held and when
    somebody proposes in the same instant, ``CannotDate`` with what is wrong by the position of a time (from 1).
    """
    member = _at(session, actor)
    if not allowed(session, SessionStep.PLAN):
        raise WrongState(session.state)
    _check(session, starts, minutes)
    answers = times_of(session)
    for row in ProposedTimes.objects.filter(session=session, state=TimesState.OPEN):
        transition(row, Step.REPLACE)
    ordered = sorted(set(starts))
    values = {"minutes": minutes, "zone": zone, "stood_at": session.starts_at, "lapses_at": ordered[-1]}
    try:
        with transaction.atomic():
            times = ProposedTimes.objects.create(
                session=session,
                by=member,
                starts=[at.astimezone(dt.UTC).isoformat() for at in ordered],
                remind_at=_reminder(ordered[0], session, member),
                **values,
            )
    except IntegrityError as fault:
        raise WrongState("Somebody proposed times in the same instant.") from fault
    if times.remind_at is not None:
        wake(WORK, at=times.remind_at)
    record_event("times.proposed", session, actor=actor, within=session.pairing, number=session.number)
    others = answers is not None and may_answer(member, answers, session.pairing)
    _tell(PROPOSED, times, member, _others(session, member), instead=others)
    return times


def _check(session: Session, starts: Sequence[dt.datetime], minutes: int) -> None:
    """Each time must be one that the session could be given now."""
    faults: dict[int, str] = {}
    for position, start in enumerate(starts, 1):
        if start == session.starts_at and session.state == SessionState.PLANNED:
            faults[position] = _("The session is at this time already. Propose another.")
            continue
        try:
            check_date(session, start, minutes)
        except CannotDate as refused:
            faults[position] = " ".join(refused.faults.values())
    if not starts:
        faults[1] = _("Enter at least one time.")
    if faults or len(starts) > MOST:
        raise CannotDate(faults or {MOST: _("Propose up to three times.")})


def _reminder(first: dt.datetime, session: Session, member: PairingMember) -> dt.datetime | None:
    """The morning on which those asked are reminded, on the clock of the first of them to see it; ``None``: no time for it."""
    asking = ProposedTimes(session=session, by=member)
    zones = [Person(row).zone for row in _others(session, member) if may_answer(row, asking, session.pairing)]
    for days in DAYS_TO_ANSWER:
        mornings = [morning_after(clock.now(), days, zone) for zone in zones]
        if mornings and min(mornings) < first:
            return min(mornings)
    return None


@transaction.atomic
def accept_time(*, session: Session, start: dt.datetime, actor: User) -> Session:
    """Take one of the times that the other side proposes: it is the session's date now, and goes out as every date does.

    Raises ``NotAMember``, ``NotYours`` on the side that proposed it, ``WrongState`` when it is not proposed any more, and
    ``CannotDate`` when it cannot stand beside the other dates any more.
    """
    times, _member = _to_answer(session, actor)
    if start not in instants_of(times):
        raise WrongState("This time is not proposed any more.")
    transition(times, Step.ACCEPT)
    return move_session(
        session=session, starts_at=start, minutes=times.minutes, link=session.link, zone=times.zone, actor=actor
    )


@transaction.atomic
def decline_times(*, session: Session, seen: str, actor: User) -> None:
    """Say that none of the times suits. ``seen``: the id of the proposal that was looked at.

    Raises ``NotAMember``, ``NotYours``, and ``WrongState`` where another proposal stands there by now.
    """
    times, member = _to_answer(session, actor)
    if str(times.pk) != seen:
        raise WrongState("Other times are proposed by now.")
    transition(times, Step.DECLINE)
    record_event("times.declined", session, actor=actor, within=session.pairing, number=session.number)
    _tell(DECLINED, times, member, _others(session, member))


@transaction.atomic
def withdraw_times(*, session: Session, actor: User) -> None:
    """Take one's own times back; what waits in the outbox does not go. Raises ``NotAMember``, ``NotYours``, ``WrongState``."""
    member = _at(session, actor)
    times = _waiting(session)
    if times.by_id != member.pk:
        raise NotYours
    transition(times, Step.WITHDRAW)
    record_event("times.withdrawn", session, actor=actor, within=session.pairing, number=session.number)


def _at(session: Session, actor: User) -> PairingMember:
    """The actor's place among those whom the session is for. Raises ``NotAMember``."""
    member = member_of(session.pairing, actor)
    if member not in _meant(session):
        raise NotAMember
    return member


def _meant(session: Session) -> list[PairingMember]:
    there = {one.member.pk for one in at_meeting(session, people_of(session.pairing)).present}
    return [row for row in members(session.pairing) if row.pk in there]


def _others(session: Session, member: PairingMember) -> list[PairingMember]:
    return [row for row in _meant(session) if row.pk != member.pk]


def _waiting(session: Session) -> ProposedTimes:
    times = times_of(session)
    if times is None:
        raise WrongState("No times are proposed any more.")
    return times


def _to_answer(session: Session, actor: User) -> tuple[ProposedTimes, PairingMember]:
    member = _at(session, actor)
    times = _waiting(session)
    if not may_answer(member, times, session.pairing):
        raise NotYours
    return times, member


def _tell(
    kind: str, times: ProposedTimes, by: PairingMember, to: Sequence[PairingMember], *, instead: bool = False
) -> None:
    """Write to members of ``by``, with the times on each one's own clock."""
    session, sender, name = times.session, Person(by), called(by)
    title = session_title(kit_of(session.pairing.cohort.programme.handbook), session)
    for member in to:
        zone = Person(member).zone
        tell(
            kind.removeprefix("pairs."),
            member,
            about=times,
            occasion=f"{kind}-{times.pk}",
            link=page_of("pairs:session", session.pairing_id, session.pk),
            by=by,
            title=title,
            times=[dates.when(at, zone, sender.zone, name) for at in instants_of(times)],
            asks=may_answer(member, times, session.pairing),
            instead=instead,
        )


def remind_of_times(now: dt.datetime) -> dt.datetime | None:
    """Worker: remind once whoever has not answered; says when to look again. Twice does nothing."""
    due = waiting_times().filter(remind_at__lte=now).order_by("remind_at", "pk")
    for times in due.select_related("by", "session__pairing__cohort__programme__handbook"):
        _remind(times)
    later = waiting_times().filter(remind_at__isnull=False).order_by("remind_at")
    return later.values_list("remind_at", flat=True).first()


@transaction.atomic
def _remind(times: ProposedTimes) -> None:
    if ProposedTimes.objects.filter(pk=times.pk, remind_at=times.remind_at).update(remind_at=None):
        by = members(times.session.pairing).get(pk=times.by_id)
        asked = [row for row in _others(times.session, by) if may_answer(row, times, times.session.pairing)]
        _tell(REMINDER, times, by, asked)


def are_still_proposed(message: Message) -> bool:
    """Check of what asks for an answer, at the moment of sending: the times still wait for one."""
    return message.subject_id is not None and waiting_times().filter(pk=message.subject_id).exists()
