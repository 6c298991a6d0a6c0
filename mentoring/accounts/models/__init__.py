"""People."""

from mentoring.accounts.models.kept_post import KeptPost
from mentoring.accounts.models.user import User

__all__ = ["KeptPost", "User"]
