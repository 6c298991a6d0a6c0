"""Starting programmes, opening cohorts and giving roles, by page."""

import datetime as dt

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.models import Assignment, Cohort, Programme
from tests.factories import MembershipFactory
from tests.programmes.conftest import COHORT, PROGRAMME, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(coordinator_client):
    return coordinator_client


@pytest.mark.covers("plp.sys.01")
def test_from_a_kit_to_an_open_cohort(company, sign_in):
    client = sign_in(company.admin)
    assert "PLP-ESS E-Mentoring" in words(client.get(company.url("programmes/new/")))
    page = client.post(company.url("programmes/new/plp-ess/"), {"title": "E-Mentoring 2027"}, follow=True)
    assert page.redirect_chain[-1][0] == company.url("programmes/e-mentoring-2027/")
    form = words(client.get(company.url("programmes/e-mentoring-2027/cohorts/new/")))
    assert "Leave it empty for 6 months" in form
    opened = {"title": "February", "starts_on": "2027-02-01", "zone": "Apia"}
    client.post(company.url("programmes/e-mentoring-2027/cohorts/new/"), opened)
    with tenant_scope(company.organisation):
        cohort = Cohort.objects.get(title="February")
    assert (cohort.slug, cohort.ends_on, cohort.zone) == ("february", dt.date(2027, 8, 1), "Pacific/Apia")


def test_an_address_that_is_taken_is_refused_and_one_that_is_left_out_is_made(client, company):
    page = client.post(company.url("programmes/new/plp-ess/"), {"title": "Again", "slug": "e-mentoring"})
    assert "Another programme has this address" in words(page)
    page = client.post(company.url("programmes/new/plp-ess/"), {"title": "New", "slug": "new"})
    assert "This word is taken" in words(page)
    client.post(company.url("programmes/new/plp-ess/"), {"title": "E-Mentoring"})
    client.post(company.url("programmes/new/plp-ess/"), {"title": "山田"})
    with tenant_scope(company.organisation):
        assert {"e-mentoring", "e-mentoring-2", "programme"} == set(Programme.objects.values_list("slug", flat=True))


def test_a_cohort_is_changed_and_a_last_day_before_the_first_refused(client, company):
    form = {
        "title": "Spring", "starts_on": "2027-02-01", "ends_on": "2027-08-01", "zone": "Apia", "state": "closed",
        "evaluation_url": "https://survey.example/1",
    }  # fmt: skip
    assert "comes after the first" in words(
        client.post(company.url(f"{COHORT}edit/"), {**form, "ends_on": "2027-01-01"})
    )
    assert client.post(company.url(f"{COHORT}edit/"), form).status_code == 302
    with tenant_scope(company.organisation):
        cohort = Cohort.objects.get(slug="november")
    assert (cohort.title, cohort.state, cohort.evaluation_url) == ("Spring", "closed", "https://survey.example/1")


def test_a_member_is_given_a_role_by_address_and_a_stranger_is_not(client, company):
    with tenant_scope(company.organisation):
        member = MembershipFactory(user__email="new.lead@x.example")
    url = company.url(f"{PROGRAMME}team/")
    assert "Nobody here has this address" in words(client.post(url, {"email": "nobody@x.example", "role": "steering"}))
    assert "Choose the partner" in words(client.post(url, {"email": "new.lead@x.example", "role": "partner_lead"}))
    form = {"email": "NEW.lead@x.example", "role": "partner_lead", "partner": str(company.partner.pk)}
    assert client.post(url, form).status_code == 302
    with tenant_scope(company.organisation):
        assert Assignment.objects.get(membership=member).partner == company.partner


def test_the_last_coordinator_is_not_ended(client, company):
    with tenant_scope(company.organisation):
        own = Assignment.objects.get(role="coordinator")
    page = client.post(company.url(f"{PROGRAMME}team/{own.pk}/end/"), follow=True)
    assert "needs a coordinator" in words(page)
    assert page.status_code == 200
