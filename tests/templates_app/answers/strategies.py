"""Answers as people might give them, for every field of the kitchen sink, for hypothesis."""

from typing import Any

from hypothesis import strategies as st

from templates_app.answers.chosen import options_of, other_key
from templates_app.answers.rated import apart_of
from templates_app.answers.rows import is_fixed, parts_of, parts_within
from templates_app.shapes import FieldShape, Kind
from tests.templates_app.sink import A_FILE, HELENS_SIGNATURE, someone

CANARY = "§"
"""Stands in everything written, and in nothing else."""

words = st.text(min_size=1, max_size=30).map(lambda text: f"{text}{CANARY}w")
junk = st.one_of(
    words, st.integers(), st.none(), st.lists(words, max_size=2), st.dictionaries(words, words, max_size=2)
)


def _options(shape: FieldShape) -> st.SearchStrategy[str]:
    return st.sampled_from([option.key for option in options_of(shape, someone())])


def _points(shape: FieldShape) -> st.SearchStrategy[Any]:
    return st.sampled_from([point.value for point in shape.points] + [choice.key for choice in apart_of(shape)])


def _lines(shape: FieldShape) -> st.SearchStrategy[dict[str, Any]]:
    def line(note: str) -> st.SearchStrategy[dict[str, Any]]:
        wordy = st.fixed_dictionaries({"done": st.booleans()}, optional={"note": words})
        return wordy if note != "none" else st.fixed_dictionaries({"done": st.just(True)})

    return st.fixed_dictionaries({}, optional={item.key: line(item.note) for item in shape.items})


def _rows(shape: FieldShape) -> st.SearchStrategy[list[dict[str, Any]]]:
    level = answers_of(parts_of(shape))
    if is_fixed(shape):
        return st.tuples(*(level for _item in shape.items)).map(
            lambda rows: [{"_id": item.key} | row for item, row in zip(shape.items, rows, strict=True)]
        )
    mark = st.sampled_from([{}, {"_example": True}])
    return st.lists(st.tuples(mark, level).map(lambda both: both[0] | both[1]), max_size=3)


TYPED = {
    Kind.TEXT: lambda _shape: words,
    Kind.LONGTEXT: lambda _shape: words,
    Kind.EMAIL: lambda _shape: st.just(f"a{CANARY}b@example.org") | words,
    Kind.URL: lambda _shape: st.just(f"https://example.org/?q={CANARY}") | words,
    Kind.PHONE: lambda _shape: st.just("+676 23 456"),
    Kind.NUMBER: lambda _shape: st.integers(0, 60) | st.floats(0, 60) | st.just("2,5"),
    Kind.DURATION: lambda _shape: st.integers(30, 120),
    Kind.DATE: lambda _shape: st.dates().map(str),
    Kind.TIME: lambda _shape: st.times().map(lambda time: time.strftime("%H:%M")),
    Kind.DATETIME: lambda _shape: st.fixed_dictionaries({"date": st.dates().map(str), "time": st.just("09:30")}),
    Kind.CHOICE: _options,
    Kind.CHOICES: lambda shape: st.lists(_options(shape), max_size=4),
    Kind.RANKED: lambda shape: st.lists(_options(shape), unique=True, max_size=3),
    Kind.PICTURE: lambda shape: st.lists(_options(shape), max_size=3),
    Kind.PERSON: _options,
    Kind.SCALE: _points,
    Kind.MATRIX: lambda shape: st.fixed_dictionaries({}, optional={item.key: _points(shape) for item in shape.items}),
    Kind.CHECKLIST: _lines,
    Kind.SIGNATURE: lambda _shape: words.map(lambda name: {"name": name, "agree": True}) | st.just(HELENS_SIGNATURE),
    Kind.INITIALS: lambda _shape: st.just({"name": f"A{CANARY}"}),
    Kind.FILE: lambda _shape: st.just(A_FILE | {"name": f"{CANARY}.pdf"}),
    Kind.NOTE: lambda _shape: junk,
    Kind.COMPUTED: lambda _shape: junk,
}


def typed(shape: FieldShape) -> st.SearchStrategy[Any]:
    """What somebody might give as the answer of one field, mostly fitting it."""
    fitting = _rows(shape) if parts_within(shape) else TYPED[shape.kind](shape)
    return st.one_of(fitting, fitting, fitting, junk)


def answers_of(shapes: list[FieldShape]) -> st.SearchStrategy[dict[str, Any]]:
    """What somebody might give as the answers of a level."""
    optional = {shape.key: typed(shape) for shape in shapes}
    optional |= {other_key(shape): words for shape in shapes if shape.other}
    return st.fixed_dictionaries({}, optional=optional)
