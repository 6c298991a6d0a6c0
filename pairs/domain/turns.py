"""Who signs an agreement or a sheet, who still has to, and whose turn it is.

The sides of the pair sign, and whoever the handbook names outside it; a sheet also one of those who coordinate. Where people
sign in turn, a side or somebody outside waits for all before them; else everybody's signature is wanted at once.
"""

from dataclasses import dataclass

from mentoring.accounts.models import User
from pairs.domain.agreement_text import agreement_kit, signing_of
from pairs.domain.people import members, people_of
from pairs.domain.signing_record import Text, events_of
from pairs.models import Output, OutsideSigner, Pairing, PairingMember
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.shapes import COORDINATOR, SheetSigning
from templates_app.shapes import OutsideSigner as Terms


@dataclass(frozen=True)
class Awaited:
    """Whose signatures are wanted."""

    members: tuple[PairingMember, ...] = ()
    outside: tuple[OutsideSigner, ...] = ()
    coordinator: bool = False
    """Whether one of those who coordinate still has to."""

    def __bool__(self) -> bool:
        return bool(self.members or self.outside or self.coordinator)


def terms_of(pairing: Pairing, output: Output | None = None) -> dict[str, Terms]:
    """Who signs the agreement, or a sheet, without an account, by key, as the handbook has it."""
    if output is None:
        return {one.key: one for one in agreement_kit(pairing).agreement.outside}
    signing = signing_of_sheet(output)
    return {one.key: one for one in signing.outside} if signing else {}


def signing_of_sheet(output: Output) -> SheetSigning | None:
    """Who signs a sheet and how: by the version it was begun on, else by the handbook's present one."""
    if not output.worksheet:
        return None
    if output.response is not None:
        return worksheet_of(output.response.version).signing
    return worksheet_of(current_version(output.pairing.cohort.programme.handbook, output.worksheet)).signing


def coordinator_signs(output: Output) -> bool:
    """Whether one of those who coordinate signs a sheet."""
    signing = signing_of_sheet(output)
    return signing is not None and COORDINATOR in signing.signers


def wanted_outside(pairing: Pairing, output: Output | None, waiting: Text | None) -> dict[str, Terms]:
    """Who signs without an account: whom the text names that waits for signatures (``waiting``), whatever the handbook says
    since; where none waits, as the handbook has it. No query but for somebody whom it names no more.
    """
    now = terms_of(pairing, output)
    if waiting is None:
        return now
    named = names_outside(waiting)
    gone = [party["outside"] for party in named if party["side"] not in now]
    by = {str(row.pk): row.named_by for row in OutsideSigner.objects.filter(pk__in=gone)} if gone else {}
    return {
        party["side"]: now.get(party["side"]) or _as_named(party, pairing, by.get(party["outside"])) for party in named
    }


def names_outside(text: Text) -> list[dict[str, str]]:
    """Those outside whom a text names among its signers."""
    return [party for party in text.content.get("parties", []) if party.get("outside")]


def _as_named(party: dict[str, str], pairing: Pairing, by: User | None) -> Terms:
    """What holds for somebody whom the handbook names no more: it is still for whoever named them to ask them."""
    person = people_of(pairing).of(by) if by is not None else None
    return Terms.model_validate(
        {"key": party["side"], "label": party["label"], "named_by": [person.side if person else COORDINATOR]}
    )


def outside_signers(pairing: Pairing, output: Output | None = None, waiting: Text | None = None) -> list[OutsideSigner]:
    """Those who were named, in the handbook's order, or that of the text that waits. No query where nobody outside signs."""
    terms = wanted_outside(pairing, output, waiting)
    if not terms:
        return []
    named = {row.key: row for row in OutsideSigner.objects.filter(pairing=pairing, output=output, key__in=terms)}
    for row in named.values():
        row.pairing = pairing
    return [named[key] for key in terms if key in named]


def unnamed(pairing: Pairing, output: Output | None = None) -> list[Terms]:
    """Outside signers of the handbook for whom nobody was named yet."""
    named = {row.key for row in outside_signers(pairing, output)}
    return [one for key, one in terms_of(pairing, output).items() if key not in named]


def still_to_sign(text: Text) -> Awaited:
    """Everybody whom this version's frozen text names and who has not signed it, whoever the handbook says signs since."""
    events = events_of(text).filter(action="signed").values_list("member_id", "outside_id", "coordinator_id")
    signed = {one for row in events for one in row[:2] if one is not None}
    coordinated = any(row[2] is not None for row in events)
    parties = text.content.get("parties", [])
    named = [party["outside"] for party in parties if party.get("outside")]
    outside = OutsideSigner.objects.filter(pk__in=named).exclude(pk__in=signed) if named else ()
    return Awaited(
        tuple(row for row in _members_who_sign(text) if row.pk not in signed),
        tuple(sorted(outside, key=lambda row: named.index(str(row.pk)))),
        any(party["side"] == COORDINATOR for party in parties) and not coordinated,
    )


def _members_who_sign(text: Text) -> list[PairingMember]:
    named = [party["member"] for party in text.content.get("parties", []) if party["member"]]
    there = members(text.pairing).filter(pk__in=named)
    return sorted(there, key=lambda row: named.index(str(row.pk)))


def whose_turn(text: Text, awaited: Awaited) -> Awaited:
    """Those of the awaited who may sign now."""
    if not signing_of(text.content).in_turn:
        return awaited
    waited_for = {row.side for row in awaited.members} | {row.key for row in awaited.outside}
    waited_for |= {COORDINATOR} if awaited.coordinator else set()
    order = [party["side"] for party in text.content["parties"]]
    turn = next((one for one in order if one in waited_for), "")
    return Awaited(
        tuple(row for row in awaited.members if row.side == turn),
        tuple(row for row in awaited.outside if row.key == turn),
        turn == COORDINATOR,
    )
