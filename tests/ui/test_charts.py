"""Charts say the same as their tables, in the browser, in the dark and on paper."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from mentoring.ui.charts import Chart, Series, bars, figure, lines, steps_of_scale, top_of_scale

SVG = "{http://www.w3.org/2000/svg}"
TWO = Chart(
    "Logs in",
    "Mentors are behind.",
    ["Session 2", "Session 3"],
    [Series("Mentees", [20, 10]), Series("Mentors", [5, None])],
)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def test_columns_are_as_high_as_their_numbers():
    heights = [
        float(rect.get("height")) for rect in parsed(bars(TWO)).iter(f"{SVG}rect") if "bar-" in rect.get("class")
    ][:3]
    assert heights[0] == pytest.approx(heights[1] * 2, rel=0.01)
    assert heights[0] == pytest.approx(heights[2] * 4, rel=0.01)


def test_a_missing_number_leaves_a_gap_in_the_line():
    chart = Chart("t", "d", list("abcde"), [Series("s", [1, 2, None, 4, 5])])
    runs = [line.get("points") for line in parsed(lines(chart)).iter(f"{SVG}polyline")]
    assert [len(run.split()) for run in runs] == [2, 2]
    assert len(list(parsed(lines(chart)).iter(f"{SVG}circle"))) == 4


@pytest.mark.parametrize("draw", [bars, lines])
def test_a_chart_is_named_described_and_without_inline_style(draw):
    svg = parsed(draw(TWO))
    assert svg.get("role") == "img"
    assert svg.find(f"{SVG}title").text == "Logs in"
    assert svg.find(f"{SVG}desc").text == "Mentors are behind."
    assert not re.search(r"\sstyle=|<style|<script", draw(TWO))


@pytest.mark.parametrize("draw", [bars, lines])
def test_names_are_escaped(draw):
    chart = Chart("<a>&", "<b>", ["<c>"], [Series("<d>", [1]), Series("e", [2])])
    assert parsed(draw(chart)).find(f"{SVG}title").text == "<a>&"


def test_series_differ_by_more_than_colour():
    rects = [rect for rect in parsed(bars(TWO)).iter(f"{SVG}rect") if "bar-" in rect.get("class")]
    assert len({rect.get("fill-opacity") for rect in rects}) == 2
    dashes = {
        line.get("stroke-dasharray")
        for line in parsed(lines(TWO)).iter(f"{SVG}line")
        if "line" in line.get("class", "").split()
    }
    assert len(dashes) == 2


def test_the_table_holds_every_number():
    html = figure(TWO, bars(TWO))
    for cell in (
        '<td class="end">20</td>',
        '<td class="end">5</td>',
        '<td class="end">–</td>',
        '<th scope="row">Session 3</th>',
    ):
        assert cell in html


def test_one_decimal_for_all_where_any_needs_it():
    html = figure(chart := Chart("t", "d", ["a", "b"], [Series("s", [4, 4.25])]), bars(chart))
    assert "4.0</td>" in html
    assert "4.2</td>" in html


@pytest.mark.parametrize(
    ("highest", "whole", "top"),
    [
        (0, True, 1),
        (1, True, 1),
        (3, True, 3),
        (7, True, 8),
        (19, True, 20),
        (38, True, 40),
        (101, True, 200),
        (0.4, False, 0.4),
        (4.4, False, 5),
    ],
)
def test_the_scale_ends_on_a_round_number(highest, whole, top):
    assert top_of_scale(highest, whole=whole) == pytest.approx(top)


@pytest.mark.parametrize(("top", "steps"), [(1, 1), (2, 2), (3, 3), (5, 5), (20, 5), (40, 4), (100, 5), (60, 4)])
def test_whole_numbers_get_whole_steps(top, steps):
    assert steps_of_scale(float(top), whole=True) == steps
    assert (top / steps).is_integer()


def test_all_zero_is_drawn():
    assert "<rect" in bars(Chart("t", "d", ["a"], [Series("s", [0])]))


def test_many_labels_are_thinned_not_overprinted():
    chart = Chart("t", "d", [f"Week number {week}" for week in range(26)], [Series("s", [1] * 26)])
    places = [
        float(text.get("x")) for text in parsed(lines(chart)).iter(f"{SVG}text") if text.get("text-anchor") == "middle"
    ]
    assert 2 <= len(places) < 26
    assert min(b - a for a, b in pairwise(places)) > 50


@pytest.mark.parametrize(
    ("categories", "series", "message"),
    [
        ([], [Series("s", [])], "categories"),
        (["a"], [], "series"),
        (["a"], [Series("s", [1])] * 5, "series"),
        (["a", "b"], [Series("s", [1])], "1 numbers for 2"),
        (["a"], [Series("s", [-1])], "negative"),
        (["a"], [Series("s", [float("nan")])], "not finite"),
    ],
)
def test_what_cannot_be_drawn_is_refused(categories, series, message):
    with pytest.raises(ValueError, match=message):
        Chart("t", "d", categories, series)


def test_the_same_chart_is_drawn_the_same():
    assert bars(TWO) == bars(TWO)
