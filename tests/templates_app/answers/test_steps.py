"""Numbers in steps, and marks on a line."""

import pytest
from pydantic import ValidationError

from templates_app.answers import check, display
from templates_app.forms.worksheet import WorksheetForm
from tests.templates_app.sink import sheet, someone

HALVES = {"key": "score", "kind": "number", "label": "Score", "minimum": 1, "maximum": 9, "step": 0.5}


@pytest.mark.parametrize("typed", ["1", "5.5", "9", 7])
def test_half_steps_are_taken(typed):
    assert check(sheet(HALVES), {"score": typed}, someone(), mode="submit").ok


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0 hours"), (0.5, "0.5 hours"), (1, "1 hour"), (1.0, "1 hour"), (2, "2 hours")]
)
def test_one_of_a_unit_has_its_own_word(value, words):
    spent = {"key": "spent", "kind": "number", "label": "Time", "unit": "hours", "unit_one": "hour"}
    assert _told(sheet(spent), {"spent": value})["spent"].text == words
    assert _told(sheet(spent | {"unit_one": ""}), {"spent": 1})["spent"].text == "1 hours"


def test_a_sum_is_told_as_a_figure_is():
    spent = {"key": "cost", "kind": "number", "label": "Cost"}
    table = {"key": "costs", "kind": "table", "label": "Costs", "columns": [spent]}
    total = {"key": "total", "kind": "computed", "label": "All", "compute": "sum:costs.cost", "unit": "GBP"}
    told = _told(sheet(table, total), {"costs": [{"cost": 20.0}, {"cost": 22.0}]})
    assert told["total"].text == "42 GBP"


def _told(worksheet, answers):
    return {one.key: one.shown for section in display(worksheet, answers, someone()) for one in section.answers}


def test_what_stands_between_two_steps_is_kept_as_typed_and_refused():
    found = check(sheet(HALVES), {"score": "5.3"}, someone(), mode="submit")
    assert found.faults == {"score": "Enter a number in steps of 0.5."}


def test_a_mark_on_a_line_is_a_box_that_browsers_may_draw():
    line = HALVES | {"minimum": 0, "maximum": 100, "step": None, "line": True}
    form = WorksheetForm(sheet(line), answers={"score": 70}, context=someone())
    drawn = str(form.sections[0].nodes[0].part)
    assert 'type="text"' in drawn
    assert 'data-line-least="0" data-line-most="100" data-line-step="1"' in drawn
    with pytest.raises(ValidationError, match="minimum and a maximum"):
        sheet(line | {"maximum": None})
