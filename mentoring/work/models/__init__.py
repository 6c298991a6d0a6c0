"""What is due where, and the base of rows that get claimed."""

from mentoring.work.models.claimable import Claimable, State
from mentoring.work.models.due_work import DueWork

__all__ = ["Claimable", "DueWork", "State"]
