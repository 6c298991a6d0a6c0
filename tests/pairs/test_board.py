"""Tasks and goals as cards that are moved, and all that became of them as days: one view for both of a pair."""

import re

import pytest

from mentoring.history.models import Event
from pairs.domain.board import board_of
from pairs.domain.goal_marking import mark_goal
from pairs.enums import GoalState
from pairs.models import Action
from tests.factories import MembershipFactory, UserFactory
from tests.pairs.filling import send
from tests.pairs.test_goal_steps import goal, plan_tasks, post
from tests.pairs.test_goal_tree import (
    ASPIRATION,
    MILESTONE,
    SMART,
    aspire,
    caltrans,
    html_of,
    reader,
    send_goals,
    sheet_of,
)

__all__ = ["aspire", "caltrans"]

TASK = "Chair Monday's meeting"


def places(pair, user) -> dict[str, str]:
    """Card → column, as this person sees the board."""
    found = board_of(reader(pair, user))
    return {
        card.task.action.text if card.task else card.goal.title: str(column.place)
        for column in found.columns
        for card in column.cards
    }


def move(pair, user, state: str, was: str) -> int:
    return post(pair, user, f"actions/{_task().pk}/{state}/?was={was}", next=f"{pair.place}goals/board/")


def _task() -> Action:
    return next(action for action in Action.objects.all() if action.text == TASK)


def figure(html: str) -> str:
    """The figure above the board."""
    return re.search(r'class="progress-words">(.*?)</span>', html).group(1)


@pytest.mark.covers("phase1.must.11")
def test_tasks_and_goals_stand_on_a_board_whose_figure_follows_a_card_that_is_moved(aspire):
    plan_tasks(aspire)
    for user in (aspire.mentee, aspire.mentor):
        assert places(aspire, user) == {
            "Lead a team": "doing",
            "Head of department": "doing",
            "Lead three meetings": "doing",
            "First meeting led": "doing",
            TASK: "to-do",
            "Tidy up": "to-do",
        }
    assert figure(html_of(aspire, aspire.mentee, "goals/board/")) == "0 of 6"
    assert move(aspire, aspire.mentee, "doing", "open") == 302
    assert places(aspire, aspire.mentor)[TASK] == "doing"
    assert not Event.objects.filter(action="action.settled").exists()
    assert move(aspire, aspire.mentor, "done", "doing") == 302
    html = html_of(aspire, aspire.mentee, "goals/board/")
    assert (places(aspire, aspire.mentee)[TASK], figure(html)) == ("done", "1 of 6")
    assert move(aspire, aspire.mentee, "doing", "done") == 302
    assert figure(html_of(aspire, aspire.mentor, "goals/board/")) == "0 of 6"


def test_what_is_under_way_is_still_carried_to_the_sessions_and_may_be_let_go(aspire):
    plan_tasks(aspire)
    move(aspire, aspire.mentee, "doing", "open")
    assert "Chair Monday" in html_of(aspire, aspire.mentor, "actions/").partition("Settled")[0]
    move(aspire, aspire.mentee, "dropped", "doing")
    assert TASK not in places(aspire, aspire.mentee)


@pytest.mark.covers("phase1.must.11")
def test_days_to_come_stand_on_the_timeline_in_their_order(aspire):
    plan_tasks(aspire)
    found = board_of(reader(aspire, aspire.mentor))
    assert [(str(day.on), day.what) for day in found.ahead] == [
        ("2026-11-20", TASK),
        ("2026-11-20", "Tidy up"),
        ("2026-12-01", "First meeting led"),
        ("2027-03-01", "Lead three meetings"),
    ]
    html = html_of(aspire, aspire.mentor, "goals/board/")
    assert html.index("Friday 20 November · task") < html.index("Tuesday 1 December · milestone")


@pytest.mark.covers("phase1.must.52", "phase1.must.51")
def test_what_was_reached_changed_and_done_stands_in_one_view_for_both(aspire, at):
    plan_tasks(aspire)
    with at("2026-11-10 09:00", "Pacific/Apia"):
        move(aspire, aspire.mentee, "done", "open")
        milestone = goal(MILESTONE["_id"], aspire)
        mark_goal(goal=milestone, state=GoalState.REACHED, actor=aspire.mentor, was=GoalState.OPEN)
    with at("2026-11-11 09:00", "Pacific/Apia"):
        changed = [SMART | {"specific": "Lead four meetings", "status": "off_track"}]
        send(sheet_of(aspire, aspire.mentee, "smart-goals"), aspire.mentee, {"goals": changed})
        win = {"date": "2026-11-11", "what": "Praise", "kind": "feedback", "goal": SMART["_id"]}
        send(sheet_of(aspire, aspire.mentor, "small-win"), aspire.mentor, win)
        entry = {"date": "2026-11-11", "thoughts": "CANARY", "goal": SMART["_id"]}
        send(sheet_of(aspire, aspire.mentee, "journal"), aspire.mentee, entry)
    with at("2026-11-12 09:00", "Pacific/Apia"):
        achieved = {"aspirations": [ASPIRATION | {"status": "achieved"}]}
        send(sheet_of(aspire, aspire.mentee, "aspiration"), aspire.mentee, achieved)
        both = [
            ("Thursday 12 November · aspiration reached", "Lead a team", ""),
            ("Wednesday 11 November · put differently", "Lead four meetings", "ʻAna"),
            ("Wednesday 11 November · Small win", "Lead four meetings", ""),
            ("Tuesday 10 November · milestone reached", "First meeting led", ""),
            ("Tuesday 10 November · task done", TASK, "ʻAna"),
            ("Tuesday 3 November · Action plan", "Lead four meetings", ""),
        ]
        private = ("Wednesday 11 November · Journal", "Lead four meetings", "")
        for user, told in ((aspire.mentor, both), (aspire.mentee, [*both, private])):
            days = board_of(reader(aspire, user)).behind
            behind = [(day.when, day.what, day.who) for day in days if day.kind != "sent"]
            assert sorted(behind) == sorted(told)
            html = html_of(aspire, user, "goals/board/")
            assert all(when in html for when, _what, _who in told)
            assert "CANARY" not in html


def test_goals_that_stay_with_their_writer_are_on_no_other_board(caltrans):
    send_goals(caltrans)
    assert "Run a district" in places(caltrans, caltrans.mentee)
    assert places(caltrans, caltrans.mentor) == {}
    assert "Nothing here yet" in html_of(caltrans, caltrans.mentor, "goals/board/")


def test_nobody_outside_the_pair_sees_the_board(aspire, sign_in):
    stranger = UserFactory()
    MembershipFactory(user=stranger)
    for user in (aspire.coordinator, stranger):
        assert sign_in(user).get(f"{aspire.place}goals/board/").status_code == 404


def test_more_cards_cost_no_more_queries(aspire, sign_in, django_assert_max_num_queries):
    client, page = sign_in(aspire.mentee), f"{aspire.place}goals/board/"
    plan_tasks(aspire)
    counts = []
    for number in range(2):
        with django_assert_max_num_queries(60) as seen:
            client.get(page)
        counts.append(len(seen))
        rows = [
            {"_id": f"6000000{number}{place}", "task": "More", "owner": "mentor", "due": "2026-12-24"} for place in "ab"
        ]
        further = [row | {"goal": SMART["_id"], "state": "to_do"} for row in rows]
        send(sheet_of(aspire, aspire.mentee, "action-plan"), aspire.mentee, {"tasks": further})
    assert counts[0] == counts[1]
