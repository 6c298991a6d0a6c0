"""Who may come in, and whose data is open while the page is made."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve
from django.urls.exceptions import Resolver404

from mentoring.tenancy.access import Access
from mentoring.tenancy.arriving import arrive
from mentoring.tenancy.belonging import read_memberships
from mentoring.tenancy.models import Membership, Organisation
from mentoring.tenancy.scope import tenant_scope

Handler = Callable[[HttpRequest], HttpResponse]


class AccessMiddleware:
    """Resolve ``/o/<organisation>/…``, check membership, open the scope, and make the whole response inside it.

    Absent and not-yours give the same 404. The transaction that row-level security needs is opened here and rolled
    back when the answer is an error: by then an exception has already become a response.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.organisation = None
        request.membership = None
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        level = getattr(match.func, "access", None)
        slug = match.kwargs.get("organisation")
        if slug is None:
            return self._outside(request, level)
        return self._inside(request, level, slug)

    def _outside(self, request: HttpRequest, level: Access | None) -> HttpResponse:
        if level is Access.SIGNED_IN and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if level is Access.DEMO and not settings.DEMO:
            return _not_found(request, self.get_response)
        return self.get_response(request)

    def _inside(self, request: HttpRequest, level: Access | None, slug: str) -> HttpResponse:
        if level in {Access.MEMBER, Access.ADMIN} and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        membership = _membership(request, slug)
        if not _may_enter(level, membership):
            return _not_found(request, self.get_response)
        organisation = (
            membership.organisation if membership else Organisation.objects.filter(slug=slug, is_active=True).first()
        )
        if organisation is None:
            return _not_found(request, self.get_response)
        request.organisation = organisation
        request.membership = membership
        with tenant_scope(organisation):
            # A page for visitors may be fetched without anybody meaning to come in.
            if membership is not None and level is not Access.VISITOR:
                arrive(membership)
            response = self.get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            connection = connections[DEFAULT_DB_ALIAS]
            if response.status_code >= 500 and connection.in_atomic_block and connection.vendor == "postgresql":
                transaction.set_rollback(True)
        return response


def _membership(request: HttpRequest, slug: str) -> Membership | None:
    """The visitor's active membership of an active organisation. One query, which the menus' other organisations share."""
    if not request.user.is_authenticated:
        return None
    return next((row for row in read_memberships(request.user) if row.organisation.slug == slug), None)


def _may_enter(level: Access | None, membership: Membership | None) -> bool:
    if level is Access.VISITOR:
        return True
    if membership is None:
        return False
    return level is Access.MEMBER or (level is Access.ADMIN and membership.is_admin)


def _not_found(request: HttpRequest, get_response: Handler) -> HttpResponse:
    """The one 404, made where exceptions become responses, with no organisation open."""
    request.refused = True
    return get_response(request)


class RefusalMiddleware:
    """Innermost: turns a refusal noted above into the ordinary 404 before any view runs."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "refused", False):
            raise Http404
        return self.get_response(request)
