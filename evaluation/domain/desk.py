"""The coordinator's desk: who needs them today, the figures, and how everybody stands. What it shows depends on who looks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from evaluation.domain.attention import Attention, asking_of, attention_of, logs_of
from evaluation.domain.figures import by_stage, progress, sessions_held
from evaluation.domain.nudging import AT_MOST_EVERY, last_nudges
from evaluation.domain.queries import named_pairings_for
from evaluation.domain.sight import Sight, sight_of
from evaluation.domain.standing import PairStanding, name_key, pairings_of, running, standings, with_asking
from mentoring.accounts.models import User
from programmes.domain.expenses.queries import waiting_in
from programmes.domain.issues import issues_of_cohort
from programmes.domain.suggestions import waiting_since
from programmes.domain.watching import Watched, today_here, watched_in
from programmes.models import Cohort, Issue
from templates_app.domain.kits import current_versions
from templates_app.models import TemplateVersion


@dataclass(frozen=True)
class Desk:
    """Everything on one person's desk for one cohort, worked out when first asked for."""

    user: User
    cohort: Cohort
    sight: Sight
    now: dt.datetime

    @cached_property
    def named(self) -> list[PairStanding]:
        """The pairs this person sees by name, by the mentee's name, running ones first."""
        if self.sight.names_all:
            return sorted(self.everyone, key=_by_name)
        found = standings(named_pairings_for(self.user, self.cohort), self.now, self.sight.sees)
        return sorted(found, key=_by_name)

    @cached_property
    def everyone(self) -> list[PairStanding]:
        """All pairs, to count them."""
        return standings(pairings_of(self.cohort), self.now)

    @cached_property
    def versions(self) -> dict[str, TemplateVersion]:
        """The handbook's worksheets as they are now."""
        return current_versions(self.cohort.programme.handbook)

    @cached_property
    def attention(self) -> list[Attention]:
        """The pairs that need the coordinator; nobody for anybody else."""
        if not self.sight.coordinates:
            return []
        handbook = self.cohort.programme.handbook
        found = with_asking(running(self.everyone), asking_of(handbook, self.versions), self.user)
        return attention_of(found, self.now, logs=logs_of(handbook, self.versions), zone=self.cohort.zone)

    @cached_property
    def issues(self) -> list[Issue]:
        """What participants have raised and nobody has closed; for coordinators alone."""
        return list(issues_of_cohort(self.user, self.cohort).filter(closed_at__isnull=True).defer("text"))

    @cached_property
    def claims_since(self) -> list[dt.datetime]:
        """When the claims for expenses were sent that wait for a decision or to be paid, whether or not the handbook still
        has expenses; for coordinators alone.
        """
        if not self.sight.coordinates:
            return []
        return [at for at in waiting_in(self.user, self.cohort).values_list("sent_at", flat=True) if at is not None]

    @cached_property
    def suggestions_since(self) -> list[dt.date]:
        """The days of the notes in the programme's suggestion box that have no reply; for coordinators alone."""
        return waiting_since(self.user, self.cohort.programme) if self.sight.coordinates else []

    @cached_property
    def watched(self) -> list[Watched]:
        """What the programme's own worksheets ask of those who run it; for coordinators alone."""
        if not self.sight.coordinates:
            return []
        return watched_in(self.cohort.programme, today_here(), self.versions)

    @cached_property
    def reminded(self) -> dict[UUID, dt.datetime]:
        """Which of the attention list's outputs were reminded of within the last day, and when."""
        about = [UUID(line.output_id) for line in self.attention if line.output_id]
        return last_nudges(about, since=self.now - AT_MOST_EVERY)

    @cached_property
    def numbers(self) -> list[dict[str, Any]]:
        """How the pairs are getting on, in numbers with their definitions, for those who read figures."""
        return progress(self.everyone) if self.sight.figures else []

    @cached_property
    def stages(self) -> list[dict[str, Any]]:
        """Outputs by stage."""
        return by_stage(self.cohort, self.everyone) if self.sight.figures else []

    @cached_property
    def sessions(self) -> list[dict[str, Any]]:
        """Sessions held, by number."""
        return sessions_held(running(self.everyone)) if self.sight.figures else []


def desk_of(user: User, cohort: Cohort, now: dt.datetime) -> Desk:
    """The person's desk for a cohort. Nothing is read yet."""
    return Desk(user, cohort, sight_of(user, cohort.programme), now)


def _by_name(one: PairStanding) -> tuple[bool, str]:
    return (not one.is_running, name_key(one.label))


RUNNING, LATE, ENDED, ALL = "running", "late", "ended", "all"
SHOWN = (RUNNING, LATE, ENDED, ALL)


def only(found: Sequence[PairStanding], shown: str) -> list[PairStanding]:
    """Those pairs that a filter leaves: running, with something late, ended, or all."""
    return [one for one in found if _passes(one, shown)]


def _passes(one: PairStanding, shown: str) -> bool:
    if shown == LATE:
        return bool(one.late)
    if shown == ENDED:
        return not one.is_running
    return shown == ALL or one.is_running
