"""Figures of a programme beside its signs of success: progress of mentees, quality of matches, results that may be counted."""

import copy
import datetime as dt
import itertools

import pytest
from django.utils.html import escape

from evaluation.domain.indicating.indicators import used_in
from mentoring import clock
from pairs.models import Action, Goal, GoalChange
from programmes.models import MatchRun, Proposal, Sheet
from templates_app.answers.splitting import split
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.models import Response, ResponseState, TemplateVersion
from tests.evaluation.indicating import answered, noted, pair_up
from tests.evaluation.test_indicators import figures, lines, page, world
from tests.evaluation.test_indicators_monthly import AT, IN_DECEMBER, held
from tests.evaluation.world import PAIRED

__all__ = ["world"]

DAY = dt.timedelta(days=1)


@pytest.fixture
def six(world):
    return pair_up(world, 6)


@pytest.mark.covers("phase1.measure.engage")
def test_the_engagement_rate_is_told_with_its_definition_that_knows_of_no_messages(world, six):
    for pair in six[:2]:
        held(pair, 1, IN_DECEMBER)
    noted(six[2], "check-in", at=IN_DECEMBER, words="CANARY")
    assert figures(world, "engagement", "rate", at=AT)["December 2026"] == 50
    html = page(world, at=AT)
    assert "3 of 6 relationships" in html
    assert "Messages are not counted" in html
    assert "As of" in html.split("How the programme is going")[0]


# --- Progress of mentees -------------------------------------------------------------------------------------------------


NUMBERS = itertools.count(1)


def sent(pair, worksheet):
    return noted(pair, worksheet, at=PAIRED + DAY, number=next(NUMBERS))


def task(pair, row, at, *, side="mentee", sheet=None, state="done"):
    response = (sheet or sent(pair, "action-plan")).response
    owner = pair.pairing.members.get(side=side) if side else None
    return Action.objects.create(
        pairing=pair.pairing, kind="follow_up", state=state, text="CANARY", owner=owner, row=row, response=response,
        settled_at=at,
    )  # fmt: skip


def goal(pair, row, level="goal", *, states=(("open", PAIRED + DAY),), reached_on=None, sheet=None):
    sheet = sheet or sent(pair, "smart-goals" if level == "goal" else "milestones")
    made = Goal.objects.create(
        pairing=pair.pairing, response=sheet.response, worksheet=sheet.worksheet, field="goals", row=row, level=level,
        title="CANARY", state=states[-1][0], reached_on=reached_on,
    )  # fmt: skip
    for number, (state, at) in enumerate(states, start=1):
        GoalChange.objects.create(goal=made, number=number, response=sheet.response, state=state, changed_at=at)
    return made


@pytest.mark.covers("phase1.measure.menteeprog")
def test_tasks_done_and_milestones_reached_are_told_for_each_mentee_and_month(world, six):
    for number, pair in enumerate(six[:3]):
        task(pair, f"a{number}", IN_DECEMBER)
    task(six[0], "b", IN_DECEMBER, side=None)
    task(six[1], "c", IN_DECEMBER, side="mentor")
    task(six[2], "d", None, state="doing")
    for number, pair in enumerate(six):
        goal(pair, f"m{number}", "milestone", states=[("reached", IN_DECEMBER)], reached_on=dt.date(2026, 12, 11))
    assert figures(world, "mentee_progress", "tasks", at=AT)["December 2026"] == 0.7, "four of mentees, for six"
    assert figures(world, "mentee_progress", "tasks", at=AT)["November 2026"] == 0
    assert figures(world, "mentee_progress", "milestones", at=AT)["December 2026"] == 1.0
    assert "CANARY" not in page(world, at=AT)


@pytest.mark.covers("phase1.measure.menteeprog")
def test_goals_on_and_off_track_are_told_as_they_stood_when_a_month_was_over(world, six):
    later = AT - DAY
    for number, pair in enumerate(six):
        off = [("open", PAIRED + DAY), ("off-track", IN_DECEMBER), ("open", later)]
        goal(pair, f"g{number}", states=off if number < 3 else [("open", PAIRED + DAY), ("reached", later)])
    aside = goal(six[0], "aside", states=[("open", PAIRED + DAY), ("put-aside", IN_DECEMBER)])
    stood = figures(world, "mentee_progress", "goals", at=AT)
    december = {key.split(": ")[1]: value for key, value in stood.items() if key.startswith("December")}
    assert december == {"on the way": 50, "off track": 50, "reached": 0}
    assert stood["November 2026: on the way"] == 100
    assert not any(key.startswith("January") for key in stood), "a month that is not over tells of one goal at a time"
    assert "3 of 6 goals" in page(world, at=AT)
    aside.delete()


def test_what_stands_on_a_sheet_that_its_writer_keeps_is_not_followed(world, six):
    for number, pair in enumerate(six):
        kept = sent(pair, "objective-result")
        goal(pair, f"k{number}", sheet=kept)
        task(pair, f"t{number}", IN_DECEMBER, sheet=kept)
    assert figures(world, "mentee_progress", "goals", at=AT) == {}
    assert figures(world, "mentee_progress", "tasks", at=AT)["December 2026"] == 0


def with_readers(world, worksheet, preset=None, field=None):
    """The next version of a worksheet: with other readers, or with its lists for its writer alone."""
    newest = current_version(world.programme.handbook, worksheet)
    sections = copy.deepcopy(newest.definition["sections"])
    for one in (one for section in sections for one in section["fields"]):
        if field:
            one["readers"] = field
    readers = {"preset": preset} if preset else newest.definition["readers"]
    definition = newest.definition | {"readers": readers, "sections": sections}
    TemplateVersion.objects.create(template=newest.template, number=newest.number + 1, definition=definition)


def test_goals_and_tasks_count_by_what_their_sheet_said_when_it_was_written(world, six):
    """What was for its writer alone stays so when a later version opens it, and what was open stays counted."""
    with_readers(world, "smart-goals", "private")
    with_readers(world, "action-plan", "private")
    for number, pair in enumerate(six):
        goal(pair, f"k{number}")
        task(pair, f"t{number}", IN_DECEMBER)
    with_readers(world, "smart-goals", "pair")
    with_readers(world, "action-plan", "pair")
    assert figures(world, "mentee_progress", "goals", at=AT) == {}
    assert figures(world, "mentee_progress", "tasks", at=AT)["December 2026"] == 0
    for number, pair in enumerate(six):
        goal(pair, f"g{number}")
        task(pair, f"u{number}", IN_DECEMBER)
    with_readers(world, "smart-goals", "private")
    with_readers(world, "action-plan", "private")
    assert figures(world, "mentee_progress", "goals", at=AT)["December 2026: on the way"] == 100
    assert figures(world, "mentee_progress", "tasks", at=AT)["December 2026"] == 1.0


def test_a_question_of_goals_or_tasks_that_only_its_writer_reads_is_not_followed(world, six):
    with_readers(world, "smart-goals", field="private")
    with_readers(world, "action-plan", field="private")
    for number, pair in enumerate(six):
        goal(pair, f"k{number}")
        task(pair, f"t{number}", IN_DECEMBER)
    assert figures(world, "mentee_progress", "goals", at=AT) == {}
    assert figures(world, "mentee_progress", "tasks", at=AT)["December 2026"] == 0


def test_goals_of_few_relationships_are_not_told(world):
    for number, pair in enumerate(pair_up(world, 4)):
        goal(pair, f"g{number}")
    assert set(figures(world, "mentee_progress", "goals", at=AT).values()) == {None}
    assert set(figures(world, "mentee_progress", "tasks", at=AT).values()) == {None}


# --- Quality of matches --------------------------------------------------------------------------------------------------


def suggested(world, pairs, scores):
    """These pairs were made of suggestions with these scores."""
    run = MatchRun.objects.create(cohort=world.cohort)
    for pair, score in zip(pairs, scores, strict=True):
        sides = {one.side: one.participant for one in pair.pairing.members.select_related("participant")}
        Proposal.objects.create(run=run, **sides, score=score, confirmed_at=clock.now())


@pytest.fixture
def twelve(world):
    pairs = pair_up(world, 12)
    suggested(world, pairs[:10], [90, 80, 85, 95, 90, 40, 50, 45, 35, 40])
    return pairs


@pytest.mark.covers("phase1.measure.matchq")
def test_how_well_people_fit_later_is_told_by_the_score_they_were_matched_by(world, twelve):
    for number, pair in enumerate(twelve[:10]):
        answered(pair, "satisfaction.1", at=IN_DECEMBER, fit=5 if number < 5 else 2)
    told = figures(world, "match_quality", "mentees", at=AT)
    assert told == {"Round 1: Higher score, 88 on average": 5.0, "Round 1: Lower score, 42 on average": 2.0}
    assert figures(world, "match_quality", "mentors", at=AT) == {}, "sides are never put together"
    assert {line["behind"] for line in lines(world, at=AT) if line["indicator"] == "Quality of the matches"} == {"5"}
    assert "the score tells little" in page(world, at=AT)


def test_with_fewer_than_five_in_a_half_neither_is_told(world, twelve):
    for pair in twelve[:9]:
        answered(pair, "satisfaction.1", at=IN_DECEMBER, fit=4)
    assert figures(world, "match_quality", "mentees", at=AT) == {"Round 1": None}


def test_one_who_has_no_score_cannot_be_told_from_those_who_have(world, twelve):
    """Beside the survey's own results, which hold everybody, the halves would leave that one."""
    for pair in twelve[:11]:
        answered(pair, "satisfaction.1", at=IN_DECEMBER, fit=4)
    assert figures(world, "match_quality", "mentees", at=AT) == {"Round 1": None}


# --- Beside what is expected ---------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.measure.effect")
def test_the_thirteen_signs_stand_beside_what_the_programme_means_by_success(world):
    said = {
        "success": ["mentee_confidence"],
        "success_words": "They take others along",
        "mentors": "Wardens of ten years",
    }
    version = current_version(world.programme.handbook, "programme-questions")
    facts, texts = split(worksheet_of(version).fields(), said)
    response = Response.objects.create(version=version, state=ResponseState.SUBMITTED, facts=facts, texts=texts)
    Sheet.objects.create(programme=world.programme, worksheet="programme-questions", response=response)
    for user in (world.coordinator, world.steering):
        html = page(world, user, at=AT)
        beside = html.split("What the programme is for")[1]
        assert "Mentee: confidence" in beside
        assert "They take others along" in beside
        assert "Wardens of ten years" not in html, "of the founder's answers those that say what is expected"
    signs = [one.title for one in used_in(world.cohort) if one.about != "programme"]
    assert len(signs) == 13
    assert all(escape(title) in html for title in signs)


# --- Results that may be counted -----------------------------------------------------------------------------------------


def result(pair, kind, day, *, may="agreed", number=1):
    return noted(
        pair, "objective-result", at=IN_DECEMBER, number=number, kind=kind, date=day, detail="CANARY", may_count=may
    )


@pytest.mark.covers("phase1.measure.3")
def test_results_that_may_be_counted_are_told_by_kind_and_quarter(world, six):
    for pair in six[:5]:
        result(pair, "promotion", "2026-11-20")
        result(pair, "certificate", "2026-11-20", number=2, may="not_agreed")
    result(six[5], "promotion", "2027-01-04")
    told = figures(world, "objective_results", "results", at=AT)
    assert told["A promotion: In all"] == 5, "the sixth waits for two others"
    assert told["A promotion: Quarter 4 of 2026"] == 5
    assert "A promotion: Quarter 1 of 2027" not in told
    assert told["A certificate: In all"] is None, "nobody said that it may be counted"
    html = page(world, at=AT)
    assert "CANARY" not in html
    assert "who say on their sheet that it may be" in html


@pytest.mark.covers("phase1.measure.3")
def test_results_of_few_look_like_those_of_none(world, six):
    for pair in six[:4]:
        result(pair, "promotion", "2026-11-20")
    told = figures(world, "objective_results", "results", at=AT)
    assert told["A promotion: In all"] is None
    behind = {
        line["of"]: (line["figure"], line["behind"])
        for line in lines(world, at=AT)
        if line["measure"] == "By kind and quarter"
    }
    assert behind["A promotion"] == behind["A performance review"] == ("", "")
