"""What somebody is still writing is read by nobody else, on no roundabout way."""

import pytest
from django.http import Http404

from pairs.domain.agreement import open_agreement
from pairs.domain.agreement_owner import agreement_owner, takeable_fields
from pairs.domain.agreement_queries import get_own_agreement_for
from pairs.domain.consent_changes import change_consent
from pairs.domain.ending import dissolve_pairing
from pairs.domain.logs import compile_logs
from pairs.domain.output_owner import owner_of
from pairs.domain.queries import get_output_for, get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.taking_over import take_into
from pairs.enums import Right
from programmes.domain.matching.profiles import profile_of
from templates_app.answers import display
from templates_app.domain.documents import kind_named, may_read_document
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.domain.responses import answers_of, start_response
from tests.pairs.filling import GOAL as UNDATED
from tests.pairs.filling import LOG, send, take_up, write
from tests.pairs.test_sheets import send_goals, send_log

GOAL = UNDATED | {"due": "2027-03-01"}


def reader(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def consent(pair, **answers: bool) -> None:
    change_consent(reader=reader(pair, pair.mentee), answers=answers, actor=pair.mentee)


def taken(pair, user) -> str:
    """Everything that taking over brings into the agreement's draft for this person."""
    take_into(owner=agreement_owner(user, pair.pairing.pk), field="goal_statements", actor=user)
    return str(answers_of(agreement_owner(user, pair.pairing.pk).response))


def test_the_partners_draft_is_not_taken_over_into_the_agreement(pair):
    write(pair.output(worksheet="goals", moment="session-1"), pair.mentee, {"goals": [GOAL]})
    open_agreement(pairing=pair.pairing, actor=pair.mentee)
    draft = get_own_agreement_for(pair.mentor, pair.pairing.pk)
    assert takeable_fields(draft, pair.mentor) == []
    assert GOAL["action"] not in taken(pair, pair.mentor)
    assert GOAL["action"] in taken(pair, pair.mentee)


def test_what_was_sent_is_taken_over_by_either(pair):
    send_goals(pair, GOAL)
    open_agreement(pairing=pair.pairing, actor=pair.mentee)
    assert GOAL["action"] in taken(pair, pair.mentor)


@pytest.mark.usefixtures("two")
def test_a_compiled_document_stays_closed_while_its_log_is_rewritten(pair):
    log = send_log(pair, "mentee")
    consent(pair, logs=True)
    document = compile_logs(reader=reader(pair, pair.mentor), actor=pair.mentor)
    assert may_read_document(pair.coordinator, document)
    consent(pair, logs=False)
    take_up(log, pair.mentee)
    assert not may_read_document(pair.coordinator, document)


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("told", [True, False])
def test_a_log_names_goals_to_the_coordinator_only_where_goals_reach_them(pair, told):
    send_goals(pair, GOAL)
    log = send_log(pair, "mentor", goals_served=[GOAL["_id"]])
    consent(pair, logs=True, goals=told)
    type(log).objects.filter(pk=log.pk).update(passed_on_at=log.done_at)
    found, before = get_output_for(pair.coordinator, log.pk, Right.READ)
    owner = owner_of(found, before)
    words = str(display(worksheet_of(owner.response.version), answers_of(owner.response), owner.context))
    assert (GOAL["action"] in words) is told
    assert LOG["issues"] in words


def test_a_share_is_taken_back_after_the_end_too(pair):
    prep = send(pair.output(worksheet="prep", side="mentee"), pair.mentee, {"growth": "CANARY"})
    dissolve_pairing(pairing=pair.pairing, actor=pair.mentor)
    owner = owner_of(*get_output_for(pair.mentee, prep.pk, Right.READ))
    assert not owner.may_write
    assert {audience.key for audience in owner.audiences} == {"partner", "coordinator"}
    with pytest.raises(Http404):
        get_output_for(pair.mentor, prep.pk, Right.READ)


def test_matching_knows_nothing_of_a_profile_that_its_owner_is_still_writing(pair):
    place = pair.mentee_place
    version = current_version(pair.pairing.cohort.programme.handbook, "mentee-profile")
    place.enrolment = start_response(version=version, author=pair.mentee, answers={"focus": "CANARY dredging"})
    assert "focus" not in profile_of(place).answers
    place.enrolment = start_response(version=version, author=None, answers={"focus": "Entered by the coordinator"})
    assert "focus" in profile_of(place).answers


@pytest.mark.usefixtures("two")
def test_compiled_logs_hold_no_more_than_the_coordinator_may_read(pair):
    send_goals(pair, GOAL)
    send_log(pair, "mentor", goals_served=[GOAL["_id"]])
    consent(pair, logs=True, goals=False)
    document = compile_logs(reader=reader(pair, pair.mentor), actor=pair.mentor)
    html = kind_named(document.kind).render(document)
    assert LOG["issues"] in html
    assert GOAL["action"] not in html
    assert "Goal 1" in html
