"""A row of work: one worker at a time, for a lease, whatever dies."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.models import State
from tests.factories import OrganisationFactory
from tests.tenancy.filling import fill

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def row(db):
    with tenant_scope(OrganisationFactory()), clock.at(NOW):
        yield fill(Message)


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_one_worker_gets_it(row):
    first, second = again(row), again(row)
    assert first.claim(NOW)
    assert not second.claim(NOW)
    kept = again(row)
    assert (kept.state, kept.attempts, kept.lease_until) == (State.RUNNING, 1, NOW + Message.LEASE)


@pytest.mark.parametrize(
    ("state", "not_before", "lease_until", "ready"),
    [
        (State.QUEUED, NOW, None, True),
        (State.QUEUED, NOW + SECOND, None, False),
        (State.RUNNING, NOW, NOW, True),
        (State.RUNNING, NOW, NOW + SECOND, False),
        (State.DONE, NOW, None, False),
        (State.FAILED, NOW, None, False),
        (State.CANCELLED, NOW, None, False),
    ],
)
def test_what_may_be_claimed(row, state, not_before, lease_until, ready):
    Message.objects.filter(pk=row.pk).update(state=state, not_before=not_before, lease_until=lease_until)
    assert Message.ready(NOW).exists() is ready


def test_a_lease_that_ran_out_is_taken_over_once(row):
    dead = again(row)
    dead.claim(NOW)
    later = NOW + Message.LEASE
    third, fourth = again(row), again(row)
    assert third.claim(later)
    assert not fourth.claim(later)
    assert not dead.finish()
    assert not dead.fail("too late", again_at=None)
    assert not dead.cancel("too late")
    assert third.finish()
    assert again(row).state == State.DONE


def test_a_row_that_is_read_again_while_somebody_works_on_it_is_not_taken(row):
    """A second worker whose list is older than the first one's claim reads the row afresh, as it now stands."""
    assert again(row).claim(NOW)
    assert not again(row).claim(NOW + SECOND)
    kept = again(row)
    assert (kept.attempts, kept.lease_until) == (1, NOW + Message.LEASE)
    assert again(row).claim(NOW + Message.LEASE)


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_a_row_that_is_settled_is_not_taken_again(row, state):
    Message.objects.filter(pk=row.pk).update(state=state)
    assert not again(row).claim(NOW)
    assert (again(row).state, again(row).attempts) == (state, 0)


def test_settling_clears_the_lease_and_says_why(row):
    work = again(row)
    work.claim(NOW)
    assert work.fail("x" * 400, again_at=NOW + SECOND)
    kept = again(row)
    assert (kept.state, kept.not_before, kept.lease_until, len(kept.error)) == (State.QUEUED, NOW + SECOND, None, 300)
    kept.claim(NOW + SECOND)
    assert kept.fail("for good", again_at=None)
    assert again(row).state == State.FAILED
    assert not kept.finish()


def test_a_second_attempt_that_succeeds_forgets_the_error(row):
    work = again(row)
    work.claim(NOW)
    work.fail("mail server: TimeoutError", again_at=NOW)
    work.claim(NOW)
    with clock.at(NOW + SECOND):
        work.finish(sent_at=NOW)
    kept = again(row)
    assert (kept.error, kept.attempts, kept.done_at, kept.sent_at) == ("", 2, NOW + SECOND, NOW)
