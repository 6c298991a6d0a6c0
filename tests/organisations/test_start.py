"""The start page and the way in."""

import pytest

from mentoring.ui import home as homes
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return UserFactory(given_name="ʻAna")


def words(response):
    return response.content.decode()


def test_a_visitor_learns_what_this_is(client, settings):
    settings.DEMO, settings.ORGANISATION_CREATION = False, "invited"
    page = client.get("/")
    assert page.status_code == 200
    assert "/accounts/login/" in words(page)
    assert "demonstration" not in words(page)
    assert "/organisations/new/" not in words(page)


def test_a_demo_says_that_it_is_one(client, settings):
    settings.DEMO = True
    assert 'href="/demo/"' in words(client.get("/"))


def test_a_member_of_one_organisation_goes_straight_in(ana, sign_in):
    OrganisationFactory(slug="here").memberships.create(user=ana)
    OrganisationFactory(slug="left").memberships.create(user=ana, is_active=False)
    assert sign_in(ana).get("/")["Location"] == "/o/here/"


def test_a_member_of_several_chooses(ana, sign_in):
    for slug in ("here", "there"):
        OrganisationFactory(slug=slug, name=slug.title()).memberships.create(user=ana)
    page = words(sign_in(ana).get("/"))
    assert 'href="/o/here/"' in page
    assert 'href="/o/there/"' in page


def test_a_member_of_none_is_told_how_one_comes_in(ana, sign_in):
    assert "You belong to no organisation yet" in words(sign_in(ana).get("/"))


class TestHome:
    @pytest.fixture(autouse=True)
    def no_rooms(self, monkeypatch):
        monkeypatch.setattr(homes, "_homes", [])

    @pytest.fixture
    def inside(self, ana, sign_in):
        OrganisationFactory(slug="here").memberships.create(user=ana)
        return sign_in(ana)

    def test_the_first_room_that_knows_a_place_wins(self, inside):
        homes.register_home(30, lambda _request: "/third/")
        homes.register_home(10, lambda _request: None)
        homes.register_home(20, lambda request: f"/second/{request.organisation.slug}/")
        assert inside.get("/o/here/")["Location"] == "/second/here/"

    def test_whom_nothing_asks_for_gets_a_calm_page(self, inside):
        page = inside.get("/o/here/")
        assert page.status_code == 200
        assert "Nothing is waiting for you here" in words(page)

    def test_an_admin_without_another_place_begins_with_the_settings(self, inside, ana):
        from mentoring.organisations.nav import home

        homes.register_home(30, home)
        ana.memberships.update(is_admin=True)
        assert inside.get("/o/here/")["Location"] == "/o/here/settings/"

    def test_registering_twice_changes_nothing(self):
        def room(_request):
            return "/x/"

        homes.register_home(1, room)
        homes.register_home(2, room)
        assert homes._homes == [(1, room)]


def test_the_account_menu_leads_to_ones_other_organisations_and_out(ana, sign_in):
    for slug in ("here", "there"):
        OrganisationFactory(slug=slug, name=slug.title()).memberships.create(user=ana)
    page = words(sign_in(ana).get("/o/here/notices/"))
    menu = page.split('class="menu account"')[1].split("</details>")[0]
    assert 'href="/o/there/"' in menu
    assert 'href="/o/here/"' not in menu
    assert 'href="/me/"' in menu
    assert 'action="/accounts/logout/"' in menu
