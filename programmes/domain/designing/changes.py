"""What a draft changes, in plain words: the questions, who reads, when it is due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.domain.designing.asked import as_asked
from programmes.domain.designing.changed_facts import told_facts
from programmes.domain.designing.doubled import name_of, owed_twice
from programmes.domain.designing.kinds import CARD
from programmes.domain.designing.places import Definition, Spot, label_of, spots
from programmes.domain.designing.retyping import survival
from programmes.domain.designing.words import FILLERS, moment_words, readers_words
from templates_app.shapes import FieldShape, Kind, Preset, Worksheet

_NAMED = {
    "key",
    "kind",
    "label",
    "hidden",
    "options",
    "items",
    "points",
    "show_if",
    "need",
    "readers",
    "columns",
    "fields",
    "by",
    "source",
    "ours",
}
"""Of a question: what is told by a sentence of its own; and where it comes from, which changes nothing for anybody."""


Titles = Mapping[str, Mapping[str, str]]
_WRITTEN_BY = {
    "": gettext_lazy("everybody who fills it in"),
    "each": gettext_lazy("everybody who fills it in"),
    "mentor": gettext_lazy("the mentor"),
    "mentee": gettext_lazy("the mentee"),
}


@dataclass(frozen=True)
class Line:
    """One change. ``weight`` is ``due`` where it may concern what people have written, else ``neutral``."""

    words: str
    weight: str = "neutral"


@dataclass
class Changes:
    """Everything that changes, by heading."""

    questions: list[Line] = field(default_factory=list)
    readers: list[Line] = field(default_factory=list)
    moments: list[Line] = field(default_factory=list)
    facts: list[Line] = field(default_factory=list)

    @property
    def headed(self) -> list[tuple[str, list[Line]]]:
        """The changes with the headings of those that there are."""
        all_of = (
            (_("Questions"), self.questions),
            (_("Who reads it"), self.readers),
            (_("When it is due"), self.moments),
            (_("The worksheet itself"), self.facts),
        )
        return [(title, lines) for title, lines in all_of if lines]


def changes_between(before: Definition | None, after: Definition, titles: Titles | None = None) -> Changes:
    """What ``after`` changes of ``before``; everything of a new worksheet is told by its number. ``titles``: what articles and
    other worksheets are called.
    """
    if before is None:
        count = sum(1 for spot in spots(as_asked(after)) if not spot.parents)
        words = ngettext("A new worksheet with %(count)d question.", "A new worksheet with %(count)d questions.", count)
        changes = Changes(questions=[Line(words % {"count": count})])
        sheet = Worksheet.model_validate(as_asked(after))
        changes.readers = [Line(readers_words(sheet.readers))]
        changes.moments = [
            *(Line(_moment_line(_("New moment “%(title)s”: %(when)s"), moment)) for moment in sheet.moments),
            *(Line(words, "due") for words in owed_twice(sheet)),
        ]
        return changes
    old, new = Worksheet.model_validate(as_asked(before)), Worksheet.model_validate(as_asked(after))
    return Changes(
        questions=list(_questions(before, after)),
        readers=list(_readers(old, new)),
        moments=list(_moments(old, new)),
        facts=[*_facts(old, new), *_around(old, new, titles or {})],
    )


# --- Questions ------------------------------------------------------------------------------------------------------


def _questions(before: Definition, after: Definition) -> Iterator[Line]:
    old, new = _by_place(as_asked(before)), _by_place(as_asked(after))
    everywhere_old, everywhere_new = _by_place(before), _by_place(after)
    for place, spot in old.items():
        if place in new or (spot.above and spot.above not in new):
            continue
        words = {"label": label_of(spot.field)}
        if place in everywhere_new:
            yield Line(_("“%(label)s” is asked no more. It is kept, and can be asked again.") % words, "due")
        else:
            yield Line(_("“%(label)s” is taken out.") % words, "due")
    for place, spot in new.items():
        if place not in old:
            if spot.above and spot.above not in old:
                continue
            words = {"label": label_of(spot.field), "kind": str(CARD[Kind(spot.field["kind"])].title)}
            again = place in everywhere_old
            yield Line((_("“%(label)s” is asked again.") if again else _("New: “%(label)s” (%(kind)s).")) % words)
        else:
            yield from _changed(old[place], spot)
    if _order(old, new) != _order(new, old):
        yield Line(_("Questions stand in another order."))


def _order(one: dict[str, Spot], other: dict[str, Spot]) -> list[str]:
    return [place for place in one if place in other]


def _by_place(definition: Definition) -> dict[str, Spot]:
    return {spot.place: spot for spot in spots(definition)}


def _changed(old: Spot, new: Spot) -> Iterator[Line]:
    before, after = old.field, new.field
    words = {"label": label_of(after)}
    if before["kind"] != after["kind"]:
        yield _retyped(Kind(before["kind"]), Kind(after["kind"]), words["label"])
    if label_of(before) != label_of(after):
        yield Line(_("“%(before)s” now reads “%(label)s”.") % {**words, "before": label_of(before)})
    if before.get("need", "may") != after.get("need", "may"):
        yield Line(_needed(after.get("need", "may")) % words)
    yield from _lists(before, after, words["label"])
    if before.get("show_if") != after.get("show_if"):
        yield Line(_("“%(label)s” is asked under another condition.") % words)
    if before.get("readers") != after.get("readers"):
        yield Line(_("“%(label)s” has other readers than before.") % words, "due")
    if _writer(old) != _writer(new):
        who = _WRITTEN_BY[_writer(new)]
        yield Line(_("“%(label)s” is written by: %(who)s.") % {**words, "who": who}, "due")
    if not old.parents and old.section["key"] != new.section["key"]:
        yield Line(_("“%(label)s” stands in another section.") % words)
    if _rest(before) != _rest(after):
        yield Line(_("“%(label)s” has other words of help or other limits.") % words)


def _writer(spot: Spot) -> str:
    """The side to which a question itself is given; what its section says is told of the section."""
    side = str(spot.field.get("by", ""))
    return "" if side == "each" and not spot.section.get("by") else side


def _retyped(old: Kind, new: Kind, label: str) -> Line:
    words = {"label": label, "before": CARD[old].title, "after": CARD[new].title}
    told = {
        "all": _("“%(label)s” was “%(before)s” and is “%(after)s”. What was answered fits it."),
        "some": _("“%(label)s” was “%(before)s” and is “%(after)s”. Answers move where they fit it."),
        "none": _("“%(label)s” was “%(before)s” and is “%(after)s”. What was answered stays on the earlier version."),
    }
    fate = survival(old, new)
    return Line(told[fate] % words, "neutral" if fate == "all" else "due")


def _needed(need: str) -> str:
    return {
        "must": _("“%(label)s” must be answered from now on."),
        "should": _("“%(label)s” is asked for with a remark when it is left blank."),
        "may": _("“%(label)s” may be left blank."),
    }[need]


def _lists(before: dict[str, Any], after: dict[str, Any], label: str) -> Iterator[Line]:
    for name in ("options", "items"):
        old = {one["key"]: one["label"] for one in before.get(name, [])}
        new = {one["key"]: one["label"] for one in after.get(name, [])}
        for words, keys, weight in (
            (_("“%(label)s”: new “%(lines)s”."), [key for key in new if key not in old], "neutral"),
            (_("“%(label)s”: “%(lines)s” is taken out."), [key for key in old if key not in new], "due"),
            (
                _("“%(label)s”: other words for “%(lines)s”."),
                [k for k in new if k in old and old[k] != new[k]],
                "neutral",
            ),
        ):
            if keys:
                yield Line(
                    words % {"label": label, "lines": "”, “".join(new.get(key, old.get(key, "")) for key in keys)},
                    weight,
                )
    old_places, new_places = (
        {one["key"]: (one.get("x"), one.get("y")) for one in field.get("options", [])} for field in (before, after)
    )
    if any(old_places[key] != place for key, place in new_places.items() if key in old_places):
        yield Line(_("“%(label)s”: figures are in other places.") % {"label": label})
    old_values = [point["value"] for point in before.get("points", [])]
    new_values = [point["value"] for point in after.get("points", [])]
    if set(old_values) - set(new_values):
        yield Line(_("“%(label)s”: points of the scale are taken out.") % {"label": label}, "due")
    elif before.get("points") != after.get("points"):
        yield Line(_("“%(label)s”: the scale has other points or words.") % {"label": label})


def _rest(field: dict[str, Any]) -> dict[str, Any]:
    return {name: field[name] for name in FieldShape.model_fields if name in field and name not in _NAMED}


# --- The sheet ------------------------------------------------------------------------------------------------------


def _readers(old: Worksheet, new: Worksheet) -> Iterator[Line]:
    if old.readers == new.readers:
        return
    words = {"before": readers_words(old.readers), "after": readers_words(new.readers)}
    yield Line(_("Until now: %(before)s. From now on, on new sheets: %(after)s.") % words, "due")
    if new.readers.preset is Preset.ANONYMOUS:
        yield Line(_("Its surveys are asked without names from now on."))
    yield Line(_("Sheets that were begun before keep the readers that were told to who wrote them."))


def _moments(old: Worksheet, new: Worksheet) -> Iterator[Line]:
    before, after = {one.key: one for one in old.moments}, {one.key: one for one in new.moments}
    for key, moment in after.items():
        if key not in before:
            yield Line(_moment_line(_("New moment “%(title)s”: %(when)s"), moment))
        elif moment_words(before[key]) != moment_words(moment):
            yield Line(_moment_line(_("“%(title)s” is now: %(when)s"), moment))
        elif before[key].title != moment.title:
            yield Line(
                _("“%(before)s” is now called “%(title)s”.") % {"before": before[key].title, "title": moment.title}
            )
    for key, moment in before.items():
        if key not in after:
            yield Line(_moment_line(_("Not called for any more: “%(title)s”"), moment), "due")
    known = set(owed_twice(old))
    yield from (Line(words, "due") for words in owed_twice(new) if words not in known)


def _moment_line(words: str, moment: Any) -> str:
    return words % {"title": name_of(moment), "when": moment_words(moment)}


AROUND = ("guides", "see_also", "waits_for", "offers")


def _around(old: Worksheet, new: Worksheet, titles: Titles) -> Iterator[Line]:
    """What stands with it: each list as it is now, in the words that people see."""
    told = {
        "guides": (_("Guidance within reach: %(names)s."), _("No guidance stands with it any more."), "neutral"),
        "see_also": (_("Worksheets within reach: %(names)s."), _("No other worksheets stand with it."), "neutral"),
        "waits_for": (_("It can be begun once: %(names)s."), _("It waits for nothing any more."), "due"),
    }
    for name, (some, none, weight) in told.items():
        now = getattr(new, name)
        if now != getattr(old, name):
            names = "; ".join(titles.get(name, {}).get(key, key) for key in now)
            yield Line(some % {"names": names} if now else none, weight)
    if old.offers != new.offers:
        names = "; ".join(offer.label for offer in new.offers)
        yield Line(
            _("Once it is sent, people may go on to: %(names)s.") % {"names": names}
            if names
            else _("It leads on to nothing any more.")
        )


def _facts(old: Worksheet, new: Worksheet) -> Iterator[Line]:
    if old.title != new.title:
        yield Line(_("It is called “%(after)s” (before: “%(before)s”).") % {"before": old.title, "after": new.title})
    if old.filled_by != new.filled_by:
        words = {"before": FILLERS[old.filled_by], "after": FILLERS[new.filled_by]}
        yield Line(_("Filled in by: %(after)s (before: %(before)s).") % words, "due")
    if old.passes_to != new.passes_to:
        names = ", ".join(str(FILLERS[one]) for one in new.passes_to)
        some, none = (
            _("A pair may say that it is written from some time on by: %(names)s."),
            _("It does not pass on any more."),
        )
        yield Line(some % {"names": names} if names else none)
    lines, named = told_facts(old, new)
    yield from (Line(words, weight) for words, weight in lines)
    told = {
        "key",
        "title",
        "filled_by",
        "passes_to",
        "readers",
        "moments",
        "sections",
        "source",
        "ours",
        *AROUND,
        *named,
    }
    if old.model_dump(exclude=told) != new.model_dump(exclude=told):
        yield Line(_("Its purpose, its length or its place among the others is another."))
    sections = [[(one.key, one.title, one.intro) for one in sheet.sections] for sheet in (old, new)]
    if sections[0] != sections[1]:
        yield Line(_("Its sections are others, or have other headings."))
    yield from _writers(old, new)


def _writers(old: Worksheet, new: Worksheet) -> Iterator[Line]:
    before = {one.key: one.by for one in old.sections}
    for section in new.sections:
        if section.key in before and before[section.key] != section.by:
            words = {"title": section.title or section.key, "who": _WRITTEN_BY[section.by]}
            yield Line(_("What is asked under “%(title)s” is written by: %(who)s.") % words, "due")
