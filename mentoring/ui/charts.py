"""Charts as plain SVG with the same numbers in a table: one drawing for the browser, the dark, and the PDF.

Colours are presentation attributes, which a printed page shows as they are and the site's stylesheet overrules for light and
dark. Series differ by filling, dash and marker as well as by colour. No script, no inline style.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 360.0, 214.0
LEFT, RIGHT, TOP, BOTTOM = 36.0, 6.0, 14.0, 40.0
PRINT_COLOURS = ("#0b5c66", "#b8683a", "#8b8674", "#2a6636")
DASHES = ("", "6 4", "2 3", "9 3 2 3")
FILLS = ("1", "0.25", "0", "0.6")
MOST_SERIES, MOST_CATEGORIES = 4, 40
LETTER = 6.9
"""Width of a letter of the labels, roughly, in units of the drawing."""
SHORT_NAME = 10
"""Letters of a series' name of which three fit side by side under a drawing."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers, one for each category; None where there is no number."""

    label: str
    values: Sequence[float | None]


Groups = Callable[["Chart", float, Sequence[str]], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw: ``title`` says what is seen, ``description`` what one learns from it, ``unit`` stands with the numbers."""

    title: str
    description: str
    categories: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    most: float | None = None
    """The top of the scale where it is given (100 for percentages, 5 for a scale to five)."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError(f"A chart has 1 to {MOST_SERIES} series, not {len(self.series)}.")
        if not 1 <= len(self.categories) <= MOST_CATEGORIES:
            raise ValueError(f"A chart has 1 to {MOST_CATEGORIES} categories, not {len(self.categories)}.")
        for row in self.series:
            if len(row.values) != len(self.categories):
                raise ValueError(f"'{row.label}' has {len(row.values)} numbers for {len(self.categories)} categories.")
            if any(value is not None and (value < 0 or not math.isfinite(value)) for value in row.values):
                raise ValueError(f"'{row.label}' holds a number that is negative or not finite.")

    @property
    def numbers(self) -> list[float]:
        """Every number of the chart."""
        return [value for row in self.series for value in row.values if value is not None]

    @property
    def decimals(self) -> int:
        """How many decimals its numbers are written with: none, or one where any of them needs it."""
        return 0 if all(float(number).is_integer() for number in self.numbers) else 1


def bars(chart: Chart, *, accent: str = PRINT_COLOURS[0]) -> SafeString:
    """Columns, grouped where there are several series. ``accent`` is the colour of the first series in print."""
    return _render("ui/charts/bars.svg", chart, accent, groups=_groups)


def lines(chart: Chart, *, accent: str = PRINT_COLOURS[0]) -> SafeString:
    """Lines over ordered categories (weeks, months, sessions); a missing number leaves a gap."""
    return _render("ui/charts/lines.svg", chart, accent, groups=_runs)


def figure(chart: Chart, drawing: SafeString, *, open_table: bool = False) -> SafeString:
    """The drawing with its title and, below it, the table of the same numbers."""
    rows = [
        {"category": category, "values": [_number(row.values[index], chart.decimals) for row in chart.series]}
        for index, category in enumerate(chart.categories)
    ]
    values = {"chart": chart, "drawing": drawing, "rows": rows, "open": open_table}
    return render_to_string("ui/charts/figure.html", values)


def top_of_scale(highest: float, *, whole: bool) -> float:
    """The smallest round number (1, 2, 3, 4, 5, 6, 8 × a power of ten) that is not below ``highest``; 1 for nothing at all.

    ``whole`` numbers get a whole top.
    """
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    top = next(step * power for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * power >= highest * (1 - 1e-9))
    return max(top, 1.0) if whole else top


def steps_of_scale(top: float, *, whole: bool) -> int:
    """Into how many equal parts the scale is best cut: the most, up to five, that fall on round numbers."""
    for parts in (5, 4, 3, 2):
        step = top / parts
        if whole and not step.is_integer():
            continue
        digits = f"{step:.3g}".rstrip("0").replace(".", "").lstrip("0").rstrip("0")
        if digits in {"1", "2", "5", "15", "25", "3", "4"}:
            return parts
    return 1


def _render(template: str, chart: Chart, accent: str, *, groups: Groups) -> SafeString:
    whole = chart.decimals == 0
    top = float(chart.most or top_of_scale(max(chart.numbers, default=0), whole=whole))
    colours = (accent, *PRINT_COLOURS[1:])
    labels = _labels(chart.categories)
    values = {
        "chart": chart,
        "width": _coordinate(WIDTH),
        "height": _coordinate(_foot(labels) + _legend_height(chart)),
        "base": _coordinate(HEIGHT - BOTTOM),
        "left": _coordinate(LEFT),
        "right": _coordinate(WIDTH - RIGHT),
        "ticks": _ticks(top, steps_of_scale(top, whole=whole or top.is_integer())),
        "labels": labels,
        "legend": _legend(chart, colours, _foot(labels)),
        "groups": groups(chart, top, colours),
    }
    return render_to_string(template, values)


def _slot(count: int) -> float:
    return (WIDTH - LEFT - RIGHT) / count


def _y(value: float, top: float) -> float:
    room = HEIGHT - TOP - BOTTOM
    return HEIGHT - BOTTOM - room * min(value / top, 1)


def _ticks(top: float, parts: int) -> list[dict[str, str]]:
    marks = [top * part / parts for part in range(parts + 1)]
    return [{"y": _coordinate(_y(mark, top)), "words": _number(mark, 0 if mark.is_integer() else 1)} for mark in marks]


def _labels(categories: Sequence[str]) -> list[dict[str, Any]]:
    """Labels under the axis: in one line, else in two; where even that is too wide, every second, third, … is shown."""
    slot = _slot(len(categories))
    split = _in_one if all(_wide(name) <= slot for name in categories) else _in_two
    every = 1
    while every < len(categories) and any(_wide(line) > slot * every for name in categories for line in split(name)):
        every += 1
    return [
        {"x": _coordinate(LEFT + slot * (index + 0.5)), "lines": split(name)}
        for index, name in enumerate(categories)
        if index % every == 0
    ]


def _in_one(name: str) -> list[str]:
    return [name]


def _in_two(name: str) -> list[str]:
    """A label in one line, or two of about equal length where it has a space."""
    spaces = [index for index, char in enumerate(name) if char == " "]
    if not spaces:
        return [name]
    cut = min(spaces, key=lambda index: abs(index - len(name) / 2))
    return [name[:cut], name[cut + 1 :]]


def _wide(text: str) -> float:
    return len(text) * LETTER


def _groups(chart: Chart, top: float, colours: Sequence[str]) -> list[dict[str, Any]]:
    """The columns, with their numbers above them where there is room."""
    slot, count = _slot(len(chart.categories)), len(chart.series)
    width = min(slot * 0.72 / count, 34)
    columns = []
    for order, row in enumerate(chart.series):
        for index, value in enumerate(row.values):
            if value is None:
                continue
            left = LEFT + slot * (index + 0.5) + width * (order - count / 2)
            words = _number(value, chart.decimals)
            columns.append(
                {
                    "order": order + 1,
                    "colour": colours[order],
                    "fill": FILLS[order],
                    "dash": DASHES[order] if FILLS[order] == "0" else "",
                    "x": _coordinate(left + 0.75),
                    "y": _coordinate(_y(value, top)),
                    "width": _coordinate(width - 1.5),
                    "height": _coordinate(HEIGHT - BOTTOM - _y(value, top)),
                    "middle": _coordinate(left + width / 2),
                    "above": _coordinate(_y(value, top) - 4),
                    "words": words if _wide(words) <= width + 4 else "",
                }
            )
    return columns


def _runs(chart: Chart, top: float, colours: Sequence[str]) -> list[dict[str, Any]]:
    """For each series its unbroken runs of points, and the points."""
    slot = _slot(len(chart.categories))
    drawn = []
    for order, row in enumerate(chart.series):
        runs: list[list[str]] = [[]]
        points = []
        for index, value in enumerate(row.values):
            if value is None:
                runs.append([])
                continue
            x, y = _coordinate(LEFT + slot * (index + 0.5)), _coordinate(_y(value, top))
            runs[-1].append(f"{x},{y}")
            points.append({"x": x, "y": y})
        lines_of_points = [" ".join(run) for run in runs if len(run) > 1]
        look = {"order": order + 1, "colour": colours[order], "dash": DASHES[order]}
        drawn.append(look | {"runs": lines_of_points, "points": points})
    return drawn


def _foot(labels: list[dict[str, Any]]) -> float:
    """Where the labels under the axis end."""
    return HEIGHT - BOTTOM + (36.0 if any(len(label["lines"]) > 1 for label in labels) else 23.0)


def _names_a_line(chart: Chart) -> int:
    """Three short names stand side by side; longer ones two by two."""
    return 3 if len(chart.series) == 3 and all(len(row.label) <= SHORT_NAME for row in chart.series) else 2


def _legend_height(chart: Chart) -> float:
    return 22.0 * -(-len(chart.series) // _names_a_line(chart)) if len(chart.series) > 1 else 0.0


def _legend(chart: Chart, colours: Sequence[str], top: float) -> list[dict[str, Any]]:
    """Below the labels; none for a single series, which the title names."""
    if len(chart.series) == 1:
        return []
    a_line = _names_a_line(chart)
    width = (WIDTH - LEFT - RIGHT) / a_line
    return [
        {
            "order": order + 1,
            "colour": colours[order],
            "fill": FILLS[order],
            "dash": DASHES[order],
            "bar_dash": DASHES[order] if FILLS[order] == "0" else "",
            "x": _coordinate(LEFT + width * (order % a_line)),
            "y": _coordinate(top + 6 + 22 * (order // a_line)),
            "text_x": _coordinate(LEFT + width * (order % a_line) + 26),
            "text_y": _coordinate(top + 16 + 22 * (order // a_line)),
            "line_end": _coordinate(LEFT + width * (order % a_line) + 20),
            "line_y": _coordinate(top + 12 + 22 * (order // a_line)),
            "label": row.label,
        }
        for order, row in enumerate(chart.series)
    ]


def _coordinate(value: float) -> str:
    """A coordinate with one decimal and a point, whatever the language."""
    return f"{value:.1f}".removesuffix(".0")


def _number(value: float | None, decimals: int) -> str:
    """A number as the reader's language writes it; a dash where there is none."""
    return "–" if value is None else number_format(value, decimals)
