"""Signing in by e-mailed code or by password: what works, what is said when it does not, and what nobody can learn."""

import datetime as dt
import re
import smtplib

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

ASK = "/accounts/login/code/"
ENTER = "/accounts/login/code/confirm/"


@pytest.fixture(autouse=True)
def no_limits_from_other_tests():
    cache.clear()


@pytest.fixture
def ana(db):
    return UserFactory(email="ana@people.example", given_name="ʻAna")


def ask(client, email="ana@people.example", **more):
    return client.post(ASK, {"email": email, **more}, follow=True)


def code():
    return re.search(r"\b[0-9]{6}\b", mail.outbox[-1].body).group()


def words(response):
    return response.content.decode()


def signed_in(client):
    return client.get("/me/").status_code == 200


class TestByCode:
    def test_a_code_lets_in_and_leads_where_one_was_going(self, ana, client):
        OrganisationFactory(slug="here").memberships.create(user=ana)
        page = client.get("/o/here/notices/", follow=True)
        assert page.redirect_chain[0][0] == "/accounts/login/?next=/o/here/notices/"
        client.post(f"{ASK}?next=/o/here/notices/", {"email": "Ana@People.example"})
        response = client.post(ENTER, {"code": code(), "next": "/o/here/notices/"})
        assert response["Location"] == "/o/here/notices/"
        assert signed_in(client)

    def test_the_mail_says_what_it_is_for_in_text_and_html(self, ana, client):
        ask(client)
        [letter] = mail.outbox
        assert letter.subject == f"{code()} is your sign-in code"
        assert letter.to == ["ana@people.example"]
        assert code() in letter.alternatives[0][0]
        assert "Never tell the code to anyone" in letter.body

    def test_a_wrong_code_says_so_and_three_of_them_end_it(self, ana, client):
        ask(client)
        right = code()
        wrong = "000000" if right != "000000" else "111111"
        for _ in range(2):
            assert "This is not the code" in words(client.post(ENTER, {"code": wrong}))
        ended = client.post(ENTER, {"code": wrong, "next": "/me/"}, follow=True)
        assert "wrong too often" in words(ended)
        assert ended.redirect_chain[-1][0] == f"{ASK}?next=%2Fme%2F"
        client.post(ENTER, {"code": right})
        assert not signed_in(client)

    def test_a_code_that_has_run_out_says_so_and_keeps_where_one_was_going(self, ana, client):
        ask(client)
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=601)):
            response = client.post(ENTER, {"code": code(), "next": "/me/mail/"}, follow=True)
        assert "This code has run out" in words(response)
        assert response.redirect_chain[-1][0] == f"{ASK}?next=%2Fme%2Fmail%2F"
        assert not signed_in(client)

    def test_a_code_works_once_and_in_the_browser_that_asked(self, ana, client):
        ask(client)
        other = Client()
        assert "has run out, or was asked for in another browser" in words(
            other.post(ENTER, {"code": code()}, follow=True)
        )
        client.post(ENTER, {"code": code()})
        assert signed_in(client)
        client.post("/accounts/logout/")
        client.post(ENTER, {"code": code()})
        assert not signed_in(client)

    def test_looking_at_the_page_without_having_asked_leads_to_asking(self, client):
        response = client.get(ENTER, follow=True)
        assert response.redirect_chain[-1][0] == ASK
        assert "run out" not in words(response)

    def test_a_newer_code_replaces_the_earlier_one(self, ana, client):
        ask(client)
        first = code()
        client.post(ENTER, {"action": "resend"})
        assert len(mail.outbox) == 2
        if code() != first:
            assert "earlier code no longer works" in words(client.post(ENTER, {"code": first}))
        client.post(ENTER, {"code": code()})
        assert signed_in(client)

    def test_who_is_switched_off_stays_out(self, ana, client):
        ana.is_active = False
        ana.save()
        ask(client)
        assert not any(re.search(r"\b[0-9]{6}\b", letter.body) for letter in mail.outbox)
        client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
        assert not signed_in(client)


class TestByPassword:
    @pytest.fixture
    def password(self, ana):
        ana.set_password("a long enough sentence")
        ana.save()
        return "a long enough sentence"

    def test_a_password_lets_in(self, password, client):
        client.post("/accounts/login/", {"login": "ANA@people.example", "password": password})
        assert signed_in(client)

    def test_a_wrong_one_does_not(self, password, client):
        response = client.post("/accounts/login/", {"login": "ana@people.example", "password": "wrong"})
        assert "do not fit together" in words(response)
        assert not signed_in(client)

    def test_without_a_password_none_fits(self, ana, client):
        for attempt in ("", "!", "password"):
            client.post("/accounts/login/", {"login": "ana@people.example", "password": attempt})
        assert not signed_in(client)

    def test_changing_it_ends_the_sign_ins_elsewhere(self, ana, password, sign_in):
        here, elsewhere = sign_in(ana), sign_in(ana)
        here.post("/accounts/reauthenticate/", {"password": password})
        changed = {"oldpassword": password, "password1": "another long sentence", "password2": "another long sentence"}
        here.post("/accounts/password/change/", changed)
        assert signed_in(here)
        assert not signed_in(elsewhere)


class TestWhatNobodyLearns:
    """Known and unknown addresses are answered alike: no page, no status and no fault tells who has an account."""

    def mask(self, response):
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", words(response))
        return response.status_code, re.sub(r"(ana|nobody)@people\.example", "ADDRESS", text)

    def both(self, act):
        return [self.mask(act(Client(), email)) for email in ("ana@people.example", "nobody@people.example")]

    def test_asking_for_a_code(self, ana):
        one, other = self.both(ask)
        assert one == other

    def test_an_unknown_address_is_told_by_mail_so_that_both_take_the_same_time(self, client):
        ask(client, "nobody@people.example")
        [letter] = mail.outbox
        assert "There is no account for it" in letter.body
        assert not re.search(r"\b[0-9]{6}\b", letter.body)

    def test_entering_a_code(self, ana):
        def enters(client, email):
            ask(client, email)
            return client.post(ENTER, {"code": "12345"})

        one, other = self.both(enters)
        assert one == other

    def test_a_wrong_password(self, ana):
        one, other = self.both(
            lambda client, email: client.post("/accounts/login/", {"login": email, "password": "wrong"})
        )
        assert one == other

    def test_asking_for_a_new_password(self, ana):
        one, other = self.both(
            lambda client, email: client.post("/accounts/password/reset/", {"email": email}, follow=True)
        )
        assert one == other

    def test_a_mail_server_that_is_down(self, ana, no_mail_server):
        one, other = self.both(ask)
        assert one == other


def gone(*_words, **_more):
    raise smtplib.SMTPServerDisconnected


@pytest.fixture
def no_mail_server(monkeypatch):
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", gone)


def test_a_mail_server_that_is_down_is_said_and_no_mail_is_promised(ana, client, no_mail_server):
    client.post(f"{ASK}?next=/me/", {"email": "ana@people.example"})
    response = client.get(f"{ASK}?next=/me/")
    assert "The mail server does not answer just now" in words(response)
    assert client.get(ENTER).status_code == 302


def test_a_code_that_was_sent_before_still_works_when_the_next_could_not_go_out(ana, client, monkeypatch):
    ask(client)
    first = code()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", gone)
        page = client.post(ENTER, {"action": "resend"}, follow=True)
    assert "The mail server does not answer just now" in words(page)
    client.post(ENTER, {"code": first})
    assert signed_in(client)


class TestLimits:
    """Off in tests and in a demo; here as production has them."""

    @pytest.fixture(autouse=True)
    def limited(self, settings):
        settings.ACCOUNT_RATE_LIMITS = {}

    def test_codes_for_one_address_are_limited(self, ana):
        answers = [Client().post(ASK, {"email": "ana@people.example"}) for _ in range(5)]
        assert [answer.status_code for answer in answers].count(302) == 3
        assert len(mail.outbox) == 3

    def test_wrong_passwords_are_limited_whatever_address_the_request_claims(self, ana):
        evaluated = 0
        for number in range(30):
            response = Client().post(
                "/accounts/login/",
                {"login": "ana@people.example", "password": f"wrong {number}"},
                headers={"X-Forwarded-For": f"10.0.0.{number}"},
            )
            evaluated += "do not fit together" in words(response)
        assert evaluated <= 10

    def test_too_much_is_said_calmly(self, ana, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
        for _ in range(2):
            response = Client().post("/accounts/login/", {"login": "ana@people.example", "password": "x"})
        assert response.status_code == 429
        assert "A little too fast" in words(response)


def test_there_is_no_sign_up(client):
    before = client.get("/accounts/signup/")
    assert before.status_code == 200
    assert "<form" not in words(before).split("<main")[1].split("</main>")[0]
    client.post("/accounts/signup/", {"email": "new@people.example", "password1": "a long enough sentence"})
    from mentoring.accounts.models import User

    assert not User.objects.filter(email="new@people.example").exists()
