"""What an indicator may be reckoned from: what each way of reckoning can be asked of in a handbook.

Only what the checks of a kit allow is offered, so that nobody chooses what is refused afterwards.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from templates_app.domain.counting import may_be_counted
from templates_app.domain.kit_files.checks.indicators import COUNTED_ROWS, can_never_be_blank, may_be_several
from templates_app.shapes import FieldShape, Kind, Kit, Measure, Reckoning, Survey, Worksheet
from templates_app.shapes.kinds import HAS_OPTIONS, SHOWN

_SURVEYED = frozenset(
    {
        Reckoning.MEAN,
        Reckoning.CHANGE,
        Reckoning.SHARE,
        Reckoning.RISE,
        Reckoning.ROWS,
        Reckoning.HOW_MANY,
        Reckoning.MATCHED,
    }
)
_OF_PAIRS = frozenset({Reckoning.SHARE, Reckoning.HOW_MANY, Reckoning.SENT, Reckoning.AGREED, Reckoning.THEMES})
_IN_ROWS = frozenset({Reckoning.RISE, Reckoning.ROWS, Reckoning.HOW_MANY})
ASKS_ABOUT = _SURVEYED | _OF_PAIRS | {Reckoning.TOGETHER}
"""The ways for which one chooses first what they are about."""
_ON_SCALES = frozenset({Reckoning.MEAN, Reckoning.CHANGE, Reckoning.MATCHED})


@dataclass(frozen=True)
class Subject:
    """What a figure is about: a worksheet that surveys ask one side, or that pairs send; perhaps the rows of a table on it."""

    sheet: Worksheet
    surveys: tuple[Survey, ...] = ()
    rows: FieldShape | None = None
    alone: bool = False
    """Whether it is one survey, rather than all that ask this side the same."""

    @property
    def name(self) -> str:
        """What tells it from the others, in an address."""
        side = self.surveys[0].audience[0] if self.surveys else "pair"
        first = self.surveys[0].key if self.alone else f"{side}.{self.sheet.key}"
        return f"{first}.{self.rows.key}" if self.rows else first

    @property
    def title(self) -> str:
        """What it is called."""
        if self.surveys:
            sides = {"mentor": _("mentors"), "mentee": _("mentees")}
            called = title_of_survey(self.surveys[0], self.sheet) if self.alone else self.sheet.title
            words = {"sheet": called, "side": sides[self.surveys[0].audience[0]]}
            found = _("“%(sheet)s”, asked of %(side)s") % words
        else:
            found = _("“%(sheet)s” of each pair") % {"sheet": self.sheet.title}
        return (
            _("%(sheet)s: the rows of “%(rows)s”") % {"sheet": found, "rows": self.rows.label} if self.rows else found
        )

    @property
    def asked(self) -> list[FieldShape]:
        """The questions whose answers may be counted: those of the rows, where it is about rows."""
        fields = [*self.rows.columns, *self.rows.fields] if self.rows else self.sheet.fields()
        return [field for field in fields if is_countable(self.sheet, field)]

    @property
    def scales(self) -> list[FieldShape]:
        """Those that are answered on a scale."""
        return [field for field in self.asked if field.kind is Kind.SCALE]

    @property
    def choices(self) -> list[FieldShape]:
        """Those with answers of the handbook's own to choose from."""
        return [field for field in self.asked if field.kind is Kind.CHOICE and field.options]


def is_countable(sheet: Worksheet, field: FieldShape) -> bool:
    """Whether it is asked, and its answers may stand in a figure."""
    return not field.hidden and field.kind not in SHOWN and may_be_counted(sheet, field)


def title_of_survey(survey: Survey, sheet: Worksheet) -> str:
    """What a survey is called."""
    return survey.title or sheet.title


def subjects_for(kit: Kit, reckon: Reckoning) -> list[Subject]:
    """What this can be reckoned of in this handbook."""
    sheets = {sheet.key: sheet for sheet in kit.worksheets}
    if reckon is Reckoning.TOGETHER:
        found = [Subject(sheets[one.worksheet], (one,), alone=True) for one in _of_one_side(kit)]
        found = [inner for one in found for inner in (one, *_in_rows(one))]
    else:
        found = list(_surveyed(kit, sheets)) if reckon in _SURVEYED else []
        if reckon in _OF_PAIRS:
            found += [
                Subject(sheet) for sheet in kit.worksheets if sheet.belongs == "pair" and not sheet.is_of_programme
            ]
        if reckon in _IN_ROWS:
            found = [inner for one in found for inner in _in_rows(one)]
    return [one for one in found if _serves(one, reckon)]


def subjects_of(kit: Kit, measure: Measure) -> list[Subject]:
    """What a figure is about as it stands; none where it is about no worksheet."""
    sheets = {sheet.key: sheet for sheet in kit.worksheets}
    surveys = {survey.key: survey for survey in kit.surveys}
    if measure.parts:
        found = [(surveys[part.survey], part.rows) for part in measure.parts]
        return [_with_rows(Subject(sheets[one.worksheet], (one,), alone=True), rows) for one, rows in found]
    if measure.surveys:
        first = surveys[measure.surveys[0]]
        alike = [one for one in _of_one_side(kit) if (one.worksheet, one.audience) == (first.worksheet, first.audience)]
        return [_with_rows(Subject(sheets[first.worksheet], tuple(alike)), measure.rows)]
    return [_with_rows(Subject(sheets[measure.worksheet]), measure.rows)] if measure.worksheet else []


def _with_rows(subject: Subject, rows: str | None) -> Subject:
    found = next((field for field in subject.sheet.fields() if field.key == rows), None)
    return Subject(subject.sheet, subject.surveys, found, subject.alone)


def _of_one_side(kit: Kit) -> list[Survey]:
    return [survey for survey in kit.surveys if len(survey.audience) == 1]


def _surveyed(kit: Kit, sheets: dict[str, Worksheet]) -> Iterator[Subject]:
    """The surveys that ask one side the same worksheet, together."""
    found: dict[tuple[str, str], list[Survey]] = {}
    for survey in _of_one_side(kit):
        found.setdefault((survey.worksheet, survey.audience[0]), []).append(survey)
    for (sheet, _side), surveys in found.items():
        yield Subject(sheets[sheet], tuple(surveys))


def _in_rows(subject: Subject) -> Iterator[Subject]:
    for field in subject.asked:
        if field.kind in COUNTED_ROWS:
            yield Subject(subject.sheet, subject.surveys, field, subject.alone)


def _serves(subject: Subject, reckon: Reckoning) -> bool:
    """Whether there is anything on it that could be reckoned so."""
    return bool(_SERVES.get(reckon, conditions)(subject))


def _is_called_for_once(subject: Subject) -> bool:
    """Whether it is a survey, or a worksheet that each pair is asked for once."""
    return bool(subject.surveys) or (bool(subject.sheet.moments) and not may_be_several(subject.sheet))


def never_blank(subject: Subject) -> list[FieldShape]:
    """The words without which the worksheet cannot be sent."""
    return [field for field in subject.sheet.fields() if not field.hidden and can_never_be_blank(field)]


def dates(subject: Subject) -> list[FieldShape]:
    """The dates that it asks for."""
    return [field for field in subject.sheet.fields() if field.kind is Kind.DATE and not field.hidden]


_SERVES: dict[Reckoning, Callable[[Subject], Any]] = {
    Reckoning.MEAN: lambda one: one.scales,
    Reckoning.MATCHED: lambda one: one.scales,
    Reckoning.CHANGE: lambda one: one.scales and len(one.surveys) > 1,
    Reckoning.SHARE: lambda one: _is_called_for_once(one) and conditions(one),
    Reckoning.HOW_MANY: _is_called_for_once,
    Reckoning.RISE: lambda one: len(one.scales) > 1 and one.choices,
    Reckoning.SENT: lambda one: one.sheet.moments and never_blank(one),
    Reckoning.AGREED: lambda one: one.sheet.counted and dates(one),
    Reckoning.THEMES: lambda one: one.sheet.coded,
}
"""What a subject must have to be reckoned of; something to set conditions on, where nothing else is said."""


# --- What an answer has to be ---------------------------------------------------------------------------------------------

AT_LEAST, ANY, IS = ">", "=", "="


def conditions(subject: Subject) -> list[tuple[str, str]]:
    """What can be said of its answers, as choices: ``question>`` at least, ``question=`` anything, ``question=answer``."""
    return [one for field in subject.asked for one in _said_of(field)]


def answers(fields: Iterable[FieldShape]) -> list[tuple[str, str]]:
    """Each answer of these choices, as ``question=answer``."""
    return [(f"{field.key}{IS}{option.key}", _is(field, option.label)) for field in fields for option in field.options]


def _said_of(field: FieldShape) -> Iterator[tuple[str, str]]:
    if field.kind in {Kind.SCALE, Kind.NUMBER}:
        yield f"{field.key}{AT_LEAST}", _is(field, _("at least …"))
    if field.kind in HAS_OPTIONS:
        yield from answers([field])
    yield f"{field.key}{ANY}", _is(field, _("anything at all"))


def _is(field: FieldShape, answer: str) -> str:
    return _("%(question)s – %(answer)s") % {"question": field.label, "answer": answer}


def on_a_scale(measure: Measure) -> bool:
    """Whether its figures lie on a scale, so that another one's can be compared with them."""
    return measure.reckon in _ON_SCALES
