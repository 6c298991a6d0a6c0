"""Whose answers somebody who coordinates does not read: their mentoring partners', who were told that these do not see them.

That holds for figures too, where they are made of sheets that coordinators read one by one, or of themes that stand beside each
text: whoever knows all the others and the sum knows the last one. Figures of what nobody reads one by one are the same for all,
or the difference of two would tell.
"""

from collections.abc import Sequence
from uuid import UUID

from evaluation.domain.behind import Places, are_enough, writers_of
from evaluation.domain.sight import sight_of
from mentoring.accounts.models import User
from pairs.models import Output, PairingMember
from programmes.domain.partners import partners_of
from programmes.models import Cohort
from templates_app.shapes import Preset, Worksheet

Kept = frozenset[UUID]
"""Participants of a cohort, and relationships they are or were in, whose words are kept from somebody."""
NOBODY: Kept = frozenset()
READ_ONE_BY_ONE = frozenset({Preset.AUTHOR_COORDINATOR, Preset.COORDINATOR})
"""Presets of sheets that coordinators read, be it with consent."""


def kept_from(user: User, cohort: Cohort) -> Kept:
    """Those of a cohort who are or were this person's mentoring partners, with every relationship of theirs. Two queries at
    most.
    """
    partners = partners_of(user)
    if not partners:
        return NOBODY
    rows = PairingMember.objects.filter(pairing__cohort=cohort, participant__membership__user__in=partners)
    return frozenset(one for row in rows.values_list("participant", "pairing") for one in row)


def kept_for(user: User, cohort: Cohort) -> Kept:
    """The same for whoever looks at figures: those who do not coordinate read no single answer, and have the figures of all."""
    return kept_from(user, cohort) if sight_of(user, cohort.programme).coordinates else NOBODY


def is_kept(row: Output, kept: Kept) -> bool:
    """Whether one of those wrote a sheet, alone or together with somebody."""
    return (row.member.participant_id if row.member else row.pairing_id) in kept


def counted_for(rows: Sequence[Output], sheet: Worksheet, kept: Kept) -> list[Output]:
    """The sheets of which somebody's figures are made, whose words are kept from them."""
    if sheet.readers.preset not in READ_ONE_BY_ONE:
        return list(rows)
    return [row for row in rows if not is_kept(row, kept)]


def parted(rows: Sequence[Output], kept: Kept, places: Places) -> tuple[list[Output], int]:
    """Of sheets whose words are read without names those of others, and how many are left out: no sheet at all where, without
    these, they are of so few people that one could guess.
    """
    others = [row for row in rows if not is_kept(row, kept)]
    left_out = len(rows) - len(others)
    if left_out and not are_enough(writers_of(row, places) for row in others):
        return [], left_out
    return others, left_out
