"""Rows a second of an import of people, judged and taken in, against a bare read and bulk insert of the same rows."""

import csv
import io
from collections.abc import Iterator

from django.db import transaction

from benches import Figure
from benches._world import World, make_world, seconds
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.people_import import apply_import, choose_columns, judge_import, upload_people
from programmes.models import Participant

ROWS = 2_000
HEADINGS = ["Role", "First name", "Family name", "E-mail", "Country", "Time zone", "Employer", "Position", "Sectors"]


def _file() -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for number in range(ROWS):
        side = "mentor" if number % 2 else "mentee"
        writer.writerow(
            [
                side,
                f"Given {number}",
                "Family",
                f"p{number}@people.example",
                "Tonga",
                "Pacific/Tongatapu",
                "Port Authority",
                "EIA Officer",
                "ports; mining",
            ]
        )
    return text.getvalue().encode()


def _import(world: World, data: bytes) -> None:
    """Upload, columns, preview and import, taken back afterwards."""
    with tenant_scope(world.organisation), transaction.atomic():
        run = upload_people(cohort=world.cohort, filename="people.csv", data=data, actor=world.coordinator)
        choose_columns(run=run, mapping=run.mapping, actor=world.coordinator)
        judge_import(run)
        apply_import(run=run, actor=world.coordinator)
        transaction.set_rollback(True)


def _bare(world: World, data: bytes) -> None:
    with tenant_scope(world.organisation), transaction.atomic():
        rows = list(csv.DictReader(io.StringIO(data.decode())))
        Participant.objects.bulk_create(
            Participant(
                cohort=world.cohort,
                side=row["Role"],
                state="accepted",
                given_name=row["First name"],
                family_name=row["Family name"],
                email=row["E-mail"],
                zone=row["Time zone"],
            )
            for row in rows
        )
        transaction.set_rollback(True)


def measure() -> Iterator[Figure]:
    """Rows a second, ours and bare; the ratio is ours over bare (more is better)."""
    world, data = make_world("people"), _file()
    bare = ROWS / seconds(lambda: _bare(world, data), rounds=3)
    ours = ROWS / seconds(lambda: _import(world, data), rounds=3)
    yield Figure("bare read and bulk insert of people", bare, "rows/s")
    yield Figure(
        "import of people with preview and profiles",
        ours,
        "rows/s",
        ours / bare,
        "bare read and bulk insert of the same rows",
    )
