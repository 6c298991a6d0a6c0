"""Month by month: how many relationships have contact, and what mentors do, from statuses and dates alone."""

import datetime as dt

import pytest

from mentoring import clock
from pairs.domain.ending import dissolve_pairing
from pairs.models import PairingMember, Session
from tests.evaluation.indicating import noted, pair_up
from tests.evaluation.test_indicators import figures, lines, page, world
from tests.factories import ParticipantFactory

__all__ = ["world"]

AT = dt.datetime(2027, 1, 15, 20, 0, tzinfo=dt.UTC)
IN_NOVEMBER = dt.datetime(2026, 11, 20, 20, 0, tzinfo=dt.UTC)
IN_DECEMBER = dt.datetime(2026, 12, 10, 20, 0, tzinfo=dt.UTC)
EDGE = dt.datetime(2026, 12, 31, 9, 0, tzinfo=dt.UTC)
"""Still December in London, and 22:00 of the last day of it in Apia."""


def held(pair, number, at, minutes=60):
    rows = Session.objects.filter(pairing=pair.pairing, number=number, part=0)
    rows.update(state="held", starts_at=at, held_minutes=minutes)


@pytest.fixture
def seven(world):
    """Seven pairs; one of them ends in November."""
    pairs = pair_up(world, 7)
    with clock.at(IN_NOVEMBER):
        dissolve_pairing(pairing=pairs[6].pairing, actor=pairs[6].mentor)
    return pairs


@pytest.mark.covers("phase1.must.35", "phase1.arch.9.a")
def test_engagement_is_the_share_of_running_relationships_with_a_meeting_or_a_check_in(world, seven):
    for pair in seven[:3]:
        held(pair, 1, EDGE)
    held(seven[0], 2, IN_DECEMBER)
    noted(seven[3], "check-in", at=IN_DECEMBER, words="CANARY")
    noted(seven[4], "journal", at=IN_DECEMBER)
    held(seven[6], 1, IN_NOVEMBER)
    told = figures(world, "engagement", "rate", at=AT)
    assert told == {"November 2026": 14, "December 2026": 67, "January 2027, so far": 0}
    html = page(world, at=AT)
    assert "4 of 6 relationships" in html, "who has ended is not active any more"
    assert "1 of 7 relationships" in html
    assert "How the programme is going</h2>" in html


@pytest.mark.covers("phase1.measure.mentoract")
def test_what_mentors_do_is_told_for_each_mentor_and_month(world, seven):
    for pair in seven[:3]:
        held(pair, 1, IN_DECEMBER, minutes=90)
    for pair in seven[:2]:
        noted(pair, "feedback", at=IN_DECEMBER, side="mentor", words="CANARY")
        noted(pair, "resource-offer", at=IN_DECEMBER, side="mentor", number=1)
        noted(pair, "resource-offer", at=IN_DECEMBER, side="mentor", number=2)
    december = {
        key: figures(world, "mentor_activity", key, at=AT)["December 2026"]
        for key in ("sessions", "hours", "feedback", "resources")
    }
    assert december == {"sessions": 0.5, "hours": 0.8, "feedback": 0.3, "resources": 0.7}
    html = page(world, at=AT)
    assert "CANARY" not in html
    assert "Mentor" not in [word for word in html.split() if word.startswith("Ada")]


def test_in_a_month_only_those_are_counted_who_were_there(world, seven):
    """A mentor who handed over in November has done nothing in December, and the new one nothing before."""
    begun = seven[0].pairing.started_at
    first = seven[0].pairing.members.get(side="mentor")
    first.left_at = begun + dt.timedelta(days=10)
    first.save()
    person = ParticipantFactory(cohort=world.cohort, side="mentor", email="new@reef.example")
    PairingMember.objects.create(pairing=seven[0].pairing, participant=person, side="mentor", joined_at=IN_DECEMBER)
    held(seven[0], 1, begun + dt.timedelta(days=5))
    held(seven[0], 2, IN_DECEMBER - dt.timedelta(days=1))
    held(seven[0], 3, EDGE)
    told = figures(world, "mentor_activity", "sessions", at=AT)
    assert told["December 2026"] == 0.2, "one of the two sessions, over six mentors"
    assert "6 people" in page(world, at=AT)
    Session.objects.filter(pairing=seven[0].pairing, number=3).update(
        mentee=seven[0].pairing.members.get(side="mentee").participant
    )
    assert figures(world, "mentor_activity", "sessions", at=AT)["December 2026"] == 0.2


def test_of_fewer_than_five_nothing_is_told(world):
    for pair in pair_up(world, 4):
        held(pair, 1, IN_DECEMBER)
    for key, measure in (("engagement", "rate"), ("mentor_activity", "sessions")):
        assert set(figures(world, key, measure, at=AT).values()) == {None}
    assert {line["figure"] for line in lines(world, at=AT) if line["about"] == "programme"} == {""}
