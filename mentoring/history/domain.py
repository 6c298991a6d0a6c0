"""The only writer of history, and its readers."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.history.actions import action_of
from mentoring.history.models import Event


def kind_of(obj: models.Model) -> str:
    """How a thing is named in history: ``pairs.pairing``."""
    return obj._meta.label_lower


def record_event(
    action: str,
    about: models.Model,
    *,
    actor: Any,
    within: models.Model | None = None,
    at: dt.datetime | None = None,
    **data: Any,
) -> Event:
    """Record that ``actor`` (a user, or ``None`` for the system) did ``action`` to ``about``.

    ``within`` is the thing whose timeline shows it. ``data`` must be JSON and hold nothing anybody wrote.
    Raises ``KeyError`` for an undeclared action.
    """
    action_of(action)
    owner = within or about
    return Event.objects.create(
        action=action,
        actor=actor,
        about_kind=kind_of(about),
        about_id=about.pk,
        within_kind=kind_of(owner),
        within_id=owner.pk,
        data=data,
        at=at or clock.now(),
    )


def timeline_of(thing: models.Model) -> models.QuerySet[Event]:
    """Everything that happened to a thing or within it, newest first, with who did it."""
    return (
        Event.objects.filter(within_kind=kind_of(thing), within_id=thing.pk)
        .select_related("actor")
        .order_by("-at", "-created_at")
    )


def last_of(things: Iterable[models.Model], actions: Collection[str]) -> dict[UUID, str]:
    """Which of these actions was the last done to each of some things of one kind; without those to which none was."""
    rows = list(things)
    if not rows:
        return {}
    events = Event.objects.filter(
        about_kind=kind_of(rows[0]), about_id__in=[one.pk for one in rows], action__in=actions
    )
    return dict(events.order_by("at", "created_at").values_list("about_id", "action"))


def sentence(event: Event) -> str:
    """The event in words. An action that nobody declares any more gives its bare name."""
    try:
        words = str(action_of(event.action).words)
    except KeyError:
        return event.action
    return words % _Told(event.data, actor=event.actor.name if event.actor else _("The system"))


class _Told(dict[str, Any]):
    """What a sentence may name; what was not recorded is left out visibly."""

    def __missing__(self, name: str) -> str:
        return "…"


def everything() -> models.QuerySet[Event]:
    """All that happened in the open organisation, newest first, with who did it."""
    return Event.objects.select_related("actor").order_by("-at", "-created_at")
