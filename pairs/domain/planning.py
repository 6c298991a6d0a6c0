"""Planning: turning what a handbook calls for into outputs with dates, and working the dates out again when they move."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Min, QuerySet

from mentoring import clock
from mentoring.work.domain import wake
from pairs.domain.anchors import anchors_of
from pairs.domain.instants import Anchors, deadline, opening
from pairs.domain.people import People, people_of
from pairs.domain.reminding import kind_owed, next_instant, rule_for
from pairs.domain.telling import stop_reminding
from pairs.domain.wanted import Wanted, wanted
from pairs.enums import OutputKind
from pairs.models import Output, Pairing, Session
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.shapes import Anchor, Kit, Worksheet

REMINDERS = "reminders"
"""The kind of background work that reminds (``pairs/tasks.py``)."""
PLANNED = ("opens_at", "due_at", "next_reminder_at", "reminders_sent", "escalated_at")
"""The columns that planning writes."""


@dataclass(frozen=True)
class Plan:
    """What is needed to plan a pairing, read once."""

    pairing: Pairing
    kit: Kit
    worksheets: dict[str, Worksheet]
    people: People

    @property
    def wanted(self) -> list[Wanted]:
        """What the handbook calls for."""
        return wanted(self.kit, self.worksheets.values())


def plan_of(pairing: Pairing) -> Plan:
    """Read what planning needs: handbook, worksheets and people (three queries at most)."""
    handbook = pairing.cohort.programme.handbook
    worksheets = {key: worksheet_of(version) for key, version in current_versions(handbook).items()}
    return Plan(pairing, kit_of(handbook), worksheets, people_of(pairing))


@transaction.atomic
def plan_outputs(pairing: Pairing, plan: Plan | None = None) -> list[Output]:
    """Create the outputs the handbook calls for and the pairing lacks, then work out all dates. Returns the new ones."""
    plan = plan or plan_of(pairing)
    known = set(Output.objects.filter(pairing=pairing).values_list("kind", "worksheet", "moment", "member"))
    fresh = [
        row
        for position, one in enumerate(plan.wanted)
        for row in _outputs(plan, one, position)
        if (row.kind, row.worksheet, row.moment, row.member_id) not in known
    ]
    Output.objects.bulk_create(fresh)
    replan(pairing, plan)
    return fresh


def _outputs(plan: Plan, one: Wanted, position: int) -> Iterable[Output]:
    owing = [None] if one.side is None else [p.member for p in plan.people.on(one.side) if p.member.left_at is None]
    sessions = {row.number: row for row in plan.pairing.sessions.all() if row.part == 0} if one.session else {}
    for member in owing:
        yield Output(
            pairing=plan.pairing,
            kind=one.kind,
            worksheet=one.worksheet,
            moment=one.moment,
            title=one.title,
            member=member,
            session=sessions.get(one.session or 0),
            stage=one.stage,
            required=one.required,
            position=position,
        )


@transaction.atomic
def replan(pairing: Pairing, plan: Plan | None = None, *, afresh: bool = False) -> int:
    """Work out again when everything open opens, is due and is reminded; returns how many outputs changed.

    Call it after anything it hangs on has changed: a session's date or state, the agreement's signing, the evaluation's
    sending, the ending. Doing it twice changes nothing. A reminder that was sent is not forgotten unless the due date
    moves past it. ``afresh``: the handbook's own timings may have changed, so reminders to come are worked out anew too;
    one whose time has come is left to the tick. Six queries, however many outputs there are.
    """
    plan = plan or plan_of(pairing)
    outputs = list(Output.objects.filter(pairing=pairing).select_for_update())
    anchors = anchors_of(pairing, Session.objects.filter(pairing=pairing), outputs)
    by_key = {one.key: one for one in plan.wanted}
    now = clock.now()
    changed = [
        row
        for row in outputs
        if row.is_open and _plan_one(row, by_key.get((row.kind, row.worksheet, row.moment)), anchors, plan, now, afresh)
    ]
    if changed:
        Output.objects.bulk_update(changed, PLANNED)
        wake_reminders(changed)
    return len(changed)


def _plan_one(row: Output, one: Wanted | None, anchors: Anchors, plan: Plan, now: dt.datetime, afresh: bool) -> bool:
    """Set one output's dates; whether anything changed."""
    before = tuple(getattr(row, name) for name in PLANNED)
    zones = plan.people.zones(row.member_id)
    if one is not None:
        row.opens_at = opening(one.opens, anchors, zones)
        due = deadline(one.due, anchors, zones) if one.due else None
        if due is None and one.fallback is not None:
            due = deadline(one.fallback, anchors, zones)
        if due != row.due_at:
            row.due_at, row.reminders_sent, row.escalated_at, row.next_reminder_at = due, 0, None, None
    if row.next_reminder_at is None or (afresh and row.next_reminder_at > now):
        row.next_reminder_at = first_reminder(row, plan, zones, now)
    return before != tuple(getattr(row, name) for name in PLANNED)


def first_reminder(row: Output, plan: Plan, zones: list[str], now: dt.datetime) -> dt.datetime | None:
    """When an output is reminded next; ``None`` when never (optional, no date, or everything has been said)."""
    sheet = plan.worksheets.get(row.worksheet)
    rule = rule_for(plan.kit.reminders, kind_owed(row, sheet.use if sheet else None))
    return next_instant(rule, row, zones, now) if rule else None


def wake_reminders(outputs: Iterable[Output]) -> None:
    """Say that the reminder tick has work from the earliest of these outputs' reminders on."""
    instants = [row.next_reminder_at for row in outputs if row.next_reminder_at]
    if instants:
        wake(REMINDERS, at=min(instants))


def next_wake() -> dt.datetime | None:
    """When the open organisation's next reminder is due. One look into the index."""
    return owing().aggregate(next=Min("next_reminder_at"))["next"]


def owing() -> QuerySet[Output]:
    """Open outputs that will be reminded."""
    return Output.objects.filter(done_at__isnull=True, cancelled_at__isnull=True, next_reminder_at__isnull=False)


@transaction.atomic
def cancel_outputs(pairing: Pairing, now: dt.datetime) -> None:
    """Nothing more is owed in a pairing that has ended: open outputs are cancelled and no reminder goes out.

    What hangs on an early ending itself (the short close that is then offered) stays, and so does the evaluation: people
    look back when it is over.
    """
    stays = {one.key for one in plan_of(pairing).wanted if one.opens.anchor is Anchor.ENDED_EARLY}
    open_rows = Output.objects.filter(pairing=pairing, done_at__isnull=True, cancelled_at__isnull=True)
    open_rows = open_rows.exclude(kind=OutputKind.EVALUATION)
    going = [row for row in open_rows if (row.kind, row.worksheet, row.moment) not in stays]
    Output.objects.filter(pk__in=[row.pk for row in going]).update(cancelled_at=now, next_reminder_at=None)
    stop_reminding(going)
