"""Delivering the outbox. Killing this at any point neither loses a message nor, but for one window, doubles it.

Steps: claim (committed) → hand to the mail server → mark sent (committed). A worker killed before the hand-over leaves a
lease that runs out, and the message goes later. Killed between the server's yes and the mark, it goes again with the same
Message-ID: that is the one window no outbox can close.
"""

import datetime as dt
import time
from uuid import UUID

from django.db.models import F, Min
from django.db.models.functions import Coalesce

from mentoring import clock
from mentoring.notices.domain.holding import still_holds
from mentoring.notices.domain.mailing import Failure, Mailer
from mentoring.notices.domain.outbox import NO_LONGER_HOLDS
from mentoring.notices.kinds import Group, kind_named
from mentoring.notices.models import Message
from mentoring.tenancy.models import Membership, Organisation
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.models import State

BATCH = 200
SECONDS_AT_A_TIME = 30
"""After this a run ends between two messages: well before a task's time limit, with what is left still due."""
FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(hours=6)
SERVER_WAIT = dt.timedelta(minutes=2)
"""While the mail server is down one message at a time is tried this often, for as long as it takes: none is given up."""
MAX_ATTEMPTS = 24
"""For a message that the server keeps refusing "for now": with the growing waits more than three days."""


def deliver_due(now: dt.datetime, organisation: Organisation) -> dt.datetime | None:
    """Deliver what is due in an organisation; returns when more is due. Each step commits by itself."""
    stop_at = time.monotonic() + SECONDS_AT_A_TIME
    with Mailer() as mailer:
        for message_id in _due_ids(organisation, now):
            if _deliver_one(organisation, message_id, mailer):
                return clock.now() + SERVER_WAIT
            if time.monotonic() > stop_at:
                break
    with tenant_scope(organisation):
        waiting = Message.objects.filter(state__in=[State.QUEUED, State.RUNNING])
        return waiting.aggregate(next=Min(Coalesce(F("lease_until"), F("not_before"))))["next"]


deliver_due.own_scopes = True  # type: ignore[attr-defined]


def _due_ids(organisation: Organisation, now: dt.datetime) -> list[UUID]:
    with tenant_scope(organisation):
        return list(Message.ready(now).values_list("pk", flat=True)[:BATCH])


def _deliver_one(organisation: Organisation, message_id: UUID, mailer: Mailer) -> bool:
    """Deliver one message. Returns whether the mail server turned out to be down."""
    message = _claimed(organisation, message_id)
    if message is None:
        return False
    with tenant_scope(organisation):
        failure = mailer.send(message)
    with tenant_scope(organisation):
        if failure is None:
            message.finish(sent_at=clock.now())
        else:
            _put_off(message, failure)
    return failure is not None and failure.server


def _claimed(organisation: Organisation, message_id: UUID) -> Message | None:
    """The message, claimed for us and still wanted by mail; ``None`` when there is nothing to send."""
    now = clock.now()
    with tenant_scope(organisation):
        message = Message.ready(now).select_related("recipient").filter(pk=message_id).first()
        if message is None or not message.claim(now):
            return None
        message.organisation = organisation
        if reason := _no_longer_wanted(message):
            message.cancel(reason)
            return None
        if not _by_mail(message):
            message.finish()
            return None
        return message


def _no_longer_wanted(message: Message) -> str:
    """Looked at again at the last moment: who was switched off or has left gets nothing more, and nobody what is not true
    any more.
    """
    return _unwelcome(message) or ("" if still_holds(message) else NO_LONGER_HOLDS)


def _unwelcome(message: Message) -> str:
    person = message.recipient
    if person is None:
        return ""
    if not person.is_active:
        return "recipient inactive"
    membership = Membership.objects.filter(organisation_id=message.organisation_id, user=person).first()
    if membership is None:
        # Somebody invited has no membership yet; other notices are for members.
        return "" if kind_named(message.kind).group is Group.ESSENTIAL else "recipient has left"
    return "" if membership.is_active else "recipient has left"


def _by_mail(message: Message) -> bool:
    """Whether it goes out: what a person muted meanwhile stands in their inbox only."""
    muted = message.recipient.muted if message.recipient else []
    return message.by_mail and kind_named(message.kind).group not in muted


def _put_off(message: Message, failure: Failure) -> None:
    now = clock.now()
    if failure.server:
        message.fail(failure.reason, again_at=now + SERVER_WAIT, attempts=message.attempts - 1)
        return
    wait = min(FIRST_WAIT * 2 ** min(message.attempts - 1, 12), LONGEST_WAIT)
    give_up = failure.final or message.attempts >= MAX_ATTEMPTS
    message.fail(failure.reason, again_at=None if give_up else now + wait)
