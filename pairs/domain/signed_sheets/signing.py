"""Signing a sheet: sending freezes its words and asks everybody, each signs under exactly these, a change begins anew."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.clock import now
from mentoring.history.domain import record_event
from mentoring.work.domain import wake
from pairs.domain.agreement_states import Step, WrongState, hold, transition
from pairs.domain.agreement_text import signing_of
from pairs.domain.canonical import fingerprint
from pairs.domain.holding import one_at_a_time
from pairs.domain.outside_asking import ask_whose_turn_it_is, forget_answers, tell_it_is_in_force, withdraw_askings
from pairs.domain.people import NotAMember, member_of, people_of
from pairs.domain.person import Person
from pairs.domain.signed_sheets.wording import compose
from pairs.domain.signing_record import (
    NotSigned,
    append_event,
    check_text,
    events_of,
    signature_as_asked,
    signed_events,
)
from pairs.domain.telling import page_of, tell, tell_user
from pairs.domain.turns import Awaited, signing_of_sheet, still_to_sign, unnamed, whose_turn
from pairs.enums import AgreementState
from pairs.models import Output, Pairing, PairingMember, SignedSheet
from programmes.domain.choosing.times import morning_after
from programmes.domain.coordinators import coordinators_of
from programmes.domain.roles import roles_for
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import HeldBack
from templates_app.shapes import COORDINATOR

WORK = "sheet-signing"
COUNTS = (AgreementState.OFFERED, AgreementState.SIGNED)


@transaction.atomic
def send_for_signing(*, output: Output, actor: User) -> SignedSheet | None:
    """Freeze a sheet that is being sent and ask those whose turn it is. ``None`` where nobody signs it.

    Raises ``HeldBack`` while nobody is named for somebody who signs from outside, or a coordinator signs and there is none
    who is not one of the pair.
    """
    assert output.response is not None
    signing = worksheet_of(output.response.version).signing
    if signing is None:
        return None
    one_at_a_time(output.pairing)
    if missing := unnamed(output.pairing, output):
        names = ", ".join(one.label for one in missing)
        raise HeldBack(
            _("Say first who signs this besides you: %(names)s. Open the sheet and follow “Who signs this”.")
            % {"names": names}
        )
    if COORDINATOR in signing.signers and not coordinators_signing(output.pairing):
        raise HeldBack(
            _(
                "A coordinator signs this besides you, and nobody coordinates the programme who is not one of you. Ask an"
                " administrator of your organisation to make somebody else coordinator, then send it. What you wrote stays."
            )
        )
    number = SignedSheet.objects.filter(output=output).count() + 1
    content = compose(output, number=number, actor=actor)
    if not content["parties"]:
        return None
    text = SignedSheet.objects.create(
        pairing=output.pairing,
        output=output,
        number=number,
        content=content,
        content_sha256=fingerprint(content),
        offered_at=now(),
    )
    append_event(text, action="offered", member=member_of(output.pairing, actor))
    record_event("sheet.offered", output, actor=actor, within=output.pairing, title=output.title)
    forget_answers(output.pairing, output)
    _ask(text, actor, begins=True)
    return text


@transaction.atomic
def void_signatures(*, output: Output, actor: User | None) -> None:
    """The sheet is taken up again: what was signed stays readable and counts no more. Its signers are told."""
    one_at_a_time(output.pairing)
    text = SignedSheet.objects.filter(output=output, state__in=COUNTS).first()
    if text is None:
        return
    text.pairing = output.pairing
    signed = signed_events(text)
    own = people_of(output.pairing).of(actor) if actor else None
    append_event(text, action="superseded", member=own.member if own else None)
    transition(text, Step.REVISE if text.state == AgreementState.OFFERED else Step.REPLACE, remind_at=None)
    withdraw_askings(output.pairing, output)
    link, occasion = page_of("pairs:output-signed", output.pk, text.number), f"voided-{text.number}"
    words = {"title": text.content["title"], "name": own.name if own else ""}
    for event in signed:
        if event.member is not None and (own is None or event.member_id not in own.ids):
            tell("sheet_voided", event.member, about=text, occasion=occasion, link=link, **words)
        elif event.coordinator is not None:
            tell_user("sheet_voided", event.coordinator, about=text, occasion=occasion, link=link, **words)


@transaction.atomic
def sign_sheet(
    *, text: SignedSheet, actor: User, typed_name: str, content_sha256: str, method: str, acknowledged: bool = False
) -> SignedSheet:
    """Sign the sheet as the member one is, or as one of those who coordinate.

    The other arguments are those of ``sign_agreement``. Signing twice changes nothing. Raises ``NotAMember``, ``NotSigned``,
    ``WrongState``.
    """
    hold(text)
    member = _member(text, actor)
    coordinator = None if member else actor
    done = signed_events(text)
    if any(event.member_id == member.pk if member else event.coordinator_id is not None for event in done):
        return text
    if text.state != AgreementState.OFFERED or not _is_running(text):
        raise WrongState(_("This sheet is not waiting for signatures any more."))
    check_text(text, content_sha256)
    if not is_turn_of(whose_turn(text, still_to_sign(text)), member):
        raise NotSigned(_("Somebody else signs before you. You are told when it is your turn."))
    name = signature_as_asked(signing_of(text.content), typed_name, acknowledged=acknowledged)
    append_event(
        text,
        action="signed",
        member=member,
        coordinator=coordinator,
        typed_name=name,
        statement=text.content["statement"],
        method=method,
        zone=actor.zone,
    )
    record_event("sheet.signed", text.output, actor=actor, within=text.pairing, title=text.output.title)
    complete_or_tell(text, actor, Person(member).name if member else actor.name)
    return text


def is_asked_to_sign(output: Output, member: PairingMember) -> bool:
    """Whether a member's signature is wanted on a sheet now. No query for sheets that nobody signs."""
    if signing_of_sheet(output) is None:
        return False
    text = SignedSheet.objects.filter(output=output, state=AgreementState.OFFERED).first()
    if text is None:
        return False
    text.pairing = output.pairing
    return is_turn_of(whose_turn(text, still_to_sign(text)), member)


def is_turn_of(awaited: Awaited, member: PairingMember | None) -> bool:
    """Whether a member may sign now; without one, whether a coordinator may."""
    return any(row.pk == member.pk for row in awaited.members) if member else awaited.coordinator


def _member(text: SignedSheet, actor: User) -> PairingMember | None:
    """The member as whom somebody signs, or ``None`` where they sign as a coordinator. Raises ``NotAMember``.

    One of the pair who coordinates too signs as one of the pair alone.
    """
    named = {party["member"] for party in text.content["parties"] if party["member"]}
    if people_of(text.pairing).of(actor) is not None:
        member = member_of(text.pairing, actor)
        if str(member.pk) not in named:
            raise NotAMember
        return member
    signs = any(party["side"] == "coordinator" for party in text.content["parties"])
    if not signs or not roles_for(actor).coordinates(text.pairing.cohort.programme_id):
        raise NotAMember
    return None


def _is_running(text: SignedSheet) -> bool:
    return Pairing.objects.get(pk=text.pairing_id).is_active


def complete_or_tell(text: SignedSheet, actor: User | None, name: str) -> None:
    """After a signature: signed by all when it was the last; else those whose turn it is are told, and asked from outside."""
    if still_to_sign(text):
        _ask(text, actor, begins=signing_of(text.content).in_turn, by=name)
    else:
        _complete(text)


def _ask(text: SignedSheet, actor: User | None, *, begins: bool, by: str = "") -> None:
    """Tell those whose turn it is, once each; ``begins``: a turn begins now, and with it the days until the reminder."""
    turn = whose_turn(text, still_to_sign(text))
    _tell_turn(text, turn, actor, occasion=f"waits-{text.number}", by=by)
    ask_whose_turn_it_is(text, actor)
    days = _remind_after(text)
    if begins and days is not None and (turn.members or turn.coordinator):
        text.remind_at = morning_after(now(), days, text.pairing.cohort.zone)
        text.save(update_fields=["remind_at"])
        wake(WORK, at=text.remind_at)


def _remind_after(text: SignedSheet) -> int | None:
    response = text.output.response
    signing = worksheet_of(response.version).signing if response else None
    return signing.remind_after if signing else None


def _tell_turn(
    text: SignedSheet, turn: Awaited, actor: User | None, *, occasion: str, by: str = "", again: bool = False
) -> None:
    link = page_of("pairs:output-sign", text.output_id)
    words = {"title": text.content["title"], "names": text.content["names"], "name": by, "again": again}
    for member in turn.members:
        user = Person(member).user
        if user is not None and user != actor:
            tell_user("sheet_waits", user, about=text, occasion=occasion, link=link, **words)
    for user in coordinators_signing(text.pairing) if turn.coordinator else ():
        if user != actor:
            tell_user("sheet_waits", user, about=text, occasion=occasion, link=link, **words)


def coordinators_signing(pairing: Pairing) -> list[User]:
    """Those who may sign as coordinators: all who coordinate the programme and are none of the pair."""
    own = {person.user.pk for person in people_of(pairing).everyone if person.user}
    return [user for user in coordinators_of(pairing.cohort.programme) if user.pk not in own]


def _complete(text: SignedSheet) -> None:
    """The last signature: everybody who signed is told at once, those outside too."""
    transition(text, Step.COMPLETE, signed_at=now(), remind_at=None)
    record_event("sheet.signed_by_all", text.output, actor=None, within=text.pairing, title=text.output.title)
    link, occasion = page_of("pairs:output_read", text.output_id), f"signed-{text.number}"
    for event in signed_events(text):
        if event.member is not None:
            tell("sheet_signed", event.member, about=text, occasion=occasion, link=link, title=text.content["title"])
        elif event.coordinator is not None:
            tell_user(
                "sheet_signed", event.coordinator, about=text, occasion=occasion, link=link, title=text.content["title"]
            )
    tell_it_is_in_force(text)


@transaction.atomic
def release_signer(*, pairing: Pairing, member: PairingMember) -> None:
    """Somebody has left the pairing: sheets that wait for their signature wait for it no more, and the record says so."""
    for text in SignedSheet.objects.filter(pairing=pairing, state=AgreementState.OFFERED).select_related("output"):
        named = {party["member"] for party in text.content["parties"]}
        events = list(events_of(text))
        settled = any(event.member_id == member.pk for event in events if event.action in {"signed", "released"})
        if str(member.pk) not in named or settled:
            continue
        text.pairing = pairing
        append_event(text, action="released", member=member)
        if still_to_sign(text):
            _ask(text, None, begins=signing_of(text.content).in_turn)
        elif any(event.action == "signed" for event in events):
            _complete(text)
        else:
            transition(text, Step.REVISE, remind_at=None)


def sheet_signing_due(at: dt.datetime) -> dt.datetime | None:
    """Worker: remind those with an account whose signature is wanted, once a turn; answers when to look again."""
    waiting = SignedSheet.objects.filter(state=AgreementState.OFFERED, remind_at__isnull=False)
    due = waiting.filter(remind_at__lte=at).select_related("pairing__cohort__programme__handbook", "output")
    for text in due.order_by("remind_at", "pk"):
        remind_of_sheet(text=text)
    return waiting.order_by("remind_at").values_list("remind_at", flat=True).first()


@transaction.atomic
def remind_of_sheet(*, text: SignedSheet) -> None:
    """Remind whoever has not signed. For the tick: twice does nothing, and after the pair's end nobody is reminded."""
    mine = SignedSheet.objects.filter(pk=text.pk, state=AgreementState.OFFERED, remind_at__isnull=False)
    if not mine.update(remind_at=None) or not text.pairing.is_active:
        return
    signed = len(signed_events(text))
    turn = whose_turn(text, still_to_sign(text))
    _tell_turn(text, turn, None, occasion=f"waits-{text.number}-again-{signed}", again=True)
