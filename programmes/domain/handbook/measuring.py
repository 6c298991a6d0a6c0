"""What an indicator may be reckoned from: the ways of reckoning in plain words, and what each can be asked of.

Only what the checks of a kit allow is offered, so that nobody chooses what is refused afterwards.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.handbook.fields import Words
from templates_app.domain.counting import may_be_counted
from templates_app.domain.kit_files.checks.indicators import COUNTED_ROWS, can_never_be_blank, may_be_several
from templates_app.shapes import FieldShape, Kind, Kit, Measure, Reckoning, Survey, Worksheet
from templates_app.shapes.kinds import HAS_OPTIONS, SHOWN


@dataclass(frozen=True)
class Way:
    """One way of reckoning: its name, what it shows, under which heading it is offered, and what it cannot do without."""

    reckon: Reckoning
    title: Words
    note: Words
    family: Words
    lacks: Words = ""


_ASKED, _WRITTEN = gettext_lazy("From what people answer"), gettext_lazy("From a worksheet of the pair")
_DONE, _BESIDE = gettext_lazy("From what happens"), gettext_lazy("From other figures")
_NO_SCALE = gettext_lazy("It needs a survey that asks one side alone, with a question on a scale that may be counted.")
_NO_ROWS = gettext_lazy("It needs a survey that asks one side alone, with a table or a block that repeats.")
_NO_SHEET = gettext_lazy("This handbook has no such worksheet.")

WAYS = (
    Way(
        Reckoning.MEAN, gettext_lazy("The mean on a scale"),
        gettext_lazy("At each survey, the mean of one question or of several on the same scale."), _ASKED, _NO_SCALE,
    ),
    Way(
        Reckoning.CHANGE, gettext_lazy("How far answers on a scale have moved"),
        gettext_lazy("From the first survey to the last, in those who answered both; and how many have risen."), _ASKED,
        gettext_lazy("It needs two surveys of one side with the same worksheet and a question on a scale."),
    ),
    Way(
        Reckoning.SHARE, gettext_lazy("How many answered so"),
        gettext_lazy("Of those who answered, how many gave the answers that you name."), _ASKED,
        gettext_lazy("It needs a survey that asks one side alone, or a worksheet that is filled in once and may be counted."),
    ),
    Way(
        Reckoning.RISE, gettext_lazy("Before and now, in the rows of a table"),
        gettext_lazy("For each kind of row the mean before, the mean now, and how far it has risen."), _ASKED,
        gettext_lazy("It needs a survey of one side with a table that asks for two scales and a kind in each row."),
    ),
    Way(
        Reckoning.ROWS, gettext_lazy("How much of what people list is reached"),
        gettext_lazy("Each row counts in full, in part or not; told is the median over people."), _ASKED, _NO_ROWS,
    ),
    Way(
        Reckoning.HOW_MANY, gettext_lazy("How many rows people list"),
        gettext_lazy("How many rows there are on a sheet, in the mean."), _ASKED, _NO_ROWS,
    ),
    Way(
        Reckoning.TOGETHER, gettext_lazy("What holds on both sides at once"),
        gettext_lazy("In how many pairs several things hold together, each by the answers of one side."), _ASKED,
        gettext_lazy("It needs surveys that ask one side alone."),
    ),
    Way(
        Reckoning.MATCHED, gettext_lazy("Answers by how well people were matched"),
        gettext_lazy("The mean in the half of pairs with the higher score, and in the other."), _ASKED, _NO_SCALE,
    ),
    Way(
        Reckoning.SENT, gettext_lazy("In how many pairs a worksheet is sent"),
        gettext_lazy("Of those that were asked for it. What stands on it is not looked at."), _WRITTEN,
        gettext_lazy("It needs a worksheet of the pair, with a moment, that cannot be sent without some words."),
    ),
    Way(
        Reckoning.AGREED, gettext_lazy("What people let be counted"),
        gettext_lazy("How many people named each kind of result, in all and by quarter."), _WRITTEN,
        gettext_lazy("It needs a worksheet on which its writer says whether it may be counted."),
    ),
    Way(
        Reckoning.THEMES, gettext_lazy("How often each theme comes up"),
        gettext_lazy("In words that coordinators read without names and gather into themes."), _WRITTEN,
        gettext_lazy("It needs a question whose words are gathered into themes."),
    ),
    Way(
        Reckoning.HELD, gettext_lazy("How many sessions were held"),
        gettext_lazy("Of the sessions whose time has come."), _DONE,
    ),
    Way(
        Reckoning.NOW_MENTORS, gettext_lazy("Mentees who have become mentors"),
        gettext_lazy("Of those whose pairing is over, how many mentor in this programme now."), _DONE,
    ),
    Way(
        Reckoning.ENGAGED, gettext_lazy("In how many pairs there is contact"),
        gettext_lazy("Month by month: how many held a session or sent one of the worksheets that you name."), _DONE,
    ),
    Way(
        Reckoning.ACTIVITY, gettext_lazy("How much each of a side does"),
        gettext_lazy("Month by month: sessions, hours, worksheets, tasks or milestones for each person."), _DONE,
    ),
    Way(
        Reckoning.STANDING, gettext_lazy("How goals stand"),
        gettext_lazy("Month by month: how many goals were on the way, off track and reached."), _DONE,
    ),
    Way(
        Reckoning.REQUESTS, gettext_lazy("How often mentees ask for something"),
        gettext_lazy("Month by month: such worksheets and extra sessions, for each goal that is still open."), _DONE,
        _NO_SHEET,
    ),
    Way(
        Reckoning.GAP, gettext_lazy("How far two figures lie apart"),
        gettext_lazy("Two figures of this sign of success, in per cent of their scales."), _BESIDE,
        gettext_lazy("It needs two other figures of this sign of success that are reckoned on a scale."),
    ),
)  # fmt: skip
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


def way_of(reckon: str) -> Way | None:
    """The way of this name."""
    return next((way for way in WAYS if way.reckon == reckon), None)


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
