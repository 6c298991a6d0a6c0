"""The record of signing that the agreement and signed sheets share: an append-only, hash-chained list of who signed exactly
which text, when and how they had signed in.

After UETA § 9 (attribution), ESIGN 7001(d) (accurate reproduction) and eIDAS Art. 3(10) (association with the data): the
fingerprint of the frozen text stands in every event, and each event carries the fingerprint of the one before it.
What is not known is kept empty and printed as "not recorded".
"""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.clock import now
from pairs.domain.canonical import fingerprint
from pairs.models import Agreement, OutsideSigner, PairingMember, SignedSheet, SigningEvent
from templates_app.shapes import COORDINATOR, Signing

Text = Agreement | SignedSheet
"""What people sign: a version of an agreement, or a sheet as it was sent."""

SHORTEST_NAME = 2
MOST_INITIALS = 8


class NotSigned(Exception):
    """The signature was not taken; the message says what to do."""


def events_of(text: Text) -> QuerySet[SigningEvent]:
    """Everything in the record of one text."""
    rows = SigningEvent.objects.order_by("position")
    return rows.filter(sheet=text) if isinstance(text, SignedSheet) else rows.filter(agreement=text)


def signed_events(text: Text) -> list[SigningEvent]:
    """The signatures given on this version."""
    return list(events_of(text).filter(action="signed").select_related("member__participant"))


def event_payload(event: SigningEvent) -> dict[str, Any]:
    """What an event's fingerprint is taken of: all that it says, and the fingerprint of the one before."""
    of_a_sheet = (
        {"sheet": str(event.sheet_id), "coordinator": str(event.coordinator_id or "")} if event.sheet_id else {}
    )
    return of_a_sheet | {
        "agreement": str(event.agreement_id or ""),
        "position": event.position,
        "action": event.action,
        "member": str(event.member_id or ""),
        "outside": str(event.outside_id or ""),
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


def append_event(
    text: Text,
    *,
    action: str,
    member: PairingMember | None,
    outside: OutsideSigner | None = None,
    coordinator: User | None = None,
    **values: Any,
) -> SigningEvent:
    """Add one event to the chain of a text. The caller holds the pairing: each event has its place."""
    last = events_of(text).last()
    event = SigningEvent(
        agreement=text if isinstance(text, Agreement) else None,
        sheet=text if isinstance(text, SignedSheet) else None,
        position=last.position + 1 if last else 1,
        action=action,
        member=member,
        outside=outside,
        coordinator=coordinator,
        side=member.side if member else outside.key if outside else COORDINATOR if coordinator else "",
        shown_name=_name_of(member, outside, coordinator),
        content_sha256=text.content_sha256,
        previous_sha256=last.sha256 if last else "",
        at=now(),
        **values,
    )
    event.sha256 = fingerprint(event_payload(event))
    event.save()
    return event


def _name_of(member: PairingMember | None, outside: OutsideSigner | None, coordinator: User | None) -> str:
    if member is not None:
        return member.participant.name
    someone = outside or coordinator
    return someone.name if someone else ""


def check_text(text: Text, content_sha256: str) -> None:
    """Raises ``NotSigned`` where the text is not the one that was shown, or no longer the one that was offered."""
    if content_sha256 != text.content_sha256:
        raise NotSigned(_("The text was changed after this page was opened. Please read it again before you sign."))
    if fingerprint(text.content) != content_sha256:
        raise NotSigned(_("The text that is kept is not the one that was offered. Please tell the coordinator."))


def signature_as_asked(signing: Signing, typed: str, *, acknowledged: bool) -> str:
    """What stands for the signature. Raises ``NotSigned`` for one that is not given as the handbook asks."""
    if signing.is_ticked and not acknowledged:
        raise NotSigned(_("Tick that you agree to what stands there."))
    name = " ".join(typed.split())
    if signing.by == "tick":
        return ""
    if signing.by == "initials":
        if not 1 <= sum(letter.isalpha() for letter in name) <= MOST_INITIALS or len(name) > 3 * MOST_INITIALS:
            raise NotSigned(_("Type your initials to sign, such as A. B."))
        return name
    if len(name) < SHORTEST_NAME:
        raise NotSigned(_("Type your full name to sign."))
    return name
