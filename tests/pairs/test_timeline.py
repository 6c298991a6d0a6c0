"""One timeline of a relationship: sessions, what was sent and answered, and what became of goals, as each may know it."""

import datetime as dt

import pytest

from mentoring import clock
from pairs.domain.board import board_of
from pairs.domain.sessions import cancel_session, hold_session
from templates_app.domain.sharing import share_response
from tests.pairs.filling import send
from tests.pairs.test_goal_tree import html_of, reader, send_all, sheet_of
from tests.pairs.test_self_assessments import DAYS, aspire, assess

__all__ = ["aspire"]


def behind(pair, user) -> list[tuple[str, str, str]]:
    """What has been, for this person: the kind of thing, what, and whose with its figures."""
    return [(day.kind, day.what, day.who) for day in board_of(reader(pair, user)).behind]


def hold(pair, number: int) -> None:
    session = pair.session(number)
    with clock.at(session.starts_at + dt.timedelta(hours=2)):
        hold_session(session=session, actor=pair.mentor)


@pytest.mark.covers("phase1.arch.4.c", "phase1.arch.4")
def test_survey_answers_goals_and_sessions_stand_on_one_timeline_in_their_order(aspire, at):
    send_all(aspire)
    hold(aspire, 1)
    assess(aspire, aspire.mentee, 0, 3, Listening=2)
    with at("2026-11-23 09:00", "Pacific/Apia"):
        html = html_of(aspire, aspire.mentee, "goals/board/")
        ahead, _, been = html.partition("What has been")
        assert "Session 2" in ahead.partition("What is to come")[2]
        answered = been.index("Self-assessment")
        assert "How confident are you?: 3" in been[answered : answered + 600]
        assert answered < been.index("session held") < been.index("Aspiration")
        assert "· answered" in been


@pytest.mark.covers("phase1.arch.4.c")
def test_what_is_answered_without_names_is_on_the_others_timeline_only_once_it_is_opened_to_them(aspire):
    sheet = assess(aspire, aspire.mentee, 0, 3, Listening=2)
    with clock.at(DAYS[0]):
        [(_kind, what, _who)] = [line for line in behind(aspire, aspire.mentee) if line[0] == "answered"]
        assert what == "Self-assessment, at the start"
        assert not [line for line in behind(aspire, aspire.mentor) if line[0] == "answered"]
        share_response(response=sheet.response, audience="partner", actor=aspire.mentee)
        [(_kind, _what, who)] = [line for line in behind(aspire, aspire.mentor) if line[0] == "answered"]
        assert who.startswith("ʻAna · How confident are you?: 3")


def test_of_a_sheet_that_the_other_keeps_nothing_stands_there(aspire):
    with clock.at(DAYS[0]):
        send(sheet_of(aspire, aspire.mentee, "journal"), aspire.mentee, {"win": "CANARY-WIN"})
        assert [line for line in behind(aspire, aspire.mentee) if line[1] == "Journal"]
        assert not [line for line in behind(aspire, aspire.mentor) if line[1] == "Journal"]


def test_a_cancelled_session_and_one_that_nobody_has_noted_say_so(aspire, at):
    cancel_session(session=aspire.session(2), actor=aspire.mentor)
    with at("2027-01-05 09:00", "Pacific/Apia"):
        kinds = {kind for kind, what, _who in behind(aspire, aspire.mentee) if "Session" in what}
    assert kinds == {"session cancelled", "did it take place?"}


def test_the_home_leads_to_it_and_nobody_else_gets_in(aspire, sign_in):
    home = sign_in(aspire.mentor).get(aspire.url("mentoring/")).content.decode()
    assert f"{aspire.place}goals/board/" in home
    assert sign_in(aspire.coordinator).get(f"{aspire.place}goals/board/").status_code == 404


@pytest.mark.covers("phase1.arch.4.c")
def test_the_coordinators_timeline_holds_the_facts_of_all_of_it_and_no_word(aspire, sign_in, at):
    send_all(aspire)
    hold(aspire, 1)
    assess(aspire, aspire.mentee, 0, 3, Listening=2)
    with at("2026-11-23 09:00", "Pacific/Apia"):
        html = sign_in(aspire.coordinator).get(aspire.place).content.decode().partition("What happened")[2]
    assert "Done: Self-assessment" in html
    assert "Session 1 was held" in html
    assert "Done: Aspiration" in html
    assert "How confident" not in html
    assert "Lead a team" not in html
