"""What the benches build on: an organisation with a programme of the shipped handbook, and a stop-watch."""

import datetime as dt
import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from mentoring.accounts.models import User
from mentoring.tenancy import keys
from mentoring.tenancy.models import Membership, Organisation
from mentoring.tenancy.scope import tenant_scope
from programmes.models import Assignment, Cohort, Participant, Programme
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kits import copy_kit

KIT = "plp-ess"


@dataclass
class World:
    """An organisation with one open cohort and its coordinator."""

    organisation: Organisation
    programme: Programme
    cohort: Cohort
    coordinator: User


def make_world(slug: str) -> World:
    """Build one. Leaves no scope open."""
    pk = uuid.uuid4()
    organisation = Organisation.objects.create(
        pk=pk, slug=slug, name=slug.title(), zone="Pacific/Apia", sealed_data_key=keys.new_wrapped_key(pk)
    )
    coordinator = User.objects.create_user(f"coordinator@{slug}.example", given_name="Sina", zone="Pacific/Apia")
    membership = Membership.objects.create(organisation=organisation, user=coordinator)
    with tenant_scope(organisation):
        handbook = copy_kit(kit=shipped_kit(KIT), title="E-Mentoring", actor=None)
        programme = Programme.objects.create(handbook=handbook, slug="e-mentoring", title="E-Mentoring")
        Assignment.objects.create(programme=programme, membership=membership, role="coordinator")
        today = dt.datetime.now(dt.UTC).date()
        cohort = Cohort.objects.create(
            programme=programme,
            slug="now",
            title="Now",
            starts_on=today - dt.timedelta(days=60),
            ends_on=today + dt.timedelta(days=125),
            zone="Pacific/Apia",
        )
    return World(organisation, programme, cohort, coordinator)


def make_people(world: World, side: str, count: int) -> list[Participant]:
    """Joined participants of one side, in the open scope."""
    stem = f"{side}-{uuid.uuid4().hex[:6]}"
    users = User.objects.bulk_create(
        User(
            email=f"{stem}-{number}@people.example",
            given_name=f"{side.title()} {number}",
            zone="Pacific/Apia",
            password="!",  # noqa: S106 - an unusable one
        )
        for number in range(count)
    )
    members = Membership.objects.bulk_create(Membership(organisation=world.organisation, user=user) for user in users)
    return Participant.objects.bulk_create(
        Participant(
            cohort=world.cohort,
            membership=member,
            side=side,
            state="joined",
            email=member.user.email,
            given_name=member.user.given_name,
            family_name="Tester",
            zone="Pacific/Apia",
            capacity=9,
        )
        for member in members
    )


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The median time of doing something, in seconds, after one round that does not count."""
    work()
    taken = []
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def side_by_side(yardstick: Callable[[], object], work: Callable[[], object], rounds: int = 15) -> tuple[float, float]:
    """The median times of both, done in turn: what else the machine does meanwhile weighs on both alike."""
    yardstick(), work()
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for one, times in zip((yardstick, work), taken, strict=True):
            begun = time.perf_counter()
            one()
            times.append(time.perf_counter() - begun)
    return statistics.median(taken[0]), statistics.median(taken[1])
