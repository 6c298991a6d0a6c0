"""Agreements as other handbooks have them: by initials or a tick, kept between the pair, with an end of their own, no consent."""

import datetime as dt
from contextlib import contextmanager

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.agreement import open_agreement
from pairs.domain.agreement_owner import agreement_owner
from pairs.domain.agreement_queries import agreements_for
from pairs.domain.consent_changes import is_asked
from pairs.domain.following import follow
from pairs.domain.signing import sign_agreement
from pairs.domain.signing_record import NotSigned
from pairs.enums import AgreementState
from pairs.models import Pairing, SigningEvent
from templates_app.domain.documents import may_read_document
from templates_app.shapes import Agreement as AgreementShape
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.test_agreement import write
from tests.pairs.test_logs import reader

UNTIL = {
    "key": "until",
    "kind": "date",
    "label": "Until when do we go on?",
    "need": "must",
    "meaning": "agreed-end",
    "ours": True,
}


@contextmanager
def pair_with(**values):
    """A pair whose handbook's agreement differs in these values, and asks until when; its organisation is open."""

    def changed(handbook) -> None:
        agreement = handbook.content["agreement"]
        agreement |= {"consent": {"items": []}} | values
        agreement["fields"] = [*agreement["fields"], UNTIL]
        AgreementShape.model_validate(agreement)
        version = handbook.templates.get(key="agreement").versions.get()
        sections = [*version.definition["sections"]]
        sections[0] = sections[0] | {"fields": [*sections[0]["fields"], UNTIL]}
        type(version).objects.filter(pk=version.pk).update(definition=version.definition | {"sections": sections})

    made = make_pair(changed=changed)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def sign(pair, agreement, user, typed="A. T.", *, acknowledged=True):
    return sign_agreement(
        agreement=agreement,
        actor=user,
        typed_name=typed,
        content_sha256=agreement.content_sha256,
        consent=None,
        method="code",
        acknowledged=acknowledged,
    )


def in_force(pair):
    agreement = write(pair, more={"until": "2027-08-31"})
    for user in (pair.mentee, pair.mentor):
        sign(pair, agreement, user)
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SIGNED
    return agreement


INITIALS = {"by": "initials", "acknowledge": True}


@pytest.mark.covers("cal.sys.43", "cal.sys.44")
def test_a_contract_by_initials_with_the_acknowledgement_ticked(db, sign_in):
    with pair_with(signing=INITIALS) as pair:
        agreement = write(pair, more={"until": "2027-08-31"})
        page = sign_in(pair.mentee).get(f"{pair.place}agreement/sign/").content.decode()
        assert "Type your initials to sign" in page
        assert 'name="acknowledged"' in page
        for typed, ticked in (("A. T.", False), ("", True), ("12", True), ("Abcdefghijkl", True)):
            with pytest.raises(NotSigned):
                sign(pair, agreement, pair.mentee, typed, acknowledged=ticked)
        assert not SigningEvent.objects.filter(action="signed").exists()
        sign(pair, agreement, pair.mentee, " A.  T. ")
        agreement.refresh_from_db()
        assert agreement.state == AgreementState.OFFERED, "in force only once both have signed"
        (event,) = SigningEvent.objects.filter(action="signed")
        assert (event.typed_name, event.at) == ("A. T.", PAIRED)
        answer = sign_in(pair.mentor).post(
            f"{pair.place}agreement/sign/",
            {"content_sha256": agreement.content_sha256, "acknowledged": "on", "typed_name": "H.W."},
        )
        assert answer.status_code == 302
        agreement.refresh_from_db()
        assert agreement.state == AgreementState.SIGNED


def test_a_framework_is_adopted_by_a_tick_and_nobody_types_a_name(db, sign_in):
    with pair_with(signing={"by": "tick"}) as pair:
        agreement = write(pair, more={"until": "2027-08-31"})
        client, place = sign_in(pair.mentee), f"{pair.place}agreement/sign/"
        page = client.get(place).content.decode()
        assert 'name="typed_name"' not in page
        assert "I agree" in page
        sent = {"content_sha256": agreement.content_sha256}
        assert client.post(place, sent).status_code == 422
        assert client.post(place, sent | {"acknowledged": "on"}).status_code == 302
        sign(pair, agreement, pair.mentor, "")
        assert "agreed by ticking the statement" in client.get(f"{pair.place}agreement/").content.decode()


@pytest.mark.covers("cal.sys.42")
def test_the_end_that_the_pair_agrees_on_is_the_pairs_own(db):
    with pair_with(signing=INITIALS) as pair:
        in_force(pair)
        assert Pairing.objects.get().agreed_until == dt.date(2027, 8, 31)


@pytest.mark.covers("cal.sys.84")
def test_an_agreement_that_stays_with_the_pair_reaches_nobody_outside_but_what_is_shown(db, sign_in):
    with pair_with(signing=INITIALS, readers={"preset": "status", "shows": ["until"]}) as pair:
        open_agreement(pairing=pair.pairing, actor=pair.mentee)
        told = agreement_owner(pair.mentee, pair.pairing.pk).readers_sentence
        assert "of what it says only: Until when do we go on?" in told
        agreement = in_force(pair)
        assert not agreements_for(pair.coordinator, pair.pairing)
        assert agreements_for(pair.mentor, pair.pairing).count() == 1
        assert not may_read_document(pair.coordinator, agreement.document)
        assert may_read_document(pair.mentee, agreement.document)
        client = sign_in(pair.coordinator)
        assert client.get(f"{pair.place}agreement/1/").status_code == 404
        page = client.get(pair.place).content.decode()
        assert "In force since" in page
        assert "31 August 2027" in page
        assert "Lead a review alone" not in page
        mails = Message.objects.filter(recipient=pair.coordinator)
        assert {mail.kind for mail in mails if "agreement" in mail.kind} == {"pairs.agreement_in_force"}
        agreed = follow(reader(pair, pair.coordinator)).agreed
        assert [answer.key for answer in agreed.answers] == ["until"]


def test_where_no_consent_is_asked_nobody_is_asked(db, sign_in):
    with pair_with() as pair:
        for user in (pair.mentee, pair.mentor):
            asking = reader(pair, user)
            assert not is_asked(asking, asking.person)
        assert "What the coordinator may read" not in sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()
        agreement = write(pair, more={"until": "2027-08-31"})
        page = sign_in(pair.mentee).get(f"{pair.place}agreement/sign/").content.decode()
        assert "What others may read" not in page
        sign(pair, agreement, pair.mentee, "Ana Tupou")
