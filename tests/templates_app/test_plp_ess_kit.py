"""The kit ``plp-ess`` holds its whole handbook, and what the handbook sets is set so."""

from collections import Counter

import pytest

from templates_app.answers import check
from templates_app.domain.kit_files import KITS, compare_ids, held_ids, read_ids, read_left_out, shipped_kit
from templates_app.domain.kit_files.walking import walk
from templates_app.shapes import (
    Anchor,
    Condition,
    FieldShape,
    Instant,
    Kit,
    Need,
    Preset,
    Sourced,
)
from tests.templates_app.filled import context, filled_sheet

FOLDER = KITS / "plp-ess"
PROFILES = ("mentor-profile", "mentee-profile")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return shipped_kit("plp-ess")


def field(kit: Kit, sheet: str, key: str) -> FieldShape:
    return next(found for found in kit.worksheet(sheet).fields() if found.key == key)


def keys(shapes: list) -> list[str]:
    return [shape.key for shape in shapes]


# --- Complete ---------------------------------------------------------------------------------------------------------


def test_nothing_of_the_catalogue_is_missing(kit):
    reasons, faults = read_left_out(FOLDER)
    report = compare_ids(kit, reasons, read_ids(FOLDER / "ids.json"))
    assert faults == []
    assert (report.missing, report.unknown, report.contradicted) == ([], [], [])
    assert len(report.held) + len(report.left_out) == 554


def test_ids_are_not_heaped_on_one_item(kit):
    heaps = {len(step.shape.source) for step in walk(kit) if isinstance(step.shape, Sourced)}
    assert max(heaps) <= 5


def test_what_the_catalogue_numbers_is_held_by_the_shape_that_carries_it(kit):
    """A duty is a duty, a clause a clause, a field a field: not a mention in passing."""
    carriers = {
        "plp.role.mentor.": [duty for role in kit.roles if role.key == "mentor" for duty in role.duties],
        "plp.role.mentee.": [duty for role in kit.roles if role.key == "mentee" for duty in role.duties],
        "plp.role.coord.": [duty for role in kit.roles if role.key == "coordinator" for duty in role.duties],
        "plp.task.": kit.tasks,
        "plp.res.": kit.resources,
        "plp.session.": [*kit.sessions, *(item for plan in kit.sessions for item in plan.agenda)]
        + [line for plan in kit.sessions for item in plan.agenda for line in item.items],
        "plp.stage.": [*kit.stages, *(part for stage in kit.stages for part in [*stage.activities, *stage.outputs])],
        "plp.coc.": [*kit.agreement.scope, *kit.agreement.clauses]
        + [part for clause in kit.agreement.clauses for part in clause.parts],
    }
    ids = read_ids(FOLDER / "ids.json")["content"]
    for prefix, items in carriers.items():
        carried = {one for item in items for one in item.source}
        assert {one for one in ids if one.startswith(prefix)} <= carried, prefix


def test_articles_hold_their_own_points(kit):
    ids = {one for one in read_ids(FOLDER / "ids.json")["content"] if one.startswith("plp.guide.")}
    articles = {one for one in ids if one.count(".") == 2}
    sources = {one: article for article in kit.articles for one in article.source}
    assert len(articles) == len(kit.articles) == 29
    assert articles <= set(sources)
    for point in ids - articles:
        assert point in sources[point.rpartition(".")[0]].points


# --- Shape of the programme -------------------------------------------------------------------------------------------


def test_six_sessions_in_six_months_of_60_to_90_minutes(kit):
    plan = kit.plan
    assert (plan.months, plan.sessions, plan.interval_months, plan.models) == (6, 6, 1, ["one-to-one"])
    assert (plan.meeting.min_minutes, plan.meeting.default_minutes, plan.meeting.max_minutes) == (60, 60, 90)
    assert [(part.minutes, part.stretches) for part in plan.meeting.slices] == [(10, False), (15, False), (35, True)]


@pytest.mark.covers("plp.sys.29")
def test_platforms(kit):
    labels = [option.label for option in kit.plan.platforms]
    assert labels[:5] == ["Webex", "MS Teams", "Zoom", "Facebook Messenger", "WhatsApp"]
    assert kit.plan.platforms[-1].key == "other"
    for profile in PROFILES:
        asked = field(kit, profile, "platforms")
        assert [option.label for option in asked.options] == labels[:5]
        assert asked.other


def test_partners_stages_and_sessions(kit):
    assert [partner.short for partner in kit.partners] == ["WB", "ADB", "SPREP", "USP"]
    assert [(stage.number, stage.sessions) for stage in kit.stages] == [
        (0, []),
        (1, [1]),
        (2, [2]),
        (3, [3, 4, 5]),
        (4, [6]),
    ]
    assert [plan.number for plan in kit.sessions] == [1, 2, 3, 4, 5, 6]
    assert [len(plan.agenda) for plan in kit.sessions] == [11, 7, 8, 12, 4, 5]
    stage_of = {number: stage.key for stage in kit.stages for number in stage.sessions}
    assert all(plan.stage == stage_of[plan.number] for plan in kit.sessions)


def test_what_completes_the_stages(kit):
    completes = {stage.number: set(stage.completes) for stage in kit.stages}
    assert completes[0] == {Condition.PAIR_CONFIRMED}
    assert completes[1] == {Condition.AGREEMENT_SIGNED, Condition.INVITATIONS_SENT, Condition.OUTPUTS_IN}
    assert completes[4] >= {Condition.LOGS_COMPILED, Condition.EVALUATIONS_IN}


def test_the_duties_of_each_role(kit):
    assert {role.key: len(role.duties) for role in kit.roles} == {
        "coordinator": 12,
        "mentor": 35,
        "mentee": 24,
        "partner": 2,
    }


def test_session_4_and_5_point_to_their_material(kit):
    four, five = kit.sessions[3], kit.sessions[4]
    assert {"ethics-and-values", "dual-roles", "professional-values"} <= set(four.guides)
    assert four.resources == ["professional-values"]
    assert [len(item.items) for item in four.agenda if item.items] == [3], "three abilities"
    assert len(five.resources) == 6
    assert {resource.url for resource in kit.resources} == {""}, "the coordinator fills the links in"


def test_session_1_plans_the_ending(kit):
    items = {one: item for item in kit.sessions[0].agenda for one in item.source}
    assert "ending" in items["plp.session.1.a11"].text
    assert len(items["plp.session.1.a5"].items) == 4, "four questions to break the ice"


def test_the_tasks_of_the_timeline(kit):
    due = {task.key: task.due for task in kit.tasks}
    assert {one for task in kit.tasks for one in task.source if one.startswith("plp.task.")} == {
        f"plp.task.{number:02}" for number in range(1, 26)
    }
    assert due["send-invitations"] == Instant(anchor=Anchor.SESSION_END, session=1, days=2)
    assert due["compile-logs"] == Instant(anchor=Anchor.SESSION_END, session=6, days=7)
    assert due["log-6"] == Instant(anchor=Anchor.SESSION_END, session=6, days=3)
    assert due["review-on-change"] is None


def test_a_late_log_is_reminded_after_one_and_three_days_and_flagged_after_seven(kit):
    rule = next(rule for rule in kit.reminders if rule.owes == "log")
    assert (rule.first_after, rule.first_after + rule.every, rule.at_most, rule.escalate_after) == (1, 3, 2, 7)


def test_everything_that_is_owed_is_reminded_once(kit):
    assert Counter(rule.owes for rule in kit.reminders) == Counter(
        ["agreement", "session-date", "invitations", "worksheet", "log", "closure", "compile", "evaluation"]
    )


# --- Matching ---------------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.11")
@pytest.mark.parametrize(
    ("sheet", "key"), [("mentor-profile", "sectors"), ("mentee-profile", "sectors"), ("mentee-profile", "development")]
)
def test_eight_sectors_and_other_in_words(kit, sheet, key):
    asked = field(kit, sheet, key)
    assert keys(asked.options) == [
        "water_sanitation", "ports", "telecoms", "roads_bridges", "hydro_dams", "energy", "mining", "buildings",
    ]  # fmt: skip
    answers = filled_sheet(kit.worksheet(sheet)) | {key: ["ports", "other"], f"{key}__other": "coastal protection"}
    checked = check(kit.worksheet(sheet), answers, context(), mode="submit")
    assert checked.faults == {}
    assert (checked.answers[key], checked.answers[f"{key}__other"]) == (["ports", "other"], "coastal protection")


@pytest.mark.covers("plp.sys.10")
@pytest.mark.parametrize("sheet", PROFILES)
def test_profiles_ask_all_nine_areas_and_press_nobody_for_the_protected_ones(kit, sheet):
    asked = {one for shape in kit.worksheet(sheet).fields() for one in shape.source}
    assert {f"plp.match.area.{number}" for number in range(1, 10)} <= asked
    answers = filled_sheet(kit.worksheet(sheet))
    for key in ("age", "gender", "ethnicity"):
        shape = field(kit, sheet, key)
        assert (shape.sensitive, shape.need, shape.readers) == (True, Need.MAY, Preset.AUTHOR_COORDINATOR)
        assert shape.options[-1].label == "Prefer not to say"
        silent = check(kit.worksheet(sheet), {**answers, key: None}, context(), mode="submit")
        unsaid = check(kit.worksheet(sheet), {**answers, key: "prefer_not_to_say"}, context(), mode="submit")
        assert silent.faults == unsaid.faults == {}
        assert f"{key}_consent" not in silent.answers | unsaid.answers, "nothing to consent to"


def test_each_protected_answer_has_a_consent_of_its_own_and_only_they_are_sensitive(kit):
    for sheet in PROFILES:
        sensitive = {shape.key for shape in kit.worksheet(sheet).fields() if shape.sensitive}
        assert sensitive == {"age", "gender", "ethnicity"}
        for key in sensitive:
            rule = field(kit, sheet, f"{key}_consent").show_if
            assert rule is not None
            assert rule.field == key
            assert "prefer_not_to_say" not in rule.is_in
    assert {criterion.key for criterion in kit.matching.criteria if criterion.sensitive} == {
        "age",
        "gender",
        "ethnicity",
    }


def test_matching_is_the_coordinators_and_only_warns(kit):
    assert kit.matching.mode == "coordinator"
    assert {(rule.kind, rule.effect) for rule in kit.matching.rules} == {("conflict", "warn"), ("line", "warn")}
    areas = {one for criterion in kit.matching.criteria for one in criterion.source}
    assert areas == {f"plp.match.area.{number}" for number in range(1, 10)}


# --- Agreement --------------------------------------------------------------------------------------------------------


def test_the_code_has_three_points_of_scope_and_16_clauses_of_which_one_has_four_parts(kit):
    agreement = kit.agreement
    assert (len(agreement.scope), len(agreement.clauses)) == (3, 16)
    assert [len(clause.parts) for clause in agreement.clauses if clause.parts] == [4]
    by_part = [one for clause in [*agreement.scope, *agreement.clauses] for one in clause.parts or [clause]]
    assert len(by_part) == 22
    assert {clause.binds for clause in agreement.clauses} == {"mentor", "both"}


def test_the_agreement_asks_for_names_goals_and_objectives_and_both_sign(kit):
    agreement = kit.agreement
    fields = {shape.key: shape for shape in agreement.fields}
    assert [fields[key].prefill for key in list(fields)[:4]] == [
        "mentor.name",
        "mentor.title",
        "mentee.name",
        "mentee.title",
    ]
    assert fields["goal_statements"].min_rows == fields["objectives"].min_rows == 1
    assert fields["goal_statements"].max_rows > 1
    assert keys(fields["objectives"].columns) == ["objective", "measure"]
    assert agreement.signers == ["mentor", "mentee"]
    assert {take.worksheet for shape in agreement.fields for take in shape.takes} == {"goals", "first-meeting"}
    assert "complain" in agreement.rights


def test_the_mentee_consents_to_each_kind_of_record(kit):
    consent = kit.agreement.consent
    assert consent.asked_of == "mentee"
    assert keys(consent.items) == ["agreement", "logs", "capacity", "goals", "checklist", "closure"]
    assert [item.key for item in consent.items if item.always] == ["agreement"]
    gated = {sheet.readers.consent for sheet in kit.worksheets if sheet.readers.consent}
    assert gated == set(keys(consent.items)) - {"agreement"}


# --- Words ------------------------------------------------------------------------------------------------------------


def test_articles_are_readable_and_stand_at_their_stage(kit):
    stages = {stage.key for stage in kit.stages}
    for article in kit.articles:
        assert len(article.body.split()) >= 75, article.key
        assert set(article.stages) <= stages
        assert article.stages
    pinned = [article.key for article in kit.articles if article.pinned]
    assert pinned == ["what-it-is-not"]
    assert {article.chapter for article in kit.articles} == {"overview", "process", "tips", "tools"}


def test_the_glossary_explains_the_abbreviations(kit):
    terms = {term.term for term in kit.glossary}
    assert {"PLP-ESS", "WBG", "ADB", "SPREP", "USP", "EIA", "ESS", "CoC", "OLC", "PACE-SD", "SMART"} <= terms


def test_suggested_messages_are_there_for_those_who_write_them(kit):
    assert {message.key: message.sender for message in kit.messages} == {
        "material": "coordinator",
        "introduction": "mentor",
        "evaluation-invitation": "coordinator",
        "evaluation-nudge": "mentor",
    }
    introduction = next(message for message in kit.messages if message.key == "introduction")
    assert all(gap in introduction.text for gap in ("{date}", "{time}", "{link}", "{programme}"))


def test_held_ids_are_ids_of_this_catalogue_alone(kit):
    assert {one.split(".")[0] for one in held_ids(kit)} == {"plp"}
