"""Putting messages into the outbox, in the business transaction."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.history.domain import kind_of
from mentoring.notices.kinds import kind_named
from mentoring.notices.models import Message
from mentoring.tenancy.scope import current_organisation
from mentoring.work.domain import wake
from mentoring.work.models import State

NO_LONGER_HOLDS = "no longer holds"

_watched: ContextVar[list[Message] | None] = ContextVar("messages_watched", default=None)


def notify(
    kind: str,
    recipient: User | str,
    *,
    about: models.Model | None,
    occasion: str,
    context: dict[str, Any] | None = None,
    attachments: list[dict[str, str]] | None = None,
    not_before: dt.datetime | None = None,
) -> Message | None:
    """Queue one message, once per ``occasion``; returns ``None`` when that occasion was already told to this person.

    ``recipient`` is a person, or an e-mail address of somebody who has no account yet. ``context`` holds plain JSON
    values and nothing confidential. Before ``not_before``, an instant in UTC, it neither goes out nor stands in
    the inbox. Raises ``KeyError`` for an undeclared kind.
    """
    declared = kind_named(kind)
    person = recipient if isinstance(recipient, User) else None
    email = person.email if person else normal_email(str(recipient))
    when = not_before or clock.now()
    message = Message(
        organisation=current_organisation(),
        kind=kind,
        recipient=person,
        email=email,
        language=person.language if person else current_organisation().language,
        subject_kind=kind_of(about) if about else "",
        subject_id=about.pk if about else None,
        occasion=occasion,
        context=context or {},
        attachments=attachments or [],
        by_mail=person is None or declared.group not in person.muted,
        not_before=when,
        visible_from=when,
    )
    if not _write(message):
        return None
    wake("outbox", at=when)
    if (seen := _watched.get()) is not None:
        seen.append(message)
    return message


def _write(message: Message) -> bool:
    """Write the row unless its occasion has been told; two transactions at once are settled by the unique constraint.

    With ``ignore_conflicts`` the database does not say which rows it took; our id tells.
    """
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return Message.objects.filter(pk=message.pk).exists()


@contextmanager
def messages_watched() -> Iterator[list[Message]]:
    """Collect what ``notify`` queues within the block, for those who want to tell what a tick did or would do."""
    seen: list[Message] = []
    token = _watched.set(seen)
    try:
        yield seen
    finally:
        _watched.reset(token)


def cancel_messages(*, about: models.Model | Sequence[models.Model], kinds: list[str] | None = None) -> int:
    """Withdraw what has not gone out yet about a thing that no longer holds, or several of one kind. Returns how many."""
    things = [about] if isinstance(about, models.Model) else list(about)
    if not things:
        return 0
    ids = [thing.pk for thing in things]
    waiting = Message.objects.filter(state=State.QUEUED, subject_kind=kind_of(things[0]), subject_id__in=ids)
    if kinds is not None:
        waiting = waiting.filter(kind__in=kinds)
    return waiting.update(state=State.CANCELLED, error=NO_LONGER_HOLDS)
