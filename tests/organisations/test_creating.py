"""Creating an organisation: open or by invitation, with its first admin, who then signs in by a code."""

import datetime as dt
import json
import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.models import Event
from mentoring.organisations.domain.organisations import (
    INVITATION_LASTS,
    InvitationSpent,
    create_organisation,
    invite_organisation,
    suggest_slug,
    usable_invitation,
)
from mentoring.tenancy.models import Membership, Organisation, OrganisationInvitation
from mentoring.tenancy.scope import tenant_scope
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

NEW = "/organisations/new/"


@pytest.fixture(autouse=True)
def creation_is_open(settings):
    settings.ORGANISATION_CREATION = "open"


def values(**changes):
    return {
        "name": "Pacific Learning Partnership",
        "slug": "",
        "zone": "Apia, Samoa",
        "language": "en-gb",
        "accent": "#0b5c66",
        "given_name": "Tomasi",
        "family_name": "Vea",
        "email": "Tomasi@PLP.example",
    } | changes


def words(response):
    return response.content.decode()


class TestOpen:
    def test_a_visitor_creates_it_and_gets_in_with_the_code(self, client):
        assert "Create an organisation" in words(client.get("/"))
        asked = client.post(NEW, values())
        assert asked["Location"] == "/accounts/login/code/confirm/?next=%2Fo%2Fpacific-learning-partnership%2F"
        organisation = Organisation.objects.get()
        admin = User.objects.get()
        assert (organisation.slug, organisation.zone, organisation.accent) == (
            "pacific-learning-partnership",
            "Pacific/Apia",
            "#0b5c66",
        )
        assert (admin.email, admin.name, admin.zone) == ("tomasi@plp.example", "Tomasi Vea", "Pacific/Apia")
        assert not admin.has_usable_password()
        assert organisation.memberships.get().is_admin
        assert client.get("/o/pacific-learning-partnership/settings/").status_code == 302

        code = re.search(r"\b[0-9]{6}\b", mail.outbox[0].body).group()
        client.post(asked["Location"], {"code": code, "next": "/o/pacific-learning-partnership/"})
        assert client.get("/o/pacific-learning-partnership/settings/").status_code == 200

    def test_it_is_recorded_who_did_it(self, client):
        client.post(NEW, values())
        organisation, admin = Organisation.objects.get(), User.objects.get()
        with tenant_scope(organisation):
            assert list(Event.objects.order_by("created_at").values_list("action", "actor")) == [
                ("organisation.created", admin.pk),
                ("member.added", admin.pk),
            ]

    def test_who_is_signed_in_is_not_asked_who_they_are_and_goes_straight_in(self, sign_in):
        user = UserFactory(zone="Pacific/Fiji")
        client = sign_in(user)
        form = words(client.get(NEW))
        assert 'name="email"' not in form
        assert 'value="Suva, Fiji"' in form
        assert client.post(NEW, values(slug="plp"))["Location"] == "/o/plp/"
        assert Membership.objects.get().user == user
        assert mail.outbox == []

    def test_an_account_that_exists_is_kept_as_it_is_and_nobody_learns_of_it(self):
        known = UserFactory(email="tomasi@plp.example", given_name="Old", family_name="Name")
        one = Client().post(NEW, values(slug="one"))
        other = Client().post(NEW, values(slug="one-more", email="new@plp.example"))
        assert one["Location"].replace("one%2F", "") == other["Location"].replace("one-more%2F", "")
        known.refresh_from_db()
        assert known.name == "Old Name"
        assert Membership.objects.filter(user=known, organisation__slug="one", is_admin=True).exists()

    def test_a_further_address_leads_to_the_account_it_belongs_to_and_tells_nobody_the_main_one(self):
        known = UserFactory(email="tomasi@home.example")
        EmailAddress.objects.create(user=known, email="tomasi@plp.example", verified=True)
        client = Client()
        asked = client.post(NEW, values(slug="one"))
        assert [message.to for message in mail.outbox] == [["tomasi@plp.example"]]
        assert "tomasi@home.example" not in words(client.get(asked["Location"]))
        code = re.search(r"^ {4}(\d{6})$", mail.outbox[0].body, re.MULTILINE)[1]
        client.post(asked["Location"], {"code": code})
        assert client.get("/o/one/settings/").status_code == 200
        assert Membership.objects.get(organisation__slug="one").user == known
        assert User.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"name": ""}, "Name of the organisation"),
            ({"name": "x" * 201}, "at most 200 characters"),
            ({"slug": "Not an address"}, "small letters"),
            ({"slug": "-edge"}, "small letters"),
            ({"slug": "new"}, "This address is taken"),
            ({"slug": "taken"}, "This address is taken"),
            ({"zone": "Atlantis"}, "We do not know this place"),
            ({"language": "xx"}, "Language"),
            ({"accent": "#ffff99"}, "too pale"),
            ({"accent": "red; }"}, "# and six"),
            ({"email": "nobody"}, "e-mail"),
            ({"given_name": ""}, "Your given name"),
        ],
    )
    def test_what_cannot_be_is_said_and_what_was_typed_stays(self, client, changes, fault):
        OrganisationFactory(slug="taken")
        response = client.post(NEW, values(**{"family_name": "Tuilagi-Smith"} | changes))
        assert response.status_code == 422
        assert fault in words(response)
        assert "Tuilagi-Smith" in words(response)
        assert Organisation.objects.count() == 1
        assert not User.objects.exists()

    def test_an_address_that_is_taken_at_the_last_moment_is_said(self, client, monkeypatch):
        OrganisationFactory(slug="plp")
        monkeypatch.setattr("mentoring.organisations.forms.organisation.slug_is_free", lambda _slug: True)
        response = client.post(NEW, values(slug="plp"))
        assert "taken just now" in words(response)
        assert not User.objects.exists()

    def test_with_the_mail_server_down_it_is_created_once_and_the_way_in_is_said(self, client, monkeypatch):
        def gone(*_words, **_more):
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", gone)
        response = client.post(NEW, values(slug="plp"), follow=True)
        assert response.redirect_chain == [("/accounts/login/?next=%2Fo%2Fplp%2F", 302)]
        assert "The mail server does not answer just now" in words(response)
        assert Organisation.objects.get().slug == "plp"

    def test_many_from_one_network_are_stopped(self, settings, client):
        from django.core.cache import cache

        cache.clear()
        settings.ACCOUNT_RATE_LIMITS = {"new_organisation": "2/h/ip"}
        statuses = [client.post(NEW, values(slug=f"plp-{n}", email=f"p{n}@plp.example")).status_code for n in range(3)]
        assert statuses == [302, 302, 422]
        assert Organisation.objects.count() == 2


class TestByInvitation:
    @pytest.fixture(autouse=True)
    def invited_only(self, settings):
        settings.ORGANISATION_CREATION = "invited"

    def test_without_one_there_is_no_such_page(self, client):
        assert client.get(NEW).status_code == 404
        assert client.post(NEW, values()).status_code == 404
        assert "Create an organisation" not in words(client.get("/"))
        assert client.get(f"{NEW}guessed-token/").status_code == 404

    def test_it_lets_one_organisation_be_created_once(self, client):
        token = invite_organisation(email="tomasi@plp.example")
        assert 'value="tomasi@plp.example"' in words(client.get(f"{NEW}{token}/"))
        assert client.post(f"{NEW}{token}/", values()).status_code == 302
        assert client.get(f"{NEW}{token}/").status_code == 404
        assert Client().post(f"{NEW}{token}/", values(slug="second")).status_code == 404
        assert Organisation.objects.count() == 1

    def test_a_form_with_a_fault_does_not_use_it_up(self, client):
        token = invite_organisation()
        assert client.post(f"{NEW}{token}/", values(name="")).status_code == 422
        assert client.post(f"{NEW}{token}/", values()).status_code == 302

    def test_it_runs_out(self, client):
        token = invite_organisation()
        with clock.at(clock.now() + INVITATION_LASTS):
            assert usable_invitation(token) is None
        OrganisationInvitation.objects.update(expires_at=clock.now())
        assert client.get(f"{NEW}{token}/").status_code == 404

    def test_two_who_use_it_at_the_same_moment_get_one_organisation(self):
        token, admin = invite_organisation(), UserFactory()
        more = {
            "name": "A",
            "zone": "UTC",
            "language": "en-gb",
            "accent": "#0b5c66",
            "first_admin": admin,
            "actor": admin,
        }
        create_organisation(slug="one", token=token, **more)
        with pytest.raises(InvitationSpent):
            create_organisation(slug="other", token=token, **more)
        assert Organisation.objects.get().slug == "one"

    def test_the_token_is_kept_nowhere(self):
        token = invite_organisation()
        row = OrganisationInvitation.objects.get()
        assert token not in str(vars(row))
        assert len(token) >= 32


class TestCommand:
    def link(self, *words):
        out = StringIO()
        call_command("organisation", "invite", *words, stdout=out)
        return out.getvalue()

    def test_it_prints_a_link_that_works(self, client, settings):
        settings.SITE_URL = "https://mentoring.example"
        line = self.link("--email", "tomasi@plp.example").splitlines()[0]
        assert line.startswith("https://mentoring.example/organisations/new/")
        page = client.get(line.removeprefix("https://mentoring.example"))
        assert 'value="tomasi@plp.example"' in words(page)

    def test_it_speaks_json(self):
        told = json.loads(self.link("--json"))
        assert set(told) == {"link", "days"}
        assert told["days"] == 7

    def test_it_refuses_what_is_no_address(self):
        with pytest.raises(CommandError) as refusal:
            call_command("organisation", "invite", "--email", "nobody")
        assert refusal.value.returncode == 1
        assert not OrganisationInvitation.objects.exists()

    def test_keys_that_nothing_opens_are_not_rewrapped(self, settings):
        from mentoring.tenancy import keys

        organisation = OrganisationFactory()
        before = bytes(organisation.sealed_data_key)
        settings.DATA_KEY = "YW5vdGhlci1rZXktb2YtMzItYnl0ZXMtZm9yLXRlc3Q="
        keys.unwrap.cache_clear()
        with pytest.raises(CommandError) as refusal:
            call_command("organisation", "rewrap")
        assert refusal.value.returncode == 2
        keys.unwrap.cache_clear()
        organisation.refresh_from_db()
        assert bytes(organisation.sealed_data_key) == before


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Pacific Learning Partnership", "pacific-learning-partnership"),
        ("Tangata o le Moana!", "tangata-o-le-moana"),
        ("太平洋", "organisation"),
        ("New", "new-2"),
        ("x" * 200, "x" * 46),
        ("Taken", "taken-2"),
    ],
)
def test_an_address_is_made_of_the_name(name, slug):
    OrganisationFactory(slug="taken")
    assert suggest_slug(name) == slug


def test_an_invitation_lasts_a_week():
    invite_organisation()
    lasts = OrganisationInvitation.objects.get().expires_at - clock.now()
    assert dt.timedelta(days=6, hours=23) < lasts <= INVITATION_LASTS
