"""How each way of reckoning is asked for in a form."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.handbook import words
from programmes.domain.handbook.choosing import pairs_own
from programmes.domain.handbook.fields import Field
from programmes.domain.handbook.measuring import (
    Subject,
    answers,
    conditions,
    dates,
    never_blank,
    on_a_scale,
    title_of_survey,
)
from templates_app.shapes import FieldShape, Indicator, Kit, Measure, Reckoning

COUNTED = (
    ("sessions", gettext_lazy("sessions that were held")),
    ("hours", gettext_lazy("hours in sessions")),
    ("sheets", gettext_lazy("worksheets that were sent, of those named below")),
    ("tasks", gettext_lazy("tasks that were done, of mentees alone")),
    ("milestones", gettext_lazy("milestones that were reached, of mentees alone")),
)
OF_MENTEES = ("tasks", "milestones")
"""What is counted for mentees alone."""
_EVERY_ONE = gettext_lazy(
    "One on each line; all of them have to hold. Answers of the same question stand for one or the other."
)
_WEIGHT = gettext_lazy(
    "1 counts in full, 0.5 half and 0 not at all. A row with an answer that is not named is told apart."
)


def shape_of(
    kit: Kit, indicator: Indicator, reckon: Reckoning, about: Sequence[Subject], own: str = ""
) -> tuple[Field, ...]:
    """What is asked for it. ``own`` is the key of the figure that is changed, which is not compared with itself."""
    title = Field("title", _("What it is called"), required=True)
    return (title, *_fields(kit, indicator, reckon, about, own))


def _fields(kit: Kit, indicator: Indicator, reckon: Reckoning, about: Sequence[Subject], own: str) -> Iterator[Field]:
    if reckon is Reckoning.TOGETHER:
        for place, one in enumerate(about):
            yield from _of_part(place, one)
        return
    if reckon is Reckoning.GAP:
        others = tuple((one.key, one.title) for one in compared(indicator, own))
        yield Field("of", _("Between which two"), "choices", choices=others, required=True)
    if reckon in {Reckoning.ENGAGED, Reckoning.ACTIVITY, Reckoning.REQUESTS}:
        yield from _of_doing(kit, reckon)
    for subject in about[:1]:
        if subject.surveys:
            named = tuple((one.key, title_of_survey(one, subject.sheet)) for one in subject.surveys)
            yield Field("surveys", _("At which surveys"), "choices", choices=named, required=True)
        yield from _ASKED[reckon](subject)


def _on_scales(subject: Subject) -> Iterator[Field]:
    yield Field(
        "fields", _("Which questions"), "choices",
        _("Several are put together where their scales reach from the same to the same."),
        choices=_named(subject.scales), required=True,
    )  # fmt: skip


def _of_share(subject: Subject) -> Iterator[Field]:
    yield _fits("fits", _("Who counts"), subject)


def _of_rise(subject: Subject) -> Iterator[Field]:
    yield Field("before", _("How it was before"), "choice", choices=_named(subject.scales), required=True)
    yield Field("now", _("How it is now"), "choice", choices=_named(subject.scales), required=True)
    yield Field("kinds", _("What kind of row it is"), "choice", choices=_named(subject.choices), required=True)


def _of_rows(subject: Subject) -> Iterator[Field]:
    yield _weights("weights", _("What a row counts"), subject)
    yield _fits("fits", _("What must hold of a row, or it counts nothing"), subject)
    goals = [field for field in subject.asked if field.options_from == "goals"]
    if goals:
        yield Field(
            "goal", _("Only goals that were set early: which column names the goal"), "choice",
            _("Nothing chosen: all rows count, whenever the goal was set."), choices=_named(goals),
        )  # fmt: skip
        yield Field("within_days", _("Set within so many days of the pairing"), "number")


def _of_sent(subject: Subject) -> Iterator[Field]:
    yield Field(
        "fields", _("What is sure to be written there"), "choices",
        _("Questions that the worksheet cannot be sent without."), choices=_named(never_blank(subject)), required=True,
    )  # fmt: skip


def _of_agreed(subject: Subject) -> Iterator[Field]:
    yield Field("date", _("Which date tells the quarter"), "choice", choices=_named(dates(subject)), required=True)


def _of_themes(subject: Subject) -> Iterator[Field]:
    yield Field("fields", _("In the answers to"), "choices", choices=_named(subject.sheet.coded), required=True)


def _nothing(_subject: Subject) -> Iterator[Field]:
    yield from ()


_ASKED: dict[Reckoning, Callable[[Subject], Iterator[Field]]] = {
    Reckoning.MEAN: _on_scales,
    Reckoning.CHANGE: _on_scales,
    Reckoning.MATCHED: _on_scales,
    Reckoning.SHARE: _of_share,
    Reckoning.RISE: _of_rise,
    Reckoning.ROWS: _of_rows,
    Reckoning.HOW_MANY: _nothing,
    Reckoning.SENT: _of_sent,
    Reckoning.AGREED: _of_agreed,
    Reckoning.THEMES: _of_themes,
}
"""What is asked of a subject, beside the surveys that count."""


def compared(indicator: Indicator, own: str = "") -> list[Measure]:
    """The figures of a sign of success that another one can be compared with."""
    return [one for one in indicator.measures if one.key != own and on_a_scale(one)]


def _of_doing(kit: Kit, reckon: Reckoning) -> Iterator[Field]:
    if reckon is Reckoning.ACTIVITY:
        yield Field("side", _("Who does it"), "choice", choices=words.SIDES, required=True)
        yield Field("counts", _("What is counted"), "choice", choices=COUNTED, required=True)
    labels = {
        Reckoning.ENGAGED: _("Worksheets that count as contact, beside sessions"),
        Reckoning.REQUESTS: _("Worksheets by which mentees ask for something"),
    }
    yield Field(
        "worksheets", labels.get(reckon, _("Worksheets that count")), "choices",
        _("That they were sent, whatever stands in them."), choices=tuple(pairs_own(kit.worksheets)),
        required=reckon is Reckoning.REQUESTS,
    )  # fmt: skip


def _of_part(place: int, subject: Subject) -> Iterator[Field]:
    title = subject.title
    if subject.rows:
        yield _weights(f"weights_{place}", _("%(part)s: what a row counts") % {"part": title}, subject)
        yield Field(
            f"share_{place}", _("%(part)s: so much of it has to be reached, in per cent") % {"part": title}, "number",
            required=True, starts=50,
        )  # fmt: skip
    yield _fits(f"fits_{place}", _("%(part)s: what has to hold") % {"part": title}, subject)


def _fits(name: str, label: str, subject: Subject) -> Field:
    return Field(
        name, label, "rows", _EVERY_ONE, marked=False,
        rows=(
            Field("answer", _("The answer is"), "choice", choices=tuple(conditions(subject)), required=True),
            Field("at_least", _("At least"), "integer", _("Only where it says “at least”.")),
        ),
    )  # fmt: skip


def _weights(name: str, label: str, subject: Subject) -> Field:
    return Field(
        name, label, "rows", _WEIGHT, marked=False,
        rows=(
            Field("answer", _("A row with this answer"), "choice", choices=tuple(answers(subject.choices)), required=True),
            Field("counts", _("It counts"), "figure", required=True),
        ),
    )  # fmt: skip


def _named(fields: Iterable[FieldShape]) -> tuple[tuple[str, str], ...]:
    return tuple((field.key, field.label) for field in fields)
