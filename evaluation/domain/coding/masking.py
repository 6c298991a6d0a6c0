"""Names of the people a text is about, taken out of it: a mentor who writes of Ana writes “Ana”."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from pairs.models import PairingMember

_EDGES = "ʻʼ'’‘`´-. "
"""What is written at a name's edge or left out there."""


def names_in(pairings: Collection[UUID]) -> dict[UUID, set[str]]:
    """What the people of these pairings are called, whole and in parts; those who have left too. One query."""
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = PairingMember.objects.filter(pairing__in=set(pairings)).select_related("participant__membership__user")
    for row in rows:
        user = row.participant.membership.user if row.participant.membership else None
        called = [row.participant.name, *((user.name, user.given_name, user.family_name) if user else ())]
        found[row.pairing_id].update(_parts(called))
    return found


def _parts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for part in (name, *name.split()):
            yield from (one for one in (part.strip(), part.strip(_EDGES)) if len(one) > 1)


def without_names(words: str, names: Collection[str]) -> str:
    """The words with a mark wherever one of the names stands, however it is spaced. Upper and lower case count, so that
    nobody called Will is taken out of “I will”; names written in small letters alone stay.
    """
    if not names:
        return words
    longest = sorted(names, key=lambda name: (-len(name), name))
    found = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest)
    return re.sub(rf"(?<!\w)(?:{found})(?!\w)", _("[name]"), words)
