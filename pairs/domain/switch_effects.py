"""What a handbook's switches mean for running pairs when they are turned: one sentence each, told before it is kept.

What was offered or signed stays as it was offered (``agreement_text``): its readers, who signs it and how.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.enums import Side
from templates_app.shapes import Agreement, Closing, Kit, Plan


def tell_of_switches(pairs: str, before: Kit, after: Kit) -> Iterator[str]:
    """Sentences about what is switched otherwise. ``pairs``: how many are running, in words."""
    for found in _found(before, after):
        yield f"{pairs}: {found}"


def _found(before: Kit, after: Kit) -> Iterator[str]:
    yield from _of_readers(before.agreement, after.agreement)
    yield from _of_signing(before.agreement, after.agreement)
    yield from _of_closing(before.plan.closing, after.plan.closing)
    yield from _of_rhythm(before.plan, after.plan)
    yield from _of_rooms(before, after)


# --- The agreement ----------------------------------------------------------------------------------------------------


def _of_readers(old: Agreement, new: Agreement) -> Iterator[str]:
    if old.readers.preset != new.readers.preset:
        if new.readers.preset == "coordinator":
            yield _(
                "agreements that were offered or signed stay closed to the coordinator, as they were offered. Versions "
                "offered from now on are read by the coordinator once all have signed them."
            )
        else:
            yield _(
                "the coordinator goes on reading agreements that were offered or signed, as they were offered. Of versions "
                "offered from now on the coordinator learns that they are in force."
            )
    elif new.readers.preset == "status" and set(old.readers.shows) != set(new.readers.shows):
        yield _(
            "of agreements offered from now on the coordinator sees other answers than before; of those that were offered "
            "or signed the same as before."
        )


def _of_signing(old: Agreement, new: Agreement) -> Iterator[str]:
    if old.signers != new.signers:
        yield _(
            "agreements offered from now on are signed by: %(who)s. What waits for signatures waits for those whom it "
            "names, and what is signed stays signed."
        ) % {"who": ", ".join(str(Side(side).label) for side in new.signers)}
    signs, signed = ({one.key: one.label for one in shape.outside} for shape in (new, old))
    if come := [label for key, label in signs.items() if key not in signed]:
        yield _(
            "before an agreement is offered from now on, somebody has to be named who signs it from outside: %(who)s. What "
            "waits for signatures already, or is signed, does not need them."
        ) % {"who": ", ".join(come)}
    if gone := [label for key, label in signed.items() if key not in signs]:
        yield _(
            "agreements offered from now on are not signed from outside any more by: %(who)s. What names them and waits for "
            "signatures still waits for theirs."
        ) % {"who": ", ".join(gone)}
    if old.signing != new.signing:
        yield _(
            "agreements offered from now on are signed as the handbook says then; what waits for signatures is signed as it "
            "was offered."
        )


# --- How it ends, and how often they meet -----------------------------------------------------------------------------


def _of_closing(old: Closing, new: Closing) -> Iterator[str]:
    if new.together and not old.together:
        yield _("complete only once each of them has said so; a coordinator cannot close them as complete any more.")
    if old.together and not new.together:
        yield _("a coordinator closes them as complete; what some of them have said for themselves does not do so.")
    if old.ahead_days != new.ahead_days:
        yield _days(
            new.ahead_days,
            lambda days: ngettext(
                "the agreed end stands on their pages and on the coordinators' list from %(count)d day before it.",
                "the agreed end stands on their pages and on the coordinators' list from %(count)d days before it.",
                days,
            ),
            _("the agreed end is not announced to them ahead any more."),
        )
    if old.rematch != new.rematch:
        yield (
            _("once they have ended, each may ask for another match.")
            if new.rematch
            else _("once they have ended, nobody may ask for another match any more.")
        )


def _of_rhythm(old: Plan, new: Plan) -> Iterator[str]:
    if old.quiet_days != new.quiet_days:
        yield _days(
            new.quiet_days,
            lambda days: ngettext(
                "they and the coordinator are told after %(count)d day without a meeting.",
                "they and the coordinator are told after %(count)d days without a meeting.",
                days,
            ),
            _("when they do not meet, the coordinator alone is told, by the handbook's rhythm."),
        )
    if old.notice_hours != new.notice_hours:
        yield _days(
            new.notice_hours,
            lambda hours: ngettext(
                "to call a meeting off at least %(count)d hour ahead, unless their agreement says otherwise.",
                "to call a meeting off at least %(count)d hours ahead, unless their agreement says otherwise.",
                hours,
            ),
            _("how long ahead a meeting is called off is not said any more, unless their agreement does."),
        )


def _days(count: int | None, said: Callable[[int], str], unsaid: str) -> str:
    """What is said of a number, or that nothing is said any more."""
    return unsaid if count is None else said(count) % {"count": count}


# --- Rooms --------------------------------------------------------------------------------------------------------------

_ROOMS: dict[str, tuple[Any, Any]] = {
    "recognition": (
        gettext_lazy("what they achieve can be recorded, with certificates and a record of hours."),
        gettext_lazy("nothing they achieve is recorded any more, also not at their end; what was recorded is kept."),
    ),
    "suggestions": (
        gettext_lazy("there is a suggestion box for everybody in the programme."),
        gettext_lazy(
            "the suggestion box is closed: nobody can put a note in, and the list of notes opens again with it."
        ),
    ),
    "introductions": (
        gettext_lazy("mentors can propose introductions to people they know."),
        gettext_lazy("no new introductions can be proposed; those that were proposed go on."),
    ),
    "files": (
        gettext_lazy("they can share documents with each other."),
        gettext_lazy("no new documents can be shared; those that are shared stay."),
    ),
    "concerns": (
        gettext_lazy("concerns can be raised with those whom the programme names."),
        gettext_lazy("no new concerns can be raised; those that were raised stay with whoever looks after them."),
    ),
}
"""By room of the pairs': what is told when it is opened, and when it is closed. Expenses are told where they are claimed."""


def _of_rooms(before: Kit, after: Kit) -> Iterator[str]:
    for name, (opened, closed) in _ROOMS.items():
        was, becomes = getattr(before, name).offered, getattr(after, name).offered
        if was != becomes:
            yield str(opened if becomes else closed)
