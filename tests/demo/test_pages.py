"""The demo's pages: sign-in with one click and every e-mail, and nothing of it where the demo is off."""

import pytest
from django.core.mail import EmailMultiAlternatives

from demo import mailbox
from demo.cast import PERSONAS
from mentoring.notices.mailbox import MailboxBackend
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_is_on(settings, tmp_path):
    settings.DEMO = True
    settings.MAILBOX_DIR = tmp_path / "mail"


@pytest.fixture
def mentor(db):
    person = next(person for person in PERSONAS if person.key == "mentor")
    user = UserFactory(email=person.email, given_name="Helen", family_name="Whitcombe")
    OrganisationFactory(slug="here").memberships.create(user=user)
    return user


def send(**parts):
    letter = EmailMultiAlternatives("Session 2 on Thursday", "Mālō, ʻAna", to=["ana@plp.example"])
    letter.attach_alternative(
        parts.get("html", "<html><head><style>h1{color:#0b5c66}</style></head><body><h1>Mālō</h1></body></html>"),
        "text/html",
    )
    if "attached" in parts:
        letter.attach(*parts["attached"])
    MailboxBackend().send_messages([letter])
    return mailbox.names()[0]


def words(response):
    return response.content.decode()


class TestSigningIn:
    def test_one_click_signs_in_as_somebody_of_the_cast(self, mentor, client):
        assert "Helen Whitcombe</b>" in words(client.get("/demo/"))
        assert client.post("/demo/sign-in/mentor/")["Location"] == "/"
        assert client.get("/", follow=True).redirect_chain[0][0] == "/o/here/"
        assert 'value="Helen"' in words(client.get("/me/"))

    def test_a_link_alone_signs_nobody_in(self, mentor, client):
        assert client.get("/demo/sign-in/mentor/").status_code == 405
        assert client.get("/me/").status_code == 302

    def test_a_form_of_another_site_signs_nobody_in(self, mentor):
        from django.test import Client

        assert Client(enforce_csrf_checks=True).post("/demo/sign-in/mentor/").status_code == 403

    def test_nobody_else_can_be_signed_in(self, client):
        user = UserFactory(email="real@people.example")
        for key in ("real", str(user.pk), "admin", "nobody"):
            assert client.post(f"/demo/sign-in/{key}/").status_code == 404
        assert client.get("/me/").status_code == 302

    def test_who_is_switched_off_stays_out(self, mentor, client):
        mentor.is_active = False
        mentor.save()
        assert client.post("/demo/sign-in/mentor/").status_code == 404

    def test_an_empty_demo_says_how_to_fill_it(self, client):
        assert "manage demo load" in words(client.get("/demo/"))


class TestMail:
    def test_all_of_it_is_listed_newest_first(self, client):
        first, second = send(), send()
        page = words(client.get("/demo/mail/"))
        assert page.index(second) < page.index(first)
        assert "to ana@plp.example" in page

    def test_a_letter_is_shown_as_text_and_in_a_frame(self, client):
        name = send()
        response = client.get(f"/demo/mail/{name}/")
        assert "Mālō, ʻAna" in words(response)
        assert f'src="/demo/mail/{name}/html/"' in words(response)
        assert "frame-src 'self'" in response["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]

    def test_the_html_may_bring_its_styles_and_can_do_nothing_else(self, client):
        response = client.get(f"/demo/mail/{send()}/html/")
        assert "<h1>Mālō</h1>" in words(response)
        policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
        assert policy == {
            "default-src": "'none'",
            "style-src": "'unsafe-inline'",
            "frame-ancestors": "'self'",
            "sandbox": "allow-popups",
        }
        assert response["X-Frame-Options"] == "SAMEORIGIN"

    def test_an_attachment_is_kept_and_not_shown(self, client):
        name = send(attached=("meeting.ics", b"BEGIN:VCALENDAR", "text/calendar"))
        assert "meeting.ics" in words(client.get(f"/demo/mail/{name}/"))
        response = client.get(f"/demo/mail/{name}/0/")
        assert response.content == b"BEGIN:VCALENDAR"
        assert response["Content-Disposition"] == 'attachment; filename="attachment-1.ics"'
        assert client.get(f"/demo/mail/{name}/1/").status_code == 404

    @pytest.mark.parametrize(
        "name", ["nothing", "20261122T090000000000-00000000", "secret_key", "..", "%2e%2e%2fsecret_key"]
    )
    def test_nothing_but_letters_can_be_read(self, client, settings, name):
        (settings.MAILBOX_DIR.parent / "secret_key.eml").write_text("secret")
        for page in ("", "html/", "0/"):
            assert client.get(f"/demo/mail/{name}/{page}").status_code == 404

    def test_half_written_files_and_strangers_are_left_alone(self, client, settings):
        send()
        for stranger in ("notes.txt", ".20261122T090000000000-00000000.eml", "x.eml"):
            (settings.MAILBOX_DIR / stranger).write_text("x")
        assert len(mailbox.names()) == 1
        assert mailbox.empty() == 1
        assert (settings.MAILBOX_DIR / "notes.txt").exists()

    def test_an_empty_mailbox_says_what_will_be_there(self, client):
        assert "No e-mail yet" in words(client.get("/demo/mail/"))


def test_none_of_these_pages_exists_where_the_demo_is_off(mentor, client, settings):
    name = send()
    settings.DEMO = False
    for page in ("", "mail/", f"mail/{name}/", f"mail/{name}/html/", f"mail/{name}/0/"):
        assert client.get(f"/demo/{page}").status_code == 404
    assert client.post("/demo/sign-in/mentor/").status_code == 404
    assert client.get("/me/").status_code == 302
