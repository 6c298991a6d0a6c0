"""The kinds of notices: declared by the room that sends them, with their template and the group a person may mute."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Group(StrEnum):
    """What a person may switch off by mail. Essential notices always come."""

    ESSENTIAL = "essential"
    REMINDERS = "reminders"
    PARTNER = "partner"
    REPORTS = "reports"


GROUP_WORDS = {
    Group.REMINDERS: _("Reminders of what is due from you"),
    Group.PARTNER: _("News from your mentoring partner (a log sent, an action done)"),
    Group.REPORTS: _("Weekly reports, for coordinators"),
}


@dataclass(frozen=True)
class NoticeKind:
    """``template``: base path under ``templates/mail/`` with ``.subject.txt``, ``.txt`` and ``.html`` beside it.

    Those who look after the outbox see that a message went and what it says, but not where it is ``personal`` (written by
    one person to another; an address outside that it went to is kept from them too) or ``secret`` (it holds a link that
    lets its bearer in).
    """

    name: str
    template: str
    group: Group = Group.ESSENTIAL
    personal: bool = False
    secret: bool = False


_kinds: dict[str, NoticeKind] = {}


def register_notices(*kinds: NoticeKind) -> None:
    """Declare notices at start-up. Raises ``ValueError`` when a name is taken by another declaration."""
    for kind in kinds:
        if kind.name in _kinds and _kinds[kind.name] != kind:
            raise ValueError(f"The notice '{kind.name}' is declared twice.")
        _kinds[kind.name] = kind


def kind_named(name: str) -> NoticeKind:
    """The declared notice. Raises ``KeyError``."""
    return _kinds[name]


def all_kinds() -> list[NoticeKind]:
    """Every declared notice, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
