"""Endings as the handbooks that were typed in have them: talk first, no blame, both told, nothing more asked, a way on."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from pairs.domain.completing import say_complete
from pairs.domain.ending import dissolve_pairing
from pairs.domain.pairing import confirm_pairing
from pairs.models import Ending, Output, Pairing, PairingMember
from programmes.enums import Side
from tests.factories import MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.conftest import PAIRED
from tests.pairs.test_every_kit import pair_of

DAY = dt.timedelta(days=1)


@pytest.mark.covers("gla.must.39", "sssc.must.43")
@pytest.mark.parametrize("kit", ["gla", "sssc"])
def test_a_talk_comes_first_and_nothing_keeps_either_from_ending_it(db, sign_in, kit):
    with pair_of(kit) as pair:
        for user in (pair.mentor, pair.mentee):
            page = sign_in(user).get(f"{pair.place}end/").content.decode()
            assert page.index("a word with each other") < page.index("Write to the coordinator")
            assert page.index("Write to the coordinator") < page.index('<button class="button danger">')
            assert "nobody is to blame" in page
        assert sign_in(pair.mentee).post(f"{pair.place}end/").status_code == 302
        assert Pairing.objects.get().state == "dissolved"


@pytest.mark.covers("cal.sys.80", "cal.sys.81", "sssc.must.46")
@pytest.mark.parametrize("kit", ["caltrans", "sssc"])
def test_an_ending_is_recorded_without_who_or_why_told_to_the_coordinator_and_closes_what_reminds(db, sign_in, kit):
    with pair_of(kit) as pair:
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
        kept = {field.name for field in Ending._meta.get_fields()} - {"id", "organisation", "created_at", "updated_at"}
        assert kept == {"pairing", "early", "at"}
        told = Message.objects.get(kind="pairs.pairing_ended_early_coordinator")
        assert told.recipient == pair.coordinator
        assert not {pair.mentee.name, "reason"} & set(told.context)
        open_yet = Output.objects.filter(pairing=pair.pairing, done_at=None, cancelled_at=None)
        assert not open_yet.filter(next_reminder_at__isnull=False, moment__startswith="round").exists()
        assert not open_yet.filter(worksheet__in=["goals", "plan"]).exists()
        assert PairingMember.objects.filter(left_at=None).count() == 0
        assert f"{pair.mentee.name} ended" not in sign_in(pair.coordinator).get(pair.place).content.decode()


@pytest.mark.covers("cal.sys.82")
def test_about_the_agreed_end_both_are_asked_whether_they_finish_or_go_on(db, sign_in):
    with pair_of("caltrans") as pair:
        until = (PAIRED + 60 * DAY).date()
        Pairing.objects.update(agreed_until=until)
        for days, asked in ((40, False), (55, True), (70, True)):
            with clock.at(PAIRED + days * DAY):
                for user in (pair.mentor, pair.mentee):
                    page = sign_in(user).get(pair.url("mentoring/")).content.decode()
                    assert ("Do you finish, or go on?" in page) is asked
                    assert (f"{pair.place}finish/" in page) is True
        with clock.at(PAIRED + 61 * DAY):
            for user in (pair.mentor, pair.mentee):
                sign_in(user).post(f"{pair.place}finish/")
        assert Pairing.objects.get().state == "completed"


@pytest.mark.covers("cal.sys.97", "gla.must.50")
@pytest.mark.parametrize("kit", ["caltrans", "gla"])
def test_one_person_is_mentee_in_one_pair_and_mentor_in_another(db, sign_in, kit):
    with pair_of(kit) as pair:
        cohort, membership = pair.pairing.cohort, pair.mentee_place.membership
        as_mentor = ParticipantFactory(cohort=cohort, membership=membership, side=Side.MENTOR)
        zoe = MembershipFactory(user=UserFactory(given_name="Zoe", family_name="Far"))
        other = ParticipantFactory(cohort=cohort, side=Side.MENTEE, membership=zoe)
        confirm_pairing(cohort=cohort, mentor=as_mentor, mentee=other, actor=pair.coordinator)
        page = sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()
        assert "Zoe Far" in page
        assert pair.mentor.name in page
        assert set(PairingMember.objects.filter(participant__membership=membership).values_list("side", flat=True)) == {
            "mentor",
            "mentee",
        }


@pytest.mark.covers("cal.sys.85")
def test_who_has_finished_as_a_mentee_is_invited_to_join_the_list_of_mentors(db, sign_in):
    """By letter and on the page that looks back; not the mentor, not after an early ending, not who is a mentor already."""
    with pair_of("caltrans") as pair:
        page = pair.url(f"volunteer/{pair.pairing.cohort.programme.slug}/")
        say_complete(pairing=pair.pairing, actor=pair.mentor)
        assert page not in sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()
        say_complete(pairing=pair.pairing, actor=pair.mentee)
        letters = {row.recipient: row for row in Message.objects.filter(kind="pairs.pairing_completed")}
        told = render_message(letters[pair.mentee])
        assert page in told.text
        assert page in told.html
        assert "volunteer/" not in render_message(letters[pair.mentor]).text
        home = sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()
        assert "Would you like to be one yourself?" in home
        assert page in home
        assert page not in sign_in(pair.mentor).get(pair.url("mentoring/")).content.decode()
        assert sign_in(pair.mentee).get(page).status_code == 200
        sign_in(pair.mentee).post(page, {"cohort": pair.pairing.cohort.slug})
        assert page not in sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()


def test_an_early_ending_invites_nobody_to_the_list(db, sign_in):
    with pair_of("caltrans") as pair:
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentor)
        letters = [render_message(row).text for row in Message.objects.filter(kind="pairs.pairing_ended_early")]
        assert not any("volunteer/" in text for text in letters)
        assert "volunteer/" not in sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()
