"""Telling the people of a pairing something: names, a link and no confidential word."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from mentoring.accounts.models import User
from mentoring.notices.domain.outbox import cancel_messages, notify
from mentoring.notices.kinds import Group, all_kinds
from mentoring.tenancy.scope import current_organisation
from pairs.domain.people import Person, called, people_of
from pairs.models import Output, Pairing, PairingMember


def page_of(view: str, *args: Any) -> str:
    """The whole address of a page inside the open organisation, for a message."""
    return settings.SITE_URL + reverse(view, args=[current_organisation().slug, *args])


def tell(
    kind: str,
    member: PairingMember,
    *,
    about: models.Model,
    occasion: str,
    link: str,
    by: PairingMember | None = None,
    **context: Any,
) -> None:
    """Queue a notice for a member; one without an account yet gets none. ``by`` is the partner it comes from."""
    user = Person(member).user
    if user is not None:
        if by is not None:
            context["by"] = Person(by).name
            context["by_short"] = called(by)
        tell_user(kind, user, about=about, occasion=occasion, link=link, **context)


def tell_user(kind: str, user: User, *, about: models.Model, occasion: str, link: str, **context: Any) -> None:
    """Queue a notice for a person, with the link it leads to."""
    notify(f"pairs.{kind}", user, about=about, occasion=occasion, context={"link": link, "action_url": link, **context})


def stop_reminding(outputs: Sequence[Output]) -> None:
    """Withdraw the reminders of these outputs that wait for their hour: they are done, or no longer called for.

    Whichever room reminds; what else is told of an output (that it was sent, say) still goes.
    """
    reminders = [kind.name for kind in all_kinds() if kind.group is Group.REMINDERS]
    cancel_messages(about=outputs, kinds=reminders)


def pairing_label(pairing: Pairing) -> str:
    """The names, mentees first, as coordinators know a pairing."""
    return people_of(pairing).label
