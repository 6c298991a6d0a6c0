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


AWKWARD = own_words(
    {
        "mentor": {"one": "lead mentor", "many": "lead mentors"},
        "mentee": {"one": "mentor's partner", "many": "mentor's partners"},
        "pairing": {"one": "pair-up", "many": "pair-ups"},
        "programme": {"one": "mentor programme (core)", "many": "mentor programmes (core)"},
        "session": {"one": "mentee session hour", "many": "mentee session hours"},
    }
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A mentor and the mentors", "A lead mentor and the lead mentors"),
        ("Mentors lead. MENTOR-LED", "Lead mentors lead. Lead mentor-LED"),
        ("the mentor's view, a “mentor”", "the lead mentor's view, a “lead mentor”"),
        ("Mentees' goals, a mentee’s goal", "Mentor's partners' goals, a mentor's partner’s goal"),
        ("one pair, this pairing, many pairs", "one pair-up, this pair-up, many pair-ups"),
        ("A programme of a mentor", "A mentor programme (core) of a lead mentor"),
        ("Session 2 with your mentee", "Mentee session hour 2 with your mentor's partner"),
        ("a lead mentor, Lead Mentors, a lead\nmentor", None),
    ],
)
def test_what_is_said_twice_reads_as_if_it_were_said_once(text: str, said: str | None) -> None:
    """A name may hold the usual word, another term's, a hyphen or a bracket. ``None``: it stays as it is."""
    once = say(text, AWKWARD)
    assert once == (said or text)
    assert say(once, AWKWARD) == once


@given(st.lists(st.sampled_from(["mentor", "Mentees", "a pair", "an", "lead", "sessions'", "-", "\n", "core", "“"])))
def test_twice_is_as_once_whatever_stands_around(parts: list[str]) -> None:
    """With our words and parts of their names in any order."""
    once = say(" ".join(parts), AWKWARD)
    assert say(once, AWKWARD) == once


def test_a_name_with_the_other_apostrophe_stays_too() -> None:
    """Editors put the curly one where somebody types the straight one."""
    assert say("A mentor’s partner", AWKWARD) == "A mentor’s partner"
