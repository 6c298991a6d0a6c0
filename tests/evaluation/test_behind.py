"""What is hidden for being of few is counted in people: one mentor with five pairs is one."""

import datetime as dt

import pytest

from evaluation.domain.behind import people_behind
from evaluation.domain.distributions import distributions
from evaluation.domain.period_reports import themes
from evaluation.domain.steps import how_many_count
from evaluation.domain.totals import Counted
from mentoring import clock
from tests.evaluation.indicating import answered, pair_up, written
from tests.evaluation.test_distributions import field
from tests.evaluation.test_indicators import OF_MENTOR, figures, one_figure, world
from tests.evaluation.test_indicators_monthly import AT
from tests.evaluation.test_themes import LEARNT, LOOK, learn, look

__all__ = ["world"]

NOON = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)


def of(*names: str) -> list[frozenset[str]]:
    """Sheets by those who wrote them: "MA" are two who write together."""
    return [frozenset(name) for name in names]


def one_mentor_for(pairs) -> None:
    """One mentor has all of these pairs."""
    first = pairs[0].pairing.members.get(side="mentor").participant
    for pair in pairs[1:]:
        pair.pairing.members.filter(side="mentor").update(participant=first)


def test_a_sheet_counts_while_nobody_of_it_has_counted_before():
    assert people_behind(of("A", "B", "A", "C")) == 3
    assert people_behind(of("MA", "MB", "MC", "NC", "ND")) == 2


@pytest.mark.parametrize(
    ("writers", "counted"),
    [
        (["A", "B", "C", "D", "E", "F"], 5),
        (["A", "A", "A", "B", "C", "D"], 6),  # four people: all count, and nothing is shown of them
        (["A", "A", "B", "C", "D", "E", "F"], 6),
        (["A", "B", "C", "D", "E", "F", "F", "F"], 5),  # three sheets more, of one person
        (["A", "B", "C", "D", "E", "F", "F", "G", "A"], 9),
    ],
)
def test_steps_are_of_people(writers, counted):
    moments = [NOON + dt.timedelta(hours=place) for place in range(len(writers))]
    assert how_many_count(moments, over_at=None, now=NOON, writers=of(*writers)) == counted


def test_rows_of_one_persons_sheet_are_no_five_people():
    asked = field("choice", options=[{"key": "a", "label": "A"}, {"key": "b", "label": "B"}])
    rows = [{"asked": "a"}] * 9
    (shown,) = distributions([asked], list(zip(rows, of(*"AAAAABBBB"), strict=True)))
    assert shown.hidden
    (shown,) = distributions([asked], list(zip(rows, of(*"ABCDEEEEE"), strict=True)))
    assert dict(shown.counts) == {"A": 9, "B": 0}


def test_what_mentors_answer_is_told_of_five_mentors_and_not_of_five_pairs(world):
    six = pair_up(world, 6)
    one_mentor_for(six[1:])
    for pair in six:
        answered(pair, OF_MENTOR[1], "mentor", satisfied=9)
        answered(pair, "success-mentee-end", decision=6)
        written(pair, "success-shared", mentor_learnt="x", mentee_learnt="y", **{"continue": "in_touch"})
    assert one_figure(world, "mentor_satisfaction", "level") is None
    assert one_figure(world, "mentor_satisfaction", "top") is None
    assert one_figure(world, "shared_ties", "in_touch") is None
    assert one_figure(world, "shared_learning", "both") is None
    assert set(figures(world, "engagement", "rate", at=AT).values()) == {None}
    assert one_figure(world, "mentee_decisions", "level") == 6.0, "the mentees are six"


def test_five_sheets_of_one_mentors_pairs_are_not_read(world):
    six = pair_up(world, 6)
    one_mentor_for(six[1:])
    for place, pair in enumerate(six):
        learn(pair, place)
    with clock.at(LOOK):
        assert "CANARY" not in look(world, LEARNT)


def test_counted_answers_of_few_people_are_in_no_report():
    told = Counted("grounds", "What was behind it?", "The end", 6, [("Time", 5), ("Work", 1)])
    assert "Time (5)" in themes([told])
    assert themes([Counted("g", "Why?", "The end", 6, [("Time", 6)], of_few=True)]) == ""
    few = Counted("g", "Why?", "The end", 6, [("Time", 6)], few=frozenset({"Time"}))
    assert themes([few]) == "Why? Time (fewer than 5); 6 pairs answered."
