"""A person's own page."""

import pytest
from allauth.account.models import EmailAddress

from mentoring.accounts.domain.people import (
    account_of,
    change_profile,
    end_sign_ins,
    find_or_make_account,
    memberships_of,
)
from mentoring.accounts.models import User
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return UserFactory(email="ana@people.example", given_name="ʻAna", family_name="Moala", zone="Pacific/Tongatapu")


def valid(**changes):
    return {"given_name": "ʻAna", "family_name": "Moala", "zone": "Nukuʻalofa, Tonga"} | changes


def test_it_is_ones_own(client):
    assert client.get("/me/")["Location"] == "/accounts/login/?next=/me/"


def test_it_shows_who_one_is_and_where_one_belongs(ana, sign_in):
    OrganisationFactory(name="Pacific Learning").memberships.create(user=ana, is_admin=True)
    OrganisationFactory(name="Left behind").memberships.create(user=ana, is_active=False)
    OrganisationFactory(name="Shut down", is_active=False).memberships.create(user=ana)
    page = sign_in(ana).get("/me/").content.decode()
    assert 'value="Nukuʻalofa, Tonga"' in page
    assert "Pacific Learning" in page
    assert "Left behind" not in page
    assert "Shut down" not in page


def test_details_are_changed(ana, sign_in):
    response = sign_in(ana).post("/me/", valid(given_name="Anna", family_name="陳", zone="samoa"))
    assert response.status_code == 302
    ana.refresh_from_db()
    assert (ana.given_name, ana.family_name, ana.zone) == ("Anna", "陳", "Pacific/Apia")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"given_name": ""}, "Given name"),
        ({"given_name": "x" * 121}, "at most 120 characters"),
        ({"zone": "Atlantis"}, "We do not know this place"),
        ({"zone": "Australia"}, "Which place do you mean?"),
        ({"zone": ""}, "Where you are"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(ana, sign_in, changes, words):
    response = sign_in(ana).post("/me/", valid(family_name="Changed") | changes)
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert 'value="Changed"' in page
    assert "<h1>ʻAna Moala</h1>" in page
    ana.refresh_from_db()
    assert ana.family_name == "Moala"


def test_signing_out_elsewhere_keeps_this_device(ana, sign_in):
    here, elsewhere = sign_in(ana), sign_in(ana)
    other_person = sign_in(UserFactory())
    here.post("/me/sign-out-elsewhere/")
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    assert other_person.get("/me/").status_code == 200


def test_ending_sign_ins_reaches_every_open_session_at_its_next_request(ana, sign_in):
    clients = [sign_in(ana) for _ in range(3)]
    end_sign_ins(user=ana)
    assert [client.get("/me/").status_code for client in clients] == [302, 302, 302]
    assert sign_in(ana).get("/me/").status_code == 200


def test_a_new_secret_key_signs_nobody_out(ana, sign_in, settings):
    client = sign_in(ana)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [settings.SECRET_KEY]
    assert client.get("/me/").status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get("/me/").status_code == 200, "the session is carried over to the new key at the first request"


def test_a_profile_has_no_other_fields(ana):
    with pytest.raises(ValueError, match="is_superuser"):
        change_profile(user=ana, actor=ana, is_superuser="yes")


class TestAccounts:
    def test_an_address_has_one_account_whatever_its_case(self, ana):
        found = find_or_make_account(
            email=" ANA@People.Example ", given_name="Other", family_name="Name", zone="UTC", language="en-gb"
        )
        assert found == ana
        assert found.given_name == "ʻAna"

    def test_a_further_address_that_was_proven_leads_to_the_same_account(self, ana):
        for address, verified in (("ana@home.example", True), ("ana@claimed.example", False)):
            EmailAddress.objects.create(user=ana, email=address, verified=verified)
        other = {"given_name": "Other", "family_name": "Name", "zone": "UTC", "language": "en-gb"}
        assert account_of(" Ana@Home.example ") == find_or_make_account(email="ANA@home.example", **other) == ana
        assert account_of("ana@claimed.example") is None
        assert find_or_make_account(email="ana@claimed.example", **other) != ana

    def test_a_new_one_has_no_password(self, db):
        made = find_or_make_account(
            email="New@People.Example", given_name="New", family_name="", zone="Pacific/Apia", language="en-gb"
        )
        assert (made.email, made.name, made.has_usable_password()) == ("new@people.example", "New", False)

    def test_the_database_refuses_a_second_account_in_another_case(self, ana):
        from django.db import IntegrityError, transaction

        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(email="ANA@people.example")

    def test_a_person_without_a_name_is_called_by_their_address(self):
        assert User(email="tavita@people.example").name == "tavita"
        assert User(email="x@y.example", family_name="Madonna").short_name == "Madonna"

    def test_memberships_come_in_one_query(self, ana, django_assert_num_queries):
        for name in ("B", "A", "C"):
            OrganisationFactory(name=name).memberships.create(user=ana)
        with django_assert_num_queries(1):
            assert [row.organisation.name for row in memberships_of(ana)] == ["A", "B", "C"]
