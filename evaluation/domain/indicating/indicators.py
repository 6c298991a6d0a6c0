"""The indicators of a cohort, as its programme has chosen and worded them."""

from evaluation.domain.indicating.found import FoundIndicator
from evaluation.domain.indicating.gathering import Gathered
from evaluation.domain.indicating.reckoning import reckoned
from evaluation.domain.partners import NOBODY, Kept
from mentoring import clock
from programmes.models import Cohort
from templates_app.domain.kits import kit_of
from templates_app.shapes import Indicator

ABOUT = ("mentee", "mentor", "shared", "programme")
"""Whose success an indicator tells of, in the order of the page. They are never put together."""


def has_indicators(cohort: Cohort) -> bool:
    """Whether its handbook has any."""
    return bool(kit_of(cohort.programme.handbook).indicators)


def used_in(cohort: Cohort) -> list[Indicator]:
    """Those that the programme uses, in its order."""
    return [one for one in kit_of(cohort.programme.handbook).indicators if one.used]


def indicators_of(cohort: Cohort, about: str = "", *, kept: Kept = NOBODY) -> list[FoundIndicator]:
    """What was found for the indicators in use, or for those about one side; for somebody who reads sheets one by one without
    those of their own mentoring partners (``kept``). A fixed number of queries.
    """
    chosen = [one for one in used_in(cohort) if about in ("", one.about)]
    gathered = Gathered(cohort, chosen, clock.now(), kept)
    return [FoundIndicator(one, reckoned(one, gathered)) for one in chosen]
