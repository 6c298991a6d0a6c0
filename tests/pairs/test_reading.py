"""Who reads what: every preset, consent, share and moment, for the pair, the coordinator and everybody else."""

import dataclasses

import pytest
from django.http import Http404

from mentoring.tenancy.models import Membership, Partner
from pairs.domain.consent_changes import change_consent
from pairs.domain.ending import dissolve_pairing
from pairs.domain.logs import pass_on_logs
from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from pairs.domain.queries import get_output_for, get_pairing_for, outputs_for, pairings_for
from pairs.domain.reading import readable_outputs_for, reader_of, right_to
from pairs.domain.sessions import hold_session
from pairs.enums import Right
from pairs.models import Output, Pairing
from programmes.domain.roles import forget_roles
from programmes.enums import ProgrammeRole
from templates_app.domain.kits import worksheet_of
from templates_app.domain.sharing import share_response, take_back_share
from templates_app.models import Response
from tests.factories import AssignmentFactory, MembershipFactory, PairingFactory, ParticipantFactory, UserFactory
from tests.pairs.filling import GOAL, LOG, send, take_up, whole_checklist, write
from tests.pairs.test_planning import set_session


@pytest.fixture
def held(pair, at):
    """Session 2 has been held; it is that evening."""
    set_session(pair, 2, "2026-12-10 09:00")
    with at("2026-12-10 20:00", "Pacific/Apia"):
        hold_session(session=pair.session(2), actor=pair.mentee)
        yield pair


@pytest.fixture
def stranger(pair):
    """Somebody of another pair in the same cohort."""
    user = UserFactory(given_name="Other")
    mentor = ParticipantFactory(cohort=pair.pairing.cohort, side="mentor", membership=MembershipFactory(user=user))
    mentee = ParticipantFactory(cohort=pair.pairing.cohort, side="mentee")
    PairingFactory(cohort=pair.pairing.cohort, members=(mentor, mentee))
    return user


def consent(pair, **items: bool) -> None:
    change_consent(reader=reader_of(pair.mentee, fresh(pair)), answers=items, actor=pair.mentee)


def fresh(pair) -> Pairing:
    return get_pairing_for(pair.coordinator, pair.pairing.pk)


def right(pair, user, output) -> Right:
    row = Output.objects.select_related("response__version", "session").get(pk=output.pk)
    row.pairing = fresh(pair)
    return right_to(user, row)


def log_of(pair, side):
    return pair.output(worksheet="learning-log", moment="session-2", side=side)


def test_a_draft_is_read_by_its_writer_alone(held):
    log = write(log_of(held, "mentee"), held.mentee, {"issues": "half"})
    assert right(held, held.mentee, log) is Right.WRITE
    assert right(held, held.mentor, log) is Right.STATUS
    assert right(held, held.coordinator, log) is Right.STATUS


@pytest.mark.covers("plp.sys.64")
def test_a_log_that_was_sent_is_read_by_the_partner_at_once(held):
    log = send(log_of(held, "mentee"), held.mentee, LOG)
    assert right(held, held.mentor, log) is Right.READ
    assert right(held, held.coordinator, log) is Right.STATUS


@pytest.mark.covers("plp.sys.69", "plp.sys.95")
@pytest.mark.parametrize(
    ("agreed", "passed", "reads"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_the_coordinator_reads_a_log_once_it_was_passed_on_and_as_the_mentee_agreed(held, agreed, passed, reads):
    log = send(log_of(held, "mentee"), held.mentee, LOG)
    mentors = send(log_of(held, "mentor"), held.mentor, LOG | {"followup": [LOG["followup"][0] | {"_id": "cccc0001"}]})
    consent(held, logs=agreed)
    if passed:
        pass_on_logs(reader=reader_of(held.mentor, fresh(held)), session=held.session(2), actor=held.mentor)
    expected = Right.READ if reads else Right.STATUS
    assert right(held, held.coordinator, log) is expected
    assert right(held, held.coordinator, mentors) is expected


def test_taking_consent_back_closes_at_once_what_was_open(held):
    log = send(log_of(held, "mentee"), held.mentee, LOG)
    consent(held, logs=True)
    pass_on_logs(reader=reader_of(held.mentor, fresh(held)), session=held.session(2), actor=held.mentor)
    assert right(held, held.coordinator, log) is Right.READ
    consent(held, logs=False)
    assert right(held, held.coordinator, log) is Right.STATUS


def test_unanswered_consent_is_no_consent(held):
    checklist = send(
        held.output(worksheet="first-meeting"), held.mentee, whole_checklist(held.output(worksheet="first-meeting"))
    )
    assert right(held, held.coordinator, checklist) is Right.STATUS
    consent(held, checklist=True)
    assert right(held, held.coordinator, checklist) is Right.READ


@pytest.mark.covers("plp.sys.98", "plp.sys.30", "phase1.must.28", "phase1.prog.3")
def test_private_reflections_are_nobody_elses_until_shared_and_again_when_taken_back(pair):
    prep = send(pair.output(worksheet="prep", side="mentee"), pair.mentee, {"growth": "CANARY"})
    assert right(pair, pair.mentor, prep) is Right.NONE
    assert right(pair, pair.coordinator, prep) is Right.STATUS
    share_response(response=prep.response, audience="partner", actor=pair.mentee)
    assert right(pair, pair.mentor, prep) is Right.READ
    assert right(pair, pair.coordinator, prep) is Right.STATUS
    take_back_share(response=prep.response, audience="partner", actor=pair.mentee)
    assert right(pair, pair.mentor, prep) is Right.NONE
    share_response(response=prep.response, audience="coordinator", actor=pair.mentee)
    assert right(pair, pair.coordinator, prep) is Right.READ
    assert right(pair, pair.mentor, prep) is Right.NONE


def test_what_was_taken_up_again_is_closed_to_others_while_it_is_rewritten(held):
    log = send(log_of(held, "mentee"), held.mentee, LOG)
    take_up(log, held.mentee)
    assert right(held, held.mentor, log) is Right.STATUS


@pytest.mark.covers("plp.sys.80")
def test_closure_sheets_open_to_each_other_when_session_six_begins(pair, at):
    set_session(pair, 6, "2027-04-15 09:00")
    with at("2027-04-10 09:00", "Pacific/Apia"):
        sheet = send(pair.output(worksheet="closure", side="mentee"), pair.mentee, {"learnt": "CANARY"})
        assert right(pair, pair.mentor, sheet) is Right.STATUS
    with at("2027-04-15 09:01", "Pacific/Apia"):
        assert right(pair, pair.mentor, sheet) is Right.READ


def test_sheets_that_open_once_both_have_sent_do_not_open_before(held, monkeypatch):
    """No sheet of this handbook opens so; the rule is the engine's."""
    from pairs.domain import reading

    real = reading.worksheet_of

    def opens_both_sent(version):
        sheet = worksheet_of(version)
        return sheet.model_copy(update={"readers": sheet.readers.model_copy(update={"opens": "both-sent"})})

    monkeypatch.setattr(reading, "worksheet_of", opens_both_sent)
    mentees = send(log_of(held, "mentee"), held.mentee, LOG)
    assert right(held, held.mentor, mentees) is Right.STATUS
    send(log_of(held, "mentor"), held.mentor, LOG | {"followup": [LOG["followup"][0] | {"_id": "cccc0002"}]})
    assert right(held, held.mentor, mentees) is Right.READ
    assert real is worksheet_of


@pytest.mark.covers("plp.sys.36")
def test_a_joint_sheet_is_written_by_either(pair):
    checklist = pair.output(worksheet="first-meeting")
    assert right(pair, pair.mentor, checklist) is Right.WRITE
    write(checklist, pair.mentor, {"acquainted": {"about_you": {"done": True}}})
    row = write(checklist, pair.mentee, {"acquainted": {"about_you": {"done": True}, "expectations": {"done": True}}})
    assert row.response.author is None
    assert right(pair, pair.mentee, checklist) is Right.WRITE


@pytest.mark.covers("phase1.must.20")
def test_the_other_pair_and_the_other_organisation_know_of_nothing(held, stranger, other_company):
    log = send(log_of(held, "mentee"), held.mentee, LOG)
    outsiders = [stranger, other_company.coordinator, other_company.admin, other_company.mentor]
    for user in outsiders:
        assert right(held, user, log) is Right.NONE
        assert not pairings_for(user).filter(pk=held.pairing.pk).exists()
        with pytest.raises(Http404):
            get_pairing_for(user, held.pairing.pk)
        with pytest.raises(Http404):
            get_output_for(user, log.pk)


def test_admins_and_partner_leads_see_that_it_is_done_and_leads_only_their_own_people(held):
    log = send(log_of(held, "mentee"), held.mentee, LOG)
    mentors = log_of(held, "mentor")
    admin, lead = UserFactory(), UserFactory()
    MembershipFactory(user=admin, is_admin=True)
    partner = Partner.objects.get(key="sprep")
    AssignmentFactory(
        programme=held.pairing.cohort.programme,
        membership=MembershipFactory(user=lead),
        role=ProgrammeRole.PARTNER_LEAD,
        partner=partner,
    )
    assert right(held, admin, log) is Right.STATUS
    assert not pairings_for(lead).exists()
    held.mentee_place.partner = partner
    held.mentee_place.save(update_fields=["partner"])
    forget_roles(lead)
    assert right(held, lead, log) is Right.STATUS
    assert right(held, lead, mentors) is Right.NONE
    consent(held, logs=True)
    pass_on_logs(reader=reader_of(held.mentor, fresh(held)), session=held.session(2), actor=held.mentor)
    assert right(held, lead, log) is Right.STATUS
    assert right(held, admin, log) is Right.STATUS
    assert readable_outputs_for(lead, fresh(held)) == readable_outputs_for(admin, fresh(held)) == []


def test_the_steering_group_knows_of_no_pair(held):
    user = UserFactory()
    AssignmentFactory(
        programme=held.pairing.cohort.programme, membership=MembershipFactory(user=user), role=ProgrammeRole.STEERING
    )
    assert not pairings_for(user).exists()


def test_after_the_end_what_is_done_is_read_and_not_changed(held):
    log = send(log_of(held, "mentee"), held.mentee, LOG)
    dissolve_pairing(pairing=held.pairing, actor=held.mentor)
    assert right(held, held.mentee, log) is Right.READ
    assert right(held, held.mentor, log) is Right.READ
    short_close = held.output(worksheet="short-closure", side="mentee")
    assert right(held, held.mentee, short_close) is Right.WRITE
    assert right(held, held.mentor, short_close) is Right.NONE


def test_a_field_with_fewer_readers_than_its_worksheet_is_hidden_from_the_others(held):
    log = send(log_of(held, "mentee"), held.mentee, LOG)
    log.pairing = fresh(held)
    issues = worksheet_of(log.response.version).fields()[4]
    for preset, partner, coordinator in (
        ("private", False, False),
        ("author-coordinator", False, True),
        ("pair", True, False),
        ("coordinator", True, True),
    ):
        field = issues.model_copy(update={"readers": preset})
        assert reader_of(held.mentee, log.pairing).field_filter(log)(field)
        assert reader_of(held.mentor, log.pairing).field_filter(log)(field) is partner
        assert reader_of(held.coordinator, log.pairing).field_filter(log)(field) is coordinator


def test_rights_over_a_whole_pair_cost_the_same_with_one_sheet_and_with_many(held, django_assert_num_queries):
    for user in (held.mentee, held.coordinator):
        list(pairings_for(user))  # roles are read once a request

    def count():
        pairing = fresh(held)
        with django_assert_num_queries(5):
            outputs_for(held.coordinator, pairing)

    send(log_of(held, "mentee"), held.mentee, LOG)
    count()
    send(log_of(held, "mentor"), held.mentor, LOG | {"followup": [LOG["followup"][0] | {"_id": "cccc0003"}]})
    send(held.output(worksheet="goals"), held.mentee, {"goals": [GOAL | {"due": "2027-03-01"}]})
    count()


def test_an_output_of_another_pairing_cannot_be_asked_about(pair, stranger):
    reader = reader_of(stranger, get_pairing_for(stranger, pairings_for(stranger).get().pk))
    with pytest.raises(ValueError, match="another pairing"):
        reader.right_to(pair.output(worksheet="goals"))
    assert dataclasses.is_dataclass(type(reader.people))


# --- Two hats ---------------------------------------------------------------------------------------------------------


def test_a_coordinator_who_is_one_of_the_pair_reads_as_one_of_the_pair_alone(held):
    """What stands above a sheet ("your mentoring partner does not see it") stays true whoever the partner is."""
    sheet = {"kind": "evaluation", "worksheet": "evaluation", "moment": "asked", "opens_at": held.pairing.started_at}
    member = held.pairing.members.get(side="mentee")
    output = Output.objects.create(pairing=held.pairing, member=member, title="Evaluation", **sheet)
    begun = begin_response(output=output, actor=held.mentee, people=people_of(held.pairing))
    Response.objects.filter(pk=begun.pk).update(state="submitted")
    membership = Membership.objects.get(user=held.mentor)
    AssignmentFactory(programme=held.pairing.cohort.programme, membership=membership)
    forget_roles(held.mentor)
    assert right(held, held.coordinator, output) is Right.READ
    assert right(held, held.mentor, output) is Right.STATUS
    prep = Output.objects.filter(pairing=held.pairing, worksheet="prep", member=member).first()
    assert right(held, held.mentor, prep) is Right.STATUS
    log = send(log_of(held, "mentee"), held.mentee, LOG)
    assert right(held, held.mentor, log) is Right.READ, "as for every partner, without being passed on"
