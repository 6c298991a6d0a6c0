"""Which worksheets can be signed once they are sent, and what of them everybody who signs may read.

What is signed is one text under one fingerprint. A question that somebody who signs may not read is no part of it: nobody puts
their name to words they did not see.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from templates_app.shapes.fields import FieldShape
from templates_app.shapes.kinds import Kind
from templates_app.shapes.signing import COORDINATOR, PAIR_SIDES

if TYPE_CHECKING:
    from templates_app.shapes.worksheets import Worksheet

_OF_THE_PAIR = frozenset({"mentor", "mentee", "each", "together"})
_NOT_FOR_PARTNERS = frozenset({"private", "author-coordinator", "anonymous"})
_FOR_COORDINATORS = frozenset({"coordinator", "author-coordinator"})
_NOT_FROZEN = frozenset({Kind.SIGNATURE, Kind.INITIALS, Kind.FILE})


def why_not_signable(sheet: "Worksheet") -> str:
    """Why a worksheet that says ``signing`` cannot be signed, in words for whoever writes the kit; empty where it can."""
    return next(_reasons(sheet), "") if sheet.signing else ""


def _reasons(sheet: "Worksheet") -> Iterator[str]:
    assert sheet.signing is not None
    signers, preset = set(sheet.signing.signers), sheet.readers.preset
    if sheet.filled_by not in _OF_THE_PAIR or sheet.belongs != "pair":
        yield "'signing' is for worksheets that a pair writes"
    if preset == "anonymous" or sheet.to_coordinator == "nameless" or sheet.coded:
        yield "what reaches others without names is not signed"
    if any(field.kind in _NOT_FROZEN for field in sheet.fields()):
        yield "a sheet with 'signing' has no questions of kind signature, initials or file: its text alone is frozen"
    if sheet.filled_by != "together" and any(field.side for field in sheet.fields()):
        yield "a reply comes after the sheet was sent, so it cannot be part of what is signed"
    if signers & {*PAIR_SIDES} and not _partners_read(sheet):
        yield "whoever signs has to read it when it is sent: its readers keep it from a side that signs"
    if COORDINATOR in signers and (preset not in _FOR_COORDINATORS or sheet.readers.consent):
        yield "the coordinator signs only what the coordinator always reads"
    if not any(is_signed(sheet, field) for field in sheet.fields()):
        yield "no question of it is for all who sign"


def _partners_read(sheet: "Worksheet") -> bool:
    """Whether each side that signs and does not write it reads it as soon as it is sent."""
    assert sheet.signing is not None
    others = [side for side in PAIR_SIDES if side in sheet.signing.signers and side != sheet.filled_by]
    if not others or sheet.filled_by == "together":
        return True
    if sheet.filled_by == "each":
        others = list(PAIR_SIDES)
    kept = sheet.readers.preset in _NOT_FOR_PARTNERS or sheet.readers.opens != "at-once"
    return not kept and (sheet.readers.partners == "all" or others == ["mentor"])


def is_signed(sheet: "Worksheet", field: FieldShape) -> bool:
    """Whether a question is part of what is signed: it is for everybody who signs (``FieldShape.readers``)."""
    signing = sheet.signing
    if signing is None or field.sensitive:
        return False
    if not field.readers:
        return True
    partners_sign = sheet.filled_by != "together" and any(
        side in PAIR_SIDES and side != sheet.filled_by for side in signing.signers
    )
    if signing.outside or (partners_sign and field.readers in _NOT_FOR_PARTNERS):
        return False
    return COORDINATOR not in signing.signers or field.readers in _FOR_COORDINATORS
