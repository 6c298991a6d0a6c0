"""Sessions as calendar entries: what stands in an invitation, and in the private feed."""

import datetime as dt
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from pairs.domain.icalendar_text import Entry, Party
from pairs.domain.people import People, Person
from pairs.domain.telling import page_of
from pairs.domain.wanted import session_plan
from pairs.enums import SessionState
from pairs.models import Pairing, Session
from templates_app.domain.kits import kit_of
from templates_app.shapes import Kit


def session_title(kit: Kit, session: Session) -> str:
    """A session's name: "Session 3 · Logs and actions"; an extra meeting says so."""
    if session.mentee_id is not None:
        return _("One to one")
    if session.part:
        return _("Getting to know each other")
    plan = session_plan(kit, session.number)
    words = {"number": session.number, "title": plan.title if plan else ""}
    return _("Session %(number)d · %(title)s") % words if plan else _("Session %(number)d") % words


def uid_of(session: Session) -> str:
    """The entry's name for ever, in every calendar."""
    return f"session-{session.pk}@{urlsplit(settings.SITE_URL).hostname}"


def organiser_of(pairing: Pairing) -> Party:
    """Invitations come from the installation, so that nobody's address is given to another."""
    return Party(pairing.cohort.programme.title, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def invitation_entry(session: Session, people: People, person: Person, *, stamped: dt.datetime) -> Entry:
    """A session as the invitation to one person: with the meeting link, and no address but their own."""
    page = page_of("pairs:session", session.pairing_id, session.pk)
    lines = [_("With %(name)s.") % {"name": people.others(person).name}]
    if session.link:
        lines.append(_("Join: %(link)s") % {"link": session.link})
    lines.append(_("Plan and agenda: %(page)s") % {"page": page})
    email = person.user.email if person.user else person.participant.email
    return _entry(
        session,
        description="\n".join(lines),
        page=page,
        location=session.link or session.place,
        stamped=stamped,
        organiser=organiser_of(session.pairing),
        attendee=Party(person.name, email),
    )


def feed_entry(session: Session, people: People, person: Person) -> Entry:
    """A session in the person's private feed. The meeting link stays behind the sign-in: a feed's address can leak."""
    page = page_of("pairs:session", session.pairing_id, session.pk)
    described = _("With %(name)s. Plan, agenda and link: %(page)s") % {
        "name": people.others(person).name,
        "page": page,
    }
    return _entry(session, description=described, page=page, stamped=session.created_at)


def _entry(session: Session, *, description: str, page: str, stamped: dt.datetime, **more: object) -> Entry:
    assert session.starts_at is not None
    kit = kit_of(session.pairing.cohort.programme.handbook)
    return Entry(
        uid=uid_of(session),
        sequence=session.sequence,
        starts=session.starts_at,
        minutes=session.held_minutes or session.minutes,
        summary=session_title(kit, session),
        description=description,
        url=page,
        stamped=stamped,
        cancelled=session.state == SessionState.CANCELLED,
        **more,  # type: ignore[arg-type]
    )
