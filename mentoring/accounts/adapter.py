"""How allauth behaves here: nobody signs up alone, its mail looks like ours, and its faults say what to do."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.accounts.account_mail import NoSuchAddress, send_account_mail

log = logging.getLogger(__name__)

FAULT_SAID = "_account_fault_said"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations or from creating an organisation; sign-in is by e-mailed code or password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This is not the code. Look at the newest e-mail: an earlier code no longer works."
        ),
        "too_many_login_attempts": gettext_lazy(
            "That was wrong too often. Ask for a new code, or try again in some minutes."
        ),
        "email_password_mismatch": gettext_lazy(
            "E-mail address and password do not fit together. A code works as well."
        ),
        "rate_limited": gettext_lazy("That was very often in a short time. Please wait a minute and try again."),
        "account_inactive": gettext_lazy("This account is switched off. Please ask your programme coordinator."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is no sign-up page of its own."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Account mail takes its own path: at once, past the outbox, so that no organisation can hold it up.

        When the mail server does not answer the request ends here, with a page that says so.
        """
        context = {"request": self.request, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **context}
        try:
            if send_account_mail(template_prefix, email, context):
                return
            fault = _(
                "The mail server does not answer just now, so our message could not go out. Please try again in a minute."
            )
        except NoSuchAddress:
            fault = _("No mail can be sent to this address. Please look how it is written after the @, and try again.")
        if self.request is None:
            log.error("Account mail was asked for outside a request and could not be sent.")
            return
        messages.error(self.request, fault)
        # Back to where it was asked for: no page may promise a mail that did not go out.
        raise ImmediateHttpResponse(HttpResponseRedirect(self.request.get_full_path()))

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **kwargs: Any
    ) -> None:
        """Note on the request that a fault was said."""
        if level >= messages.ERROR:
            setattr(request, FAULT_SAID, True)
        super().add_message(request, level, message_template, *args, **kwargs)
