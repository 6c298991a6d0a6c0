"""Somebody outside signs an agreement or a sheet by a link, or says kindly that they do not."""

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.clock import now
from mentoring.history.domain import record_event
from pairs.domain.agreement_states import hold
from pairs.domain.agreement_text import signing_of
from pairs.domain.outside_asking import PURPOSE, asked_for, end_asking
from pairs.domain.people import members, people_of
from pairs.domain.signed_sheets.signing import complete_or_tell as sheet_goes_on
from pairs.domain.signed_sheets.wording import writers_of as sheet_writers
from pairs.domain.signing import complete_or_tell as agreement_goes_on
from pairs.domain.signing_record import NotSigned, Text, append_event, check_text, signature_as_asked
from pairs.domain.telling import page_of, tell
from pairs.domain.turns import still_to_sign, whose_turn
from pairs.enums import AgreementState, OutsideState
from pairs.models import Agreement, OutsideSigner, SigningLink
from programmes.domain.outside import LinkUnusable, Unusable, has_run_out, link_of
from programmes.domain.roles import roles_for
from templates_app.shapes import COORDINATOR

LONGEST_WORD = 2000


def usable_signing_link(token: str) -> SigningLink:
    """The link behind a token, with signer and version. Raises ``LinkUnusable``. Looking changes nothing."""
    rows = SigningLink.objects.select_related(
        "signer__agreement__pairing__cohort__programme__handbook",
        "signer__agreement__pairing__organisation",
        "signer__agreement__response__version",
        "signer__sheet__pairing__cohort__programme__handbook",
        "signer__sheet__pairing__organisation",
        "signer__output__response__version",
    )
    found = link_of(token, rows, purpose=PURPOSE)
    signer = found.signer
    text = asked_for(signer)
    if signer.state in {OutsideState.SIGNED, OutsideState.DECLINED}:
        raise LinkUnusable(Unusable.DECIDED, signer)
    waits = text is not None and text.state == AgreementState.OFFERED and text.pairing.is_active
    if text is None or found.revoked_at is not None or not waits:
        raise LinkUnusable(Unusable.REVOKED, signer)
    if has_run_out(found):
        raise LinkUnusable(Unusable.EXPIRED, signer)
    signer.pairing = text.pairing
    return found


def is_for_somebody_else(user: User, text: Text) -> bool:
    """Whether this person signs the text themselves, so that a link to it from outside is not theirs: one of the pair, and
    whoever coordinates where one of those signs too.
    """
    if people_of(text.pairing).of(user) is not None:
        return True
    coordinator_signs = any(party["side"] == COORDINATOR for party in text.content["parties"])
    return coordinator_signs and roles_for(user).coordinates(text.pairing.cohort.programme_id)


def _held(token: str) -> tuple[OutsideSigner, Text]:
    """Begin a step: one at a time, and looked at once more when it is this one's turn."""
    signer = usable_signing_link(token).signer
    text = asked_for(signer)
    if text is None:  # a usable link leads to a version
        raise LinkUnusable(Unusable.REVOKED, signer)
    hold(text)
    usable_signing_link(token)
    if not any(row.pk == signer.pk for row in whose_turn(text, still_to_sign(text)).outside):
        raise LinkUnusable(Unusable.REVOKED, signer)
    return signer, text


@transaction.atomic
def sign_from_outside(*, token: str, typed_name: str, content_sha256: str, acknowledged: bool = False) -> OutsideSigner:
    """Sign the offered text as whoever the link was sent to.

    The other arguments are those of ``sign_agreement``. Raises ``LinkUnusable``, ``NotSigned``, ``WrongState``.
    """
    signer, text = _held(token)
    check_text(text, content_sha256)
    name = signature_as_asked(signing_of(text.content), typed_name, acknowledged=acknowledged)
    append_event(
        text,
        action="signed",
        member=None,
        outside=signer,
        typed_name=name,
        statement=text.content["statement"],
        method="link",
        zone=text.pairing.cohort.zone,
    )
    _answered(signer, text, OutsideState.SIGNED)
    if isinstance(text, Agreement):
        agreement_goes_on(text, None, signer.name)
    else:
        sheet_goes_on(text, None, signer.name)
    return signer


@transaction.atomic
def decline_from_outside(*, token: str, word: str) -> OutsideSigner:
    """Say that one does not sign, with a word to the pair or without. The version goes on waiting: the pair may talk with
    them and ask again, or change it. Raises ``LinkUnusable``, and ``NotSigned`` for too many words.
    """
    said = word.strip()
    if len(said) > LONGEST_WORD:
        raise NotSigned(_("Please keep it to %(number)d characters.") % {"number": LONGEST_WORD})
    signer, text = _held(token)
    _answered(signer, text, OutsideState.DECLINED, word=said)
    return signer


def _answered(signer: OutsideSigner, text: Text, state: OutsideState, *, word: str = "") -> None:
    """Keep the answer, ask no more, and let those hear it who can read the text."""
    signer.state, signer.word, signer.decided_at, signer.remind_at = state, word, now(), None
    signer.save()
    end_asking(signer)
    has_signed = signer.state == OutsideState.SIGNED
    what = "signed_outside" if has_signed else "declined_outside"
    pairing = text.pairing
    if isinstance(text, Agreement):
        record_event(f"agreement.{what}", text, actor=None, within=pairing, number=text.number, name=signer.name)
        told, link, title = list(members(pairing)), page_of("pairs:agreement", text.pairing_id), ""
    else:
        title = text.content["title"]
        record_event(f"sheet.{what}", text.output, actor=None, within=pairing, title=text.output.title)
        told, link = sheet_writers(text), page_of("pairs:output_read", text.output_id)
    for member in told:
        tell(
            "outside_answered",
            member,
            about=text,
            occasion=f"{signer.pk}-{now().isoformat()}",
            link=link,
            name=signer.name,
            title=title,
            signed=has_signed,
        )
