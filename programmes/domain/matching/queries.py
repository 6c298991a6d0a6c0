"""What the matching pages show. Only coordinators come here; everything is found within a cohort they coordinate."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from mentoring.accounts.models import User
from programmes.domain.matching.occupancy import Occupancy, occupancy_of
from programmes.domain.matching.runs import MATCHABLE, latest_run, open_proposals
from programmes.domain.queries import get_cohort_for
from programmes.domain.roles import roles_for
from programmes.enums import Side
from programmes.models import Cohort, Conflict, Criterion, MatchRun, Participant, Proposal


def get_matching_cohort_for(user: User, programme: str, cohort: str) -> Cohort:
    """A cohort whose pairs this person makes. Raises ``Http404`` for everybody but its coordinators."""
    found = get_cohort_for(user, programme, cohort)
    if not roles_for(user).coordinates(found.programme_id):
        raise Http404
    return found


def get_proposal_for(user: User, programme: str, cohort: str, proposal: UUID) -> Proposal:
    """A suggestion of that cohort, with the reasons this coordinator may read. Raises ``Http404``."""
    found = get_matching_cohort_for(user, programme, cohort)
    rows = Proposal.objects.select_related("run__cohort", "mentor", "mentee")
    row = rows.filter(run__cohort=found, pk=proposal).first()
    if row is None:
        raise Http404
    row.run.cohort = found
    _keep_readable(user, found, [row])
    return row


def _keep_readable(user: User, cohort: Cohort, rows: Iterable[Proposal]) -> None:
    """Take reasons that quote age, gender and ethnicity off what is shown to a coordinator who does not read those.

    In memory alone: whoever agreed to their use is matched by them all the same.
    """
    if roles_for(user).reads_sensitive(cohort.programme_id):
        return
    for row in rows:
        row.reasons = [reason for reason in row.reasons if not reason.get("sensitive")]


def matchable(cohort: Cohort, side: str) -> QuerySet[Participant]:
    """The people of one side who can be matched."""
    return Participant.objects.filter(cohort=cohort, side=side, state__in=MATCHABLE)


@dataclass(frozen=True)
class LeftOver:
    """Somebody without a suggestion, and why."""

    person: Participant
    reason: str
    best: Participant | None


@dataclass(frozen=True)
class Board:
    """The matching page."""

    cohort: Cohort
    run: MatchRun | None
    proposals: list[Proposal]
    dropped: list[Proposal]
    left: list[LeftOver]
    waiting: int
    """Mentees who have no running pair."""
    places: int
    """Places that mentors have left."""


def board_for(user: User, cohort: Cohort) -> Board:
    """The page as this coordinator may read it: no reason quotes to them what they do not read."""
    board = board_of(cohort)
    _keep_readable(user, cohort, [*board.proposals, *board.dropped])
    return board


def board_of(cohort: Cohort) -> Board:
    """Everything the page shows, in a fixed number of queries."""
    run, taken = latest_run(cohort), occupancy_of(cohort)
    people = {row.pk: row for row in Participant.objects.filter(cohort=cohort, state__in=MATCHABLE)}
    mentees = [row for row in people.values() if row.side == Side.MENTEE and row.pk not in taken.mentees]
    open_rows = [row for row in (open_proposals(run) if run else []) if row.mentee_id not in taken.mentees]
    suggested = {row.mentee_id for row in open_rows}
    return Board(
        cohort=cohort,
        run=run,
        proposals=open_rows,
        dropped=_dropped(run),
        left=[line for line in _left(run, people) if line.person.pk not in suggested | taken.mentees],
        waiting=len(mentees),
        places=_places(people.values(), taken),
    )


def _places(people: Any, taken: Occupancy) -> int:
    mentors = [row for row in people if row.side == Side.MENTOR]
    return sum(max(0, row.capacity - taken.mentors.get(row.pk, 0)) for row in mentors)


def _dropped(run: MatchRun | None) -> list[Proposal]:
    if run is None:
        return []
    rows = Proposal.objects.filter(run=run, dropped_at__isnull=False, confirmed_at__isnull=True)
    return list(rows.select_related("mentor", "mentee"))


def _left(run: MatchRun | None, people: dict[UUID, Participant]) -> list[LeftOver]:
    lines = []
    for line in run.unmatched if run else []:
        person = people.get(UUID(line["participant"]))
        if person is not None:
            best = people.get(UUID(line["best"])) if line["best"] else None
            lines.append(LeftOver(person, line["reason"], best))
    return lines


def criteria_of(cohort: Cohort) -> QuerySet[Criterion]:
    """All criteria of the programme, removed ones last."""
    return Criterion.objects.filter(programme=cohort.programme).order_by("-removed_at", "position")


def get_criterion(cohort: Cohort, key: str) -> Criterion:
    """One criterion of the programme. Raises ``Http404``."""
    row = Criterion.objects.select_related("programme__handbook").filter(programme=cohort.programme, key=key).first()
    if row is None:
        raise Http404
    return row


def conflicts_of(cohort: Cohort) -> QuerySet[Conflict]:
    """The declared conflicts of a cohort."""
    return (
        Conflict.objects.filter(cohort=cohort)
        .select_related("mentor", "mentee", "excepted_by", "sheet__response")
        .order_by("mentee__family_name")
    )


def get_conflict(cohort: Cohort, pk: UUID) -> Conflict:
    """One of them. Raises ``Http404``."""
    row = Conflict.objects.select_related("cohort__programme__handbook", "sheet").filter(cohort=cohort, pk=pk).first()
    if row is None:
        raise Http404
    return row
