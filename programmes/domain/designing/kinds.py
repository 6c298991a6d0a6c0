"""The kinds of questions as the designer offers them: their names, what can be set on each, and how a new one begins."""

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.designing.figures import spread_out
from programmes.domain.designing.places import MOST_DEEP, Field, inside, new_key, tidy
from templates_app.shapes import FieldShape, Kind
from templates_app.shapes.kinds import HAS_OPTIONS, ROWS, SHOWN

Words = str | Promise


@dataclass(frozen=True)
class Card:
    """One kind: its name, what it is for, under which heading it is offered, and what can be set beside the usual.

    ``lines`` says what a list of lines becomes where somebody gives one when adding it: options, items, points, columns,
    fields, accept.
    """

    kind: Kind
    title: Words
    note: Words
    family: Words
    settings: tuple[str, ...] = ()
    lines: str = ""


_TEXTS, _FIGURES = gettext_lazy("Something written"), gettext_lazy("Figures and dates")
_CHOICES, _LISTS = gettext_lazy("Something chosen"), gettext_lazy("Lists and rows")
_OTHERS, _SHOWN = gettext_lazy("People, files and signatures"), gettext_lazy("Shown, not asked")
_ROW_COUNTS = ("min_rows", "max_rows", "start_rows")
_ENDS = ("low_label", "high_label", "not_applicable", "dont_know")

CARDS = (
    Card(
        Kind.TEXT,
        gettext_lazy("One line"),
        gettext_lazy("A name, a title, a few words."),
        _TEXTS,
        ("max_length", "prefill", "coded", "begins"),
    ),
    Card(
        Kind.LONGTEXT,
        gettext_lazy("Several lines"),
        gettext_lazy("Room to write."),
        _TEXTS,
        ("max_length", "prefill", "coded", "begins"),
    ),
    Card(Kind.EMAIL, gettext_lazy("E-mail address"), gettext_lazy("Checked for its form."), _TEXTS, ("prefill",)),
    Card(Kind.URL, gettext_lazy("Web address"), gettext_lazy("A link to something."), _TEXTS),
    Card(Kind.PHONE, gettext_lazy("Telephone number"), gettext_lazy("With its country code."), _TEXTS),
    Card(
        Kind.NUMBER,
        gettext_lazy("Number"),
        gettext_lazy("How many, how much."),
        _FIGURES,
        ("minimum", "maximum", "step", "line", "unit", "unit_one", "prefill"),
    ),
    Card(
        Kind.DURATION,
        gettext_lazy("Length of time"),
        gettext_lazy("Hours and minutes."),
        _FIGURES,
        ("minimum", "maximum", "unit", "prefill"),
    ),
    Card(
        Kind.DATE,
        gettext_lazy("Date"),
        gettext_lazy("A day."),
        _FIGURES,
        ("not_before", "not_after", "prefill", "remind_days", "calls_for"),
    ),
    Card(Kind.TIME, gettext_lazy("Time of day"), gettext_lazy("Hours and minutes on the clock."), _FIGURES),
    Card(
        Kind.DATETIME,
        gettext_lazy("Date and time"),
        gettext_lazy("A day with its hour."),
        _FIGURES,
        ("not_before", "not_after", "prefill"),
    ),
    Card(
        Kind.CHOICE,
        gettext_lazy("One of several"),
        gettext_lazy("One answer is chosen."),
        _CHOICES,
        ("options_from", "other", "totalled", "prefill"),
        "options",
    ),
    Card(
        Kind.CHOICES,
        gettext_lazy("Several of several"),
        gettext_lazy("Any number of answers is ticked."),
        _CHOICES,
        ("options_from", "other", "totalled"),
        "options",
    ),
    Card(
        Kind.RANKED, gettext_lazy("Ranked"), gettext_lazy("Answers are put in order."), _CHOICES, ("other",), "options"
    ),
    Card(
        Kind.PICTURE,
        gettext_lazy("Picture to point at"),
        gettext_lazy("Figures in a picture of yours, of which one is chosen, or several."),
        _CHOICES,
        ("several",),
        "options",
    ),
    Card(
        Kind.SCALE,
        gettext_lazy("Scale"),
        gettext_lazy("How much, how well, from low to high."),
        _CHOICES,
        _ENDS,
        "points",
    ),
    Card(
        Kind.MATRIX,
        gettext_lazy("Rating grid"),
        gettext_lazy("Several lines rated on one scale."),
        _CHOICES,
        _ENDS,
        "items",
    ),
    Card(
        Kind.CHECKLIST,
        gettext_lazy("Checklist"),
        gettext_lazy("Lines that are ticked, each with a note if you like."),
        _LISTS,
        (),
        "items",
    ),
    Card(
        Kind.TABLE,
        gettext_lazy("Table"),
        gettext_lazy("Rows with columns; the lines are fixed, or people add them."),
        _LISTS,
        (*_ROW_COUNTS, "actions_column", "actions_when", "level", "begins"),
        "columns",
    ),
    Card(
        Kind.GROUP,
        gettext_lazy("Block that repeats"),
        gettext_lazy("Several questions together, as often as needed."),
        _LISTS,
        (*_ROW_COUNTS, "level"),
        "fields",
    ),
    Card(
        Kind.GOAL,
        gettext_lazy("Goals"),
        gettext_lazy("Each row becomes one of the pair's goals."),
        _LISTS,
        (*_ROW_COUNTS, "agreed_by", "level", "reached_opens"),
        "fields",
    ),
    Card(
        Kind.ACTION,
        gettext_lazy("Actions"),
        gettext_lazy("Each row becomes something to do."),
        _LISTS,
        _ROW_COUNTS,
        "fields",
    ),
    Card(
        Kind.PERSON, gettext_lazy("Person"), gettext_lazy("Somebody the application knows."), _OTHERS, ("options_from",)
    ),
    Card(
        Kind.FILE,
        gettext_lazy("File"),
        gettext_lazy("One thing to attach. For several: a table with a file in each row."),
        _OTHERS,
        ("accept",),
        "accept",
    ),
    Card(
        Kind.SIGNATURE, gettext_lazy("Signature"), gettext_lazy("A typed name with its moment."), _OTHERS, ("signer",)
    ),
    Card(Kind.INITIALS, gettext_lazy("Initials"), gettext_lazy("The same, with initials."), _OTHERS, ("signer",)),
    Card(Kind.NOTE, gettext_lazy("Text to read"), gettext_lazy("Shown between the questions."), _SHOWN, ("text",)),
    Card(
        Kind.COMPUTED,
        gettext_lazy("Worked out"),
        gettext_lazy("A count or a sum of other answers."),
        _SHOWN,
        ("compute", "unit", "unit_one"),
    ),
)
"""Every kind, in the order in which they are offered."""

CARD = {card.kind: card for card in CARDS}
_NOT_IN_CELLS = ROWS | {
    Kind.MATRIX,
    Kind.CHECKLIST,
    Kind.RANKED,
    Kind.SIGNATURE,
    Kind.INITIALS,
    Kind.NOTE,
    Kind.COMPUTED,
}
_ONLY_ON_TOP = frozenset({Kind.GOAL, Kind.ACTION, Kind.SIGNATURE, Kind.INITIALS})
_DEFAULTS = FieldShape.model_construct(key="x", kind=Kind.TEXT).model_dump(mode="json")


def kinds_within(parents: Iterable[Field]) -> list[Card]:
    """The kinds that may stand inside these questions (outermost first); on the sheet itself all of them."""
    above = list(parents)
    if not above:
        return list(CARDS)
    if above[-1]["kind"] == Kind.TABLE or inside(above[-1]) == "columns":
        return [card for card in CARDS if card.kind not in _NOT_IN_CELLS]
    deepest = len(above) >= MOST_DEEP
    return [card for card in CARDS if card.kind not in _ONLY_ON_TOP and not (deepest and card.kind is Kind.GROUP)]


def settings_of(kind: Kind) -> tuple[str, ...]:
    """What can be set on a question of that kind beside the usual: what is its kind's own, and what is read beside it."""
    return CARD[kind].settings if kind in SHOWN else (*CARD[kind].settings, "beside")


def default_of(name: str) -> Any:
    """What an attribute of a question is where nothing is said."""
    return deepcopy(_DEFAULTS[name])


def tidy_field(field: Field) -> None:
    """Leave out of a question what stands at its default."""
    tidy(field, {name: value for name, value in _DEFAULTS.items() if name not in {"key", "kind"}})


def new_field(*, key: str, kind: Kind, label: str, lines: Iterable[str] = (), scale: Iterable[str] = ()) -> Field:
    """A new question that can be asked at once: a choice begins with the lines given, or with two to be renamed.

    ``scale`` are the points on which a rating grid's lines are rated. Of a text to read the lines are the text itself.
    """
    field: Field = {"key": key, "kind": str(kind), "label": label, "ours": True}
    given, points = [line for line in lines if line], list(scale)
    if kind is Kind.NOTE:
        field |= {"label": "", "text": "\n\n".join([label, *given])}
    if kind is Kind.MATRIX and points:
        field["points"] = points_of(points)
    begin_field(field, given)
    tidy_field(field)
    return field


def begin_field(field: Field, lines: list[str]) -> None:
    """Give a question what its kind cannot do without, where it has none."""
    kind = Kind(field["kind"])
    if kind in HAS_OPTIONS and not field.get("options") and not field.get("options_from"):
        field["options"] = labelled(lines, "answer") if lines else beginnings()
    if kind is Kind.PICTURE:
        spread_out(field.get("options", []))
    if kind is Kind.SCALE and not field.get("points"):
        field["points"] = points_of(lines or ["1-5"])
    if kind is Kind.MATRIX and not field.get("points"):
        field["points"] = [{"value": value} for value in range(1, 6)]
    if kind in {Kind.MATRIX, Kind.CHECKLIST} and not field.get("items"):
        field["items"] = labelled(lines or [_("First line")], "line")
    if kind is Kind.PERSON and not field.get("options_from"):
        field["options_from"] = "people"
    if kind is Kind.FILE and lines:
        field["accept"] = [line.strip(" .").casefold() for line in lines]
    if kind in {Kind.TABLE, Kind.GROUP} and not field.get(inside(field)):
        field[inside(field)] = _asked_in_rows(lines or [_("What")])
    if kind in {Kind.GOAL, Kind.ACTION} and lines and not field.get(inside(field)):
        field[inside(field)] = _asked_in_rows(lines)


def beginnings() -> list[dict[str, Any]]:
    """The two answers with which a choice begins, to be given other words."""
    return labelled([_("First answer"), _("Second answer")], "answer")


_RANGE = re.compile(r"(-?\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})")
_NUMBERED = re.compile(r"(-?\d{1,3})(?:[\s.:=–-]+(.*))?")
MOST_POINTS = 101


def points_of(lines: list[str], *, first: int = 1) -> list[dict[str, Any]]:
    """Points of a scale as somebody types them: ``1-10`` alone, lines that begin with their value (``3 often``), or words,
    which are counted from ``first``.
    """
    span = _RANGE.fullmatch(lines[0].strip()) if len(lines) == 1 else None
    if span and 0 < int(span[2]) - int(span[1]) < MOST_POINTS:
        return [{"value": value} for value in range(int(span[1]), int(span[2]) + 1)]
    numbered = [_NUMBERED.fullmatch(line.strip()) for line in lines]
    values = [int(one[1]) for one in numbered if one]
    if len(set(values)) == len(lines):
        return [{"value": int(one[1]), **({"label": one[2].strip()} if one[2] else {})} for one in numbered if one]
    return [{"value": value, "label": label} for value, label in enumerate(lines, first)]


def _asked_in_rows(lines: list[str]) -> list[Field]:
    fields: list[Field] = []
    for line in lines:
        key = new_key(line, {field["key"] for field in fields}, fallback="column")
        fields.append({"key": key, "kind": "text", "label": line, "ours": True})
    return fields


def labelled(lines: Iterable[str], fallback: str, *, taken: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Options or lines with these labels, each with a key of its own that is not ``taken``."""
    items: list[dict[str, Any]] = []
    for line in lines:
        key = new_key(line, {"other", *taken, *(item["key"] for item in items)}, fallback=fallback)
        items.append({"key": key, "label": line})
    return items
