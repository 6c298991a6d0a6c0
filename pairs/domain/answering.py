"""What the worksheet engine needs to know of a pair while somebody answers or reads: prefills, bounds, options."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring import clock
from mentoring.accounts.models import User
from pairs.domain.instants import local_day
from pairs.domain.people import People, Person
from pairs.enums import GoalLevel
from pairs.models import Goal, Output, Pairing, Session
from programmes.enums import Side
from templates_app.answers import AnswerContext
from templates_app.answers.context import Choice
from templates_app.domain.uploads import files_of
from templates_app.shapes import GOAL_SOURCES

_NUMBERED = {
    GoalLevel.ASPIRATION: gettext_lazy("Aspiration %(number)d"),
    GoalLevel.GOAL: gettext_lazy("Goal %(number)d"),
    GoalLevel.MILESTONE: gettext_lazy("Milestone %(number)d"),
    GoalLevel.NEED: gettext_lazy("Need %(number)d"),
}
GoalChoices = Mapping[str, list[Choice]]
"""Name of a source (``GOAL_SOURCES``) → what it offers."""


def answer_context(
    output: Output,
    people: People,
    user: User,
    *,
    writing: bool = False,
    goals: Callable[[], GoalChoices] | None = None,
) -> AnswerContext:
    """The context of one output for one person: their language and zone, and what is known of the pair.

    ``writing`` reads the kept files that may be attached (one query). ``goals`` gives the goals to choose from where a
    caller knows which of them this person may read; otherwise they go by their numbers, when a field asks for them.
    """
    person = people.of(user)
    writer = people.member(output.member_id) or person
    owner = writer or people.mentee
    zone = person.zone if person else user.zone
    session = output.session
    cohort = output.pairing.cohort
    days: dict[str, dt.date] = {"cohort.start": cohort.starts_on, "cohort.end": cohort.ends_on}
    if session is not None and session.starts_at is not None:
        days["session.date"] = local_day(session.starts_at, owner.zone)
    return AnswerContext(
        locale=translation.get_language() or user.language,
        zone=zone,
        now=clock.now(),
        user=str(user.pk),
        roles=frozenset({person.side}) if person else frozenset(),
        side=str(writer.side) if writer else "",
        dates=days,
        people={str(pk): one.told_apart for one in people.everyone for pk in one.ids},
        options=_Options(output.pairing, people, goals or (lambda: goal_choices(output.pairing_id))),
        values=_known(output, people, owner, session, days),
        all_sign=output.member_id is None,
        files=files_of(output.response) if writing and output.response else frozenset(),
        subject=output,
    )


class _Options(dict):
    """Options by name, read only when a field asks for them."""

    def __init__(self, pairing: Pairing, people: People, goals: Callable[[], GoalChoices]) -> None:
        super().__init__()
        self.pairing, self.people, self.goals = pairing, people, goals

    def get(self, name: str, default: Any = None) -> Any:
        """The options of that name, or ``default`` for a name that others provide."""
        if name in GOAL_SOURCES:
            return self.goals()[name]
        if name == "pair":
            return [Choice(self._key(person), person.told_apart) for person in self.people.everyone]
        return default

    def _key(self, person: Person) -> str:
        """In a pair the side says who is meant; in a group there may be several on one."""
        return str(person.side) if self.pairing.is_pair else str(person.participant.pk)


def goal_choices(pairing_id: UUID, *, named: Callable[[Goal], bool] | None = None) -> GoalChoices:
    """What stands on the pair's page of goals, by level, what was let go marked as such: older sheets still name it.

    Those that are not ``named`` go by their number: for somebody who may read a sheet that names a goal but not the goal.
    """
    rows = list(Goal.objects.filter(pairing=pairing_id).order_by("dropped_at", "position"))
    return {
        source: [
            _choice(goal, place, known=named is not None and named(goal))
            for place, goal in enumerate((goal for goal in rows if goal.level == level), start=1)
        ]
        for source, level in GOAL_SOURCES.items()
    }


def _choice(goal: Goal, place: int, *, known: bool) -> Choice:
    title = goal.title if known else _NUMBERED[GoalLevel(goal.level)] % {"number": place}
    return Choice(goal.row, f"{title} ({_('let go')})" if known and goal.dropped_at else str(title))


def _known(
    output: Output, people: People, owner: Person, session: Session | None, days: dict[str, dt.date]
) -> dict[str, Any]:
    """The values that fields may name as their first answer (``shapes.PREFILLS``)."""
    cohort = output.pairing.cohort
    values: dict[str, Any] = {
        "counterpart.name": ", ".join(person.name for person in people.across(owner).people),
        "cohort.start": cohort.starts_on.isoformat(),
        "cohort.end": cohort.ends_on.isoformat(),
        "programme.title": cohort.programme.title,
        "today": local_day(clock.now(), owner.zone).isoformat(),
    }
    values |= _about("person", owner)
    for side, there in ((Side.MENTOR, people.mentors), (Side.MENTEE, people.mentees)):
        values |= _about_all(side, [_about(side, person) for person in there.people])
    if output.about_id is not None and output.about is not None:
        values["about"] = output.about.row
        if output.member_id is not None:  # on a sheet for all the words might reach who does not read the goal
            values["about.words"] = output.about.title
    if session is not None:
        values["session.number"] = session.number
        values["session.date"] = days["session.date"].isoformat() if "session.date" in days else None
        values |= _about_meeting(output, session)
    return values


def _about_meeting(output: Output, session: Session) -> dict[str, Any]:
    """When a session was and how long it took, for the sheet that it asks for itself: a further one tells of something else."""
    if output.is_further or session.starts_at is None:
        return {}
    minutes = session.held_minutes or session.minutes
    return {
        "session.start": session.starts_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "session.minutes": minutes,
        "session.hours": round(minutes / 60, 2),
        "session.way": session.way or None,
        "session.place": session.place or None,
    }


def _about_all(side: Side, facts: list[dict[str, Any]]) -> dict[str, Any]:
    """What is known of one side: of several people all names, and of the rest what they share."""
    if len(facts) < 2:
        return dict(*facts)
    shared = {key: value for key, value in facts[0].items() if all(one[key] == value for one in facts)}
    return shared | {f"{side}.name": ", ".join(one[f"{side}.name"] for one in facts)}


def _about(prefix: str, person: Person) -> dict[str, Any]:
    place = person.participant
    return {
        f"{prefix}.name": person.name,
        f"{prefix}.email": person.user.email if person.user else place.email,
        f"{prefix}.role": str(person.side),
        f"{prefix}.title": place.title,
        f"{prefix}.employer": place.employer,
        f"{prefix}.country": place.country,
        f"{prefix}.zone": person.zone,
        f"{prefix}.put_forward_by": str(place.partner) if place.partner else None,
    }
