"""Whether what a message says still holds when it is about to go out. Asked of the room that sends such messages."""

import logging
from collections.abc import Callable

from django.db import transaction

from mentoring.notices.models import Message

log = logging.getLogger(__name__)

Check = Callable[[Message], bool]

_checks: dict[str, Check] = {}


def register_still_true(kind: str, check: Check) -> None:
    """Have ``check(message)`` asked before a message of this kind goes out; it is withdrawn where that says no.

    For ``AppConfig.ready``. Raises ``ValueError`` for a kind that has another check already.
    """
    if _checks.setdefault(kind, check) is not check:
        raise ValueError(f"The notice '{kind}' has a check already.")


def still_holds(message: Message) -> bool:
    """Whether a message is still true. One that nobody can tell goes out: better told once too often than lost."""
    check = _checks.get(message.kind)
    if check is None:
        return True
    try:
        with transaction.atomic():
            return check(message)
    except Exception:
        log.exception("Whether the message %s of kind %s still holds could not be told", message.pk, message.kind)
        return True
