"""Somebody without an account signs a sheet by a link: narrow, once, for as long as it runs, and nobody else in their place."""

import datetime as dt

import pytest
from django.test import Client

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.ending import dissolve_pairing
from pairs.domain.output_owner import owner_of
from pairs.domain.outside_asking import NotNamed, name_outside_signer, outside_signing_due, take_link_back
from pairs.domain.outside_signing import sign_from_outside, usable_signing_link
from pairs.domain.queries import get_output_for
from pairs.domain.signed_sheets.signing import void_signatures
from pairs.domain.signing_record import NotSigned
from pairs.enums import OutsideState
from pairs.models import OutsideSigner, SignedSheet, SigningEvent
from programmes.domain.outside import LinkUnusable, Unusable, new_token
from templates_app.domain.responses import reopen_response
from tests.at_once import at_once
from tests.pairs.conftest import PAIRED
from tests.pairs.signed_sheets import (
    SUPERVISOR,
    begun,
    letters,
    name,
    pair_with_sheet,
    send,
    sent,
    sign,
    token,
    waiting,
)

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db
GUARDIAN = {"key": "guardian", "label": "a guardian", "named_by": ["mentee"], "ours": True}


def why(link: str) -> Unusable:
    with pytest.raises(LinkUnusable) as caught:
        usable_signing_link(link)
    return caught.value.reason


def take_up(pair, text) -> None:
    found, reader = get_output_for(pair.mentee, text.output_id)
    owner = owner_of(found, reader)
    reopen_response(response=owner.response, actor=pair.mentee, then=owner.on_reopened)


class TestThePage:
    def test_it_shows_the_frozen_sheet_who_reads_it_and_nothing_else_of_the_pair(self):
        with pair_with_sheet() as pair:
            text = sent(pair)
            page = Client().get(pair.url(f"sign/{token()}/"))
            words = page.content.decode()
            for said in ("Lead a survey", "It takes working hours.", "Written by ʻAna Tupou.", "may read it too"):
                assert said in words
            for kept in ("CANARY", pair.mentee.email, str(pair.pairing.pk), str(text.output_id)):
                assert kept not in words
            assert "no signature stands for it" in words
            assert page.headers["Cache-Control"].count("no-store")

    def test_signing_there_works_once(self):
        with pair_with_sheet() as pair:
            text = sent(pair)
            client, here = Client(), pair.url(f"sign/{token()}/")
            assert client.post(here, {"content_sha256": text.content_sha256}).status_code == 422
            given = {"content_sha256": text.content_sha256, "typed_name": "Una Chief"}
            done = client.post(here, given).content.decode()
            assert "Thank you" in done
            assert text.content_sha256[:4] in done
            assert client.post(here, given).status_code == 410
            assert client.get(here).status_code == 410
            assert SigningEvent.objects.filter(action="signed").count() == 1
            with pytest.raises(LinkUnusable):
                sign_from_outside(token=token(), typed_name="Una Chief", content_sha256=text.content_sha256)

    def test_declining_with_a_reason_that_the_pair_reads_and_no_coordinator(self, sign_in):
        with pair_with_sheet() as pair:
            text = sent(pair)
            answer = Client().post(pair.url(f"sign/{token()}/"), {"do": "decline", "word": "REASON too busy"})
            assert "Nothing was signed" in answer.content.decode()
            assert waiting(pair, text.output).state == "offered"
            page = sign_in(pair.mentee).get(pair.url(f"outputs/{text.output_id}/read/")).content.decode()
            assert "REASON" in page
            assert "does not sign" in page
            assert "REASON" not in sign_in(pair.coordinator).get(pair.place).content.decode()
            assert "REASON" not in str([mail.context for mail in Message.objects.all()])
            assert [mail.recipient for mail in letters("outside_answered")] == [pair.mentee]

    def test_another_text_than_the_one_shown_is_not_signed(self):
        with pair_with_sheet() as pair:
            sent(pair)
            with pytest.raises(NotSigned):
                sign_from_outside(token=token(), typed_name="Una Chief", content_sha256="0" * 64)


class TestLinks:
    def test_the_people_of_the_pair_cannot_use_it(self, sign_in):
        with pair_with_sheet() as pair:
            sent(pair)
            for user in (pair.mentor, pair.mentee):
                answer = sign_in(user).get(pair.url(f"sign/{token()}/"))
                assert answer.status_code == 403
                assert "This link is for somebody else" in answer.content.decode()

    def test_nor_a_coordinator_where_one_of_those_signs_too(self, sign_in):
        with pair_with_sheet(signing={"signers": ["coordinator"]}, readers={"preset": "coordinator"}) as pair:
            sent(pair)
            assert sign_in(pair.coordinator).get(pair.url(f"sign/{token()}/")).status_code == 403

    def test_guessed_and_of_another_purpose_or_organisation_it_leads_nowhere(self):
        with pair_with_sheet() as pair:
            sent(pair)
            link = token()
            for strange in ("nothing", f"{link}x", new_token("pairs.signing.outside"), new_token("another purpose")):
                assert why(strange) is Unusable.UNKNOWN
                assert Client().get(pair.url(f"sign/{strange}/")).status_code == 404
        with pair_with_sheet(slug="coast") as other:
            assert Client().get(other.url(f"sign/{link}/")).status_code == 404
            with tenant_scope(other.organisation):
                assert why(link) is Unusable.UNKNOWN

    def test_it_runs_out_and_is_taken_back(self):
        with pair_with_sheet(signing={"outside": [SUPERVISOR | {"days": 10}]}) as pair:
            sent(pair)
            first = token()
            with clock.at(PAIRED + 10 * DAY):
                assert why(first) is Unusable.EXPIRED
                assert Client().get(pair.url(f"sign/{first}/")).status_code == 410
            take_link_back(signer=OutsideSigner.objects.get(), actor=pair.mentee)
            assert why(first) is Unusable.REVOKED

    def test_it_ends_when_the_sheet_is_taken_up_and_what_is_sent_then_brings_a_new_one(self):
        with pair_with_sheet() as pair:
            text = sent(pair)
            first = token()
            with clock.at(PAIRED + DAY):
                take_up(pair, text)
                assert why(first) is Unusable.REVOKED
                with pytest.raises(LinkUnusable):
                    sign_from_outside(token=first, typed_name="Una Chief", content_sha256=text.content_sha256)
                again = send(pair, text.output, {"aim": "Another aim"})
                assert why(first) is Unusable.REVOKED
                assert "Another aim" in Client().get(pair.url(f"sign/{token()}/")).content.decode()
                assert (again.number, SignedSheet.objects.get(number=1).state) == (2, "superseded")

    def test_it_ends_with_the_pair(self):
        with pair_with_sheet() as pair:
            text = sent(pair)
            dissolve_pairing(pairing=pair.pairing, actor=pair.coordinator)
            assert why(token()) is Unusable.REVOKED
            given = {"content_sha256": text.content_sha256, "typed_name": "Una Chief"}
            assert Client().post(pair.url(f"sign/{token()}/"), given).status_code == 410
            assert not SigningEvent.objects.filter(action="signed").exists()

    def test_one_reminder_with_a_link_of_its_own_and_none_after_an_answer(self):
        with pair_with_sheet(signing={"outside": [SUPERVISOR | {"remind_after": 5}]}) as pair:
            sent(pair)
            due = OutsideSigner.objects.get().remind_at
            with clock.at(due):
                assert outside_signing_due(due) is None
                assert outside_signing_due(due) is None
            asked = letters("outside_asked")
            assert [mail.context["again"] for mail in asked] == [False, True]
            assert asked[0].context["action_url"] != asked[1].context["action_url"]


class TestNaming:
    def test_an_address_of_the_pair_or_of_a_coordinator_who_signs_is_nobody_outside(self):
        signing = {"signers": ["mentee", "coordinator"]}
        with pair_with_sheet(signing=signing, readers={"preset": "coordinator"}) as pair:
            output = begun(pair)
            for user in (pair.mentor, pair.mentee, pair.coordinator):
                with pytest.raises(NotNamed, match="one of you"):
                    name(pair, output, email=user.email.upper())

    def test_two_outside_signers_are_two_people(self):
        with pair_with_sheet(signing={"outside": [SUPERVISOR, GUARDIAN]}) as pair:
            output = begun(pair)
            name(pair, output)
            with pytest.raises(NotNamed, match="named already"):
                name(pair, output, who="Una again", key="guardian")

    def test_each_sheet_has_its_own_and_whoever_may_not_name_does_not(self, sign_in):
        with pair_with_sheet(signing={"outside": [SUPERVISOR | {"named_by": ["mentee"]}]}) as pair:
            first = sent(pair)
            second = begun(pair)
            assert OutsideSigner.objects.filter(output=second).count() == 0
            with pytest.raises(NotNamed):
                name_outside_signer(
                    pairing=pair.pairing, output=second, key="supervisor", name="X", email="x@y.example",
                    actor=pair.mentor,
                )  # fmt: skip
            here = pair.url(f"outputs/{second.pk}/signers/")
            page = sign_in(pair.mentee).get(here).content.decode()
            assert "Una Chief" in page, "whom she named before is put in, and nothing is sent"
            assert sign_in(pair.mentor).get(here).status_code == 404, "a sheet that is not sent is not his to know"
            assert sign_in(pair.coordinator).get(here).status_code == 404
            given = {"supervisor-name": "Ben", "supervisor-email": "ben@chief.example"}
            assert sign_in(pair.mentee).post(f"{here}supervisor/", given).status_code == 302
            assert OutsideSigner.objects.get(output=second).state == OutsideState.NAMED
            assert OutsideSigner.objects.get(output=first.output).name == "Una Chief"
            assert sign_in(pair.mentee).post(f"{here}stranger/", given).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_sign_at_once_and_both_count_once_in_one_chain(self):
        with pair_with_sheet(signing={"outside": []}) as pair:
            text = send(pair, begun(pair))
        faults = at_once(
            pair.organisation,
            [lambda user=user: sign(SignedSheet.objects.select_related("output").get(pk=text.pk), user)
             for user in (pair.mentor, pair.mentee, pair.mentee)],
        )  # fmt: skip
        assert faults == [None, None, None]
        with tenant_scope(pair.organisation):
            assert SignedSheet.objects.get().state == "signed"
            assert list(SigningEvent.objects.values_list("position", flat=True).order_by("position")) == [1, 2, 3]

    def test_signed_while_it_is_taken_up_it_is_either_before_or_not_at_all(self):
        with pair_with_sheet(signing={"outside": []}) as pair:
            text = send(pair, begun(pair))
        fresh = lambda: SignedSheet.objects.select_related("output__pairing").get(pk=text.pk)  # noqa: E731
        at_once(
            pair.organisation,
            [lambda: sign(fresh(), pair.mentor), lambda: void_signatures(output=fresh().output, actor=pair.mentee)],
        )
        with tenant_scope(pair.organisation):
            assert SignedSheet.objects.get().state == "superseded"
            actions = list(SigningEvent.objects.order_by("position").values_list("action", flat=True))
            assert actions in (["offered", "superseded"], ["offered", "signed", "superseded"])
