"""What a handbook that says much about running a programme keeps: who may pair whom, evidence, partners, handover, steering."""

import pytest

from mentoring.tenancy.models import Partner
from pairs.domain.pairing import confirm_pairing
from programmes.domain.assignments import end_role, give_role
from programmes.domain.enrolment import enrolment_owner, give_enrolment_to
from programmes.domain.gates import what_holds_back
from programmes.domain.roles import forget_roles
from programmes.domain.sheet_gate import sheet_gate
from programmes.domain.sheets import NotTheirs, begin_programme_sheet, get_sheet_for, sheets_of_person_for
from programmes.models import Assignment, Participant
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import NotComplete, answers_of, submit_response
from tests.factories import MembershipFactory, UserFactory
from tests.programmes.running.conftest import Office

pytestmark = pytest.mark.django_db


def fresh(place: Participant) -> Participant:
    rows = Participant.objects.select_related("cohort__programme__handbook", "membership__user")
    return rows.select_related("enrolment__version__template").get(pk=place.pk)


def apply(office: Office, place: Participant, **changes) -> Participant:
    """Send the application, filled in whole but for these answers."""
    person, user = fresh(place), fresh(place).membership.user
    give_enrolment_to(person, user)
    person = fresh(place)
    owner = enrolment_owner(person, user)
    whole = sample_answers(worksheet_of(person.enrolment.version), owner.context)
    submit_response(
        response=person.enrolment,
        actor=user,
        answers=whole | changes,
        revision=person.enrolment.revision,
        context=owner.context,
        then=owner.on_submitted,
    )
    return fresh(place)


@pytest.mark.covers("sssc.must.14")
@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_an_application_is_sent_only_once_all_six_commitments_and_the_criteria_are_accepted(office, side):
    place = office.mentor_place if side == "mentor" else office.mentee_place
    shape = {field.key: field for field in worksheet_of(apply(office, place).enrolment.version).fields()}
    assert len(shape["commitments"].items) == 6
    other = Participant.objects.create(
        cohort=office.cohort, side=side, state="joined", email="two@glen.example", given_name="Two", zone="UTC",
        membership=MembershipFactory(user=UserFactory(email="two@glen.example")),
    )  # fmt: skip
    for key in ("commitments", "criteria"):
        for left_out in shape[key].items:
            ticked = {item.key: {"done": True} for item in shape[key].items if item.key != left_out.key}
            with pytest.raises(NotComplete):
                apply(office, other, **{key: ticked})
    assert not fresh(other).enrolment.is_submitted


@pytest.mark.covers("sssc.must.22")
def test_nobody_is_paired_before_the_talk_with_the_manager_or_its_absence_is_noted(office):
    for place, said in ((office.mentor_place, "yes"), (office.mentee_place, "no")):
        assert "A word with your line manager" in sheet_gate(fresh(place))
        assert any("line manager" in words for words in what_holds_back(fresh(place)))
        sheet = office.send_own(fresh(place), "linemgr", discussed=said)
        assert sheet_gate(fresh(place)) == ""
        assert sheets_of_person_for(office.coordinator, fresh(place)) == [sheet]
        assert answers_of(sheet.response)["discussed"] == said


@pytest.mark.covers("sssc.must.54")
@pytest.mark.parametrize(
    "kind", ["interview", "focus_group", "qualifications", "turnover", "skills", "change", "file_review"]
)
def test_evidence_of_every_kind_is_recorded_with_its_day_piece_by_piece(office, kind):
    first = office.send("evidence", kind=kind, date="2026-10-30", found="Nine of ten go on.")
    second = office.send("evidence", kind=kind, date="2026-11-01", found="Fewer leave.")
    assert first.pk != second.pk
    kept = answers_of(first.response)
    assert (kept["kind"], kept["date"], kept["found"]) == (kind, "2026-10-30", "Nine of ten go on.")


@pytest.mark.covers("sssc.must.57")
def test_results_stand_beside_purpose_goals_and_measures(office, sign_in):
    place = office.url("evaluation/peers/first/results/")
    client = sign_in(office.coordinator)
    assert "What the programme is for" not in client.get(place).content.decode()
    office.send(
        "purpose",
        purpose="That nobody learns alone.",
        goals=[{"_id": "goal0001", "goal": "Twenty pairs"}],
        measures=[{"_id": "meas0001", "measure": "Who stays", "target": "Nine of ten"}],
    )
    for user in (office.coordinator, office.steering):
        page = sign_in(user).get(place).content.decode()
        for words in ("That nobody learns alone.", "Twenty pairs", "Who stays", "Nine of ten"):
            assert words in page


@pytest.mark.covers("sssc.must.63")
def test_several_organisations_share_criteria_have_a_contact_each_and_one_coordinator(office, sign_in):
    office.send("criteria", role="mentor", goals="Shared by all of us.")
    partners = [Partner.objects.create(key=key, name=f"{key.title()} Care") for key in ("north", "south")]
    contacts = [
        {"key": one.key, "name": f"Contact at {one.name}", "email": f"{one.key}@care.example", "partner": one.key,
         "ours": True}
        for one in partners
    ]  # fmt: skip
    handbook = office.programme.handbook
    handbook.content = {**handbook.content, "contacts": contacts}
    handbook.revision += 1
    handbook.save()
    for place, partner in zip((office.mentor_place, office.mentee_place), partners, strict=True):
        Participant.objects.filter(pk=place.pk).update(partner=partner)
    for user, own, other in ((office.mentor, 0, 1), (office.mentee, 1, 0)):
        client = sign_in(user)
        page = client.get(office.url("guidance/peers/contacts/")).content.decode()
        assert contacts[own]["name"] in page
        assert contacts[other]["name"] not in page
        assert office.coordinator.email in page
        assert "Selection criteria" in client.get(f"{office.place}worksheets/").content.decode()


@pytest.mark.covers("sssc.must.65")
def test_whoever_takes_over_as_coordinator_finds_all_records_and_settings(office, sign_in):
    policy = office.send("policy", storage="In the locked cupboard.", nextreview="2027-05-01")
    own = office.send_own(fresh(office.mentor_place), "linemgr")
    office.change("running", tells_decisions=False)
    heir = UserFactory(email="heir@glen.example", given_name="Hera", family_name="Glen")
    give_role(
        programme=office.programme,
        membership=MembershipFactory(user=heir),
        role="coordinator",
        actor=office.coordinator,
    )
    end_role(assignment=Assignment.objects.get(membership__user=office.coordinator), actor=heir)
    for user in (heir, office.coordinator):
        forget_roles(user)
    assert answers_of(get_sheet_for(heir, policy.pk).response)["storage"] == "In the locked cupboard."
    assert sheets_of_person_for(heir, fresh(office.mentor_place)) == [own]
    assert sign_in(heir).get(office.desk).status_code == 200
    assert sign_in(heir).get(f"{office.place}handbook/texts/running/").status_code == 200
    assert begin_programme_sheet(programme=office.programme, worksheet="policy", actor=heir).number == 2
    assert sign_in(office.coordinator).get(office.desk).status_code == 404
    with pytest.raises(NotTheirs):
        begin_programme_sheet(programme=office.programme, worksheet="policy", actor=office.coordinator)


@pytest.mark.covers("sssc.must.72")
def test_the_steering_group_reads_reports_and_checklists_and_no_name_of_anybody_paired(office, sign_in):

    handbook = office.programme.handbook
    handbook.content = {**handbook.content, "training": []}
    office.change("joining", gates=[])
    office.change("matching", consent=None)
    mentor, mentee = fresh(office.mentor_place), fresh(office.mentee_place)
    mentee.cohort = mentor.cohort
    pairing = confirm_pairing(cohort=mentor.cohort, mentor=mentor, mentee=mentee, actor=office.coordinator)
    office.send("gpc1")
    own = office.send_own(fresh(office.mentor_place), "linemgr")
    client = sign_in(office.steering)
    assert "Checklist 1" in client.get(f"{office.place}worksheets/").content.decode()
    pages = [
        client.get(place)
        for place in (office.desk, office.url("reports/"), office.url("evaluation/peers/first/results/"))
    ]
    assert [page.status_code for page in pages] == [200, 200, 200]
    for page in pages:
        for user in (office.mentor, office.mentee):
            assert user.name not in page.content.decode()
    for place in (f"pairs/{pairing.pk}/", f"pairs/{pairing.pk}/sessions/", f"worksheets/{own.pk}/read/"):
        assert client.get(office.url(place)).status_code == 404
