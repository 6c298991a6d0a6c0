"""What a list says of somebody becomes the first draft of their profile."""

from programmes.domain.importing.answers import profile_answers
from programmes.domain.importing.persons import Person
from programmes.enums import Side
from templates_app.answers import AnswerContext, check
from tests.programmes.importing.kit_at_hand import shipped_profile


def answers(side=Side.MENTOR, **profile):
    person = Person(side, "t@x.example", {}, profile)
    return profile_answers(person, shipped_profile(), AnswerContext())


def test_options_are_found_by_their_words_and_the_rest_stands_as_other():
    assert answers(sectors="Hydro-dams; ports ;coastal protection; Roads and Bridges") == {
        "sectors": ["hydro_dams", "ports", "roads_bridges", "other"],
        "sectors__other": "coastal protection",
    }


def test_a_mentees_sectors_are_what_they_want_to_grow_in():
    assert answers(Side.MENTEE, sectors="mining") == {"development": ["mining"]}


def test_commas_part_options_where_nothing_stronger_does():
    assert answers(languages="English, Tok Pisin") == {"languages": ["english", "tok_pisin"]}


def test_a_single_choice_that_is_not_offered_stands_as_other():
    assert answers(work_pattern="part time") == {"work_pattern": "part_time"}
    assert answers(work_pattern="on call") == {"work_pattern": "other", "work_pattern__other": "on call"}


def test_gender_is_a_draft_and_brings_no_consent():
    given = answers(gender="woman")
    assert given == {"gender": "woman"}
    sheet = shipped_profile().sheets[Side.MENTOR]
    assert "gender_consent" not in check(sheet, given, AnswerContext(), mode="draft").answers


def test_columns_of_the_other_sides_profile_are_left_alone():
    assert answers(Side.MENTOR, development="ports", focus="audits") == {}
