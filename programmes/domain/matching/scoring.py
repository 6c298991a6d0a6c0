"""The score of a pair and its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from programmes.domain.matching.comparing import COMPARISONS
from programmes.domain.matching.profiles import Profile
from programmes.models import Criterion


@dataclass(frozen=True)
class Score:
    """``total`` from 0 to 100 over the criteria both have answered; ``reasons`` one per answered criterion, best first."""

    total: int
    reasons: list[dict[str, Any]]


def score_pair(criteria: Sequence[Criterion], mentor: Profile, mentee: Profile) -> Score:
    """Score one pair. What either has not said counts neither way."""
    reasons, points, possible = [], 0.0, 0
    for criterion in criteria:
        verdict = COMPARISONS[criterion.kind](criterion, mentor, mentee)
        if verdict is None or criterion.weight == 0:
            continue
        gained = verdict.share * criterion.weight
        points += gained
        possible += criterion.weight
        reasons.append(
            {
                "key": criterion.key,
                "title": criterion.title,
                "points": round(gained),
                "of": criterion.weight,
                "words": verdict.words,
                "sensitive": criterion.sensitive,
            }
        )
    total = round(100 * points / possible) if possible else 0
    return Score(total, sorted(reasons, key=lambda reason: (-reason["points"], reason["key"])))
