"""The meeting with which two people close: what they accomplished, drawn together for each as they may read it."""

import pytest

from mentoring import clock
from pairs.domain.actions import settle_action
from pairs.domain.goal_marking import mark_goal, share_goal
from pairs.domain.sessions import hold_session
from pairs.enums import ActionState, GoalState
from pairs.models import Action, Goal, Output, Session
from templates_app.answers.sample import sample_answers
from tests.pairs.filling import send
from tests.pairs.test_goal_steps import SECRET
from tests.pairs.test_goal_tree import GOAL, send_goals
from tests.pairs.test_logs import reader
from tests.pairs.test_logs_of_other_handbooks import QUICK, log, met_once

FOLLOW_UP = {"_id": "aaaa0001", "action": "Chair a meeting", "owner": "mentee"}


def checkup(pair, side: str, moment: str, **answers: int) -> None:
    """One of them fills in a check-up of that round."""
    user, member = getattr(pair, side), pair.pairing.members.get(side=side)
    row = Output.objects.create(
        pairing=pair.pairing, kind="worksheet", worksheet="checkup", moment=moment, title="Check-up", member=member,
        opens_at=clock.now(),
    )  # fmt: skip
    whole = sample_answers(reader(pair, user).worksheets["checkup"], reader(pair, user).context_for(row))
    send(row, user, whole | answers)


def closing(pair) -> str:
    last = Session.objects.filter(pairing=pair.pairing, part=0).order_by("-number").first()
    return f"{pair.place}sessions/{last.pk}/"


@pytest.mark.covers("cal.sys.99")
def test_the_closing_meeting_draws_together_logs_checkups_and_goals_as_each_may_read_them(db, at, sign_in):
    with met_once(at) as pair:
        send(log(pair), pair.mentee, QUICK | {"topics": "How to chair", "followup": [FOLLOW_UP]})
        settle_action(action=Action.objects.get(), state=ActionState.DONE, actor=pair.mentee)
        send_goals(pair, GOAL, SECRET)
        goal = Goal.objects.get(row=GOAL["_id"])
        goal.pairing = pair.pairing
        share_goal(goal=goal, shared=True, actor=pair.mentee)
        mark_goal(goal=goal, state=GoalState.REACHED, was=GoalState.OPEN, actor=pair.mentee)
        for side, first, last in (("mentor", 4, 2), ("mentee", 3, 1)):
            checkup(pair, side, "look-1", trust=first)
            with at("2027-03-12 20:00", "Pacific/Apia"):
                checkup(pair, side, "look-2", trust=last)
        with at("2026-12-10 20:00", "Pacific/Apia"):
            hold_session(session=pair.session(2), actor=pair.mentee, minutes=60)
        for user in (pair.mentor, pair.mentee):
            page = sign_in(user).get(closing(pair)).content.decode()
            told = page[page.index("What you have accomplished") :]
            told = told[: told.index("</section>")]
            for words in (
                "You have met 2 times, 2.5 hours in all",
                "Run a district",
                "Chair a meeting",
                "How to chair",
            ):
                assert words in told, words
            trust = told[told.index("There is trust enough between us") :][:700]
            assert "Helen 4 · Disagree" in trust
            assert "ʻAna 1 · Strongly agree" in trust
            assert (SECRET["goal"] in told) is (user == pair.mentee)
        earlier = sign_in(pair.mentee).get(f"{pair.place}sessions/{pair.session(2).pk}/").content.decode()
        assert "What you have accomplished" not in earlier


def test_where_nothing_was_written_or_the_handbook_has_it_not_so_nothing_is_drawn_together(db, at, sign_in):
    with met_once(at, "sssc") as pair:
        assert "What you have accomplished" not in sign_in(pair.mentee).get(closing(pair)).content.decode()
