"""Somebody outside signs too: named by the pair, asked by a narrow link, with one page that shows the text and nothing else."""

import datetime as dt
import html
from contextlib import contextmanager

import pytest
from django.test import Client

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.agreement import open_agreement, revise_agreement, take_back
from pairs.domain.agreement_document import render_agreement
from pairs.domain.agreement_queries import agreement_page_for
from pairs.domain.checking import Wrong, check_signed
from pairs.domain.outside_asking import NotNamed, name_outside_signer, outside_signing_due, take_link_back
from pairs.domain.outside_signing import decline_from_outside, sign_from_outside, usable_signing_link
from pairs.domain.signing import sign_agreement
from pairs.domain.signing_record import NotSigned
from pairs.enums import AgreementState, OutsideState
from pairs.models import Agreement, OutsideSigner, Pairing, SigningEvent
from programmes.domain.outside import LinkUnusable, Unusable, new_token
from templates_app.domain.responses import answers_of
from templates_app.models import Response
from templates_app.shapes import Agreement as AgreementShape
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.test_agreement import CONSENT, write

WORDS = {
    "goal_statements": [{"_id": "aaaaaaaa", "statement": "Lead a review"}],
    "objectives": [{"_id": "bbbbbbbb", "objective": "Judge a survey", "measure": "Two surveys accepted"}],
    "ground_rules": [{"_id": "cccccccc", "about": "Place", "rule": "Teams, monthly"}],
}
DAY = dt.timedelta(days=1)
SUPERVISOR = {"key": "supervisor", "label": "the mentee's supervisor", "why": "You leave room for it.", "ours": True}


@contextmanager
def pair_with(*, in_turn: bool = False, named: bool = True, **terms):
    """A pair whose agreement a supervisor signs too, named by the mentee; its organisation is open."""

    def changed(handbook) -> None:
        agreement = handbook.content["agreement"]
        agreement |= {"outside": [SUPERVISOR | terms], "signing": {"by": "name", "in_turn": in_turn}}
        AgreementShape.model_validate(agreement)

    made = make_pair(changed=changed)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        if named:
            name(made)
        yield made


def change_handbook(pair, outside) -> None:
    """Have the pair's handbook name these outside from now on."""
    handbook = pair.pairing.cohort.programme.handbook
    handbook.content["agreement"]["outside"] = outside
    handbook.revision += 1
    handbook.save()
    pair.pairing = Pairing.objects.get(pk=pair.pairing.pk)


def handbook_without_anybody_outside(pair) -> None:
    change_handbook(pair, [])


def name(pair, who="Una Chief", email="una@chief.example", actor=None) -> OutsideSigner:
    return name_outside_signer(
        pairing=pair.pairing, key="supervisor", name=who, email=email, actor=actor or pair.mentee
    )


def sign(pair, agreement, user) -> None:
    sign_agreement(
        agreement=agreement,
        actor=user,
        typed_name="Signed Name",
        content_sha256=agreement.content_sha256,
        consent=CONSENT if user == pair.mentee else None,
        method="code",
    )


def token() -> str:
    """The link that went out last."""
    mail = Message.objects.filter(kind="pairs.outside_asked").order_by("-created_at").first()
    return mail.context["action_url"].rstrip("/").rsplit("/", 1)[1]


def asked() -> int:
    return Message.objects.filter(kind="pairs.outside_asked").count()


def why(link: str) -> Unusable:
    with pytest.raises(LinkUnusable) as caught:
        usable_signing_link(link)
    return caught.value.reason


def sign_outside(agreement, link: str | None = None, typed: str = "Una Chief"):
    return sign_from_outside(token=link or token(), typed_name=typed, content_sha256=agreement.content_sha256)


def state(agreement) -> str:
    return Agreement.objects.get(pk=agreement.pk).state


def test_who_writes_the_agreement_is_told_that_the_one_outside_reads_it(db, sign_in):
    with pair_with() as pair:
        mentee, base = sign_in(pair.mentee), pair.url(f"pairs/{pair.pairing.pk}/agreement/")
        assert mentee.post(f"{base}begin/").status_code == 302
        page = html.unescape(mentee.get(f"{base}write/").content.decode())
    assert "Whoever signs it from outside (the mentee's supervisor) reads the whole text too" in page


def test_it_is_in_force_only_when_the_one_outside_has_signed_too_and_it_stands_in_text_and_pdf(db):
    with pair_with() as pair:
        agreement = write(pair)
        for user in (pair.mentor, pair.mentee):
            sign(pair, agreement, user)
        assert state(agreement) == AgreementState.OFFERED
        sign_outside(agreement)
        assert state(agreement) == AgreementState.SIGNED
        agreement = Agreement.objects.select_related("document").get(pk=agreement.pk)
        assert {"name": "Una Chief", "label": "the mentee's supervisor"}.items() <= agreement.content["parties"][
            -1
        ].items()
        assert check_signed(agreement).is_sound
        event = SigningEvent.objects.get(agreement=agreement, action="signed", member=None)
        assert (event.shown_name, event.method, event.at) == ("Una Chief", "link", PAIRED)
        paper = render_agreement(agreement.document)
        assert "Una Chief</b>, the mentee" in paper
        assert "signed by a link sent by e-mail" in paper
        told = Message.objects.filter(kind="pairs.outside_answered", recipient=pair.mentor).get()
        assert told.context["signed"] is True


def test_a_record_without_that_signature_does_not_hold(db):
    with pair_with() as pair:
        agreement = write(pair)
        for user in (pair.mentor, pair.mentee):
            sign(pair, agreement, user)
        Agreement.objects.filter(pk=agreement.pk).update(state=AgreementState.SIGNED)
        faults = check_signed(Agreement.objects.get(pk=agreement.pk)).faults
        assert [(fault.what, fault.name) for fault in faults] == [(Wrong.MISSING, "Una Chief")]


class TestNaming:
    def test_it_cannot_be_sent_for_signing_before_somebody_is_named_and_says_so(self, db, sign_in):
        with pair_with(named=False) as pair:
            with pytest.raises(NotNamed, match="supervisor"):
                write(pair)
            client = sign_in(pair.mentee)
            assert "not named yet" in client.get(f"{pair.place}agreement/").content.decode()
            page = client.get(f"{pair.place}agreement/signers/").content.decode()
            assert "The mentee&#x27;s supervisor" in page
            sent = {"supervisor-name": "Una Chief", "supervisor-email": "una@chief.example"}
            assert client.post(f"{pair.place}agreement/signers/supervisor/", sent).status_code == 302
            assert OutsideSigner.objects.get().name == "Una Chief"
            assert asked() == 0, "nobody is asked before there is a text"

    def test_sending_without_a_name_keeps_what_was_written_and_says_what_is_missing(self, db, sign_in):
        with pair_with(named=False) as pair:
            draft = open_agreement(pairing=pair.pairing, actor=pair.mentee).response
            Response.objects.filter(pk=draft.pk).update(texts=answers_of(draft) | WORDS)
            here = f"{pair.place}agreement/write/review/"
            answer = sign_in(pair.mentee).post(here, {"revision": draft.revision}, follow=True)
            assert "Say first who signs besides you: the mentee&#x27;s supervisor" in answer.content.decode()
            assert Agreement.objects.get().state == AgreementState.DRAFT
            assert answers_of(Response.objects.get(pk=draft.pk))["goal_statements"] == WORDS["goal_statements"]

    def test_the_pair_or_a_coordinator_names_as_the_handbook_says(self, db, sign_in):
        with pair_with(named=False, named_by=["mentee", "coordinator"]) as pair:
            with pytest.raises(NotNamed):
                name(pair, actor=pair.mentor)
            name(pair, actor=pair.coordinator)
            page = sign_in(pair.coordinator).get(f"{pair.place}agreement/signers/")
            assert page.status_code == 200
            assert 'name="supervisor-email"' in page.content.decode()
            assert (
                'name="supervisor-email"'
                not in sign_in(pair.mentor).get(f"{pair.place}agreement/signers/").content.decode()
            )

    def test_whoever_may_not_name_them_reads_who_does(self, db, sign_in):
        with pair_with(named=False, named_by=["mentee", "coordinator"]) as pair:
            says = "The mentee or the coordinator says who it is."
            pages = {
                user: sign_in(user).get(f"{pair.place}agreement/signers/").content.decode()
                for user in (pair.mentor, pair.mentee)
            }
            assert says in pages[pair.mentor]
            assert says not in pages[pair.mentee]
            assert "Keep it" in pages[pair.mentee]

    def test_one_of_the_pair_is_nobody_from_outside(self, db):
        with pair_with(named=False) as pair, pytest.raises(NotNamed):
            name(pair, email=pair.mentor.email.upper())

    def test_while_it_waits_the_address_can_be_put_right_and_the_name_cannot(self, db):
        with pair_with() as pair:
            write(pair)
            first = token()
            with pytest.raises(NotNamed):
                name(pair, who="Somebody Else")
            with clock.at(PAIRED + DAY):
                name(pair, email="una.chief@chief.example")
                assert why(first) is Unusable.REVOKED
                assert usable_signing_link(token())

    def test_who_is_taken_out_of_the_handbook_is_asked_again_while_a_text_waits_for_them(self, db, sign_in):
        with pair_with() as pair:
            agreement = write(pair)
            handbook_without_anybody_outside(pair)
            page = f"{pair.place}agreement/signers/"
            for user in (pair.mentee, pair.coordinator):
                shown = sign_in(user).get(page).content.decode()
                assert "Una Chief" in shown
                assert ("Send a new link" in shown) is (user == pair.mentee), "whoever named her asks her again"
            assert agreement_page_for(pair.mentee, pair.pairing.pk).besides.waiting == "Una Chief"
            assert page in sign_in(pair.coordinator).get(f"{pair.place}").content.decode()
            first = token()
            said = {"supervisor-name": "Una Chief", "supervisor-email": "una.chief@chief.example"}
            with clock.at(PAIRED + DAY):
                assert sign_in(pair.mentee).post(f"{page}supervisor/", said).status_code == 302
                assert why(first) is Unusable.REVOKED
                for user in (pair.mentor, pair.mentee):
                    sign(pair, agreement, user)
                sign_outside(agreement)
            assert state(agreement) == AgreementState.SIGNED
            assert sign_in(pair.mentee).get(page).status_code == 404, "nobody outside signs the next version"

    def test_a_link_of_theirs_can_be_taken_back_by_whoever_named_them(self, db):
        with pair_with() as pair:
            write(pair)
            handbook_without_anybody_outside(pair)
            signer = _signer(pair)
            with pytest.raises(NotNamed):
                take_link_back(signer=signer, actor=pair.mentor)
            take_link_back(signer=signer, actor=pair.mentee)
            assert why(token()) is Unusable.REVOKED

    def test_who_is_new_in_the_handbook_is_not_asked_for_under_a_text_that_waits_without_them(self, db, sign_in):
        with pair_with() as pair:
            write(pair)
            change_handbook(pair, [SUPERVISOR, SUPERVISOR | {"key": "guardian", "label": "a guardian"}])
            shown = sign_in(pair.mentee).get(f"{pair.place}agreement/signers/").content.decode()
            assert "A guardian" not in shown
            assert agreement_page_for(pair.mentee, pair.pairing.pk).besides.missing == ()

    def test_other_handbooks_have_no_such_page(self, pair, sign_in):
        assert sign_in(pair.mentee).get(f"{pair.place}agreement/signers/").status_code == 404
        assert not agreement_page_for(pair.mentee, pair.pairing.pk).besides


class TestThePage:
    def test_it_shows_exactly_the_text_and_nothing_else_of_the_pair(self, db):
        with pair_with() as pair:
            agreement = write(pair)
            page = Client().get(pair.url(f"sign/{token()}/"))
            words = page.content.decode()
            assert "Lead a review alone by May" in words
            assert "You leave room for it." in words
            assert page.headers["Cache-Control"].count("no-store")
            assert f"pairs/{pair.pairing.pk}" not in words
            assert pair.mentee.email not in words
            assert state(agreement) == AgreementState.OFFERED, "looking changes nothing"

    def test_signing_there_and_a_second_time(self, db):
        with pair_with() as pair:
            agreement = write(pair)
            client, here = Client(), pair.url(f"sign/{token()}/")
            sent = {"content_sha256": agreement.content_sha256}
            assert client.post(here, sent).status_code == 422
            assert not SigningEvent.objects.filter(action="signed").exists()
            assert "Thank you" in client.post(here, sent | {"typed_name": "Una Chief"}).content.decode()
            again = client.get(here)
            assert again.status_code == 410
            assert "This was answered already" in again.content.decode()
            assert SigningEvent.objects.filter(action="signed").count() == 1

    def test_declining_kindly_with_a_word_that_the_pair_alone_reads(self, db, sign_in):
        with pair_with() as pair:
            agreement = write(pair)
            answer = Client().post(pair.url(f"sign/{token()}/"), {"do": "decline", "word": "CANARY not this month"})
            assert "Nothing was signed" in answer.content.decode()
            assert state(agreement) == AgreementState.OFFERED
            assert "CANARY" in sign_in(pair.mentee).get(f"{pair.place}agreement/").content.decode()
            page = sign_in(pair.coordinator).get(f"{pair.place}agreement/signers/").content.decode()
            assert "Does not sign this version" in page
            assert "CANARY" not in page
            assert "CANARY" not in str([mail.context for mail in Message.objects.all()])

    def test_whoever_is_one_of_the_pair_cannot_use_it(self, db, sign_in):
        with pair_with() as pair:
            write(pair)
            page = sign_in(pair.mentor).get(pair.url(f"sign/{token()}/"))
            assert page.status_code == 403
            assert "This link is for somebody else" in page.content.decode()

    def test_another_text_than_the_one_shown_is_not_signed(self, db):
        with pair_with() as pair:
            write(pair)
            with pytest.raises(NotSigned):
                sign_from_outside(token=token(), typed_name="Una Chief", content_sha256="0" * 64)


class TestLinks:
    def test_a_link_ends_with_its_days_with_taking_back_and_with_the_version(self, db):
        with pair_with(days=10) as pair:
            agreement = write(pair)
            first = token()
            with clock.at(PAIRED + 10 * DAY):
                assert why(first) is Unusable.EXPIRED
                assert Client().get(pair.url(f"sign/{first}/")).status_code == 410
            take_link_back(signer=_signer(pair), actor=pair.mentee)
            assert why(first) is Unusable.REVOKED
            with clock.at(PAIRED + DAY):
                name(pair)
                second = token()
                assert usable_signing_link(second)
                take_back(agreement=agreement, actor=pair.mentee)
                assert why(second) is Unusable.REVOKED

    def test_what_was_never_given_leads_nowhere(self, db):
        with pair_with() as pair:
            for strange in ("nothing", new_token("pairs.signing.outside"), new_token("another purpose")):
                assert why(strange) is Unusable.UNKNOWN
                assert Client().get(pair.url(f"sign/{strange}/")).status_code == 404

    def test_one_reminder_with_a_link_of_its_own_beside_the_first(self, db):
        with pair_with(remind_after=5) as pair:
            write(pair)
            first = token()
            due = _signer(pair).remind_at
            assert outside_signing_due(PAIRED) == due
            with clock.at(due):
                assert outside_signing_due(due) is None
                assert outside_signing_due(due) is None
                assert asked() == 2
                assert usable_signing_link(first)
                assert usable_signing_link(token())

    def test_whoever_has_answered_is_not_reminded(self, db):
        with pair_with() as pair:
            write(pair)
            decline_from_outside(token=token(), word="")
            assert outside_signing_due(PAIRED + 30 * DAY) is None
            assert asked() == 1

    def test_a_changed_version_asks_everybody_again(self, db):
        with pair_with() as pair:
            agreement = write(pair)
            for user in (pair.mentor, pair.mentee):
                sign(pair, agreement, user)
            sign_outside(agreement)
            agreement.refresh_from_db()
            draft = revise_agreement(agreement=agreement, actor=pair.mentee)
            assert _signer(pair).state == OutsideState.NAMED
            with clock.at(PAIRED + DAY):
                later = write(pair, "Lead two reviews")
                assert later.pk == draft.pk
                assert asked() == 2
                for user in (pair.mentor, pair.mentee):
                    sign(pair, later, user)
                assert (state(agreement), state(later)) == (AgreementState.SIGNED, AgreementState.OFFERED)
                sign_outside(later)
                assert (state(agreement), state(later)) == (AgreementState.SUPERSEDED, AgreementState.SIGNED)


class TestInForce:
    def test_whoever_signed_from_outside_hears_it_once_all_have_and_not_before(self, db):
        with pair_with(in_turn=True, first=True) as pair:
            agreement = write(pair)
            sign_outside(agreement)
            sign(pair, agreement, pair.mentor)
            assert not heard_it_is_in_force()
            sign(pair, agreement, pair.mentee)
            (mail,) = heard_it_is_in_force()
            assert mail.context["title"] == agreement.content["title"]
            assert "action_url" not in mail.context, "nothing leads back to what the two write"

    def test_the_last_to_sign_hears_it_too(self, db):
        with pair_with() as pair:
            agreement = write(pair)
            for user in (pair.mentor, pair.mentee):
                sign(pair, agreement, user)
            sign_outside(agreement)
            assert len(heard_it_is_in_force()) == 1


def heard_it_is_in_force() -> list[Message]:
    """What went to those who signed from outside once all had signed."""
    return list(Message.objects.filter(kind="pairs.outside_in_force"))


class TestInTurn:
    def test_after_the_two(self, db):
        with pair_with(in_turn=True) as pair:
            agreement = write(pair)
            assert not agreement_page_for(pair.mentee, pair.pairing.pk).may_sign
            with pytest.raises(NotSigned):
                sign(pair, agreement, pair.mentee)
            sign(pair, agreement, pair.mentor)
            assert asked() == 0
            sign(pair, agreement, pair.mentee)
            assert asked() == 1
            sign_outside(agreement)
            assert state(agreement) == AgreementState.SIGNED

    def test_or_before_them(self, db):
        with pair_with(in_turn=True, first=True) as pair:
            agreement = write(pair)
            assert asked() == 1
            with pytest.raises(NotSigned):
                sign(pair, agreement, pair.mentor)
            sign_outside(agreement)
            assert agreement_page_for(pair.mentor, pair.pairing.pk).may_sign
            sign(pair, agreement, pair.mentor)
            sign(pair, agreement, pair.mentee)
            assert state(agreement) == AgreementState.SIGNED
            assert agreement.content["parties"][0]["side"] == "supervisor"


@pytest.mark.parametrize("first", [True, False])
def test_nobody_is_asked_to_sign_before_it_is_their_turn(db, first):
    with pair_with(in_turn=True, first=first) as pair:
        write(pair)
        told = render_message(Message.objects.get(kind="pairs.agreement_offered", recipient=pair.mentor))
        assert ("asks you to sign" in told.subject) is not first
        assert ("we write to you when it is your turn" in " ".join(told.text.split())) is first


def test_a_draft_names_them_before_it_is_sent(db):
    with pair_with() as pair:
        open_agreement(pairing=pair.pairing, actor=pair.mentee)
        assert [row.name for row in agreement_page_for(pair.mentee, pair.pairing.pk).besides.named] == ["Una Chief"]


def _signer(pair) -> OutsideSigner:
    found = OutsideSigner.objects.get(pairing=pair.pairing)
    found.pairing = pair.pairing
    return found
