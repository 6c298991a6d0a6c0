"""Indicators in a kit: what they may be reckoned from, and what the check refuses."""

import pytest

from templates_app.domain.kit_files import read_kit, write_kit
from tests.templates_app.kits_at_hand import KitAtHand

FILE = "indicators.yaml"


@pytest.fixture
def kit(tmp_path):
    return KitAtHand(tmp_path / "kit", "aspire")


FAULTS = [
    ("surveys: [satisfaction]", "surveys: [satisfied]", "There is no survey 'satisfied'."),
    ("surveys: [satisfaction]", "surveys: [look-back]", "Give each side a survey of its own."),
    (
        "surveys: [success-mentor-half-way, success-mentor-end]\n        fields: [growth]",
        "surveys: [success-mentor-half-way, success-mentee-end]\n        fields: [growth]",
        "these surveys do not ask the same",
    ),
    ("fields: [growth]", "fields: [groth]", "The worksheet 'success-mentor' asks no 'groth'."),
    ("fields: [growth]", "fields: [growth, trust]", "do not reach from the same to the same"),
    ("fields: [growth]", "fields: [advice]", "Only scales have a mean."),
    ("is_in: [less]", "is_in: [fewer]", "'advice' has no answer 'fewer'."),
    ("- field: recognition\n            filled: true", "- field: recognition\n            at_least: 3", "says nothing of it"),
    ("weights: {met: 1,", "weights: {reached: 1,", "'met' has no answer 'reached'."),
    ("weights: {met: 1, part: 0.5,", "weights: {met: 1, part: 50,", "A row counts from 0, not at all, to 1, in full."),
    ("rows: goals\n        column: met", "rows: outcomes\n        column: met", "has no rows: name a table or a group."),
    ("before: before", "before: kind", "'kind' is no scale."),
    ("worksheet: success-shared\n        fields: [mentor_learnt", "worksheet: success-shared\n        fields: [mentor_outcome",
     "can be sent without 'mentor_outcome'"),
    ("rows: network", "rows: ties", "asks no 'ties'"),
    ("of: [growth, mentees]", "of: [growth, others]", "This indicator has no other measure 'others'."),
    ("survey: success-mentor-end", "survey: success-end", "There is no survey 'success-end'."),
    ("reckon: held", "reckon: luck", "'reckon' is 'luck'. Choose one of:"),
    ("        of: [growth, mentees]\n", "", "'gap' needs of"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), FAULTS, ids=[fault[1][-40:] for fault in FAULTS])
def test_a_measure_that_cannot_be_reckoned_is_refused(kit, old, new, message):
    kit.change(FILE, old, new)
    assert any(fault.file == FILE and message in str(fault) for fault in kit.faults), kit.faults


SHARED = "worksheets/success-shared.yaml"
AGAIN = "    stage: success\n  - {key: later, opens: {anchor: ended}, ours: true}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("filled_by: together\n", "filled_by: together\nrepeats: true\n"),
        ("filled_by: together\n", "filled_by: together\none_for_each: goals\n"),
        ("    stage: success\n", "    stage: success\n    every: {sessions: 1}\n"),
        ("    stage: success\n", AGAIN),
    ],
)
def test_sheets_of_which_a_relationship_may_have_several_are_not_counted_as_relationships(kit, old, new):
    kit.change(SHARED, old, new)
    told = [fault for fault in kit.faults if "may have several sheets of 'success-shared'" in fault.message]
    assert [fault.file for fault in told] == [FILE, FILE]
    lines = kit.text(FILE).splitlines()
    assert [lines[fault.line - 2].strip() for fault in told] == ["reckon: share", "reckon: how-many"]


KIND, GROWTH = "        kind: scale\n", "        label: How much has"


@pytest.mark.parametrize(
    ("sheet", "old", "new", "field"),
    [
        ("success-shared", "        readers: anonymous\n        options", "        options", "continue"),
        ("success-mentor", "  preset: anonymous", "  preset: status", "growth"),
        ("success-mentor", KIND + GROWTH, f"{KIND}        readers: pair\n{GROWTH}", "growth"),
        ("success-mentor", KIND + GROWTH, f"{KIND}        sensitive: true\n{GROWTH}", "growth"),
    ],
)
def test_what_was_promised_to_stay_between_two_cannot_be_counted(kit, sheet, old, new, field):
    kit.change(f"worksheets/{sheet}.yaml", old, new)
    if "sensitive" in new:
        kit.change(f"worksheets/{sheet}.yaml", "        need: must\n", "")
    assert any(f"'{field}' of '{sheet}' is not for the coordinator" in str(fault) for fault in kit.faults), kit.faults


def test_indicators_are_written_out_and_read_back(kit, tmp_path):
    read, faults = read_kit(kit.root)
    assert faults == []
    assert [(one.about, one.used) for one in read.indicators] == (
        [("mentee", True)] * 5 + [("mentor", True)] * 5 + [("shared", True)] * 3 + [("programme", True)] * 5
    )
    write_kit(read, tmp_path / "written")
    assert read_kit(tmp_path / "written")[0] == read
    assert (tmp_path / "written" / FILE).exists()
