"""Making a pair of two people who both wish it. Pairings live in a room above this one, which says so at start-up."""

from collections.abc import Collection
from typing import Protocol

from mentoring.accounts.models import User
from programmes.models import Cohort, Participant


class CannotPair(Exception):
    """They cannot be paired as things stand; ``reasons`` say why in words."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class PairMaker(Protocol):
    """Makes the pair, by the verb that makes all pairs. Raises ``CannotPair``."""

    def __call__(
        self, *, cohort: Cohort, mentor: Participant, mentee: Participant, actor: User, acknowledged: Collection[str]
    ) -> None: ...


_maker: list[PairMaker] = []


def register_pair_maker(maker: PairMaker) -> None:
    """Say how a pair is made. Registering again replaces the maker. For ``AppConfig.ready``."""
    _maker[:] = [maker]


def make_pair(
    *, cohort: Cohort, mentor: Participant, mentee: Participant, actor: User, acknowledged: Collection[str]
) -> None:
    """Make a pair of two people who chose each other. Raises ``CannotPair``, also when no room above makes pairs."""
    if not _maker:
        raise CannotPair(["No pairs are made here."])
    _maker[0](cohort=cohort, mentor=mentor, mentee=mentee, actor=actor, acknowledged=acknowledged)
