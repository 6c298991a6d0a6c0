"""When something goes wrong the page says what to do, and nothing of the inside."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from mentoring.tenancy.access import Access, access
from mentoring.ui.views import csrf_failure

SECRET = "the secret of the inside"


def failing(fault: Exception):
    @access(Access.PUBLIC)
    def view(request):
        raise fault

    return view


handler400 = "mentoring.ui.views.errors.bad_request"
handler403 = "mentoring.ui.views.errors.forbidden"
handler404 = "mentoring.ui.views.errors.not_found"
handler500 = "mentoring.ui.views.errors.server_error"
urlpatterns = [
    path("400/", failing(SuspiciousOperation(SECRET))),
    path("403/", failing(PermissionDenied(SECRET))),
    path("404/", failing(Http404(SECRET))),
    path("500/", failing(RuntimeError(SECRET))),
]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_each_page_is_whole_calm_and_silent_about_the_inside(visitor, status):
    """No database is allowed here: a query would fail the test."""
    response = visitor.get(f"/{status}/")
    page = response.content.decode()
    assert response.status_code == status
    assert page.count("<h1>") == 1
    assert 'href="/"' in page
    for leak in (SECRET, "Traceback", "RuntimeError", "django", "Http404"):
        assert leak not in page


@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
def test_the_page_for_our_own_faults_survives_a_missing_stylesheet(visitor, monkeypatch):
    def gone(name):
        raise ValueError(f"Missing staticfiles manifest entry for '{name}'")

    monkeypatch.setattr("mentoring.ui.templatetags.ui.static", gone)
    response = visitor.get("/500/")
    assert response.status_code == 500
    assert "It is not your fault" in response.content.decode()
    assert "stylesheet" not in response.content.decode()


def test_a_stale_form_is_told_how_to_save_what_was_typed():
    response = csrf_failure(RequestFactory().post("/"), reason=SECRET)
    page = response.content.decode()
    assert response.status_code == 403
    assert "back button" in page
    assert SECRET not in page
