"""Entering the e-mailed code: allauth's own page, which says nothing when a code has run out. We do."""

from allauth.account.views import confirm_login_code
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mentoring.accounts.adapter import FAULT_SAID
from mentoring.tenancy.access import Access, access


@access(Access.PUBLIC)
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Check the code. Sent back for a new one, a person learns why and keeps where they were going."""
    response = confirm_login_code(request)
    ask_again = reverse("account_request_login_code")
    if response.status_code != 302 or response["Location"] != ask_again:
        return response
    if request.method == "POST" and not hasattr(request, FAULT_SAID):
        messages.error(
            request, _("This code has run out, or was asked for in another browser. Ask for a new one here.")
        )
    following = request.POST.get("next") or request.GET.get("next")
    if following:
        response["Location"] = f"{ask_again}?{urlencode({'next': following})}"
    return response
