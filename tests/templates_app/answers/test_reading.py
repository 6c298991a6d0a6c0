"""Answers made readable: the one structure that the page, the PDF and the side-by-side view show."""

from typing import Any

import pytest

from templates_app.answers import compare, display, register_computed, register_options
from templates_app.answers import context as registry
from tests.templates_app.sink import ANA, FULL, HELEN, field, kitchen_sink, sheet, someone


def shown(answers: dict[str, Any], **context: Any):
    return {
        answer.key: answer
        for section in display(kitchen_sink(), answers, someone(**context))
        for answer in section.answers
    }


def texts(answers: dict[str, Any], **context: Any) -> dict[str, str]:
    return {key: answer.shown.text for key, answer in shown(answers, **context).items()}


def test_every_kind_is_told_as_people_say_it():
    told = texts(FULL)
    assert told["years"] == "2.5 years"
    assert told["length"] == "1 h 30 min"
    assert told["day"] == "8 December 2026"
    assert told["hour"] == "9:30"
    assert told["next"] == "30 November 2026, 9:30 in Apia"
    assert told["model"] == "Other: On the ferry"
    assert told["partner"] == "SPREP"
    assert told["sectors"] == "Water; Other: Reefs"
    assert told["languages"] == "English; Tongan"
    assert told["weights"] == "1. Skill; 2. Trust"
    assert told["helper"] == "Helen Ward"
    assert told["sure"] == "2"
    assert told["grid"] == "Our talks: 1 – Well\nThe time we have: Don’t know"
    assert told["ticks"] == ("☑ Read the guide\n☐ Which books shaped you?: Epeli Hauʻofa\n☑ Where do we meet?: Online")
    assert (
        told["gaps"]
        == "1. Gap: Water chapter; Action: Join a senior; Cost: 120\n2. Example – Gap: An example; Action: Shown"
    )
    assert told["horizon"] == "1. In one year – Where: Senior officer\n2. In five years – Where: Head of unit"
    assert "How do you know?: The board said so" in told["goals"]
    assert told["actions"] == "1. What: Send the contract; Who: Helen; By when: 4 December 2026"
    assert told["countersign"] == "Helen Ward, 20 November 2026, 14:00 in Apia"
    assert told["letter"] == "Letter.pdf"
    assert told["many"] == "2"
    assert told["total"] == "120 dollars", "an example's cost is nobody's"


def test_longtext_comes_as_safe_html_too():
    assert shown(FULL)["story"].shown.html.startswith("<p>We <strong>talked</strong> about</p>")
    assert shown({"story": "<b>x</b>"})["story"].shown.html == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_the_ends_of_a_scale_are_told_with_their_labels():
    assert texts({"sure": 1})["sure"] == "1 – Not at all"
    assert texts({"sure": 5})["sure"] == "5 – Entirely"
    assert texts({"sure": "na"})["sure"] == "Not applicable"


def test_questions_not_asked_are_not_shown():
    assert "explain" not in shown(FULL | {"sure": 5})
    assert "proof" not in {answer.key for answer in shown(FULL)["goals"].shown.rows[1].answers}


def test_blank_answers_are_marked_blank_and_notes_are_shown():
    found = shown({})
    assert found["post"].blank
    assert found["gaps"].blank
    assert not found["said"].blank
    assert found["said"].shown.html == "<p>Nothing is asked <em>here</em>.</p>\n"
    assert shown({"years": 0})["years"].shown.text == "0 years", "nought is an answer"


def test_examples_are_shown_as_examples_though_they_are_no_answer():
    found = shown({"gaps": [{"_id": "0a0a0a01", "gap": "Shown", "_example": True}]})["gaps"]
    assert found.blank
    assert [row.example for row in found.shown.rows] == [True]


def test_what_was_not_understood_is_shown_as_typed():
    found = shown({"years": {"_raw": "a few"}, "next": {"_raw": {"date": "soon", "time": "9"}}, "gaps": {"_raw": "x"}})
    assert found["years"].doubtful
    assert found["years"].shown.text == "a few"
    assert found["next"].shown.text == "soon 9"
    assert found["gaps"].shown.text == "x"


def test_tables_have_headings_and_groups_have_not():
    found = shown(FULL)
    assert found["gaps"].shown.headings == ("Gap", "Action", "Cost")
    assert found["goals"].shown.headings == ()
    assert found["goals"].shown.rows[0].answers[-1].shown.rows[1].answers[1].shown.text == "1 h 30 min"


def test_an_option_that_is_no_longer_offered_is_told_by_its_key():
    assert texts({"partner": "closed-down"})["partner"] == "closed-down"


def test_a_reader_sees_only_what_they_may():
    sections = display(
        kitchen_sink(), FULL, someone(), may_read=lambda shape: not shape.sensitive and not shape.readers
    )
    keys = {answer.key for section in sections for answer in section.answers}
    assert "secret" not in keys
    assert "background" not in keys
    assert "post" in keys
    assert display(kitchen_sink(), FULL, someone(), may_read=lambda _shape: False) == []


@pytest.mark.parametrize(
    ("name", "choice"),
    [("zones", ("Pacific/Apia", "Apia, Samoa")), ("countries", ("WS", "Samoa")), ("languages", ("sm", "Samoan"))],
)
def test_the_world_is_there_to_choose_from(name, choice):
    offered = [(one.key, one.label) for one in registry.AnswerContext().offered(name)]
    assert choice in offered
    assert len(offered) == len(set(offered)) > 100
    asked = sheet(field("partner").model_copy(update={"options_from": name}))
    assert display(asked, {"partner": choice[0]}, someone(options={}))[0].answers[0].shown.text == choice[1]


@pytest.fixture
def registries(monkeypatch):
    """Registries that forget what a test puts in."""
    for name in ("_OPTIONS", "_COMPUTED", "_PREFILLS"):
        monkeypatch.setattr(registry, name, {})


@pytest.mark.usefixtures("registries")
def test_upper_apps_bring_computations_and_options():
    register_computed("pair.hours", lambda context, answers: context.subject["hours"] + len(answers))
    register_options("partners", lambda context: [registry.Choice("spc", f"SPC, {context.subject['hours']} hours")])
    found = texts({"partner": "spc"}, subject={"hours": 3}, options={})
    assert found["held"] == "4"
    assert found["partner"] == "SPC, 3 hours"


@pytest.mark.usefixtures("registries")
def test_options_are_asked_for_once_per_context():
    asked = []
    register_options("partners", lambda context: asked.append(context) or [("a", "A")])
    context = someone(options={})
    display(sheet(*(field("partner").model_copy(update={"key": key}) for key in "abc")), {"a": "a", "b": "a"}, context)
    assert len(asked) == 1


def test_two_sheets_stand_side_by_side_question_by_question():
    mine = {"post": "Officer", "sure": 1, "story": "same"}
    theirs = {"post": "Head", "sure": 5, "story": "same"}
    sections = compare(display(kitchen_sink(), mine, someone()), display(kitchen_sink(), theirs, someone(user=HELEN)))
    assert [section.key for section in sections] == [section.key for section in kitchen_sink().sections]
    found = {question.key: question for section in sections for question in section.questions}
    assert [answer.shown.text for answer in found["post"].answers] == ["Officer", "Head"]
    assert not found["post"].same
    assert found["story"].same
    assert found["explain"].answers[1] is None, "asked of one only"
    assert not found["explain"].same


def test_sheets_of_different_versions_are_matched_by_key():
    old = display(
        sheet({"key": "a", "kind": "text", "label": "Old A"}, {"key": "b", "kind": "text", "label": "B"}),
        {"a": "1"},
        someone(),
    )
    new = display(
        sheet({"key": "c", "kind": "text", "label": "C"}, {"key": "a", "kind": "text", "label": "New A"}),
        {"a": "2"},
        someone(),
    )
    questions = compare(old, new)[0].questions
    assert [(question.key, question.label) for question in questions] == [("a", "Old A"), ("b", "B"), ("c", "C")]


def test_moments_are_told_on_the_readers_clock():
    assert texts(FULL, zone="America/Los_Angeles", user=ANA)["next"] == "29 November 2026, 12:30 in Los Angeles"
