"""The worksheets of the kit ``plp-ess``: every printed field, who fills and reads each, and when it is due."""

from collections import Counter

import pytest

from templates_app.answers import check, first_answers
from templates_app.domain.kit_files import shipped_kit
from templates_app.shapes import (
    Anchor,
    FieldShape,
    Filler,
    Instant,
    Kind,
    Kit,
    Meaning,
    Moment,
    Need,
    Preset,
    Use,
    Worksheet,
)
from tests.templates_app.filled import context, filled_sheet


@pytest.fixture(scope="module")
def kit() -> Kit:
    return shipped_kit("plp-ess")


def field(kit: Kit, sheet: str, key: str) -> FieldShape:
    return next(found for found in kit.worksheet(sheet).fields() if found.key == key)


def keys(shapes: list) -> list[str]:
    return [shape.key for shape in shapes]


def test_every_worksheet_can_be_filled_in_and_sent(kit):
    for sheet in kit.worksheets:
        checked = check(sheet, filled_sheet(sheet), context(), mode="submit")
        assert checked.faults == {}, sheet.key


def test_every_worksheet_says_what_it_is_for_and_how_long_it_takes(kit):
    for sheet in kit.worksheets:
        assert len(sheet.purpose) > 60, sheet.key
        assert sheet.minutes, sheet.key
        assert sheet.use, sheet.key
    assert len({sheet.order for sheet in kit.worksheets}) == len(kit.worksheets)


@pytest.mark.parametrize(
    ("sheet", "filler", "preset", "opens", "consent", "shareable"),
    [
        ("prep", Filler.EACH, Preset.PRIVATE, "at-once", None, True),
        ("learning-goals", Filler.MENTEE, Preset.PRIVATE, "at-once", None, True),
        ("goals", Filler.MENTEE, Preset.COORDINATOR, "at-once", "goals", False),
        ("goal-review", Filler.MENTEE, Preset.COORDINATOR, "at-once", "goals", False),
        ("first-meeting", Filler.TOGETHER, Preset.COORDINATOR, "at-once", "checklist", False),
        ("capacity", Filler.MENTEE, Preset.COORDINATOR, "at-once", "capacity", False),
        ("learning-log", Filler.EACH, Preset.COORDINATOR, "at-once", "logs", False),
        ("closure", Filler.EACH, Preset.COORDINATOR, "moment", "closure", False),
        ("mentor-profile", Filler.MENTOR, Preset.AUTHOR_COORDINATOR, "at-once", None, False),
        ("mentee-profile", Filler.MENTEE, Preset.AUTHOR_COORDINATOR, "at-once", None, False),
        ("evaluation", Filler.EACH, Preset.AUTHOR_COORDINATOR, "at-once", None, False),
        ("appreciation", Filler.EACH, Preset.PAIR, "at-once", None, False),
    ],
)
def test_who_fills_and_who_reads(kit, sheet, filler, preset, opens, consent, shareable):
    found = kit.worksheet(sheet)
    readers = found.readers
    assert (found.filled_by, readers.preset, readers.opens, readers.consent, readers.shareable) == (
        filler, preset, opens, consent, shareable,
    )  # fmt: skip


def test_closure_sheets_open_to_each_other_when_session_6_starts(kit):
    sheet = kit.worksheet("closure")
    assert sheet.readers.opens_at == Instant(anchor=Anchor.SESSION_START, session=6)
    assert [moment.opens for moment in sheet.moments] == [Instant(anchor=Anchor.SESSION_START, session=6, days=-7)]


def test_no_worksheet_reaches_the_coordinator_without_the_mentees_consent(kit):
    """Beyond what people say to the coordinator themselves."""
    ungated = {
        sheet.key
        for sheet in kit.worksheets
        if sheet.readers.preset is Preset.COORDINATOR and not sheet.readers.consent
    }
    assert ungated == set()


def moments(sheet: Worksheet) -> dict[int | None, Moment]:
    return {moment.session: moment for moment in sheet.moments}


def test_logs_are_due_after_sessions_2_to_5_offered_after_6_and_never_after_1(kit):
    asked = moments(kit.worksheet("learning-log"))
    assert {session: moment.required for session, moment in asked.items()} == {
        2: True,
        3: True,
        4: True,
        5: True,
        6: False,
    }
    for session, moment in asked.items():
        assert moment.opens == Instant(anchor=Anchor.SESSION_END, session=session)
        assert moment.due == Instant(anchor=Anchor.SESSION_END, session=session, days=3 if session == 6 else 0)


def test_goals_are_reviewed_half_way_and_at_the_end_and_whenever_something_changes(kit):
    sheet = kit.worksheet("goal-review")
    assert list(moments(sheet)) == [3, 6]
    assert all(moment.required for moment in sheet.moments)
    assert sheet.repeats
    assert keys(field(kit, "goal-review", "occasion").options) == [
        "mid_point", "completion", "change_of_duties", "change_of_skills", "business_event",
    ]  # fmt: skip


def test_the_mentee_is_asked_for_issues_before_sessions_3_to_5_and_outcomes_stand_at_every_session(kit):
    issues = kit.worksheet("issues-for-guidance")
    assert list(moments(issues)) == [3, 4, 5]
    assert all(
        moment.opens.days < 0 and moment.due == Instant(anchor=Anchor.SESSION_START, session=moment.session)
        for moment in issues.moments
    )
    assert list(moments(kit.worksheet("intended-outcomes"))) == [1, 2, 3, 4, 5, 6]


def test_what_is_private_or_a_courtesy_is_offered_and_never_owed(kit):
    for key in ("prep", "learning-goals", "learning-style", "appreciation", "afterwards", "short-closure"):
        assert not any(moment.required for moment in kit.worksheet(key).moments), key
    assert kit.worksheet("short-closure").moments[0].opens.anchor is Anchor.ENDED_EARLY


@pytest.mark.covers("plp.sys.35")
def test_the_first_meeting_checklist_has_four_sections_21_items_and_keeps_11_answers(kit):
    sheet = kit.worksheet("first-meeting")
    printed = sheet.sections[:4]
    assert [section.source for section in printed] == [
        ["plp.first.a"],
        ["plp.first.b"],
        ["plp.first.c"],
        ["plp.first.d"],
    ]
    items = [[item for shape in section.fields[:1] for item in shape.items] for section in printed]
    assert [len(part) for part in items] == [6, 11, 3, 1]
    assert all(len(section.fields[1].items) == 1 for section in printed), "each section has a tick of its own"
    assert [item.note for item in items[1]] == ["answer"] * 11
    agreed = {item.key: {"done": True, "note": f"Our {item.key}"} for item in items[1]}
    checked = check(sheet, filled_sheet(sheet, ground_rules=agreed), context(), mode="submit")
    assert checked.faults == {}
    assert checked.answers["ground_rules"] == agreed
    silent = check(
        sheet, filled_sheet(sheet, ground_rules=agreed | {"place": {"done": True}}), context(), mode="submit"
    )
    assert list(silent.faults) == ["ground_rules.place.note"], "a rule that is ticked needs what was agreed"


def test_the_checklist_says_what_its_answers_are_for(kit):
    meanings = Counter(
        item.meaning for shape in kit.worksheet("first-meeting").fields() for item in shape.items if item.meaning
    )
    assert meanings == {Meaning.GROUND_RULE: 11, Meaning.BOUNDARY: 1, Meaning.ENDING_PLAN: 1}


def test_eight_prompts_each_before_the_first_meeting(kit):
    for sheet, name in (("prep", "prep"), ("learning-goals", "lgoals")):
        prompts = {one for shape in kit.worksheet(sheet).fields() for one in shape.source}
        assert prompts == {f"plp.{name}.{number}" for number in range(1, 9)}
        assert {shape.need for shape in kit.worksheet(sheet).fields()} == {Need.MAY}
    table = field(kit, "learning-goals", "years_ahead")
    assert (len(table.items), len(table.columns)) == (4, 1)


@pytest.mark.covers("plp.sys.32")
def test_four_sources_of_goals_can_be_ticked(kit):
    shape = field(kit, "goals", "inputs")
    assert [item.note for item in shape.items] == ["none", "none", "none", "may"]
    ticks = {item.key: {"done": True} for item in shape.items}
    checked = check(
        kit.worksheet("goals"), filled_sheet(kit.worksheet("goals"), inputs=ticks), context(), mode="submit"
    )
    assert (checked.faults, checked.answers["inputs"]) == ({}, ticks)


def test_a_goal_has_four_parts_five_marks_and_the_mentors_agreement(kit):
    shape = field(kit, "goals", "goals")
    assert (shape.kind, shape.min_rows, shape.agreed_by) == (Kind.GOAL, 1, "mentor")
    assert keys(shape.fields) == ["action", "result", "measure", "due", "smart"]
    due = shape.fields[3]
    assert (due.not_before, due.not_after) == ("cohort.start", "cohort.end")
    assert len(shape.fields[4].items) == 5


def test_the_capacity_sheet_has_its_fields_as_one_table_or_one_for_each_goal(kit):
    sheet = kit.worksheet("capacity")
    assert keys(sheet.fields())[:4] == ["name", "designation", "organization", "date"]
    joined = check(sheet, filled_sheet(sheet, mode="joined"), context(), mode="submit").answers
    apart = check(sheet, filled_sheet(sheet, mode="per_goal"), context(), mode="submit").answers
    assert ("gaps" in joined, "by_goal" in joined) == (True, False)
    assert ("gaps" in apart, "by_goal" in apart) == (False, True)
    for table in (field(kit, "capacity", "gaps"), field(kit, "capacity", "by_goal").fields[1]):
        assert (keys(table.columns), table.actions_column, len(table.examples)) == (["gap", "action"], "action", 2)
        assert all(set(row) == {"gap", "action"} for row in table.examples)
    assert sheet.repeats


def test_a_log_holds_its_ten_printed_fields(kit):
    printed = {one for shape in kit.worksheet("learning-log").fields() for one in shape.source}
    assert printed == {f"plp.log.{name}" for name in ("who", "session", "date", "issues", "objectives", "followup")} | {
        f"plp.log.reflect.{number}" for number in range(1, 5)
    }
    followup = field(kit, "learning-log", "followup")
    assert (followup.kind, keys(followup.columns)) == (Kind.ACTION, ["action", "owner", "due"])


def test_a_log_begins_with_what_is_known(kit):
    sheet = kit.worksheet("learning-log")
    known = {"person.name": "Ana Tui", "person.role": "mentee", "session.number": 3, "session.date": "2026-03-02"}
    begun = first_answers(sheet, type(context())(values=known))
    assert begun == {"who": "Ana Tui", "role": "mentee", "session": 3, "date": "2026-03-02"}


def test_the_closure_sheet_has_six_sections_19_questions_and_two_instructions(kit):
    sheet = kit.worksheet("closure")
    assert len(sheet.sections) == 6
    per_section = [{one for shape in section.fields for one in shape.source} for section in sheet.sections]
    assert [len(sources) for sources in per_section] == [4, 7, 5, 2, 1, 2]
    assert {shape.source[0] for shape in sheet.fields() if shape.kind is Kind.NOTE} == {
        "plp.closure.redefining.1", "plp.closure.moving.1",
    }  # fmt: skip
    assert field(kit, "closure", "goals_reached").beside == "goals"


def test_the_six_tools(kit):
    tools = [sheet.key for sheet in kit.worksheets if sheet.tool]
    assert tools == ["goals", "first-meeting", "capacity", "learning-log", "closure"], "and the agreement"
    assert len(field(kit, "evaluation", "most_helpful").options) == 6


def test_one_worksheet_for_each_use(kit):
    uses = Counter(sheet.use for sheet in kit.worksheets)
    assert set(uses) == set(Use) - {Use.HOMEWORK}, "its exercises stand in other handbooks"
    assert {use for use, count in uses.items() if count > 1} == {Use.PROFILE, Use.REFLECTION}
