"""Moments of one worksheet that call for it twice at the same session: told before it is published, since it may be meant."""

from collections.abc import Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.domain.designing.words import instant_words
from templates_app.shapes import Moment, Worksheet

_MOST = 60
"""Sessions a plan may have at most."""


def owed_twice(sheet: Worksheet) -> Iterator[str]:
    """A sentence for each moment that comes with the sessions and meets others of the sheet there."""
    owed = [one for one in sheet.moments if one.required]
    for place, moment in enumerate(owed):
        if not (moment.every and moment.every.sessions):
            continue
        earlier = [one for one in owed[:place] if one.every and one.every.sessions]
        others = [one for one in owed if one is not moment and one not in earlier]
        meet = {name_of(one): numbers for one in others if (numbers := _sessions(moment) & _sessions(one))}
        if meet:
            yield _told(moment, meet)


def name_of(moment: Moment) -> str:
    """What a moment is called, or when it is."""
    return moment.title or instant_words(moment.opens)


def _told(moment: Moment, meet: dict[str, set[int]]) -> str:
    numbers = sorted(set.union(*meet.values()))
    words = ngettext(
        "It is owed twice at session %(numbers)s: by “%(one)s” and by %(others)s. If that is not meant, take one of them out.",
        "It is owed twice at sessions %(numbers)s: by “%(one)s” and by %(others)s. If that is not meant, take one of them out.",
        len(numbers),
    )
    listed = [str(number) for number in numbers[:6]] + ([_("later ones")] if len(numbers) > 6 else [])
    return words % {
        "numbers": get_text_list(listed, _("and")),
        "one": name_of(moment),
        "others": get_text_list([f"“{name}”" for name in meet], _("and")),
    }


def _sessions(moment: Moment) -> set[int]:
    """The sessions at which a moment calls for the sheet, as pairs are planned by it."""
    first = moment.session or moment.opens.session
    if not (moment.every and moment.every.sessions):
        return {first} if first else set()
    found = range(first or 1, _MOST + 1, moment.every.sessions)
    return set(found[: moment.every.times] if moment.every.times else found)
