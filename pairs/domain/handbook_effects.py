"""What a change of a handbook means for running pairs: told before it is kept, and done where it is more than dates."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pairs.domain.alongside import formal
from pairs.domain.reminding import kind_owed
from pairs.domain.switch_effects import tell_of_switches
from pairs.domain.wanted import Wanted, taken_by, title_words, wanted
from pairs.enums import OutputKind, PairingState, SessionState
from pairs.models import GoalChange, Output, Pairing, Session
from programmes.models import Programme
from templates_app.shapes import Kit, Reminder

_TIMING = ("opens", "due", "fallback", "every", "required")
"""What of something that is called for moves its dates."""
MOST = 6
"""So many things are named one by one."""


def tell_of_handbook(programme: Programme, before: Kit, after: Kit) -> list[str]:
    """For the handbook's pages: what becomes different for the pairs that are running. Nothing where none is."""
    running = _running(programme).count()
    if not running:
        return []
    pairs = ngettext("%(count)d running pair", "%(count)d running pairs", running) % {"count": running}
    return [
        *_of_sessions(programme, pairs, before, after),
        *_of_dates(programme, before, after),
        *_of_steps(programme, pairs, before, after),
        *_of_phases(programme, pairs, before, after),
        *_of_surveys(pairs, before, after),
        *_of_reminders(programme, before, after),
        *_of_reading(pairs, before, after),
        *tell_of_switches(pairs, before, after),
    ]


def _of_sessions(programme: Programme, pairs: str, before: Kit, after: Kit) -> Iterator[str]:
    old, new = before.plan.sessions, after.plan.sessions
    if new > old:
        more = ngettext("%(count)d more session", "%(count)d more sessions", new - old) % {"count": new - old}
        yield _("%(pairs)s: %(more)s to find a date for.") % {"pairs": pairs, "more": more}
    if new < old and (count := _untouched_beyond(programme, new).count()):
        yield ngettext(
            "%(count)d session without a date, in which nobody has begun anything, is taken out again.",
            "%(count)d sessions without a date, in which nobody has begun anything, are taken out again.",
            count,
        ) % {"count": count}
    if new < old:
        yield _(
            "%(pairs)s: the dates and records of sessions they have stay; pairs made from now on have %(count)d."
        ) % {
            "pairs": pairs,
            "count": new,
        }


# --- What is owed, and when -----------------------------------------------------------------------------------------


def _called_for(kit: Kit) -> dict[tuple[Any, ...], Wanted]:
    return {(*one.key, one.side): one for one in wanted(kit, kit.worksheets)}


def _of_dates(programme: Programme, before: Kit, after: Kit) -> Iterator[str]:
    """Everything still open whose dates move."""
    old, new = _called_for(before), _called_for(after)
    moved = [new[key] for key in old.keys() & new.keys() if _timing(old[key]) != _timing(new[key])]
    open_rows = _open(programme, moved)
    if open_rows:
        yield _("%(pairs)s: new dates for %(what)s.") % {"pairs": _pairs_of(open_rows), "what": _named(open_rows)}


def _timing(one: Wanted) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in _TIMING)


def _of_steps(programme: Programme, pairs: str, before: Kit, after: Kit) -> Iterator[str]:
    """Steps that are no worksheets, come and gone: running pairs keep what they were asked for. Who signs the agreement is
    told with the agreement (``switch_effects``).
    """
    old, new = _called_for(before), _called_for(after)
    sheets = {OutputKind.WORKSHEET, OutputKind.EVALUATION, OutputKind.AGREEMENT}
    gone = [one for key, one in old.items() if key not in new and one.kind not in sheets]
    come = [one for key, one in new.items() if key not in old and one.kind not in sheets]
    open_rows = _open(programme, gone)
    if open_rows:
        yield _("%(pairs)s: still asked for %(what)s, as before; pairs made from now on are not.") % {
            "pairs": _pairs_of(open_rows),
            "what": _named(open_rows),
        }
    if come:
        names = _listed(dict.fromkeys(title_words(one.kind, one.title) for one in come))
        yield _("%(pairs)s: not asked for %(what)s; pairs made from now on are.") % {"pairs": pairs, "what": names}


def _of_phases(programme: Programme, pairs: str, before: Kit, after: Kit) -> Iterator[str]:
    """Who says where a pair is. What pairs have said is kept, and counts wherever the handbook has such a phase."""
    old, new = before.plan.phases, after.plan.phases
    if new is not None and old is None:
        yield _(
            "%(pairs)s: they say themselves in which phase they are. Until they have, the stage they are at is worked out as "
            "before."
        ) % {"pairs": pairs}
    if old is None or old == new:
        return
    if new is None:
        yield _(
            "%(pairs)s: they do not say any more in which phase they are. The stage they are at is worked out from what is "
            "done."
        ) % {"pairs": pairs}
        return
    gone = [key for key in old.keys if key not in new.keys]
    there = _running(programme).filter(phase__in=gone).count() if gone else 0
    if there:
        titles = {stage.key: stage.title for stage in before.stages}
        running = ngettext("%(count)d running pair", "%(count)d running pairs", there) % {"count": there}
        yield _(
            "%(pairs)s: they have said that they are in %(what)s, which is no phase any more. Until they say anew, the stage "
            "they are at is worked out from what is done."
        ) % {"pairs": running, "what": _listed(titles.get(key, key) for key in gone)}
    if old.keys != new.keys:
        yield _("%(pairs)s: what lies behind and ahead of a phase follows its new place.") % {"pairs": pairs}
    if old.worksheet != new.worksheet:
        yield _("%(pairs)s: what they have ticked stays on its sheets; the phases show other checklists.") % {
            "pairs": pairs
        }


def _of_surveys(pairs: str, before: Kit, after: Kit) -> Iterator[str]:
    """Surveys that go out by themselves, come and gone."""
    old, new = _surveys(before), _surveys(after)
    if come := [title for key, title in new.items() if key not in old]:
        yield _("%(pairs)s: asked by %(what)s when its moment comes; where that is past, nobody is.") % {
            "pairs": pairs,
            "what": _listed(dict.fromkeys(come)),
        }
    if gone := [title for key, title in old.items() if key not in new]:
        yield _("%(pairs)s: no longer asked by %(what)s; who was asked may still answer.") % {
            "pairs": pairs,
            "what": _listed(dict.fromkeys(gone)),
        }


def _surveys(kit: Kit) -> dict[tuple[Any, ...], str]:
    asked = [one for one in wanted(kit, kit.worksheets) if one.kind == OutputKind.EVALUATION]
    return {(*one.key, one.side): one.title for one in asked}


def _of_reminders(programme: Programme, before: Kit, after: Kit) -> Iterator[str]:
    """What is still open and is reminded at other times, no longer, or from now on."""
    old, new = _rules(before), _rules(after)
    kinds = {owed for owed in old.keys() | new.keys() if _rhythm(old.get(owed)) != _rhythm(new.get(owed))}
    if not kinds:
        return
    uses = {sheet.key: sheet.use for sheet in after.worksheets}
    rows = [row for row in _all_open(programme) if kind_owed(row, uses.get(row.worksheet)) in kinds]
    if rows:
        yield _("%(pairs)s: reminded at other times of %(what)s.") % {"pairs": _pairs_of(rows), "what": _named(rows)}


def _rules(kit: Kit) -> dict[str, Reminder]:
    return {rule.owes: rule for rule in reversed(kit.reminders)}


def _rhythm(rule: Reminder | None) -> tuple[Any, ...] | None:
    return None if rule is None else (rule.first_after, rule.every, rule.at_most, rule.escalate_after)


# --- Who reads ------------------------------------------------------------------------------------------------------


def _of_reading(pairs: str, before: Kit, after: Kit) -> Iterator[str]:
    """What reaches the coordinator otherwise than before."""
    old = {item.key: item for item in before.agreement.consent.items}
    for item in after.agreement.consent.items:
        was = old.get(item.key)
        told = {"pairs": pairs, "what": item.label}
        if item.always and not (was and was.always):
            yield _("%(pairs)s: the coordinator reads “%(what)s” from now on, whatever they have answered.") % told
        if was and was.always and not item.always:
            yield (
                _("%(pairs)s: the coordinator reads “%(what)s” only once it is allowed; until then it is closed.")
                % told
            )
        if was is None and not item.always:
            yield _("%(pairs)s: “%(what)s” stays closed to the coordinator until they allow it.") % told
    if before.agreement.consent.asked_of != after.agreement.consent.asked_of:
        yield _("%(pairs)s: it counts what somebody else has answered about the coordinator's reading.") % {
            "pairs": pairs
        }
    if taken_by(before, OutputKind.COMPILE) and not taken_by(after, OutputKind.COMPILE):
        yield _(
            "%(pairs)s: the records of sessions reach the coordinator as soon as they are sent, where that is allowed, "
            "and not only once somebody passes them on."
        ) % {"pairs": pairs}
    if taken_by(after, OutputKind.COMPILE) and not taken_by(before, OutputKind.COMPILE):
        yield _("%(pairs)s: the records of sessions reach the coordinator only once somebody passes them on.") % {
            "pairs": pairs
        }


# --- Rows and words -------------------------------------------------------------------------------------------------


def _all_open(programme: Programme) -> list[Output]:
    """Everything open in running pairs: only what is needed to say what it is."""
    rows = Output.objects.filter(
        pairing__cohort__programme=programme,
        pairing__state=PairingState.ACTIVE,
        done_at__isnull=True,
        cancelled_at__isnull=True,
    )
    return list(rows.only("pairing", "kind", "worksheet", "moment", "title", "member__side").select_related("member"))


def _open(programme: Programme, of: Iterable[Wanted]) -> list[Output]:
    keys = {(*one.key, one.side) for one in of}
    if not keys:
        return []
    return [row for row in _all_open(programme) if _key_of(row) in keys]


def _key_of(row: Output) -> tuple[Any, ...]:
    side = row.member.side if row.member is not None else None
    return (row.kind, row.worksheet, row.moment.split(".")[0] if row.worksheet else row.moment, side)


def _pairs_of(rows: list[Output]) -> str:
    count = len({row.pairing_id for row in rows})
    return ngettext("%(count)d running pair", "%(count)d running pairs", count) % {"count": count}


def _named(rows: list[Output]) -> str:
    return _listed(dict.fromkeys(title_words(row.kind, row.title) for row in rows))


def _listed(names: Iterable[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    if len(quoted) > MOST:
        more = len(quoted) - MOST
        quoted = [*quoted[:MOST], ngettext("%(count)d other thing", "%(count)d other things", more) % {"count": more}]
    return ", ".join(quoted)


def _running(programme: Programme) -> QuerySet[Pairing]:
    return Pairing.objects.filter(formal("model"), cohort__programme=programme, state=PairingState.ACTIVE)


def _untouched_beyond(programme: Programme, count: int) -> QuerySet[Session]:
    """Sessions of running pairs beyond so many that were never given a date, and in which nothing was begun or promised.

    ``sequence`` counts every change that somebody has made to a session.
    """
    rows = Session.objects.filter(pairing__in=_running(programme), part=0, number__gt=count)
    rows = rows.filter(state=SessionState.PLANNED, starts_at=None, sequence=0, proposed_times=None, actions=None)
    begun = Output.objects.filter(Q(done_at__isnull=False) | Q(response__isnull=False), session=OuterRef("pk"))
    return rows.exclude(Exists(begun)).exclude(Exists(GoalChange.objects.filter(session=OuterRef("pk"))))


# --- Done when it is kept -------------------------------------------------------------------------------------------


def follow_sessions(programme: Programme) -> None:
    """Running pairs get the sessions that their handbook has come to have. Of those beyond its number they keep what has a
    date, and what somebody has begun anything in.
    """
    plan = programme.handbook.content["plan"]
    _untouched_beyond(programme, plan["sessions"]).delete()
    running = _running(programme)
    have: dict[Any, set[int]] = {pairing.pk: set() for pairing in running}
    for pairing, number in Session.objects.filter(pairing__in=have, part=0).values_list("pairing", "number"):
        have[pairing].add(number)
    minutes = plan["meeting"]["default_minutes"]
    Session.objects.bulk_create(
        Session(pairing_id=pairing, number=number, minutes=minutes)
        for pairing, numbers in have.items()
        for number in range(1, plan["sessions"] + 1)
        if number not in numbers
    )
