"""Goals as they stand: the mentor comments on them and marks them as agreed.

A change of a goal's words clears the mark (``plp.sys.110``): agreed was what stood there before.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.canonical import fingerprint
from pairs.domain.people import NotAMember, member_of, others_of
from pairs.domain.reading import Reader, reader_of
from pairs.domain.telling import page_of, tell
from pairs.models import Goal, GoalChange, Output, Pairing, PairingMember
from programmes.enums import Side

COMMENT_LENGTH = 3000


class GoalNotReadable(Exception):
    """The goal stands on a sheet that this person may not read: there is nothing for them to answer."""


class GoalChanged(Exception):
    """The goal's words are others than those that were shown: nobody agrees to what they did not read."""


def goals_of(pairing: Pairing) -> QuerySet[Goal]:
    """The goals a pair works on, in the mentee's order."""
    return Goal.objects.filter(pairing=pairing, dropped_at=None).select_related("agreed_by__participant")


def goals_for(reader: Reader) -> list[Goal]:
    """Those of the goals whose words this person may read, in the mentee's order."""
    return [goal for goal in goals_of(reader.pairing) if reader.knows_goal(goal)]


def changes_of(reader: Reader, goals: Sequence[Goal]) -> dict[UUID, list[GoalChange]]:
    """What these goals once were, oldest first, as far as this person may read it. One query."""
    by_id = {goal.pk: goal for goal in goals}
    found: dict[UUID, list[GoalChange]] = {}
    for one in GoalChange.objects.filter(goal__in=by_id).select_related("changed_by", "session"):
        if reader.knows_change(by_id[one.goal_id], one):
            found.setdefault(one.goal_id, []).append(one)
    return found


def _iso(day: Any) -> str | None:
    return day.isoformat() if hasattr(day, "isoformat") else day


def wording_of(goal: Goal) -> str:
    """A short name of a goal's words and date, by which an answer notices that they were changed meanwhile."""
    return fingerprint({"words": goal.words, "due": _iso(goal.due_on)})


@transaction.atomic
def answer_goal(*, goal: Goal, comment: str, agreed: bool, actor: User, seen: str = "") -> Goal:
    """The mentor comments on a goal and says whether it is understood and agreed. Changing nothing tells nobody.

    ``seen`` is the ``wording_of`` what the mentor was shown. Raises ``NotAMember`` for anybody but a mentor of the pair,
    ``GoalNotReadable`` for a goal the mentee keeps, and ``GoalChanged`` where they would agree to other words.
    """
    member = member_of(goal.pairing, actor)
    if member.side != Side.MENTOR:
        raise NotAMember
    if not reader_of(actor, goal.pairing).knows_goal(goal):
        raise GoalNotReadable
    if agreed and seen and seen != wording_of(Goal.objects.select_for_update().get(pk=goal.pk)):
        raise GoalChanged
    comment = comment.strip()[:COMMENT_LENGTH]
    was_agreed = goal.agreed_at is not None
    if comment == goal.comment and agreed == was_agreed:
        return goal
    goal.comment = comment
    if agreed != was_agreed:
        goal.agreed_at = clock.now() if agreed else None
        goal.agreed_by = member if agreed else None
    goal.save(update_fields=["comment", "agreed_at", "agreed_by"])
    newly_agreed = agreed and not was_agreed
    action = "goal.agreed" if newly_agreed else "goal.commented"
    event = record_event(action, goal, actor=actor, within=goal.pairing)
    link = page_of("pairs:goals", goal.pairing_id)
    for other in _owners(goal, member):
        tell("goal_answered", other, about=goal, occasion=f"goal-{event.pk}", link=link, by=member, agreed=newly_agreed)
    return goal


def _owners(goal: Goal, answering: PairingMember) -> list[PairingMember]:
    """Whose goal it is: who wrote it, or everybody else where it was written together."""
    others = others_of(goal.pairing, answering)
    writer = writer_of(goal)
    return [row for row in others if row.participant_id == writer.participant_id] if writer else others


def writer_of(goal: Goal) -> PairingMember | None:
    """Who wrote a goal; ``None`` where it stands on a sheet that is written together."""
    output = Output.objects.filter(pairing=goal.pairing_id, response=goal.response_id).select_related("member").first()
    return output.member if output else None
