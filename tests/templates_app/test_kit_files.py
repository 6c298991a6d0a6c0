"""Kits as files: every fault is found, named in plain words, and pointed to; what is written reads back."""

import pytest

from templates_app.domain.kit_files import (
    compare_ids,
    held_ids,
    read_ids,
    read_kit,
    read_left_out,
    shipped_kit,
)
from tests.templates_app.kits_at_hand import kit

__all__ = ["kit"]

GOALS, LOG, PROFILE = "worksheets/goals.yaml", "worksheets/learning-log.yaml", "worksheets/mentor-profile.yaml"


def test_a_sound_kit_has_no_faults(kit):
    assert kit.faults == []


# --- One fault: the right file, the right line, words that help -------------------------------------------------------

SHAPE_FAULTS = [
    ("kit.yaml", "version: '1.0'", "version: 1.0", "'version' should be text, but is 1.0. Put it in quotes."),
    ("kit.yaml", "language: en", "language:", "'language' is empty. Give text, or take the line out."),
    ("kit.yaml", "title: PLP-ESS E", "titel: x\ntitle: PLP-ESS E", "'titel' is not known here. Did you mean 'title'?"),
    ("kit.yaml", "title: PLP-ESS E", "moments: x\ntitle: PLP-ESS E", "'moments' is not known here. It is a name for"),
    (GOALS, "kind: checklist", "kind: tickbox", "'kind' is 'tickbox'. Choose one of: 'text', 'longtext', "),
    (GOALS, "key: performance", "key: Performance", "cannot be a key. Use small letters, digits and underscores"),
    (GOALS, "key: goals\ntitle", "key: goals_\ntitle", "cannot be a key. Use small letters, digits and hyphens"),
    (GOALS, "minutes: 30", "minutes: half an hour", "'minutes' should be a whole number, but is 'half an hour'."),
    (GOALS, "tool: true", "tool: perhaps", "'tool' should be true or false, but is 'perhaps'."),
    (GOALS, "repeats: true", "repeats: [true]", "'repeats' should be true or false, but is a list."),
    ("plan.yaml", "weight: 30", "weight: 300", "'weight' is 300: it may be at most 100."),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), SHAPE_FAULTS)
def test_a_value_of_the_wrong_shape(kit, file, old, new, message):
    line = kit.change(file, old, new)
    assert (kit.fault.file, kit.fault.line) == (file, line)
    assert message in kit.fault.message


def test_a_missing_value_is_told_where_it_belongs(kit):
    line = kit.change("facts.yaml", "  - key: purpose\n    title: What it is for\n", "  - key: purpose\n")
    assert (kit.fault.file, kit.fault.line) == ("facts.yaml", line)
    assert kit.fault.message == "'title' is missing here. Add it."


def test_a_field_that_makes_no_sense_tells_its_own_line(kit):
    line = kit.change(
        LOG, "        kind: longtext\n        label: Important", "        kind: scale\n        label: Important"
    )
    assert (kit.fault.file, kit.fault.line) == (LOG, line - 1)
    assert kit.fault.message == "A field of kind 'scale' needs points."


def test_every_fault_of_every_file_is_told_at_once(kit):
    kit.change("kit.yaml", "version: '1.0'", "version: 2")
    kit.change(LOG, "kind: longtext", "kind: novel")
    kit.change("guidance/motivation.md", "roles: [mentor]", "roles: [mentors]")
    assert [fault.file for fault in kit.faults if fault.line > 1] == ["guidance/motivation.md", "kit.yaml", LOG]


# --- The whole: what one item cannot know about another ---------------------------------------------------------------

WHOLE_FAULTS = [
    ("stages.yaml", "[mentor-profile, mentee-profile]", "[mentor-profile, mentee]", "There is no worksheet 'mentee'."),
    ("tasks.yaml", "worksheet: prep", "worksheet: prepare", "There is no worksheet 'prepare'."),
    ("tasks.yaml", "{anchor: session-start, session: 1,", "{anchor: session-start, session: 7,", "has no session 7"),
    ("tasks.yaml", "{anchor: cohort-start}", "{anchor: session-end}", "'session-end' needs to know which session"),
    ("tasks.yaml", "{anchor: cohort-end}", "{anchor: cohort-end, session: 6}", "Take 'session' out."),
    (
        "tasks.yaml",
        "Dear {person},\n\n\n      How was",
        "Dear {persons},\n\n\n      How was",
        "'{persons}' is not known.",
    ),
    ("tasks.yaml", "Dear {person},\n\n\n      How was", "Dear {person,\n\n\n      How was", "A brace is open"),
    (
        "sessions.yaml",
        "stage: capacity",
        "stage: capacities",
        "There is no stage 'capacities'. The stages are: planning",
    ),
    ("sessions.yaml", "guides: [capacity-table,", "guides: [capacity-tables,", "Add guidance/capacity-tables.md"),
    ("sessions.yaml", "resources: [olc,", "resources: [campus,", "There is no resource 'campus'."),
    ("policies.yaml", "sessions: [4]", "sessions: [0]", "has no session 0"),
    ("guidance/motivation.md", "stages: [establishing", "stages: [planing, establishing", "no stage 'planing'"),
    (GOALS, "consent: goals", "consent: goal", "The agreement asks no consent 'goal'."),
    (GOALS, "agreed_by: mentor", "agreed_by: tutor", "There is no role 'tutor'."),
    (GOALS, "not_after: cohort.end", "not_after: cohort.ends", "'cohort.ends' is no date."),
    (GOALS, "key: development_plan", "key: performance", "The key 'performance' is used twice in this list."),
    (GOALS, "- key: smart_note", "- key: inputs", "The key 'inputs' is used in another section"),
    (LOG, "prefill: person.role", "prefill: person.rank", "'person.rank' is not known."),
    (LOG, "options_from: goals", "options_from: aims", "'aims' is not known."),
    ("worksheets/closure.yaml", "field: afterwards,", "field: afterward,", "There is no other field 'afterward'"),
    ("worksheets/closure.yaml", "is_in: [continue_informally,", "is_in: [continue,", "'continue' is no option"),
    ("worksheets/closure.yaml", "opens: moment", "opens: at-once", "'opens_at' counts only with 'opens: moment'."),
    ("worksheets/capacity.yaml", "actions_column: action", "actions_column: deed", "no column 'deed'"),
    ("agreement.yaml", "field: ground_rules", "field: ground_rule", "has no field 'ground_rule'"),
    ("agreement.yaml", "statement: action", "statement: act", "The field 'goals' has nothing called 'act'."),
    ("plan.yaml", "mentee_field: development", "mentee_field: developing", "the mentee asks no field 'developing'"),
    ("plan.yaml", "stretches: true", "stretches: false", "Mark one part, and only one"),
    ("plan.yaml", "minutes: 35", "minutes: 30", "The parts last 55 minutes together; the shortest meeting has 60."),
    ("plan.yaml", "default_minutes: 60", "default_minutes: 120", "'default_minutes' should lie between"),
    ("plan.yaml", "candidates: true", "gates: [prep, approval]\n  candidates: true", "no worksheet 'approval'"),
    ("plan.yaml", "mentor: mentor-profile", "tutor: mentor-profile", "There is no role 'tutor'."),
    (
        LOG,
        "        need: must\n",
        "        need: must\n        need: may\n",
        "'need' is given twice here (first on line",
    ),
    (PROFILE, "key: flexible", "key: other", "'other: true' already adds this option."),
    (PROFILE, "key: age_consent", "key: age_leave", "ask beside it, in a field 'age_consent'"),
    ("policies.yaml", "term: WBG", "term: ADB", "The term 'ADB' is used twice in this list."),
    ("roles.yaml", "\n        source: plp.role.coord.1\n", "\n", "This names no source."),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), WHOLE_FAULTS)
def test_items_that_do_not_fit_together(kit, file, old, new, message):
    line = kit.change(file, old, new)
    told = [fault for fault in kit.faults if message in fault.message]
    assert told, "the fault is told"
    # Where the fault is in a list, or in what names the changed item, the line is that of the list or of the name.
    assert any(fault.file != file or abs(fault.line - line) <= 14 for fault in told)


def test_the_line_of_a_reference_is_exact(kit):
    line = kit.change("tasks.yaml", "worksheet: goal-review", "worksheet: goal-reviews")
    assert (kit.fault.file, kit.fault.line) == ("tasks.yaml", line)


def test_a_sensitive_answer_is_not_matched_on_unmarked(kit):
    kit.change("plan.yaml", "      weight: 3\n      sensitive: true", "      weight: 3")
    assert {fault.message for fault in kit.faults} == {
        "The field 'age' is sensitive: mark this criterion with 'sensitive: true'."
    }


def test_what_is_ours_as_a_whole_needs_no_further_mark(kit):
    kit.change("roles.yaml", "\n        source: plp.role.coord.1\n", "\n")
    kit.change("roles.yaml", "    title: Programme coordinator\n", "    title: Programme coordinator\n    ours: true\n")
    assert kit.faults == []


def test_a_worksheet_cannot_take_the_agreements_key(kit):
    kit.write(
        "worksheets/agreement.yaml",
        kit.text("worksheets/appreciation.yaml").replace("key: apprec", "key: agreement #", 1),
    )
    assert "'agreement' is the agreement's own key" in kit.fault.message


# --- Counting against a catalogue -------------------------------------------------------------------------------------


def catalogue(*ids: str) -> dict:
    return {"content": dict.fromkeys(ids, "words"), "behaviours": {}}


def test_ids_are_held_left_out_missing_unknown_or_contradicted():
    plp = shipped_kit("plp-ess")
    held = sorted(held_ids(plp))
    report = compare_ids(
        plp, {"x.left": "no use", held[0]: "stale", "x.gone": "?"}, catalogue(*held[1:], "x.left", "x.new")
    )
    assert report.held == held[1:]
    assert report.left_out == ["x.left"]
    assert report.missing == ["x.new"]
    assert report.unknown == sorted([held[0], "x.gone"])
    assert report.contradicted == [held[0]]
    assert not report.complete


def test_sources_are_read_wherever_they_may_stand():
    held = held_ids(shipped_kit("plp-ess"))
    assert "plp.guide.ethics.6" in held, "an article's own point"
    assert "plp.agree.sign.mentor" in held, "the agreement's parties"
    assert "plp.log.followup" in held, "a field"
    assert "plp.coc.13c" in held, "part of a clause"
    assert "plp.first.b.10" in held, "a line of a checklist"


def test_the_catalogue_is_found_by_key_or_by_the_name_the_kit_gives():
    plp = shipped_kit("plp-ess")
    both = {"plp-ess": catalogue("a.one"), "other": catalogue("b.one")}
    assert compare_ids(plp, {}, both).missing == ["a.one"]
    assert compare_ids(plp.model_copy(update={"catalogue": "other"}), {}, both).missing == ["b.one"]
    with pytest.raises(LookupError, match="no catalogue 'third'"):
        compare_ids(plp.model_copy(update={"catalogue": "third"}), {}, both)


def test_ids_that_are_no_object_are_refused(tmp_path):
    (tmp_path / "ids.json").write_text("[1]")
    with pytest.raises(ValueError, match="does not hold a JSON object"):
        read_ids(tmp_path / "ids.json")


def test_what_is_left_out_needs_a_reason(kit):
    kit.write("left-out.yaml", "a.one: It sets nothing.\na.two:\na.three: ''\n")
    reasons, faults = read_left_out(kit.root)
    assert reasons == {"a.one": "It sets nothing."}
    assert [(fault.line, fault.message) for fault in faults] == [
        (2, "Say in words why 'a.two' is left out."),
        (3, "Say in words why 'a.three' is left out."),
    ]
    (kit.root / "left-out.yaml").unlink()
    assert read_left_out(kit.root) == ({}, [])


def test_a_condition_of_a_section_is_handed_down_to_its_fields_that_say_none(kit):
    kit.change(
        "worksheets/learning-log.yaml", "sections:\n",
        "sections:\n  - key: part_b\n    ours: true\n    title: Part B\n    show_if: {field: part, is_in: ['yes']}\n    fields:\n"
        "      - {key: first, kind: text, label: First}\n"
        "      - {key: second, kind: text, label: Second, show_if: {field: first, filled: true}}\n"
        "  - key: part_a\n    ours: true\n    title: Part A\n    fields:\n"
        "      - {key: part, kind: choice, label: Part B?, options: [{key: 'yes', label: 'Yes'}, {key: 'no', label: 'No'}]}\n",
    )  # fmt: skip
    found, faults = read_kit(kit.root)
    assert found is not None, faults
    sheet = next(one for one in found.worksheets if one.key == "learning-log")
    fields = {field.key: field for field in sheet.fields()}
    assert (fields["first"].show_if.field, fields["second"].show_if.field) == ("part", "first")
    assert sheet.sections[0].show_if is None, "it stands in the fields, where it can be changed one by one"
