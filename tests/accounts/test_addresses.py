"""An address belongs to nobody before whoever reads its mail has said so: roles and invitations follow addresses."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from mentoring.accounts.models import User

pytestmark = pytest.mark.django_db
THEIRS = "next.coordinator@plp.example"


@pytest.fixture
def eve(client):
    """Somebody with an account, signed in, who never proved any address."""
    eve = User.objects.create_user("eve@hostile.example", given_name="Eve")
    client.force_login(eve)
    return eve


def code_in(message) -> str:
    return re.search(r"^ {4}(\d{6})$", message.body, re.MULTILINE)[1]


def test_an_address_one_only_claims_is_nowhere_kept_and_never_becomes_the_main_one(client, eve):
    client.post("/accounts/email/", {"action_add": "", "email": THEIRS})
    assert [message.to for message in mail.outbox] == [[THEIRS]], "the code goes to whom the address belongs"
    client.post("/accounts/email/", {"action_primary": "", "email": THEIRS})
    eve.refresh_from_db()
    assert eve.email == "eve@hostile.example"
    assert not EmailAddress.objects.filter(email=THEIRS).exists()


def test_whoever_has_an_address_still_signs_in_to_no_account_of_somebody_who_claimed_it(client, eve):
    client.post("/accounts/email/", {"action_add": "", "email": THEIRS})
    client.logout()
    mail.outbox.clear()
    client.post("/accounts/login/code/", {"email": THEIRS})
    assert [message.to for message in mail.outbox] == [[THEIRS]]
    assert not re.search(r"^ {4}\d{6}$", mail.outbox[0].body, re.MULTILINE), "there is no account to sign in to"


def test_with_the_code_from_its_mailbox_a_further_address_becomes_ones_own_and_can_be_the_main_one(client, eve):
    EmailAddress.objects.filter(user=eve).update(verified=True)
    client.post("/accounts/email/", {"action_add": "", "email": "eve@home.example"})
    client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[0])})
    assert EmailAddress.objects.get(email="eve@home.example").verified
    client.post("/accounts/email/", {"action_primary": "", "email": "eve@home.example"})
    eve.refresh_from_db()
    assert eve.email == "eve@home.example"


def test_signing_in_by_code_proves_the_address_it_was_sent_to(client):
    User.objects.create_user("mele@to.example", given_name="Mele")
    client.post("/accounts/login/code/", {"email": "mele@to.example"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    assert EmailAddress.objects.get(email="mele@to.example").verified
    assert "not confirmed" not in client.get("/accounts/email/").content.decode()


@pytest.mark.parametrize("place", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_an_address_that_no_mail_can_reach_is_told_and_nothing_breaks(client, place):
    response = client.post(place, {"email": "a@xn--\u2603.example"}, follow=True)
    assert response.status_code == 200
    assert mail.outbox == []
    page = response.content.decode()
    assert "No mail can be sent to this address" in page or "valid email" in page.lower()
