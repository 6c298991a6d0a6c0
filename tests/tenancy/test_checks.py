"""What does not start: views that say nothing about their visitors, unsafe production settings, the wrong database role."""

from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpResponse
from django.urls import path

from mentoring.tenancy import checks
from mentoring.tenancy.access import Access, access
from mentoring.tenancy.owner import as_owner


def answer(request, organisation=None):
    return HttpResponse()


def declared(level):
    def view(request, organisation=None):
        return HttpResponse()

    return access(level)(view)


urlpatterns = [
    path("silent/", answer),
    path("o/<slug:organisation>/silent/", answer),
    path("o/<slug:organisation>/public/", declared(Access.PUBLIC)),
    path("o/<slug:organisation>/demo/", declared(Access.DEMO)),
    path("member/", declared(Access.MEMBER)),
    path("fine/", declared(Access.SIGNED_IN)),
    path("o/<slug:organisation>/fine/", declared(Access.ADMIN)),
]

SAFE = {
    "PRODUCTION": True,
    "DEBUG": False,
    "DEMO": False,
    "SECRET_KEY": "s" * 50,
    "DATA_KEY": "b25seS1mb3ItdGVzdHMtMzItYnl0ZXMtbG9uZy1rZXk=",
    "ALLOWED_HOSTS": ["mentoring.example"],
    "SITE_URL": "https://mentoring.example",
    "EMAIL_HOST": "mail.example",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "REDIS_URL": "redis://redis",
    "ACCOUNT_RATE_LIMITS": {},
    "SESSION_COOKIE_SECURE": True,
    "DATABASE_WEB": {"USER": "web", "PASSWORD": ""},
    "DATABASE_OWNER": {"USER": "owner"},
}


@pytest.fixture
def safe(monkeypatch):
    """A production set-up that starts."""
    stand_in = SimpleNamespace(**SAFE)
    monkeypatch.setattr(checks, "settings", stand_in)
    return stand_in


def ids(faults):
    return [fault.id for fault in faults]


def test_the_project_itself_is_complete():
    assert checks.every_view_declares_access(None) == []


@pytest.mark.urls("tests.tenancy.test_checks")
def test_a_view_that_says_nothing_or_the_wrong_thing_does_not_start():
    found = {fault.msg.split("'")[1]: fault.id for fault in checks.every_view_declares_access(None)}
    assert found == {
        "silent/": "tenancy.E001",
        "o/<slug:organisation>/silent/": "tenancy.E001",
        "o/<slug:organisation>/public/": "tenancy.E002",
        "o/<slug:organisation>/demo/": "tenancy.E002",
        "member/": "tenancy.E002",
    }


def test_a_safe_production_starts(safe):
    assert checks.production_is_safe(None) == []
    del safe.ACCOUNT_RATE_LIMITS  # which is how production leaves it: allauth has limits of its own
    assert checks.production_is_safe(None) == []


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("DEBUG", True, "tenancy.E010"),
        ("DEMO", True, "tenancy.E011"),
        ("SECRET_KEY", "s" * 39, "tenancy.E012"),
        ("DATA_KEY", "", "tenancy.E013"),
        ("DATA_KEY", "c2hvcnQ=", "tenancy.E013"),
        ("DATA_KEY", "not base64 at all, whatever its length is", "tenancy.E013"),
        ("ALLOWED_HOSTS", [], "tenancy.E014"),
        ("ALLOWED_HOSTS", ["mentoring.example", "*"], "tenancy.E014"),
        ("SITE_URL", "http://mentoring.example", "tenancy.E015"),
        ("EMAIL_HOST", "", "tenancy.E016"),
        ("DATABASES", {"default": {"ENGINE": "django.db.backends.sqlite3"}}, "tenancy.E017"),
        ("REDIS_URL", "", "tenancy.E018"),
        ("ACCOUNT_RATE_LIMITS", False, "tenancy.E019"),
        ("DATABASE_OWNER", {"USER": "web"}, "tenancy.E023"),
        ("SESSION_COOKIE_SECURE", False, "tenancy.E024"),
    ],
)
def test_an_unsafe_production_does_not_start(safe, name, value, fault):
    setattr(safe, name, value)
    assert ids(checks.production_is_safe(None)) == [fault]
    safe.PRODUCTION = False
    assert checks.production_is_safe(None) == []


def test_a_misspelt_setting_opens_nothing(settings):
    settings.ORGANISATION_CREATION = "opne"
    assert ids(checks.creation_is_said(None)) == ["tenancy.E025"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_only_the_applications_own_role_may_serve():
    connection = connections[DEFAULT_DB_ALIAS]
    assert checks.role_faults(connection) == []
    with as_owner():
        assert ids(checks.role_faults(connection)) == ["tenancy.E022"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_role_is_looked_at_in_production_only(safe, monkeypatch):
    seen = []
    monkeypatch.setattr(checks, "role_faults", lambda connection: seen.append(connection.vendor) or [])
    checks.web_role_owns_nothing(None, databases=[DEFAULT_DB_ALIAS])
    assert seen == ["postgresql"]
    safe.PRODUCTION = False
    checks.web_role_owns_nothing(None, databases=[DEFAULT_DB_ALIAS])
    assert seen == ["postgresql"]


class Cursor:
    """Answers as PostgreSQL does for a role that nobody can make in a test without being a superuser."""

    def __init__(self, superuser, bypasses, owned):
        self.answers = [(superuser, bypasses), (owned,)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def execute(self, statement):
        pass

    def fetchone(self):
        return self.answers.pop(0)


@pytest.mark.parametrize(
    ("role", "faults"),
    [
        ((True, True, 0), ["tenancy.E020", "tenancy.E021"]),
        ((False, True, 0), ["tenancy.E021"]),
        ((False, False, 3), ["tenancy.E022"]),
        ((False, False, 0), []),
    ],
)
def test_what_a_role_must_not_be(role, faults):
    class Connection:
        def cursor(self):
            return Cursor(*role)

    assert ids(checks.role_faults(Connection())) == faults


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_tests_themselves_run_as_a_role_that_may_serve():
    """Under a superuser every test of row-level security would pass and prove nothing."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (django_settings.DATABASE_WEB["USER"],)
