"""Columns are understood by what people call them."""

from pathlib import Path

import pytest

from programmes.domain.importing.guessing import guess_columns
from programmes.domain.importing.reading import read_table
from programmes.domain.importing.targets import targets_of
from programmes.enums import Side
from templates_app.shapes import Kind
from tests.programmes.importing.kit_at_hand import shipped_profile

SAMPLE = Path(__file__).parents[2] / "data" / "plp-participants.csv"


def guess(text):
    return guess_columns(read_table(text.encode()), targets_of(shipped_profile()))


def test_every_column_of_the_sample_list_is_understood():
    table = read_table(SAMPLE.read_bytes())
    assert guess_columns(table, targets_of(shipped_profile())) == {
        "Role": "role",
        "First name": "given_name",
        "Family name": "family_name",
        "E-mail": "email",
        "Country": "country",
        "Time zone": "zone",
        "Employer": "employer",
        "Position": "title",
        "Years of experience": "profile.years",
        "Put forward by": "partner",
        "Sectors": "profile.sectors",
        "Languages": "profile.languages",
        "Interests": "profile.interests",
        "Working pattern": "profile.work_pattern",
        "Gender": "profile.gender",
        "Can mentor": "capacity",
        "Supervisor e-mail": "supervisor_email",
    }


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Surname", "family_name"),
        ("E-MAIL ADDRESS", "email"),
        ("email", "email"),
        ("Full name", "full_name"),
        ("Organization", "employer"),
        ("Job Title", "title"),
        ("TZ", "zone"),
        ("Nominated by", "partner"),
    ],
)
def test_headings_are_understood_in_other_words_and_cases(heading, target):
    assert guess(f"{heading},Shoe size\nx,y\n") == {heading: target}


def test_figures_tell_years_of_experience_from_an_experience_told_in_words():
    assert guess("Years of experience\n14\n3\n") == {"Years of experience": "profile.years"}
    assert guess("Life experience\nI grew up on a reef\n") == {"Life experience": "profile.experience"}


def test_no_two_columns_get_the_same_meaning():
    guessed = guess("Name,Participant,E-mail,Email\na,b,c,d\n")
    assert sorted(guessed.values()) == ["email", "full_name"]


def test_nobody_consents_by_a_column_of_a_table():
    keys = {target.key for target in shipped_profile().targets()}
    assert "profile.gender" in keys
    assert not [key for key in keys if key.endswith("_consent")]


def test_one_column_of_sectors_says_what_a_mentor_knows_and_what_a_mentee_wants():
    profile = shipped_profile()
    mentor, mentee = profile.field("sectors", Side.MENTOR), profile.field("sectors", Side.MENTEE)
    assert mentor is not None
    assert mentee is not None
    assert (mentor.key, mentee.key) == ("sectors", "development")
    assert mentee.kind is Kind.CHOICES
