"""What a new version of a worksheet means for running pairs: told before it is published, and done afterwards.

A moment that is new makes an output for everybody who owes the sheet, unless its time is past in their pair. One that is
gone withdraws what nobody has begun. What somebody has begun stays, on the version it was begun on.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring import clock
from pairs.domain.anchors import anchors_of
from pairs.domain.instants import Anchors, deadline
from pairs.domain.planning import Plan, call_again, withdraw
from pairs.domain.wanted import Wanted, sides_of, titled
from pairs.enums import OutputKind, PairingState
from pairs.models import Output, Pairing, PairingMember, Session
from programmes.enums import Side
from programmes.models import Programme
from templates_app.shapes import Kit, Worksheet

Called = tuple[str, Side | None]
"""A moment's key and the side that owes the sheet at it; ``None`` where they write it together."""


def called_at(sheet: Worksheet | None) -> dict[Called, str]:
    """When and from whom a worksheet is called for, with the moment's name."""
    if sheet is None:
        return {}
    return {
        (moment.key, side): moment.title or sheet.title
        for moment in sheet.moments
        for side in sides_of(sheet.filled_by)
    }


# --- Told before ----------------------------------------------------------------------------------------------------


def tell_of_moments(programme: Programme, before: Kit, after: Kit) -> list[str]:
    """For the handbook's pages: how many sheets come and go in running pairs."""
    old = {sheet.key: sheet for sheet in before.worksheets}
    return [words for sheet in after.worksheets for words in _of_sheet(programme, old.get(sheet.key), sheet)]


def _of_sheet(programme: Programme, before: Worksheet | None, after: Worksheet) -> Iterator[str]:
    old, new = called_at(before), called_at(after)
    if _is_put_by(before, after):
        at_will = _offered(programme, after.key, called_at(before)).count()
        if at_will:
            yield ngettext(
                "“%(sheet)s”: %(count)d sheet that was given or laid before somebody, and not begun, is withdrawn.",
                "“%(sheet)s”: %(count)d sheets that were given or laid before somebody, and not begun, are withdrawn.",
                at_will,
            ) % {"sheet": after.title, "count": at_will}
    rounds = {moment.key for moment in after.moments if moment.every is not None}
    for moment, sides in _by_moment(new, old).items():
        pairs, sheets = _how_many(programme, sides)
        if not pairs or moment in rounds:  # how often it comes round, ``round_effects`` tells
            continue
        name = next(name for (key, _side), name in new.items() if key == moment)
        asked = ngettext("%(count)d new sheet", "%(count)d new sheets", sheets) % {"count": sheets}
        running = ngettext("%(count)d running pair", "%(count)d running pairs", pairs) % {"count": pairs}
        yield _(
            "“%(sheet)s”, %(moment)s: up to %(asked)s in %(running)s. Where its time is past already, nothing is asked."
        ) % {"sheet": after.title, "moment": name, "asked": asked, "running": running}
    for moment, sides in _by_moment(old, new).items():
        rows = _owed(programme, after.key, moment, sides)
        begun = rows.exclude(response=None).count()
        waiting = rows.filter(response=None).count()
        if begun or waiting:
            name = next(name for (key, _side), name in old.items() if key == moment)
            yield _(
                "“%(sheet)s”, %(moment)s: not called for any more. Not begun and withdrawn: %(waiting)d; begun, which may "
                "still be finished: %(begun)d."
            ) % {"sheet": after.title, "moment": name, "waiting": waiting, "begun": begun}


def _is_put_by(before: Worksheet | None, after: Worksheet) -> bool:
    return before is not None and before.in_use and not after.in_use


def _offered(programme: Programme, worksheet: str, called: Iterable[Called]) -> QuerySet[Output]:
    """What nobody has begun of a worksheet in running pairs, beside what its moments call for."""
    rows = _open(programme, worksheet).filter(response=None)
    for moment, _side in called:
        rows = rows.exclude(_at(moment))
    return rows


def _by_moment(there: dict[Called, str], not_there: dict[Called, str]) -> dict[str, list[Side | None]]:
    found: dict[str, list[Side | None]] = {}
    for moment, side in there:
        if (moment, side) not in not_there:
            found.setdefault(moment, []).append(side)
    return found


def _how_many(programme: Programme, sides: list[Side | None]) -> tuple[int, int]:
    """How many pairs are running, and how many sheets these sides would owe in them."""
    running = Pairing.objects.filter(cohort__programme=programme, state=PairingState.ACTIVE)
    pairs = running.count()
    members = PairingMember.objects.filter(pairing__in=running, left_at=None)
    by_side = dict(members.values_list("side").annotate(count=Count("pk")))
    return pairs, sum(pairs if side is None else by_side.get(side, 0) for side in sides)


def _owed(programme: Programme, worksheet: str, moment: str, sides: list[Side | None]) -> QuerySet[Output]:
    """What is open of a worksheet at a moment, all its rounds, from these sides, in running pairs."""
    whose = Q(member__side__in=[side for side in sides if side])
    if None in sides:
        whose |= Q(member=None)
    return _open(programme, worksheet).filter(_at(moment), whose)


def _open(programme: Programme, worksheet: str) -> QuerySet[Output]:
    rows = _called_for(programme, worksheet)
    return rows.filter(pairing__state=PairingState.ACTIVE, done_at=None, cancelled_at=None)


def _at(moment: str) -> Q:
    """At a moment, all its rounds."""
    return Q(moment=moment) | Q(moment__startswith=f"{moment}.")


def _called_for(programme: Programme, worksheet: str) -> QuerySet[Output]:
    """Whatever a programme's pairs were ever called for of a worksheet."""
    return Output.objects.filter(pairing__cohort__programme=programme, kind=OutputKind.WORKSHEET, worksheet=worksheet)


# --- Done when it is published ----------------------------------------------------------------------------------------


def follow_worksheet(programme: Programme, before: Worksheet | None, after: Worksheet) -> None:
    """Withdraw what is not called for any more, and call again for what was withdrawn so."""
    old, new = called_at(before), called_at(after)
    gone = _by_moment(old, new)
    if (
        before is not None and before.passes_to
    ):  # pairs may have passed it on: a moment that is gone is gone for all of them
        there = {moment.key for moment in after.moments}
        gone = {moment: sides if moment in there else [*Side, None] for moment, sides in gone.items()}
    for moment, sides in gone.items():
        withdraw(list(_owed(programme, after.key, moment, sides).filter(response=None)), clock.now())
    if _is_put_by(before, after):
        withdraw(list(_offered(programme, after.key, old)), clock.now())
    for moment, sides in _by_moment(new, old).items():
        call_again(_withdrawn(programme, after.key, moment, sides))
    for at in after.moments:
        values = {"title": titled(after, at), "required": at.required, "stage": at.stage or ""}
        _called_for(programme, after.key).filter(moment=at.key, done_at=None).update(**values)


def _withdrawn(programme: Programme, worksheet: str, moment: str, sides: list[Side | None]) -> list[Output]:
    """What nobody has begun of it in running pairs, and is not owed at present, from those who are there."""
    whose = Q(member__side__in=[side for side in sides if side], member__left_at=None) | Q(member=None)
    rows = _called_for(programme, worksheet).filter(whose, pairing__state=PairingState.ACTIVE, moment=moment)
    return list(rows.filter(done_at=None, response=None).exclude(cancelled_at=None))


def follow_removal(programme: Programme, worksheet: str) -> None:
    """A worksheet that nobody ever wrote on is taken out of the handbook: what it once called for goes with it."""
    _called_for(programme, worksheet).delete()


# --- Done in the background, pair by pair -------------------------------------------------------------------------------


def add_new_moments(pairing: Pairing, plan: Plan) -> list[Output]:
    """Ask a running pair for what its handbook has come to call for since it was planned. Returns the new outputs.

    Two queries where there is nothing new.
    """
    if not pairing.is_active:
        return []
    rows = list(Output.objects.filter(pairing=pairing).select_related("member"))
    known = {(row.worksheet, row.moment, row.member.side if row.member else None) for row in rows}
    kept = plan.passing.kept(rows)
    fresh = [
        one
        for one in plan.wanted
        if one.kind is OutputKind.WORKSHEET
        and one.every is None
        and (one.worksheet, one.moment, one.side) not in known
        and one.key not in kept
    ]
    if not fresh:
        return []
    anchors = anchors_of(pairing, Session.objects.filter(pairing=pairing), rows)
    ahead = [row for one in fresh for row in _outputs(one, pairing, plan) if _is_ahead(one, row, anchors, plan)]
    return Output.objects.bulk_create(ahead)


def _is_ahead(one: Wanted, row: Output, anchors: Anchors, plan: Plan) -> bool:
    """Whether it can still be done in time: nobody is late with what nobody asked for."""
    due = deadline(one.due, anchors, plan.people.zones(row.member_id)) if one.due else None
    return due is None or due > clock.now()


def _outputs(one: Wanted, pairing: Pairing, plan: Plan) -> Iterator[Output]:
    owing = [None] if one.side is None else [p.member for p in plan.people.on(one.side) if p.member.left_at is None]
    session = Session.objects.filter(pairing=pairing, number=one.session, part=0).first() if one.session else None
    for member in owing:
        yield Output(
            pairing=pairing,
            kind=one.kind,
            worksheet=one.worksheet,
            moment=one.moment,
            title=one.title,
            member=member,
            session=session,
            stage=one.stage,
            required=one.required,
            position=one.position,
        )
