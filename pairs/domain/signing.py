"""Signing: who agreed to exactly which text, when and how they had signed in; an append-only, hash-chained record.

After UETA § 9 (attribution), ESIGN 7001(d) (accurate reproduction) and eIDAS Art. 3(10) (association with the data): the
fingerprint of the frozen text stands in every event, and each event carries the fingerprint of the one before it.
What is not known is kept empty and printed as "not recorded".
"""

import datetime as dt
from typing import Any

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.clock import now
from mentoring.history.domain import record_event
from pairs.domain.agreement_outputs import settle_signature
from pairs.domain.agreement_states import Step, WrongState, hold, transition
from pairs.domain.agreement_text import agreement_kit
from pairs.domain.canonical import fingerprint
from pairs.domain.people import member_of, members
from pairs.domain.planning import replan
from pairs.domain.telling import page_of, pairing_label, tell, tell_user
from pairs.enums import AgreementState
from pairs.models import Agreement, Consent, PairingMember, SigningEvent
from programmes.domain.coordinators import coordinators_of
from templates_app.domain.documents import request_document

SHORTEST_NAME = 2


class NotSigned(Exception):
    """The signature was not taken; the message says what to do."""


def signed_events(agreement: Agreement) -> list[SigningEvent]:
    """The signatures given on this version."""
    return list(SigningEvent.objects.filter(agreement=agreement, action="signed").select_related("member__participant"))


def _payload(event: SigningEvent) -> dict[str, Any]:
    return {
        "agreement": str(event.agreement_id),
        "position": event.position,
        "action": event.action,
        "member": str(event.member_id or ""),
        "side": event.side,
        "shown_name": event.shown_name,
        "typed_name": event.typed_name,
        "statement": event.statement,
        "consent": event.consent,
        "method": event.method,
        "zone": event.zone,
        "at": event.at.astimezone(dt.UTC).isoformat(),
        "content_sha256": event.content_sha256,
        "previous_sha256": event.previous_sha256,
    }


def append_event(agreement: Agreement, *, action: str, member: PairingMember | None, **values: Any) -> SigningEvent:
    """Add one event to the chain of an agreement's version. The caller holds the agreement: each event has its place."""
    last = SigningEvent.objects.filter(agreement=agreement).order_by("-position").first()
    event = SigningEvent(
        agreement=agreement,
        position=last.position + 1 if last else 1,
        action=action,
        member=member,
        side=member.side if member else "",
        shown_name=member.participant.name if member else "",
        content_sha256=agreement.content_sha256,
        previous_sha256=last.sha256 if last else "",
        at=now(),
        **values,
    )
    event.sha256 = fingerprint(_payload(event))
    event.save()
    return event


def chain_faults(agreement: Agreement) -> list[str]:
    """What is wrong with the chain of an agreement; empty when every event and the text are as they were written."""
    faults, previous = [], ""
    for event in SigningEvent.objects.filter(agreement=agreement).order_by("position"):
        if event.previous_sha256 != previous:
            faults.append(f"Event {event.position} does not follow the one before it.")
        if fingerprint(_payload(event)) != event.sha256:
            faults.append(f"Event {event.position} is not as it was written.")
        previous = event.sha256
    if agreement.content and fingerprint(agreement.content) != agreement.content_sha256:
        faults.append("The text is not the one that was offered.")
    return faults


@transaction.atomic
def sign_agreement(
    *,
    agreement: Agreement,
    actor: User,
    typed_name: str,
    content_sha256: str,
    consent: dict[str, bool] | None,
    method: str,
) -> Agreement:
    """Sign the offered text as the member one is.

    ``content_sha256`` is the fingerprint of the text that was shown: another one is refused, so nobody signs what they
    did not see. ``consent``: the mentee's answer for every item that asks for one (``plp.sys.95``). Signing twice
    changes nothing. Raises ``NotAMember``, ``NotSigned``, ``WrongState``.
    """
    member = member_of(agreement.pairing, actor)
    hold(agreement)
    if any(event.member_id == member.pk for event in signed_events(agreement)):
        return agreement
    if agreement.state != AgreementState.OFFERED:
        raise WrongState("This version is not waiting for signatures.")
    if content_sha256 != agreement.content_sha256:
        raise NotSigned("The agreement was changed after this page was opened. Please read it again before you sign.")
    name = " ".join(typed_name.split())
    if len(name) < SHORTEST_NAME:
        raise NotSigned("Type your full name to sign.")
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
    _complete_or_tell(agreement, member)
    return agreement


def _consent_answers(agreement: Agreement, member: PairingMember, given: dict[str, bool] | None) -> dict[str, bool]:
    asked = agreement_kit(agreement.pairing).agreement.consent
    if asked.asked_of not in (member.side, "each"):
        return {}
    wanted = [item.key for item in asked.items if not item.always]
    missing = [key for key in wanted if not isinstance((given or {}).get(key), bool)]
    if missing:
        raise NotSigned("Please answer for each record whether it may reach the coordinator.")
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


def _complete_or_tell(agreement: Agreement, member: PairingMember) -> None:
    everybody = {row.pk for row in members(agreement.pairing)}
    signed = {event.member_id for event in signed_events(agreement) if event.member_id}
    if everybody <= signed:
        _complete(agreement, member)
        return
    for other in members(agreement.pairing).exclude(pk__in=signed):
        link = page_of("pairs:agreement", agreement.pairing_id)
        tell("agreement_waits", other, about=agreement, occasion=f"waits-{agreement.number}", link=link, by=member)


def _complete(agreement: Agreement, last: PairingMember) -> None:
    """The second signature: in force, the older version replaced, what hangs on it dated, the PDF asked for, everybody
    told at once.
    """
    pairing = agreement.pairing
    for older in Agreement.objects.filter(pairing=pairing, state=AgreementState.SIGNED).exclude(pk=agreement.pk):
        append_event(older, action="superseded", member=last)
        transition(older, Step.REPLACE)
    transition(agreement, Step.COMPLETE, signed_at=now())
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
    for member in members(pairing):
        tell("agreement_signed", member, about=agreement, occasion=occasion, link=link, names=names)
    for coordinator in coordinators_of(pairing.cohort.programme):
        tell_user("agreement_received", coordinator, about=agreement, occasion=occasion, link=link, names=names)
