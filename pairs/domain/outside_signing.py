"""Somebody outside signs an agreement by a link, or says kindly that they do not."""

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.clock import now
from mentoring.history.domain import record_event
from pairs.domain.agreement_states import hold
from pairs.domain.agreement_text import signing_of
from pairs.domain.outside_asking import PURPOSE, end_asking
from pairs.domain.people import members
from pairs.domain.signing import NotSigned, append_event, check_text, complete_or_tell, signature_as_asked
from pairs.domain.telling import page_of, tell
from pairs.domain.turns import still_to_sign, whose_turn
from pairs.enums import AgreementState, OutsideState
from pairs.models import Agreement, OutsideSigner, SigningLink
from programmes.domain.outside import LinkUnusable, Unusable, has_run_out, link_of

LONGEST_WORD = 2000


def usable_signing_link(token: str) -> SigningLink:
    """The link behind a token, with signer and version. Raises ``LinkUnusable``. Looking changes nothing."""
    rows = SigningLink.objects.select_related(
        "signer__agreement__pairing__cohort__programme__handbook",
        "signer__agreement__pairing__organisation",
        "signer__agreement__response__version",
    )
    found = link_of(token, rows, purpose=PURPOSE)
    signer = found.signer
    agreement = signer.agreement
    if signer.state in {OutsideState.SIGNED, OutsideState.DECLINED}:
        raise LinkUnusable(Unusable.DECIDED, signer)
    waits = agreement is not None and agreement.state == AgreementState.OFFERED and agreement.pairing.is_active
    if found.revoked_at is not None or not waits:
        raise LinkUnusable(Unusable.REVOKED, signer)
    if has_run_out(found):
        raise LinkUnusable(Unusable.EXPIRED, signer)
    signer.pairing = agreement.pairing
    return found


def _held(token: str) -> tuple[OutsideSigner, Agreement]:
    """Begin a step: one at a time, and looked at once more when it is this one's turn."""
    signer = usable_signing_link(token).signer
    agreement = signer.agreement
    if agreement is None:  # a usable link leads to a version
        raise LinkUnusable(Unusable.REVOKED, signer)
    hold(agreement)
    usable_signing_link(token)
    if not any(row.pk == signer.pk for row in whose_turn(agreement, still_to_sign(agreement)).outside):
        raise LinkUnusable(Unusable.REVOKED, signer)
    return signer, agreement


@transaction.atomic
def sign_from_outside(*, token: str, typed_name: str, content_sha256: str, acknowledged: bool = False) -> OutsideSigner:
    """Sign the offered text as whoever the link was sent to.

    The other arguments are those of ``sign_agreement``. Raises ``LinkUnusable``, ``NotSigned``, ``WrongState``.
    """
    signer, agreement = _held(token)
    check_text(agreement, content_sha256)
    name = signature_as_asked(signing_of(agreement.content), typed_name, acknowledged=acknowledged)
    append_event(
        agreement,
        action="signed",
        member=None,
        outside=signer,
        typed_name=name,
        statement=agreement.content["statement"],
        method="link",
        zone=agreement.pairing.cohort.zone,
    )
    _answered(signer, agreement, OutsideState.SIGNED, "agreement.signed_outside")
    complete_or_tell(agreement, None, signer.name)
    return signer


@transaction.atomic
def decline_from_outside(*, token: str, word: str) -> OutsideSigner:
    """Say that one does not sign, with a word to the pair or without. The version goes on waiting: the pair may talk with
    them and ask again, or change it. Raises ``LinkUnusable``, and ``NotSigned`` for too many words.
    """
    said = word.strip()
    if len(said) > LONGEST_WORD:
        raise NotSigned(_("Please keep it to %(number)d characters.") % {"number": LONGEST_WORD})
    signer, agreement = _held(token)
    _answered(signer, agreement, OutsideState.DECLINED, "agreement.declined_outside", word=said)
    return signer


def _answered(signer: OutsideSigner, agreement: Agreement, state: OutsideState, event: str, *, word: str = "") -> None:
    """Keep the answer, ask no more, and let the pair know."""
    signer.state, signer.word, signer.decided_at, signer.remind_at = state, word, now(), None
    signer.save()
    end_asking(signer)
    record_event(
        event,
        agreement,
        actor=None,
        within=agreement.pairing,
        number=agreement.number,
        name=signer.name,
    )
    link = page_of("pairs:agreement", agreement.pairing_id)
    has_signed = signer.state == OutsideState.SIGNED
    for member in members(agreement.pairing):
        tell(
            "outside_answered",
            member,
            about=agreement,
            occasion=f"{signer.pk}-{now().isoformat()}",
            link=link,
            name=signer.name,
            signed=has_signed,
        )
