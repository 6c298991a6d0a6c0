"""From one version of a worksheet to the next: what fits moves, what does not is kept aside, nothing is lost."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from templates_app.answers import check, map_answers, take_back
from templates_app.shapes import Worksheet
from tests.templates_app.answers.strategies import answers_of
from tests.templates_app.sink import FULL, HELENS_SIGNATURE, field, kitchen_sink, sheet, someone


def moved(old: dict[str, Any], new: dict[str, Any], value: Any):
    """What becomes of a field's answer when its shape changes."""
    mapped, aside = map_answers(sheet(old), sheet(new), {old["key"]: value}, someone())
    return mapped.get(new["key"]), aside.get(old["key"])


def a(kind: str, **rest: Any) -> dict[str, Any]:
    return {"key": "a", "kind": kind, "label": "A"} | rest


def options(*keys: str) -> dict[str, Any]:
    return {"options": [{"key": key, "label": key.title()} for key in keys]}


def test_to_the_same_version_everything_moves():
    assert map_answers(kitchen_sink(), kitchen_sink(), FULL, someone()) == (FULL, {})
    assert map_answers(kitchen_sink(), kitchen_sink(), FULL) == (FULL, {}), "even where nobody knows the options"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers_of(kitchen_sink().fields()))
def test_whatever_a_draft_holds_moves_or_is_kept_aside(answers):
    stored = {"countersign": HELENS_SIGNATURE}
    kept = check(kitchen_sink(), answers, someone(files=frozenset({"file-1"})), mode="draft", stored=stored).answers
    assert map_answers(kitchen_sink(), kitchen_sink(), kept, someone()) == (kept, {}), "to the same version"
    without = sheet(*(shape for shape in kitchen_sink().fields() if shape.key not in {"story", "sure", "goals"}))
    mapped, aside = map_answers(kitchen_sink(), without, kept, someone())
    assert mapped | aside == kept


def test_relabelled_reordered_and_moved_questions_keep_their_answers():
    data = kitchen_sink().model_dump()
    data["sections"] = [
        {"key": "one", "fields": [field for section in reversed(data["sections"]) for field in section["fields"]]}
    ]
    for shape in data["sections"][0]["fields"]:
        shape["label"] = shape["label"] and shape["label"] + " (new)"
    assert map_answers(kitchen_sink(), Worksheet.model_validate(data), FULL, someone()) == (FULL, {})


def test_a_question_that_is_gone_is_kept_aside():
    assert map_answers(sheet(field("post"), field("story")), sheet(field("story")), {"post": "x", "story": "y"}) == (
        {"story": "y"},
        {"post": "x"},
    )


def test_a_change_of_kind_keeps_what_fits_unchanged():
    assert moved(a("text"), a("longtext"), "words") == ("words", None)
    assert moved(a("longtext"), a("text"), "one line") == ("one line", None)
    assert moved(a("longtext"), a("text"), "two\nlines") == (None, "two\nlines")
    assert moved(a("choice", **options("x", "y")), a("choices", **options("x", "y")), "x") == (["x"], None)
    assert moved(a("text"), a("number"), "12") == (12, None)
    assert moved(a("text"), a("number"), "a dozen") == (None, "a dozen")
    assert moved(a("number"), a("text"), 12) == ("12", None)
    assert moved(a("text"), a("date"), "2026-12-08") == ("2026-12-08", None)
    assert moved(a("date"), a("number"), "2026-12-08") == (None, "2026-12-08")
    assert moved(a("text"), a("table", columns=[a("text")]), "x") == (None, "x")


def test_options_and_items_that_are_gone_are_kept_aside_alone():
    assert moved(a("choice", **options("x")), a("choice", **options("y")), "x") == (None, "x")
    assert moved(a("choices", **options("x", "y")), a("choices", **options("y")), ["x", "y"]) == (["y"], ["x"])
    before, after = (
        {"items": [{"key": key, "label": key} for key in keys], "points": [{"value": 1}]} for keys in ("pq", "q")
    )
    assert moved(a("matrix", **before), a("matrix", **after), {"p": 1, "q": 1}) == ({"q": 1}, {"p": 1})


def test_a_shorter_limit_loses_no_words():
    assert moved(a("text"), a("text", max_length=3), "words") == (None, "words")


def test_the_words_of_an_other_go_with_it():
    old, new = a("choice", other=True, **options("x")), a("choice", **options("x"))
    both = {"a": "other", "a__other": "Reefs"}
    assert map_answers(sheet(old), sheet(old), both) == (both, {})
    assert map_answers(sheet(old), sheet(new), both) == ({}, both)


def test_of_rows_each_cell_is_looked_at():
    old = a("table", columns=[a("text"), {"key": "b", "kind": "text", "label": "B"}])
    new = a("table", columns=[a("text")])
    rows = [{"_id": "0a0a0a01", "a": "1", "b": "2"}, {"_id": "0a0a0a02", "a": "3", "_example": True}]
    assert moved(old, new, rows) == (
        [{"_id": "0a0a0a01", "a": "1"}, {"_id": "0a0a0a02", "_example": True, "a": "3"}],
        [{"_id": "0a0a0a01", "b": "2"}],
    )


def test_signatures_and_files_move_untouched():
    hands = {"countersign": HELENS_SIGNATURE, "letter": FULL["letter"]}
    assert map_answers(kitchen_sink(), kitchen_sink(), hands) == (hands, {})


@pytest.mark.parametrize(
    ("here", "kept", "merged", "left"),
    [
        ({}, {"why": "tired"}, {"why": "tired"}, {}),
        ({"why": "rested"}, {"why": "tired"}, {"why": "rested"}, {"why": "tired"}),
        ({"grid": {"a": 1}}, {"grid": {"b": 2}}, {"grid": {"a": 1, "b": 2}}, {}),
        ({"grid": {"a": 1, "b": 3}}, {"grid": {"b": 2}}, {"grid": {"a": 1, "b": 3}}, {"grid": {"b": 2}}),
        (
            {"rows": [{"_id": "x", "need": "Nights"}]}, {"rows": [{"_id": "x", "when": "now"}]},
            {"rows": [{"_id": "x", "when": "now", "need": "Nights"}]}, {},
        ),
        (
            {"rows": [{"_id": "x", "need": "Nights"}]}, {"rows": [{"_id": "y", "when": "now"}]},
            {"rows": [{"_id": "x", "need": "Nights"}]}, {"rows": [{"_id": "y", "when": "now"}]},
        ),
        ({}, {"rows": [{"_id": "y", "when": "now"}]}, {"rows": [{"_id": "y", "when": "now"}]}, {}),
        ({"some": ["a"]}, {"some": ["b"]}, {"some": ["a", "b"]}, {}),
        ({"some": ["a", "c"]}, {"some": ["b"]}, {"some": ["a", "c", "b"]}, {}),
        ({"one": ["a"]}, {"one": ["b"]}, {"one": ["a"]}, {"one": ["b"]}),
    ],
)  # fmt: skip
def test_what_was_kept_comes_back_where_nothing_was_written_meanwhile(here, kept, merged, left):
    chosen = options("a", "b", "c")
    asked = sheet(
        a("text") | {"key": "why"},
        a("matrix", items=options("a", "b")["options"], points=[{"value": 1}, {"value": 2}, {"value": 3}])
        | {"key": "grid"},
        a("table", columns=[a("text") | {"key": key} for key in ("need", "when")]) | {"key": "rows"},
        a("choices", **chosen) | {"key": "some"},
        a("person") | {"key": "one"},
    )
    assert take_back(asked, here, kept) == (merged, left)
