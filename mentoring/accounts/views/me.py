"""A person's own page: who they are, where they belong, how they sign in."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.accounts.domain.people import change_profile, end_sign_ins, memberships_of
from mentoring.accounts.forms.profile import ProfileForm
from mentoring.accounts.views.tabs import person_tabs
from mentoring.tenancy.access import Access, access


@access(Access.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Show and change what a person says about themselves."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        change_profile(user=request.user, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Your details are saved."))
        return redirect("accounts:me")
    if form.errors:
        # The frame shows the person as they are, not as the form was about to make them.
        request.user.refresh_from_db()
    context = {"form": form, "memberships": memberships_of(request.user), "tabs": person_tabs(request)}
    return render(request, "accounts/me.html", context, status=422 if form.errors else 200)


@access(Access.SIGNED_IN)
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End this person's sign-ins on every other device; this one goes on."""
    end_sign_ins(user=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("accounts:me")
