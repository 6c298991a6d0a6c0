"""How and where a pair meets, and how long ahead a meeting is moved or called off: told, and never in anybody's way."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring import clock
from mentoring.ui import dates
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


def dates_alone(sessions: Iterable[Session], zone: str) -> str:
    """The dates and hours of coming meetings and nothing else, as a letter that whoever wants to sends to their manager.

    A ``mailto:`` address (RFC 6068): it goes out from the person's own post, and nothing of it is kept. Empty without dates.
    """
    coming = [row for row in sessions if row.state == SessionState.PLANNED and row.starts_at and not _is_over(row)]
    lines = [
        "{when}, {minutes}".format(when=dates.moment(row.starts_at, zone), minutes=_("%d minutes") % row.minutes)
        for row in sorted(coming, key=lambda row: row.starts_at or clock.now())
        if row.starts_at
    ]
    if not lines:
        return ""
    opening = _("I am away from my work for a meeting on these dates. Please keep the time free.")
    return "mailto:?" + urlencode(
        {"subject": _("Time to set aside"), "body": "\r\n".join([opening, "", *lines])}, quote_via=quote
    )


def _is_over(session: Session) -> bool:
    return session.starts_at is not None and session.starts_at < clock.now()


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
