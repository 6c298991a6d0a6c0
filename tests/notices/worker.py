"""Workers in processes of their own, each killed at another step, and one that lives: ``python -m tests.notices.worker``.

It is the product's own code; what is put between its steps is one line that ends the process as ``kill -9`` does.
"""

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django
from django.core.management import call_command


def die(*_arguments: Any, **_more: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str) -> None:
    setattr(owner, name, die)


def after(owner: Any, name: str) -> None:
    real: Callable[..., Any] = getattr(owner, name)

    def runs_and_dies(*arguments: Any, **more: Any) -> None:
        real(*arguments, **more)
        die()

    setattr(owner, name, runs_and_dies)


def arm(point: str) -> None:
    """Put the end of the process at a step of delivery."""
    import smtplib

    from mentoring.notices.domain import delivery
    from mentoring.notices.domain.mailing import Mailer
    from mentoring.notices.models import Message

    {
        "before the claim": lambda: before(Message, "claim"),
        "within the claim": lambda: after(Message, "claim"),
        "claim committed": lambda: after(delivery, "_claimed"),
        "before sending": lambda: before(Mailer, "send"),
        "while sending": lambda: before(smtplib.SMTP, "data"),
        "after the server's yes": lambda: after(Mailer, "send"),
        "before the mark": lambda: before(Message, "finish"),
        "within the mark": lambda: after(Message, "finish"),
        "mark committed": lambda: after(delivery, "_deliver_one"),
    }[point]()


POINTS = (
    "before the claim",
    "within the claim",
    "claim committed",
    "before sending",
    "while sending",
    "after the server's yes",
    "before the mark",
    "within the mark",
    "mark committed",
)


def prepare(count: int) -> None:
    """An organisation for each step, with messages that wait."""
    from mentoring.notices.domain.outbox import notify
    from mentoring.tenancy.scope import tenant_scope
    from tests.factories import OrganisationFactory
    from tests.notices.kinds import ESSENTIAL

    if os.environ["DATABASE_URL"].startswith("sqlite"):
        call_command("migrate", verbosity=0)
    for number in range(len(POINTS)):
        organisation = OrganisationFactory(slug=f"point-{number}")
        with tenant_scope(organisation):
            for message in range(count):
                notify(ESSENTIAL, f"p{message}@point-{number}.example", about=None, occasion=str(message))


def kill_one(number: int) -> int:
    """Let a process of its own deliver for one organisation and die at its step. Returns how it ended."""
    from django.db import connections

    connections.close_all()
    process = os.fork()
    if process == 0:
        deliver(number)
        os._exit(0)
    _process, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def deliver(number: int) -> None:
    from mentoring import clock
    from mentoring.tenancy.models import Organisation
    from mentoring.work.domain import do_due

    arm(POINTS[number])
    organisation = Organisation.objects.get(slug=f"point-{number}")
    do_due(clock.now(), kind="outbox", organisation_id=str(organisation.pk))


def resume() -> dict[str, list[Any]]:
    """A worker that lives, ten minutes later: do all that is due and say how every message stands."""
    from mentoring import clock
    from mentoring.notices.models import Message
    from mentoring.tenancy.models import Organisation
    from mentoring.tenancy.scope import tenant_scope
    from mentoring.work.domain import do_due

    later = clock.now() + dt.timedelta(minutes=10)
    with clock.at(later):
        do_due(later)
    states = {}
    for organisation in Organisation.objects.filter(slug__startswith="point-"):
        with tenant_scope(organisation):
            states[organisation.slug] = [[m.message_id, m.state, m.attempts] for m in Message.objects.all()]
    return states


def main(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
    django.setup()
    from mentoring.notices.kinds import register_notices
    from tests.notices.kinds import KINDS

    register_notices(*KINDS)
    prepare(count)
    ends = {point: kill_one(number) for number, point in enumerate(POINTS)}
    print(json.dumps({"ends": ends, "states": resume()}))  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(int(sys.argv[1]))
