"""Looking for a mentor by words and by level: fresh experience comes before rank, and distance is advice, never a bar."""

import pytest

from programmes.domain.choosing.asking import begin_request
from programmes.domain.choosing.directory import get_entry, open_mentor_ids, page_of_mentors
from programmes.domain.enrolment import enrolment_context
from programmes.domain.people import add_participant
from programmes.models import Participant
from templates_app.answers import check
from templates_app.domain.kits import current_versions, worksheet_of
from tests.factories import PartnerFactory
from tests.programmes.choosing.conftest import LISTED, World, change_kit

OFFER = {"open": "open", "mode": ["online"], "offer": "Budgets"}


def seen(world: World, words: str = "", **chosen: str) -> list[str]:
    """The names on the first page that Ada sees."""
    page = page_of_mentors(world.place("Ada"), world.user("Ada"), chosen, 1, words)
    return [entry.mentor.given_name for entry in page.object_list]


class TestLevels:
    @pytest.mark.covers("gla.must.3")
    @pytest.mark.parametrize(
        ("level", "words", "is_advised"),
        [
            ("level_1", "1 level below you", True),
            ("level_2", "At your level", False),
            ("level_3", "1 level above you", False),
            ("level_4", "2 levels above you", False),
            ("level_5", "3 levels above you", True),
            ("level_6", "4 levels above you", True),
        ],
    )
    def test_the_distance_is_shown_with_advice_outside_and_keeps_nobody_out(self, london, level, words, is_advised):
        london.send_profile("Ada", {"needs": "x", "level": "level_2"})
        other = london.join("Olga", "mentor", profile=OFFER | {"level": level})
        entry = get_entry(london.place("Ada"), london.user("Ada"), other.pk)
        assert entry.distance.words == words
        assert bool(entry.distance.advice) is is_advised
        place = london.place("Ada")
        for path in (f"place/{place.pk}/mentors/", f"place/{place.pk}/mentors/{other.pk}/"):
            assert words in london.client("Ada").get(london.url(path)).content.decode()
        assert begin_request(mentee=london.place("Ada"), mentor=other, actor=london.user("Ada")).pk, "no bar"

    def test_who_has_named_no_level_sees_no_distance(self, london):
        assert get_entry(london.place("Ada"), london.user("Ada"), london.place("Marta").pk).distance is None

    def test_a_handbook_without_levels_shows_none(self, world):
        assert get_entry(world.place("Ada"), world.user("Ada"), world.place("Marta").pk).distance is None


class TestWords:
    @pytest.mark.covers("gla.must.2")
    def test_mentors_are_searched_by_need_and_experience_and_filtered_by_organisation_and_level(self, london):
        london.join("Olga", "mentor", profile=OFFER | {"offer": "How to chair a board", "level": "level_5"})
        PartnerFactory(key="housing", name="Housing")
        london.join("Per", "mentor", profile=OFFER | {"history": "Years in housing", "organisation": "housing"})
        assert seen(london, "chair BOARD") == ["Olga"]
        assert seen(london, "housing") == ["Per"]
        assert seen(london, "housing chair") == []
        assert seen(london, organisation="housing") == ["Per"]
        assert seen(london, level="level_5") == ["Olga"]
        assert len(seen(london)) == 4

    @pytest.mark.covers("gla.must.4")
    def test_who_has_met_the_challenge_lately_or_held_the_post_comes_before_rank(self, london):
        london.join("Olga", "mentor", profile=OFFER | {"history": "A merger, long ago", "level": "level_6"})
        london.join("Per", "mentor", profile=OFFER | {"recent": "A merger this year", "level": "level_1"})
        london.join("Quinn", "mentor", profile=OFFER | {"posts": "Lead of the merger team", "level": "level_2"})
        assert seen(london, "merger") == ["Per", "Quinn", "Olga"]

    def test_the_page_asks_for_words_and_shows_who_speaks_of_them(self, london):
        london.join("Olga", "mentor", profile=OFFER | {"recent": "A merger this year"})
        place = london.url(f"place/{london.place('Ada').pk}/mentors/")
        page = london.client("Ada").get(place, {"looked-for": "merger"}).content.decode()
        assert "Olga" in page
        assert "Marta" not in page
        assert "What you look for" in page

    def test_nothing_is_found_in_what_is_not_shown_or_where_the_handbook_looks_nowhere(self, world):
        assert set(seen(world, "bridges")) == {"Marta", "Nils"}, "no questions are searched: everybody stays"
        change_kit(world, "joining.directory", searches=["interests"])
        assert seen(world, "keeper") == [], "reports_to is not shown"
        assert set(seen(world, "sailing")) == {"Marta", "Nils"}


class TestJoining:
    @pytest.mark.covers("gla.must.1", "gla.must.50")
    def test_a_person_is_mentor_and_mentee_at_once_in_one_of_several_organisations(self, london):
        facts = {"given_name": "Rae", "family_name": "Reid", "zone": "Europe/London"}
        for side in ("mentor", "mentee"):
            add_participant(
                cohort=london.cohort, side=side, email="rae@gla.example", facts=facts, actor=london.coordinator
            )
        rows = Participant.objects.filter(email="rae@gla.example").select_related("enrolment__version__template")
        sheets = {row.side: row.enrolment.version.template.key for row in rows}
        assert sheets == {"mentor": "mentor-profile", "mentee": "mentee-profile"}
        place = london.place("Marta")
        field = {one.key: one for one in worksheet_of(place.enrolment.version).fields()}["organisation"]
        assert field.options_from == "partners"
        assert len(london.cohort.programme.handbook.content["partners"]) == 9

    @pytest.mark.covers("gla.must.50")
    def test_a_mentor_looks_for_a_mentor_of_their_own_and_is_not_in_that_list_themselves(self, london):
        twice = london.place("Ada")
        membership = london.place("Marta").membership
        Participant.objects.filter(pk=twice.pk).update(membership=membership, email=london.place("Marta").email)
        ids = open_mentor_ids(london.cohort)
        assert london.place("Marta").pk in ids
        request = begin_request(mentee=london.place("Ada"), mentor=london.place("Nils"), actor=london.user("Marta"))
        assert request.mentor == london.place("Nils")

    @pytest.mark.covers("gla.must.17")
    @pytest.mark.parametrize("who", ["Marta", "Ada"])
    def test_the_programme_says_that_mentoring_gives_no_preference_in_jobs_or_secondments(self, london, who):
        page = london.client(who).get(london.url("guidance/choice/rights/")).content.decode()
        assert "nobody a short cut when jobs or secondments are filled" in page


class TestRegistration:
    @pytest.mark.covers("cal.sys.05")
    def test_competencies_are_chosen_from_six_groups_with_23_items_and_from_nothing_else(self, world):
        sheet = worksheet_of(current_versions(world.cohort.programme.handbook)["mentor-registration"])
        field = {one.key: one for one in sheet.fields()}["competencies"]
        assert len(field.options) == 23
        assert len({option.help for option in field.options}) == 6
        assert all(option.help for option in field.options)
        assert not field.other
        context = enrolment_context(world.place("Marta"), world.user("Marta"))
        outcome = check(sheet, LISTED | {"competencies": ["juggling"]}, context, mode="submit")
        assert "competencies" in outcome.faults

    @pytest.mark.covers("cal.sys.06")
    def test_a_mentor_declares_being_open_to_job_shadowing_and_mentees_see_it(self, world):
        sheet = worksheet_of(current_versions(world.cohort.programme.handbook)["mentor-registration"])
        assert {one.key: one for one in sheet.fields()}["shadow"].need == "must"
        assert seen(world, shadow="willing") == ["Marta"]
        entry = get_entry(world.place("Ada"), world.user("Ada"), world.place("Marta").pk)
        assert {answer.key: answer.shown.text for answer in entry.answers}["shadow"] == "Yes"

    @pytest.mark.covers("cal.sys.14")
    def test_a_mentee_confirms_that_it_stands_in_the_plan_and_says_where(self, world):
        sheet = worksheet_of(current_versions(world.cohort.programme.handbook)["wanted-mentoring"])
        ticked = {"in_plan": {"idp": {"done": True}}, "plan_part": "Section 3"}
        context = enrolment_context(world.place("Ada"), world.user("Ada"))
        unticked = check(sheet, {"plan_part": "Section 3"}, context, mode="submit")
        assert any(path.startswith("in_plan") for path in unticked.faults)
        outcome = check(sheet, ticked, context, mode="submit")
        assert not any(path.startswith("in_plan") for path in outcome.faults)
        assert outcome.answers["plan_part"] == "Section 3"
