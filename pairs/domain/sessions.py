"""Sessions: moving, cancelling, marking as held, and extra meetings to get to know each other."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.alongside import adds_sessions
from pairs.domain.dating import CannotDate, date_faults, far_fault, length_fault
from pairs.domain.inviting import called_off_at_the_end, changed_after_inviting, settle_invitations
from pairs.domain.outputs import cancel_output
from pairs.domain.people import NotAMember, member_of, members, others_of
from pairs.domain.places import NOWHERE, Where, is_short_notice, where_of
from pairs.domain.planning import replan
from pairs.domain.schedule import numbered, settle_dates
from pairs.domain.session_states import Step, WrongState, allowed, transition
from pairs.domain.telling import page_of, tell
from pairs.domain.undone import undone, words_for
from pairs.enums import OutputKind, SessionState
from pairs.models import Output, Pairing, PairingMember, Session
from programmes.enums import Side
from programmes.models import Participant
from templates_app.domain.kits import kit_of

DAYS_FOR_NEW_DATE = 7
"""A cancelled session is given a new date within so many days, or somebody is reminded."""


@transaction.atomic
def move_session(
    *,
    session: Session,
    starts_at: dt.datetime,
    minutes: int,
    link: str,
    zone: str,
    actor: User,
    where: Where | None = None,
    told_otherwise: bool = False,
) -> Session:
    """Give a session a date, or another one; a cancelled session comes back with it. ``minutes`` long; ``where`` left out
    stays as it is.

    ``told_otherwise``: the partner hears of it in another message, so no notice goes out. Raises ``NotAMember``,
    ``WrongState``, ``CannotDate``.
    """
    member = member_of(session.pairing, actor)
    if not allowed(session, Step.PLAN):
        raise WrongState(session.state)
    before = (session.starts_at, session.minutes, session.link, session.state, where_of(session))
    where = where or where_of(session)
    values = {"starts_at": starts_at, "minutes": minutes, "link": link, "zone": zone}
    check_date(session, starts_at, minutes)
    if before == (starts_at, minutes, link, SessionState.PLANNED, where):
        return session
    late = starts_at != session.starts_at and _is_late(session)
    transition(session, Step.PLAN, **values, **where.columns(), is_late=late, sequence=session.sequence + 1)
    _follow(session, "session.moved", actor, None if told_otherwise else member)
    return session


def _is_late(session: Session) -> bool:
    return is_short_notice(session, kit_of(session.pairing.cohort.programme.handbook).plan)


def check_date(session: Session, start: dt.datetime, minutes: int) -> None:
    """Whether a session can begin at ``start`` and take so many minutes, beside the others. Raises ``CannotDate``."""
    if fault := length_fault(minutes):
        raise CannotDate({0: fault})
    if start == session.starts_at:
        return
    if fault := far_fault(start):
        raise CannotDate({session.number: fault})
    if session.part:
        if start < clock.now():
            raise CannotDate({session.number: _("This is in the past. Choose a date to come.")})
        return
    rows = numbered(session.pairing)
    for row in rows:
        if row.pk == session.pk:
            row.starts_at, row.minutes, row.state = start, minutes, SessionState.PLANNED
    if faults := date_faults(rows, [session.number]):
        raise CannotDate(faults)


@transaction.atomic
def cancel_session(*, session: Session, actor: User) -> Session:
    """Call a session off, marked where it is later than agreed. Its number stays to be planned anew; one without a date is let
    go, and no date is asked for any more.

    Raises ``NotAMember``, ``WrongState``.
    """
    member = member_of(session.pairing, actor)
    transition(session, Step.CANCEL, is_late=_is_late(session), sequence=session.sequence + 1)
    if session.part == 0 and not session.is_let_go:
        _ask_for_new_date(session)
    _follow(session, "session.cancelled", actor, member)
    return session


def _ask_for_new_date(session: Session) -> None:
    """A session without a date is owed one by both, beside the output for all dates (which may be done)."""
    whole = Output.objects.filter(pairing=session.pairing, kind=OutputKind.SCHEDULE, moment="").first()
    if whole is not None and whole.is_open:
        return
    now = clock.now()
    Output.objects.update_or_create(
        pairing=session.pairing,
        kind=OutputKind.SCHEDULE,
        worksheet="",
        moment=f"session-{session.number}",
        member=None,
        defaults={
            "title": _("Set a new date for session %(number)d") % {"number": session.number},
            "session": session,
            "stage": whole.stage if whole else "",
            "position": whole.position if whole else 0,
            "opens_at": now,
            "due_at": now + dt.timedelta(days=DAYS_FOR_NEW_DATE),
            "done_at": None,
            "cancelled_at": None,
            "reminders_sent": 0,
            "next_reminder_at": None,
            "escalated_at": None,
        },
    )


@transaction.atomic
def hold_session(
    *, session: Session, actor: User, minutes: int | None = None, starts_at: dt.datetime | None = None
) -> Session:
    """Mark a session as held: with how long it took, and when, where that was not as planned.

    With it the session's outputs open (learning logs, say). Raises ``NotAMember``, ``WrongState``, ``CannotDate`` when it
    has no date or one to come, and while something has to be done before sessions are noted.
    """
    member_of(session.pairing, actor)
    now = clock.now()
    if missing := undone(session.pairing, kit_of(session.pairing.cohort.programme.handbook).plan.sessions_wait_for):
        raise CannotDate({0: words_for(missing)})
    start = starts_at or session.starts_at
    if start is None or start > now:
        raise CannotDate({session.number: _("Say when it took place: a session is held only once it has begun.")})
    if minutes is not None and (fault := length_fault(minutes)):
        raise CannotDate({0: fault})
    planned = session.starts_at
    transition(session, Step.HOLD, starts_at=start, planned_at=planned, held_at=now, held_minutes=minutes)
    if session.number == 1:
        _drop_introduction(session.pairing)
    settle_dates(session.pairing, numbered(session.pairing), actor=actor)
    settle_invitations(session.pairing, actor=actor)
    replan(session.pairing)
    record_event("session.held", session, actor=actor, within=session.pairing, number=session.number)
    return session


def _drop_introduction(pairing: Pairing) -> None:
    """Who has met needs no introduction any more."""
    waiting = Output.objects.filter(pairing=pairing, kind=OutputKind.INTRODUCTION, done_at=None, cancelled_at=None)
    for output in waiting:
        cancel_output(output=output)


@transaction.atomic
def unhold_session(*, session: Session, actor: User) -> Session:
    """It was marked as held by mistake: planned again, as it was. Raises ``NotAMember``, ``WrongState``."""
    member_of(session.pairing, actor)
    transition(session, Step.UNHOLD, starts_at=session.planned_at, planned_at=None, held_at=None, held_minutes=None)
    settle_dates(session.pairing, numbered(session.pairing), actor=actor)
    settle_invitations(session.pairing, actor=actor)
    replan(session.pairing)
    record_event("session.unheld", session, actor=actor, within=session.pairing, number=session.number)
    return session


@transaction.atomic
def add_meeting(
    *,
    pairing: Pairing,
    starts_at: dt.datetime,
    minutes: int,
    link: str,
    zone: str,
    actor: User,
    mentee: Participant | None = None,
    where: Where = NOWHERE,
) -> Session:
    """Add a meeting to get to know each other, under session 1: the count of sessions stays (``plp.sys.112``). In a group
    it may be of one ``mentee`` with the mentors alone (``sssc.must.20``): fellow mentees neither hear of it nor see it.

    Raises ``NotAMember``, also for a mentee other than oneself, ``CannotDate``, ``WrongState`` when the partner adds one in
    the same instant.
    """
    member = member_of(pairing, actor)
    if mentee is not None:
        _check_alone(pairing, member, mentee)
    last = Session.objects.filter(pairing=pairing, number=1).aggregate(part=Max("part"))["part"] or 0
    values = {"minutes": minutes, "link": link, "zone": zone, "mentee": mentee, **where.columns()}
    session = Session(pairing=pairing, number=1, part=last + 1, **values)
    check_date(session, starts_at, minutes)
    session.starts_at = starts_at
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as fault:
        raise WrongState("Somebody added a meeting in the same instant.") from fault
    _follow(session, "session.added_alone" if mentee else "session.added", actor, member)
    return session


def _check_alone(pairing: Pairing, member: PairingMember, mentee: Participant) -> None:
    """Mentors meet any mentee of their group alone, a mentee only themselves."""
    is_there = members(pairing).filter(participant=mentee, side=Side.MENTEE).exists()
    if pairing.is_pair or not is_there or (member.side == Side.MENTEE and member.participant_id != mentee.pk):
        raise NotAMember


class FixedNumber(Exception):
    """The handbook says how many sessions there are: a pair adds none."""


@transaction.atomic
def add_session(
    *,
    pairing: Pairing,
    starts_at: dt.datetime,
    minutes: int,
    link: str,
    zone: str,
    actor: User,
    where: Where = NOWHERE,
) -> Session:
    """Add a session after those the pair has, where the handbook leaves their number open. What hangs on each session is
    owed for it too.

    Raises ``NotAMember``, ``FixedNumber``, ``CannotDate``, ``WrongState`` when somebody adds one in the same instant.
    """
    member = member_of(pairing, actor)
    if not adds_sessions(pairing):
        raise FixedNumber
    last = Session.objects.filter(pairing=pairing).aggregate(number=Max("number"))["number"] or 0
    try:
        with transaction.atomic():
            values = {"minutes": minutes, "link": link, "zone": zone, "starts_at": starts_at, **where.columns()}
            session = Session.objects.create(pairing=pairing, number=last + 1, **values)
    except IntegrityError as fault:
        raise WrongState("Somebody added a session in the same instant.") from fault
    if (fault_of_length := length_fault(minutes)) or (faults := date_faults(numbered(pairing), [session.number])):
        raise CannotDate({0: fault_of_length} if fault_of_length else faults)
    _follow(session, "session.planned", actor, member)
    return session


def _follow(session: Session, action: str, actor: User, member: PairingMember | None) -> None:
    """What a changed date brings about: plans, invitations, history, and a word to the partner of ``member``."""
    settle_dates(session.pairing, numbered(session.pairing), actor=actor)
    replan(session.pairing)
    sent = changed_after_inviting(session.pairing, [session])
    record_event(action, session, actor=actor, within=session.pairing, number=session.number)
    if sent or member is None:
        return  # the invitation says it already, or another message does
    for other in others_of(session.pairing, member):
        if session.mentee_id is not None and other.side == Side.MENTEE and other.participant_id != session.mentee_id:
            continue
        tell(
            "session_changed",
            other,
            about=session,
            occasion=f"{action}-{session.sequence}",
            link=page_of("pairs:session", session.pairing_id, session.pk),
            by=member,
            number=session.number,
            cancelled=session.state == SessionState.CANCELLED,
            let_go=session.is_let_go,
        )


def cancel_alone(pairing: Pairing, mentee: Participant) -> None:
    """Cancel what a mentee who leaves was still to have alone with the mentors, in everybody's calendar who had it."""
    alone = list(Session.objects.filter(pairing=pairing, state=SessionState.PLANNED, mentee=mentee))
    for session in alone:
        session.pairing = pairing
        transition(session, Step.CANCEL, sequence=session.sequence + 1)
    called_off_at_the_end(pairing, alone)


def cancel_coming(pairing: Pairing, moment: dt.datetime) -> list[Session]:
    """Cancel every session still to come of a pair that ends, in both calendars. Returns them."""
    coming = list(Session.objects.filter(pairing=pairing, state=SessionState.PLANNED))
    cancelled = [row for row in coming if row.starts_at is None or row.starts_at > moment]
    for session in cancelled:
        session.pairing = pairing
        transition(session, Step.CANCEL, sequence=session.sequence + 1)
    called_off_at_the_end(pairing, cancelled)
    return cancelled
