"""The pages of one's own account, side by side."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.ui.shapes import Choice


def person_tabs(request: HttpRequest) -> list[Choice]:
    """You, your mail, your addresses, your password."""
    password = "account_change_password" if request.user.has_usable_password() else "account_set_password"
    pages = [
        (_("You"), reverse("accounts:me")),
        (_("What comes by e-mail"), reverse("mail:preferences")),
        (_("E-mail addresses"), reverse("account_email")),
        (_("Password"), reverse(password)),
    ]
    return [Choice(label, url, url == request.path) for label, url in pages]
