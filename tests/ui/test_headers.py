"""What every response says to the browser, so that nothing foreign runs and nothing personal stays."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from mentoring.tenancy.access import Access, access
from mentoring.ui.csp import POLICY
from mentoring.ui.middleware import SecurityHeadersMiddleware


@access(Access.PUBLIC)
def broken(request):
    raise RuntimeError("the secret of the inside")


handler400 = "mentoring.ui.views.errors.bad_request"
handler403 = "mentoring.ui.views.errors.forbidden"
handler404 = "mentoring.ui.views.errors.not_found"
handler500 = "mentoring.ui.views.errors.server_error"
urlpatterns = [path("broken/", broken)]


def test_the_policy_allows_nothing_unsafe_and_nobody_else():
    words = {word for directive in POLICY.values() for word in directive}
    assert words <= {"'none'", "'self'", "data:"}
    assert POLICY["default-src"] == ["'none'"]
    assert "data:" not in POLICY["script-src"] + POLICY["style-src"]
    assert [name for name, words in POLICY.items() if "data:" in words] == ["img-src"]


@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
@pytest.mark.parametrize(("address", "status"), [("/broken/", 500), ("/nothing/", 404)])
def test_every_response_carries_the_policy(client, address, status):
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for directive in (
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ):
        assert directive in policy
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"


def answer(session: dict | None, *, accessed: bool = True, cache: str = "") -> HttpResponse:
    request = RequestFactory().get("/")
    if session is not None:
        request.session = type("Session", (dict,), {"accessed": accessed})(session)
    headers = {"Cache-Control": cache} if cache else {}
    return SecurityHeadersMiddleware(lambda _request: HttpResponse(headers=headers))(request)


def test_what_was_made_for_somebody_is_never_kept():
    assert answer({"_auth_user_id": "1"}).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("session", [None, {}])
def test_what_is_for_anyone_may_be_kept(session):
    assert "Cache-Control" not in answer(session).headers


def test_a_session_that_nobody_looked_at_is_not_looked_at_here():
    assert "Cache-Control" not in answer({"_auth_user_id": "1"}, accessed=False).headers


def test_a_view_that_says_itself_how_long_keeps_its_word():
    assert answer({"_auth_user_id": "1"}, cache="max-age=60").headers["Cache-Control"] == "max-age=60"


def test_signing_out_clears_the_cache_but_not_drafts(client, django_user_model, db):
    client.force_login(django_user_model.objects.create_user(email="ana@to.example"))
    signed_in = client.get("/accounts/email/")
    assert "no-store" in signed_in.headers["Cache-Control"]
    response = client.post("/accounts/logout/")
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert "no-store" in response.headers["Cache-Control"]


def test_cookies_are_closed_to_scripts():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
