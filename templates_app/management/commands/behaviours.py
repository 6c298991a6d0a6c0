"""``behaviours [--json]``: which behaviours of the handbooks a test proves. Runs no test."""

from argparse import ArgumentParser
from json import dumps
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from templates_app.domain.behaviours import Tally, tally


class Command(BaseCommand):
    """Counts the tests' marks against the behaviours kept with the kits."""

    help = "Show which behaviours of the handbooks a test proves, and which are open."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--json`` for other programs."""
        parser.add_argument("--json", action="store_true", help="print the ids as JSON")

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        """Print the tally. Exits with 1 when a mark names what no handbook has."""
        try:
            counted = tally(kits=settings.BASE_DIR / "templates_app" / "kits", tests=settings.BASE_DIR / "tests")
        except (OSError, TypeError, ValueError, SyntaxError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_as_json(counted) if json else _as_text(counted))
        if counted.faults:
            raise CommandError("\n".join(counted.faults))


def _as_json(counted: Tally) -> str:
    lists = {"covered": [*counted.covered], "open": [*counted.open], "left_out": [*counted.left_out]}
    return dumps(lists, indent=1)


def _as_text(counted: Tally) -> str:
    parts = [
        f"Covered by a test: {len(counted.covered)}",
        *(f"  {name}  {', '.join(places)}" for name, places in counted.covered.items()),
        f"Open: {len(counted.open)}",
        *(f"  {name}  {text}" for name, text in counted.open.items()),
        f"Left out: {len(counted.left_out)}",
        *(f"  {name}  {reason}" for name, reason in counted.left_out.items()),
    ]
    return "\n".join(parts)
