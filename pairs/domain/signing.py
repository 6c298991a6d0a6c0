"""Signing an agreement, and what follows from a signature. The record of it is ``signing_record.py``."""

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.clock import now
from mentoring.history.domain import record_event
from pairs.domain.agreement_outputs import let_others_off, settle_signature
from pairs.domain.agreement_states import Step, WrongState, hold, transition
from pairs.domain.agreement_text import (
    agreed_end_of,
    agreement_kit,
    notice_hours_of,
    reaches_coordinator,
    signing_of,
)
from pairs.domain.outside_asking import ask_whose_turn_it_is, tell_it_is_in_force
from pairs.domain.people import member_of, members
from pairs.domain.person import Person
from pairs.domain.planning import replan
from pairs.domain.signing_record import NotSigned, append_event, check_text, signature_as_asked, signed_events
from pairs.domain.telling import page_of, pairing_label, tell, tell_user
from pairs.domain.turns import still_to_sign, whose_turn
from pairs.enums import AgreementState
from pairs.models import Agreement, Consent, PairingMember
from programmes.domain.coordinators import coordinators_of
from templates_app.domain.documents import request_document


@transaction.atomic
def sign_agreement(
    *,
    agreement: Agreement,
    actor: User,
    typed_name: str,
    content_sha256: str,
    consent: dict[str, bool] | None,
    method: str,
    acknowledged: bool = False,
) -> Agreement:
    """Sign the offered text as the member one is.

    ``content_sha256`` is the fingerprint of the text that was shown: another one is refused, so nobody signs what they
    did not see; so is a text that no longer has the fingerprint it was offered with. ``consent``: the mentee's answer for
    every item that asks for one (``plp.sys.95``). ``acknowledged``: the statement was ticked, where the handbook asks for
    it; ``typed_name`` is the name, the initials, or nothing where a tick alone is asked. Signing twice changes nothing.
    Raises ``NotAMember``, ``NotSigned``, ``WrongState``.
    """
    member = member_of(agreement.pairing, actor)
    hold(agreement)
    if any(event.member_id == member.pk for event in signed_events(agreement)):
        return agreement
    if agreement.state != AgreementState.OFFERED:
        raise WrongState(_("This version is not waiting for signatures."))
    check_text(agreement, content_sha256)
    if all(row.pk != member.pk for row in whose_turn(agreement, still_to_sign(agreement)).members):
        raise NotSigned(_("Somebody else signs before you. You are told when it is your turn."))
    name = signature_as_asked(signing_of(agreement.content), typed_name, acknowledged=acknowledged)
    answers = _consent_answers(agreement, member, consent)
    append_event(
        agreement,
        action="signed",
        member=member,
        typed_name=name,
        statement=agreement.content["statement"],
        consent=answers,
        method=method,
        zone=actor.zone,
    )
    give_consent(member=member, answers=answers, actor=actor)
    record_event("agreement.signed", agreement, actor=actor, within=agreement.pairing, number=agreement.number)
    settle_signature(member)
    complete_or_tell(agreement, member, Person(member).name)
    return agreement


def _consent_answers(agreement: Agreement, member: PairingMember, given: dict[str, bool] | None) -> dict[str, bool]:
    asked = agreement_kit(agreement.pairing).agreement.consent
    if asked.asked_of not in (member.side, "each"):
        return {}
    wanted = [item.key for item in asked.items if not item.always]
    missing = [key for key in wanted if not isinstance((given or {}).get(key), bool)]
    if missing:
        raise NotSigned(_("Please answer for each record whether it may reach the coordinator."))
    return {key: (given or {})[key] for key in wanted}


def give_consent(*, member: PairingMember, answers: dict[str, bool], actor: User) -> None:
    """Keep what the member lets reach the coordinator; only answers that differ from the last ones are written."""
    known = latest_consents(member)
    changed = {item: given for item, given in answers.items() if known.get(item) != given}
    moment = now()
    Consent.objects.bulk_create(
        Consent(pairing=member.pairing, member=member, item=item, given=given, at=moment)
        for item, given in changed.items()
    )
    if changed:
        record_event("consent.changed", member, actor=actor, within=member.pairing, items=sorted(changed))


def latest_consents(member: PairingMember) -> dict[str, bool]:
    """The member's newest answer for each item."""
    rows = Consent.objects.filter(member=member).order_by("at", "created_at").values_list("item", "given")
    return dict(rows)


def complete_or_tell(agreement: Agreement, member: PairingMember | None, name: str) -> None:
    """After a signature: in force when it was the last; else those whose turn it is are told, and asked from outside.

    ``name`` has signed: a ``member``, or somebody outside.
    """
    awaited = still_to_sign(agreement)
    if not awaited:
        _complete(agreement, member)
        return
    link = page_of("pairs:agreement", agreement.pairing_id)
    for other in whose_turn(agreement, awaited).members:
        user = Person(other).user
        if user is not None:
            tell_user(
                "agreement_waits", user, about=agreement, occasion=f"waits-{agreement.number}", link=link, by=name
            )
    ask_whose_turn_it_is(agreement, Person(member).user if member else None)


def _complete(agreement: Agreement, last: PairingMember | None) -> None:
    """The last signature: in force, the older version replaced, what hangs on it dated, the PDF asked for, everybody
    told at once.
    """
    pairing = agreement.pairing
    for older in Agreement.objects.filter(pairing=pairing, state=AgreementState.SIGNED).exclude(pk=agreement.pk):
        append_event(older, action="superseded", member=last)
        transition(older, Step.REPLACE)
    transition(agreement, Step.COMPLETE, signed_at=now())
    pairing.agreed_until = agreed_end_of(agreement.content)
    pairing.notice_hours = notice_hours_of(agreement.content)
    pairing.save(update_fields=["agreed_until", "notice_hours"])
    let_others_off(agreement)
    replan(pairing)
    names = pairing_label(pairing)
    document = request_document(
        kind="agreement",
        subject=agreement,
        revision=agreement.content_sha256,
        title=f"{agreement.content['title']}: {names}",
        filename=f"agreement-{agreement.number}.pdf",
        actor=None,
    )
    Agreement.objects.filter(pk=agreement.pk).update(document=document)
    agreement.document = document
    record_event("agreement.in_force", agreement, actor=None, within=pairing, number=agreement.number)
    link, occasion = page_of("templates_app:document", document.pk), f"signed-{agreement.number}"
    reads = reaches_coordinator(agreement)
    for member in members(pairing):
        tell("agreement_signed", member, about=agreement, occasion=occasion, link=link, names=names, shared=reads)
    kind, page = ("agreement_received", link) if reads else ("agreement_in_force", page_of("pairs:pairing", pairing.pk))
    for coordinator in coordinators_of(pairing.cohort.programme):
        tell_user(kind, coordinator, about=agreement, occasion=occasion, link=page, names=names)
    tell_it_is_in_force(agreement)
