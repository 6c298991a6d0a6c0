"""Creating an organisation: open to anyone, or with the operator's invitation, as the installation is set."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.accounts.domain.people import find_or_make_account
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.organisations.domain.organisations import InvitationSpent, create_organisation, usable_invitation
from mentoring.organisations.forms.organisation import NewOrganisationForm
from mentoring.tenancy.access import Access, access
from mentoring.tenancy.models import Organisation, OrganisationInvitation


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, token: str = "") -> HttpResponse:
    """The form, and what it makes: the organisation with its first admin, who then signs in by an e-mailed code."""
    invitation = _leave(token)
    signed_in = request.user.is_authenticated
    initial = {"zone": request.user.zone if signed_in else "", "email": invitation.email if invitation else ""}
    form = NewOrganisationForm(request.POST or None, signed_in=signed_in, initial=initial)
    if request.method == "POST" and form.is_valid() and _within_limit(request, form):
        try:
            organisation, admin = _create(request, form, token)
        except IntegrityError:
            form.add_error("slug", _("This address was taken just now. Choose another, or leave it empty."))
        except InvitationSpent:
            raise Http404 from None
        else:
            return _go_in(request, organisation, admin, form.cleaned_data.get("email", ""))
    return render(request, "organisations/new.html", {"form": form}, status=422 if form.errors else 200)


def _leave(token: str) -> OrganisationInvitation | None:
    """The operator's invitation where one is needed. Raises ``Http404`` where it is missing, spent or out of date."""
    if not token:
        if settings.ORGANISATION_CREATION == "open":
            return None
        raise Http404
    invitation = usable_invitation(token)
    if invitation is None:
        raise Http404
    return invitation


def _within_limit(request: HttpRequest, form: NewOrganisationForm) -> bool:
    if ratelimit.consume(request, action="new_organisation"):
        return True
    form.add_error(None, _("Many organisations were created from your network just now. Please try again in an hour."))
    return False


@transaction.atomic
def _create(request: HttpRequest, form: NewOrganisationForm, token: str) -> tuple[Organisation, User]:
    values = dict(form.cleaned_data)
    person = {name: values.pop(name) for name in ("given_name", "family_name", "email") if name in values}
    admin = request.user
    if not admin.is_authenticated:
        admin = find_or_make_account(**person, zone=values["zone"], language=values["language"])
    return create_organisation(**values, first_admin=admin, actor=admin, token=token), admin


def _go_in(request: HttpRequest, organisation: Organisation, admin: User, email: str) -> HttpResponse:
    """Straight in for who is signed in; otherwise to the page that asks for the code just sent to the address they typed.

    Not to the main one of an account that was found by a further one: the page names the address, and it is theirs to tell.
    """
    if request.user.is_authenticated:
        messages.success(request, _("%(name)s is ready.") % {"name": organisation.name})
        return redirect("organisations:home", organisation.slug)
    inside = urlencode({"next": reverse("organisations:home", args=[organisation.slug])})
    try:
        LoginCodeVerificationProcess.initiate(request=request, user=admin, email=normal_email(email))
    except ImmediateHttpResponse:
        # The mail server is down, which has been said. The organisation is there, so the form must not come again.
        return HttpResponseRedirect(f"{reverse('account_login')}?{inside}")
    return HttpResponseRedirect(f"{reverse('account_confirm_login_code')}?{inside}")
