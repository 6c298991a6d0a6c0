"""Figures in the words in which a page, a mail or a printed report shows them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mentoring.ui import dates
from mentoring.ui.shapes import Fact, Figure
from pairs.domain.instants import local_day


def figure_items(numbers: Sequence[dict[str, Any]], keys: Sequence[str] = ()) -> list[Figure]:
    """Numbers as figures: a share of what is due as a percentage, everything else as a count with what it is of."""
    return [_figure(number) for number in numbers if not keys or number["key"] in keys]


def _figure(number: dict[str, Any]) -> Figure:
    value, total = number["value"], number["of"]
    if number["key"] == "outputs":
        note = _("%(done)d of %(count)d") % {"done": value, "count": total}
        return Figure(f"{round(100 * value / total)}%" if total else "–", number["title"], note)
    if value is None:
        return Figure("–", number["title"], _("too few to say"))
    return Figure(str(value), number["title"], _("of %(count)d") % {"count": total} if total is not None else "")


def definitions(numbers: Sequence[dict[str, Any]], keys: Sequence[str] = ()) -> list[Fact]:
    """What each number counts."""
    return [Fact(number["title"], number["definition"]) for number in numbers if not keys or number["key"] in keys]


def as_of(instant: dt.datetime, zone: str) -> str:
    """For which moment figures hold."""
    return _("As of %(moment)s.") % {"moment": dates.moment(instant, zone)}


def moment_of(figures: dict[str, Any]) -> dt.datetime:
    """The instant for which stored figures hold."""
    return dt.datetime.fromisoformat(figures["as_of"])


def days_of(figures: dict[str, Any]) -> str:
    """Over which days the figures of a scheduled report were counted."""
    return dates.span(dt.date.fromisoformat(figures["first"]), dt.date.fromisoformat(figures["last"]))


@dataclass(frozen=True)
class Missing:
    """What one pair was late with: the outputs with whose each was and since which day, the oldest first."""

    pairing_id: str
    pair: str
    lines: list[dict[str, str]]


def missing_by_pair(figures: dict[str, Any], zone: str) -> list[Missing]:
    """What was late, pair by pair, those who have waited longest first. Days are told as they are in ``zone``."""
    found: dict[str, Missing] = {}
    for line in figures["missing"]:
        pair = found.setdefault(line["pairing"], Missing(line["pairing"], line["pair"], []))
        pair.lines.append({"title": line["title"], "who": line["who"], "since": _day(line["since"], zone)})
    return list(found.values())


def _day(stored: str, zone: str) -> str:
    return dates.short_day(local_day(dt.datetime.fromisoformat(stored), zone)) if stored else ""
