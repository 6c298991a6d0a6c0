"""Texts in an organisation's own words keep their grammar, and nothing but our own words changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.words.saying import say
from mentoring.words.terms import own_words

WORDS = own_words(
    {
        "mentor": {"one": "adviser", "many": "advisers"},
        "mentee": {"one": "learner", "many": "learners"},
        "pairing": {"one": "tandem", "many": "tandems"},
        "programme": {"one": "unit", "many": "units", "article": "a"},
        "session": {"one": "hour of talk", "many": "hours of talk", "article": "an"},
        "coordinator": {"one": "organiser", "many": "organisers"},
        "cohort": {"one": "year", "many": "years"},
    }
)
PEOPLE = own_words({"mentee": {"one": "person", "many": "people"}})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A mentor meets a mentee.", "An adviser meets a learner."),
        ("Mentors and mentees", "Advisers and learners"),
        ("the mentor's view, mentors’ notes", "the adviser's view, advisers’ notes"),
        ("This pairing is one pair of many pairs.", "This tandem is one tandem of many tandems."),
        ("a programme, an open programme", "a unit, an open unit"),
        ("a session in a programme", "an hour of talk in a unit"),
        ("Session 2 of 6", "Hour of talk 2 of 6"),
        ("A coordinator looks after a cohort.", "An organiser looks after a year."),
        ("a programme coordinator, the coordinators’ list", "a unit organiser, the organisers’ list"),
        ("an old cohort's last day, all cohorts' figures", "an old year's last day, all years' figures"),
        ("cohort-wide, {coordinator} coordinates %(cohort)s", "year-wide, {coordinator} coordinates %(cohort)s"),
        ("a “mentor”", "an “adviser”"),
        ("mentee-led", "learner-led"),
        ("mentoring, mentored, paired, sessional, E-Mentoring", "mentoring, mentored, paired, sessional, E-Mentoring"),
        ("%(mentor)s is a mentor of {mentee}", "%(mentor)s is an adviser of {mentee}"),
        ('<a class="mentor" href="/mentor/">mentor</a>', '<a class="mentor" href="/mentor/">adviser</a>'),
        ("[the mentor](https://example.org/mentor) at https://example.org/mentee", None),
    ],
)
def test_a_sentence_keeps_its_grammar(text: str, said: str | None) -> None:
    """``None``: the word in the square brackets alone changes."""
    assert say(text, WORDS) == (said or text.replace("[the mentor]", "[the adviser]"))


def test_a_plural_without_an_s_takes_one_where_something_is_theirs() -> None:
    """English grammar: people's, but learners'."""
    assert say("the mentees' goals, mentees’ names", PEOPLE) == "the people's goals, people’s names"


@given(st.text())
def test_without_own_words_every_text_stays(text: str) -> None:
    """Most organisations say what the application says."""
    assert say(text, ()) == text


@given(st.text(alphabet="abm nt%()s{}<>“”’'é\n"))
def test_a_text_without_our_words_stays(text: str) -> None:
    """Whatever signs stand in it."""
    assert say(text, PEOPLE) == text
