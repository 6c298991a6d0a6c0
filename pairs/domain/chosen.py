"""Pairs of people who chose each other: what programmes, the room below, asks for when both have said yes."""

from collections.abc import Collection

from mentoring.accounts.models import User
from pairs.domain import pairing
from pairs.enums import PairingModel
from programmes.domain.choosing.making import CannotPair
from programmes.models import Cohort, Participant


def make_chosen_pair(
    *, cohort: Cohort, mentor: Participant, mentee: Participant, actor: User, acknowledged: Collection[str]
) -> None:
    """Make the pair, by the verb that makes all of them. Raises ``CannotPair`` of the room below."""
    try:
        pairing.form_agreed_pairing(
            cohort=cohort,
            model=PairingModel.ONE_TO_ONE,
            mentors=[mentor],
            mentees=[mentee],
            actor=actor,
            acknowledged=acknowledged,
        )
    except pairing.CannotPair as fault:
        raise CannotPair(fault.reasons) from fault
    except pairing.NeedsAcknowledging as fault:
        raise CannotPair(list(fault.rules.values())) from fault
