"""Planning: turning what a handbook calls for into outputs with dates, and working the dates out again when they move."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Min, QuerySet

from mentoring import clock
from mentoring.work.domain import wake
from pairs.domain.anchors import anchors_of
from pairs.domain.instants import Anchors, day_ends, deadline, local_day, opening
from pairs.domain.people import People, people_of
from pairs.domain.reminding import kind_owed, rule_for
from pairs.domain.rounds import in_rounds, is_round
from pairs.domain.surveys import asked_by, next_look, outlasts, survey_of
from pairs.domain.telling import stop_reminding
from pairs.domain.wanted import Wanted, wanted
from pairs.domain.writers import Passing, as_written
from pairs.enums import OutputKind
from pairs.models import Output, Pairing, PairingMember, Session
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.shapes import Anchor, Kit, Worksheet, is_owed_in

REMINDERS = "reminders"
"""The kind of background work that reminds (``pairs/tasks.py``)."""
PLANNED = ("title", "opens_at", "due_at", "next_reminder_at", "reminders_sent", "escalated_at")
"""The columns that planning writes."""
DAYS_TO_SIGN = dt.timedelta(days=14)
"""Within so many days somebody who joins later signs."""
AT_THE_END = frozenset({Anchor.ENDED_EARLY, Anchor.ENDED})
"""What hangs on these only begins when a pairing ends."""


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
        sheets = [
            as_written(one, self.pairing)
            for one in self.worksheets.values()
            if is_owed_in(one.models, self.pairing.model)
        ]
        found = wanted(self.kit, sheets)
        return [one for one in found if one.kind is OutputKind.WORKSHEET] if self.pairing.is_alongside else found

    @property
    def passing(self) -> Passing:
        """The worksheets whose writing may pass on, each with whoever writes it now."""
        sheets = {key: as_written(one, self.pairing) for key, one in self.worksheets.items() if one.passes_to}
        return Passing(self.people, sheets)


def plan_of(pairing: Pairing) -> Plan:
    """Read what planning needs: handbook, worksheets and people (three queries at most)."""
    handbook = pairing.cohort.programme.handbook
    worksheets = {key: worksheet_of(version) for key, version in current_versions(handbook).items()}
    return Plan(pairing, kit_of(handbook), worksheets, people_of(pairing))


@transaction.atomic
def plan_outputs(pairing: Pairing, plan: Plan | None = None) -> list[Output]:
    """Create the outputs the handbook calls for and the pairing lacks, then work out all dates. Returns the new ones."""
    plan = plan or plan_of(pairing)
    known = list(Output.objects.filter(pairing=pairing))
    fresh = create_lacking(plan, [one for one in plan.wanted if one.every is None], known)
    replan(pairing, plan)
    return fresh


def create_lacking(
    plan: Plan, wanted: Iterable[Wanted], rows: Iterable[Output], anchors: Anchors | None = None
) -> list[Output]:
    """Create those outputs that are not among the rows, that had not been over when their member joined, and that nobody else
    has begun.
    """
    return Output.objects.bulk_create(lacking(plan, wanted, rows, anchors))


def lacking(
    plan: Plan, wanted: Iterable[Wanted], rows: Iterable[Output], anchors: Anchors | None = None
) -> list[Output]:
    """What ``create_lacking`` would create. Writes nothing."""
    rows = list(rows)
    known, kept = {(row.kind, row.worksheet, row.moment, _whose(row, plan)) for row in rows}, plan.passing.kept(rows)
    sessions = {row.number: row for row in plan.pairing.sessions.all() if row.part == 0}
    return [
        row
        for one in wanted
        if one.key not in kept
        for row in _outputs(plan, one, sessions)
        if (row.kind, row.worksheet, row.moment, row.member_id) not in known
        and not (anchors and came_too_late(one, row.member, anchors, plan))
    ]


def _whose(row: Output, plan: Plan) -> UUID | None:
    """The membership that owes an output: what somebody has sent counts for the one they are in now, too."""
    person = plan.people.member(row.member_id) if row.worksheet and row.done_at is not None else None
    return person.member.pk if person else row.member_id


def _outputs(plan: Plan, one: Wanted, sessions: Mapping[int, Session]) -> Iterable[Output]:
    owing = [None] if one.side is None else [p.member for p in plan.people.on(one.side) if p.member.left_at is None]
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
            position=one.position,
        )


def came_too_late(one: Wanted, member: PairingMember | None, anchors: Anchors, plan: Plan) -> bool:
    """Whether it was over before its member joined: due by then, or of a session that had been. A signature never is."""
    if member is None or member.joined_at <= plan.pairing.started_at or one.kind is OutputKind.AGREEMENT:
        return False
    due = deadline(one.due, anchors, plan.people.zones(member.pk)) if one.due else None
    if due is None:
        meeting = anchors.sessions.get(one.session or 0)
        due = meeting.ends if meeting else None
    return due is not None and due < member.joined_at


@transaction.atomic
def replan(pairing: Pairing, plan: Plan | None = None, *, afresh: bool = False) -> int:
    """Work out again when everything open opens, is due and is reminded; returns how many outputs changed.

    Call it after anything it hangs on has changed: a session's date or state, the agreement's signing, the evaluation's
    sending, the ending. Doing it twice changes nothing. A reminder that was sent is not forgotten unless the due date
    moves past it. ``afresh``: the handbook's own timings and words may have changed, so reminders to come are worked out
    anew too, except one whose time has come, which is left to the tick, and what is open is called as the handbook says now.
    Six queries, however many outputs there are; two more where the number of rounds of something that comes round again has
    changed.
    """
    plan = plan or plan_of(pairing)
    outputs = list(Output.objects.filter(pairing=pairing).select_for_update())
    anchors = anchors_of(pairing, Session.objects.filter(pairing=pairing), outputs)
    wanted_now = in_rounds(plan.wanted, plan.kit, anchors)
    outputs += _keep_rounds(plan, wanted_now, outputs, anchors)
    by_key = {one.key: one for one in wanted_now}
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


def _keep_rounds(plan: Plan, wanted: Iterable[Wanted], outputs: list[Output], anchors: Anchors) -> list[Output]:
    """As many rounds as the pair's time holds: further ones are added, or taken back up, and those beyond the end are no
    longer asked for unless somebody has begun to write. Returns the added ones.
    """
    if not plan.pairing.is_active:
        return []
    rounds = [one for one in wanted if one.every is not None]
    beyond, again = beyond_and_again(plan, rounds, outputs)
    if beyond:
        withdraw(beyond, clock.now())
    call_again(again)
    return create_lacking(plan, rounds, outputs, anchors) if rounds else []


def beyond_and_again(plan: Plan, rounds: Iterable[Wanted], outputs: list[Output]) -> tuple[list[Output], list[Output]]:
    """Of the rounds there are: those not called for any more that nobody has begun, and those withdrawn that are called for
    again. Writes nothing.
    """
    gone = {row.pk for person in plan.people.everyone for row in person.periods if row.left_at}
    strays = {row.pk for row in plan.passing.strays(outputs)}
    rows = [row for row in outputs if is_round(row.moment) and row.done_at is None]
    rows = [row for row in rows if row.member_id not in gone and row.pk not in strays]
    keys = {one.key for one in rounds}
    called = {row.pk for row in rows if (row.kind, row.worksheet, row.moment) in keys}
    beyond = [row for row in rows if row.pk not in called and row.response_id is None and row.cancelled_at is None]
    return beyond, [row for row in rows if row.pk in called and row.cancelled_at is not None]


def _plan_one(row: Output, one: Wanted | None, anchors: Anchors, plan: Plan, now: dt.datetime, afresh: bool) -> bool:
    """Set one output's dates; whether anything changed."""
    before = tuple(getattr(row, name) for name in PLANNED)
    zones = plan.people.zones(row.member_id)
    if one is not None:
        row.title = one.title if afresh else row.title  # what is done keeps the words it was done under
        row.opens_at = opening(one.opens, anchors, zones)
        due = deadline(one.due, anchors, zones) if one.due else None
        if due is None and one.fallback is not None:
            due = deadline(one.fallback, anchors, zones)
        due = _for_a_joiner(due, plan.people, row)
        if due != row.due_at:
            row.due_at, row.reminders_sent, row.escalated_at, row.next_reminder_at = due, 0, None, None
    waits = row.asked_at is None and asked_by(plan.kit, plan.worksheets.get(row.worksheet), row) is not None
    if row.next_reminder_at is None or waits or (afresh and row.next_reminder_at > now):
        row.next_reminder_at = first_reminder(row, plan, zones, now)
    return before != tuple(getattr(row, name) for name in PLANNED)


def _for_a_joiner(due: dt.datetime | None, people: People, row: Output) -> dt.datetime | None:
    """What was due before its member joined (the signature) is due some days after that."""
    person = people.member(row.member_id)
    if due is None or person is None or row.member_id != person.member.pk or due >= person.member.joined_at:
        return due
    return day_ends(local_day(person.member.joined_at, person.zone) + DAYS_TO_SIGN, person.zone)


def first_reminder(row: Output, plan: Plan, zones: list[str], now: dt.datetime) -> dt.datetime | None:
    """When an output is reminded next; ``None`` when never (optional, no date, or everything has been said)."""
    sheet = plan.worksheets.get(row.worksheet)
    rule = rule_for(plan.kit.reminders, kind_owed(row, sheet.use if sheet else None))
    return next_look(row, asked_by(plan.kit, sheet, row), rule, zones, now)


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


def withdraw(outputs: Collection[Output], now: dt.datetime) -> None:
    """These open outputs are no longer called for: nobody is reminded of them. What reminds already waits for its hour no
    more.
    """
    Output.objects.filter(pk__in=[row.pk for row in outputs]).update(cancelled_at=now, next_reminder_at=None)
    for row in outputs:
        row.cancelled_at, row.next_reminder_at = now, None
    stop_reminding(list(outputs))


def call_again(outputs: Collection[Output]) -> None:
    """These outputs, which were withdrawn, are owed again. When they are reminded, planning says."""
    if outputs:
        Output.objects.filter(pk__in=[row.pk for row in outputs]).update(cancelled_at=None)
    for row in outputs:
        row.cancelled_at = None


@transaction.atomic
def cancel_outputs(pairing: Pairing, now: dt.datetime) -> None:
    """Nothing more is owed in a pairing that has ended: open outputs are cancelled and no reminder goes out.

    What hangs on an early ending itself (the short close that is then offered) stays, and so do the evaluation and surveys
    that look back: people do when it is over.
    """
    plan = plan_of(pairing)
    stays = {one.key for one in plan.wanted if one.opens.anchor in AT_THE_END}
    open_rows = Output.objects.filter(pairing=pairing, done_at__isnull=True, cancelled_at__isnull=True)
    going = [
        row
        for row in open_rows
        if (row.kind, row.worksheet, row.moment) not in stays and not _looks_back(row, plan, now)
    ]
    withdraw(going, now)


def _looks_back(row: Output, plan: Plan, now: dt.datetime) -> bool:
    if row.kind != OutputKind.EVALUATION:
        return False
    survey = survey_of(plan.kit, row)
    return survey is None or outlasts(survey, row, now)
