"""What many answered, as counts: every kind that can be counted, and nothing of groups too small to be anonymous."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.domain.distributions import distributions
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.shapes import FieldShape


def field(kind: str, **values) -> FieldShape:
    return FieldShape.model_validate({"key": "asked", "kind": kind, "label": "Asked", "ours": True, **values})


SCALE = {"points": [{"value": value, "label": f"P{value}"} for value in range(1, 6)], "not_applicable": True}
OPTIONS = {"options": [{"key": "red", "label": "Red"}, {"key": "blue", "label": "Blue"}]}


def alone(sheets):
    """Each sheet with a writer of its own."""
    return [(sheet, frozenset({number})) for number, sheet in enumerate(sheets)]


def only(shape, answers):
    (made,) = distributions([shape], alone({"asked": answer} for answer in answers))
    return made


def test_a_scale_is_counted_by_point_with_its_mean_and_what_stands_outside_of_it():
    made = only(field("scale", **SCALE), [5, 5, 4, 1, 3, "na"])
    assert made.counts == (("P1", 1), ("P2", 0), ("P3", 1), ("P4", 1), ("P5", 2), ("Not applicable", 1))
    assert (made.answered, made.mean, made.highest, made.hidden) == (5, 3.6, 5, False)


def test_choices_are_counted_by_option_and_other_counts_without_its_words():
    assert only(field("choice", **OPTIONS, other=True), ["red"] * 4 + ["other"]).counts == (
        ("Red", 4),
        ("Blue", 0),
        ("Other", 1),
    )
    several = only(field("choices", **OPTIONS), [["red", "blue"], ["red"], ["red"], ["blue"], ["red"]])
    assert (several.counts, several.answered) == ((("Red", 4), ("Blue", 2)), 5)


def test_numbers_are_counted_by_value():
    made = only(field("number"), [6, 5, 6, 4, 6])
    assert (made.counts, made.mean) == ((("4", 1), ("5", 1), ("6", 3)), 5.4)


def test_a_rating_grid_gives_one_distribution_for_each_row():
    shape = field("matrix", **SCALE, items=[{"key": "a", "label": "A"}, {"key": "b", "label": "B"}])
    made = distributions([shape], alone([{"asked": {"a": 5, "b": 1}}] * 4 + [{"asked": {"a": 4}}]))
    assert [(one.label, one.answered, one.hidden) for one in made] == [("Asked: A", 5, False), ("Asked: B", 4, True)]


@pytest.mark.parametrize("kind", ["text", "longtext", "date", "email"])
def test_what_was_written_is_never_counted(kind):
    assert distributions([field(kind)], alone([{"asked": "words"}] * 9)) == []


@pytest.mark.parametrize("narrower", [{"readers": "private"}, {"readers": "pair"}, {"sensitive": True}])
def test_what_the_coordinator_may_not_read_and_what_is_sensitive_is_not_reported(narrower):
    assert distributions([field("scale", **SCALE, **narrower)], alone([{"asked": 5}] * 9)) == []


def test_fewer_than_five_answers_show_neither_counts_nor_a_mean():
    made = only(field("scale", **SCALE), [5, 5, 5, 5])
    assert (made.hidden, made.answered, made.counts, made.mean) == (True, 4, (), None)


@given(answers=st.lists(st.one_of(st.integers(1, 5), st.just("na"), st.none(), st.just(True)), max_size=12))
def test_no_distribution_ever_tells_about_a_group_that_is_too_small(answers):
    made = only(field("scale", **SCALE), answers)
    told = sum(count for label, count in made.counts if label.startswith("P"))
    if made.answered < SMALLEST_GROUP:
        assert (made.counts, made.mean, made.hidden) == ((), None, True)
    else:
        assert told == made.answered == sum(isinstance(one, int) and one is not True for one in answers)
