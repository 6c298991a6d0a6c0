"""Saying that work is due, and doing it: no word is lost, nothing waits behind what fails."""

import datetime as dt
import threading

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction

from mentoring import clock
from mentoring.tenancy.scope import ScopeError, current_organisation, state, tenant_scope
from mentoring.work import registry
from mentoring.work.domain import RETRY_AFTER, do_due, wake
from mentoring.work.models import DueWork
from tests.factories import OrganisationFactory

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def workers(monkeypatch):
    """A registry of our own."""
    kinds = {}
    monkeypatch.setattr(registry, "_workers", kinds)
    return kinds


@pytest.fixture
def here(db):
    return OrganisationFactory()


def say(organisation, kind="letters", at=NOW):
    with tenant_scope(organisation):
        wake(kind, at=at)


def due():
    return sorted(DueWork.objects.values_list("kind", "due_at"))


@pytest.mark.django_db
class TestDoing:
    def test_it_is_done_in_its_organisation_at_the_time_of_the_tick(self, workers, here):
        done = []
        workers["letters"] = lambda now: done.append((now, current_organisation()))
        say(here)
        assert do_due(NOW) == 1
        assert done == [(NOW, here)]
        assert state() is None
        assert due() == []
        assert do_due(NOW) == 0

    def test_what_is_not_due_yet_costs_nothing(self, workers, here, django_assert_num_queries):
        say(here, at=NOW + HOUR)
        with django_assert_num_queries(1):
            assert do_due(NOW) == 0
        assert due() == [("letters", NOW + HOUR)]

    def test_the_worker_says_when_more_is_due(self, workers, here):
        workers["letters"] = lambda now: now + HOUR
        say(here)
        do_due(NOW)
        assert due() == [("letters", NOW + HOUR)]

    def test_many_words_are_one_piece_of_work(self, workers, here):
        done = []
        workers["letters"] = done.append
        for minutes in range(5):
            say(here, at=NOW - minutes * dt.timedelta(minutes=1))
        assert do_due(NOW) == 1
        assert done == [NOW]
        assert due() == []

    def test_a_failing_worker_is_put_off_and_holds_up_nobody(self, workers, here):
        done = []

        def fails(now):
            raise ZeroDivisionError

        there = OrganisationFactory()
        workers.update(broken=fails, letters=lambda _now: done.append(current_organisation()))
        say(here, "broken", NOW - HOUR)
        say(here)
        say(there)
        assert do_due(NOW) == 3
        assert done == [here, there]
        assert due() == [("broken", NOW + RETRY_AFTER)]

    def test_a_kind_that_nobody_does_any_more_is_put_off_too(self, workers, here):
        say(here, "forgotten")
        do_due(NOW)
        assert due() == [("forgotten", NOW + RETRY_AFTER)]

    def test_a_worker_out_of_time_ends_the_run_and_is_not_first_the_next_time(self, workers, here):
        done = []

        def never_ends(now):
            raise SoftTimeLimitExceeded

        workers.update(slow=never_ends, letters=done.append)
        say(here, "slow", NOW - HOUR)
        say(here)
        with pytest.raises(SoftTimeLimitExceeded):
            do_due(NOW)
        assert due() == [("letters", NOW), ("slow", NOW + RETRY_AFTER)]
        do_due(NOW)
        assert done == [NOW]

    def test_an_organisation_that_is_switched_off_rests(self, workers, here):
        done = []
        workers["letters"] = done.append
        say(here)
        here.is_active = False
        here.save()
        assert do_due(NOW) == 0
        here.is_active = True
        here.save()
        do_due(NOW)
        assert done == [NOW]

    def test_one_kind_in_one_organisation_can_be_looked_at_alone(self, workers, here):
        done = []
        there = OrganisationFactory()
        workers.update(letters=lambda _now: done.append(current_organisation()), other=done.append)
        for organisation in (here, there):
            say(organisation)
            say(organisation, "other")
        do_due(NOW, kind="letters", organisation_id=str(there.pk))
        assert done == [there]
        do_due(NOW, without=["letters"])
        assert done == [there, NOW, NOW]

    def test_workers_with_scopes_of_their_own_begin_with_none(self, workers, here):
        seen = []

        def worker(now, organisation):
            seen.append((state(), organisation))

        worker.own_scopes = True
        workers["letters"] = worker
        say(here)
        do_due(NOW)
        assert seen == [(None, here)]

    def test_a_word_said_while_the_work_is_done_is_heard(self, workers, here):
        """What is committed after the worker has looked must be looked at again, though the time said is not a later one."""
        looks = []

        def looks_and_then_somebody_speaks(now):
            looks.append(now)
            if len(looks) == 1:
                wake("letters", at=NOW - HOUR)

        workers["letters"] = looks_and_then_somebody_speaks
        say(here)
        do_due(NOW)
        assert due() == [("letters", NOW - HOUR)]
        do_due(NOW)
        assert len(looks) == 2
        assert due() == []


@pytest.mark.django_db
class TestSaying:
    def test_it_needs_an_organisation(self, here):
        with pytest.raises(ScopeError):
            wake("letters", at=NOW)

    def test_a_transaction_that_is_rolled_back_has_said_nothing(self, here, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as callbacks, tenant_scope(here), transaction.atomic():
            wake("letters", at=NOW)
            transaction.set_rollback(True)
        assert due() == []
        assert callbacks == []

    def test_it_costs_one_statement(self, here, django_assert_num_queries):
        with tenant_scope(here), django_assert_num_queries(1):
            wake("letters", at=NOW)

    def test_after_the_commit_a_task_says_look_once(self, here, monkeypatch, django_capture_on_commit_callbacks):
        said = []
        monkeypatch.setattr("mentoring.work.tasks.look.delay", lambda *words: said.append(words))
        with django_capture_on_commit_callbacks(execute=True), tenant_scope(here):
            for _ in range(3):
                wake("letters", at=NOW)
            wake("other", at=NOW)
        assert said == [("letters", str(here.pk)), ("other", str(here.pk))]

    def test_a_broker_that_is_down_fails_nothing(self, here, monkeypatch, django_capture_on_commit_callbacks):
        def no_broker(*_words):
            raise ConnectionError

        monkeypatch.setattr("mentoring.work.tasks.look.delay", no_broker)
        with django_capture_on_commit_callbacks(execute=True), tenant_scope(here):
            wake("letters", at=NOW)
        assert due() == [("letters", NOW)]


@pytest.mark.django_db
def test_a_kind_has_one_worker(workers):
    registry.register_worker("letters", print)
    registry.register_worker("letters", print)
    with pytest.raises(ValueError):
        registry.register_worker("letters", repr)
    assert registry.kinds() == ["letters"]


@pytest.mark.django_db
def test_the_tasks_look_with_nothing_open(workers, here):
    from mentoring.work.tasks import look, tick

    done = []
    workers["letters"] = lambda _now: done.append(current_organisation())
    say(here, at=clock.now())
    with tenant_scope(OrganisationFactory()):
        assert tick() == 1
    say(here, at=clock.now())
    assert look("letters", str(here.pk)) == 1
    assert done == [here, here]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_a_word_that_is_committed_while_the_worker_looks_is_heard(self, workers, here):
        """The race of every queue: the worker looks, somebody else's transaction commits, the worker notes "nothing left"."""
        said = threading.Event()
        looks = []

        def speaks_meanwhile():
            say(here, at=NOW - HOUR)
            connection.close()
            said.set()

        def worker(now):
            looks.append(now)
            if len(looks) == 1:
                thread = threading.Thread(target=speaks_meanwhile)
                thread.start()
                thread.join()

        workers["letters"] = worker
        say(here)
        do_due(NOW)
        assert said.is_set()
        assert due() == [("letters", NOW - HOUR)]
        do_due(NOW)
        assert (len(looks), due()) == (2, [])

    def test_two_transactions_that_speak_wait_for_nobody(self, here):
        """With a row for all of them the second would wait for the first to commit, or for ever in a deadlock."""
        first_said, second_said = threading.Event(), threading.Event()

        def second():
            first_said.wait(10)
            say(here, "letters")
            connection.close()
            second_said.set()

        thread = threading.Thread(target=second)
        thread.start()
        with tenant_scope(here):
            wake("letters", at=NOW)
            first_said.set()
            assert second_said.wait(10)
        thread.join()
        assert len(due()) == 2

    def test_two_ticks_at_once_leave_nothing_undone_and_nothing_due(self, workers, here):
        both = threading.Barrier(2, timeout=10)

        def worker(now):
            both.wait()

        workers["letters"] = worker
        say(here)
        threads = [threading.Thread(target=lambda: (do_due(NOW), connection.close())) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert due() == []
