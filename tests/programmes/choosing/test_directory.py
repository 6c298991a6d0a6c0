"""The list of mentors: who stands in it, what it shows, and what stays where it was written."""

import pytest
from django.http import Http404

from mentoring.organisations.domain.partners import add_partner
from programmes.domain.choosing.directory import entries_of, neutral_order, open_mentor_ids, page_of_mentors
from programmes.domain.choosing.doors import open_mentor, pause_mentor
from programmes.domain.choosing.shortlist import keep_in_mind, let_go
from programmes.domain.choosing.standing import CannotAsk
from programmes.domain.choosing.states import NotYours
from programmes.domain.enrolment import enrolment_owner
from programmes.domain.sheets import begin_own_sheet, may_read
from programmes.models import Participant, Shortlisted
from templates_app.domain.kits import worksheet_of
from templates_app.models import Response
from tests.factories import CohortFactory, PairingFactory
from tests.programmes.choosing.conftest import CAREER, LISTED, World, change_kit


def listed(world: World, **chosen: str) -> set[str]:
    names = dict(Participant.objects.values_list("pk", "given_name"))
    return {names[pk] for pk in open_mentor_ids(world.cohort, chosen)}


class TestWhoStandsInIt:
    @pytest.mark.covers("gla.must.11")
    def test_mentors_with_a_place_left_who_take_part_and_have_sent_their_sheet(self, world):
        """``gla.must.11``: closed and full mentors are not offered."""
        world.join("Olga", "mentor")  # no sheet sent
        world.join("Per", "mentor", profile=LISTED, state="withdrawn")
        full = world.join("Quinn", "mentor", profile=LISTED)
        assert listed(world) == {"Marta", "Nils", "Quinn"}
        PairingFactory(cohort=world.cohort, members=(full, world.place("Ben")))
        assert listed(world) == {"Marta", "Nils"}

    def test_who_takes_their_sheet_up_again_is_out_until_it_is_sent(self, world):
        Response.objects.filter(pk=world.place("Nils").enrolment_id).update(state="reopened")
        assert listed(world) == {"Marta"}

    def test_it_is_filtered_by_options(self, world):
        assert listed(world, competencies="flexibility") == {"Marta"}
        assert listed(world, shadow="not_willing") == {"Nils"}
        assert listed(world, competencies="flexibility", shadow="not_willing") == set()

    @pytest.mark.covers("cal.sys.04")
    def test_a_mentor_pauses_and_opens_and_so_does_a_coordinator(self, world):
        """``cal.sys.04``: a mentor pauses themselves, the keeper pauses an entry."""
        pause_mentor(person=world.place("Marta"), actor=world.user("Marta"))
        assert listed(world) == {"Nils"}
        pause_mentor(person=world.place("Nils"), actor=world.coordinator)
        assert listed(world) == set()
        open_mentor(person=world.place("Marta"), actor=world.coordinator)
        open_mentor(person=world.place("Nils"), actor=world.user("Nils"))
        assert listed(world) == {"Marta", "Nils"}

    def test_nobody_else_moves_a_door(self, world):
        for name in ("Ada", "Nils"):
            with pytest.raises(NotYours):
                pause_mentor(person=world.place("Marta"), actor=world.user(name))

    def test_who_may_pause_is_the_handbook_s_to_say(self, world):
        change_kit(world, "joining.directory", pauses=["own"])
        with pytest.raises(NotYours):
            pause_mentor(person=world.place("Marta"), actor=world.coordinator)

    @pytest.mark.covers("gla.must.11")
    def test_an_answer_of_the_sheet_closes_the_door_as_it_is_sent_and_opens_it_again(self, london):
        london.send_profile("Marta", {"open": "closed"})
        assert listed(london) == {"Nils"}
        london.send_profile("Marta", {"open": "open"})
        assert listed(london) == {"Marta", "Nils"}

    def test_another_cohort_s_mentors_are_not_in_it(self, world):
        Participant.objects.filter(given_name="Nils").update(cohort=CohortFactory(programme=world.cohort.programme))
        assert listed(world) == {"Marta"}


class TestWhatItShows:
    def test_what_the_handbook_names_and_nothing_else(self, world):
        page = page_of_mentors(world.place("Ada"), world.user("Ada"), {}, 1)
        entry = next(entry for entry in page.object_list if entry.mentor.given_name == "Marta")
        assert {answer.key for answer in entry.answers} == {
            "job_title", "unit", "career", "competencies", "interests", "roles", "hours", "shadow",
        }  # fmt: skip
        words = str([answer.shown for answer in entry.answers])
        assert CAREER in words
        assert "stays with the keeper" not in words

    def test_a_field_for_fewer_eyes_is_not_shown_even_where_a_handbook_names_it(self, world):
        change_kit(world, "joining.directory", shows=["career", "reports_to"])
        page = page_of_mentors(world.place("Ada"), world.user("Ada"), {}, 1)
        assert {answer.key for entry in page.object_list for answer in entry.answers} == {"career"}

    def test_a_mentor_sees_no_list(self, world):
        with pytest.raises(Http404):
            page_of_mentors(world.place("Marta"), world.user("Marta"), {}, 1)

    def test_the_sheet_says_before_it_is_written_what_mentees_see(self, world):
        owner = enrolment_owner(world.place("Marta"), world.user("Marta"))
        assert "What has your career been so far?" in owner.readers_sentence
        assert "Who do you report to?" not in owner.readers_sentence
        other = enrolment_owner(world.place("Ada"), world.user("Ada"))
        assert "Mentees who look" not in other.readers_sentence

    @pytest.mark.covers("cal.sys.07")
    def test_the_order_is_the_viewer_s_own_stays_and_knows_no_merit(self, world):
        """``cal.sys.07``: the order shows no preference."""
        ids = open_mentor_ids(world.cohort) + [world.join(f"M{n}", "mentor").pk for n in range(20)]
        ada, ben = world.place("Ada"), world.place("Ben")
        assert neutral_order(ids, ada) == neutral_order(reversed(ids), ada)
        assert neutral_order(ids, ada) != neutral_order(ids, ben)
        assert set(neutral_order(ids, ada)) == set(ids)

    def test_texts_are_opened_for_the_page_that_is_shown_and_the_list_costs_the_same_for_many(
        self, world, django_assert_num_queries
    ):
        ada, user = world.place("Ada"), world.user("Ada")
        page_of_mentors(ada, user, {}, 1)
        with django_assert_num_queries(7):
            page_of_mentors(ada, user, {}, 1)
        for number in range(20):
            world.join(f"Many{number}", "mentor", profile=LISTED)
        with django_assert_num_queries(7):
            page = page_of_mentors(ada, user, {}, 1)
        assert len(page.object_list) == 12
        assert page.paginator.count == 22


class TestShortlist:
    @pytest.mark.covers("cal.sys.20", "gla.must.5")
    def test_it_is_private_and_told_to_nobody(self, world):
        """``cal.sys.20``, ``gla.must.5``: a mentee's shortlist is theirs alone."""
        keep_in_mind(mentee=world.place("Ada"), mentor=world.place("Marta"), actor=world.user("Ada"))
        keep_in_mind(mentee=world.place("Ada"), mentor=world.place("Marta"), actor=world.user("Ada"))
        assert Shortlisted.objects.count() == 1
        assert not world.told("Marta")
        entry = entries_of(world.place("Ben"), world.user("Ben"), [world.place("Marta").pk])[0]
        assert not entry.in_mind
        let_go(mentee=world.place("Ada"), mentor=world.place("Marta"), actor=world.user("Ada"))
        assert not Shortlisted.objects.exists()

    @pytest.mark.covers("cal.sys.20")
    def test_candidates_are_weighed_on_private_sheets_before_there_is_a_pair(self, world):
        """``cal.sys.20``: private assessments, one for each candidate."""
        sheet = begin_own_sheet(person=world.place("Ada"), worksheet="mentor-assessment", actor=world.user("Ada"))
        asked = {field.key for field in worksheet_of(sheet.response.version).fields()}
        assert {
            "career",
            "competencies",
            "interests",
            "contacts",
            "liking",
            "different",
            "attributes",
            "questions",
        } <= asked
        Response.objects.filter(pk=sheet.response_id).update(state="submitted")
        sheet.response.refresh_from_db()
        assert may_read(sheet, world.user("Ada"))
        assert not may_read(sheet, world.coordinator)
        assert not may_read(sheet, world.user("Marta"))

    def test_it_has_an_end(self, world):
        change_kit(world, "matching.request", shortlist=1)
        keep_in_mind(mentee=world.place("Ada"), mentor=world.place("Marta"), actor=world.user("Ada"))
        with pytest.raises(CannotAsk):
            keep_in_mind(mentee=world.place("Ada"), mentor=world.place("Nils"), actor=world.user("Ada"))

    def test_nobody_writes_another_s(self, world):
        with pytest.raises(NotYours):
            keep_in_mind(mentee=world.place("Ada"), mentor=world.place("Marta"), actor=world.user("Ben"))
        with pytest.raises(NotYours):
            let_go(mentee=world.place("Ada"), mentor=world.place("Marta"), actor=world.coordinator)


def test_mentees_of_a_partnership_filter_by_organisation_and_level(london):
    """``gla.must.2`` in part: by level, organisation and way of meeting. What mentors wrote is sealed and not searched."""
    partner = add_partner(name="Harbour Board", short="", actor=london.coordinator)
    london.send_profile("Marta", {"open": "open", "level": "level_4", "organisation": partner.key})
    assert listed(london, level="level_6") == {"Nils"}
    assert listed(london, organisation=partner.key) == {"Marta"}
