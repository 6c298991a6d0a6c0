"""``manage.py kit check|load|export|print``: handbooks as files, for operators and for who writes them."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from programmes.models import Programme
from templates_app.domain.kit_files import (
    Fault,
    IdReport,
    compare_ids,
    read_ids,
    read_kit,
    read_left_out,
    write_kit,
)
from templates_app.domain.kits import whole_kit
from templates_app.domain.loading_kits import load_kit
from templates_app.domain.pdf import render_pdf
from templates_app.domain.pictures import pictures_of
from templates_app.domain.printing_kits import papers_of
from templates_app.shapes import Kit

REFUSED, COULD_NOT_RUN = 1, 2
WHERE_SLUGS_STAND = "what follows /o/ in the address of its pages: harbour, where that is /o/harbour/"


class Command(BaseCommand):
    help = "Check a kit's files, load a kit for an organisation, write a programme's handbook out, or print a kit's worksheets."
    requires_system_checks: list[str] = []  # a kit is checked wherever it is written; 1 means that the kit was refused

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Four things to do."""
        steps = parser.add_subparsers(dest="step", required=True)
        check = steps.add_parser("check", help="name file, line and reason of every fault")
        check.add_argument("path", type=Path, help="the kit's folder")
        check.add_argument(
            "--against", type=Path, metavar="IDS", help="count the kit against this file of catalogue ids"
        )
        load = steps.add_parser("load", help="add a kit of an organisation's own")
        load.add_argument("path", type=Path, help="the kit's folder")
        load.add_argument("--organisation", required=True, metavar="SLUG", help=WHERE_SLUGS_STAND)
        export = steps.add_parser("export", help="write what coordinators made of a kit back to files")
        export.add_argument("programme", metavar="ORGANISATION/PROGRAMME")
        export.add_argument("path", type=Path, help="a folder that is empty or does not exist")
        paper = steps.add_parser("print", help="make the PDFs of every worksheet, blank and with invented answers")
        paper.add_argument("path", type=Path, help="the kit's folder")
        paper.add_argument("into", type=Path, help="the folder for the PDFs")
        for step in (check, load, export, paper):
            step.add_argument("--json", action="store_true", help="print a JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it. Exits 0 when done, 1 when the input is refused, 2 when it could not be done."""
        getattr(self, f"_{options['step']}")(options)

    # --- check --------------------------------------------------------------------------------------------------------

    def _check(self, options: dict[str, Any]) -> None:
        kit, faults = _read(options["path"])
        report = _counted(kit, options["path"], options["against"]) if kit and options["against"] else None
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(faults, report), ensure_ascii=False, indent=2))
        else:
            self._tell(kit, faults, report)
        if faults or (report and not report.complete):
            raise SystemExit(REFUSED)

    def _tell(self, kit: Kit | None, faults: list[Fault], report: IdReport | None) -> None:
        for fault in faults:
            self.stdout.write(str(fault))
        if kit is None:
            self.stdout.write(f"{len(faults)} to put right.")
        else:
            self.stdout.write(f"{kit.title} {kit.version}: nothing to put right.")
        if report is not None:
            self.stdout.write(
                f"{len(report.held)} ids held, {len(report.left_out)} left out, {len(report.missing)} missing."
            )
            for name in ("missing", "unknown", "contradicted"):
                for one in getattr(report, name):
                    self.stdout.write(f"{name}: {one}")

    # --- load ---------------------------------------------------------------------------------------------------------

    def _load(self, options: dict[str, Any]) -> None:
        organisation = _organisation(options["organisation"])
        kit = self._sound(options["path"], "nothing was loaded")
        with tenant_scope(organisation):
            load_kit(kit=kit, actor=None)
        self._done(options, kit, f"{kit.title} {kit.version} is there for {organisation.name}.")

    # --- export -------------------------------------------------------------------------------------------------------

    def _export(self, options: dict[str, Any]) -> None:
        slug, _slash, programme_slug = options["programme"].partition("/")
        with tenant_scope(_organisation(slug)):
            programme = Programme.objects.filter(slug=programme_slug).select_related("handbook").first()
            if programme is None:
                raise CommandError(f"'{slug}' has no programme '{programme_slug}'.", returncode=COULD_NOT_RUN)
            kit = whole_kit(programme.handbook)
        try:
            write_kit(kit, options["path"])
        except OSError as fault:
            raise CommandError(str(fault), returncode=COULD_NOT_RUN) from None
        self._done(options, kit, f"{kit.title} {kit.version} stands in {options['path']}.")

    # --- print --------------------------------------------------------------------------------------------------------

    def _print(self, options: dict[str, Any]) -> None:
        kit = self._sound(options["path"], "nothing was printed")
        options["into"].mkdir(parents=True, exist_ok=True)
        pictures = pictures_of(kit)
        with tenant_scope(Organisation(slug=kit.key, name=kit.title)):
            for name, html in papers_of(kit):
                (options["into"] / f"{name}.pdf").write_bytes(render_pdf(html, pictures=pictures))
        self._done(options, kit, f"Its worksheets stand in {options['into']}.")

    def _sound(self, path: Path, otherwise: str) -> Kit:
        """The kit in a folder; its faults are told and refused."""
        kit, faults = _read(path)
        if kit is None:
            for fault in faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(faults)} to put right; {otherwise}.", returncode=REFUSED)
        return kit

    def _done(self, options: dict[str, Any], kit: Kit, words: str) -> None:
        self.stdout.write(json.dumps({"kit": kit.key, "version": kit.version}) if options["json"] else words)


def _organisation(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        message = f"There is no organisation '{slug}'. Its slug is {WHERE_SLUGS_STAND}."
        raise CommandError(message, returncode=COULD_NOT_RUN)
    return found


def _read(path: Path) -> tuple[Kit | None, list[Fault]]:
    if not path.is_dir():
        raise CommandError(f"There is no folder '{path}'. A kit is a folder of files.", returncode=COULD_NOT_RUN)
    kit, faults = read_kit(path)
    _reasons, more = read_left_out(path)
    return (None if more else kit), [*faults, *more]


def _counted(kit: Kit, path: Path, ids: Path) -> IdReport:
    left_out, _faults = read_left_out(path)
    try:
        return compare_ids(kit, left_out, read_ids(ids))
    except (OSError, ValueError, LookupError, TypeError) as fault:
        raise CommandError(f"'{ids}' cannot be counted against: {fault}", returncode=COULD_NOT_RUN) from None


def _as_json(faults: list[Fault], report: IdReport | None) -> dict[str, Any]:
    """``held`` and ``left_out`` are numbers; ``missing``, ``unknown`` and ``contradicted`` are lists of ids."""
    errors = [{"file": fault.file, "line": fault.line, "message": fault.message} for fault in faults]
    if report is None:
        return {"errors": errors}
    counts = {"held": len(report.held), "left_out": len(report.left_out)}
    lists = {"missing": report.missing, "unknown": report.unknown, "contradicted": report.contradicted}
    return {"errors": errors, "ids": counts | lists}
