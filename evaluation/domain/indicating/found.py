"""What was found for an indicator. Figures are shown, drawn and exported from these alone."""

from dataclasses import dataclass
from typing import Literal

from templates_app.shapes import Indicator, Measure

Unit = Literal["percent", "points", "change", "number"]
Whole = Literal["people", "relationships", "sessions", "goals", "texts"]


@dataclass(frozen=True)
class Figure:
    """One number with what stands behind it: so many (``people``) of whatever ``whole`` says, of them ``count`` that fit.

    ``value`` is ``None`` where there is nothing to reckon, or where it is ``hidden`` because too few stand behind it.
    """

    label: str
    value: float | None
    unit: Unit
    people: int
    whole: Whole = "people"
    count: int | None = None
    least: float | None = None
    """The lowest point of its scale, where it has one."""
    most: float | None = None
    hidden: bool = False
    group: str = ""
    """What several figures of a measure are about together, such as a kind of skill."""

    @property
    def rounded(self) -> float | None:
        """The value as it is shown: whole per cent, else one decimal."""
        if self.value is None:
            return None
        return float(round(self.value)) if self.unit == "percent" else round(self.value, 1)

    @property
    def share_of_scale(self) -> float | None:
        """Where a mean stands on its scale, or how much of it a change takes up, in per cent."""
        if self.value is None or self.least is None or self.most is None or self.most <= self.least:
            return None
        begin = 0.0 if self.unit == "change" else self.least
        return 100 * (self.value - begin) / (self.most - self.least)


@dataclass(frozen=True)
class FoundMeasure:
    """A measure with its figures, in order. None where nothing has been asked yet."""

    measure: Measure
    figures: list[Figure]
    tells_of_partners: bool = False
    """Whether a coordinator could take from them what their own mentoring partner answered."""


@dataclass(frozen=True)
class FoundIndicator:
    """An indicator with everything that is reckoned for it."""

    indicator: Indicator
    measures: list[FoundMeasure]
