"""How many people of a cohort are how far."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count

from mentoring.accounts.models import User
from programmes.domain.queries import countable_by
from programmes.enums import ParticipantState
from programmes.models import Cohort, Participant


def figures_of_cohorts(user: User, cohorts: Sequence[Cohort]) -> dict[UUID, dict[str, int]]:
    """Cohort id → how many people the user may count there: by state, by side of those who joined, and in all. One query."""
    figures: dict[UUID, dict[str, int]] = {cohort.pk: _none() for cohort in cohorts}
    seen: Any = Participant.objects.filter(countable_by(user), cohort__in=list(figures))
    for row in seen.values("cohort", "side", "state").annotate(count=Count("pk")).order_by():
        counts = figures[row["cohort"]]
        counts[row["state"]] += row["count"]
        counts["all"] += row["count"]
        if row["state"] == ParticipantState.JOINED:
            counts[f"{row['side']}s"] += row["count"]
    return figures


def _none() -> dict[str, int]:
    return dict.fromkeys([*ParticipantState.values, "all", "mentors", "mentees"], 0)
