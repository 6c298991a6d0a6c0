"""How often mentees turn to their mentors, for each open goal: a trend that is read with goals and content, and never alone."""

import datetime as dt

import pytest

from evaluation.domain.indicating.indicators import indicators_of
from mentoring import clock
from pairs.models import Session
from templates_app.domain.kit_files.checks.indicators import check_indicators
from templates_app.domain.kit_files.shipped import shipped_kit
from tests.evaluation.indicating import answered, noted, pair_up
from tests.evaluation.test_indicators import figures, lines, page, world
from tests.evaluation.test_indicators_monthly import AT, IN_DECEMBER, IN_NOVEMBER
from tests.evaluation.test_programme_measures import goal
from tests.evaluation.world import PAIRED

__all__ = ["world"]

DAY = dt.timedelta(days=1)


def ask(pair, number, at, side="mentee"):
    noted(pair, "question", at=at, number=number, side=side, sort="advice", what="CANARY")


@pytest.mark.covers("phase1.succ.mentor.2")
def test_requests_are_a_trend_for_each_open_goal_beside_goals_and_content_with_a_caution(world):
    pairs = pair_up(world, 6)
    for number, pair in enumerate(pairs):
        later = [("reached", IN_DECEMBER)] if number == 0 else []
        goal(pair, f"a{number}", states=[("open", PAIRED + DAY), *later])
        goal(pair, f"b{number}", states=[("open", PAIRED + DAY)])
        ask(pair, 40 + number, IN_NOVEMBER)
        answered(pair, "satisfaction.1", at=IN_DECEMBER, satisfied=4)
    for place, pair in enumerate(pairs[:4]):
        ask(pair, 50 + place, IN_DECEMBER)
    Session.objects.create(pairing=pairs[0].pairing, number=1, part=1, state="held", starts_at=IN_DECEMBER, minutes=30)
    told = figures(world, "mentor_independence", "requests", at=AT)
    assert told == {"November 2026": 0.5, "December 2026": 0.5}, "6 for 12 goals, then 4 and a meeting for 11"
    with clock.at(AT):
        found = next(one for one in indicators_of(world.cohort) if one.indicator.key == "mentor_independence")
    shown = {one.measure.key: one.figures for one in found.measures}
    assert [one.people for one in shown["requests"]] == [12, 11]
    assert shown["requests"][1].value == pytest.approx(5 / 11)
    assert {one.label for one in shown["goals"]} >= {"on the way", "off track", "reached"}
    assert [one.rounded for one in shown["content"]] == [4.0]
    html = page(world, at=AT)
    assert "silence is not yet independence" in html
    assert "11 goals" in html
    assert "CANARY" not in html


def test_what_mentors_send_counts_as_no_request_and_few_goals_are_not_told(world):
    pairs = pair_up(world, 6)
    for number, pair in enumerate(pairs[:4]):
        goal(pair, f"a{number}")
        ask(pair, 40 + number, IN_DECEMBER)
    assert set(figures(world, "mentor_independence", "requests", at=AT).values()) == {None}
    for number, pair in enumerate(pairs[4:]):
        goal(pair, f"b{number}")
        ask(pair, 50 + number, IN_DECEMBER, side="mentor")
    assert figures(world, "mentor_independence", "requests", at=AT)["December 2026"] == 0.7, "4 for 6 goals"
    wanted = "Questions and extra meetings for each open goal"
    assert {line["whole"] for line in lines(world, at=AT) if line["measure"] == wanted} == {"goals"}


def test_themes_among_the_indicators_are_of_questions_that_are_gathered_into_themes():
    kit = shipped_kit("aspire").model_copy(deep=True)
    assert not list(check_indicators(kit, []))
    learning = next(one for one in kit.indicators if one.key == "shared_learning")
    learning.measures[1].fields.append("mentor_outcome")
    (found,) = check_indicators(kit, [])
    assert "not gathered into themes" in found.message
