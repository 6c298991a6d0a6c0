"""What happens to a form or a script's call that comes from somebody whose sign-in, or whose page, has run out."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from mentoring.accounts.kept_post import keep_post
from mentoring.tenancy.access import Access
from mentoring.ui.views.errors import csrf_failure as plain_csrf_failure

NEEDS_SIGN_IN = {Access.MEMBER, Access.ADMIN, Access.SIGNED_IN}


class SignedOutMiddleware:
    """Before anything is refused: keep a signed-out person's form, and answer scripts in their own terms.

    Stands outside ``AccessMiddleware``, which sends signed-out people to the sign-in page with nothing in their hands.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated:
            return self.get_response(request)
        view = _view_of(request)
        if getattr(view, "access", None) not in NEEDS_SIGN_IN:
            return self.get_response(request)
        if getattr(view, "answers_json", False):
            return JsonResponse({"signed_out": True}, status=401)
        if getattr(view, "keeps_posts", False):
            return _keep_and_sign_in(request)
        return self.get_response(request)


def _view_of(request: HttpRequest) -> Callable[..., HttpResponse] | None:
    try:
        return resolve(request.path_info).func
    except Resolver404:
        return None


def _keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    address = keep_post(request)
    if address is None:
        messages.warning(
            request,
            _(
                "You were signed out, and what you sent could not be kept here. Your browser still has it: go back one "
                "page and copy it, then sign in."
            ),
        )
        return redirect_to_login(request.path)
    messages.info(
        request, _("You were signed out meanwhile. What you typed is kept: sign in, and you will find it again.")
    )
    return redirect_to_login(address)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came from a page that stood open too long. A form that keeps what was typed is shown again with all of it.

    A script's call gets a fresh token to try again with: only a page of our own host can read the answer.
    """
    view = request.resolver_match.func if request.resolver_match else None
    if getattr(view, "answers_json", False):
        return JsonResponse({"csrf_token": get_token(request)}, status=403)
    address = keep_post(request) if getattr(view, "keeps_posts", False) else None
    return redirect(address) if address else plain_csrf_failure(request, reason)
