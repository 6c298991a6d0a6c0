"""The profile belongs to the person; the coordinators read what was sent, and nobody else anything."""

import pytest

from mentoring.tenancy.models import Membership
from programmes.domain.enrolment import enrolment_owner, enrolment_versions, give_enrolment_to, start_enrolments
from programmes.domain.matching.profiles import profile_of
from programmes.domain.profiles import profiles_beside, who_says
from programmes.enums import Side
from programmes.models import Participant
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import owner_for
from templates_app.domain.responses import answers_of
from templates_app.models import Response
from templates_app.shapes import Need
from tests.factories import AssignmentFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
OTHERS = ("admin", "partner_lead", "steering", "mentor", "mentor_two", "mentee_two")
WORDS = "CANARY-wants-to-lead-a-team"


@pytest.fixture
def mentee(inside) -> Participant:
    """The company's mentee, with a profile begun."""
    person = (
        Participant.objects.select_related("cohort__programme__handbook")
        .get(pk=inside.participants["mentee"].pk)
    )  # fmt: skip
    start_enrolments(person.cohort, [(person, None)])
    person.save()
    give_enrolment_to(person, inside.mentee)
    return Participant.objects.select_related("cohort__programme__handbook", "enrolment__version").get(pk=person.pk)


def form(**answers):
    given = {"development": ["ports"], "focus": WORDS, **answers}
    return {"revision": "0", "save_key": "k", **{f"f-{key}": value for key, value in given.items()}}


def send(company, person, sign_in, **answers):
    """Fill in and send by page, as the person does."""
    client, url = sign_in(company.mentee), company.url(f"enrolment/{person.pk}/")
    client.post(url, form(**answers))
    revision = Response.objects.get(pk=person.enrolment_id).revision
    return client.post(f"{url}review/", {"revision": str(revision), "save_key": "s"})


@pytest.mark.covers("plp.sys.10")
def test_both_profiles_ask_for_the_nine_areas_and_nobody_must_answer_the_protected_ones(inside):
    areas = {f"plp.match.area.{number}" for number in range(1, 10)}
    for version in enrolment_versions(inside.programme.handbook).values():
        fields = worksheet_of(version).fields()
        assert areas <= {source for field in fields for source in field.source}
        protected = {field.key: field for field in fields if field.sensitive}
        assert protected.keys() == {"age", "gender", "ethnicity"}
        for field in protected.values():
            assert field.need is Need.MAY
            assert "prefer_not_to_say" in {option.key for option in field.options}


@pytest.mark.covers("plp.sys.11")
def test_the_list_of_sectors_has_the_eight_and_room_for_another(inside):
    for side, key in ((Side.MENTOR, "sectors"), (Side.MENTEE, "development")):
        sheet = worksheet_of(enrolment_versions(inside.programme.handbook)[side])
        field = next(field for field in sheet.fields() if field.key == key)
        assert [option.label for option in field.options] == [
            "Water and sanitation",
            "Ports",
            "Telecommunications",
            "Roads and bridges",
            "Hydro-dams",
            "Energy",
            "Mining",
            "Buildings",
        ]
        assert field.other


def test_a_country_that_was_chosen_stands_with_its_name(inside, mentee, sign_in):
    assert send(inside, mentee, sign_in, country="WS").status_code == 302
    assert Participant.objects.get(pk=mentee.pk).country == "Samoa"


def test_the_person_fills_in_and_sends_and_their_coordinator_reads(inside, mentee, sign_in):
    assert send(inside, mentee, sign_in, country="Tonga").status_code == 302
    response = Response.objects.get(pk=mentee.enrolment_id)
    assert response.is_submitted
    assert answers_of(response)["focus"] == WORDS
    assert Participant.objects.get(pk=mentee.pk).country == "Tonga"
    page = sign_in(inside.coordinator).get(inside.url(f"enrolment/{mentee.pk}/read/"))
    assert page.status_code == 200
    assert WORDS in page.content.decode()


def test_a_mentors_capacity_is_taken_over_from_their_profile(inside, sign_in):
    person = Participant.objects.select_related("cohort__programme__handbook").get(pk=inside.participants["mentor"].pk)
    start_enrolments(person.cohort, [(person, None)])
    person.save()
    give_enrolment_to(person, inside.mentor)
    client, url = sign_in(inside.mentor), inside.url(f"enrolment/{person.pk}/")
    client.post(url, {"revision": "0", "save_key": "k", "f-sectors": ["ports"], "f-capacity": "3"})
    client.post(f"{url}review/", {"revision": "1", "save_key": "s"})
    assert Participant.objects.get(pk=person.pk).capacity == 3


def test_a_draft_is_read_by_nobody_but_its_author(inside, mentee, sign_in):
    sign_in(inside.mentee).post(inside.url(f"enrolment/{mentee.pk}/"), form())
    assert answers_of(Response.objects.get(pk=mentee.enrolment_id))["focus"] == WORDS
    for who in ("coordinator", *OTHERS):
        for page in ("", "read/", "review/"):
            answer = sign_in(getattr(inside, who)).get(inside.url(f"enrolment/{mentee.pk}/{page}"))
            assert answer.status_code == 404, (who, page)
            assert WORDS not in answer.content.decode()


@pytest.mark.covers("plp.sys.03")
@pytest.mark.parametrize("who", OTHERS)
def test_what_was_sent_is_for_the_coordinators_alone(inside, mentee, sign_in, who):
    send(inside, mentee, sign_in, gender="woman", gender_consent="agreed", age="age_25_34")
    client = sign_in(getattr(inside, who))
    for page in ("", "draft/", "review/", "conflict/", "read/", "pdf/", "reopen/", "share/"):
        url = inside.url(f"enrolment/{mentee.pk}/{page}")
        for answer in (client.get(url), client.post(url, form())):
            assert answer.status_code in {404, 405}, (who, page)
            assert WORDS not in answer.content.decode()
    assert enrolment_owner(mentee, getattr(inside, who)) is None
    assert owner_for(getattr(inside, who), Response.objects.get(pk=mentee.enrolment_id)) is None


@pytest.mark.covers("plp.sys.10")
@pytest.mark.parametrize("hat", [None, "partner's lead", "participant"])
def test_a_coordinator_who_is_a_partner_too_works_with_the_profile_without_its_sensitive_answers(
    inside, mentee, sign_in, hat
):
    send(inside, mentee, sign_in, gender="woman", gender_consent="agreed")
    membership = Membership.objects.get(user=inside.coordinator)
    if hat == "partner's lead":
        lead = {"role": "partner_lead", "partner": inside.partner}
        AssignmentFactory(programme=inside.programme, membership=membership, **lead)
    if hat == "participant":
        ParticipantFactory(cohort=inside.cohort, membership=membership, side="mentor")
    page = sign_in(inside.coordinator).get(inside.url(f"enrolment/{mentee.pk}/read/")).content.decode()
    assert WORDS in page
    assert ("Woman" in page) is (hat is None)


def test_a_coordinator_reads_and_never_writes(inside, mentee, sign_in):
    send(inside, mentee, sign_in)
    client = sign_in(inside.coordinator)
    client.post(inside.url(f"enrolment/{mentee.pk}/"), {**form(focus="OVERWRITTEN"), "revision": "2"})
    assert client.post(inside.url(f"enrolment/{mentee.pk}/reopen/")).status_code == 403
    response = Response.objects.get(pk=mentee.enrolment_id)
    assert response.is_submitted
    assert answers_of(response)["focus"] == WORDS


def test_while_it_is_taken_up_again_the_coordinator_waits(inside, mentee, sign_in):
    send(inside, mentee, sign_in)
    assert sign_in(inside.mentee).post(inside.url(f"enrolment/{mentee.pk}/reopen/")).status_code == 302
    assert sign_in(inside.coordinator).get(inside.url(f"enrolment/{mentee.pk}/read/")).status_code == 404


def test_protected_answers_count_in_matching_only_with_their_own_consent(inside, mentee, sign_in):
    send(inside, mentee, sign_in, gender="woman", gender_consent="agreed", age="age_25_34", age_consent="not_agreed")
    person = Participant.objects.select_related("enrolment__version").get(pk=mentee.pk)
    answers = profile_of(person).answers
    assert answers["gender"] == "woman"
    assert "age" not in answers


def test_protected_answers_stand_beside_no_other_profile_and_find_nobody(inside, mentee, sign_in):
    send(inside, mentee, sign_in, gender="woman", gender_consent="not_agreed")
    person = Participant.objects.select_related("enrolment__version", "cohort").get(pk=mentee.pk)
    shown = profiles_beside(inside.coordinator, person)[0]
    said = [answer.shown.text for section in shown.sections for answer in section.answers]
    assert WORDS in said
    assert "Woman" not in said
    found = who_says(inside.coordinator, mentee.cohort, ["woman", WORDS])
    assert found == {"woman": set(), WORDS: {mentee.pk}}


def test_the_form_says_who_will_read_it_before_anything_is_typed(inside, mentee, sign_in):
    words = sign_in(inside.mentee).get(inside.url(f"enrolment/{mentee.pk}/")).content.decode()
    assert "coordinators of Reef E-Mentoring. Nobody else" in words
    assert words.index("Nobody else") < words.index('name="f-focus"')


def test_the_persons_page_for_a_lead_or_an_admin_holds_nothing_of_the_profile(inside, mentee, sign_in):
    send(inside, mentee, sign_in, gender="woman")
    url = inside.url(f"programmes/e-mentoring/cohorts/november/people/{mentee.pk}/")
    for who in ("partner_lead", "admin"):
        words = sign_in(getattr(inside, who)).get(url).content.decode()
        assert inside.mentee.email in words
        assert WORDS not in words
        assert "oman" not in words
        assert f"enrolment/{mentee.pk}" not in words
    assert f"enrolment/{mentee.pk}/read/" in sign_in(inside.coordinator).get(url).content.decode()
