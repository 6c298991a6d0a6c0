"""Checking: what is refused, what is only remarked on, and that a draft keeps everything."""

from typing import Any

import pytest

from templates_app.answers import check, first_answers, is_raw, progress
from templates_app.answers.kinds import BEHAVIOURS
from templates_app.shapes import Kind
from tests.templates_app.sink import A_FILE, ANA, FULL, HELEN, HELENS_SIGNATURE, field, kitchen_sink, sheet, someone


def checked(answers: dict[str, Any], mode: str = "submit", *, stored: dict[str, Any] | None = None, **context: Any):
    return check(kitchen_sink(), answers, someone(**context), mode=mode, stored=stored)


def one(key: str, typed: Any, mode: str = "draft", **context: Any):
    """What becomes of one answer of the kitchen sink: its value, its fault, its warning."""
    result = check(sheet(field(key)), {key: typed}, someone(**context), mode=mode)
    return result.answers.get(key), result.faults.get(key), result.warnings.get(key)


def test_every_kind_has_a_behaviour_and_stands_in_the_kitchen_sink():
    assert set(BEHAVIOURS) == set(Kind)
    assert {shape.kind for shape in kitchen_sink().fields()} == set(Kind)


@pytest.mark.parametrize("mode", ["draft", "submit"])
def test_a_full_sheet_passes_unchanged(mode):
    result = checked(FULL, mode, stored=FULL)
    assert result.faults == {}
    assert result.warnings == {}
    assert result.answers == FULL


def test_an_empty_sheet_is_told_what_is_needed_and_reminded_of_what_is_asked():
    result = checked({})
    assert set(result.faults) == {"post", "sectors", "grid.talk", "gaps", "goals", "horizon.y1", "ticks.read", "sign"}
    assert set(result.warnings) == {"story", "ticks.where"}
    assert not result.ok
    assert checked({}, "draft").ok, "a draft demands nothing"


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("post", "  Officer \n of  rivers ", "Officer of rivers"),
        ("story", "a\r\n\r\nb  \n", "a\n\nb"),
        ("mail", "\u202asefo@example.org\u202c", "sefo@example.org"),
        ("page", "example.org/x", "https://example.org/x"),
        ("phone", " +676 23-456 ext 4 ", "+676 23-456 ext 4"),
        ("years", "2,5", 2.5),
        ("years", "12.0", 12),
        ("years", "0", 0),
        ("length", "1:30", 90),
        ("length", "1 h 30 min", 90),
        ("length", "90", 90),
        ("length", "2h", 120),
        ("day", "2026-12-08", "2026-12-08"),
        ("day", "8 December 2026", "2026-12-08"),
        ("hour", "9.30", "09:30"),
        ("hour", "9:30 pm", "21:30"),
        ("hour", "14", "14:00"),
        ("next", {"date": "2026-11-30", "time": "9:30"}, "2026-11-29T20:30:00Z"),
        ("next", "2026-11-30T09:30:00+13:00", "2026-11-29T20:30:00Z"),
        ("sectors", ["roads", "water", "roads"], ["water", "roads"]),
        ("weights", {"place": "3", "trust": "1", "skill": ""}, ["trust", "place"]),
        ("sure", "5", 5),
        ("sure", "na", "na"),
        ("grid", {"talk": "-1", "time": ""}, {"talk": -1}),
        ("ticks", {"read": {"done": "on", "note": ""}, "books": {"done": False}}, {"read": {"done": True}}),
        ("letter", "", None),
    ],
)
def test_what_people_type_is_understood(key, typed, stored):
    assert one(key, typed) == (stored, None, None)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("post", "x" * 81),
        ("mail", "sefo at example"),
        ("page", "javascript:alert(1)"),
        ("page", "ftp://example.org"),
        ("phone", "call me"),
        ("years", "many"),
        ("years", "-1"),
        ("years", "61"),
        ("years", "nan"),
        ("years", "1e400"),
        ("years", "9" * 400),
        ("years", True),
        ("length", "20"),
        ("length", "1:75"),
        ("day", "08/12/2026"),
        ("day", "2026-02-30"),
        ("day", "0026-12-08"),
        ("hour", "25:00"),
        ("hour", "13 pm"),
        ("next", {"date": "2026-11-30", "time": ""}),
        ("next", {"date": "", "time": "09:30"}),
        ("next", "2026-11-30T09:30"),
        ("model", "boat"),
        ("partner", "unknown"),
        ("sectors", ["water", "gold"]),
        ("weights", {"trust": "1", "skill": "1"}),
        ("weights", {"trust": "first"}),
        ("weights", ["trust", "trust"]),
        ("helper", "5a0f6c1e-0000-4000-8000-00000000ffff"),
        ("sure", "4"),
        ("sure", True),
        ("gaps", "words"),
        ("gaps", ["words"]),
        ("sign", {"name": "Ana", "agree": False}),
        ("sign", {"name": "", "agree": True}),
        ("clause", {"name": "Ana Tuʻi of Apia"}),
    ],
)
def test_what_does_not_fit_is_refused_and_in_a_draft_kept_as_typed(key, typed):
    value, fault, _warning = one(key, typed, "submit")
    assert fault
    value, fault, _warning = one(key, typed, "draft")
    assert fault
    assert is_raw(value)
    assert value["_raw"] == typed
    again, fault_again, _warning = one(key, value, "draft")
    assert (again, fault_again) == (value, fault), "and is kept, with its fault, through every further save"


def test_parts_of_a_grid_or_checklist_are_refused_one_by_one():
    result = checked(
        {"grid": {"talk": "9", "time": "1"}, "ticks": {"read": {"done": True, "note": "no room"}}}, "draft"
    )
    assert set(result.faults) == {"grid.talk", "ticks.read.note"}
    assert result.answers["grid"] == {"talk": {"_raw": "9"}, "time": 1}
    assert result.answers["ticks"]["read"] == {"done": True, "note": "no room"}


@pytest.mark.parametrize(
    ("key", "typed", "word"),
    [
        ("day", "2026-10-31", "earlier"),
        ("day", "2027-05-01", "later"),
        ("next", {"date": "2026-11-21", "time": "23:00"}, "earlier"),
    ],
)
def test_a_day_outside_its_bounds_is_remarked_on_and_kept(key, typed, word):
    value, fault, warning = one(key, typed, "submit")
    assert value
    assert fault is None
    assert word in warning


def test_bounds_nobody_knows_say_nothing():
    assert one("day", "2031-01-01", dates={}) == ("2031-01-01", None, None)


def test_a_time_the_clocks_skip_is_moved_with_a_word_about_it():
    value, fault, warning = one("next", {"date": "2027-03-28", "time": "01:30"}, zone="Europe/London")
    assert (value, fault) == ("2027-03-28T01:30:00Z", None)
    assert "2:30" in warning


def test_a_time_that_comes_twice_is_the_first():
    value, _fault, warning = one("next", {"date": "2027-10-31", "time": "01:30"}, zone="Europe/London")
    assert (value, warning) == ("2027-10-31T00:30:00Z", None)


@pytest.mark.parametrize(
    ("zone", "stored"),
    [
        ("Pacific/Pago_Pago", "2026-12-01T20:00:00Z"),
        ("Pacific/Apia", "2026-11-30T20:00:00Z"),
        ("Pacific/Kiritimati", "2026-11-30T19:00:00Z"),
        ("Australia/Lord_Howe", "2026-11-30T22:00:00Z"),
        ("America/Los_Angeles", "2026-12-01T17:00:00Z"),
    ],
)
def test_a_typed_time_is_the_persons_own(zone, stored):
    assert one("next", {"date": "2026-12-01", "time": "09:00"}, zone=zone)[0] == stored


def test_numbers_are_read_in_the_persons_language():
    loose = {"key": "n", "kind": "number", "label": "N"}
    read = lambda typed, locale: check(sheet(loose), {"n": typed}, someone(locale=locale), mode="draft").answers["n"]  # noqa: E731
    assert read("1,234", "en") == 1234
    assert read("1.234", "de") == 1234
    assert read("1,5", "en") == 1.5
    assert read("1.5", "de") == 1.5
    assert read("1 234,5", "fr") == 1234.5
    assert read("1,234.5", "de") == 1234.5
    assert read("\u22123", "en") == -3
    assert read("٣", "en") == 3


# --- Conditions -----------------------------------------------------------------------------------------------------


def test_a_hidden_answer_stays_in_the_draft_and_leaves_what_is_sent():
    answers = FULL | {"sure": 5}
    kept = checked(answers, "draft", stored=FULL).answers
    sent = checked(answers, "submit", stored=FULL).answers
    assert kept["explain"] == "It is new"
    assert "explain" not in sent
    assert "deeper" not in sent, "what hangs on a hidden question is hidden too"


def test_what_is_not_asked_is_not_demanded():
    assert "explain" in checked({"sure": 1}).faults
    assert "explain" not in checked({"sure": 5}).faults
    assert "explain" not in checked({}).faults


def test_a_fault_in_a_hidden_answer_disturbs_nobody():
    sheet_ = sheet(field("sure"), field("explain"))
    result = check(sheet_, {"sure": 5, "explain": "x" * 2000}, someone(), mode="draft")
    assert result.faults == {}
    assert is_raw(result.answers["explain"])


def test_conditions_hold_inside_rows():
    goals = [{"goal": "a", "state": "open"}, {"goal": "b", "state": "done"}]
    assert [path for path in checked({"goals": goals}).faults if path.startswith("goals")] == ["goals.1.proof"]


def test_a_question_may_hang_on_another_being_blank():
    shape = {
        "key": "why",
        "kind": "text",
        "label": "Why",
        "show_if": {"field": "aims", "filled": False},
        "need": "must",
    }
    with_aim = {"aims": [{"goal": "Write"}]}
    assert check(sheet(field("aims"), shape), {}, someone(), mode="submit").faults == {"why": "This answer is needed."}
    assert check(sheet(field("aims"), shape), with_aim, someone(), mode="submit").ok


def test_conditions_that_turn_in_a_circle_hide_nothing():
    shapes = [
        {"key": "a", "kind": "text", "label": "A", "show_if": {"field": "b", "filled": True}},
        {"key": "b", "kind": "text", "label": "B", "show_if": {"field": "a", "filled": True}},
    ]
    answers = {"a": "x", "b": "y"}
    assert check(sheet(*shapes), answers, someone(), mode="submit").answers == answers


# --- Other ----------------------------------------------------------------------------------------------------------


def test_other_wants_words():
    assert "model__other" in checked({"model": "other"}).warnings
    assert "sectors__other" in checked({"sectors": ["other"]}).faults, "a needed question wants them"


def test_words_for_an_other_not_chosen_stay_in_the_draft_only():
    answers = {"model": "room", "model__other": "On the ferry"}
    assert checked(answers, "draft").answers == answers
    assert checked(answers, "submit").answers == {"model": "room"}


# --- Rows -----------------------------------------------------------------------------------------------------------


def test_rows_get_names_and_keep_them():
    first = checked({"gaps": [{"gap": "a"}, {"gap": "b"}]}, "draft").answers["gaps"]
    assert len({row["_id"] for row in first}) == 2
    assert checked({"gaps": first}, "draft").answers["gaps"] == first


def test_doubled_and_invented_row_names_are_replaced():
    rows = [{"_id": "0a0a0a01", "gap": "a"}, {"_id": "0a0a0a01", "gap": "b"}, {"_id": "my secret", "gap": "c"}]
    names = [row["_id"] for row in checked({"gaps": rows}, "draft").answers["gaps"]]
    assert names[0] == "0a0a0a01"
    assert len(set(names)) == 3
    assert "my secret" not in names


def test_blank_rows_are_no_rows_and_disturb_nobody():
    result = checked({"gaps": [{"gap": " ", "cost": ""}, {"_id": "0a0a0a01"}, {"gap": "a"}]}, "draft")
    assert [row["gap"] for row in result.answers["gaps"]] == ["a"]
    assert checked({"goals": [{"goal": ""}]}).faults["goals"]


def test_too_many_rows_are_refused_and_kept():
    rows = [{"gap": str(number)} for number in range(5)]
    result = checked({"gaps": rows}, "draft")
    assert "gaps" in result.faults
    assert len(result.answers["gaps"]) == 5


@pytest.mark.covers("plp.sys.52")
def test_example_rows_never_count():
    examples = [{"gap": "An example", "_example": True}]
    assert "gaps" in checked({"gaps": examples}).faults, "an example is no answer to a needed question"
    assert progress(kitchen_sink(), {"gaps": examples})[0] == 0
    many = examples * 4 + [{"gap": str(number)} for number in range(4)]
    assert "gaps" not in checked({"gaps": many}, "draft").faults, "nor does it take up room"
    assert checked({"gaps": [{"action": "no gap", "_example": True}, {"gap": "a"}]}).faults.get("gaps.0.gap") is None


def test_fixed_rows_are_those_of_the_worksheet_in_its_order():
    rows = [{"_id": "y5", "where": "b"}, {"_id": "y9", "where": "c"}, {"_id": "y1", "where": "a"}]
    assert checked({"horizon": rows}, "draft").answers["horizon"] == [
        {"_id": "y1", "where": "a"},
        {"_id": "y5", "where": "b"},
    ]


def test_paths_of_faults_lead_into_nested_rows():
    goals = [{"goal": "a"}, {"goal": "b", "steps": [{"step": "c"}, {"step": "", "minutes": "x"}]}]
    faults = checked({"goals": goals}).faults
    assert {"goals.1.steps.1.step", "goals.1.steps.1.minutes"} <= set(faults)


# --- Hands ----------------------------------------------------------------------------------------------------------


def test_signing_takes_name_from_the_person_and_the_rest_from_the_context():
    value, fault, _warning = one("sign", {"name": " ʻAna  Tuʻi ", "agree": True, "by": HELEN, "at": "1999-01-01"})
    assert fault is None
    assert value == {"name": "ʻAna Tuʻi", "at": "2026-11-22T02:03:04Z", "by": ANA}


def test_nobody_signs_for_another():
    assert one("countersign", {"name": "Helen Ward", "agree": True})[1]
    value, fault, _warning = one("countersign", HELENS_SIGNATURE)
    assert fault
    assert value == {"_raw": {"name": "Helen Ward"}}, "what was typed stays, the claim does not"


def test_a_stored_signature_stays_as_it_is():
    stored = {"countersign": HELENS_SIGNATURE, "sign": {"name": "A", "at": "2026-11-01T00:00:00Z", "by": ANA}}
    assert checked(stored, "draft", stored=stored).answers == stored


def test_ones_own_signature_cannot_be_dated_back():
    value, _fault, _warning = one("sign", {"name": "A", "at": "2001-01-01T00:00:00Z", "by": ANA})
    assert value["at"] == "2026-11-22T02:03:04Z"


def test_anothers_missing_signature_holds_nobody_up():
    assert "countersign" not in checked({}).faults
    assert "countersign" in checked({}, roles=frozenset({"mentor"})).faults


def test_a_file_is_taken_only_from_what_was_there_or_may_be_attached():
    assert one("letter", A_FILE)[1]
    assert one("letter", A_FILE, files=frozenset({"file-1"})) == (A_FILE, None, None)
    assert checked({"letter": A_FILE}, "draft", stored={"letter": A_FILE}).answers == {"letter": A_FILE}


def test_a_file_of_another_kind_is_refused():
    bad = A_FILE | {"name": "run.exe"}
    assert one("letter", bad, files=frozenset({"file-1"}))[1]


# --- Around ---------------------------------------------------------------------------------------------------------


def test_keys_that_no_field_has_stay_in_a_draft_and_are_not_sent():
    assert checked({"gone": "words"}, "draft").answers == {"gone": "words"}
    assert checked({"gone": "words"}, "submit").answers == {}


def test_progress_counts_what_is_asked():
    answered, asked = progress(kitchen_sink(), {})
    assert answered == 0
    assert progress(kitchen_sink(), {"sure": 1}) == (1, asked + 1), (
        "an answer that brings up a question raises the count"
    )
    full = progress(kitchen_sink(), FULL)
    assert full[0] == full[1]


def test_first_answers_are_what_the_application_knows_if_it_fits():
    assert first_answers(kitchen_sink(), someone()) == {"post": "Environment officer"}
    assert first_answers(kitchen_sink(), someone(values={"person.post": "x" * 99})) == {}
    assert first_answers(kitchen_sink(), someone(values={})) == {}


def test_bounds_may_be_dates_as_they_are_written():
    dated = sheet({"key": "day", "kind": "date", "label": "Day", "not_before": "2026-01-31", "not_after": "2026-06-30"})
    read = lambda typed: check(dated, {"day": typed}, someone(), mode="draft").warnings.get("day", "")  # noqa: E731
    assert "31 January 2026" in read("2026-01-30")
    assert read("2026-01-31") == ""
    assert "30 June 2026" in read("2026-07-01")
