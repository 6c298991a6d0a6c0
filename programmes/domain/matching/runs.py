"""Suggesting pairs: asked for by a coordinator, worked out in the background, changed by hand, confirmed elsewhere."""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F, Min
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.clock import now
from mentoring.history.domain import record_event
from mentoring.work.domain import wake
from mentoring.work.models import State
from programmes.domain.matching.occupancy import Occupancy, occupancy_of
from programmes.domain.matching.profiles import Profile, profile_of
from programmes.domain.matching.scoring import Score, score_pair
from programmes.domain.matching.solving import Problem, best_assignment
from programmes.domain.matching.warnings import Watch, watch_of
from programmes.enums import ParticipantState, Side
from programmes.models import Cohort, Criterion, MatchRun, Participant, Proposal

log = logging.getLogger(__name__)

WORK = "matching"
RETRY = dt.timedelta(minutes=1)
MATCHABLE = (ParticipantState.ACCEPTED, ParticipantState.INVITED, ParticipantState.JOINED)


class NotPossible(Exception):
    """The suggestion cannot be made; the message says why."""


@transaction.atomic
def request_run(*, cohort: Cohort, actor: User) -> MatchRun:
    """Ask for suggestions; returns the run, whose state the page shows until it is done."""
    run = MatchRun.objects.create(cohort=cohort, requested_by=actor, not_before=now())
    record_event("matching.asked", run, actor=actor, within=cohort)
    wake(WORK, at=run.not_before)
    return run


def run_due(moment: dt.datetime) -> dt.datetime | None:
    """Worker: work out what was asked for; returns when to look again."""
    for run in MatchRun.ready(moment).select_related("cohort__programme__handbook"):
        if run.claim(moment) and not _work_out_one(run, moment):
            break
    waiting = MatchRun.objects.filter(state__in=[State.QUEUED, State.RUNNING])
    return waiting.aggregate(next=Min(Coalesce(F("lease_until"), F("not_before"))))["next"]


def _work_out_one(run: MatchRun, moment: dt.datetime) -> bool:
    """Work out a claimed run; whoever asked sees where it failed. False when this worker has no time left for another."""
    try:
        with transaction.atomic():
            work_out(run)
    except SoftTimeLimitExceeded:
        log.warning("The matching run %s took too long", run.pk)
        _put_off(run, "took too long", moment)
        return False
    except Exception as fault:
        log.exception("The matching run %s could not be worked out", run.pk)
        _put_off(run, type(fault).__name__, moment)
    return True


def _put_off(run: MatchRun, reason: str, moment: dt.datetime) -> None:
    run.fail(reason, again_at=moment + RETRY if run.attempts < MatchRun.MAX_ATTEMPTS else None)


def active_criteria(cohort: Cohort) -> list[Criterion]:
    """The criteria that count."""
    return list(Criterion.objects.filter(programme=cohort.programme, removed_at__isnull=True))


def people_of(cohort: Cohort) -> tuple[list[Profile], list[Profile]]:
    """Mentors and mentees who can be matched, as profiles. One query."""
    rows = Participant.objects.filter(cohort=cohort, state__in=MATCHABLE).select_related("enrolment__version")
    profiles = [profile_of(row) for row in rows]
    return [p for p in profiles if p.side == Side.MENTOR], [p for p in profiles if p.side == Side.MENTEE]


def work_out(run: MatchRun) -> None:
    """Score every allowed pair, find the best assignment, keep it with its reasons and say why the rest is left."""
    cohort = run.cohort
    criteria, watch, taken = active_criteria(cohort), watch_of(cohort), occupancy_of(cohort)
    mentors, everyone = people_of(cohort)
    mentees = [person for person in everyone if person.id not in taken.mentees]
    scores = _scores(criteria, mentors, mentees, watch, taken)
    places = {person.id: person.capacity - taken.mentors.get(person.id, 0) for person in mentors}
    plan = best_assignment(
        Problem([p.id for p in mentees], places, {pair: score.total for pair, score in scores.items()})
    )
    by_id = {person.id: person for person in (*mentors, *mentees)}
    Proposal.objects.bulk_create(
        _proposal(run, scores[mentor, mentee], by_id[mentor], by_id[mentee], watch) for mentee, mentor in plan.items()
    )
    left = [_left_over(person, mentors, scores, places) for person in mentees if person.id not in plan]
    run.finish(unmatched=left)


def _scores(
    criteria: Sequence[Criterion],
    mentors: Sequence[Profile],
    mentees: Sequence[Profile],
    watch: Watch,
    taken: Occupancy,
) -> dict[tuple[UUID, UUID], Score]:
    return {
        (mentor.id, mentee.id): score_pair(criteria, mentor, mentee)
        for mentor in mentors
        for mentee in mentees
        if (mentor.id, mentee.id) not in taken.former and not watch.forbids(mentor, mentee)
    }


def _proposal(run: MatchRun, score: Score, mentor: Profile, mentee: Profile, watch: Watch, **more: Any) -> Proposal:
    return Proposal(
        run=run,
        mentor_id=mentor.id,
        mentee_id=mentee.id,
        score=score.total,
        reasons=score.reasons,
        warnings=watch.warnings(mentor, mentee),
        **more,
    )


def _left_over(
    mentee: Profile, mentors: Sequence[Profile], scores: dict[tuple[UUID, UUID], Score], places: dict[UUID, int]
) -> dict[str, Any]:
    """Why somebody is left: nobody may, or who would fit best but is full."""
    possible = [mentor for mentor in mentors if (mentor.id, mentee.id) in scores]
    if not possible:
        return {"participant": str(mentee.id), "reason": "nobody-allowed", "best": ""}
    best = max(possible, key=lambda mentor: (scores[mentor.id, mentee.id].total, mentor.name))
    reason = "nobody-free" if sum(max(0, count) for count in places.values()) else "no-places"
    return {"participant": str(mentee.id), "reason": reason, "best": str(best.id)}


@transaction.atomic
def propose_by_hand(*, run: MatchRun, mentor: Participant, mentee: Participant, actor: User) -> Proposal:
    """Put a pair of the coordinator's own beside the suggested ones, with its score, reasons and warnings.

    Raises ``NotPossible`` when somebody is of another cohort or side, or a rule forbids the pair.
    """
    cohort = run.cohort
    if {mentor.cohort_id, mentee.cohort_id} != {cohort.pk} or (mentor.side, mentee.side) != (Side.MENTOR, Side.MENTEE):
        raise NotPossible(_("Choose one mentor and one mentee of this cohort."))
    criteria, watch = active_criteria(cohort), watch_of(cohort)
    one, other = profile_of(mentor), profile_of(mentee)
    if watch.forbids(one, other):
        raise NotPossible(_("A rule of the programme forbids this pair."))
    Proposal.objects.filter(run=run, mentee=mentee, confirmed_at__isnull=True).delete()
    proposal = _proposal(run, score_pair(criteria, one, other), one, other, watch, set_by_hand=True)
    proposal.save()
    record_event("matching.by_hand", proposal, actor=actor, within=cohort)
    return proposal


@transaction.atomic
def drop_proposal(*, proposal: Proposal, actor: User) -> None:
    """Set a suggestion aside; undone by ``restore_proposal``. A confirmed one stays."""
    Proposal.objects.filter(pk=proposal.pk, confirmed_at__isnull=True, dropped_at__isnull=True).update(dropped_at=now())
    record_event("matching.dropped", proposal, actor=actor, within=proposal.run.cohort)


@transaction.atomic
def restore_proposal(*, proposal: Proposal, actor: User) -> None:
    """Take a dropped suggestion up again."""
    Proposal.objects.filter(pk=proposal.pk).update(dropped_at=None)
    record_event("matching.restored", proposal, actor=actor, within=proposal.run.cohort)


def set_aside_declined(cohort: Cohort, pairs: Iterable[tuple[UUID, UUID]]) -> None:
    """Set aside what is suggested of (mentor, mentee) pairs of whom one has declined the other; no event tells when."""
    rows = Proposal.objects.filter(run__cohort=cohort, confirmed_at__isnull=True, dropped_at__isnull=True)
    for mentor, mentee in pairs:
        rows.filter(mentor=mentor, mentee=mentee).update(dropped_at=now())


def latest_run(cohort: Cohort) -> MatchRun | None:
    """The newest run of a cohort."""
    return MatchRun.objects.filter(cohort=cohort).order_by("-created_at").first()


def open_proposals(run: MatchRun) -> list[Proposal]:
    """The suggestions still to be decided, best first, with both people. One query."""
    rows = Proposal.objects.filter(run=run, dropped_at__isnull=True, confirmed_at__isnull=True)
    return list(
        rows.select_related("mentor__partner", "mentee__partner").order_by("-score", "mentee__family_name", "id")
    )


def mark_confirmed(proposal: Proposal) -> None:
    """Note that a pair was made of it (called by the verb that makes pairs)."""
    Proposal.objects.filter(pk=proposal.pk).update(confirmed_at=now())
