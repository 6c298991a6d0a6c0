"""``manage.py people import FILE --cohort organisation/programme/cohort``: a file of people, with the page's own code."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import translation

from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.import_command import MappingRefused, Outcome, import_at_once
from programmes.domain.importing.judging import Fate
from programmes.domain.importing.table import FileRefused
from programmes.models import Cohort

REFUSED, COULD_NOT_RUN = 1, 2


class Command(BaseCommand):
    help = "Bring a file of people into a cohort, or rehearse it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One thing to do."""
        steps = parser.add_subparsers(dest="step", required=True)
        step = steps.add_parser("import", help="take in the mentors and mentees of a CSV file or Excel workbook")
        step.add_argument("file", type=Path)
        step.add_argument("--cohort", required=True, metavar="ORGANISATION/PROGRAMME/COHORT")
        step.add_argument(
            "--mapping",
            type=Path,
            metavar="FILE",
            help='JSON: {"heading": "what it means"}; without it they are guessed',
        )
        step.add_argument(
            "--taken-on", action="store_true", help="people put forward by partners are decided on already"
        )
        step.add_argument("--dry-run", action="store_true", help="say what would become of each row, and write nothing")
        step.add_argument("--json", action="store_true", help="print a JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it. Exits 0 when done, 1 when the file is refused, 2 when it could not be tried."""
        data, mapping = _read(options["file"]), _mapping(options["mapping"])
        organisation, slugs = _organisation(options["cohort"])
        with tenant_scope(organisation), translation.override(organisation.language):
            cohort = _cohort(options["cohort"], slugs)
            try:
                outcome = import_at_once(
                    cohort=cohort,
                    filename=options["file"].name,
                    data=data,
                    actor=None,
                    mapping=mapping,
                    decided=options["taken_on"],
                    dry_run=options["dry_run"],
                )
            except (FileRefused, MappingRefused) as refusal:
                self._refuse(options, str(refusal))
        self._tell(options, outcome)
        if outcome.counts[Fate.REJECTED] and not outcome.counts[Fate.ACCEPTED] + outcome.counts[Fate.DUPLICATE]:
            raise SystemExit(REFUSED)

    def _refuse(self, options: dict[str, Any], reason: str) -> None:
        if options["json"]:
            nothing = {"rows": [], **{fate.value: 0 for fate in Fate}, "error": reason}
            self.stdout.write(json.dumps(nothing, ensure_ascii=False, indent=2))
        raise CommandError(reason, returncode=REFUSED)

    def _tell(self, options: dict[str, Any], outcome: Outcome) -> None:
        rows = [{"line": one.line, "fate": one.fate.value, "reason": one.reason} for one in outcome.judged]
        if options["json"]:
            told = {"rows": rows, **outcome.counts, "dry_run": options["dry_run"]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for row in rows:
            if row["fate"] != Fate.ACCEPTED:
                self.stdout.write(f"line {row['line']}: {row['fate']}: {row['reason']}")
        self.stdout.write(", ".join(f"{count} {fate}" for fate, count in outcome.counts.items()))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise CommandError(f"{path}: {fault.strerror}", returncode=COULD_NOT_RUN) from None


def _mapping(path: Path | None) -> dict[str, str] | None:
    if path is None:
        return None
    try:
        found = json.loads(_read(path))
    except ValueError as fault:
        raise CommandError(f"{path} is not JSON: {fault}", returncode=COULD_NOT_RUN) from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise CommandError(f'{path} should hold {{"heading": "what it means"}}.', returncode=COULD_NOT_RUN)
    return found


def _organisation(place: str) -> tuple[Organisation, tuple[str, str]]:
    parts = place.split("/")
    if len(parts) != 3:
        raise CommandError("Name the cohort as organisation/programme/cohort.", returncode=COULD_NOT_RUN)
    found = Organisation.objects.filter(slug=parts[0]).first()
    if found is None:
        raise CommandError(f"There is no organisation '{parts[0]}'.", returncode=COULD_NOT_RUN)
    return found, (parts[1], parts[2])


def _cohort(place: str, slugs: tuple[str, str]) -> Cohort:
    programme, slug = slugs
    rows = Cohort.objects.filter(programme__slug=programme, slug=slug).select_related("programme__handbook")
    found = rows.first()
    if found is None:
        raise CommandError(f"There is no cohort '{place}'.", returncode=COULD_NOT_RUN)
    return found
