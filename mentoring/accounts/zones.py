"""Time zones as people write them: read what is meant, and suggest what may be meant."""

import difflib
import re
import zoneinfo
from functools import cache
from importlib import resources

from mentoring.ui.zones import city, region

_WORD = re.compile(r"[^\W\d_]+")
_SAYS_NOTHING = {"time", "zone", "standard", "summer", "daylight", "pacific", "america", "asia", "europe", "africa"}
_AS_PEOPLE_SAY = {
    "Britain (UK)": "United Kingdom",
    "Korea (North)": "North Korea",
    "Korea (South)": "South Korea",
    "Samoa (American)": "American Samoa",
    "Samoa (western)": "Samoa",
    "Virgin Islands (UK)": "British Virgin Islands",
    "Virgin Islands (US)": "US Virgin Islands",
}
"""The database's own short names of countries, where people would not look for them."""
SUGGESTED = 3
"""At most so many zones are suggested for one that is not known."""


def read_zone(text: str) -> str | None:
    """The IANA name that ``text`` writes, forgiving case and blanks ("pacific/port moresby"); None for an unknown one."""
    return _by_folded_name().get(_folded(text))


def suggest_zones(text: str, country: str = "") -> list[str]:
    """Zones that an unknown name may mean, the likeliest first.

    Looks for its words among cities and countries, then for a name that is nearly spelt the same, then at ``country``.
    """
    words = [word for word in _words(text) if word not in _SAYS_NOTHING]
    found = dict.fromkeys(zone for word in words for zone in _by_word().get(word, ()))
    if not found:
        near = difflib.get_close_matches(_folded(text), _by_folded_name(), n=SUGGESTED, cutoff=0.75)
        found = dict.fromkeys(_by_folded_name()[name] for name in near)
    if not found and country:
        found = dict.fromkeys(zones_of_country(country))
    return list(found)[:SUGGESTED]


def zones_of_country(name: str) -> list[str]:
    """The zones of a country by its English name, as the time zone database has it."""
    wanted = set(_words(name))
    return [zone for zone, country in _places() if wanted and set(_words(country)) == wanted]


def canonical_zones() -> list[str]:
    """Every zone that is some country's own, without the older names for the same."""
    return sorted({zone for zone, _country in _places()})


def place_of(zone: str) -> str:
    """How a zone is called in a list that one searches by city or country: "Apia, Samoa"."""
    country = _countries().get(zone, "")
    name = city(zone)
    return f"{name}, {country}" if country and country != name else name


@cache
def zones_by_place() -> dict[str, str]:
    """Place → zone, the list that a person chooses from, by part of the world and city."""
    ordered = sorted(canonical_zones(), key=lambda zone: (region(zone), city(zone)))
    return {place_of(zone): zone for zone in ordered} | {place_of("UTC"): "UTC"}


def zone_meant(text: str) -> str | None:
    """The one zone that a person means who types a place, a city, a country with a single zone, or a zone's name."""
    found = zones_by_place().get(text.strip()) or read_zone(text)
    if found:
        return found
    words = set(_words(text))
    fitting = zones_of_country(text) or [
        zone for place, zone in zones_by_place().items() if words and words <= set(_words(place))
    ]
    return fitting[0] if len(fitting) == 1 else None


@cache
def country_names() -> dict[str, str]:
    """Code of ISO 3166 → English name, in the order of names."""
    return dict(sorted(_names_of_codes().items(), key=lambda country: country[1]))


@cache
def _countries() -> dict[str, str]:
    return dict(_places())


def _folded(text: str) -> str:
    return re.sub(r"[\s_]+", "_", text.strip()).casefold()


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text.replace("_", " ").replace("/", " "))]


@cache
def _by_folded_name() -> dict[str, str]:
    return {
        _folded(name): name for name in sorted(zoneinfo.available_timezones()) if name not in {"Factory", "localtime"}
    }


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    """Word of a city or country → zones, in the database's order."""
    found: dict[str, list[str]] = {}
    for zone, country in _places():
        for word in {*_words(zone.split("/", 1)[-1]), *_words(country)}:
            found.setdefault(word, []).append(zone)
    return {word: tuple(zones) for word, zones in found.items()}


@cache
def _places() -> list[tuple[str, str]]:
    """``(zone, country in English)``, from the tables that come with the time zone database."""
    countries = _names_of_codes()
    return [(row[2], countries.get(row[0], "")) for row in _rows("zone.tab")]


def _names_of_codes() -> dict[str, str]:
    return {code: _AS_PEOPLE_SAY.get(name, name) for code, name in _rows("iso3166.tab")}


def _rows(table: str) -> list[list[str]]:
    text = resources.files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
