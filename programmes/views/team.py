"""Who runs a programme."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.tenancy.access import Access, access, require
from programmes.domain.assignments import RoleRefused, end_role, give_role_by_address
from programmes.domain.choosing.open_lists import units_of
from programmes.domain.queries import get_assignment_of, get_programme_for, team_of
from programmes.forms.programme import RoleForm
from programmes.views.frame import programme_frame, to


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Coordinators, partner leads and the steering group; give somebody a role."""
    found = get_programme_for(request.user, programme)
    require(request, "programmes.give_roles", found)
    units = units_of(found)
    form = RoleForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            role = give_role_by_address(programme=found, actor=request.user, **form.cleaned_data)
        except RoleRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(
                request, _("%(name)s has the role and is told by e-mail.") % {"name": role.membership.name}
            )
            return redirect(to(request, "team", found.slug))
    context = programme_frame(request, found) | {"form": form, "team": team_of(found), "units": units}
    return render(request, "programmes/programme/team.html", context)


@access(Access.MEMBER)
@require_POST
def end(request: HttpRequest, organisation: str, programme: str, role: UUID) -> HttpResponse:
    """End somebody's role."""
    found = get_programme_for(request.user, programme)
    require(request, "programmes.give_roles", found)
    assignment = get_assignment_of(found, role)
    name = assignment.membership.name
    try:
        end_role(assignment=assignment, actor=request.user)
    except RoleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s no longer has this role.") % {"name": name})
    return redirect(to(request, "team", found.slug))
