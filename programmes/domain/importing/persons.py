"""One row as a person, or the reason why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from mentoring.accounts.models.user import normal_email
from mentoring.accounts.names import has_letter, tidy_line
from mentoring.accounts.zones import read_zone, suggest_zones
from programmes.domain.importing.targets import PERSON, PROFILE
from programmes.enums import Side
from programmes.models import Participant

_FORMULA = ("=", "＝")
_FORMULA_TOO = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NO_FORMULAS_AT_ALL = {"given_name", "family_name", "full_name", "email", "employer", "title", "country"}
"""Where nothing honest begins with a sign that a spreadsheet takes for a formula."""
_BLANK = {"-", "–", "—", "n/a", "na", "none", "nil"}
_LABELS = {target.key: target.label for target in PERSON}
MOST_AT_ONCE = 20
"""More mentees than this is a typing error."""


class RowRefused(ValueError):
    """A row that cannot become a person; the message says why."""


@dataclass(frozen=True)
class Setting:
    """What a row is read against: partners by folded name, the role of rows that say none, the zone for those without."""

    partners: Mapping[str, Any]
    zone: str
    side: Side | None = None
    capacity: int = 1
    partner_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """A row that can become a participant. ``facts`` are a participant's fields, ``profile`` cells by question."""

    side: Side
    email: str
    facts: dict[str, Any]
    profile: dict[str, str] = field(default_factory=dict)


def read_person(cells: Mapping[str, str], setting: Setting) -> Person:
    """The person in a row, given as cells by target key. Raises ``RowRefused``."""
    for key, text in cells.items():
        _refuse_formula(key, text)
    told = {key: text for key, text in cells.items() if text and text.casefold() not in _BLANK}
    side = _side(told, setting)
    given, family = _names(told)
    facts = {
        "given_name": given,
        "family_name": family,
        "zone": _zone(told, setting),
        "country": tidy_line(told.get("country", "")),
        "employer": tidy_line(told.get("employer", "")),
        "title": tidy_line(told.get("title", "")),
        "partner_id": _partner(told, setting),
        "supervisor_email": _address(told.get("supervisor_email", ""), "supervisor_email"),
        "capacity": _capacity(told, side, setting),
    }
    _refuse_long(facts)
    if "email" not in told:
        raise RowRefused(_("There is no e-mail address."))
    profile = {key.removeprefix(PROFILE): text for key, text in told.items() if key.startswith(PROFILE)}
    return Person(side, _address(told["email"], "email"), facts, profile)


def label_of(key: str) -> str:
    """A target's name in a reason."""
    return str(_LABELS.get(key, key.removeprefix(PROFILE).replace("_", " ")))


def _refuse_formula(key: str, text: str) -> None:
    if not text or text in _BLANK:
        return
    bare = text.lstrip("'’`")  # how spreadsheets and our own files defuse one
    if bare.startswith(_FORMULA_TOO if key in _NO_FORMULAS_AT_ALL else _FORMULA):
        words = _("%(column)s begins with “%(sign)s”, as a formula does. Write the plain text.")
        raise RowRefused(words % {"column": label_of(key), "sign": bare[0]})


def _side(told: Mapping[str, str], setting: Setting) -> Side:
    text = told.get("role", "")
    if not text:
        if setting.side is None:
            raise RowRefused(_("There is no role. Write mentor or mentee."))
        return setting.side
    found = _sides_by_word().get(_folded(text))
    if found is None:
        raise RowRefused(_("The role is “%(text)s”. Write mentor or mentee.") % {"text": text[:60]})
    return found


def _sides_by_word() -> dict[str, Side]:
    """Both roles by the application's own word and by the organisation's."""
    return {_folded(word): side for side in Side for word in (side.value, str(side.label))}


def _folded(word: str) -> str:
    return re.sub(r"\W", "", word.casefold()).removesuffix("s")


def _names(told: Mapping[str, str]) -> tuple[str, str]:
    given, family = tidy_line(told.get("given_name", "")), tidy_line(told.get("family_name", ""))
    if not given and (whole := tidy_line(told.get("full_name", "")).split()):
        given, family = (" ".join(whole[:-1]), family or whole[-1]) if len(whole) > 1 else (whole[0], family)
    if not given and not family:
        raise RowRefused(_("There is no name."))
    if not has_letter(given + family):
        raise RowRefused(
            _("The name “%(text)s” holds no letter. Write a name.") % {"text": f"{given} {family}"[:60].strip()}
        )
    return (given, family) if given else (family, "")


def _address(text: str, key: str) -> str:
    if not text:
        return ""
    address = normal_email(text.removeprefix("mailto:"))
    try:
        validate_email(address)
    except ValidationError:
        words = _("“%(text)s” is no e-mail address (%(column)s).")
        raise RowRefused(words % {"text": text[:80], "column": label_of(key)}) from None
    return address


def _zone(told: Mapping[str, str], setting: Setting) -> str:
    text = told.get("zone", "")
    if not text:
        return setting.zone
    known = read_zone(text)
    if known:
        return known
    perhaps = suggest_zones(text, told.get("country", ""))
    if not perhaps:
        words = _("“%(text)s” is no time zone that we know. Write it like Pacific/Apia.")
        raise RowRefused(words % {"text": text[:60]})
    words = _("“%(text)s” is no time zone that we know. Perhaps you mean %(zones)s?")
    raise RowRefused(words % {"text": text[:60], "zones": _(" or ").join(perhaps)})


def _partner(told: Mapping[str, str], setting: Setting) -> Any:
    text = told.get("partner", "")
    if not text:
        return None
    found = setting.partners.get(" ".join(text.casefold().split()))
    if found is None:
        words = _("There is no partner “%(text)s”. The partners are: %(names)s.")
        raise RowRefused(words % {"text": text[:60], "names": ", ".join(setting.partner_names) or _("none yet")})
    return found


def _capacity(told: Mapping[str, str], side: Side, setting: Setting) -> int:
    text = told.get("capacity", "")
    if side is not Side.MENTOR or not text:
        return setting.capacity if side is Side.MENTOR else 1
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_AT_ONCE:
        words = _("“%(text)s” is no number of mentees. Write a number from 1 to %(most)d.")
        raise RowRefused(words % {"text": text[:40], "most": MOST_AT_ONCE})
    return int(text)


def _refuse_long(facts: Mapping[str, Any]) -> None:
    for key, value in facts.items():
        longest = getattr(Participant._meta.get_field(key.removesuffix("_id")), "max_length", None)
        if longest and isinstance(value, str) and len(value) > longest:
            words = _("%(column)s is longer than %(limit)d characters. Shorten it.")
            raise RowRefused(words % {"column": label_of(key), "limit": longest})
