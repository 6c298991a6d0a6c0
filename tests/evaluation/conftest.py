"""A cohort with one pair, ʻAna and Helen, on the day after their pairing."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from tests.evaluation.world import PAIRED, PairWorld, World, make_world


@pytest.fixture
def world(db) -> Iterator[World]:
    """The cohort, its organisation open for the test's own queries, at the hour of the pairing."""
    made = make_world()
    with tenant_scope(made.organisation), clock.at(PAIRED):
        made.add_pair("ʻAna Moala", "Helen Whitcombe", partner=made.partner)
        yield made


@pytest.fixture
def pair(world: World) -> PairWorld:
    """ʻAna and Helen."""
    return world.pairs[0]


@pytest.fixture
def at():
    """``with at("2026-11-30 08:00", "Pacific/Apia"):`` sets the application's clock."""

    def set_to(words: str, zone: str = "Pacific/Apia"):
        return clock.at(dt.datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone)))

    return set_to
