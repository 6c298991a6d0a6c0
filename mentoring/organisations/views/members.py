"""Members and what they may do here."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.organisations.domain.members import (
    MemberRefused,
    add_admin,
    get_member,
    members,
    roles_in_words,
    set_active,
    set_admin,
)
from mentoring.organisations.forms.people import AdminForm
from mentoring.organisations.views.tabs import organisation_tabs
from mentoring.tenancy.access import Access, access
from mentoring.tenancy.models import Membership
from mentoring.ui.shapes import Column

PAGE = 50


@access(Access.ADMIN)
@require_safe
def member_list(request: HttpRequest, organisation: str) -> HttpResponse:
    """Everybody, with their roles."""
    query = request.GET.get("q", "").strip()
    page = Paginator(members(query), PAGE).get_page(request.GET.get("page"))
    roles = roles_in_words(list(page))
    context = {
        "page": page,
        "rows": [(member, roles[member.pk]) for member in page],
        "query": query,
        "columns": [Column(_("Name")), Column(_("Roles")), Column(_("Access"), hidden=True)],
        "tabs": organisation_tabs(request),
    }
    return render(request, "organisations/member/list.html", context)


@access(Access.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def new_admin(request: HttpRequest, organisation: str) -> HttpResponse:
    """Make somebody an admin who may not be here yet."""
    form = AdminForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = add_admin(actor=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is an admin now, and is told by e-mail.") % {"name": member.name})
        return redirect("organisations:members", organisation)
    return render(request, "organisations/member/new_admin.html", {"form": form}, status=422 if form.errors else 200)


@access(Access.ADMIN)
@require_POST
def make_admin(request: HttpRequest, organisation: str, membership_id: UUID) -> HttpResponse:
    """Let a member look after the organisation."""
    words = _("%(name)s is an admin now, and is told by e-mail.")
    return _change(request, membership_id, words, lambda m: set_admin(membership=m, admin=True, actor=request.user))


@access(Access.ADMIN)
@require_POST
def end_admin(request: HttpRequest, organisation: str, membership_id: UUID) -> HttpResponse:
    """Make an admin an ordinary member again."""
    words = _("%(name)s is no longer an admin.")
    return _change(request, membership_id, words, lambda m: set_admin(membership=m, admin=False, actor=request.user))


@access(Access.ADMIN)
@require_POST
def shut_out(request: HttpRequest, organisation: str, membership_id: UUID) -> HttpResponse:
    """End a member's access."""
    words = _("%(name)s has no access any more. What they wrote is kept.")
    return _change(request, membership_id, words, lambda m: set_active(membership=m, active=False, actor=request.user))


@access(Access.ADMIN)
@require_POST
def let_in(request: HttpRequest, organisation: str, membership_id: UUID) -> HttpResponse:
    """Give access back."""
    words = _("%(name)s has access again.")
    return _change(request, membership_id, words, lambda m: set_active(membership=m, active=True, actor=request.user))


def _change(request: HttpRequest, membership_id: UUID, words: str, verb: Callable[[Membership], None]) -> HttpResponse:
    member = get_member(membership_id)
    try:
        verb(member)
    except MemberRefused as fault:
        messages.warning(request, str(fault))
    else:
        messages.success(request, words % {"name": member.name})
    return redirect("organisations:members", request.organisation.slug)
