"""Finding, adding, deciding on and inviting people, by page."""

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.models import Participant
from tests.programmes.conftest import COHORT, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(coordinator_client):
    return coordinator_client


PERSON = {"side": "mentee", "given_name": "Mele", "email": "mele@to.example", "zone": "Tonga", "capacity": "1"}


def test_somebody_is_added_found_changed_withdrawn_and_taken_in_again(client, company):
    page = client.post(company.url(f"{COHORT}people/add/"), {**PERSON, "take_on": "on"}, follow=True)
    place = page.redirect_chain[-1][0]
    assert "accepted" in words(page)
    assert "Mele" in words(client.get(company.url(f"{COHORT}people/?q=mele+TO.example")))
    assert "Mele" not in words(client.get(company.url(f"{COHORT}people/?side=mentor")))
    changed = {**PERSON, "given_name": "Mele-ʻAna", "zone": "Apia"}
    assert "Mele-ʻAna" in words(client.post(f"{place}edit/", changed, follow=True))
    assert "Undo" in words(client.post(f"{place}withdraw/", follow=True))
    assert "accepted" in words(client.post(f"{place}reinstate/", follow=True))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"email": "mentee@REEF.example"}, "already"),
        ({"email": "mentor@reef.example"}, "nobody is both"),
        ({"email": "nowhere"}, "valid email"),
        ({"zone": "Atlantis"}, "do not know this place"),
        ({"given_name": "x" * 121}, "at most 120"),
        ({"capacity": "0"}, "from 1 to"),
        ({"side": ""}, "required"),
    ],
)
def test_somebody_who_cannot_be_added_is_refused_with_the_reason(client, company, change, message):
    page = client.post(company.url(f"{COHORT}people/add/"), {**PERSON, **change})
    assert page.status_code == 200
    assert message in words(page)
    with tenant_scope(company.organisation):
        assert not Participant.objects.filter(given_name="Mele").exists()


@pytest.mark.covers("plp.sys.116")
def test_a_lead_puts_people_of_their_own_partner_forward_and_of_no_other(company, sign_in):
    from mentoring.tenancy.models import Partner

    lead, url = sign_in(company.partner_lead), company.url(f"{COHORT}people/add/")
    with tenant_scope(company.organisation):
        other = Partner.objects.get(key="adb")
    assert "valid choice" in words(lead.post(url, {**PERSON, "partner": str(other.pk)}))
    assert "required" in words(lead.post(url, PERSON))
    page = lead.post(url, {**PERSON, "partner": str(company.partner.pk), "take_on": "on"}, follow=True)
    assert "put forward" in words(page)
    with tenant_scope(company.organisation):
        assert Participant.objects.get(given_name="Mele").state == "candidate"


def test_deciding_and_inviting_many_at_once(client, company, add_person):
    people = [add_person(state="candidate", partner=company.partner) for _number in range(3)]
    chosen = [str(person.pk) for person in people[:2]]
    page = client.post(company.url(f"{COHORT}people/accept/"), {"selected": chosen}, follow=True)
    assert "2 people are taken on" in words(page)
    page = client.post(company.url(f"{COHORT}people/invite/"), {"all_accepted": "1"}, follow=True)
    assert "2 invitations are on their way" in words(page)
    page = client.post(company.url(f"{COHORT}people/invite/"), {"all_accepted": "1"}, follow=True)
    assert "Nobody among those chosen" in words(page)
    client.post(company.url(f"{COHORT}people/decline/"), {"selected": [str(people[2].pk), "nonsense"]})
    with tenant_scope(company.organisation):
        assert [Participant.objects.get(pk=person.pk).state for person in people] == ["invited", "invited", "declined"]


def test_people_of_another_organisation_are_not_reached_by_ticking_their_ids(client, company, other_company):
    stranger = other_company.participants["mentee"]
    client.post(company.url(f"{COHORT}people/decline/"), {"selected": [str(stranger.pk)]})
    with tenant_scope(other_company.organisation):
        assert Participant.objects.get(pk=stranger.pk).state == "joined"


def test_after_a_step_one_comes_back_to_where_one_was_and_never_to_another_site(client, company, add_person):
    person = add_person(state="candidate")
    for back, goes in (
        (company.url(f"{COHORT}people/?state=candidate"), company.url(f"{COHORT}people/?state=candidate")),
        ("https://evil.example/", company.url(f"{COHORT}people/")),
        ("//evil.example/", company.url(f"{COHORT}people/")),
    ):
        answer = client.post(company.url(f"{COHORT}people/accept/"), {"selected": [str(person.pk)], "back": back})
        assert answer["Location"] == goes


@pytest.mark.parametrize(
    "query", ["sort=-name", "sort=made-up", "page=0", "page=999", "page=x", "state=%00", "q=%00", "partner=x"]
)
def test_no_address_brings_the_list_down(client, company, query):
    assert client.get(company.url(f"{COHORT}people/?{query}")).status_code == 200


def test_the_list_is_sorted_both_ways(client, company, add_person):
    add_person(given_name="A", family_name="Aaa")
    add_person(given_name="Z", family_name="Zzz")

    def order(sort):
        page = words(client.get(company.url(f"{COHORT}people/?sort={sort}")))
        return page.index("A Aaa") < page.index("Z Zzz")

    assert order("name")
    assert not order("-name")


def test_a_great_many_invitations_go_out_in_portions(client, company, add_person, monkeypatch):
    monkeypatch.setattr("programmes.domain.invitations.AT_ONCE", 2)
    monkeypatch.setattr("programmes.views.people_steps.AT_ONCE", 2)
    for _number in range(3):
        add_person(state="accepted")
    page = client.post(company.url(f"{COHORT}people/invite/"), {"all_accepted": "1"}, follow=True)
    assert "2 invitations are on their way" in words(page)
    assert "send again for the others" in words(page)
    page = client.post(company.url(f"{COHORT}people/invite/"), {"all_accepted": "1"}, follow=True)
    assert "1 invitation is on its way" in words(page)


def test_the_people_found_are_downloaded_with_formulas_defused(client, company, add_person, sign_in):
    add_person(given_name="=1+1", employer="@ministry", country="Tonga")
    answer = client.get(company.url(f"{COHORT}people/people.csv?q=Tonga"))
    assert "attachment" in answer["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Role,Given name,Family name,E-mail,Country,Time zone,Employer,Job title,Put forward by,State"
    assert len(lines) == 2
    assert ",'=1+1," in lines[1]
    assert ",'@ministry," in lines[1]
    everybody = sign_in(company.partner_lead).get(company.url(f"{COHORT}people/people.csv")).content.decode()
    assert company.mentee.email in everybody
    assert company.mentee_two.email not in everybody
    assert sign_in(company.steering).get(company.url(f"{COHORT}people/people.csv")).status_code == 403
    assert sign_in(company.mentee).get(company.url(f"{COHORT}people/people.csv")).status_code == 404
