"""What goes to everybody names nobody: no participant, and no organisation so small that one could tell who is meant
(``gla.must.43``).
"""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from programmes.enums import ParticipantState
from programmes.models import Participant, Programme, Sheet
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.domain.responses import HeldBack, answers_of


def refuse_names(sheet: Sheet) -> None:
    """Raises ``HeldBack`` with what has to come out where one of the programme's own sheets names somebody."""
    words = " ".join(_words(answers_of(sheet.response)))
    names = sorted(_names(sheet.programme).items())
    found = [name for name, as_written in names if _stands_in(name, words, as_written=as_written)]
    if found:
        told = _("Others read this, so nobody may be recognised in it. Take out, or say in another way: %(names)s.")
        raise HeldBack(told % {"names": ", ".join(found)})


def _names(programme: Programme) -> dict[str, bool]:
    """Everybody who has taken part, their addresses, and the organisations of few. Two queries.

    Each with whether it counts only as it is written: what is one word, and what an organisation is called for short, may
    be a word of the language too (``Will``, ``May``, ``IT``).
    """
    people = Participant.objects.filter(cohort__programme=programme)
    found: dict[str, bool] = {}
    shorts: set[str] = set()
    for person in people.select_related("membership__user", "partner"):
        user = person.membership.user if person.membership else None
        for name in (person.name, person.email, *((user.name, user.email) if user else ())):
            found[name] = _is_a_word(name)
    joined = Count(Lower("email"), distinct=True, filter=Q(state=ParticipantState.JOINED))
    small = people.exclude(partner=None).values("partner__name", "partner__short").annotate(count=joined)
    for row in small.filter(count__lt=SMALLEST_GROUP):
        found[row["partner__name"]] = _is_a_word(row["partner__name"])
        shorts.add(row["partner__short"])
    found |= {short: True for short in shorts if short not in found}
    return {name: as_written for name, as_written in found.items() if name.strip()}


def _is_a_word(name: str) -> bool:
    return len(name.split()) == 1 and "@" not in name


def _words(value: Any) -> Iterator[str]:
    """Every text among answers, at any depth."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words(part)


def _stands_in(name: str, words: str, *, as_written: bool) -> bool:
    """Whether a name stands there as whole words, however it is spaced, and in whatever case unless ``as_written``."""
    parts = r"\s+".join(re.escape(part) for part in name.split())
    return re.search(rf"(?<!\w){parts}(?!\w)", words, 0 if as_written else re.IGNORECASE) is not None
