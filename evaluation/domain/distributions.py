"""What many people answered, as counts: whatever can be counted of a worksheet's fields, with small groups hidden. Pure.

Answers of fewer than ``SMALLEST_GROUP`` people are not broken down: five is what published practice uses for counts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evaluation.domain.behind import People, are_enough
from templates_app.domain.counting import is_reported
from templates_app.shapes import FieldShape, Kind

Given = Sequence[tuple[Mapping[str, Any], People]]
"""Sheets with those who wrote each."""
Told = list[tuple[Any, People]]
"""Answers to one question with those who gave each."""


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


def distributions(shapes: Iterable[FieldShape], given: Given) -> list[Distribution]:
    """Everything that can be counted of these fields, in their order. So many people have to stand behind a question, and not
    so many sheets.
    """
    return [made for shape in shapes if is_reported(shape) for made in distribution(shape, given)]


def distribution(shape: FieldShape, given: Given) -> list[Distribution]:
    """What one field gives: one distribution, one for each row of a rating grid, or none where words were asked for."""
    count = _COUNTED.get(shape.kind)
    return count(shape, given) if count else []


def _answers(shape: FieldShape, given: Given) -> Told:
    return [(facts[shape.key], whose) for facts, whose in given if facts.get(shape.key) not in (None, "", [], {})]


def _scale(shape: FieldShape, given: Given) -> list[Distribution]:
    return [_of_points(shape, shape.key, shape.label, _answers(shape, given))]


def _matrix(shape: FieldShape, given: Given) -> list[Distribution]:
    told = [(answer, whose) for answer, whose in _answers(shape, given) if isinstance(answer, dict)]
    return [
        _of_points(
            shape,
            f"{shape.key}.{item.key}",
            f"{shape.label}: {item.label}",
            [(row.get(item.key), whose) for row, whose in told],
        )
        for item in shape.items
    ]


def _of_points(shape: FieldShape, key: str, label: str, told: Told) -> Distribution:
    rated = [one for one in told if isinstance(one[0], int) and not isinstance(one[0], bool)]
    values, said = [value for value, _whose in rated], [value for value, _whose in told]
    counts = [(point.label or str(point.value), values.count(point.value)) for point in shape.points]
    outside = [("na", _("Not applicable"), shape.not_applicable), ("dk", _("Don’t know"), shape.dont_know)]
    counts += [(words, said.count(code)) for code, words, offered in outside if offered and said.count(code)]
    mean = sum(values) / len(values) if values else None
    return _shown(key, label, rated, counts, mean, max(point.value for point in shape.points))


def _choice(shape: FieldShape, given: Given) -> list[Distribution]:
    told = [one for one in _answers(shape, given) if isinstance(one[0], str)]
    return [_of_options(shape, [answer for answer, _whose in told], told)]


def _choices(shape: FieldShape, given: Given) -> list[Distribution]:
    told = [one for one in _answers(shape, given) if isinstance(one[0], list)]
    return [_of_options(shape, [option for row, _whose in told for option in row], told)]


def _of_options(shape: FieldShape, chosen: list[str], told: Told) -> Distribution:
    counts = [(option.label, chosen.count(option.key)) for option in shape.options]
    if shape.other:
        counts.append((_("Other"), chosen.count("other")))
    return _shown(shape.key, shape.label, told, counts)


def _number(shape: FieldShape, given: Given) -> list[Distribution]:
    told = [one for one in _answers(shape, given) if isinstance(one[0], int | float) and not isinstance(one[0], bool)]
    values = [value for value, _whose in told]
    counts = [(f"{value:g}", values.count(value)) for value in sorted(set(values))]
    mean = sum(values) / len(values) if values else None
    return [_shown(shape.key, shape.label, told, counts, mean)]


def _shown(
    key: str,
    label: str,
    told: Told,
    counts: Iterable[tuple[str, int]],
    mean: float | None = None,
    highest: int | None = None,
) -> Distribution:
    if not are_enough(whose for _answer, whose in told):
        return Distribution(key, label, len(told), hidden=True)
    return Distribution(key, label, len(told), counts=tuple(counts), mean=mean, highest=highest)


_COUNTED: dict[Kind, Callable[[FieldShape, Given], list[Distribution]]] = {
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.PICTURE: _choices,
    Kind.NUMBER: _number,
    Kind.DURATION: _number,
}
