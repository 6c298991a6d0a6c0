"""What a person gets by e-mail."""

from collections.abc import Collection

from mentoring.accounts.models import User
from mentoring.notices.kinds import GROUP_WORDS


def choose_mail(*, user: User, wanted: Collection[str], actor: User) -> None:
    """Set which groups of notices come by e-mail; the others stand in the inbox only. Essential ones always come.

    Raises ``ValueError`` for a group that cannot be chosen.
    """
    if unknown := set(wanted) - set(GROUP_WORDS):
        raise ValueError(f"Not a choice: {', '.join(sorted(unknown))}.")
    user.muted = [group.value for group in GROUP_WORDS if group not in wanted]
    user.save(update_fields=["muted"])
