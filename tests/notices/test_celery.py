"""A real worker on Redis: told to look, it delivers; killed in the middle of it, the next one does."""

import os
import signal
import subprocess
import sys

import pytest
from celery import Celery

from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.models import State
from tests.notices.kinds import ESSENTIAL
from tests.notices.sink import Sink
from tests.notices.test_killed import ROOT, environment  # noqa: F401 - a fixture
from tests.tools.waiting import until

pytestmark = [pytest.mark.redis, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sink():
    sink = Sink().start()
    yield sink
    sink.stop()


@pytest.fixture
def redis_url():
    """The broker of this run, emptied: tasks of other tests are none of ours."""
    import redis

    url = os.environ["REDIS_URL"]
    redis.Redis.from_url(url).flushdb()
    return url


@pytest.fixture
def start_worker(environment, redis_url):  # noqa: F811
    """Starts workers; whichever still lives is stopped at the end."""
    started = []

    def start():
        command = [sys.executable, "-m", "tests.notices.celery_worker"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment | {"REDIS_URL": redis_url})
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=10)


@pytest.fixture
def say_look(redis_url):
    """What beat does twice a minute."""
    broker = Celery(broker=redis_url)
    return lambda: broker.send_task("mentoring.work.tasks.tick")


def states(organisation):
    with tenant_scope(organisation):
        return set(Message.objects.values_list("state", flat=True))


def test_a_worker_killed_in_the_middle_of_sending_is_replaced_by_the_next(here, sink, start_worker, say_look):
    from mentoring.notices.domain.outbox import notify

    with tenant_scope(here):
        for number in range(3):
            notify(ESSENTIAL, f"p{number}@people.example", about=None, occasion="x")

    sink.hold.set()
    first = start_worker()
    say_look()
    assert until(sink.holding.is_set, within=120)
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=10)
    assert states(here) == {State.QUEUED, State.RUNNING}
    assert sink.received == []

    sink.hold.clear()
    start_worker()

    def all_done():
        say_look()
        return states(here) == {State.DONE}

    assert until(all_done, within=120)
    assert sorted(mail["To"] for mail in sink.received) == [f"p{number}@people.example" for number in range(3)]
    assert set(sink.ids.values()) == {1}
