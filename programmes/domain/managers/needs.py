"""Once in each planning year managers are asked what their staff could use mentoring for (``sssc.must.83``).

Asked is who stands on the coordinators' list and who was named as somebody's line manager; each address once a year. A
question is about a unit, never about a person, and an answer reaches the programme's coordinators alone.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from mentoring.tenancy.scope import current_organisation
from mentoring.ui.dates import day
from mentoring.work.domain import wake
from programmes.domain.choosing.states import NotYours
from programmes.domain.links import link
from programmes.domain.managers.asked import NOTICE, close_askings
from programmes.domain.managers.naming import NEEDS
from programmes.domain.managers.terms import managers_of
from programmes.domain.outside import make_link
from programmes.domain.roles import roles_for
from programmes.enums import CohortState, ParticipantState
from programmes.models import LineManager, NeedsAsking, NeedsLink, Programme, StaffManager
from templates_app.shapes import Managers

PURPOSE = "programmes.managers.needs"


class AlreadyListed(ValueError):
    """Somebody with this address stands on the list; the message says so."""


@dataclass(frozen=True)
class Whom:
    """Somebody to be asked."""

    name: str
    email: str
    unit: str = ""


# --- The list -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def list_manager(*, programme: Programme, name: str, email: str, unit: str, actor: User) -> StaffManager:
    """Put somebody onto the list. They are asked at once while a year's answers are gathered, else when the next year begins.

    Raises ``NotYours`` for anybody but a coordinator, and ``AlreadyListed``.
    """
    if not roles_for(actor).coordinates(programme.pk):
        raise NotYours
    try:
        with transaction.atomic():
            row = StaffManager.objects.create(
                programme=programme, name=name, email=normal_email(email), unit=unit, added_by=actor
            )
    except IntegrityError as fault:
        raise AlreadyListed(_("Somebody with this address is on the list already.")) from fault
    record_event("manager.listed", programme, actor=actor)
    wake(NEEDS, at=clock.now())
    return row


@transaction.atomic
def take_off_list(*, manager: StaffManager, actor: User) -> None:
    """Ask somebody no more; a link they have not answered by ends. What they answered stays. Raises ``NotYours``."""
    programme = manager.programme
    if not roles_for(actor).coordinates(programme.pk):
        raise NotYours
    close_askings(programme, manager.email)
    manager.delete()
    record_event("manager.unlisted", programme, actor=actor)


def get_listed(programme: Programme, manager_id: UUID) -> StaffManager:
    """Somebody on this programme's list, or the one 404."""
    return get_object_or_404(StaffManager.objects.select_related("programme"), programme=programme, pk=manager_id)


# --- The year -----------------------------------------------------------------------------------------------------------


def year_begun(terms: Managers, today: dt.date) -> dt.date:
    """The day on which the planning year began that a day lies in."""
    begins = dt.date(today.year, terms.needs_month, terms.needs_day)
    return begins if begins <= today else begins.replace(year=today.year - 1)


def year_called(terms: Managers, year: int) -> str:
    """``2027``, or ``2026/27`` for one that does not begin in January."""
    return str(year) if (terms.needs_month, terms.needs_day) == (1, 1) else f"{year}/{(year + 1) % 100:02d}"


# --- Asking -------------------------------------------------------------------------------------------------------------


def ask_for_needs(now: dt.datetime) -> dt.datetime | None:
    """Worker: ask whoever has not been asked in the planning year that has begun; looks again tomorrow while there is anybody.

    After so many days (``needs_days``) nobody is asked any more before the next year. A programme whose cohorts are all
    closed rests.
    """
    zone = ZoneInfo(current_organisation().zone)
    today = now.astimezone(zone).date()
    listed = StaffManager.objects.values("programme")
    named = LineManager.objects.filter(ended_at=None).values("participant__cohort__programme")
    rows = Programme.objects.filter(Q(pk__in=listed) | Q(pk__in=named)).select_related("handbook")
    programmes = list(rows.order_by("pk"))
    for programme in programmes:
        terms = managers_of(programme)
        if terms.offered and terms.needs is not None and not _rests(programme):
            _ask_in_year(programme, terms, today)
    if not programmes:
        return None
    return dt.datetime.combine(today + dt.timedelta(days=1), dt.time(6), zone).astimezone(dt.UTC)


def _rests(programme: Programme) -> bool:
    states = set(programme.cohorts.values_list("state", flat=True))
    return bool(states) and CohortState.OPEN not in states


def _ask_in_year(programme: Programme, terms: Managers, today: dt.date) -> None:
    begun = year_begun(terms, today)
    left = terms.needs_days - (today - begun).days
    if left <= 0:
        return
    known = set(NeedsAsking.objects.filter(programme=programme, year=begun.year).values_list("email", flat=True))
    for whom in _to_be_asked(programme):
        if whom.email not in known:
            known.add(whom.email)
            _ask(programme, begun.year, whom, year_called(terms, begun.year), days=left)


def _to_be_asked(programme: Programme) -> Iterator[Whom]:
    """Who stands on the list, then who was named as a line manager of somebody who takes part now."""
    for row in StaffManager.objects.filter(programme=programme):
        yield Whom(row.name, row.email, row.unit)
    rows = LineManager.objects.filter(
        ended_at=None,
        participant__cohort__programme=programme,
        participant__cohort__state=CohortState.OPEN,
        participant__state=ParticipantState.JOINED,
    )
    for manager in rows.order_by("created_at", "pk"):
        yield Whom(manager.name, manager.email)


@transaction.atomic
def _ask(programme: Programme, year: int, whom: Whom, called: str, *, days: int) -> None:
    """One question to one address; of two ticks at once one asks."""
    try:
        with transaction.atomic():
            asking = NeedsAsking.objects.create(
                programme=programme, year=year, name=whom.name, email=whom.email, unit=whom.unit
            )
    except IntegrityError:
        return
    token, until = make_link(NeedsLink, purpose=PURPOSE, days=days, asking=asking)
    context = {
        "name": whom.name,
        "programme": programme.title,
        "organisation_name": current_organisation().name,
        "year": called,
        "until": day(until.astimezone(ZoneInfo(current_organisation().zone)).date()),
        "action_url": link("programmes:needs_page", token),
    }
    notify(NOTICE, whom.email, about=asking, occasion=f"{asking.pk}", context=context)
    record_event("needs.asked", programme, actor=None, year=called)
