"""Facts and texts: nothing written lies open, nothing is lost between the halves."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from templates_app.answers import check, join, split
from templates_app.shapes import Kind
from tests.templates_app.answers.hostile import CORPUS, NAMES
from tests.templates_app.answers.strategies import CANARY, answers_of, junk
from tests.templates_app.sink import FULL, HELENS_SIGNATURE, kitchen_sink, someone

FIELDS = kitchen_sink().fields()
STORED = {"countersign": HELENS_SIGNATURE}
thorough = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def plain(half: Any) -> str:
    return json.dumps(half, ensure_ascii=False)


def cleaned(answers: dict[str, Any], mode: str = "draft") -> dict[str, Any]:
    context = someone(files=frozenset({"file-1"}))
    return check(kitchen_sink(), answers, context, mode=mode, stored=STORED).answers


@thorough
@given(answers_of(FIELDS), st.sampled_from(["draft", "submit"]))
def test_checked_answers_split_without_loss_and_without_a_written_word_among_the_facts(answers, mode):
    kept = cleaned(answers, mode)
    facts, texts = split(FIELDS, kept)
    assert join(facts, texts) == kept
    assert join(json.loads(json.dumps(facts)), json.loads(json.dumps(texts))) == kept
    assert CANARY not in plain(facts)


@thorough
@given(answers_of(FIELDS))
def test_checking_what_was_checked_changes_nothing(answers):
    kept = cleaned(answers)
    assert cleaned(kept) == kept


@thorough
@given(
    st.dictionaries(
        st.sampled_from([shape.key for shape in FIELDS] + ["gone"]), st.recursive(junk, st.lists), max_size=6
    )
)
def test_even_answers_that_nobody_checked_split_without_loss(answers):
    facts, texts = split(FIELDS, answers)
    assert join(facts, texts) == answers
    assert CANARY not in plain(facts)


def test_a_full_sheet_splits_as_the_design_says():
    facts, texts = split(FIELDS, FULL)
    assert join(facts, texts) == FULL
    assert facts["sure"] == 2
    assert facts["grid"] == {"talk": 1, "time": "dk"}
    assert facts["ticks"]["books"] == {"done": False}
    assert texts["ticks"]["books"] == {"note": "Epeli Hauʻofa"}
    assert facts["gaps"] == [{"_id": "0a0a0a01", "cost": 120}, {"_id": "0a0a0a02", "_example": True}]
    assert facts["goals"][0]["steps"] == [{"_id": "0c0c0c01", "minutes": 30}, {"_id": "0c0c0c02", "minutes": 90}]
    assert facts["sign"] == {"at": "2026-11-21T01:00:00Z", "by": FULL["sign"]["by"]}
    assert facts["letter"] == {"id": "file-1", "size": 1200}
    assert facts["sectors"] == ["water", "other"]
    written = {
        shape.key for shape in FIELDS if shape.kind in {Kind.TEXT, Kind.LONGTEXT, Kind.EMAIL, Kind.URL, Kind.PHONE}
    }
    assert not written & facts.keys()
    assert texts["sectors__other"] == "Reefs"


@pytest.mark.parametrize("words", CORPUS, ids=NAMES)
@pytest.mark.parametrize("key", [shape.key for shape in FIELDS])
def test_words_typed_into_any_field_are_kept_sealed(key, words):
    """Whatever the field: a draft keeps what was typed (or its tidied form), in the sealed half only."""
    kept = check(kitchen_sink(), {key: words}, someone(), mode="draft").answers
    facts, texts = split(FIELDS, kept)
    assert join(facts, texts) == kept
    shape = next(shape for shape in FIELDS if shape.key == key)
    assert facts.get(key, {}).keys() <= {"at", "by"}, "initials are words too; when and by whom is not"
    assert (key in texts) is (shape.kind not in {Kind.NOTE, Kind.COMPUTED, Kind.FILE})
    json.dumps(texts)
