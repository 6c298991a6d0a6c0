"""Saying who somebody's line manager is, and sending them a link that they may use again until it ends.

A link ends with a newer one, when it is taken back, when somebody else is named, when its days are over, and when the person
no longer takes part.
"""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.domain.people import addresses_of
from mentoring.accounts.middleware import zone_or_utc
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import cancel_messages, notify
from mentoring.tenancy.scope import current_organisation
from mentoring.ui.dates import day
from mentoring.work.domain import wake
from programmes.domain.choosing.states import NotYours
from programmes.domain.links import link
from programmes.domain.managers.asked import close_askings
from programmes.domain.managers.terms import deals_with_manager, managers_of
from programmes.domain.outside import end_links, make_link
from programmes.models import LineManager, ManagerLink, Participant, StaffManager

PURPOSE = "programmes.managers"
NOTICE = "programmes.manager_asked"
NEEDS = "managers-needs"
"""The work that asks managers once a year (``needs.py``): whoever is named is asked too."""

MOST_IN_A_DAY = 5
"""So many links go out for one person within 24 hours, to whichever addresses."""


class ManagerRefused(ValueError):
    """They cannot be named like this; the message says why."""


def manager_of(person: Participant) -> LineManager | None:
    """The manager named last and not taken back."""
    return LineManager.objects.filter(participant=person, ended_at=None).first()


@transaction.atomic
def name_manager(*, person: Participant, name: str, email: str, actor: User) -> LineManager:
    """Say who it is and send them the link; to the same address once more, a new link in place of the one before.

    Raises ``NotYours``, and ``ManagerRefused`` for an address of the person's own and after ``MOST_IN_A_DAY``.
    """
    if not deals_with_manager(actor, person):
        raise NotYours
    address = normal_email(email)
    _check_mail(person, address)
    now_named = manager_of(person)
    if now_named is not None and now_named.email != address:
        _end(now_named)
        now_named = None
    try:
        with transaction.atomic():
            manager = _kept(now_named, person, name, address, actor)
    except IntegrityError as fault:  # another window was faster
        raise ManagerRefused(_("A manager has just been named. Look who it is.")) from fault
    _send_link(manager, person, actor)
    record_event("manager.named", person, actor=actor, name=person.name)
    wake(NEEDS, at=clock.now())
    return manager


def _check_mail(person: Participant, address: str) -> None:
    own = {normal_email(person.email)}
    if person.membership is not None:
        own.update(addresses_of(person.membership.user))
    if address in own:
        raise ManagerRefused(_("This is the person's own address. Give the manager's."))
    since = clock.now() - dt.timedelta(days=1)
    if ManagerLink.objects.filter(manager__participant=person, created_at__gt=since).count() >= MOST_IN_A_DAY:
        raise ManagerRefused(_("Five links have been sent within a day. Wait until tomorrow to send another."))


def _kept(before: LineManager | None, person: Participant, name: str, email: str, actor: User) -> LineManager:
    if before is None:
        return LineManager.objects.create(participant=person, name=name, email=email, named_by=actor)
    before.name, before.named_by = name, actor
    before.save(update_fields=["name", "named_by"])
    _close_links(before)
    return before


@transaction.atomic
def take_manager_back(*, person: Participant, actor: User) -> None:
    """End the link. What the manager wrote stays. Raises ``NotYours``; with nobody named it does nothing."""
    if not deals_with_manager(actor, person):
        raise NotYours
    manager = manager_of(person)
    if manager is not None and _end(manager):
        record_event("manager.taken_back", person, actor=actor, name=person.name)


def close_managers_of(person: Participant) -> None:
    """Somebody no longer takes part: their manager's link opens nothing any more."""
    manager = manager_of(person)
    if manager is not None:
        _end(manager)


def _end(manager: LineManager) -> bool:
    ended = LineManager.objects.filter(pk=manager.pk, ended_at=None).update(ended_at=clock.now())
    _close_links(manager)
    _ask_no_more(manager)
    return bool(ended)


def _ask_no_more(manager: LineManager) -> None:
    """The yearly question ends too, unless the address is to be asked for another reason: coordinators list it, or somebody
    else names it. Who names one address after the other would else answer for each of them.
    """
    programme, email = manager.participant.cohort.programme, manager.email
    named = LineManager.objects.filter(ended_at=None, participant__cohort__programme=programme, email=email)
    if not named.exists() and not StaffManager.objects.filter(programme=programme, email=email).exists():
        close_askings(programme, email)


def _close_links(manager: LineManager) -> None:
    end_links(ManagerLink.objects.filter(manager=manager))
    cancel_messages(about=manager, kinds=[NOTICE])


def _send_link(manager: LineManager, person: Participant, actor: User) -> None:
    """Who takes part, in what, and until when; nothing of any pair."""
    programme = person.cohort.programme
    token, until = make_link(ManagerLink, purpose=PURPOSE, days=managers_of(programme).days, manager=manager)
    context = {
        "name": manager.name,
        "person": person.name,
        "programme": programme.title,
        "organisation_name": current_organisation().name,
        "by": actor.name,
        "by_email": actor.email,
        "until": day(until.astimezone(zone_or_utc(person.zone)).date()),
        "action_url": link("programmes:manager_page", token),
    }
    notify(NOTICE, manager.email, about=manager, occasion=f"{manager.pk}-{token[-12:]}", context=context)
