"""The page behind an invitation. Looking changes nothing, since mail scanners look at every link; a button takes the place."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mentoring.accounts.domain.people import account_of
from mentoring.tenancy.access import Access, access
from programmes.domain.accounts import answers_to
from programmes.domain.coordinators import coordinators_of
from programmes.domain.invitations import InvitationUnusable, Unusable, usable_invitation
from programmes.domain.joining import NoLongerMember, SignInFirst, WrongPerson, join_as_new
from programmes.domain.joining import join as take_place
from programmes.forms.people import JoinForm
from programmes.models import Invitation, Participant
from programmes.views.frame import to
from templates_app.domain.kits import kit_of

BACKEND = "django.contrib.auth.backends.ModelBackend"


@access(Access.VISITOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """Show what the invitation is to, and on POST take the place. Somebody new gets an account and is signed in."""
    try:
        invitation = usable_invitation(token)
        if request.user.is_authenticated:
            return _signed_in(request, invitation, token)
        if account_of(invitation.email) is not None:
            return _page(request, "sign_in", invitation)
        return _newcomer(request, invitation, token)
    except InvitationUnusable as fault:
        return _unusable(request, fault)
    except SignInFirst:
        return redirect(request.path)
    except WrongPerson:
        return _page(request, "wrong_person", invitation, status=403)
    except NoLongerMember:
        return _page(request, "no_longer_member", invitation, status=403)


def _signed_in(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    if not answers_to(request.user, invitation.email):
        raise WrongPerson
    if request.method != "POST":
        return _page(request, "welcome_back", invitation)
    return _in(request, take_place(token=token, actor=request.user))


def _newcomer(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    person = invitation.participant
    known = {"given_name": person.given_name, "family_name": person.family_name, "zone": person.zone}
    form = JoinForm(request.POST or None, initial=known)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "newcomer", invitation, form=form)
    joined, user = join_as_new(token=token, **form.cleaned_data)
    login(request, user, backend=BACKEND)
    return _in(request, joined)


def _in(request: HttpRequest, person: Participant) -> HttpResponse:
    page = "enrolment" if person.enrolment_id else "waiting"
    return redirect(to(request, page, person.pk))


def _page(
    request: HttpRequest, name: str, invitation: Invitation, *, status: int = 200, **more: object
) -> HttpResponse:
    cohort = invitation.participant.cohort
    context = {
        "invitation": invitation,
        "person": invitation.participant,
        "cohort": cohort,
        "kit": kit_of(cohort.programme.handbook),
        "coordinators": coordinators_of(cohort.programme),
        **more,
    }
    return render(request, f"programmes/join/{name}.html", context, status=status)


def _unusable(request: HttpRequest, fault: InvitationUnusable) -> HttpResponse:
    """Why the link leads nowhere, and what to do. Who has joined with it already goes to their own page."""
    invitation = fault.invitation
    if invitation is None:
        return render(request, "programmes/join/unusable.html", {"reason": fault.reason.value}, status=404)
    person = invitation.participant
    if fault.reason is Unusable.USED and request.user.is_authenticated and answers_to(request.user, invitation.email):
        return redirect(to(request, "waiting", person.pk))
    context = {"reason": fault.reason.value, "coordinators": coordinators_of(person.cohort.programme)}
    return render(request, "programmes/join/unusable.html", context, status=410)
