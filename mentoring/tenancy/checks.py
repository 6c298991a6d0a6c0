"""System checks: a view without a declared access, and an installation that would not be safe, do not start."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.urls import URLPattern, URLResolver, get_resolver

from mentoring.tenancy import keys
from mentoring.tenancy.access import Access

THIRD_PARTY = ("allauth.", "django.", "whitenoise.")


def patterns(resolver: URLResolver | None = None, route: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern of the project with its whole route."""
    for item in (resolver or get_resolver()).url_patterns:
        here = route + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from patterns(item, here)
        else:
            yield here, item


@register(Tags.urls)
def every_view_declares_access(app_configs, **_kwargs) -> list[Error]:
    """Default is deny: a view of ours that says nothing about its visitors is an error."""
    faults = []
    for route, pattern in patterns():
        view = pattern.callback
        module = getattr(view, "__module__", "")
        if module.startswith(THIRD_PARTY):
            continue
        level = getattr(view, "access", None)
        if not isinstance(level, Access):
            faults.append(
                Error(f"The view at '{route}' declares no access.", hint="Add @access(Access.…).", id="tenancy.E001")
            )
        elif ("<slug:organisation>" in route) != (level in {Access.VISITOR, Access.MEMBER, Access.ADMIN}):
            faults.append(Error(f"'{route}': access '{level}' does not fit its address.", id="tenancy.E002"))
    return faults


@register(Tags.security)
def production_is_safe(app_configs, **_kwargs) -> list[Error]:
    """Refuse production settings that would expose people."""
    if not settings.PRODUCTION:
        return []
    return [
        Error(message, id=f"tenancy.E{number}")
        for number, wrong, message in (
            ("010", settings.DEBUG, "DEBUG must be off in production."),
            ("011", settings.DEMO, "DEMO (sign-in with one click) must be off in production."),
            ("012", len(settings.SECRET_KEY) < 40, "SECRET_KEY must be at least 40 characters."),
            (
                "013",
                not _is_data_key(),
                "DATA_KEY must be 32 bytes in url-safe base64: it wraps the organisations' keys.",
            ),
            ("014", not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS, "ALLOWED_HOSTS must name the hosts."),
            ("015", not settings.SITE_URL.startswith("https://"), "SITE_URL must begin with https://."),
            ("016", not settings.EMAIL_HOST, "EMAIL_HOST must be set: without it mail stays in a folder."),
            ("017", "postgresql" not in settings.DATABASES["default"]["ENGINE"], "Production needs PostgreSQL."),
            ("018", not settings.REDIS_URL, "Production needs REDIS_URL."),
            (
                "019",
                getattr(settings, "ACCOUNT_RATE_LIMITS", {}) is False,
                "Sign-in must be rate-limited in production.",
            ),
            ("023", _same_role(), "DATABASE_URL and DATABASE_OWNER_URL must name two roles."),
            ("024", not settings.SESSION_COOKIE_SECURE, "Session cookies must be secure in production."),
        )
        if wrong
    ]


@register(Tags.security)
def creation_is_said(app_configs, **_kwargs) -> list[Error]:
    """A misspelt setting must not open anything."""
    if settings.ORGANISATION_CREATION in {"open", "invited"}:
        return []
    return [Error("ORGANISATION_CREATION must be 'open' or 'invited'.", id="tenancy.E025")]


def _is_data_key() -> bool:
    try:
        keys.decoded(settings.DATA_KEY)
    except ImproperlyConfigured:
        return False
    return True


def _same_role() -> bool:
    return bool(settings.DATABASE_OWNER) and settings.DATABASE_OWNER["USER"] == settings.DATABASE_WEB["USER"]


@register(Tags.database)
def web_role_owns_nothing(app_configs, databases=None, **_kwargs) -> list[Error]:
    """In production the application's role is neither superuser nor owner nor past row-level security."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not settings.PRODUCTION or connection.vendor != "postgresql" or DEFAULT_DB_ALIAS not in (databases or []):
        return []
    return role_faults(connection)


def role_faults(connection) -> list[Error]:
    """Why the role of this connection must not serve the application; empty when it may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        superuser, bypasses = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        owned = cursor.fetchone()[0]
    return [
        Error(message, id=f"tenancy.E{number}", hint="See README, Deploying: two roles.")
        for number, wrong, message in (
            ("020", superuser, "The application's database role is a superuser."),
            ("021", bypasses, "The application's database role bypasses row-level security."),
            ("022", owned, "The application's database role owns tables."),
        )
        if wrong
    ]
