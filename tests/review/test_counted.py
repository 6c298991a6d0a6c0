"""What stays between the two is not counted either."""

import pytest

from evaluation.domain.results import goal_outcomes
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.shapes import Preset


@pytest.mark.parametrize(
    ("preset", "counted"), [(Preset.COORDINATOR, True), (Preset.PAIR, False), (Preset.STATUS, False)]
)
def test_goal_reviews_that_no_coordinator_reads_are_not_counted(pair, preset, counted):
    cohort = pair.pairing.cohort
    sheet = worksheet_of(current_version(cohort.programme.handbook, "goal-review"))
    readers = sheet.readers.model_copy(update={"preset": preset, "consent": None})
    found = goal_outcomes(cohort, [sheet.model_copy(update={"readers": readers})])
    assert bool(found) is counted
