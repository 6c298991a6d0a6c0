"""The door: in with a code from the e-mail, or with a password; said plainly whether or not the address is known."""

import re

import pytest
from django.core import mail
from django.test import Client, override_settings

from mentoring.accounts.domain.people import prove_address

pytestmark = pytest.mark.django_db
PASSWORD = "four words nobody guesses"


@pytest.fixture
def person(django_user_model):
    person = django_user_model.objects.create_user(email="ana@to.example", password=PASSWORD, given_name="ʻAna")
    prove_address(person)
    return person


@pytest.fixture(autouse=True)
def mail_is_kept_in_memory(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ask_for_code(client: Client, address: str = "ana@to.example"):
    return client.post("/accounts/login/code/", {"email": address}, follow=True)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_code_from_the_mail_lets_one_in(client, person):
    page = ask_for_code(client).content.decode()
    assert "ana@to.example" in page
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page
    (letter,) = mail.outbox
    code = re.search(r"^\s+(\d{6})$", letter.body, re.MULTILINE).group(1)
    assert code in letter.subject
    assert code in letter.alternatives[0].content
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert signed_in(client)


def test_a_wrong_code_keeps_one_out_and_says_so(client, person):
    ask_for_code(client)
    page = client.post("/accounts/login/code/confirm/", {"code": "000 00"}, follow=True).content.decode()
    assert not signed_in(client)
    assert "to put right" in page
    assert 'aria-invalid="true"' in page


def test_known_and_unknown_addresses_get_the_same_page(client, person):
    def words(address: str) -> str:
        page = ask_for_code(Client(), address).content.decode()
        return re.sub(r'value="[^"]{20,}"', "", page).replace(address, "")

    assert words("ana@to.example") == words("eve@to.example")
    codes = {letter.to[0]: re.search(r"\b\d{6}\b", letter.subject + letter.body) for letter in mail.outbox}
    assert codes.pop("ana@to.example")
    assert not any(codes.values())


def test_a_password_lets_one_in(client, person):
    client.post("/accounts/login/", {"login": "ANA@to.example", "password": PASSWORD})
    assert signed_in(client)


def test_after_a_wrong_password_the_form_stays_open_with_the_address(client, person):
    page = client.post("/accounts/login/", {"login": "ana@to.example", "password": "wrong"}).content.decode()
    assert '<details class="disclosure" open>' in page
    assert page.count('value="ana@to.example"') == 2
    assert "One thing to put right" in page


def test_where_one_wanted_to_go_is_carried_through_both_ways(client):
    page = client.get("/accounts/login/?next=/o/plp/").content.decode()
    assert page.count('name="next"') == 2


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/signup/",
        "/accounts/inactive/",
        "/accounts/password/reset/key/0-x/",
    ],
)
def test_every_page_of_the_door_is_finished(client, address):
    response = client.get(address, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1>") == 1
    assert "placeholder" not in page
    assert 'class="skip"' in page
    assert all(
        re.search(r'for="' + field + '"', page)
        for field in re.findall(r'<input type="(?:email|text|password)"[^>]* id="([^"]+)"', page)
    )


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/accounts/reauthenticate/",
        "/accounts/confirm-email/",
    ],
)
def test_every_page_of_the_account_is_finished(client, person, address):
    client.force_login(person)
    page = client.get(address, follow=True).content.decode()
    assert page.count("<h1>") == 1
    assert "placeholder" not in page


def test_without_a_password_one_can_be_chosen(client, django_user_model):
    person = django_user_model.objects.create_user(email="new@to.example")
    client.force_login(person)
    page = client.get("/accounts/password/set/", follow=True).content.decode()
    assert "Choose a password" in page


def test_a_new_password_is_told_by_letter(client, person):
    client.force_login(person)
    new = "five quite different words here"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)


@override_settings(ACCOUNT_EMAIL_NOTIFICATIONS=True)
def test_the_letter_about_a_change_says_where_it_came_from(client, person):
    client.force_login(person)
    new = "five quite different words here"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    (letter,) = mail.outbox
    assert letter.subject == "Your password was changed"
    assert "127.0.0.1" in letter.body
    assert "If it was not you" in letter.body


def test_the_way_to_a_new_password_goes_by_letter(client, person):
    client.post("/accounts/password/reset/", {"email": "ana@to.example"})
    (letter,) = mail.outbox
    address = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", letter.body).group(1)
    page = client.get(address, follow=True).content.decode()
    assert "New password, once more" in page
