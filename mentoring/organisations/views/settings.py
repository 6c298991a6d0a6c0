"""An organisation's settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.organisations.domain.organisations import change_organisation
from mentoring.organisations.forms.organisation import SettingsForm
from mentoring.organisations.views.tabs import organisation_tabs
from mentoring.tenancy.access import Access, access


@access(Access.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, organisation: str) -> HttpResponse:
    """Show and change them."""
    form = SettingsForm(request.POST or None, initial=SettingsForm.initial_of(request.organisation))
    if request.method == "POST" and form.is_valid():
        change_organisation(organisation=request.organisation, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The settings are saved."))
        return redirect("organisations:settings", organisation)
    context = {"form": form, "tabs": organisation_tabs(request)}
    return render(request, "organisations/organisation/settings.html", context, status=422 if form.errors else 200)
