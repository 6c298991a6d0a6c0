"""Rows a second of an import of people, judged and taken in, against a bare read and bulk insert of the same rows."""

import csv
import io
from collections.abc import Iterator

from django.db import transaction

from benches import Figure
from benches._world import World, make_world, side_by_side
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.enrolment import enrolment_versions
from programmes.domain.people_import import apply_import, choose_columns, judge_import, upload_people
from programmes.enums import Side
from programmes.models import Participant
from templates_app.models import Response, TemplateVersion

ROWS = 2_000
YARDSTICK = "bare read and bulk insert of the same rows"
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
    """The same rows in the same two tables, with nothing judged, matched to an option or counted."""
    with tenant_scope(world.organisation), transaction.atomic():
        versions = enrolment_versions(world.programme.handbook)
        rows = list(csv.DictReader(io.StringIO(data.decode())))
        profiles = [_bare_profile(row, versions[Side(row["Role"])]) for row in rows]
        Response.objects.bulk_create(profiles, batch_size=500)
        people = [_bare_person(row, profile, world) for row, profile in zip(rows, profiles, strict=True)]
        Participant.objects.bulk_create(people, batch_size=500)
        transaction.set_rollback(True)


def _bare_profile(row: dict[str, str], version: TemplateVersion) -> Response:
    texts = {"name": row["First name"], "email": row["E-mail"], "employer": row["Employer"], "title": row["Position"]}
    return Response(version=version, facts={"sectors": row["Sectors"].split("; ")}, texts=texts, answered=5, asked=30)


def _bare_person(row: dict[str, str], profile: Response, world: World) -> Participant:
    return Participant(
        cohort=world.cohort,
        enrolment=profile,
        side=row["Role"],
        state="accepted",
        given_name=row["First name"],
        family_name=row["Family name"],
        email=row["E-mail"],
        country=row["Country"],
        zone=row["Time zone"],
        employer=row["Employer"],
        title=row["Position"],
    )


def measure() -> Iterator[Figure]:
    """Rows a second, ours and bare; the ratio is ours over bare (more is better)."""
    world, data = make_world("people"), _file()
    bare, ours = side_by_side(lambda: _bare(world, data), lambda: _import(world, data), rounds=5)
    yield Figure(YARDSTICK, ROWS / bare, "rows/s")
    yield Figure("import of people with preview and profiles", ROWS / ours, "rows/s", bare / ours, YARDSTICK)
