"""One clock for all that is decided."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from mentoring import clock

THEN = dt.datetime(2026, 12, 10, 9, tzinfo=ZoneInfo("Pacific/Apia"))


def test_it_tells_the_time():
    before = timezone.now()
    assert before <= clock.now() <= timezone.now()
    assert clock.now().tzinfo is dt.UTC


def test_within_a_block_it_tells_another():
    with clock.at(THEN):
        assert clock.now() == THEN
        assert clock.now().tzinfo is dt.UTC
        with clock.at(THEN + dt.timedelta(days=1)):
            assert clock.now() - THEN == dt.timedelta(days=1)
        assert clock.now() == THEN
    assert clock.now() != THEN


def test_an_instant_needs_a_zone():
    with pytest.raises(ValueError), clock.at(dt.datetime(2026, 12, 10)):  # noqa: DTZ001 - that is the point
        pass


def test_other_threads_keep_their_time():
    seen = []
    with clock.at(THEN):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != THEN
