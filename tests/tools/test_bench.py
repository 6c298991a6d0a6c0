"""What ``./run bench`` prints: a line for machines as soon as it is known, a table for people in the end."""

import json

from benches import Figure
from tools.bench import names, table


def test_every_bench_that_the_handbook_names_is_there():
    assert names() == ["pages", "pdf", "people", "tick"]


def test_a_line_is_one_object_with_the_five_keys_and_short_numbers():
    line = Figure("import", 1234.567, "rows/s", 0.12345, "bulk insert").line()
    told = {"bench": "import", "value": 1230.0, "unit": "rows/s", "ratio": 0.123, "against": "bulk insert"}
    assert json.loads(line) == told
    assert "\n" not in line


def test_the_table_names_the_yardstick_beside_each_ratio():
    figures = [Figure("bare", 4.5, "ms"), Figure("mentee's home: time", 9, "ms", 2.0, "bare")]
    lines = table([json.loads(figure.line()) for figure in figures]).splitlines()
    assert [line.split() for line in lines] == [
        ["measured", "value", "unit", "×", "yardstick"],
        ["bare", "4.5", "ms"],
        ["mentee's", "home:", "time", "9", "ms", "2", "×", "bare"],
    ]
    assert len({line.index(unit) for line, unit in zip(lines, ("unit", "ms", "ms"), strict=True)}) == 1
