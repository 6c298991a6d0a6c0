"""Calendar invitations: where the handbook asks for it, whoever takes that step sends them once for all sessions, and from
then on every change follows by itself. Where it does not, every date goes out as soon as it stands.

RFC 5546 as e-mail attachments through the outbox, one message per session, person and state of the session. What was
sent last stands in ``Session.invited_sequence``, so nothing goes out twice and nothing is forgotten.
"""

from collections.abc import Iterable

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from pairs.domain.entries import invitation_entry, session_title
from pairs.domain.icalendar_text import Method, calendar_text
from pairs.domain.outputs import close_output, reopen_output
from pairs.domain.people import NotAMember, People, Person, member_of, people_of
from pairs.domain.presence import at_meeting
from pairs.domain.telling import page_of
from pairs.domain.wanted import taken_by
from pairs.enums import OutputKind, SessionState
from pairs.models import Output, Pairing, Schedule, Session
from templates_app.domain.kits import kit_of


@transaction.atomic
def send_invitations(*, pairing: Pairing, actor: User) -> list[Session]:
    """Whoever takes this step sends the invitations for every session that has a date and is still to come; returns those
    sent.

    Sending again sends only what has changed. Raises ``NotAMember`` for anybody whose step it is not.
    """
    if member_of(pairing, actor).side not in taken_by(
        kit_of(pairing.cohort.programme.handbook), OutputKind.INVITATIONS
    ):
        raise NotAMember
    # Locked in the order in which saving the dates does, so that what goes out is what stands.
    schedule = Schedule.objects.select_for_update().get(pairing=pairing)
    coming = Session.objects.filter(pairing=pairing, state=SessionState.PLANNED, starts_at__isnull=False)
    sent = _send(pairing, coming.order_by("number", "part").select_for_update())
    if schedule.invitations_sent_at is None:
        schedule.invitations_sent_at = clock.now()
        schedule.save(update_fields=["invitations_sent_at"])
    settle_invitations(pairing, actor=actor)
    if sent:
        record_event("invitations.sent", pairing, actor=actor, sessions=[row.number for row in sent], count=len(sent))
    return sent


def changed_after_inviting(pairing: Pairing, sessions: Iterable[Session]) -> list[Session]:
    """Send what has changed, if the invitations have been sent before (``plp.sys.24``) or go out by themselves. Returns what
    was sent.
    """
    if not _go_out(pairing):
        return []
    sent = _send_dated(pairing, sessions)
    settle_invitations(pairing, actor=None)
    return sent


def _go_out(pairing: Pairing) -> bool:
    if pairing.is_alongside or not taken_by(kit_of(pairing.cohort.programme.handbook), OutputKind.INVITATIONS):
        return True
    return Schedule.objects.filter(pairing=pairing, invitations_sent_at__isnull=False).exists()


def called_off_at_the_end(pairing: Pairing, sessions: Iterable[Session]) -> list[Session]:
    """Take the cancelled sessions of a pair that ends out of both calendars. Returns what was sent.

    The task of sending stays as it is: what was sent had been sent, and nothing is asked of a pair that has ended.
    """
    return _send_dated(pairing, sessions)


def _send_dated(pairing: Pairing, sessions: Iterable[Session]) -> list[Session]:
    return _send(pairing, [row for row in sessions if row.starts_at is not None])


def send_standing_to(pairing: Pairing, people: People, person: Person) -> None:
    """Somebody has joined: they get every session to come that the others have in their calendars, as it stands."""
    for session in _sent_and_to_come(pairing):
        if person not in at_meeting(session, people).everyone:
            continue
        _send_one(session, people, person, is_update=False, occasion=str(person.member.pk))


def call_off_for(pairing: Pairing, people: People, person: Person) -> None:
    """Somebody leaves: what is to come goes out of their calendar, and out of nobody else's."""
    for session in _sent_and_to_come(pairing):
        if person not in at_meeting(session, people).everyone:
            continue
        session.state = SessionState.CANCELLED  # for them alone: it is not saved
        _send_one(session, people, person, is_update=True, occasion=f"left-{person.member.pk}")


def _sent_and_to_come(pairing: Pairing) -> list[Session]:
    sent = Session.objects.filter(pairing=pairing, state=SessionState.PLANNED, invited_sequence__gte=0)
    rows = list(sent.filter(starts_at__gt=clock.now()).order_by("number", "part"))
    for row in rows:
        row.pairing = pairing
    return rows


def settle_invitations(pairing: Pairing, *, actor: User | None) -> None:
    """The task of sending is done once every session to come has been sent as it stands, and open again until then."""
    outputs = list(Output.objects.filter(pairing=pairing, kind=OutputKind.INVITATIONS, cancelled_at=None))
    if not outputs:
        return
    complete = all(_is_sent(row) for row in Session.objects.filter(pairing=pairing, part=0))
    for output in outputs:
        if complete and output.done_at is None:
            close_output(output=output, actor=actor)
        elif not complete and output.done_at is not None:
            reopen_output(output=output, actor=actor)


def _is_sent(session: Session) -> bool:
    if session.state == SessionState.HELD:
        return True
    planned = session.state == SessionState.PLANNED and session.starts_at is not None
    return planned and session.invited_sequence == session.sequence


def waiting_to_be_sent(sessions: Iterable[Session]) -> list[Session]:
    """The sessions to come whose invitation has not gone out as they stand."""
    dated = [row for row in sessions if row.state == SessionState.PLANNED and row.starts_at is not None]
    return [row for row in dated if row.invited_sequence != row.sequence]


def _send(pairing: Pairing, sessions: Iterable[Session]) -> list[Session]:
    """Send each session as it stands, where that has not been sent; a cancelled one only to who had been invited."""
    people = people_of(pairing)
    sent = []
    for session in sessions:
        cancelled = session.state == SessionState.CANCELLED
        if session.invited_sequence == session.sequence or (cancelled and session.invited_sequence < 0):
            continue
        session.pairing = pairing
        there = at_meeting(session, people)
        for person in there.present or there.everyone:
            _send_one(session, there, person, is_update=session.invited_sequence >= 0)
        session.invited_sequence = session.sequence
        Session.objects.filter(pk=session.pk).update(invited_sequence=session.sequence)
        sent.append(session)
    return sent


def _send_one(session: Session, people: People, person: Person, *, is_update: bool, occasion: str = "") -> None:
    if person.user is None or session.starts_at is None:
        return
    cancelled = session.state == SessionState.CANCELLED
    method = Method.CANCEL if cancelled else Method.REQUEST
    entry = invitation_entry(session, people, person, stamped=clock.now())
    kit = kit_of(session.pairing.cohort.programme.handbook)
    others = people.others(person)
    notify(
        "pairs.invitation",
        person.user,
        about=session,
        occasion=f"invitation-{session.pk}-{session.sequence}" + (f"-{occasion}" if occasion else ""),
        context={
            "what": "cancelled" if cancelled else "moved" if is_update else "invited",
            "title": session_title(kit, session),
            "partner": others.name,
            "when": others.when(session.starts_at, person.zone),
            "minutes": session.minutes,
            "join": "" if cancelled else session.link,
            "action_url": page_of("pairs:session", session.pairing_id, session.pk),
        },
        attachments=[
            {
                "name": "invitation.ics",
                "type": f"text/calendar; method={method}",
                "body": calendar_text([entry], method=method),
            }
        ],
    )
