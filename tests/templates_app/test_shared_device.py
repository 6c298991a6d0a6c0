"""One device, several people, and lines that break: what the server's part is in losing nothing and mixing up nobody's words."""

from urllib.parse import unquote

import pytest
from django.test import Client

from mentoring.accounts.models import KeptPost
from templates_app.domain.responses import answers_of
from templates_app.forms.keeping import draft_id

WORDS = "What I would tell nobody else"
HERE = {"HTTP_ORIGIN": "http://testserver"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def sheet(company, desk_of):
    """A sheet that both partners write, as the mentee opens it."""
    return desk_of(company.mentee, author=None)


def signed_in(person, **more) -> Client:
    client = Client(**more)
    client.force_login(person, backend=BACKEND)
    return client


def form_of(person, sheet, words: str = WORDS, **more) -> dict:
    """What that person's page of the sheet sends."""
    return {"f-mattered": words, "_end": "1", "whose": draft_id(person.pk, sheet.response.pk), **more}


def sent_late(sheet, company) -> str:
    """The mentee's form arrives after the mentor has signed in on the same device: where that leads to."""
    device = signed_in(company.mentor, enforce_csrf_checks=True)
    posted = form_of(company.mentee, sheet, revision=0, save_key="ab12", csrfmiddlewaretoken="x" * 64)
    answer = device.post(sheet.urls.page, posted, **HERE)
    assert answer.status_code == 302
    assert answers_of(sheet.row()) == {}
    return answer.url


def opened_by(person, address: str) -> str:
    """What somebody sees there, whatever browser they have."""
    return signed_in(person).get(address).content.decode()


def sent_signed_out(sheet, posted: dict, device: Client | None = None) -> str:
    """Where the sign-in page leads on to after a form that came from somebody who was signed out."""
    return unquote((device or Client()).post(sheet.urls.page, posted, **HERE).url.partition("next=")[2])


def test_a_form_from_another_person_s_page_is_shown_to_that_person_alone(sheet, company):
    address = sent_late(sheet, company)
    page = opened_by(company.mentor, address)
    assert WORDS not in page
    assert "What was sent is not shown to you" in page
    assert "data-unsaved" not in page
    page = opened_by(company.mentee, address)
    assert WORDS in page
    assert "What you typed is here" in page


def test_whoever_signs_in_where_a_form_was_kept_does_not_open_it_for_another(sheet, company):
    device = Client()
    address = sent_signed_out(sheet, form_of(company.mentee, sheet), device)
    device.force_login(company.mentor, backend=BACKEND)
    assert WORDS not in device.get(address).content.decode()
    assert WORDS in opened_by(company.mentee, address)


def test_somebody_else_s_saving_leaves_it_for_whose_it_is(sheet, company):
    address = sent_late(sheet, company)
    mine = form_of(company.mentor, sheet, "Mine", revision=0, save_key="cd34")
    signed_in(company.mentor).post(address, mine)
    assert KeptPost.objects.count() == 1
    signed_in(company.mentee).post(address, form_of(company.mentee, sheet, revision=1, save_key="ab12"))
    assert KeptPost.objects.count() == 0


def test_words_of_one_s_own_making_cannot_be_put_into_another_s_form(sheet, company):
    """A stranger does not know the mark of the person's pages: what they post opens to nobody."""
    for guess in ("", "x", draft_id(company.mentor.pk, sheet.response.pk)):
        address = sent_signed_out(sheet, form_of(company.mentee, sheet) | {"whose": guess})
        assert WORDS not in opened_by(company.mentee, address)


@pytest.mark.parametrize("revision", [0, 7], ids=["saved", "set aside"])
def test_a_form_that_arrived_is_named_so_that_the_device_forgets_it(sheet, revision):
    sheet.post({"f-mattered": "What stands"}, save_key="ab12")
    answer = sheet.post({"f-mattered": WORDS}, revision=revision, save_key="cd34")
    cookie = answer.cookies["arrived"]
    assert (cookie.value, cookie["samesite"], cookie["max-age"]) == ("cd34", "Lax", 600)


def test_no_page_can_have_a_cookie_of_its_own_words_written(sheet):
    assert "arrived" not in sheet.post({"f-mattered": WORDS}, save_key="words; Domain=x").cookies
