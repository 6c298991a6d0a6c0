"""How many sheets come and go in running pairs when what comes round again does so in another rhythm: told before it is kept.

Reckoned as planning does it (``planning``), and nothing written.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring import clock
from pairs.domain.anchors import agreed_first, anchors_of
from pairs.domain.instants import Anchors, deadline
from pairs.domain.people import members_prefetch, people_of
from pairs.domain.planning import Plan, beyond_and_again, lacking
from pairs.domain.rounds import in_rounds
from pairs.domain.wanted import Wanted, wanted
from pairs.enums import OutputKind, PairingState
from pairs.models import Output, Pairing
from programmes.models import Programme
from templates_app.shapes import SENT_BY_HAND, Kit

Key = tuple[str, str, str]
"""Kind, worksheet and the moment before its rounds are counted."""


@dataclass
class Change:
    """What becomes of one thing that comes round again, in all running pairs."""

    title: str
    more: int = 0
    fewer: int = 0
    late: int = 0
    """How many of those that come are past their day at once."""
    gaining: set[UUID] = field(default_factory=set)
    losing: set[UUID] = field(default_factory=set)
    was: int = 0
    """The most that one person has of it now; by the new rhythm: ``becomes``."""
    becomes: int = 0


def tell_of_rounds(programme: Programme, before: Kit, after: Kit) -> list[str]:
    """For the handbook's pages: how many more or fewer sheets come for how many pairs. A constant number of queries."""
    changes = _changed(before, after)
    if not changes:
        return []
    for plan, outputs, anchors in _running(programme, after, changes):
        _reckon(plan, outputs, anchors, changes)
    return [words for change in changes.values() for words in _words(change)]


def _changed(before: Kit, after: Kit) -> dict[Key, Change]:
    """What comes in rounds, before or after, and opens otherwise or for somebody else; in the handbook's order."""
    old, new = _timings(before), _timings(after)
    longer = after.plan.sessions > before.plan.sessions
    found = {}
    for one in wanted(after, after.worksheets):
        was, becomes = old.get(one.key), new[one.key]
        rounds = any(every is not None for _side, _opens, every in {*(was or ()), *becomes})
        grows = longer and one.every is not None and bool(one.every.sessions)
        known = was is not None or one.kind is OutputKind.WORKSHEET  # of a survey that is new it is told elsewhere
        if rounds and known and (was != becomes or grows):
            found[one.key] = Change(one.title)
    return found


def _timings(kit: Kit) -> dict[Key, list[tuple[str, str, str | None]]]:
    found: dict[Key, list[tuple[str, str, str | None]]] = defaultdict(list)
    for one in wanted(kit, kit.worksheets):
        every = one.every.model_dump_json() if one.every else None
        found[one.key].append((one.side or "", one.opens.model_dump_json(), every))
    return found


def _running(
    programme: Programme, after: Kit, changes: dict[Key, Change]
) -> Iterator[tuple[Plan, list[Output], Anchors]]:
    """Every running pair with what planning needs, in a few queries for all of them."""
    rows = Pairing.objects.filter(cohort__programme=programme, state=PairingState.ACTIVE).select_related("cohort")
    pairings = list(rows.prefetch_related(members_prefetch(), "sessions").order_by("pk"))
    of_these = Q(worksheet__in={worksheet for _kind, worksheet, _moment in changes})
    by_hand = Q(kind=OutputKind.EVALUATION, moment__in=SENT_BY_HAND)
    outputs: dict[UUID, list[Output]] = defaultdict(list)
    for row in Output.objects.filter(of_these | by_hand, pairing__in=pairings):
        outputs[row.pairing_id].append(row)
    agreed = agreed_first(pairings)
    sheets = {sheet.key: sheet for sheet in after.worksheets}
    for pairing in pairings:
        mine = outputs[pairing.pk]
        anchors = anchors_of(pairing, pairing.sessions.all(), mine, agreed)
        if not pairing.is_alongside:  # the handbook's sessions come with it
            anchors = replace(anchors, numbers=anchors.numbers | set(range(1, after.plan.sessions + 1)))
        yield Plan(pairing, after, sheets, people_of(pairing)), mine, anchors


def _reckon(plan: Plan, outputs: list[Output], anchors: Anchors, changes: dict[Key, Change]) -> None:
    rounds = in_rounds([one for one in plan.wanted if one.key in changes], plan.kit, anchors)
    for key, change in changes.items():
        mine = [row for row in outputs if _key_of(row.kind, row.worksheet, row.moment) == key]
        called = [one for one in rounds if _key_of(*one.key) == key]
        if not (mine or called):
            continue
        fresh = lacking(plan, called, mine, anchors)
        beyond, again = beyond_and_again(plan, called, mine)
        change.more += len(fresh) + len(again)
        change.fewer += len(beyond)
        change.late += _late(plan, [*fresh, *again], called, anchors, clock.now())
        change.gaining |= {plan.pairing.pk} if fresh or again else set()
        change.losing |= {plan.pairing.pk} if beyond else set()
        there = [row for row in mine if row.cancelled_at is None]
        staying = [row for row in there if row not in beyond]
        change.was = max(change.was, _most(there))
        change.becomes = max(change.becomes, _most([*staying, *fresh, *again]))


def _key_of(kind: str, worksheet: str, moment: str) -> Key:
    return (OutputKind(kind), worksheet, moment.split(".", maxsplit=1)[0])


def _most(rows: list[Output]) -> int:
    """How many the one who has the most of them has."""
    count: dict[UUID | None, int] = defaultdict(int)
    for row in rows:
        count[row.member_id] += 1
    return max(count.values(), default=0)


def _late(plan: Plan, rows: list[Output], called: list[Wanted], anchors: Anchors, now: dt.datetime) -> int:
    dues = {one.key: one.due for one in called if one.required}
    found = 0
    for row in rows:
        due = dues.get((row.kind, row.worksheet, row.moment))
        last = deadline(due, anchors, plan.people.zones(row.member_id)) if due else None
        found += last is not None and last < now
    return found


def _words(change: Change) -> Iterator[str]:
    told = {"sheet": change.title, "was": change.was, "becomes": change.becomes}
    if change.more:
        sheets = ngettext("%(count)d more sheet", "%(count)d more sheets", change.more) % {"count": change.more}
        yield _sentence(change, told | {"sheets": sheets, "pairs": _pairs(change.gaining)})
    if change.late:
        yield ngettext(
            "“%(sheet)s”: %(count)d of them is past its day at once.",
            "“%(sheet)s”: %(count)d of them are past their day at once.",
            change.late,
        ) % {"sheet": change.title, "count": change.late}
    if change.fewer:
        sheets = ngettext("%(count)d sheet fewer", "%(count)d sheets fewer", change.fewer) % {"count": change.fewer}
        yield _sentence(change, told | {"sheets": sheets, "pairs": _pairs(change.losing)})


def _sentence(change: Change, told: dict[str, object]) -> str:
    if change.was in {0, change.becomes}:
        return _("“%(sheet)s”: %(sheets)s in %(pairs)s, at most %(becomes)d for each.") % told
    return _("“%(sheet)s”: %(sheets)s in %(pairs)s, at most %(becomes)d for each and no longer %(was)d.") % told


def _pairs(found: set[UUID]) -> str:
    return ngettext("%(count)d running pair", "%(count)d running pairs", len(found)) % {"count": len(found)}
