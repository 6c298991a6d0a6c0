"""What is required of many pairs, for lists and counts: statuses and dates alone, a third of the columns, no models."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from pairs.models import Output


class OutputLine(NamedTuple):
    """One required output as those who look after many pairs see it. Its fields are called as those of ``Output``."""

    pk: UUID
    pairing_id: UUID
    member_id: UUID | None
    kind: str
    worksheet: str
    moment: str
    title: str
    stage: str
    position: int
    required: bool
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    done_at: dt.datetime | None
    cancelled_at: dt.datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it can still be done."""
        return self.done_at is None and self.cancelled_at is None


def required_lines(pairings: Collection[UUID]) -> dict[UUID, list[OutputLine]]:
    """What is, or was, required of these pairings, in the handbook's order, by pairing. One query."""
    rows = Output.objects.filter(pairing__in=pairings, required=True).order_by("position", "due_at", "id")
    found: dict[UUID, list[OutputLine]] = defaultdict(list)
    for row in rows.values_list(*OutputLine._fields):
        line = OutputLine._make(row)
        found[line.pairing_id].append(line)
    return found


def unreceived_lines(pairings: Collection[UUID], worksheets: Collection[str]) -> dict[UUID, list[OutputLine]]:
    """What was sent of these worksheets and no coordinator has marked as received, the oldest first, by pairing. One query."""
    rows = Output.objects.filter(
        pairing__in=pairings, worksheet__in=worksheets, done_at__isnull=False, received_at=None
    )
    found: dict[UUID, list[OutputLine]] = defaultdict(list)
    for row in rows.order_by("done_at", "id").values_list(*OutputLine._fields):
        line = OutputLine._make(row)
        found[line.pairing_id].append(line)
    return found
