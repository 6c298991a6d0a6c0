"""A list costs the same number of queries however long it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.finding import joined_people
from programmes.domain.gatherings import plan_gathering
from programmes.domain.issues import raise_issue
from programmes.domain.materials import materials_of, send_material
from programmes.domain.people_import import choose_columns, upload_people
from programmes.models import Mailing
from tests.factories import CohortFactory, MembershipFactory, ParticipantFactory, local

pytestmark = pytest.mark.django_db
COHORT = "programmes/e-mentoring/cohorts/november/"


def people(company, count, start=0, **more):
    for _number in range(start, count):
        ParticipantFactory(cohort=company.cohort, membership=MembershipFactory(), partner=company.partner, **more)


def fill_people(company, count, have):
    people(company, count, have, side="mentee")


def fill_cohorts(company, count, have):
    for _number in range(have, count):
        CohortFactory(programme=company.programme)


def fill_issues(company, count, have):
    for _number in range(have, count):
        raise_issue(person=company.participants["mentee"], kind="help", text="x", actor=company.mentee)


def fill_mailings(company, count, have):
    for _number in range(have, count):
        send_material(
            cohort=company.cohort, people=joined_people(company.coordinator, company.cohort),
            materials=materials_of(company.cohort)[:2], subject="S", words="", actor=company.coordinator,
        )  # fmt: skip


def fill_gatherings(company, count, have):
    for _number in range(have, count):
        plan_gathering(
            cohort=company.cohort, title="T", text="", starts_at=local("UTC", 2030, 1, 1), minutes=60, zone="UTC",
            place="", people=joined_people(company.coordinator, company.cohort), actor=company.coordinator,
        )  # fmt: skip


SCOPE = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT COALESCE(current_setting")
"""What opening an organisation costs on PostgreSQL; SQLite has no such statements."""


def cost_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return sum(not query["sql"].startswith(SCOPE) for query in queries)


# Page, who looks, what fills it, and the queries it takes: who visits and what they are (5), and the page's own.
LISTS = {
    "people": (f"{COHORT}people/", "coordinator", fill_people, 10),
    "people of a partner": (f"{COHORT}people/", "partner_lead", fill_people, 9),
    "programmes": ("programmes/", "coordinator", fill_cohorts, 8),
    "programme": ("programmes/e-mentoring/", "coordinator", fill_cohorts, 11),
    "issues": (f"{COHORT}issues/", "coordinator", fill_issues, 11),
    "own issues": ("issues/", "mentee", fill_issues, 9),
    "material": (f"{COHORT}material/", "coordinator", fill_mailings, 10),
    "material to choose": (f"{COHORT}material/send/", "coordinator", fill_people, 10),
    "events": (f"{COHORT}events/", "coordinator", fill_gatherings, 9),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_thirty_costs_what_a_list_of_one_costs(company, sign_in, name):
    page, who, fill, cost = LISTS[name]
    client, url = sign_in(getattr(company, who)), company.url(page)
    costs, have = {}, 0
    for count in (1, 3, 30):
        with tenant_scope(company.organisation):
            fill(company, count, have)
        have = count
        client.get(url)  # the first visit may fill caches of the process
        costs[count] = cost_of(client, url)
    assert costs == dict.fromkeys((1, 3, 30), cost)


def test_the_preview_of_an_import_costs_the_same_for_any_number_of_rows(company, sign_in):
    client, costs = sign_in(company.coordinator), set()
    for count in (1, 3, 30):
        rows = "".join(f"mentee,Person {n},p{n}@x.example\n" for n in range(count))
        with tenant_scope(company.organisation):
            run = upload_people(
                cohort=company.cohort, filename="p", data=f"Role,Name,E-mail\n{rows}".encode(), actor=None
            )
            choose_columns(run=run, mapping=run.mapping, actor=None)
        costs.add(cost_of(client, company.url(f"{COHORT}people/import/{run.pk}/")))
    assert len(costs) == 1


def test_who_got_material_costs_the_same_for_any_number_of_people(company, sign_in):
    client, costs = sign_in(company.coordinator), set()
    for count in (1, 26):
        with tenant_scope(company.organisation):
            people(company, count)
            fill_mailings(company, 1, 0)
            mailing = Mailing.objects.first()
        url = company.url(f"{COHORT}material/{mailing.pk}/")
        client.get(url)  # the first visit may fill caches of the process
        costs.add(cost_of(client, url))
    assert len(costs) == 1
