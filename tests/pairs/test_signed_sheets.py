"""A worksheet that is signed once it is sent: frozen words, everybody under the same ones, a change begins anew."""

import datetime as dt

import pytest
from pydantic import ValidationError

from mentoring import clock
from mentoring.tenancy.models import Membership
from pairs.domain.agreement_states import WrongState
from pairs.domain.checking import Wrong, check_signed
from pairs.domain.ending import dissolve_pairing
from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.outside_signing import sign_from_outside
from pairs.domain.people import NotAMember
from pairs.domain.queries import get_output_for
from pairs.domain.reading import reader_of
from pairs.domain.records import delete_sheets
from pairs.domain.signed_sheets.queries import signatures_of, waiting_sheets
from pairs.domain.signed_sheets.signing import sheet_signing_due, sign_sheet
from pairs.domain.signing_record import NotSigned, events_of
from pairs.models import Output, OutsideSigner, SignedSheet, SigningEvent
from programmes.models import Assignment
from templates_app.domain.responses import HeldBack, reopen_response
from templates_app.domain.worksheet_documents import NotSignedByAll, request_worksheet_pdf, worksheet_html
from templates_app.shapes import Worksheet
from tests.pairs.conftest import PAIRED
from tests.pairs.signed_sheets import (
    STATEMENT,
    begun,
    definition,
    letters,
    pair_with_sheet,
    send,
    sent,
    sign,
    token,
    waiting,
)  # fmt: skip

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


def outside(text, link=None):
    return sign_from_outside(token=link or token(), typed_name="Una Chief", content_sha256=text.content_sha256)


def owner(pair, text, user):
    found, reader = get_output_for(user, text.output_id)
    return owner_of(found, reader)


def reopen(pair, text):
    mine = owner(pair, text, pair.mentee)
    reopen_response(response=mine.response, actor=pair.mentee, then=mine.on_reopened)


class TestSigning:
    def test_it_counts_only_when_all_have_signed_and_page_and_paper_tell_who_when_as_what(self, sign_in):
        with pair_with_sheet() as pair:
            text = sent(pair)
            for user in (pair.mentor, pair.mentee):
                sign(text, user)
            assert waiting(pair, text.output).state == "offered"
            with pytest.raises(NotSignedByAll):
                request_worksheet_pdf(owner=owner(pair, text, pair.mentee), actor=pair.mentee)
            outside(text)
            text = waiting(pair, text.output)
            assert (text.state, text.signed_at) == ("signed", PAIRED)
            assert check_signed(text).is_sound
            page = sign_in(pair.mentor).get(pair.url(f"outputs/{text.output_id}/read/")).content.decode()
            paper = worksheet_html(owner(pair, text, pair.mentor))
            for words in (
                "Una Chief",
                "the mentee&#x27;s supervisor",
                "signed by a link",
                text.content_sha256[:4],
                STATEMENT,
                "2026-11-02 20:00 UTC",
            ):
                assert words in page
                assert words in paper
            assert request_worksheet_pdf(owner=owner(pair, text, pair.mentee), actor=pair.mentee)
            assert {mail.recipient for mail in letters("sheet_signed")} == {pair.mentor, pair.mentee}
            assert letters("outside_in_force")[0].context["is_sheet"] is True

    def test_everybody_signs_the_same_words_and_what_is_not_for_all_is_no_part_of_them(self, sign_in):
        with pair_with_sheet() as pair:
            text = sent(pair)
            assert "CANARY" not in str(text.content)
            assert text.content["left_out"] == 1
            page = sign_in(pair.mentor).get(pair.url(f"outputs/{text.output_id}/sign/")).content.decode()
            assert "Lead a survey" in page
            assert STATEMENT in page
            assert "CANARY" not in page
            assert "One question of the sheet is not for everybody who signs" in page
            own = sign_in(pair.mentee).get(pair.url(f"outputs/{text.output_id}/read/")).content.decode()
            assert "CANARY" in own, "its writer reads what she wrote"
            assert "no signature stands for it" in own

    def test_frozen_words_do_not_hang_on_names_and_figures_stay_figures(self, sign_in):
        with pair_with_sheet() as pair:
            text = sent(pair)
            pair.mentor.given_name = "Renamed"
            pair.mentor.save()
            page = sign_in(pair.mentee).get(pair.url(f"outputs/{text.output_id}/signed/1/")).content.decode()
            assert "Helen Whitcombe" in page
            assert "2.5" in page
            assert "Renamed" not in page.split("<main")[1]

    def test_nobody_signs_another_text_than_they_saw_nor_twice_nor_for_another(self):
        with pair_with_sheet() as pair:
            text = sent(pair)
            with pytest.raises(NotSigned):
                sign_sheet(text=text, actor=pair.mentor, typed_name="Helen W", content_sha256="0" * 64, method="code")
            sign(text, pair.mentor)
            sign(text, pair.mentor)
            assert SigningEvent.objects.filter(action="signed").count() == 1
            with pytest.raises(NotAMember):
                sign(text, pair.coordinator)

    def test_it_is_held_back_until_somebody_is_named(self, sign_in):
        with pair_with_sheet() as pair:
            output = begun(pair)
            with pytest.raises(HeldBack, match="supervisor"):
                send(pair, output)
            assert not SignedSheet.objects.exists()
            here = pair.url(f"outputs/{output.pk}/")
            page = sign_in(pair.mentee).get(here).content.decode()
            assert f"{here}signers/" in page
            assert "supervisor reads it by a link, to sign it" in page, "told before anything is typed"

    def test_in_turn_nobody_signs_before_those_before_them(self):
        with pair_with_sheet(signing={"in_turn": True}) as pair:
            text = sent(pair)
            assert not letters("outside_asked")
            with pytest.raises(NotSigned, match="before you"):
                sign(text, pair.mentor)
            sign(text, pair.mentee)
            assert [mail.recipient for mail in letters("sheet_waits")] == [pair.mentor]
            sign(text, pair.mentor)
            outside(text)
            assert waiting(pair, text.output).state == "signed"

    def test_one_of_those_who_coordinate_signs_as_such(self, sign_in):
        signing = {"signers": ["mentee", "coordinator"], "outside": []}
        with pair_with_sheet(signing=signing, readers={"preset": "coordinator"}) as pair:
            text = send(pair, begun(pair))
            assert pair.coordinator in {mail.recipient for mail in letters("sheet_waits")}
            sign(text, pair.mentee)
            here = pair.url(f"outputs/{text.output_id}/sign/")
            given = {"content_sha256": text.content_sha256, "typed_name": "Sina Coordinator"}
            assert sign_in(pair.coordinator).post(here, given).status_code == 302
            text = waiting(pair, text.output)
            assert text.state == "signed"
            assert check_signed(text).is_sound
            event = SigningEvent.objects.get(side="coordinator")
            assert (event.shown_name, event.member, event.coordinator) == ("Sina Coordinator", None, pair.coordinator)
            assert sign_in(pair.mentor).get(here).status_code == 302, "the mentor is asked for nothing"

    def test_it_is_told_before_it_is_sent_where_nobody_else_coordinates(self):
        signing = {"signers": ["mentee", "coordinator"], "outside": []}
        with pair_with_sheet(signing=signing, readers={"preset": "coordinator"}) as pair:
            output = begun(pair)
            assignment = Assignment.objects.get(membership__user=pair.coordinator)
            assignment.membership = Membership.objects.get(user=pair.mentor)
            assignment.save()
            with pytest.raises(HeldBack, match="make somebody else coordinator"):
                send(pair, output)
            assert not SignedSheet.objects.exists()

    def test_who_follows_the_pair_is_told_that_somebody_else_has_to_coordinate(self, sign_in):
        signing = {"signers": ["mentee", "coordinator"], "outside": []}
        with pair_with_sheet(signing=signing, readers={"preset": "coordinator"}) as pair:
            send(pair, begun(pair))
            Membership.objects.filter(user=pair.coordinator).update(is_admin=True)
            assert "make somebody coordinator" not in sign_in(pair.coordinator).get(pair.place).content.decode()
            Assignment.objects.update(membership=Membership.objects.get(user=pair.mentor))
            told = "an administrator has to make somebody coordinator who is not one of the pair"
            assert told in sign_in(pair.coordinator).get(pair.place).content.decode()
            assert told in sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()


class TestChanges:
    def test_taking_it_up_again_voids_the_signatures_and_asks_anew_and_old_ones_stay_readable(self, sign_in):
        with pair_with_sheet() as pair:
            text = sent(pair)
            sign(text, pair.mentor)
            outside(text)
            with clock.at(PAIRED + DAY):
                reopen(pair, text)
                assert [mail.recipient for mail in letters("sheet_voided")] == [pair.mentor]
                old = pair.url(f"outputs/{text.output_id}/signed/1/")
                page = sign_in(pair.mentor).get(old).content.decode()
                assert "counts no more" in page
                assert "Lead a survey" in page
                with pytest.raises(WrongState):
                    sign(text, pair.mentee)
                again = send(pair, text.output, {"aim": "Lead two surveys"})
                assert again.number == 2
                assert letters("outside_asked")[-1].context["changed"] is True
                for user in (pair.mentor, pair.mentee):
                    sign(again, user)
                outside(again)
                assert waiting(pair, text.output).state == "signed"
                assert "Lead two surveys" not in sign_in(pair.mentor).get(old).content.decode()
                assert all(check_signed(one).is_sound for one in SignedSheet.objects.all())

    def test_whoever_writes_into_the_record_is_found_out(self):
        with pair_with_sheet(signing={"outside": []}) as pair:
            text = send(pair, begun(pair))
            sign(text, pair.mentee)
            SignedSheet.objects.filter(pk=text.pk).update(state="signed")
            assert [one.what for one in check_signed(waiting(pair, text.output)).faults] == [Wrong.MISSING]
            SignedSheet.objects.filter(pk=text.pk).update(content=text.content | {"statement": "Anything."})
            found = {one.what for one in check_signed(waiting(pair, text.output)).faults}
            assert {Wrong.TEXT, Wrong.OTHER_TEXT} <= found
            SigningEvent.objects.filter(action="signed").update(method="passkey")
            assert Wrong.ENTRY in {one.what for one in check_signed(waiting(pair, text.output)).faults}

    def test_after_the_pair_has_ended_nobody_signs_and_nobody_is_reminded(self, sign_in):
        with pair_with_sheet() as pair:
            text = sent(pair)
            dissolve_pairing(pairing=pair.pairing, actor=pair.coordinator)
            before = len(letters("sheet_waits"))
            with pytest.raises((WrongState, NotAMember)):
                sign(text, pair.mentor)
            with clock.at(PAIRED + 8 * DAY):
                sheet_signing_due(PAIRED + 8 * DAY)
            assert len(letters("sheet_waits")) == before
            assert sign_in(pair.mentor).get(pair.url(f"outputs/{text.output_id}/sign/")).status_code == 302
            assert not owner(pair, text, pair.mentee).signatures.is_open, "it can be printed as it stands"


class TestWaiting:
    def test_the_pair_and_the_coordinator_see_what_is_waited_for_the_latter_without_outside_names(self, sign_in):
        with pair_with_sheet() as pair:
            text = sent(pair)
            sign(text, pair.mentee)
            home = sign_in(pair.mentor).get(pair.url("mentoring/")).content.decode()
            assert "Waits for signatures" in home
            assert f"outputs/{text.output_id}/sign/" in home
            assert "Una Chief" in home
            followed = sign_in(pair.coordinator).get(pair.place).content.decode()
            assert "Waits for signatures" in followed
            assert "The mentee&#x27;s supervisor" in followed
            assert "Una Chief" not in followed
            assert f"outputs/{text.output_id}/sign/" not in followed
            assert sign_in(pair.coordinator).get(pair.url(f"outputs/{text.output_id}/signed/1/")).status_code == 404

    def test_one_reminder_for_each_and_never_a_second(self):
        with pair_with_sheet(signing={"outside": [], "remind_after": 3}) as pair:
            text = send(pair, begun(pair))
            sign(text, pair.mentee)
            due = SignedSheet.objects.get().remind_at
            assert sheet_signing_due(due - DAY) == due
            with clock.at(due):
                assert sheet_signing_due(due) is None
                assert sheet_signing_due(due) is None
            reminded = [mail.recipient for mail in letters("sheet_waits") if mail.context["again"]]
            assert reminded == [pair.mentor]

    def test_sheets_that_nobody_signs_cost_no_query(self, pair, django_assert_num_queries):
        reader = reader_of(pair.mentee, pair.pairing)
        assert reader.worksheets
        with django_assert_num_queries(0):
            assert waiting_sheets(reader) == []
        own, reader = get_output_for(
            pair.mentee, next(row for row in reader.outputs if row.worksheet == "prep" and reader.owes(row)).pk
        )
        begin_response(output=own, actor=pair.mentee, people=reader.people)
        with django_assert_num_queries(0):
            assert signatures_of(own, reader) is None


class TestShapes:
    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"signing": {"signers": [], "outside": []}}, "names nobody"),
            ({"signing": {}, "readers": {"preset": "private"}}, "keep it from a side that signs"),
            ({"signing": {"signers": ["mentee", "coordinator"]}}, "the coordinator always reads"),
            ({"signing": {}, "filled_by": "coordinator", "readers": {"preset": "members"}}, "that a pair writes"),
        ],
    )
    def test_a_sheet_that_could_not_be_signed_is_refused_in_words(self, values, says):
        with pytest.raises(ValidationError, match=says):
            definition(**values)

    def test_a_question_of_kind_signature_and_a_file_are_no_part_of_it(self):
        fields = [{"key": "paper", "kind": "file", "label": "Paper"}]
        with pytest.raises(ValidationError, match="its text alone is frozen"):
            definition(signing={}, sections=[{"key": "all", "fields": fields}])

    def test_keys_are_told_apart(self):
        bad = {"key": "mentor", "label": "Somebody", "ours": True}
        with pytest.raises(ValidationError, match="a key of their own"):
            Worksheet.model_validate(definition(signing={}) | {"signing": {"statement": "x", "outside": [bad]}})


def test_two_records_have_nothing_to_do_with_each_other():
    """The chain of a sheet begins by itself; events name one text."""
    with pair_with_sheet(signing={"outside": []}) as pair:
        first, second = send(pair, begun(pair)), send(pair, begun(pair))
        sign(second, pair.mentee)
        assert [event.position for event in events_of(first)] == [1]
        assert [event.position for event in events_of(second)] == [1, 2]
        assert events_of(second)[0].previous_sha256 == ""


@pytest.mark.covers("sssc.must.71")
def test_a_sheet_that_is_deleted_leaves_no_frozen_words_and_no_signature():
    with pair_with_sheet() as pair:
        text = sent(pair)
        for user in (pair.mentor, pair.mentee):
            sign(text, user)
        outside(text)
        agreed = SigningEvent.objects.filter(agreement__isnull=False).count()
        assert delete_sheets([text.output_id]) == 0, "a running pair works with it"
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
        assert delete_sheets([text.output_id]) == 1
        assert Output.objects.get(pk=text.output_id).erased_at is not None
        assert not SignedSheet.objects.exists()
        assert not OutsideSigner.objects.filter(output=text.output_id).exists()
        assert SigningEvent.objects.count() == agreed
