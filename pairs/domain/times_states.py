"""What becomes of proposed times: which step leads where, and the one function that changes it."""

from enum import StrEnum

from mentoring.tenancy.swapping import swap
from pairs.domain.session_states import WrongState
from pairs.enums import TimesState
from pairs.models import ProposedTimes


class Step(StrEnum):
    """What can be done to times that wait for an answer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    REPLACE = "replace"
    """Either side proposes others."""
    WITHDRAW = "withdraw"


TABLE: dict[Step, TimesState] = {
    Step.ACCEPT: TimesState.ACCEPTED,
    Step.DECLINE: TimesState.DECLINED,
    Step.REPLACE: TimesState.REPLACED,
    Step.WITHDRAW: TimesState.WITHDRAWN,
}
"""Where each step leads. All of them begin at ``open``, and nothing leads back: other times are another proposal."""


def transition(times: ProposedTimes, step: Step) -> None:
    """Take the step by compare-and-swap; nobody is reminded after it. Raises ``WrongState``."""
    rows = ProposedTimes.objects.filter(state=TimesState.OPEN)
    if not swap(times, rows, state=TABLE[step], remind_at=None):
        raise WrongState(f"'{step}' is not possible: the times do not wait for an answer any more.")
