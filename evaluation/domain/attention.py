"""Who needs the coordinator: the pair, why in words, since when, and the one thing to do.

One line a pair: its weightiest reason, from "not meeting" down to "something is late".
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.domain.standing import PairStanding
from mentoring.ui import dates
from pairs.domain.instants import day_begins, local_day
from pairs.domain.output_lines import OutputLine
from pairs.domain.slots import days_between, repeats
from pairs.enums import OutputKind, SessionState
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.models import Handbook, TemplateVersion
from templates_app.shapes import Plan, Use

TOO_SOON = dt.timedelta(days=14)
"""No pair is said not to meet before this, however often it was to meet: people are away for a week or two."""
MONTH = 30


@dataclass(frozen=True)
class Attention:
    """One line of the list. ``tone`` is ``due`` or ``late``. ``output_id`` names what a reminder would be about, and
    ``remind`` whom it would go to; both are empty where there is nothing to remind of.
    """

    pairing_id: str
    pair: str
    reason: str
    tone: str
    words: str
    since: dt.datetime
    output_id: str = ""
    remind: str = ""
    opens: str = ""
    """The sheet to read first, where there is one."""

    def as_json(self) -> dict[str, Any]:
        """What a stored report keeps: plain values, without what can be done."""
        kept = ("pairing_id", "pair", "reason", "tone", "words")
        return {**{name: getattr(self, name) for name in kept}, "since": self.since.isoformat()}


def logs_of(handbook: Handbook, versions: Mapping[str, TemplateVersion] | None = None) -> frozenset[str]:
    """Keys of the handbook's worksheets that are learning logs. One query, unless its worksheets are given."""
    found = (versions or current_versions(handbook)).items()
    return frozenset(key for key, version in found if worksheet_of(version).use is Use.LOG)


def asking_of(handbook: Handbook, versions: Mapping[str, TemplateVersion] | None = None) -> frozenset[str]:
    """Keys of the handbook's worksheets with which people ask the coordinators for help. As ``logs_of``."""
    found = (versions or current_versions(handbook)).items()
    return frozenset(key for key, version in found if worksheet_of(version).to_coordinator == "help")


def attention_of(
    active: Sequence[PairStanding], now: dt.datetime, *, logs: Collection[str], zone: str
) -> list[Attention]:
    """The pairs that need somebody: late ones first, then the longest waiting.

    ``logs`` are the keys of learning logs; days are told as they are in ``zone``.
    """
    words = _Words(now, frozenset(logs), zone)
    lines = [line for one in active if (line := words.line(one)) is not None]
    return sorted(lines, key=urgency)


def urgency(line: Attention) -> tuple[bool, dt.datetime]:
    """What comes first on the list."""
    return (line.tone != "late", line.since)


def quiet_after(plan: Plan, frequency: str = "") -> dt.timedelta:
    """How long a pair goes without a session, and without a date for one, before it is not meeting: as the handbook says,
    else half as long again as its rhythm, or as the pair's own where that is slower.
    """
    if plan.quiet_days is not None:
        return dt.timedelta(days=plan.quiet_days)
    pace = plan.months * MONTH / max(plan.sessions, 1)
    if repeats(frequency):
        pace = max(pace, days_between(frequency, plan.interval_months))
    return max(TOO_SOON, dt.timedelta(days=round(pace * 3 / 2)))


class _Words:
    """Finds and words the reason of one pair after the other."""

    def __init__(self, now: dt.datetime, logs: frozenset[str], zone: str) -> None:
        self.now, self.logs, self.zone = now, logs, zone

    def line(self, one: PairStanding) -> Attention | None:
        """The pair's weightiest reason, or ``None`` when it is well on its way."""
        logs = [row for row in one.late if row.worksheet in self.logs]
        unsigned = [row for row in one.late if row.kind == OutputKind.AGREEMENT]
        found = (
            self._asked(one)
            or self._not_meeting(one)
            or self._unsigned(one, unsigned)
            or self._late(one, logs, _("not logging"))
            or self._late(one, one.late, _("late"))
            or self._out_of_time(one)
        )
        ending = self._ending(one)
        return replace(found, words=f"{found.words} {ending.words}") if found and ending else found or ending

    def _asked(self, one: PairStanding) -> Attention | None:
        """Somebody has brought something to the coordinators on a sheet of the handbook."""
        if not one.asking:
            return None
        first = min(one.asking, key=lambda row: (row.done_at or self.now, row.pk))
        words = _("%(names)s sent “%(title)s” on %(date)s.") % {
            "names": _names(one, [first]),
            "title": one.title(first),
            "date": self._day(first.done_at or self.now),
        }
        line = self._made(one, _("issue raised"), "late", words, first.done_at or self.now)
        return replace(line, opens=str(first.pk))

    def _ending(self, one: PairStanding) -> Attention | None:
        """The agreed end is near, or is past and the pair has not ended."""
        ahead = kit_of(one.pairing.cohort.programme.handbook).plan.closing.ahead_days
        if ahead is None:
            return None
        until = one.pairing.agreed_until or one.pairing.cohort.ends_on
        begins = until - dt.timedelta(days=ahead)
        today = local_day(self.now, self.zone)
        if today < begins:
            return None
        over = _("Their time ended on %(date)s; they have not closed it yet.")
        words = (over if until < today else _("Their time ends on %(date)s.")) % {
            "date": dates.day(until, year=today.year)
        }
        since = day_begins(begins, self.zone)
        return self._made(one, _("ending soon") if until >= today else _("time to close"), "due", words, since)

    def _not_meeting(self, one: PairStanding) -> Attention | None:
        left = [row for row in one.numbered if row.state != SessionState.HELD]
        plan = kit_of(one.pairing.cohort.programme.handbook).plan
        waits = one.next_session is not None and plan.quiet_days is None
        if waits or (one.numbered and not left):
            return None
        last = max((row.starts_at for row in one.held if row.starts_at), default=None)
        since = last or one.pairing.started_at
        if self.now - since < quiet_after(plan, one.schedule.frequency if one.schedule else ""):
            return None
        if one.next_session is not None:
            words = _("No session has been held since %(date)s; the next has a date.")
        elif any(row.state == SessionState.PLANNED and row.starts_at for row in left):
            words = _("Their last date has passed, and no session has been noted as held since %(date)s.")
        elif last is None:
            words = _("No session has been held since they were paired on %(date)s, and none has a date.")
        else:
            words = _("No session since %(date)s, and none has a date.")
        return self._made(one, _("not meeting"), "late", words % {"date": self._day(since)}, since)

    def _unsigned(self, one: PairStanding, rows: list[OutputLine]) -> Attention | None:
        if not rows:
            return None
        since = rows[0].due_at or self.now
        signed = [row for row in one.outputs if row.kind == OutputKind.AGREEMENT and row.done_at is not None]
        named = {"names": _names(one, rows), "date": self._day(since)}
        if signed and signed[0].done_at:
            named |= {"signer": _names(one, signed), "date": self._day(signed[0].done_at)}
            words = _("%(signer)s signed on %(date)s; the agreement waits for %(names)s.")
        else:
            words = _("The agreement was to be signed by %(date)s and waits for %(names)s.")
        return self._made(one, _("unsigned"), "due", words % named, since, rows)

    def _late(self, one: PairStanding, late: list[OutputLine], reason: str) -> Attention | None:
        """The oldest of what is late, together with the partner's own of the same if that is late too."""
        if not late:
            return None
        first = late[0]
        same = [
            row for row in late if (row.kind, row.worksheet, row.moment) == (first.kind, first.worksheet, first.moment)
        ]
        words = _("%(names)s: “%(title)s” was due on %(date)s.") % {
            "names": _names(one, same),
            "title": one.title(first),
            "date": self._day(first.due_at or self.now),
        }
        if more := len(one.late) - len(same):
            told = ngettext("%(count)d more thing is late.", "%(count)d more things are late.", more)
            words = f"{words} {told % {'count': more}}"
        return self._made(one, reason, "due", words, first.due_at or self.now, same)

    def _out_of_time(self, one: PairStanding) -> Attention | None:
        if not one.runs_out_of_time:
            return None
        words = _(
            "%(held)d of %(planned)d sessions are held; what is left does not fit before the cohort ends on %(date)s."
        )
        last = max((row.starts_at for row in one.held if row.starts_at), default=one.pairing.started_at)
        told = words % {
            "held": len(one.held),
            "planned": len(one.numbered),
            "date": dates.day(one.pairing.cohort.ends_on, year=local_day(self.now, self.zone).year),
        }
        return self._made(one, _("short of time"), "due", told, last)

    def _day(self, instant: dt.datetime) -> str:
        day = local_day(instant, self.zone)
        return dates.day(day, year=local_day(self.now, self.zone).year)

    def _made(
        self, one: PairStanding, reason: str, tone: str, words: str, since: dt.datetime, rows: Sequence[OutputLine] = ()
    ) -> Attention:
        owing = {person.member.pk: person for row in rows for person in one.owing(row)}
        remind = "" if not owing else _several(len(owing)) or next(iter(owing.values())).short_name
        output = str(rows[0].pk) if rows else ""
        return Attention(str(one.pairing.pk), one.label, reason, tone, words, since, output, remind)


def _several(count: int) -> str:
    """How several people are called; empty for one."""
    return "" if count < 2 else _("both") if count == 2 else _("all of them")


def _names(one: PairStanding, rows: Sequence[OutputLine]) -> str:
    """Who owes these, by the names one calls them."""
    owing = {person.member.pk: person.short_name for row in rows for person in one.owing(row)}
    return get_text_list(list(owing.values()), _("and"))
