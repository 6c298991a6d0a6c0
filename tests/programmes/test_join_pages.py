"""The page behind an invitation, as every kind of visitor meets it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mentoring.accounts.models import User
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.invitations import invite_person
from programmes.models import Invitation, Participant
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FORM = {"given_name": "Mele", "family_name": "Fonua", "zone": "Pacific/Tongatapu"}


@pytest.fixture
def link(company, add_person):
    """The path in the message to somebody who has just been invited."""
    person = add_person(email="mele@to.example", given_name="Mele", family_name="F.", zone="Pacific/Tongatapu")
    with tenant_scope(company.organisation):
        invitation = invite_person(person=person, actor=company.coordinator)
        message = Message.objects.get(subject_id=invitation.pk)
        return "/o/" + message.context["action_url"].split("/o/", 1)[1]


def state(company):
    with tenant_scope(company.organisation):
        return Participant.objects.get(email="mele@to.example").state


def test_somebody_new_reads_takes_their_place_and_is_signed_in_at_their_profile(company, link):
    client = Client()
    page = client.get(link)
    assert page.status_code == 200
    assert "Reef E-Mentoring" in page.content.decode()
    assert state(company) == "invited"
    landed = client.post(link, FORM, follow=True)
    assert landed.status_code == 200
    assert "/enrolment/" in landed.redirect_chain[-1][0]
    assert landed.wsgi_request.user.email == "mele@to.example"
    assert state(company) == "joined"


def test_a_scanner_that_follows_every_link_uses_nothing_up(company, link):
    for _visit in range(3):
        Client().get(link)
        Client().head(link)
    assert state(company) == "invited"
    assert Client().post(link, FORM).status_code == 302


def test_the_page_is_not_kept_in_any_cache(link):
    assert "no-store" in Client().get(link)["Cache-Control"]


def test_a_form_that_is_not_right_keeps_what_was_typed_and_takes_no_place(company, link):
    page = Client().post(link, {**FORM, "given_name": "", "zone": "Atlantis"})
    assert page.status_code == 200
    assert "Fonua" in page.content.decode()
    assert "Atlantis" in page.content.decode()
    assert state(company) == "invited"


def test_who_has_an_account_is_asked_to_sign_in_and_comes_back(company, link, sign_in):
    user = UserFactory(email="mele@to.example")
    page = Client().get(link).content.decode()
    assert f"/accounts/login/?next={link}" in page
    assert Client().post(link, FORM).status_code == 200
    assert state(company) == "invited"
    client = sign_in(user)
    assert "Take my place" in client.get(link).content.decode()
    assert state(company) == "invited"
    assert client.post(link).status_code == 302
    assert state(company) == "joined"


def test_signed_in_as_somebody_else_one_is_told_and_shown_a_way_out(company, link, sign_in):
    client = sign_in(company.mentor)
    for page in (client.get(link), client.post(link, FORM)):
        assert page.status_code == 403
        words = page.content.decode()
        assert "for somebody else" in words
        assert company.mentor.email in words
        assert "mele@to.example" not in words
        assert "Sign out and open the link again" in words
    assert state(company) == "invited"


def test_a_link_used_before_says_so_and_makes_no_second_account(company, link):
    Client().post(link, FORM)
    for page in (Client().get(link), Client().post(link, {**FORM, "given_name": "Mallory"})):
        assert page.status_code == 410
        assert "used already" in page.content.decode()
    assert not User.objects.filter(given_name="Mallory").exists()


def test_who_used_the_link_themselves_goes_on_to_their_page(company, link):
    client = Client()
    client.post(link, FORM)
    assert "/enrolment/" in client.get(link)["Location"]


def test_a_link_that_has_run_out_says_whom_to_ask(company, link):
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        page = Client().get(link)
    assert page.status_code == 410
    assert "has run out" in page.content.decode()
    assert company.coordinator.email in page.content.decode()


def test_a_link_nobody_made_leads_nowhere(company):
    page = Client().get(company.url("join/never-made/"))
    assert page.status_code == 404
    assert "leads nowhere" in page.content.decode()


def test_a_link_does_not_open_at_another_organisations_address(company, other_company, link):
    assert Client().get(link.replace("/o/reef/", "/o/lagoon/")).status_code == 404


def test_a_link_does_not_bring_back_access_that_an_admin_ended(company, link, sign_in):
    user = UserFactory(email="mele@to.example")
    Membership.objects.create(organisation=company.organisation, user=user, is_active=False)
    page = sign_in(user).post(link)
    assert page.status_code == 403
    assert "has ended" in page.content.decode()
    assert state(company) == "invited"
    with tenant_scope(company.organisation):
        assert Invitation.objects.get().used_at is None


def test_the_message_says_who_asks_until_when_and_holds_the_link(company, link):
    with tenant_scope(company.organisation):
        message = Message.objects.select_related("organisation").get(kind="programmes.invitation")
        rendered = render_message(message)
    assert rendered.subject == "Your place in Reef E-Mentoring"
    for words in (rendered.text, rendered.html):
        assert link in words
        assert "Dear Mele" in words
        assert company.coordinator.email in words
