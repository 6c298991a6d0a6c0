"""``manage.py tick``: do now, or rehearse, what beat's tick does twice a minute."""

import datetime as dt
import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import OperationalError
from django.utils.dateparse import parse_datetime

from mentoring import clock
from mentoring.notices.domain.ticking import tick_told


class Command(BaseCommand):
    help = "Do whatever is due anywhere, and print the messages that were queued."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """When, and whether in earnest."""
        parser.add_argument("--at", help="pretend that it is this instant, such as 2026-12-10T09:00+13:00")
        parser.add_argument("--dry-run", action="store_true", help="send and keep nothing; print what would be queued")
        parser.add_argument("--json", action="store_true", help="print a JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1 for an instant that is none or may not be chosen here, 2 where the database does not answer."""
        if options["at"] and not options["dry_run"] and not settings.DEMO:
            raise CommandError("--at goes with --dry-run: only a demo may live at another time.")
        at = _instant(options["at"]) if options["at"] else clock.now()
        try:
            queued = tick_told(at, dry_run=options["dry_run"])
        except OperationalError as fault:
            raise CommandError(f"The database does not answer: {fault}", returncode=2) from None
        if options["json"]:
            self.stdout.write(json.dumps({"at": at.isoformat(), "notices": [asdict(message) for message in queued]}))
            return
        for message in queued:
            self.stdout.write(f"{message.organisation}: {message.kind} to {message.recipient} ({message.occasion})")
        self.stdout.write(
            f"{len(queued)} messages {'would be' if options['dry_run'] else 'were'} queued at {at.isoformat()}."
        )


def _instant(text: str) -> dt.datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise CommandError(f"'{text}' is no instant: write day, time and offset, such as 2026-12-10T09:00+13:00.")
    return found.astimezone(dt.UTC)
