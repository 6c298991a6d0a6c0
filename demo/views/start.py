"""The demo's start page, and signing in with one click."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from demo.cast import PERSONAS, persona
from mentoring.accounts.models import User
from mentoring.tenancy.access import Access, access


@access(Access.DEMO)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Everybody one can be."""
    known = set(User.objects.filter(email__in=[person.email for person in PERSONAS]).values_list("email", flat=True))
    return render(request, "demo/start.html", {"personas": [person for person in PERSONAS if person.email in known]})


@access(Access.DEMO)
@require_POST
def sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the personas, and as nobody else."""
    chosen = persona(key)
    user = User.objects.filter(email=chosen.email, is_active=True).first() if chosen else None
    if user is None:
        raise Http404
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    messages.info(request, _("You are %(name)s now.") % {"name": user.name})
    return redirect("home")
