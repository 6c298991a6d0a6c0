"""How and where a pair meets, and how long ahead a meeting is moved or called off: told, and never in anybody's way."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring import clock
from pairs.enums import SessionState
from pairs.models import Session
from templates_app.shapes import Plan, Way


@dataclass(frozen=True)
class Where:
    """In what way a meeting is held, at which place, and whether nobody overhears it there (``None``: not asked)."""

    way: str = ""
    place: str = ""
    is_private: bool | None = None

    def columns(self) -> dict[str, Any]:
        """What of a session says it."""
        return {"way": self.way, "place": self.place, "is_private": self.is_private}


NOWHERE = Where()
"""Nothing said: as the pair usually meets."""


def where_of(session: Session) -> Where:
    """How and where it is held as it stands."""
    return Where(session.way, session.place, session.is_private)


def way_named(plan: Plan, key: str) -> Way | None:
    """One of the handbook's ways of meeting."""
    return next((way for way in plan.platforms if way.key == key), None)


def notice_hours(session: Session, plan: Plan) -> int | None:
    """So many hours ahead a meeting is moved or called off: as the pair agreed, else as the handbook says."""
    return session.pairing.notice_hours or plan.notice_hours


def is_short_notice(session: Session, plan: Plan) -> bool:
    """Whether changing this meeting now is later than that."""
    hours = notice_hours(session, plan)
    if hours is None or session.starts_at is None or session.state != SessionState.PLANNED:
        return False
    return clock.now() > session.starts_at - dt.timedelta(hours=hours)


def notice_words(session: Session, plan: Plan, others: str) -> str:
    """What is told before a meeting is moved or called off at short notice; empty where there is time enough."""
    hours = notice_hours(session, plan)
    if hours is None or not is_short_notice(session, plan):
        return ""
    agreed = ngettext(
        "You have agreed to say so at least %(hours)d hour ahead, and it is less than that now.",
        "You have agreed to say so at least %(hours)d hours ahead, and it is less than that now.",
        hours,
    ) % {"hours": hours}
    still = _("You can still do it. A short word of your own to %(name)s helps.") % {"name": others}
    return f"{agreed} {still}"
