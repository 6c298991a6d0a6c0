"""``demo load [--if-empty]``: a believable installation to look at. Only where the demo is switched on."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.world import is_loaded, load


class Command(BaseCommand):
    """Loads the demo."""

    help = "Load the demo: two organisations whose pairs stand at different stages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``load`` is the only thing it does."""
        parser.add_argument("what", choices=["load"])
        parser.add_argument("--if-empty", action="store_true", help="do nothing when the demo is there already")

    def handle(self, *args: Any, what: str, if_empty: bool, **options: Any) -> None:
        """Load, or say why not."""
        if not settings.DEMO:
            raise CommandError("The demo is switched off here (DEMO=no).")
        if is_loaded():
            if if_empty:
                return
            raise CommandError("The demo is there already. Use another DATA_DIR for a fresh one.")
        load()
        self.stdout.write("The demo is loaded.")
