"""Matching: reasons in words, the best assignment under capacity, and what makes a pair questionable."""

import itertools
import random
import uuid

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.matching import runs
from programmes.domain.matching.comparing import COMPARISONS, shared_hours
from programmes.domain.matching.criteria import (
    add_criterion,
    declare_conflict,
    remove_criterion,
    restore_criterion,
    seed_criteria,
    weigh_criteria,
)
from programmes.domain.matching.profiles import profile_of
from programmes.domain.matching.queries import board_for, board_of, get_proposal_for
from programmes.domain.matching.runs import (
    NotPossible,
    active_criteria,
    drop_proposal,
    open_proposals,
    propose_by_hand,
    request_run,
    restore_proposal,
    run_due,
)
from programmes.domain.matching.scoring import score_pair
from programmes.domain.matching.solving import Problem, best_assignment
from programmes.models import Criterion, MatchRun, Proposal
from templates_app.domain.kits import current_version
from templates_app.domain.responses import start_response
from tests.factories import AssignmentFactory, CohortFactory, ParticipantFactory, PartnerFactory, ProgrammeFactory

MENTOR = {
    "sectors": ["ports", "energy"],
    "skills": "Monitoring of wharf extensions and dredging",
    "languages": ["english", "samoan"],
    "interests": "climate adaptation",
    "work_pattern": "full_time",
}
MENTEE = {
    "development": ["ports"],
    "focus": "Dredging and monitoring",
    "languages": ["english"],
    "interests": "climate adaptation and reefs",
    "work_pattern": "part_time",
}


@pytest.fixture
def cohort(organisation):
    with tenant_scope(organisation):
        programme = ProgrammeFactory()
        AssignmentFactory(programme=programme)
        if not Criterion.objects.filter(programme=programme).exists():
            seed_criteria(programme=programme)
        yield CohortFactory(programme=programme)


def person(cohort, side, answers, **more):
    version = current_version(cohort.programme.handbook, f"{side}-profile")
    response = start_response(version=version, author=None, answers=answers)
    return ParticipantFactory(cohort=cohort, side=side, enrolment=response, **more)


def run_of(cohort):
    run = request_run(cohort=cohort, actor=None)
    run_due(clock.now())
    run.refresh_from_db()
    return run


@pytest.mark.covers("plp.sys.13", "phase1.arch.1.c")
def test_a_suggestion_says_per_criterion_why_two_people_fit(cohort):
    mentor = person(cohort, "mentor", MENTOR, zone="Pacific/Apia")
    mentee = person(cohort, "mentee", MENTEE, zone="Pacific/Tongatapu")
    run = run_of(cohort)
    proposal = open_proposals(run)[0]
    words = {reason["key"]: reason["words"] for reason in proposal.reasons}
    assert (proposal.mentor_id, proposal.mentee_id) == (mentor.pk, mentee.pk)
    assert words["sectors"] == "Ports in common"
    assert words["skills"] == "both write of: dredging, monitoring"
    assert words["languages"] == "English in common"
    assert words["interests"] == "both write of: adaptation, climate"
    assert words["working_pattern"] == "different"
    assert words["time_zone"] == "12 good hours shared (Nukuʻalofa and Apia)"


@pytest.mark.covers("phase1.must.3", "phase1.tool.match")
def test_every_criterion_has_its_part_and_the_parts_add_up_to_the_score(cohort):
    person(cohort, "mentor", MENTOR, zone="Pacific/Apia")
    person(cohort, "mentee", MENTEE, zone="Pacific/Tongatapu")
    proposal = open_proposals(run_of(cohort))[0]
    gained = sum(reason["points"] for reason in proposal.reasons)
    possible = sum(reason["of"] for reason in proposal.reasons)
    assert len(proposal.reasons) > 4
    assert all(0 <= reason["points"] <= reason["of"] for reason in proposal.reasons)
    assert proposal.score == pytest.approx(100 * gained / possible, abs=1)


def test_what_somebody_has_not_said_counts_neither_way(cohort):
    criteria = active_criteria(cohort)
    full = profile_of(person(cohort, "mentor", {"sectors": ["ports"]}))
    silent = profile_of(person(cohort, "mentee", {}))
    score = score_pair(criteria, full, silent)
    assert [reason["key"] for reason in score.reasons] == ["time_zone"]
    assert score.total == 100
    other = profile_of(person(cohort, "mentee", {"development": ["energy"]}))
    assert score_pair(criteria, full, other).total < 100


@pytest.mark.parametrize(("consent", "counts"), [("agreed", True), ("not_agreed", False), (None, False)])
def test_age_gender_and_ethnicity_count_only_with_both_peoples_own_consent(cohort, consent, counts):
    criteria = active_criteria(cohort)
    agreed = {"gender": "woman", "gender_consent": "agreed"}
    mentor = profile_of(person(cohort, "mentor", agreed))
    answers = {"gender": "woman"} | ({"gender_consent": consent} if consent else {})
    mentee = profile_of(person(cohort, "mentee", answers))
    keys = {reason["key"] for reason in score_pair(criteria, mentor, mentee).reasons}
    assert ("gender" in keys) is counts


def test_reasons_tell_age_gender_and_ethnicity_to_no_coordinator_who_is_a_partner_too(cohort):
    agreed = {"gender": "woman", "gender_consent": "agreed"}
    person(cohort, "mentor", MENTOR | agreed)
    person(cohort, "mentee", MENTEE | agreed)
    run_of(cohort)
    one, other = (AssignmentFactory(programme=cohort.programme).membership for _number in range(2))
    lead = {"role": "partner_lead", "partner": PartnerFactory()}
    AssignmentFactory(programme=cohort.programme, membership=other, **lead)

    def on_the_board(user):
        [row] = board_for(user, cohort).proposals
        return {reason["key"] for reason in row.reasons}

    def while_confirming(user):
        [row] = board_of(cohort).proposals
        row = get_proposal_for(user, cohort.programme.slug, cohort.slug, row.pk)
        return {reason["key"] for reason in row.reasons}

    for reasons_for in (on_the_board, while_confirming):
        assert {"gender", "sectors"} <= reasons_for(one.user)
        assert reasons_for(one.user) - reasons_for(other.user) == {"gender"}


def test_prefer_not_to_say_is_neutral(cohort):
    criteria = active_criteria(cohort)
    said = {"gender": "prefer_not_to_say", "gender_consent": "agreed"}
    pair = [profile_of(person(cohort, side, said)) for side in ("mentor", "mentee")]
    assert "gender" not in {reason["key"] for reason in score_pair(criteria, *pair).reasons}


@pytest.mark.covers("plp.sys.14")
def test_a_declared_conflict_brings_up_a_warning(cohort):
    mentor = person(cohort, "mentor", MENTOR)
    mentee = person(cohort, "mentee", MENTEE)
    declare_conflict(cohort=cohort, mentor=mentor, mentee=mentee, kind="line", note="her manager", actor=None)
    proposal = open_proposals(run_of(cohort))[0]
    assert len(proposal.warnings) == 1
    assert "her manager" not in str(proposal.warnings)


@pytest.mark.covers("plp.sys.12", "phase1.must.4")
def test_criteria_are_added_weighted_and_removed(cohort):
    mentor, mentee = person(cohort, "mentor", MENTOR), person(cohort, "mentee", MENTEE)
    before = open_proposals(run_of(cohort))[0].score
    programme = cohort.programme
    weigh_criteria(programme=programme, weights={"working_pattern": 100}, actor=None)
    weighted = open_proposals(run_of(cohort))[0].score
    assert weighted < before
    pattern = Criterion.objects.get(programme=programme, key="working_pattern")
    remove_criterion(criterion=pattern, actor=None)
    assert open_proposals(run_of(cohort))[0].score > weighted
    restore_criterion(criterion=pattern, actor=None)
    own = add_criterion(
        programme=programme,
        title="Same sectors",
        kind="overlap",
        mentor_field="sectors",
        mentee_field="sectors",
        weight=20,
        actor=None,
    )
    assert own.key in {criterion.key for criterion in active_criteria(cohort)}
    assert {mentor.side, mentee.side} == {"mentor", "mentee"}


@pytest.mark.parametrize("weight", [-1, 101])
def test_a_weight_outside_its_range_is_refused(cohort, weight):
    with pytest.raises(NotPossible, match="0 to 100"):
        weigh_criteria(programme=cohort.programme, weights={"sectors": weight}, actor=None)


def test_questions_that_cannot_be_compared_are_refused(cohort):
    with pytest.raises(NotPossible):
        add_criterion(
            programme=cohort.programme,
            title="x",
            kind="age",
            mentor_field="skills",
            mentee_field="focus",
            weight=5,
            actor=None,
        )


def test_capacity_is_kept_and_who_is_left_is_told_why(cohort):
    person(cohort, "mentor", MENTOR, capacity=1)
    mentees = [person(cohort, "mentee", MENTEE) for _ in range(3)]
    run = run_of(cohort)
    assert len(open_proposals(run)) == 1
    board = board_of(cohort)
    assert len(board.left) == 2
    assert {line.reason for line in board.left} == {"nobody-free"}
    assert (board.waiting, board.places) == (len(mentees), 1)


@pytest.mark.covers("phase1.must.2")
def test_a_pair_put_together_by_hand_replaces_the_suggestion_for_that_mentee(cohort):
    best = person(cohort, "mentor", MENTOR)
    other = person(cohort, "mentor", {"sectors": ["mining"]})
    mentee = person(cohort, "mentee", MENTEE)
    run = run_of(cohort)
    assert open_proposals(run)[0].mentor_id == best.pk
    propose_by_hand(run=run, mentor=other, mentee=mentee, actor=None)
    assert [(row.mentor_id, row.set_by_hand) for row in open_proposals(run)] == [(other.pk, True)]
    with pytest.raises(NotPossible):
        propose_by_hand(run=run, mentor=mentee, mentee=other, actor=None)


def test_a_suggestion_set_aside_can_be_taken_up_again(cohort):
    person(cohort, "mentor", MENTOR)
    person(cohort, "mentee", MENTEE)
    proposal = open_proposals(run_of(cohort))[0]
    drop_proposal(proposal=proposal, actor=None)
    assert board_of(cohort).proposals == []
    restore_proposal(proposal=proposal, actor=None)
    assert [row.pk for row in board_of(cohort).proposals] == [proposal.pk]


def test_a_run_that_fails_is_seen_to_have_failed(cohort, monkeypatch):
    monkeypatch.setitem(COMPARISONS, "overlap", lambda *_: 1 / 0)
    person(cohort, "mentor", MENTOR)
    person(cohort, "mentee", MENTEE)
    run = request_run(cohort=cohort, actor=None)
    for _ in range(MatchRun.MAX_ATTEMPTS):
        MatchRun.objects.filter(pk=run.pk).update(not_before=clock.now())
        run_due(clock.now())
    run.refresh_from_db()
    assert (run.state, run.error) == ("failed", "ZeroDivisionError")
    assert not Proposal.objects.exists()


def test_a_run_that_fails_leaves_a_trace_for_those_who_run_the_installation(cohort, monkeypatch, caplog):
    monkeypatch.setitem(COMPARISONS, "overlap", lambda *_: 1 / 0)
    person(cohort, "mentor", MENTOR)
    person(cohort, "mentee", MENTEE)
    run = run_of(cohort)
    [record] = [record for record in caplog.records if str(run.pk) in record.getMessage()]
    assert record.exc_info[0] is ZeroDivisionError


def test_a_run_that_takes_too_long_is_put_off_and_ends_the_look(cohort, monkeypatch):
    def hangs(_run):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(runs, "work_out", hangs)
    first, second = (request_run(cohort=cohort, actor=None) for _number in range(2))
    run_due(clock.now())
    for run in (first, second):
        run.refresh_from_db()
    assert (first.state, first.error) == ("queued", "took too long")
    assert (second.state, second.attempts) == ("queued", 0)


def test_while_a_run_is_worked_out_nobody_is_called_before_its_lease_ends(cohort):
    run, now = request_run(cohort=cohort, actor=None), clock.now()
    run.claim(now)
    assert run_due(now) == now + MatchRun.LEASE


def test_good_hours_ignore_the_date_line():
    assert shared_hours("Pacific/Apia", "Pacific/Pago_Pago") == shared_hours("Pacific/Apia", "Pacific/Apia") == 12
    assert shared_hours("Pacific/Apia", "Europe/London") < 6


def brute_force(problem):
    """Every assignment of a small problem; the best by (people, score)."""
    mentees = sorted(problem.mentees)
    best = (0, 0)
    for choice in itertools.product([None, *sorted(problem.places)], repeat=len(mentees)):
        pairs = [(mentor, mentee) for mentor, mentee in zip(choice, mentees, strict=True) if mentor is not None]
        if any(pair not in problem.scores for pair in pairs):
            continue
        if any(sum(mentor == pair[0] for pair in pairs) > count for mentor, count in problem.places.items()):
            continue
        best = max(best, (len(pairs), sum(problem.scores[pair] for pair in pairs)))
    return best


@st.composite
def problems(draw):
    ids = [uuid.UUID(int=number) for number in range(1, 20)]
    mentees = ids[: draw(st.integers(0, 4))]
    mentors = ids[10 : 10 + draw(st.integers(0, 3))]
    places = {mentor: draw(st.integers(0, 2)) for mentor in mentors}
    scores = {
        (mentor, mentee): draw(st.integers(0, 100)) for mentor in mentors for mentee in mentees if draw(st.booleans())
    }
    return Problem(mentees, places, scores)


@settings(max_examples=80, deadline=None)
@given(problems())
def test_the_assignment_is_the_best_there_is(problem):
    plan = best_assignment(problem)
    assert (len(plan), sum(problem.scores[mentor, mentee] for mentee, mentor in plan.items())) == brute_force(problem)


def test_the_same_people_in_another_order_give_the_same_pairs():
    draw = random.Random(7)
    ids = [uuid.UUID(int=draw.getrandbits(128)) for _ in range(80)]
    mentors, mentees = ids[:40], ids[40:]
    scores = {(mentor, mentee): draw.choice([40, 60, 80]) for mentor in mentors for mentee in mentees}
    first = best_assignment(Problem(mentees, dict.fromkeys(mentors, 1), scores))
    shuffled = list(scores.items())
    draw.shuffle(shuffled)
    again = best_assignment(Problem(mentees[::-1], dict.fromkeys(mentors[::-1], 1), dict(shuffled)))
    assert first == again
