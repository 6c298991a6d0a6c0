"""What people do with messages: read their own, and send again or withdraw those they look after."""

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.queries import inbox_of
from mentoring.notices.models import Message
from mentoring.work.domain import wake
from mentoring.work.models import State


def mark_read(*, message: Message, actor: User) -> None:
    """Note when the recipient first read a notice. Doing it again changes nothing."""
    Message.objects.filter(pk=message.pk, recipient=actor, read_at__isnull=True).update(read_at=clock.now())


def mark_all_read(*, actor: User) -> int:
    """Note that a person has read all they have got. Returns how many were new."""
    return inbox_of(actor).filter(read_at__isnull=True).update(read_at=clock.now())


@transaction.atomic
def retry_message(*, message: Message, actor: User) -> bool:
    """Send a failed message again, from the first attempt. False when it had not failed (any more)."""
    failed = Message.objects.filter(pk=message.pk, state=State.FAILED)
    now = clock.now()
    if not failed.update(state=State.QUEUED, attempts=0, not_before=now, error=""):
        return False
    record_event("notice.retried", message, actor=actor, kind=message.kind)
    wake("outbox", at=now)
    return True


@transaction.atomic
def withdraw_message(*, message: Message, actor: User) -> bool:
    """Withdraw a message that waits or has failed. False when it is on its way or gone."""
    open_states = [State.QUEUED, State.FAILED]
    if not Message.objects.filter(pk=message.pk, state__in=open_states).update(
        state=State.CANCELLED, error="withdrawn"
    ):
        return False
    record_event("notice.withdrawn", message, actor=actor, kind=message.kind)
    return True
