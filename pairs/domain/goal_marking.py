"""What people do with a goal on its page: mark how it stands, and open one goal of a sheet that stays theirs."""

from collections.abc import Iterator

from django.db import transaction
from django.http import Http404

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.swapping import swap
from pairs.domain.actions import MovedOn
from pairs.domain.goals import GoalNotReadable
from pairs.domain.instants import local_day
from pairs.domain.keeping_goals import follow_reached, note_change
from pairs.domain.people import Person, member_of, others_of
from pairs.domain.reading import NOT_FOR_PARTNERS, Reader, reader_of
from pairs.domain.sheets import present_session
from pairs.domain.telling import page_of, tell
from pairs.enums import GoalState
from pairs.models import Goal, Output
from programmes.enums import Side
from templates_app.domain.kits import worksheet_of


def may_mark(reader: Reader, goal: Goal) -> bool:
    """Whether the person says how a goal stands: whose it is, and the mentors who may read it."""
    person = reader.person
    if person is None or not person.is_here or not reader.pairing.is_active or not reader.knows_goal(goal):
        return False
    return person.side == Side.MENTOR or reader.writer_of(goal) in (None, person)


@transaction.atomic
def mark_goal(*, goal: Goal, state: GoalState, actor: User, was: GoalState) -> bool:
    """Say how a goal stands, from what the person saw (``was``). Returns whether anything changed.

    Raises ``NotAMember``, ``GoalNotReadable`` for a goal that is not theirs to mark, and ``MovedOn`` (with ``goal`` brought
    up to date) where it stands otherwise than they saw.
    """
    member_of(goal.pairing, actor)
    if not may_mark(reader_of(actor, goal.pairing), goal):
        raise GoalNotReadable
    if was == state or not swap(goal, Goal.objects.filter(state=was), state=state):
        goal.refresh_from_db(fields=["state"])
        if goal.state != state:
            raise MovedOn
        return False
    goal.reached_on = local_day(clock.now(), Person(member_of(goal.pairing, actor)).zone) if _is_reached(goal) else None
    goal.save(update_fields=["reached_on"])
    session = present_session(goal.pairing)
    note_change(goal, session=session, actor=actor)
    if _is_reached(goal):
        output = Output.objects.select_related("response__version", "session").get(response=goal.response_id)
        output.pairing, output.session = goal.pairing, session
        follow_reached(goal, output, actor)
    return True


def _is_reached(goal: Goal) -> bool:
    return goal.state == GoalState.REACHED


def may_share(reader: Reader, goal: Goal) -> bool:
    """Whether the person opens and closes this goal alone: it stands on a sheet of theirs that partners read only when
    shared (``cal.sys.100``).
    """
    output = reader.sheet_with(goal)
    if reader.person is None or output is None or output.response is None or output.member_id is None:
        return False
    readers = worksheet_of(output.response.version).readers
    return readers.shareable and readers.preset in NOT_FOR_PARTNERS and output.member_id in reader.person.ids


@transaction.atomic
def share_goal(*, goal: Goal, shared: bool, actor: User) -> None:
    """Open a goal, with what stands inside it, to the mentoring partner, or close it again. Doing it twice changes nothing.

    Raises ``NotAMember``, and ``Http404`` for a goal that is not the person's to share.
    """
    member = member_of(goal.pairing, actor)
    if not may_share(reader_of(actor, goal.pairing), goal):
        raise Http404
    if shared == (goal.shared_at is not None):
        return
    now = clock.now() if shared else None
    inside = [one.pk for one in _with_inside(goal)]
    Goal.objects.filter(pk__in=inside).update(shared_at=now)
    goal.shared_at = now
    event = record_event("goal.shared" if shared else "goal.unshared", goal, actor=actor)
    if shared:
        link = page_of("pairs:goals", goal.pairing_id)
        for other in others_of(goal.pairing, member):
            if other.side != member.side:
                tell("sheet_shared", other, about=goal, occasion=f"goal-{event.pk}", link=link, by=member)


def _with_inside(goal: Goal) -> Iterator[Goal]:
    """The goal and what stands inside it on the same sheet. What merely names it stays as it is."""
    yield goal
    inside = Goal.objects.filter(parent=goal, response=goal.response_id, worksheet=goal.worksheet, field=goal.field)
    for one in inside.exclude(level=goal.level):
        yield from _with_inside(one)
