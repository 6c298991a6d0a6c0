"""One reminder tick over 100,000 pairings of which 100 owe something, against one over 1,000 of which 100 do."""

import datetime as dt
from collections.abc import Iterator

from django.db import connection, transaction

from benches import Figure
from benches._world import World, make_people, make_world, side_by_side
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.reminders import remind_due
from pairs.models import Output, Pairing, PairingMember

OWING = 100
OUTPUTS_EACH = 4
"""Outputs of a pairing that owes nothing now: some done, some reminded only next month."""
BATCH = 5_000


def _fill(world: World, pairings: int, now: dt.datetime) -> None:
    with tenant_scope(world.organisation):
        _owing(world, now)
        for start in range(OWING, pairings, BATCH):
            _idle(world, min(BATCH, pairings - start), now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _owing(world: World, now: dt.datetime) -> None:
    mentors, mentees = make_people(world, "mentor", OWING), make_people(world, "mentee", OWING)
    rows = Pairing.objects.bulk_create(Pairing(cohort=world.cohort, started_at=now) for _ in range(OWING))
    members = [
        PairingMember(pairing=pairing, participant=person, side=person.side, joined_at=now)
        for pairing, pair in zip(rows, zip(mentors, mentees, strict=True), strict=True)
        for person in pair
    ]
    PairingMember.objects.bulk_create(members)
    due = now - dt.timedelta(days=2)
    Output.objects.bulk_create(
        Output(
            pairing=member.pairing,
            kind="worksheet",
            worksheet="learning-log",
            moment="session-2",
            title="Learning log",
            member=member,
            opens_at=due,
            due_at=due,
            next_reminder_at=now - dt.timedelta(minutes=1),
        )
        for member in members[1::2]
    )


def _idle(world: World, count: int, now: dt.datetime) -> None:
    rows = Pairing.objects.bulk_create(Pairing(cohort=world.cohort, started_at=now) for _ in range(count))
    later = now + dt.timedelta(days=30)
    Output.objects.bulk_create(
        (
            Output(
                pairing=pairing,
                kind="worksheet",
                worksheet="learning-log",
                moment=f"session-{number}",
                title="Learning log",
                opens_at=now,
                due_at=later,
                done_at=now if number % 2 else None,
                next_reminder_at=None if number % 2 else later,
            )
            for pairing in rows
            for number in range(OUTPUTS_EACH)
        ),
        batch_size=BATCH,
    )


def _tick(world: World, now: dt.datetime) -> None:
    """One tick, taken back afterwards so that the next round finds the same debts."""
    with tenant_scope(world.organisation), transaction.atomic():
        remind_due(now)
        transaction.set_rollback(True)


def measure() -> Iterator[Figure]:
    """Two figures: the small installation, and the large one beside it."""
    now = dt.datetime.now(dt.UTC).replace(hour=22)
    small, large = make_world("small"), make_world("large")
    _fill(small, 1_000, now)
    _fill(large, 100_000, now)
    few, many = side_by_side(lambda: _tick(small, now), lambda: _tick(large, now), rounds=5)
    yield Figure("tick over 1,000 pairings, 100 owing", few, "seconds")
    yield Figure("tick over 100,000 pairings, 100 owing", many, "seconds", many / few, "1,000 pairings, 100 owing")
