"""What is owed by somebody who joins a running pairing, leaves it or comes back."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from pairs.domain.anchors import anchors_of
from pairs.domain.instants import Anchors
from pairs.domain.planning import Plan, came_too_late, create_lacking, plan_of, replan, withdraw
from pairs.domain.rounds import in_rounds
from pairs.models import Output, Pairing, PairingMember, Session


@transaction.atomic
def plan_joiner(pairing: Pairing, member: PairingMember) -> list[Output]:
    """What somebody who joins a running pairing owes from now on; returns the new outputs. Who comes back does not owe again
    what they have sent before.
    """
    plan = plan_of(pairing)
    known = list(Output.objects.filter(pairing=pairing))
    anchors = anchors_of(pairing, Session.objects.filter(pairing=pairing), known)
    Output.objects.bulk_update(_taken_back(plan, member, known, anchors), ["member", "cancelled_at"])
    wanted_once = [one for one in plan.wanted if one.every is None and one.side == member.side]
    fresh = create_lacking(plan, wanted_once, known, anchors)
    replan(pairing, plan)
    return fresh


def _taken_back(plan: Plan, member: PairingMember, known: Iterable[Output], anchors: Anchors) -> list[Output]:
    """What was withdrawn when somebody left and is theirs again when they come back, with what they had begun to write, as far
    as it is still called for and not over. It says so; nothing is written yet.
    """
    person = plan.people.member(member.pk)
    earlier = person.ids - {member.pk} if person else frozenset()
    called = {one.key: one for one in in_rounds(plan.wanted, plan.kit, anchors) if one.side == member.side}
    mine = [row for row in known if row.member_id in earlier and row.worksheet]
    settled = {(row.kind, row.worksheet, row.moment) for row in mine if row.done_at is not None}
    found = []
    for row in sorted(mine, key=lambda row: row.response_id is None):
        key = (row.kind, row.worksheet, row.moment)
        one = called.get(key)
        if key in settled or row.cancelled_at is None or (one is None and not (row.is_further and row.response_id)):
            continue
        if one is not None and row.response_id is None and came_too_late(one, member, anchors, plan):
            continue
        settled.add(key)
        row.member, row.cancelled_at = member, None
        found.append(row)
    return found


@transaction.atomic
def drop_outputs_of(member: PairingMember, now: dt.datetime) -> None:
    """Nothing more is owed by somebody who leaves a running pairing. What they have sent stays."""
    mine = list(Output.objects.filter(member=member, done_at__isnull=True, cancelled_at__isnull=True))
    withdraw(mine, now)
