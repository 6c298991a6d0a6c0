"""``manage.py organisation …``: what operators do about organisations."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from mentoring.organisations.domain.organisations import INVITATION_LASTS, invite_organisation, rewrap_data_keys
from mentoring.tenancy.keys import UnreadableText


class Command(BaseCommand):
    help = "Invite somebody to create an organisation, or wrap the organisations' keys by a new installation key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two things to do."""
        steps = parser.add_subparsers(dest="step", required=True)
        invite = steps.add_parser("invite", help="print a link with which one organisation can be created")
        invite.add_argument("--email", default="", help="whom it is for; fills in the form")
        invite.add_argument("--json", action="store_true", help="print a JSON object")
        steps.add_parser("rewrap", help="after DATA_KEY was changed and the former one put into DATA_KEY_FALLBACKS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        getattr(self, f"_{options['step']}")(options)

    def _invite(self, options: dict[str, Any]) -> None:
        email = options["email"].strip()
        try:
            if email:
                validate_email(email)
        except ValidationError:
            raise CommandError(f"'{email}' is no e-mail address.") from None
        link = settings.SITE_URL + reverse("new-organisation-invited", args=[invite_organisation(email=email)])
        days = INVITATION_LASTS.days
        if options["json"]:
            self.stdout.write(json.dumps({"link": link, "days": days}))
        else:
            self.stdout.write(f"{link}\nIt works once, for {days} days.")

    def _rewrap(self, options: dict[str, Any]) -> None:
        try:
            count = rewrap_data_keys()
        except (UnreadableText, ImproperlyConfigured) as fault:
            raise CommandError(str(fault), returncode=2) from None
        self.stdout.write(f"{count} keys are wrapped by the present DATA_KEY; the former ones can go.")
