"""Sheets that each takes up at will: which of them belong together, who reads what, and what is said before anybody writes."""

import pytest

from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from pairs.domain.queries import get_output_for
from pairs.domain.readers_words import answering_words, readers_sentence
from pairs.domain.reading import reader_of
from pairs.domain.sheets import add_sheet, sheets_of
from pairs.domain.trends import trend_of
from pairs.enums import Right
from tests.pairs.filling import send, take_up
from tests.pairs.test_same_names import RATING, add_to_handbook

OPENS = {**RATING, "readers": {"preset": "pair", "opens": "both-sent"}}


@pytest.fixture
def rated(group):
    """The group's handbook has a check-up that each may take up at will and that opens once both have sent theirs."""
    add_to_handbook(group, OPENS)
    return group


def reader(group, name: str):
    return reader_of(group.users[name], group.fresh())


def begin(group, name: str):
    return add_sheet(reader=reader(group, name), worksheet="rating", actor=group.users[name])


def rate(group, name: str, mark: int = 3):
    return send(begin(group, name), group.users[name], {"mark": mark})


def read_by(group, name: str) -> set[str]:
    """Whose sheets this person reads, by the day they were sent and the writer."""
    mine = reader(group, name)
    rows = [row for row in sheets_of(mine, "rating") if mine.right_to(row) >= Right.READ and row.done_at]
    return {f"{row.done_at:%d %b} {mine.people.member(row.member_id).short_name}" for row in rows}


def words(group, name: str, output=None) -> str:
    mine = reader(group, name)
    sheet = mine.worksheets["rating"]
    return readers_sentence(mine, output, sheet) if output else answering_words(mine, sheet)


def test_a_later_sheet_does_not_open_an_earlier_one_that_nobody_answered(rated, at):
    with at("2026-11-10 09:00"):
        rate(rated, "ʻAna", 1)
    with at("2027-02-10 09:00"):
        rate(rated, "Helen", 5)
        assert read_by(rated, "Helen") == {"10 Feb Helen"}
        assert read_by(rated, "ʻAna") == {"10 Nov ʻAna"}
        trend = trend_of(reader(rated, "ʻAna"), "rating")
        assert [cell.talk for cell in trend.questions[0].cells] == [False]


def test_whoever_sends_theirs_within_the_time_answers_the_occasion(rated, at):
    with at("2026-11-10 09:00"):
        rate(rated, "ʻAna", 1)
    with at("2026-11-24 20:00"):
        rate(rated, "Helen", 5)
        assert read_by(rated, "Helen") == read_by(rated, "ʻAna") == {"10 Nov ʻAna", "24 Nov Helen"}
        assert read_by(rated, "Sione") == set()
        trend = trend_of(reader(rated, "ʻAna"), "rating")
        assert [cell.talk for cell in trend.questions[0].cells] == [True]


def test_a_draft_begun_in_time_and_sent_much_later_is_no_answer(rated, at):
    with at("2026-11-10 09:00"):
        rate(rated, "ʻAna", 1)
        draft = begin(rated, "Helen")
    with at("2027-01-10 09:00"):
        send(draft, rated.users["Helen"], {"mark": 5})
        assert read_by(rated, "Helen") == {"10 Jan Helen"}


def test_two_drafts_begun_at_once_meet_when_they_are_sent(rated, at):
    with at("2026-11-10 09:00"):
        drafts = {name: begin(rated, name) for name in ("ʻAna", "Helen")}
        assert len({draft.moment for draft in drafts.values()}) == 2
        for name, draft in drafts.items():
            send(draft, rated.users[name], {"mark": 2})
        assert read_by(rated, "Helen") == read_by(rated, "ʻAna") == {"10 Nov ʻAna", "10 Nov Helen"}


def test_the_next_occasion_ends_the_one_before(rated, at):
    with at("2026-11-10 09:00"):
        rate(rated, "ʻAna", 1)
    with at("2026-11-15 09:00"):
        rate(rated, "ʻAna", 4)
    with at("2026-11-16 09:00"):
        rate(rated, "Helen", 4)
        assert read_by(rated, "Helen") == {"15 Nov ʻAna", "16 Nov Helen"}


def test_one_that_is_taken_up_again_stays_in_its_occasion(rated, at):
    with at("2026-11-10 09:00"):
        first = rate(rated, "ʻAna", 1)
        rate(rated, "Helen", 5)
    with at("2027-02-10 09:00"):
        first = send(take_up(first, rated.users["ʻAna"]), rated.users["ʻAna"], {"mark": 2})
        assert read_by(rated, "Helen") == {"10 Feb ʻAna", "10 Nov Helen"}


def test_the_others_are_invited_once_and_told_until_when(rated, at):
    with at("2026-11-10 09:00"):
        rate(rated, "ʻAna", 1)
    told = {row.email: row for row in Message.objects.filter(kind="pairs.sheet_to_answer")}
    assert set(told) == {rated.users[name].email for name in ("Helen", "Sione", "Moana")}
    letter = render_message(told[rated.users["Helen"].email])
    assert "ʻAna has filled in “How is it?”" in letter.text
    assert "24 November" in letter.text
    assert "ʻAna Tupou has filled in: How is it?" in letter.subject
    with at("2026-11-12 09:00"):
        rate(rated, "Helen", 5)
    assert Message.objects.filter(kind="pairs.sheet_to_answer").count() == 3


def test_what_holds_is_said_before_anything_is_typed(rated, at, sign_in):
    with at("2026-11-10 09:00"):
        assert "if they send one of their own within 14 days" in words(rated, "ʻAna")
        draft = begin(rated, "ʻAna")
        assert "within 14 days of yours" in words(rated, "ʻAna", draft)
        sent = send(draft, rated.users["ʻAna"], {"mark": 1})
        assert "by Tuesday 24 November" in words(rated, "ʻAna", get_output_for(rated.users["ʻAna"], sent.pk)[0])
        asked = words(rated, "Helen", begin(rated, "Helen"))
        assert "ʻAna sent theirs on Tuesday 10 November. Send yours by Tuesday 24 November" in asked
        page = sign_in(rated.users["Helen"]).get(rated.place + "worksheets/rating/").content.decode()
        assert "ʻAna sent theirs on Tuesday 10 November" in page
    with at("2026-12-10 09:00"):
        assert "ʻAna sent" not in words(rated, "Helen")
