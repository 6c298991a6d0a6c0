"""Hostile words in every written kind: kept readable, shown harmless."""

import json

import pytest

from templates_app.answers import check, display
from tests.templates_app.answers import hostile
from tests.templates_app.answers.harmless import LIGHT, assert_harmless
from tests.templates_app.sink import field, sheet, someone

WRITTEN = ["post", "story", "mail", "page", "phone"]


def kept(key: str, words: str):
    shape = field(key).model_copy(update={"max_length": None})
    result = check(sheet(shape), {key: words}, someone(), mode="draft")
    return result.answers.get(key), result.faults.get(key), sheet(shape)


@pytest.mark.parametrize("words", hostile.CORPUS, ids=hostile.NAMES)
@pytest.mark.parametrize("key", WRITTEN)
def test_hostile_words_are_kept_or_refused_and_always_shown_as_words(key, words):
    value, fault, worksheet = kept(key, words)
    assert value, "a draft keeps them in any case"
    json.dumps(value)
    if not fault:
        assert "\x00" not in value
        value.encode("utf-8")
    shown = display(worksheet, {key: value}, someone())[0].answers[0].shown
    assert shown.text
    if shown.html is not None:
        assert_harmless(shown.html, LIGHT)


def test_long_words_are_refused_on_sending_with_how_much_too_long():
    _value, fault, _sheet = kept("story", "x" * 50_001)
    assert fault == "This is 1 character too long: it may have up to 50000."
    value, fault, _sheet = kept("story", "x" * 1_000_000)
    assert len(value["_raw"]) == 1_000_000


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Lead\r\na  review\u2028alone", "Lead a review alone"),
        ("Ma\u200bna\u2066ger\u2069", "Manager"),
        ("\u3164 \u2800", None),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("\u200fדנה", "\u200fדנה"),
    ],
)
def test_an_answer_of_one_line_is_tidied_as_names_are(typed, line):
    assert kept("post", typed)[0] == line


def test_what_is_invisible_and_harmful_goes_and_the_rest_stays():
    assert kept("post", hostile.NUL)[0] == "beforeafter"
    assert kept("post", hostile.HALVES)[0] == "half \ufffd and \ufffd half"
    assert kept("post", hostile.BACKWARDS)[0] == "invoicegnp.exe"
    assert kept("post", hostile.HEBREW)[0] == hostile.HEBREW
    assert kept("post", hostile.EMOJI)[0] == hostile.EMOJI
    assert kept("post", hostile.CONTROLS)[0] == "bell"
    assert kept("story", hostile.SPACES)[0] == "\u00a0\u2003 \u3000x\ny\n\nz"
    assert kept("post", hostile.SPACES)[0] == "x y z"
    assert kept("story", hostile.TEMPLATE)[0] == hostile.TEMPLATE
