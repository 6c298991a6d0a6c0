"""``manage.py agreements check``: whether every agreement and every signed sheet is still what was signed, in one organisation
or in all.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management import BaseCommand, CommandError

from mentoring.tenancy.keys import UnreadableText
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.checking import check_signed
from pairs.models import Agreement, SignedSheet

FAULTY, COULD_NOT_RUN = 1, 2
UNREADABLE = "unreadable"
KINDS: dict[str, type[Agreement] | type[SignedSheet]] = {"agreement": Agreement, "sheet": SignedSheet}


@dataclass(frozen=True)
class Found:
    """One fault, for operators: which agreement or sheet and which entry, and nothing that anybody wrote, nor who signed."""

    organisation: str
    kind: str
    """``agreement`` or ``sheet``."""
    id: str
    version: int
    fault: str
    entry: int


class Command(BaseCommand):
    help = "Check texts and signatures of all agreements and signed sheets against the record of signing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to check."""
        steps = parser.add_subparsers(dest="step", required=True)
        check = steps.add_parser("check", help="name every agreement and sheet that is not as it was signed")
        check.add_argument("--organisation", metavar="SLUG", help="one organisation; all of them without it")
        check.add_argument("--json", action="store_true", help="print a JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check. Exits 0 when everything is as it was signed, 1 when something is not, 2 when it could not be done."""
        organisations = list(_organisations(options["organisation"]))
        counts = {row.slug: dict.fromkeys(KINDS, 0) for row in organisations}
        found: list[Found] = []
        for organisation in organisations:
            with tenant_scope(organisation):
                for kind, model in KINDS.items():
                    for pk, number in model.objects.order_by("created_at", "pk").values_list("pk", "number"):
                        counts[organisation.slug][kind] += 1
                        found += [
                            Found(organisation.slug, kind, str(pk), number, fault, entry)
                            for fault, entry in _faults(model, pk)
                        ]
        self._tell(counts, found, as_json=options["json"])
        if found:
            raise SystemExit(FAULTY)

    def _tell(self, counts: dict[str, dict[str, int]], found: list[Found], *, as_json: bool) -> None:
        if as_json:
            told = {"checked": counts, "faults": [asdict(one) for one in found]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for one in found:
            entry = f", entry {one.entry}" if one.entry else ""
            self.stdout.write(f"{one.organisation}: {one.kind} {one.id}, version {one.version}{entry}: {one.fault}")
        wrong = len({one.id for one in found})
        agreements, sheets = (sum(count[kind] for count in counts.values()) for kind in KINDS)
        self.stdout.write(
            f"{agreements} agreements and {sheets} signed sheets of {len(counts)} organisations checked, {wrong} with faults."
        )


def _organisations(slug: str | None) -> Iterator[Organisation]:
    """Those to check. Each is opened by itself: nothing here sees two at once."""
    rows = Organisation.objects.order_by("slug")
    if slug is None:
        yield from rows
        return
    found = rows.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no organisation '{slug}'.", returncode=COULD_NOT_RUN)
    yield found


def _faults(model: type[Agreement] | type[SignedSheet], pk: Any) -> Iterator[tuple[str, int]]:
    """What is wrong with one version, and with which entry; what cannot be opened is a fault and not the end of it."""
    try:
        for fault in check_signed(model.objects.get(pk=pk)).faults:
            yield fault.what.value, fault.entry
    except UnreadableText:
        yield UNREADABLE, 0
