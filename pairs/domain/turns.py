"""Who signs a version of an agreement, who still has to, and whose turn it is.

The sides of the pair sign, and whoever the handbook names outside it. Where people sign in turn, a side or somebody
outside waits for all before them; else everybody's signature is wanted at once.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from pairs.domain.agreement_text import agreement_kit, signing_of
from pairs.domain.people import members
from pairs.models import Agreement, OutsideSigner, Pairing, PairingMember, SigningEvent
from templates_app.shapes import OutsideSigner as Terms


@dataclass(frozen=True)
class Awaited:
    """Whose signatures are wanted."""

    members: tuple[PairingMember, ...] = ()
    outside: tuple[OutsideSigner, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.members or self.outside)


def who_sign(pairing: Pairing) -> QuerySet[PairingMember]:
    """Everybody present on the sides that sign."""
    return members(pairing).filter(side__in=agreement_kit(pairing).agreement.signers)


def terms_of(pairing: Pairing) -> dict[str, Terms]:
    """Who signs without an account, by key, as the handbook has it."""
    return {one.key: one for one in agreement_kit(pairing).agreement.outside}


def outside_signers(pairing: Pairing) -> list[OutsideSigner]:
    """Those who were named, in the handbook's order. No query where the handbook names nobody outside."""
    terms = terms_of(pairing)
    if not terms:
        return []
    named = {row.key: row for row in OutsideSigner.objects.filter(pairing=pairing, key__in=terms)}
    for row in named.values():
        row.pairing = pairing
    return [named[key] for key in terms if key in named]


def unnamed(pairing: Pairing) -> list[Terms]:
    """Outside signers of the handbook for whom nobody was named yet."""
    named = {row.key for row in outside_signers(pairing)}
    return [one for key, one in terms_of(pairing).items() if key not in named]


def still_to_sign(agreement: Agreement) -> Awaited:
    """Everybody who has not signed this version: of those outside, the ones whom its frozen text names."""
    events = SigningEvent.objects.filter(agreement=agreement, action="signed").values_list("member_id", "outside_id")
    signed = {one for pair in events for one in pair if one is not None}
    named = [party["outside"] for party in agreement.content.get("parties", []) if party.get("outside")]
    outside = OutsideSigner.objects.filter(pk__in=named).exclude(pk__in=signed) if named else ()
    return Awaited(
        tuple(row for row in who_sign(agreement.pairing) if row.pk not in signed),
        tuple(sorted(outside, key=lambda row: named.index(str(row.pk)))),
    )


def whose_turn(agreement: Agreement, awaited: Awaited) -> Awaited:
    """Those of the awaited who may sign now."""
    if not signing_of(agreement.content).in_turn:
        return awaited
    waited_for = {row.side for row in awaited.members} | {row.key for row in awaited.outside}
    order = [party["side"] for party in agreement.content["parties"]]
    turn = next((one for one in order if one in waited_for), "")
    return Awaited(
        tuple(row for row in awaited.members if row.side == turn),
        tuple(row for row in awaited.outside if row.key == turn),
    )
