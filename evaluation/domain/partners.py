"""Whose words somebody who coordinates does not read: their mentoring partners', who were told that these do not see them."""

from collections.abc import Sequence
from uuid import UUID

from evaluation.domain.behind import Places, are_enough, writers_of
from mentoring.accounts.models import User
from pairs.models import Output, PairingMember
from programmes.domain.partners import partners_of
from programmes.models import Cohort

Kept = frozenset[UUID]
"""Participants of a cohort, and relationships they are or were in, whose words are kept from somebody."""
NOBODY: Kept = frozenset()


def kept_from(user: User, cohort: Cohort) -> Kept:
    """Those of a cohort who are or were this person's mentoring partners, with every relationship of theirs. Two queries at
    most.
    """
    partners = partners_of(user)
    if not partners:
        return NOBODY
    rows = PairingMember.objects.filter(pairing__cohort=cohort, participant__membership__user__in=partners)
    return frozenset(one for row in rows.values_list("participant", "pairing") for one in row)


def is_kept(row: Output, kept: Kept) -> bool:
    """Whether one of those wrote a sheet, alone or together with somebody."""
    return (row.member.participant_id if row.member else row.pairing_id) in kept


def parted(rows: Sequence[Output], kept: Kept, places: Places) -> tuple[list[Output], int]:
    """Of sheets whose words are read without names those of others, and how many are left out: no sheet at all where, without
    these, they are of so few people that one could guess.
    """
    others = [row for row in rows if not is_kept(row, kept)]
    left_out = len(rows) - len(others)
    if left_out and not are_enough(writers_of(row, places) for row in others):
        return [], left_out
    return others, left_out
