"""The pages for what went wrong: calm, with what to do next, and nothing of the inside.

They are drawn without menus, database or session, so that they can't fail for the reason that brought them up.
"""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request made no sense: a broken link, or something between us that changed it."""
    return _page("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The visitor may see this, but not do it."""
    return _page("403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent or not the visitor's: the page is the same."""
    return _page("404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return _page("500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without a fresh token: mostly a page that stood open too long. The reason stays in the log."""
    return _page("403_csrf.html", 403)


def _page(template: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(template), status=status)
