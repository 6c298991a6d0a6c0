"""What people see of a sheet's signatures: whoever may read it, those whose turn it is, and who only knows that it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.tenancy.scope import current_organisation
from mentoring.ui import dates
from pairs.domain.agreement_text import signing_of
from pairs.domain.checking import Check, check_signed
from pairs.domain.outside_asking import may_name
from pairs.domain.queries import get_output_for
from pairs.domain.reading import Reader
from pairs.domain.signed_sheets.signing import COUNTS, coordinators_signing, is_turn_of
from pairs.domain.signed_sheets.wording import sections_of
from pairs.domain.turns import Awaited, signing_of_sheet, still_to_sign, terms_of, whose_turn
from pairs.enums import AgreementState, OutsideState, Right
from pairs.models import Output, PairingMember, SignedSheet, SigningEvent
from programmes.enums import Side
from templates_app.answers.shown import ShownSection
from templates_app.domain.signed import AwaitedLine, SignatureLine, Signatures
from templates_app.shapes import COORDINATOR, Signing


@dataclass(frozen=True)
class ReadableSheet:
    """A frozen sheet ready to be read: by those who sign it, and by whoever may read it afterwards."""

    text: SignedSheet
    sections: list[ShownSection]
    signed: tuple[SignatureLine, ...]
    check: Check

    @property
    def signing(self) -> Signing:
        """How the text says it is signed."""
        return signing_of(self.text.content)


def read_sheet(text: SignedSheet, *, zone: str, locale: str) -> ReadableSheet:
    """The frozen words for somebody in that zone and language, with the signatures and what checking them found just now."""
    check = check_signed(text)
    return ReadableSheet(text, sections_of(text.content, zone=zone, locale=locale), _lines(text, check), check)


def _lines(text: SignedSheet, check: Check) -> tuple[SignatureLine, ...]:
    labels = {party["side"]: party.get("label", "") for party in text.content.get("parties", [])}
    return tuple(
        SignatureLine(
            name=event.shown_name,
            role=role_words(event.side, labels.get(event.side, "")),
            moment=_moment(event),
            typed=event.typed_name,
            method=_method(event),
            holds=holds,
        )
        for event, holds in check.lines
    )


def _moment(event: SigningEvent) -> str:
    """On the signer's own clock, and as an instant that needs no zone and tells the year."""
    words = {"moment": dates.moment(event.at, event.zone or "UTC"), "instant": f"{event.at:%Y-%m-%d %H:%M}"}
    return _("%(moment)s (%(instant)s UTC)") % words


def role_words(side: str, label: str) -> str:
    """What somebody signs as."""
    if side == COORDINATOR:
        return _("programme coordinator")
    return label or str(Side(side).label)


def _method(event: SigningEvent) -> str:
    known = {
        "code": _("signed in with a code sent by e-mail"),
        "link": _("signed by a link sent by e-mail"),
        "password": _("signed in with a password"),
        "": _("way of signing in: not recorded"),
    }
    return known.get(event.method) or _("signed in by %(method)s") % {"method": event.method}


# --- On the sheet's own page ------------------------------------------------------------------------------------------


def signatures_of(output: Output, reader: Reader) -> Signatures | None:
    """For whoever may read a sheet: how its signing stands. No query for sheets that nobody signs."""
    signing = signing_of_sheet(output)
    if signing is None:
        return None
    texts = list(SignedSheet.objects.filter(output=output).order_by("-number"))
    for one in texts:
        one.pairing, one.output = reader.pairing, output
    text = next((one for one in texts if one.state in COUNTS), None)
    earlier = tuple(
        (
            _("As it was sent on %(day)s") % {"day": dates.day(one.offered_at.date())},
            _page("signed", output, one.number),
        )
        for one in texts
        if one is not text and may_read_text(reader, output, one)
    )
    if text is None:
        if not earlier:
            return None
        return Signatures(
            accepts=False, is_complete=False, is_open=False, signed=(), awaited=(), fingerprint="", earlier=earlier
        )
    return _shown(text, reader, earlier)


def _shown(text: SignedSheet, reader: Reader, earlier: tuple[tuple[str, str], ...]) -> Signatures:
    check = check_signed(text)
    awaited = Awaited() if text.state == AgreementState.SIGNED else still_to_sign(text)
    turn = whose_turn(text, awaited)
    output = text.output
    return Signatures(
        accepts=signing_of(text.content).act == "accept",
        is_complete=text.state == AgreementState.SIGNED,
        is_open=text.state == AgreementState.OFFERED and reader.pairing.is_active,
        signed=_lines(text, check),
        awaited=tuple(awaited_lines(awaited, turn, text, with_words=reader.person is not None)),
        fingerprint=check.spaced_fingerprint,
        statement=text.content["statement"],
        left_out=text.content["left_out"],
        faults=tuple(fault.words for fault in check.faults),
        mark=f"{text.number}-{len(check.signatures)}",
        text_url=_page("signed", output, text.number),
        sign_url=_page("sign", output) if _may_sign(reader, turn, text) else "",
        signers_url=_page("signers", output) if names_somebody(reader, output) else "",
        earlier=earlier,
    )


def _page(name: str, output: Output, *args: object) -> str:
    return reverse(f"pairs:output-{name}", args=[current_organisation().slug, output.pk, *args])


def awaited_lines(
    awaited: Awaited, turn: Awaited, text: SignedSheet, *, with_words: bool = False
) -> Sequence[AwaitedLine]:
    """Whose signature is still wanted, in the order of their turns. ``with_words``: with what was said in declining."""
    now, later = _("to sign now"), _("after the others")
    found = []
    for party in text.content["parties"]:
        member = next((one for one in awaited.members if str(one.pk) == party["member"]), None)
        outside = next((one for one in awaited.outside if str(one.pk) == party.get("outside")), None)
        role = role_words(party["side"], party.get("label", ""))
        if member is not None:
            found.append(AwaitedLine(name=f"{party['name']}, {role}", state=now if member in turn.members else later))
        elif outside is not None:
            state = now if outside in turn.outside and outside.state == OutsideState.NAMED else later
            if outside.state in {OutsideState.ASKED, OutsideState.DECLINED}:
                state = outside.get_state_display()
            word = outside.word if with_words and outside.state == OutsideState.DECLINED else ""
            found.append(AwaitedLine(name=f"{party['name']}, {role}", state=state, word=word))
        elif party["side"] == COORDINATOR and awaited.coordinator:
            state = now if turn.coordinator else later
            if not coordinators_signing(text.pairing):
                state = _("an administrator has to make somebody coordinator who is not one of the pair")
            found.append(AwaitedLine(name=role[:1].upper() + role[1:], state=state))
    return found


def _may_sign(reader: Reader, turn: Awaited, text: SignedSheet) -> bool:
    if text.state != AgreementState.OFFERED or not reader.pairing.is_active:
        return False
    return is_turn_of(turn, own_member(reader, turn)) if reader.person else reader.coordinates and turn.coordinator


def own_member(reader: Reader, turn: Awaited) -> PairingMember | None:
    """The reader among the members whose turn it is."""
    ids = reader.person.ids if reader.person else ()
    return next((row for row in turn.members if row.pk in ids), None)


def names_somebody(reader: Reader, output: Output) -> bool:
    """Whether this person may see who signs a sheet from outside: whoever may read or write it, and who names them."""
    terms = terms_of(reader.pairing, output)
    if not terms or output.cancelled_at is not None:
        return False
    if reader.person is not None:
        return reader.person.is_here and reader.right_to(output) >= Right.READ
    return reader.coordinates and any(may_name(reader.user, reader.pairing, one) for one in terms.values())


# --- One sending ------------------------------------------------------------------------------------------------------


def may_read_text(reader: Reader, output: Output, text: SignedSheet) -> bool:
    """Whether somebody may read one sending of a sheet: who is named in it, its writers, and those for whom it was when it was
    sent. A sheet that is in hand again is still what it was in its earlier sendings.
    """
    person, sheet = reader.person, reader.sheet_of(output)
    if person is not None:
        ids = {str(pk) for pk in person.ids}
        if any(party["member"] in ids for party in text.content["parties"]):
            return True
        if reader.owes(output):
            return person.is_here or person.was_here(text.offered_at)
        return reader.right_to(output) >= Right.READ and person.was_here(text.offered_at)
    return reader.coordinates and sheet is not None and reader.reaches_coordinator(output, sheet)


def get_text_for(user: User, output_id: UUID, number: int) -> tuple[SignedSheet, Reader]:
    """One sending that this person may read. Raises ``Http404``."""
    output, reader = get_output_for(user, output_id)
    text = SignedSheet.objects.filter(output=output, number=number).first()
    if text is None or not may_read_text(reader, output, text):
        raise Http404
    text.pairing, text.output = reader.pairing, output
    return text, reader


def get_text_to_sign(user: User, output_id: UUID) -> tuple[SignedSheet, bool]:
    """The sending that counts of a sheet this person may read, and whether they may sign it now. Raises ``Http404``."""
    output, reader = get_output_for(user, output_id)
    text = SignedSheet.objects.filter(output=output, state__in=COUNTS).first()
    if text is None or not may_read_text(reader, output, text):
        raise Http404
    text.pairing, text.output = reader.pairing, output
    return text, _may_sign(reader, whose_turn(text, still_to_sign(text)), text)


# --- What waits, for the home page and those who follow the pair ------------------------------------------------------


@dataclass(frozen=True)
class WaitingSheet:
    """A sheet that waits for signatures: whose, in words, and where this person signs it, if it is their turn."""

    title: str
    waits_for: list[AwaitedLine]
    sign_url: str = ""


def waiting_sheets(reader: Reader) -> list[WaitingSheet]:
    """The sheets of a pairing that wait for signatures, for its people and its coordinators. No query where the handbook has
    no sheet that is signed. Who only knows that a sheet is done learns whose signature is wanted, and nobody's name from
    outside.
    """
    if not any(sheet.signing for sheet in reader.worksheets.values()) or not reader.pairing.is_active:
        return []
    rows = SignedSheet.objects.filter(pairing=reader.pairing, state=AgreementState.OFFERED)
    found = []
    for text in rows.select_related("output__response__version").order_by("offered_at", "pk"):
        text.pairing = text.output.pairing = reader.pairing
        right = reader.right_to(text.output)
        if right < Right.STATUS:
            continue
        awaited = still_to_sign(text)
        turn = whose_turn(text, awaited)
        lines = list(awaited_lines(awaited, turn, text))
        if right < Right.READ:
            lines = [_nameless(line, text) for line in lines]
        url = _page("sign", text.output) if _may_sign(reader, turn, text) else ""
        found.append(WaitingSheet(title=text.output.title, waits_for=lines, sign_url=url))
    return found


def _nameless(line: AwaitedLine, text: SignedSheet) -> AwaitedLine:
    """The same without the name of somebody from outside."""
    for party in text.content["parties"]:
        if party.get("outside") and line.name.startswith(f"{party['name']}, "):
            return AwaitedLine(name=party["label"], state=line.state)
    return line
