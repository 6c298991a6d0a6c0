"""Follow-up and capacity actions: made from worksheets whenever they are sent, carried forward until settled."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.swapping import swap
from pairs.domain.goal_words import first_of, names_goals, written_parts
from pairs.domain.people import NotAMember, member_of, members, others_of
from pairs.domain.reading import Reader
from pairs.domain.telling import page_of, tell
from pairs.enums import STILL_TO_DO, ActionKind, ActionState
from pairs.models import Action, Goal, Output, Pairing, PairingMember
from programmes.enums import Side
from templates_app.answers.rows import EXAMPLE, parts_of
from templates_app.models import Response
from templates_app.shapes import FieldShape, Kind


def actions_of(pairing: Pairing) -> QuerySet[Action]:
    """All actions of a pair, with who owes them and where they came up."""
    return Action.objects.filter(pairing=pairing).select_related("owner__participant", "session")


def open_actions(pairing: Pairing) -> QuerySet[Action]:
    """What is still open."""
    return actions_of(pairing).filter(state__in=STILL_TO_DO)


def actions_for(reader: Reader) -> list[Action]:
    """Those of the pair's actions whose words this person may read: one from a private sheet is its writer's alone."""
    return [action for action in actions_of(reader.pairing) if reader.knows_action(action)]


def open_actions_for(reader: Reader) -> list[Action]:
    """What is still open of those."""
    return [action for action in open_actions(reader.pairing) if reader.knows_action(action)]


def keep_follow_ups(*, response: Response, field: FieldShape, rows: Sequence[dict[str, Any]], actor: User) -> None:
    """Field hook for kind ``action``: each row of a log becomes an action of whom it names."""
    output = _output_of(response)
    if output is None:
        return
    text = next(iter(written_parts(field)), None)
    due, goal = first_of(field, Kind.DATE), _goal_choice(field)
    owner = next((part for part in parts_of(field) if part.kind is Kind.CHOICE and not names_goals(part)), None)
    there = list(members(output.pairing))
    wanted = {}
    for row in rows:
        if text is not None and row.get(text.key):
            whose = _named(row.get(owner.key, "") if owner else "", output.member, there)
            serves = row.get(goal.key) if goal else None
            wanted[row["_id"]] = _Said(row[text.key], whose, row.get(due.key) if due else None, serves)
    _keep(output, ActionKind.FOLLOW_UP, wanted)


def _goal_choice(field: FieldShape) -> FieldShape | None:
    """The question of a row that says what the action serves."""
    return next((part for part in parts_of(field) if part.kind is Kind.CHOICE and names_goals(part)), None)


def _named(said: str, writer: PairingMember | None, there: Sequence[PairingMember]) -> PairingMember | None:
    """Whom a sheet means: a side or, in a group, a person (``answering``). A side with several on it is the writer where it
    is theirs, else everybody (``None``); what names nobody is the writer's.
    """
    meant = [row for row in there if said in (row.side, str(row.participant_id))]
    if len(meant) == 1:
        return meant[0]
    return None if meant and (writer is None or writer.side != said) else writer


def keep_capacity_actions(
    *, response: Response, field: FieldShape, rows: Sequence[dict[str, Any]], actor: User
) -> None:
    """Field hook for tables (and groups that hold them): what stands in ``actions_column`` is for whom the row names
    to do, else the writer's; on a sheet filled in together the mentee's, and everybody's where there are several of them.
    """
    output = _output_of(response)
    if output is None or not _has_actions(field):
        return
    there = list(members(output.pairing))
    owner = output.member or _only_mentee(there)
    wanted = {
        row["_id"]: _Said(text, _named(whose, output.member, there) if whose else owner)
        for row, text, whose in _capacity_rows(field, rows)
    }
    _keep(output, ActionKind.CAPACITY, wanted, field.key, apart=bool(field.actions_when))


def _output_of(response: Response) -> Output | None:
    return Output.objects.filter(response=response).select_related("pairing", "member", "session").first()


def _only_mentee(there: Sequence[PairingMember]) -> PairingMember | None:
    found = [row for row in there if row.side == Side.MENTEE]
    return found[0] if len(found) == 1 else None


def _has_actions(field: FieldShape) -> bool:
    return bool(field.actions_column) or any(_has_actions(part) for part in field.fields)


def _capacity_rows(field: FieldShape, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str, str]]:
    """The rows that name an action, with it and whom they name; examples left out, those of tables inside a group too."""
    whose = next((part.key for part in field.columns if part.kind is Kind.CHOICE and part.options_from == "pair"), "")
    for row in rows:
        if row.get(EXAMPLE):
            continue
        is_meant = not field.actions_when or row.get(field.actions_when)
        if field.actions_column and row.get(field.actions_column) and is_meant:
            yield row, str(row[field.actions_column]), str(row.get(whose) or "")
        for part in field.fields:
            if isinstance(row.get(part.key), list):
                yield from _capacity_rows(part, row[part.key])


def _keep(
    output: Output,
    kind: ActionKind,
    wanted: "_Wanted",
    field: str = "",
    *,
    apart: bool = False,
) -> None:
    """Bring the actions that came from this sheet into line with it. What was done stays done; what is gone is let go.

    ``apart``: each sheet has a list of its own, which a later one does not replace.
    """
    # Held until all are written: what a partner settles in the same moment comes before or after, and stays settled.
    mine = Action.objects.filter(pairing=output.pairing, kind=kind).select_for_update()
    if kind == ActionKind.CAPACITY and output.member is not None and not output.pairing.is_pair:
        mine = mine.filter(owner__participant=output.member.participant_id)  # each member of a group has a list
    known = {action.row: action for action in mine}
    wanted = _named_apart(output, known, wanted)
    goals = _served(output, wanted)
    for row, said in wanted.items():
        action = known.get(row) or Action(pairing=output.pairing, kind=kind, row=row, session=output.session)
        if str(action.due_on or "") != (said.due or ""):
            action.warned_at = None
        action.text, action.owner, action.due_on, action.response = said.text, said.owner, said.due, output.response
        action.field, action.goal = field, goals.get(said.serves)
        if action.state == ActionState.DROPPED and action.settled_by_id is None:
            action.state, action.settled_at = ActionState.OPEN, None
        action.save()
    for action in known.values():
        # A log's list is its own; a later assessment replaces the list of the one before.
        same_list = (kind == ActionKind.CAPACITY and not apart) or action.response_id == output.response_id
        gone = action.row not in wanted and same_list and action.field == field
        if gone and action.state in STILL_TO_DO:
            action.state, action.settled_at = ActionState.DROPPED, clock.now()
            action.save(update_fields=["state", "settled_at"])


class _Said(NamedTuple):
    """What a row says of an action: what, whose, by when, and the row of the goal it serves."""

    text: str
    owner: PairingMember | None
    due: str | None = None
    serves: str | None = None


_Wanted = dict[str, _Said]


def _served(output: Output, wanted: _Wanted) -> dict[str | None, Goal]:
    """The goals that actions name, by their rows. No query where none is named."""
    rows = {said.serves for said in wanted.values() if said.serves}
    return {goal.row: goal for goal in Goal.objects.filter(pairing=output.pairing, row__in=rows)} if rows else {}


def _named_apart(output: Output, known: Collection[str], wanted: _Wanted) -> _Wanted:
    """The same under names that no action of another list of the pair has: a page can name its rows as it likes."""
    taken = set(Action.objects.filter(pairing=output.pairing, row__in=wanted).values_list("row", flat=True)) - set(
        known
    )
    return {f"{row[:20]}.{output.pk.hex[:12]}" if row in taken else row: value for row, value in wanted.items()}


class MovedOn(Exception):
    """Somebody else was faster: the action stands otherwise than the person saw it. Nothing was changed."""


@transaction.atomic
def settle_action(*, action: Action, state: ActionState, actor: User, was: ActionState | None = None) -> bool:
    """Mark an action as begun or done, let it go, or open it again, from what the person saw (``was``; else as it was read).

    Either partner may. Returns whether anything changed: what stands so already is left alone. Raises ``NotAMember``, and
    ``MovedOn`` (with ``action`` brought up to date) where it stands neither as seen nor as wanted.
    """
    member_of(action.pairing, actor)
    is_open = state in STILL_TO_DO
    values = {
        "state": state,
        "settled_at": None if is_open else clock.now(),
        "settled_by": None if is_open else actor,
    }
    seen = was or ActionState(action.state)
    if seen == state or not swap(action, Action.objects.filter(state=seen), **values):
        action.refresh_from_db(fields=[*values])
        if action.state != state:
            raise MovedOn
        return False
    if not (is_open and seen in STILL_TO_DO):  # that somebody has begun is no news
        record_event("action.settled", action, actor=actor, within=action.pairing, state=str(state))
    return True


@transaction.atomic
def warn_of_action(*, action: Action, actor: User) -> bool:
    """Let the partners know beforehand that an action will not be done in time (``sssc.must.32``). It stays open.

    Whose it is does so, or anybody where it is everybody's. Returns whether it is new. Raises ``NotAMember`` for anybody
    else, and ``MovedOn`` where the action is settled.
    """
    member = member_of(action.pairing, actor)
    if action.owner_id not in (None, member.pk):
        raise NotAMember
    now = clock.now()
    if not Action.objects.filter(pk=action.pk, state__in=STILL_TO_DO, warned_at=None).update(warned_at=now):
        action.refresh_from_db(fields=["state", "warned_at"])
        if action.state not in STILL_TO_DO:
            raise MovedOn
        return False
    action.warned_at = now
    event = record_event("action.warned", action, actor=actor, within=action.pairing)
    link = page_of("pairs:actions", action.pairing_id)
    for other in others_of(action.pairing, member):
        tell("action_warned", other, about=action, occasion=f"action-{event.pk}", link=link, by=member)
    return True
