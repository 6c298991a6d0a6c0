"""Every page of programmes by everybody: allowed, refused, or as if it did not exist."""

import uuid

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.gatherings import plan_gathering
from programmes.domain.handbook.items import change_item, item_of
from programmes.domain.handbook.parts import fingerprint, list_part
from programmes.domain.materials import materials_of, send_material
from programmes.domain.people_import import choose_columns, upload_people
from programmes.models import Assignment, Participant, Programme
from tests.factories import local
from tests.programmes.conftest import SAMPLE

pytestmark = pytest.mark.django_db

PROGRAMME = "programmes/e-mentoring/"
COHORT = f"{PROGRAMME}cohorts/november/"
RUNNERS = {"coordinator": 200, "partner_lead": 403, "steering": 403, "admin": 403}
SEERS = {"coordinator": 200, "partner_lead": 200, "steering": 200, "admin": 200}
STARTERS = {"coordinator": 200, "admin": 200, "partner_lead": 403, "steering": 403, "mentor": 403, "mentee": 403}

PAGES = {
    "programmes/": SEERS,
    "programmes/new/": STARTERS,
    "programmes/new/plp-ess/": STARTERS,
    "programmes/new/no-such-kit/": {**STARTERS, "coordinator": 404, "admin": 404},
    PROGRAMME: SEERS,
    f"{PROGRAMME}title/": RUNNERS,
    f"{PROGRAMME}team/": {**RUNNERS, "admin": 200},
    f"{PROGRAMME}handbook/": RUNNERS,
    f"{PROGRAMME}handbook/plan/": RUNNERS,
    f"{PROGRAMME}handbook/texts/agreement-texts/": RUNNERS,
    f"{PROGRAMME}handbook/texts/about/": RUNNERS,
    f"{PROGRAMME}handbook/guidance/": RUNNERS,
    f"{PROGRAMME}handbook/guidance/new/": RUNNERS,
    f"{PROGRAMME}handbook/guidance/first-meeting/": RUNNERS,
    f"{PROGRAMME}handbook/resources/": RUNNERS,
    f"{PROGRAMME}handbook/resources/add/": RUNNERS,
    f"{PROGRAMME}handbook/resources/item/olc/": RUNNERS,
    f"{PROGRAMME}handbook/reminders/item/agreement/": RUNNERS,
    f"{PROGRAMME}handbook/agreement-clauses/item/law/": RUNNERS,
    f"{PROGRAMME}handbook/sessions/item/4/": RUNNERS,
    f"{PROGRAMME}cohorts/new/": RUNNERS,
    COHORT: SEERS,
    f"{COHORT}edit/": RUNNERS,
    f"{COHORT}people/": {"coordinator": 200, "partner_lead": 200, "admin": 200, "steering": 403},
    f"{COHORT}people/add/": {"coordinator": 200, "partner_lead": 200, "admin": 403, "steering": 403},
    f"{COHORT}people/import/": RUNNERS,
    f"{COHORT}people/import/{{run}}/": RUNNERS,
    f"{COHORT}people/import/{{run}}/columns/": RUNNERS,
    f"{COHORT}people/import/{{run}}/rows-to-put-right.csv": RUNNERS,
    f"{COHORT}people/{{mentee}}/": {"coordinator": 200, "partner_lead": 200, "admin": 200},
    f"{COHORT}people/{{mentee_two}}/": {"coordinator": 200, "admin": 200},
    f"{COHORT}people/{{mentee}}/edit/": {"coordinator": 200, "partner_lead": 403, "admin": 403},
    f"{COHORT}people/{{candidate}}/edit/": {"coordinator": 200, "partner_lead": 200, "admin": 403},
    f"{COHORT}material/": RUNNERS,
    f"{COHORT}material/send/": RUNNERS,
    f"{COHORT}material/{{mailing}}/": RUNNERS,
    f"{COHORT}events/": RUNNERS,
    f"{COHORT}events/new/": RUNNERS,
    f"{COHORT}events/{{gathering}}/": RUNNERS,
    f"{COHORT}events/{{gathering}}/edit/": RUNNERS,
    f"{COHORT}events/{{gathering}}/cancel/": RUNNERS,
    f"{COHORT}issues/": RUNNERS,
    "issues/": {"mentor": 200, "mentee": 200},
}  # fmt: skip
"""Page → what each member of the company gets; whoever is not named gets 404."""

STEPS = {
    f"{PROGRAMME}team/{{assignment}}/end/": {"coordinator": 302, "admin": 302, "partner_lead": 403, "steering": 403},
    f"{PROGRAMME}handbook/changes/{{edit}}/undo/": {"coordinator": 302, "partner_lead": 403, "steering": 403, "admin": 403},
    f"{PROGRAMME}handbook/resources/item/olc/remove/": {"coordinator": 302, "partner_lead": 403, "steering": 403, "admin": 403},
    f"{PROGRAMME}handbook/guidance/smart-goals/remove/": {"coordinator": 302, "partner_lead": 403, "steering": 403, "admin": 403},
    f"{COHORT}people/accept/": {"coordinator": 302, "partner_lead": 403, "steering": 403, "admin": 403},
    f"{COHORT}people/decline/": {"coordinator": 302, "partner_lead": 403, "steering": 403, "admin": 403},
    f"{COHORT}people/invite/": {"coordinator": 302, "partner_lead": 403, "steering": 403, "admin": 403},
    f"{COHORT}people/import/{{run}}/drop/": {"coordinator": 302, "partner_lead": 403, "steering": 403, "admin": 403},
    f"{COHORT}people/import/{{run}}/apply/": {"coordinator": 302, "partner_lead": 403, "steering": 403, "admin": 403},
    f"{COHORT}people/{{candidate}}/withdraw/": {"coordinator": 302, "partner_lead": 403, "admin": 403},
    f"{COHORT}people/{{candidate}}/reinstate/": {"coordinator": 302, "partner_lead": 403, "admin": 403},
}  # fmt: skip
"""Button → what each member gets."""

EVERYBODY = ("coordinator", "partner_lead", "steering", "admin", "mentor", "mentee")


@pytest.fixture
def ids(company, add_person):
    """A thing of every kind in the company's cohort, by the name that addresses above use."""
    with tenant_scope(company.organisation):
        candidate = add_person(state="candidate", partner=company.partner)
        run = upload_people(cohort=company.cohort, filename="p.csv", data=SAMPLE.read_bytes(), actor=None)
        choose_columns(run=run, mapping=run.mapping, actor=None)
        people = list(
            Participant.objects.filter(state="joined").select_related("membership__user", "cohort__programme")
        )
        mailing = send_material(
            cohort=company.cohort, people=people, materials=materials_of(company.cohort)[:1], subject="S", words="",
            actor=company.coordinator,
        )  # fmt: skip
        gathering = plan_gathering(
            cohort=company.cohort, title="T", text="", starts_at=local("UTC", 2030, 1, 1), minutes=60, zone="UTC",
            place="", people=people, actor=company.coordinator,
        )  # fmt: skip
        part, programme = list_part("resources"), Programme.objects.select_related("handbook").get(slug="e-mentoring")
        edit = change_item(
            programme=programme, part=part, key="olc", values={"note": "N"},
            base=fingerprint(item_of(programme, part, "olc")), actor=company.coordinator,
        )  # fmt: skip
        assignment = Assignment.objects.get(programme=programme, role="steering")
        return {
            "mentee": company.participants["mentee"].pk,
            "mentee_two": company.participants["mentee_two"].pk,
            "candidate": candidate.pk,
            "run": run.pk,
            "mailing": mailing.pk,
            "gathering": gathering.pk,
            "edit": edit.pk,
            "assignment": assignment.pk,
        }


@pytest.mark.covers("plp.sys.03")
def test_each_page_opens_for_those_it_is_for_and_for_nobody_else(company, ids, sign_in):
    wrong = []
    for who in EVERYBODY:
        client = sign_in(getattr(company, who))
        for page, allowed in PAGES.items():
            status = client.get(company.url(page.format(**ids))).status_code
            if status != allowed.get(who, 404):
                wrong.append((who, page, status, allowed.get(who, 404)))
    assert wrong == []


@pytest.mark.parametrize("step", STEPS)
def test_each_button_works_for_those_it_is_for_and_for_nobody_else(company, ids, sign_in, step):
    url = company.url(step.format(**ids))
    for who in reversed(EVERYBODY):  # those who may come last, so that what they do hides nothing
        if STEPS[step].get(who) != 302:
            assert sign_in(getattr(company, who)).post(url).status_code == STEPS[step].get(who, 404), who
            assert sign_in(getattr(company, who)).get(url).status_code in {404, 405}
    client = sign_in(company.coordinator)
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302


def test_the_organisation_next_door_sees_none_of_it(company, other_company, outsider, ids, sign_in):
    for stranger in (other_company.coordinator, other_company.admin, other_company.mentee, outsider):
        client = sign_in(stranger)
        for page in (*PAGES, *STEPS):
            url = company.url(page.format(**ids))
            assert client.get(url).status_code == 404, url
            assert client.post(url).status_code == 404, url


def test_things_of_another_organisation_do_not_open_under_ones_own_address(company, other_company, ids, sign_in):
    client = sign_in(other_company.coordinator)
    for page in (*PAGES, *STEPS):
        if "{" in page:
            url = other_company.url(page.format(**ids))
            answers = [client.get(url)] if page in PAGES else [client.post(url)]
            assert {answer.status_code for answer in answers} == {404}, url


def test_who_is_not_signed_in_is_led_to_the_door(company, client):
    for page in (PROGRAMME, f"{COHORT}people/", "issues/", "guidance/"):
        assert "/accounts/login/" in client.get(company.url(page))["Location"]


def test_things_that_never_were_look_like_things_of_others(company, sign_in):
    client, nobody = sign_in(company.coordinator), uuid.uuid4()
    for page in (
        "programmes/nothing/",
        f"{PROGRAMME}cohorts/nothing/",
        f"{PROGRAMME}handbook/nothing/",
        f"{PROGRAMME}handbook/resources/item/nothing/",
        f"{COHORT}people/{nobody}/",
        f"{COHORT}people/import/{nobody}/",
        f"{COHORT}material/{nobody}/",
        f"issues/{nobody}/",
        f"events/{nobody}/",
        f"enrolment/{nobody}/",
    ):
        assert client.get(company.url(page)).status_code == 404, page


def test_a_lead_sees_and_counts_the_people_of_their_partner_only(company, ids, sign_in):
    words = sign_in(company.partner_lead).get(company.url(f"{COHORT}people/")).content.decode()
    assert company.mentee.email in words
    assert company.mentee_two.email not in words
    assert "3 found" in words
    overview = sign_in(company.partner_lead).get(company.url(COHORT)).content.decode()
    assert "2: 1 mentor, 1 mentee" in overview


def test_a_steering_group_reads_figures_and_no_names(company, ids, sign_in):
    client = sign_in(company.steering)
    for page in ("programmes/", PROGRAMME, COHORT):
        words = client.get(company.url(page)).content.decode()
        for who in ("mentor", "mentee", "mentor_two", "mentee_two"):
            assert getattr(company, who).email not in words
            assert f"{getattr(company, who).given_name} Reef" not in words
    assert "4: 2 mentors, 2 mentees" in client.get(company.url(COHORT)).content.decode()


def test_a_superuser_is_nobody_here(company, ids, sign_in, outsider):
    outsider.is_superuser = outsider.is_staff = True
    outsider.save()
    assert sign_in(outsider).get(company.url(PROGRAMME)).status_code == 404
    company.mentor.is_superuser = True
    company.mentor.save()
    assert sign_in(company.mentor).get(company.url(f"{COHORT}people/")).status_code == 404
    company.steering.is_superuser = True
    company.steering.save()
    assert sign_in(company.steering).get(company.url(f"{COHORT}people/")).status_code == 403
