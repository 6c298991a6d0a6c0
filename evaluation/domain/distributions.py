"""What many people answered, as counts: whatever can be counted of a worksheet's fields, with small groups hidden. Pure.

Fewer than ``SMALLEST_GROUP`` answers to a question are not broken down: five is what published practice uses for counts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from templates_app.domain.counting import SMALLEST_GROUP, is_reported
from templates_app.shapes import FieldShape, Kind

Facts = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Distribution:
    """One question's answers: ``counts`` by option or point in the question's order, ``mean`` of what has one.

    ``hidden``: too few answered; then there are neither counts nor a mean.
    """

    key: str
    label: str
    answered: int
    hidden: bool = False
    counts: tuple[tuple[str, int], ...] = ()
    mean: float | None = None
    highest: int | None = None

    @property
    def most(self) -> int:
        """The largest count, for the length of bars."""
        return max((count for _label, count in self.counts), default=0)


def distributions(shapes: Iterable[FieldShape], facts: Facts) -> list[Distribution]:
    """Everything that can be counted of these fields, in their order."""
    return [made for shape in shapes if is_reported(shape) for made in distribution(shape, facts)]


def distribution(shape: FieldShape, facts: Facts) -> list[Distribution]:
    """What one field gives: one distribution, one for each row of a rating grid, or none where words were asked for."""
    count = _COUNTED.get(shape.kind)
    return count(shape, facts) if count else []


def _answers(shape: FieldShape, facts: Facts) -> list[Any]:
    return [given[shape.key] for given in facts if given.get(shape.key) not in (None, "", [], {})]


def _scale(shape: FieldShape, facts: Facts) -> list[Distribution]:
    return [_of_points(shape, shape.key, shape.label, _answers(shape, facts))]


def _matrix(shape: FieldShape, facts: Facts) -> list[Distribution]:
    given = [answer for answer in _answers(shape, facts) if isinstance(answer, dict)]
    return [
        _of_points(
            shape, f"{shape.key}.{item.key}", f"{shape.label}: {item.label}", [row.get(item.key) for row in given]
        )
        for item in shape.items
    ]


def _of_points(shape: FieldShape, key: str, label: str, given: list[Any]) -> Distribution:
    values = [value for value in given if isinstance(value, int) and not isinstance(value, bool)]
    counts = [(point.label or str(point.value), values.count(point.value)) for point in shape.points]
    outside = [("na", _("Not applicable"), shape.not_applicable), ("dk", _("Don’t know"), shape.dont_know)]
    counts += [(words, given.count(code)) for code, words, offered in outside if offered and given.count(code)]
    mean = sum(values) / len(values) if values else None
    return _shown(key, label, len(values), counts, mean, max(point.value for point in shape.points))


def _choice(shape: FieldShape, facts: Facts) -> list[Distribution]:
    given = [answer for answer in _answers(shape, facts) if isinstance(answer, str)]
    return [_of_options(shape, given, len(given))]


def _choices(shape: FieldShape, facts: Facts) -> list[Distribution]:
    given = [answer for answer in _answers(shape, facts) if isinstance(answer, list)]
    return [_of_options(shape, [option for row in given for option in row], len(given))]


def _of_options(shape: FieldShape, chosen: list[str], answered: int) -> Distribution:
    counts = [(option.label, chosen.count(option.key)) for option in shape.options]
    if shape.other:
        counts.append((_("Other"), chosen.count("other")))
    return _shown(shape.key, shape.label, answered, counts)


def _number(shape: FieldShape, facts: Facts) -> list[Distribution]:
    values = [v for v in _answers(shape, facts) if isinstance(v, int | float) and not isinstance(v, bool)]
    counts = [(f"{value:g}", values.count(value)) for value in sorted(set(values))]
    mean = sum(values) / len(values) if values else None
    return [_shown(shape.key, shape.label, len(values), counts, mean)]


def _shown(
    key: str,
    label: str,
    answered: int,
    counts: Iterable[tuple[str, int]],
    mean: float | None = None,
    highest: int | None = None,
) -> Distribution:
    if answered < SMALLEST_GROUP:
        return Distribution(key, label, answered, hidden=True)
    return Distribution(key, label, answered, counts=tuple(counts), mean=mean, highest=highest)


_COUNTED: dict[Kind, Callable[[FieldShape, Facts], list[Distribution]]] = {
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.DURATION: _number,
}
