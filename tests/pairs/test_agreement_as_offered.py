"""An agreement stays as it was offered: who reads it, and who signs it, whatever its handbook says since."""

from contextlib import contextmanager

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.agreement import open_agreement, revise_agreement
from pairs.domain.agreement_owner import agreement_owner
from pairs.domain.agreement_queries import agreement_page_for, agreements_for
from pairs.domain.agreement_reading import read_agreement
from pairs.domain.following import follow
from pairs.domain.signing import NotSigned
from pairs.enums import AgreementState, OutputKind
from pairs.models import Agreement, Output, Pairing
from templates_app.answers import AnswerContext
from templates_app.domain.documents import may_read_document
from templates_app.domain.responses import answers_of, submit_response
from templates_app.models import Handbook
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.test_agreement import offer_agreement, sign, write
from tests.pairs.test_logs import reader

CLOSED = {"preset": "status", "shows": ["mentor_name"]}
OPEN = {"preset": "coordinator", "shows": []}


@contextmanager
def pair_with(**values):
    made = make_pair(changed=lambda handbook: handbook.content["agreement"].update({"consent": {"items": []}} | values))
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def now_says(pair, **values):
    """The handbook's agreement differs from now on in these values; returns the pairing read anew."""
    handbook = Handbook.objects.get(pk=pair.pairing.cohort.programme.handbook_id)
    handbook.content["agreement"] |= values
    handbook.revision += 1
    handbook.save()
    pair.pairing = Pairing.objects.select_related("cohort__programme__handbook").get(pk=pair.pairing.pk)
    return pair.pairing


def fresh(agreement):
    return Agreement.objects.select_related("pairing__cohort__programme__handbook", "document").get(pk=agreement.pk)


def sign_all(pair, agreement):
    for user in (pair.mentee, pair.mentor):
        sign(pair, fresh(agreement), user, consent={})
    return fresh(agreement)


def next_version(pair, agreement):
    newer = revise_agreement(agreement=fresh(agreement), actor=pair.mentee)
    response = newer.response
    submit_response(
        response=response, actor=pair.mentee, answers=answers_of(response), revision=response.revision,
        context=AnswerContext(),
    )  # fmt: skip
    return offer_agreement(agreement=newer, actor=pair.mentee)


# --- Who reads it -----------------------------------------------------------------------------------------------------


def test_what_was_signed_between_the_pair_stays_theirs_when_the_handbook_opens_agreements(db, sign_in):
    with pair_with(readers=CLOSED) as pair:
        agreement = sign_all(pair, write(pair))
        pairing = now_says(pair, readers=OPEN)
        assert not agreements_for(pair.coordinator, pairing)
        assert not may_read_document(pair.coordinator, agreement.document)
        assert may_read_document(pair.mentee, agreement.document)
        client = sign_in(pair.coordinator)
        assert client.get(f"{pair.place}agreement/1/").status_code == 404
        page = client.get(pair.place).content.decode()
        assert "In force since" in page
        assert "Lead a review alone" not in page
        agreed = follow(reader(pair, pair.coordinator)).agreed
        assert [answer.key for answer in agreed.answers] == ["mentor_name"]
        assert not read_agreement(agreement, zone="UTC", locale="en-gb").reaches_coordinator


def test_what_waits_for_signatures_is_signed_and_told_under_the_readers_it_was_offered_with(db, sign_in):
    with pair_with(readers=CLOSED) as pair:
        agreement = write(pair)
        now_says(pair, readers=OPEN)
        told = agreement_owner(pair.mentee, pair.pairing.pk).readers_sentence
        assert "and of what it says only" in told
        sign(pair, fresh(agreement), pair.mentee, consent={})
        answer = sign_in(pair.mentor).post(
            f"{pair.place}agreement/sign/",
            {"typed_name": "Helen Whitcombe", "content_sha256": agreement.content_sha256}, follow=True,
        )  # fmt: skip
        page = answer.content.decode()
        assert "reaches all of you." in page
        assert "and the coordinator." not in page
        mails = Message.objects.filter(recipient=pair.coordinator)
        assert {mail.kind for mail in mails if "agreement" in mail.kind} == {"pairs.agreement_in_force"}
        signed = Message.objects.filter(recipient=pair.mentee, kind="pairs.agreement_signed").get()
        assert not signed.context["shared"]


def test_a_version_offered_afterwards_follows_the_new_rule_and_opens_no_older_one(db, sign_in):
    with pair_with(readers=CLOSED) as pair:
        first = sign_all(pair, write(pair))
        now_says(pair, readers=OPEN)
        second = sign_all(pair, next_version(pair, first))
        assert list(agreements_for(pair.coordinator, pair.pairing)) == [second]
        client = sign_in(pair.coordinator)
        page = client.get(f"{pair.place}agreement/").content.decode()
        assert "Lead a review alone" in page
        assert "what changed" not in page, "no link leads to what may not be read"
        assert client.get(f"{pair.place}agreement/2/").status_code == 200
        assert client.get(f"{pair.place}agreement/1/").status_code == 404
        assert client.get(f"{pair.place}agreement/2/changes/").status_code == 404


def test_what_the_coordinator_was_promised_to_read_stays_with_them_when_the_handbook_closes_agreements(db):
    with pair_with() as pair:
        first = sign_all(pair, write(pair))
        pairing = now_says(pair, readers=CLOSED)
        assert list(agreements_for(pair.coordinator, pairing)) == [first]
        assert follow(reader(pair, pair.coordinator)).agreed is None
        next_version(pair, first)
        pair.pairing = Pairing.objects.get(pk=pairing.pk)
        assert "learns that it is in force" in agreement_owner(pair.mentee, pairing.pk).readers_sentence


def test_a_draft_goes_by_the_handbook_of_today(db):
    with pair_with(readers=CLOSED) as pair:
        open_agreement(pairing=pair.pairing, actor=pair.mentee)
        now_says(pair, readers=OPEN)
        assert "It reaches the programme coordinator" in agreement_owner(pair.mentee, pair.pairing.pk).readers_sentence


def test_a_text_that_does_not_say_who_reads_it_goes_by_the_handbook_of_today(db):
    with pair_with(readers=CLOSED) as pair:
        agreement = sign_all(pair, write(pair))
        agreement.content.pop("readers")
        Agreement.objects.filter(pk=agreement.pk).update(content=agreement.content)
        assert not agreements_for(pair.coordinator, pair.pairing)
        assert agreements_for(pair.coordinator, now_says(pair, readers=OPEN)).count() == 1


# --- Who signs it -----------------------------------------------------------------------------------------------------


def test_an_agreement_that_names_both_waits_for_both_when_the_handbook_asks_one_alone(db):
    with pair_with() as pair:
        agreement = write(pair)
        now_says(pair, signers=["mentor"])
        page = agreement_page_for(pair.mentor, pair.pairing.pk)
        assert page.signers == {"mentor", "mentee"}
        assert page.waiting.name == "ʻAna Tupou"
        sign(pair, fresh(agreement), pair.mentor, consent={})
        assert fresh(agreement).state == AgreementState.OFFERED, "its text names the mentee too"
        assert agreement_page_for(pair.mentee, pair.pairing.pk).may_sign
        sign(pair, fresh(agreement), pair.mentee, consent={})
        assert fresh(agreement).state == AgreementState.SIGNED


def test_an_agreement_that_names_one_alone_does_not_wait_for_somebody_added_since(db):
    with pair_with(signers=["mentor"]) as pair:
        agreement = write(pair)
        now_says(pair, signers=["mentor", "mentee"])
        assert not agreement_page_for(pair.mentee, pair.pairing.pk).may_sign
        with pytest.raises(NotSigned):
            sign(pair, fresh(agreement), pair.mentee, consent={})
        sign(pair, fresh(agreement), pair.mentor, consent={})
        assert fresh(agreement).state == AgreementState.SIGNED
        assert not agreement_page_for(pair.mentor, pair.pairing.pk).newcomers.count


def test_the_next_version_asks_whom_the_handbook_names_by_then_and_nobody_else_owes_a_signature(db):
    with pair_with() as pair:
        first = sign_all(pair, write(pair))
        now_says(pair, signers=["mentor"])
        second = next_version(pair, first)
        sign(pair, fresh(second), pair.mentor, consent={})
        assert fresh(second).state == AgreementState.SIGNED


def owing(pair):
    rows = Output.objects.filter(kind=OutputKind.AGREEMENT, done_at=None, cancelled_at=None)
    return sorted(rows.values_list("member__side", flat=True))


def test_nobody_is_asked_for_a_signature_that_the_text_does_not_want(db):
    with pair_with() as pair:
        now_says(pair, signers=["mentor"])
        agreement = write(pair)
        assert owing(pair) == ["mentee", "mentor"]
        sign(pair, fresh(agreement), pair.mentor, consent={})
        assert owing(pair) == []


def test_a_side_that_signs_only_since_is_asked_when_the_text_is_offered(db):
    with pair_with(signers=["mentor"]) as pair:
        assert owing(pair) == ["mentor"]
        now_says(pair, signers=["mentor", "mentee"])
        write(pair)
        assert owing(pair) == ["mentee", "mentor"]
