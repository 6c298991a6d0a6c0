"""What questions may have to do with outside their own worksheet, and what rows may begin with: examples, suggestions,
answers taken over from another worksheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from programmes.domain.designing.places import Field, inside, label_of
from programmes.domain.handbook.choosing import pairs_own
from templates_app.answers.rows import parts_of
from templates_app.domain.kits import AGREEMENT_KEY, current_versions, worksheet_of
from templates_app.models import Article, Handbook
from templates_app.shapes import FieldShape, Kind, Worksheet
from templates_app.shapes.kinds import ROWS

Names = tuple[tuple[str, str], ...]
"""Keys with what they are called."""
PART = " | "
"""Stands between the columns of a row that is written on one line."""


class TooManyParts(ValueError):
    """A line has more parts than the rows have columns. ``line`` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(frozen=True)
class Source:
    """A question of another worksheet whose rows or lines may be taken over; ``parts``: key and label of what each has."""

    worksheet: str
    field: str
    label: str
    parts: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...] = ()
    """Of a checklist: its lines."""

    @property
    def name(self) -> str:
        """How a form calls it."""
        return f"{self.worksheet}/{self.field}"


@dataclass(frozen=True)
class Asked:
    """A question of a worksheet itself: none inside rows, and no text to read."""

    key: str
    label: str
    kind: Kind


@dataclass(frozen=True)
class Elsewhere:
    """What a question may have to do with outside its own worksheet: ``sheets``, all by key and title, and ``sources``.

    ``pairs``: by key and title those worksheets that a pair fills in; ``asked``: what each worksheet asks.
    """

    sheets: Names = ()
    sources: tuple[Source, ...] = ()
    pairs: Names = ()
    asked: dict[str, tuple[Asked, ...]] = field(default_factory=dict)
    articles: Names = ()
    """The guidance, for questions of the agreement whose answers lead to it."""


def look_elsewhere(handbook: Handbook, *, but: str) -> Elsewhere:
    """All worksheets, and what may be taken over into rows of ``but``: rows and checklists of the others. One query; for the
    agreement one more.
    """
    versions = current_versions(handbook)
    return elsewhere_in(
        {key: worksheet_of(version) for key, version in versions.items() if key != AGREEMENT_KEY},
        but=but,
        articles=_articles(handbook) if but == AGREEMENT_KEY else (),
    )


def elsewhere_in(others: Mapping[str, Worksheet], *, but: str, articles: Names = ()) -> Elsewhere:
    """The same in these worksheets, by key."""
    sources = [
        Source(key, shape.key, f"{sheet.title}: {shape.label}", parts, _lines_of(shape))
        for key, sheet in others.items()
        if key != but
        for shape in sheet.fields()
        if (parts := _parts_to_take(shape))
    ]
    return Elsewhere(
        tuple((key, sheet.title) for key, sheet in others.items()),
        tuple(sources),
        tuple(pairs_own(others.values())),
        {key: tuple(_asked(sheet)) for key, sheet in others.items()},
        articles,
    )


def _articles(handbook: Handbook) -> Names:
    return tuple(Article.objects.filter(handbook=handbook).order_by("title", "key").values_list("key", "title"))


def _asked(sheet: Worksheet) -> Iterator[Asked]:
    for one in sheet.fields():
        if one.kind is not Kind.NOTE and not one.hidden:
            yield Asked(one.key, one.label, one.kind)


def _lines_of(shape: FieldShape) -> Names:
    return tuple((one.key, one.label) for one in shape.items) if shape.kind is Kind.CHECKLIST else ()


def _parts_to_take(shape: FieldShape) -> tuple[tuple[str, str], ...]:
    if shape.kind is Kind.CHECKLIST:
        return (("label", _("The line")), ("answer", _("What was written beside it")))
    return tuple((one.key, one.label) for one in parts_of(shape)) if shape.kind in ROWS else ()


def columns_of(field: Field) -> tuple[tuple[str, str], ...]:
    """Key and label of what each row asks."""
    asked = field.get(inside(field))
    if asked:
        return tuple((one["key"], label_of(one)) for one in asked)
    try:
        return tuple((one.key, one.label) for one in parts_of(FieldShape.model_validate(field)))
    except ValidationError:
        return ()


def as_lines(rows: Sequence[dict[str, str]], columns: Sequence[tuple[str, str]]) -> list[str]:
    """Rows as lines, their columns in order."""
    keys = [key for key, _label in columns]
    return [PART.join(" ".join(row.get(key, "").split()) for key in keys).rstrip(" |") for row in rows]


def from_lines(
    lines: Sequence[str], rows: Sequence[dict[str, Any]], columns: Sequence[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Rows from lines; a line that says what a row of ``rows`` says is that row as it stood. Raises ``TooManyParts``."""
    known = dict(zip(as_lines(rows, columns), rows, strict=True))
    found = []
    for number, line in enumerate(lines, 1):
        parts = [part.strip() for part in line.split("|")]
        if line.strip() in known:
            found.append(known[line.strip()])
        elif any(parts[len(columns) :]):
            raise TooManyParts(number)
        elif any(parts):
            found.append({key: part for (key, _label), part in zip(columns, parts, strict=False) if part})
    return found
