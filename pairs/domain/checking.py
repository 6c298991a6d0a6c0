"""Checking an agreement or a signed sheet: whether text and signatures are still what was written down, worked out anew at
every look.

The text is fingerprinted again, every entry of the record of signing is fingerprinted again, and each entry must follow
the one before it. Fingerprints carry no secret: who may write the whole database could write a whole new record. The PDFs
that were handed out are what such a record would not agree with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from pairs.domain.canonical import fingerprint
from pairs.domain.signing_record import Text, event_payload, events_of
from pairs.enums import AgreementState
from pairs.models import SigningEvent

WITHOUT_TEXT = frozenset({AgreementState.DRAFT, AgreementState.WITHDRAWN})
"""In these states nothing is frozen: there is a record only where an offer was taken back."""


class Wrong(StrEnum):
    """What can be wrong with a signed text that is kept."""

    TEXT = "text-changed"
    OTHER_TEXT = "signed-another-text"
    ENTRY = "entry-changed"
    ORDER = "entry-does-not-follow"
    MISSING = "signature-missing"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. ``entry`` is its number in the record of signing, 0 where it is about none.

    ``name`` says whose signature it is about; empty where it is about none. It is for those who may read the text.
    """

    what: Wrong
    entry: int = 0
    name: str = ""

    @property
    def words(self) -> str:
        """What is wrong, in the reader's language."""
        told = {"name": self.name, "number": self.entry}
        match self.what:
            case Wrong.TEXT:
                return _("The text that is kept is not the one that was offered for signing.")
            case Wrong.OTHER_TEXT:
                return _("%(name)s signed another text than the one that is kept.") % told
            case Wrong.MISSING:
                return _("The signature of %(name)s is missing, though this version counts as signed by all.") % told
            case Wrong.ENTRY if self.name:
                return _("The record of the signature of %(name)s was changed after it was written.") % told
            case Wrong.ENTRY:
                return _("Entry %(number)d of the record of signing was changed after it was written.") % told
            case Wrong.ORDER if self.name:
                return _("Before the signature of %(name)s the record of signing has a gap or was changed.") % told
        return _("Before entry %(number)d the record of signing has a gap or was changed.") % told


@dataclass(frozen=True)
class Check:
    """What a check found: the signatures in their order, the fingerprint worked out anew, and what is wrong."""

    signatures: list[SigningEvent]
    sha256: str
    faults: list[Fault]

    @property
    def is_sound(self) -> bool:
        """Whether everything is as it was written."""
        return not self.faults

    @property
    def text_holds(self) -> bool:
        """Whether the text is the one that was offered."""
        return all(fault.what is not Wrong.TEXT for fault in self.faults)

    @property
    def lines(self) -> list[tuple[SigningEvent, bool]]:
        """Each signature, and whether it holds: for this text, and as it was recorded."""
        bad = {fault.entry for fault in self.faults if fault.entry}
        return [(event, event.position not in bad) for event in self.signatures]

    @property
    def spaced_fingerprint(self) -> str:
        """The fingerprint in groups of four, as it is printed in the PDF."""
        return in_groups(self.sha256)


def in_groups(sha256: str) -> str:
    """A fingerprint in groups of four, as one compares it by eye."""
    return " ".join(sha256[start : start + 4] for start in range(0, len(sha256), 4))


def is_frozen(text: Text) -> bool:
    """Whether the version has, or ought to have, a text that was offered for signing: then it can be checked."""
    return bool(text.content) or text.state not in WITHOUT_TEXT


def check_signed(text: Text, events: Sequence[SigningEvent] | None = None) -> Check:
    """Check one version of an agreement, or one sending of a sheet, from what is kept. One query, or none where its
    ``events`` are at hand in order.

    Raises ``UnreadableText`` for an entry whose sealed words cannot be opened.
    """
    if events is None:
        events = list(events_of(text))
    kept = _fingerprint_of(text)
    faults = [*_text(text, kept, events), *_record(kept, events), *_missing(text, events)]
    return Check([event for event in events if event.action == "signed"], kept, faults)


def _fingerprint_of(text: Text) -> str:
    """The fingerprint of the text as it is kept; empty without a text, or with one that nobody could have signed."""
    try:
        return fingerprint(text.content) if text.content else ""
    except TypeError:
        return ""


def _text(text: Text, kept: str, events: Sequence[SigningEvent]) -> Iterator[Fault]:
    """The text against its own fingerprint and against the last time that it was offered."""
    if not is_frozen(text):
        return
    offered = [event.content_sha256 for event in events if event.action == "offered"]
    if not kept or kept != text.content_sha256 or offered[-1:] != [kept]:
        yield Fault(Wrong.TEXT)


def _record(kept: str, events: Sequence[SigningEvent]) -> Iterator[Fault]:
    """Each entry against its own fingerprint, the one before it, and the text."""
    before, place = "", 0
    for event in events:
        name = event.shown_name if event.action == "signed" else ""
        if event.previous_sha256 != before or event.position != place + 1:
            yield Fault(Wrong.ORDER, event.position, name)
        if fingerprint(event_payload(event)) != event.sha256:
            yield Fault(Wrong.ENTRY, event.position, name)
        if event.action == "signed" and event.content_sha256 != kept:
            yield Fault(Wrong.OTHER_TEXT, event.position, name)
        before, place = event.sha256, event.position


def _missing(text: Text, events: Sequence[SigningEvent]) -> Iterator[Fault]:
    """Where a version counts as signed, each of its parties must have signed: a record cut short shows nothing else.

    Who left a group before their turn came signs a sheet no more; the record says so.
    """
    if text.signed_at is None and text.state != AgreementState.SIGNED:
        return
    settled = [event for event in events if event.action in {"signed", "released"}]
    signed = {str(event.member_id or event.outside_id or event.side) for event in settled}
    for party in text.content.get("parties", []):
        if (party["member"] or party.get("outside") or party["side"]) not in signed:
            yield Fault(Wrong.MISSING, name=party["name"])
