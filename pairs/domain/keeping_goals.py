"""What is sent on a sheet of goals becomes the pair's: each row, and the rows inside it, with everything it once was.

A worksheet's list is its own: what one sheet no longer holds is let go, not deleted, and other lists stay as they are.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.goal_rows import RowSaid, level_of, lists_in, rows_said
from pairs.domain.goal_words import goal_title
from pairs.domain.instants import local_day
from pairs.domain.person import first_zone
from pairs.domain.reading import NOT_FOR_PARTNERS
from pairs.domain.sheets import offer_sheet
from pairs.enums import GoalState
from pairs.models import Goal, GoalChange, Output, Session
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.models import Response
from templates_app.shapes import FieldShape, Level

_LEVELS = tuple(Level)


def keep_goals(*, response: Response, field: FieldShape, rows: Sequence[Mapping[str, Any]], actor: User) -> None:
    """Field hook for kind ``goal``: bring the list that a sheet stands for into line with what was sent."""
    output = Output.objects.filter(response=response).select_related("pairing__cohort", "member", "session").first()
    if output is None:
        return
    output.response = response
    known = {goal.row: goal for goal in _same_list(output, field)}
    said = list(rows_said(field, rows))
    names = _named_apart(output, known, [one.row for one in said])
    kept: dict[str, Goal] = {}
    for position, one in enumerate(said):
        goal = known.pop(names[one.row], None) or Goal(pairing=output.pairing, row=names[one.row])
        goal.worksheet, goal.field = output.worksheet, field.key
        goal.parent = around = kept.get(one.within)
        if around is not None and around.shared_at is not None:
            goal.shared_at = goal.shared_at or around.shared_at
        goal.position = position
        _keep(goal, one, output, actor)
        kept[one.row] = goal
    _let_go(known.values())
    _connect(output.pairing_id, [(kept[one.row], one.serves) for one in said if one.serves and not one.within])


def _same_list(output: Output, field: FieldShape) -> QuerySet[Goal]:
    """The goals of one list: of this worksheet and question, by who wrote it (or of what is written together)."""
    writer = output.member.participant_id if output.member else None
    sheets = Output.objects.filter(pairing=output.pairing, member__participant=writer)
    rows = Goal.objects.filter(pairing=output.pairing, worksheet=output.worksheet, field=field.key)
    return rows.filter(response__in=sheets.values("response"))


def _named_apart(output: Output, known: Collection[str], rows: Sequence[str]) -> dict[str, str]:
    """Row → the name it is kept under: its own, unless another list of the pair has that already."""
    taken = set(Goal.objects.filter(pairing=output.pairing, row__in=rows).values_list("row", flat=True)) - set(known)
    return {row: f"{row[:20]}.{output.pk.hex[:12]}" if row in taken else row for row in rows}


def _keep(goal: Goal, said: RowSaid, output: Output, actor: User) -> None:
    assert output.response is not None
    before = None if goal._state.adding else (goal.words, _iso(goal.due_on), goal.state)
    if (goal.words, _iso(goal.due_on)) != (said.words, said.due_on):
        goal.agreed_at = goal.agreed_by = None
    goal.response, goal.level = output.response, said.level
    goal.title, goal.words = goal_title(said.words), said.words
    goal.due_on, goal.dropped_at = _date(said.due_on), None
    if said.said != goal.said:
        goal.state, goal.said = said.said or GoalState.OPEN, said.said
    goal.reached_on = _reached_on(goal, said, output, actor)
    goal.save()
    if before != (goal.words, _iso(goal.due_on), goal.state) or _said_again(goal):
        note_change(goal, session=output.session, actor=actor)
    if goal.state == GoalState.REACHED and (before is None or before[2] != GoalState.REACHED):
        follow_reached(goal, output, actor)


def _said_again(goal: Goal) -> bool:
    """Off track by one more sheet: that counts, though it is said a second time."""
    off_track = goal.state == goal.said == GoalState.OFF_TRACK
    return off_track and not GoalChange.objects.filter(goal=goal, response=goal.response_id).exists()


def _reached_on(goal: Goal, said: RowSaid, output: Output, actor: User) -> dt.date | None:
    if goal.state != GoalState.REACHED:
        return None
    today = local_day(clock.now(), first_zone(actor.zone, output.pairing.cohort.zone))
    return _date(said.reached_on) or goal.reached_on or today


def note_change(goal: Goal, *, session: Session | None, actor: User) -> GoalChange:
    """Write down how a goal stands from now on, and who it came from."""
    return GoalChange.objects.create(
        goal=goal,
        number=1 + GoalChange.objects.filter(goal=goal).count(),
        response_id=goal.response_id,
        session=session,
        words=goal.words,
        due_on=goal.due_on,
        state=goal.state,
        changed_at=clock.now(),
        changed_by=actor,
    )


def follow_reached(goal: Goal, output: Output, actor: User) -> None:
    """Put it on the pair's timeline, unless it stands on a sheet that its writer keeps; lay the worksheet before the pair
    that the handbook wants looked at then (``phase1.must.27``).
    """
    assert output.response is not None
    sheet = worksheet_of(output.response.version)
    if sheet.readers.preset not in NOT_FOR_PARTNERS:
        level = str(goal.get_level_display())
        record_event("goal.reached", goal, actor=actor, within=output.pairing, level=level)
    lists = (one for field in sheet.fields() if field.key == goal.field for one in lists_in(field))
    opens = next((one.reached_opens for one in lists if level_of(one) == goal.level and one.reached_opens), "")
    version = current_versions(output.pairing.cohort.programme.handbook).get(opens) if opens else None
    if version is not None and worksheet_of(version).in_use:
        offer_sheet(output.pairing, worksheet_of(version), output.session)


def _let_go(gone: Collection[Goal]) -> None:
    """What was reached stays, though its row is taken off the sheet (``phase1.must.51``)."""
    now = clock.now()
    for goal in gone:
        if goal.dropped_at is None and goal.state != GoalState.REACHED:
            goal.dropped_at = now
            goal.save(update_fields=["dropped_at"])


def _connect(pairing_id: UUID, serving: Sequence[tuple[Goal, str]]) -> None:
    """Hang goals on what they name, where that is of the same or a higher level and does not hang on them."""
    if not serving:
        return
    there = {goal.row: goal for goal in Goal.objects.filter(pairing=pairing_id)}
    by_id = {goal.pk: goal for goal in there.values()}
    for goal, row in serving:
        above = there.get(row)
        if above is None or _LEVELS.index(Level(above.level)) > _LEVELS.index(Level(goal.level)):
            continue
        if goal.pk not in _line_above(above, by_id):
            goal.parent = by_id[goal.pk].parent = above
            goal.save(update_fields=["parent"])


def _line_above(goal: Goal, by_id: Mapping[UUID, Goal]) -> set[UUID]:
    """The goal and all it hangs on."""
    found: set[UUID] = set()
    at: Goal | None = goal
    while at is not None and at.pk not in found:
        found.add(at.pk)
        at = by_id.get(at.parent_id) if at.parent_id else None
    return found


def _iso(day: dt.date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, dt.date) else day


def _date(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
