"""Nothing typed is lost when a sign-in has run out in mid-form (no JavaScript needed), and nobody else ever sees it."""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from mentoring import clock
from mentoring.accounts import kept_post as kept
from mentoring.accounts.kept_post import answers_json, forget_kept_posts, keeps_posts, kept_post
from mentoring.accounts.models import KeptPost
from mentoring.tenancy.access import Access, access
from mentoring.urls import urlpatterns as all_urls
from tests.factories import UserFactory

WORDS = "What we said about the wharf — ‘āina, 日本語"
HERE = {"HTTP_ORIGIN": "http://testserver"}
PASSWORD = "a long pass phrase"
SAVED: list[str] = []


@access(Access.SIGNED_IN)
@keeps_posts
def form(request):
    """A form with one question: POST saves, GET shows what was typed before signing in."""
    if request.method == "POST":
        SAVED.append(request.POST["words"])
        forget_kept_posts(request)
        return HttpResponse("saved")
    posted = kept_post(request)
    return HttpResponse(f"typed: {posted['words']} {posted.getlist('tick')}" if posted else "empty form")


@access(Access.SIGNED_IN)
@keeps_posts
def other_form(request):
    posted = kept_post(request)
    return HttpResponse(f"typed: {posted['words']}" if posted else "empty form")


@access(Access.SIGNED_IN)
@answers_json
def script(request):
    return HttpResponse("done")


@access(Access.SIGNED_IN)
def plain(request):
    return HttpResponse("plain")


urlpatterns = [
    path("form/", form),
    path("other-form/", other_form),
    path("script/", script),
    path("plain/", plain),
    path("", include(all_urls)),
]


@pytest.fixture(autouse=True)
def _room(settings, db):
    settings.ROOT_URLCONF = __name__
    SAVED.clear()


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person(db):
    user = UserFactory(email="ana@people.example")
    user.set_password(PASSWORD)
    user.save()
    return user


def send(client: Client, words: str = WORDS, to: str = "/form/", **headers):
    return client.post(to, {"words": words, "tick": ["a", "b"], "csrfmiddlewaretoken": "x"}, **(HERE | headers))


def goes_on_to(answer) -> str:
    """The address that the sign-in page leads on to."""
    assert answer.status_code == 302
    parts = urlsplit(answer.url)
    assert parts.path == "/accounts/login/"
    return parse_qs(parts.query)["next"][0]


def sign_in(client: Client, person) -> None:
    client.login(email=person.email, password=PASSWORD) or client.force_login(
        person, backend="django.contrib.auth.backends.ModelBackend"
    )


# --- The way there and back -----------------------------------------------------------------------------------------


def test_what_was_typed_while_signed_out_is_there_after_signing_in(client, person):
    back = goes_on_to(send(client))
    assert SAVED == []
    sign_in(client, person)
    assert client.get(back).content.decode() == f"typed: {WORDS} ['a', 'b']"
    assert client.get(back).content.decode().startswith("typed"), "a reload shows it again"


def test_the_whole_way_through_the_sign_in_page(client, person):
    answer = client.post("/form/", {"words": WORDS}, follow=True, **HERE)
    page = answer.content.decode()
    assert "What you typed is kept" in page
    back = answer.redirect_chain[-1][0].split("next=")[1]
    fields = {"login": person.email, "password": PASSWORD, "next": parse_qs(f"next={back}")["next"][0]}
    answer = client.post("/accounts/login/", fields, follow=True)
    assert answer.content.decode() == f"typed: {WORDS} []"


def test_saving_it_afterwards_forgets_it_and_no_other(client, person):
    back, other = goes_on_to(send(client)), goes_on_to(send(client, "from another tab"))
    sign_in(client, person)
    client.post(back, {"words": WORDS})
    assert SAVED == [WORDS]
    assert KeptPost.objects.count() == 1
    assert "from another tab" in client.get(other).content.decode()
    assert client.get(back).content.decode() == "empty form"


def test_two_forms_kept_are_two(client, person):
    first, second = goes_on_to(send(client, "one")), goes_on_to(send(client, "two"))
    sign_in(client, person)
    assert "typed: one" in client.get(first).content.decode()
    assert "typed: two" in client.get(second).content.decode()


def test_a_form_that_keeps_nothing_leads_to_the_sign_in_page_as_ever(client):
    assert goes_on_to(send(client, to="/plain/")) == "/plain/"
    assert not KeptPost.objects.exists()


def test_a_script_is_told_in_json(client):
    answer = client.post("/script/", {"words": WORDS}, **HERE)
    assert (answer.status_code, answer.json()) == (401, {"signed_out": True})


def test_looking_at_a_form_signed_out_keeps_nothing(client):
    assert goes_on_to(client.get("/form/")) == "/form/"
    assert not KeptPost.objects.exists()


# --- A page that stood open too long --------------------------------------------------------------------------------


def test_a_form_with_an_old_token_is_shown_again_with_everything_in_it(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = send(client)
    assert answer.status_code == 302
    assert urlsplit(answer.url).path == "/form/"
    assert WORDS in client.get(answer.url).content.decode()
    assert SAVED == []


def test_a_script_with_an_old_token_gets_a_fresh_one(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/script/", {"words": WORDS}, **HERE)
    assert answer.status_code == 403
    token = answer.json()["csrf_token"]
    assert client.post("/script/", {"words": WORDS}, headers={"X-CSRFToken": token}, **HERE).content == b"done"


def test_a_form_from_a_foreign_page_is_refused_and_not_kept(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = send(client, HTTP_ORIGIN="https://evil.example")
    assert answer.status_code == 403
    assert not KeptPost.objects.exists()


# --- Nobody else ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.evil.example", "https://testserver"]
)
def test_words_from_a_foreign_page_never_reach_a_form(client, person, origin):
    assert goes_on_to(send(client, HTTP_ORIGIN=origin)) == "/form/"
    assert not KeptPost.objects.exists()


def test_a_browser_that_does_not_say_where_it_comes_from_is_not_believed(client):
    answer = client.post("/form/", {"words": WORDS})
    assert goes_on_to(answer) == "/form/"
    assert not KeptPost.objects.exists()


def test_the_address_opens_in_no_other_browser(client, person):
    back = goes_on_to(send(client))
    elsewhere = Client()
    elsewhere.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert elsewhere.get(back).content.decode() == "empty form"


def test_it_opens_at_no_other_form(client, person):
    back = goes_on_to(send(client))
    sign_in(client, person)
    assert client.get(back.replace("/form/", "/other-form/")).content.decode() == "empty form"


def test_somebody_else_who_signs_in_after_does_not_see_it(client, person):
    back = goes_on_to(send(client))
    sign_in(client, person)
    client.logout()
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(back).content.decode() == "empty form"


def test_the_server_alone_cannot_read_what_it_keeps(client):
    back = goes_on_to(send(client))
    row = KeptPost.objects.get()
    stored = bytes(row.sealed) + row.holder.encode() + row.place.encode()
    session = Session.objects.get().get_decoded()
    token = parse_qs(urlsplit(back).query)["kept"][0]
    assert b"wharf" not in stored
    assert token not in str(session)
    assert token.encode() not in stored


@pytest.mark.parametrize("spoilt", ["", "x", "é" * 40, "A" * 43])
def test_a_spoilt_address_shows_an_empty_form(client, person, spoilt):
    back = goes_on_to(send(client))
    token = parse_qs(urlsplit(back).query)["kept"][0]
    sign_in(client, person)
    for wrong in (spoilt, f"{token[:-6]}AAAAAA"):
        assert client.get("/form/", {"kept": wrong}).content.decode() == "empty form"


# --- Limits ---------------------------------------------------------------------------------------------------------


def test_what_is_too_large_to_keep_is_said_so(client):
    answer = client.post("/form/", {"words": "x" * (kept.MOST_BYTES + 1)}, follow=True, **HERE)
    assert not KeptPost.objects.exists()
    assert "Your browser still has it" in answer.content.decode()


def test_files_are_left_out_and_the_words_are_kept(client, person, tmp_path):
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 secret")
    with letter.open("rb") as file:
        back = goes_on_to(client.post("/form/", {"words": WORDS, "letter": file}, **HERE))
    sign_in(client, person)
    assert WORDS in client.get(back).content.decode()


def test_it_is_kept_for_a_day_and_then_gone(client, person):
    back = goes_on_to(send(client))
    sign_in(client, person)
    with clock.at(clock.now() + kept.KEPT_FOR + dt.timedelta(minutes=1)):
        assert client.get(back).content.decode() == "empty form"
        kept.forget_old()
    assert not KeptPost.objects.exists()


def test_nobody_fills_the_table_without_an_account(client, monkeypatch):
    monkeypatch.setattr(kept, "MOST_AN_HOUR", 3)
    for _time in range(6):
        send(client)
    assert KeptPost.objects.count() == 3


def test_the_token_is_long_enough_to_be_guessed_by_nobody(client):
    token = parse_qs(urlsplit(goes_on_to(send(client))).query)["kept"][0]
    assert re.fullmatch(r"[\w-]{43}", token), "16 random bytes of id and 16 of key"
