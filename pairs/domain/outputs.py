"""Outputs: how each stands, starting what is written on one, closing it and taking it up again."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.output_lines import OutputLine
from pairs.domain.planning import replan
from pairs.domain.staying import StaysAsSent, stays_as_sent
from pairs.domain.telling import stop_reminding
from pairs.enums import Standing
from pairs.models import Output
from templates_app.domain.kits import kit_of

Follower = Callable[[Output], None]

_followers: list[Follower] = []


def register_follower(follower: Follower) -> None:
    """Have ``follower(output)`` called whenever an output is done, in the same transaction. For ``AppConfig.ready``."""
    if follower not in _followers:
        _followers.append(follower)


def standing(output: Output | OutputLine, now: dt.datetime) -> Standing:
    """How an output stands at an instant. What has no due date is never late; what is optional neither."""
    if output.done_at is not None:
        return Standing.DONE
    if output.cancelled_at is not None:
        return Standing.CANCELLED
    if output.opens_at is None or output.opens_at > now:
        return Standing.AHEAD
    if output.required and output.due_at is not None and output.due_at < now:
        return Standing.LATE
    return Standing.DUE


@transaction.atomic
def close_output(*, output: Output, actor: User | None) -> Output:
    """The output is done: nothing is owed and nothing is reminded. Closing twice changes nothing."""
    now = clock.now()
    closed = Output.objects.filter(pk=output.pk, done_at__isnull=True, cancelled_at__isnull=True).update(
        done_at=now, next_reminder_at=None
    )
    if closed:
        output.done_at, output.next_reminder_at = now, None
        stop_reminding([output])
        _tell("output.done", output, actor)
        for follower in _followers:
            follower(output)
    return output


@transaction.atomic
def reopen_output(*, output: Output, actor: User | None) -> Output:
    """Taken up again: it is owed (and, where it is required, reminded) until it is done once more.

    Raises ``StaysAsSent`` for what is read without names.
    """
    if output.response is not None and stays_as_sent(kit_of(output.pairing.cohort.programme.handbook), output):
        raise StaysAsSent
    reopened = Output.objects.filter(pk=output.pk, done_at__isnull=False).update(done_at=None, received_at=None)
    if reopened:
        output.done_at, output.received_at = None, None
        _tell("output.reopened", output, actor)
        replan(output.pairing)
    return output


@transaction.atomic
def cancel_output(*, output: Output) -> None:
    """It is no longer called for. What is done stays done."""
    Output.objects.filter(pk=output.pk, done_at__isnull=True).update(cancelled_at=clock.now(), next_reminder_at=None)
    stop_reminding([output])


def _tell(action: str, output: Output, actor: User | None) -> None:
    session = output.session.number if output.session else None
    record_event(action, output, actor=actor, within=output.pairing, title=output.title, session=session)
