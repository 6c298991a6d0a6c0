"""Changing what an indicator is reckoned from: one figure of it at a time."""

from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from programmes.domain.handbook.editing import NotSound, StaleEdit, locked, write_part
from programmes.domain.handbook.measure_ways import way_of
from programmes.domain.handbook.measuring import subjects_of, title_of_survey
from programmes.domain.handbook.parts import fingerprint
from programmes.domain.handbook.putting import new_key
from programmes.models import HandbookEdit, Programme
from templates_app.domain.kits import kit_of, whole_kit
from templates_app.models import Handbook
from templates_app.shapes import Indicator, Kit, Measure

INDICATORS = "indicators"
Item = dict[str, Any]


class MeasureTold(NamedTuple):
    """A figure in words: what it is called, how it is reckoned and what of."""

    key: str
    title: str
    way: str
    of: list[str]


def indicator_of(programme: Programme, key: str) -> Indicator | None:
    """An indicator of the programme's handbook by its key, as an address writes it."""
    return next((one for one in kit_of(programme.handbook).indicators if one.key == key), None)


def figures_of(programme: Programme, key: str) -> list[MeasureTold]:
    """The figures of an indicator in words, in their order."""
    kit = whole_kit(programme.handbook)
    found = next((one for one in kit.indicators if one.key == key), None)
    return [_told(kit, found, measure) for measure in found.measures] if found else []


def _told(kit: Kit, indicator: Indicator, measure: Measure) -> MeasureTold:
    subjects = subjects_of(kit, measure)
    way = way_of(measure.reckon)
    of = [one.title for one in subjects]
    if subjects and measure.surveys:
        titles = {one.key: title_of_survey(one, subjects[0].sheet) for one in subjects[0].surveys}
        of.append(", ".join(titles.get(key, key) for key in measure.surveys))
    fields = {field.key: field.label for one in subjects for field in one.sheet.fields()}
    sheets = {sheet.key: sheet.title for sheet in kit.worksheets}
    others = {one.key: one.title for one in indicator.measures}
    of += [fields.get(key, key) for key in measure.fields]
    of += [sheets.get(key, key) for key in measure.worksheets]
    of += [others.get(key, key) for key in measure.of]
    return MeasureTold(measure.key, measure.title, str(way.title) if way else "", of)


def measure_of(indicator: Indicator, key: str) -> Measure | None:
    """One figure of it."""
    return next((one for one in indicator.measures if one.key == key), None)


@transaction.atomic
def keep_measure(
    *, programme: Programme, indicator: str, key: str, measure: Item, base: str, actor: User, seen: str | None = None
) -> HandbookEdit | None:
    """Add a figure to an indicator, or with the ``key`` of one put ``measure`` in its place.

    ``base`` is the fingerprint of the figure that the change started from; empty for a new one. Returns ``None`` when nothing
    changed. Raises ``StaleEdit``, ``NotSound``, whose places begin inside the figure where they are its own, and ``NeedsSeeing``.
    """
    handbook = locked(programme)
    measures = _measures(handbook, indicator)
    if not key:
        own = {**measure, "key": new_key(str(measure["title"]), (one["key"] for one in measures), stem="figure")}
        return _write(programme, handbook, indicator, [*measures, own], actor, seen, len(measures))
    place = _place(measures, key)
    if fingerprint(measures[place]) != base:
        raise StaleEdit(measures[place])
    changed = [*measures[:place], {**measure, "key": key}, *measures[place + 1 :]]
    return _write(programme, handbook, indicator, changed, actor, seen, place)


@transaction.atomic
def remove_measure(
    *, programme: Programme, indicator: str, key: str, actor: User, seen: str | None = None
) -> HandbookEdit | None:
    """Take a figure out. Raises ``NotSound`` where another one is compared with it, ``NeedsSeeing``, ``StaleEdit``."""
    handbook = locked(programme)
    measures = _measures(handbook, indicator)
    place = _place(measures, key)
    compared = next((one for one in measures if key in one["of"]), None)
    if compared is not None:
        message = _("“%(other)s” compares it with another figure. Take that one out first, or change it.")
        raise NotSound([((), message % {"other": compared["title"]})])
    left = [*measures[:place], *measures[place + 1 :]]
    return _write(programme, handbook, indicator, left, actor, seen)


@transaction.atomic
def move_measure(
    *, programme: Programme, indicator: str, key: str, by: int, actor: User, seen: str | None = None
) -> HandbookEdit | None:
    """Move a figure up (``by`` -1) or down (1); at the end nothing happens. Raises ``StaleEdit``, ``NeedsSeeing``."""
    handbook = locked(programme)
    measures = list(_measures(handbook, indicator))
    place = _place(measures, key)
    other = place + by
    if not 0 <= other < len(measures):
        return None
    measures[place], measures[other] = measures[other], measures[place]
    return _write(programme, handbook, indicator, measures, actor, seen)


def stands(programme: Programme, indicator: str, key: str) -> Item | None:
    """A figure as the content has it, for its fingerprint."""
    items = programme.handbook.content[INDICATORS]
    measures: list[Item] = next((one["measures"] for one in items if one["key"] == indicator), [])
    return next((one for one in measures if one["key"] == key), None)


def _measures(handbook: Handbook, indicator: str) -> list[Item]:
    found = next((one for one in handbook.content[INDICATORS] if one["key"] == indicator), None)
    if found is None:
        raise StaleEdit(None)
    return found["measures"]


def _place(measures: list[Item], key: str) -> int:
    place = next((index for index, one in enumerate(measures) if one["key"] == key), None)
    if place is None:
        raise StaleEdit(None)
    return place


def _write(
    programme: Programme,
    handbook: Handbook,
    indicator: str,
    measures: list[Item],
    actor: User,
    seen: str | None,
    own: int | None = None,
) -> HandbookEdit | None:
    items = handbook.content[INDICATORS]
    changed = [{**one, "measures": measures} if one["key"] == indicator else one for one in items]
    try:
        return write_part(programme, handbook, INDICATORS, changed, actor, seen)
    except NotSound as fault:
        index = next(place for place, one in enumerate(items) if one["key"] == indicator)
        start = (INDICATORS, index, "measures", own)
        raise NotSound([_inside(where, words, start) for where, words in fault.problems]) from fault


def _inside(where: tuple[str | int, ...], words: str, start: tuple[Any, ...]) -> tuple[tuple[str | int, ...], str]:
    """A fault of the figure itself by its place inside it, as its form names it; of anything else by its words alone."""
    if where[: len(start)] != start:
        return (), words
    inside = where[len(start) :]
    if inside[:1] == ("parts",) and len(inside) > 2:
        return (f"{inside[2]}_{inside[1]}", *inside[3:]), words
    return inside, words
