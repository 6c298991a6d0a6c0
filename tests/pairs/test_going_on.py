"""Going on: a moved end has a reason that both sign, and new terms are a new agreement linked to the old."""

import datetime as dt

import pytest
from django.db import transaction

from evaluation.domain.attention import attention_of
from evaluation.domain.standing import pairings_of, standings
from mentoring import clock
from pairs.domain.agreement import revise_agreement
from pairs.domain.agreement_document import render_agreement
from pairs.domain.agreement_states import NotReady
from pairs.domain.checking import check_signed
from pairs.domain.sessions import hold_session
from pairs.enums import AgreementState
from pairs.models import Agreement, Pairing, Session
from tests.pairs.conftest import PAIRED
from tests.pairs.test_agreement_parts import in_force, offer, sign
from tests.pairs.test_every_kit import pair_of

AGREED = {
    "duration": 6,
    "start": "2026-11-03",
    "end": "2027-05-03",
    "frequency": "monthly",
    "length": 60,
    "meetmodes": ["video"],
    "between": "A few words by e-mail",
    "channels": ["email"],
    "cancel": 24,
}


@pytest.fixture
def sssc(db):
    """A pair whose agreement may move its end; their organisation open."""
    with pair_of("sssc") as pair:
        yield pair


@pytest.mark.covers("sssc.must.41", "sssc.must.47")
def test_new_terms_are_a_new_agreement_linked_to_the_old_and_a_moved_end_has_a_reason(sssc, sign_in):
    first = in_force(sssc, AGREED)
    assert first.content["follows"] == {}
    revise_agreement(agreement=first, actor=sssc.mentee)
    with pytest.raises(NotReady, match="If you move the end, why"), transaction.atomic():
        offer(sssc, AGREED | {"end": "2027-08-03"})
    second = offer(sssc, {"end": "2027-08-03", "why_moved": "The panel meets in July"})
    assert second.content["follows"] == {"number": 1, "content_sha256": first.content_sha256}
    sign(second, sssc.mentee, "Ana Tupou")
    assert Pairing.objects.get().agreed_until == dt.date(2027, 5, 3), "one of them alone moves nothing"
    sign(second, sssc.mentor, "Helen Whitcombe")
    assert Pairing.objects.get().agreed_until == dt.date(2027, 8, 3)
    second = Agreement.objects.select_related("document").get(pk=second.pk)
    assert check_signed(second).is_sound
    paper = render_agreement(second.document)
    assert "The panel meets in July" in paper
    assert f"It goes on from version 1 (code {first.content_sha256[:8].upper()})" in paper
    page = sign_in(sssc.mentor).get(f"{sssc.place}agreement/").content.decode()
    assert f"{sssc.place}agreement/1/" in page
    third = revise_agreement(agreement=second, actor=sssc.mentor)
    assert "why_moved" not in {**third.response.facts, **third.response.texts}, "each move has a reason of its own"


@pytest.mark.covers("sssc.must.25")
def test_every_party_signs_and_an_unsigned_agreement_after_the_first_meeting_is_on_the_list(sssc):
    agreement = offer(sssc, AGREED)
    sign(agreement, sssc.mentee, "Ana Tupou")
    assert Agreement.objects.get(pk=agreement.pk).state == AgreementState.OFFERED
    session = sssc.session(1)
    Session.objects.filter(pk=session.pk).update(starts_at=PAIRED, minutes=60)
    session.refresh_from_db()
    with clock.at(PAIRED + dt.timedelta(hours=2)):
        hold_session(session=session, actor=sssc.mentor)
    assert "unsigned" in told(sssc)
    sign(agreement, sssc.mentor, "Helen Whitcombe")
    assert Agreement.objects.get(pk=agreement.pk).state == AgreementState.SIGNED
    assert "unsigned" not in told(sssc)


def told(pair) -> list[str]:
    """Why the pair stands on the list of those who need somebody, ten days after its first meeting."""
    at = PAIRED + dt.timedelta(days=10)
    return [
        line.reason for line in attention_of(standings(pairings_of(pair.pairing.cohort), at), at, logs=[], zone="UTC")
    ]
