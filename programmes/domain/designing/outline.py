"""A worksheet as its page lists it: sections, questions below each other, what is special about each."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pydantic import ValidationError

from programmes.domain.designing.kinds import CARD
from programmes.domain.designing.places import Definition, Field, Spot, label_of, spots
from programmes.domain.designing.words import moment_words
from templates_app.shapes import Kind, Moment
from templates_app.shapes.kinds import ROWS

WRITES = {"mentor": gettext_lazy("the mentor writes it"), "mentee": gettext_lazy("the mentee writes it")}


@dataclass(frozen=True)
class Listed:
    """A question in the list. ``remarks`` are what sets it apart; ``detail`` what it offers."""

    place: str
    label: str
    kind: str
    depth: int
    hidden: bool
    asks_inside: bool
    remarks: list[str]
    detail: str


@dataclass
class ListedSection:
    """A section with its questions."""

    key: str
    title: str
    intro: str
    questions: list[Listed] = field(default_factory=list)


@dataclass(frozen=True)
class ListedMoment:
    """A moment in words."""

    key: str
    title: str
    words: str


def outline_of(definition: Definition) -> list[ListedSection]:
    """The sections of a definition, sound or not, with their questions."""
    found = [
        ListedSection(one["key"], one.get("title", ""), one.get("intro", "")) for one in definition.get("sections", [])
    ]
    by_key = {section.key: section for section in found}
    labels = {spot.place: label_of(spot.field) for spot in spots(definition)}
    for spot in spots(definition):
        by_key[spot.section["key"]].questions.append(_listed(spot, labels))
    return found


def _listed(spot: Spot, labels: dict[str, str]) -> Listed:
    one = spot.field
    return Listed(
        place=spot.place,
        label=labels[spot.place],
        kind=str(CARD[Kind(one["kind"])].title),
        depth=len(spot.parents),
        hidden=bool(one.get("hidden")),
        asks_inside=one["kind"] in ROWS,
        remarks=_remarks(spot, labels),
        detail=_detail(one),
    )


def _remarks(spot: Spot, labels: dict[str, str]) -> list[str]:
    one, found = spot.field, []
    if one.get("need") == "must":
        found.append(_("needed"))
    if one.get("show_if"):
        place = ".".join([*(parent["key"] for parent in spot.parents), one["show_if"]["field"]])
        found.append(_("depends on “%(label)s”") % {"label": labels.get(place, one["show_if"]["field"])[:60]})
    if one.get("by") in WRITES:
        found.append(str(WRITES[one["by"]]))
    if one.get("readers"):
        found.append(_("fewer readers"))
    if one.get("sensitive"):
        found.append(_("sensitive"))
    return found


def _detail(one: Field) -> str:
    lines = [line.get("label", "") for line in (one.get("options") or one.get("items") or [])]
    if lines:
        shown = " · ".join(lines[:4])
        more = len(lines) - 4
        return (
            shown if more <= 0 else shown + " · " + ngettext("%(count)d more", "%(count)d more", more) % {"count": more}
        )
    points: list[dict[str, Any]] = one.get("points", [])
    if points:
        return f"{points[0]['value']} – {points[-1]['value']}"
    return ""


def moments_of(definition: Definition) -> list[ListedMoment]:
    """The moments of a definition in words; one with faults is told as such."""
    found = []
    for one in definition.get("moments", []):
        try:
            words = moment_words(Moment.model_validate(one))
        except ValidationError:
            words = _("there is something to put right")
        found.append(ListedMoment(one["key"], one.get("title", "") or one["key"], words))
    return found
