"""Goals are read by whoever may read the sheet they stand on: kept to oneself, their words reach the partner nowhere."""

import pytest
from django.test import Client

from pairs.domain.beside import beside_questions
from pairs.domain.goal_pages import goals_page
from pairs.domain.goals import GoalNotReadable, answer_goal
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.sessions import hold_session
from pairs.models import Action, Goal, Output
from templates_app.domain.sharing import share_response, take_back_share
from tests.pairs.filling import GOAL, LOG, change_sheet, send, take_up
from tests.pairs.test_schedule import save, six

SECRET = "CANARY-GOAL"
PRIVATE = {"preset": "private", "shareable": True}


def reader(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def page(pair, user, path) -> tuple[int, str]:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(pair.place + path)
    return answer.status_code, answer.content.decode()


def send_goal(pair, **more) -> Output:
    goal = GOAL | {"due": "2027-03-01", "action": SECRET} | more
    return send(pair.output(worksheet="goals", moment="session-1"), pair.mentee, {"goals": [goal]})


def told_beside(pair, user) -> str:
    """What stands next to the question of the final sheet that asks for the goals."""
    found = reader(pair, user)
    return str(beside_questions(found.worksheets["closure"], found))


def offered(pair, user) -> list[str]:
    return [choice.label for choice in reader(pair, user).goals]


@pytest.fixture
def private(pair, at):
    """A pair whose handbook leaves goals to the mentee; session 1 is over, and the goals are sent."""
    save(pair, six())
    change_sheet(pair.pairing, "goals", readers=PRIVATE)
    with at("2026-11-12 11:00", "Pacific/Apia"):
        hold_session(session=pair.session(1), actor=pair.mentee)
        pair.sheet = send_goal(pair)
        yield pair


def test_the_mentee_reads_private_goals_everywhere(private):
    assert SECRET in page(private, private.mentee, "goals/")[1]
    assert SECRET in told_beside(private, private.mentee)
    assert offered(private, private.mentee) == [SECRET]


def test_private_goals_stand_neither_on_the_mentors_pages_nor_among_their_options_nor_beside_a_question(private):
    goal = Goal.objects.get()
    status, words = page(private, private.mentor, "goals/")
    assert (status, SECRET in words) == (200, False)
    assert page(private, private.mentor, f"goals/{goal.pk}/answer/")[0] == 404
    assert goals_page(reader(private, private.mentor)).goals == []
    assert SECRET not in told_beside(private, private.mentor)
    assert offered(private, private.mentor) == ["Goal 1"]


def test_a_log_that_names_a_private_goal_tells_the_mentor_its_number_alone(private, at):
    with at("2026-12-10 20:00", "Pacific/Apia"):
        hold_session(session=private.session(2), actor=private.mentee)
        log = private.output(worksheet="learning-log", moment="session-2", side="mentee")
        sheet = send(log, private.mentee, LOG | {"goals_served": [GOAL["_id"]]})
        client = Client()
        client.force_login(private.mentor, backend="django.contrib.auth.backends.ModelBackend")
        words = client.get(private.url(f"outputs/{sheet.pk}/read/")).content.decode()
    assert "Goal 1" in words
    assert "CANARY-ISSUES" in words
    assert SECRET not in words


def test_nobody_answers_a_goal_that_they_may_not_read(private):
    goal = Goal.objects.get()
    with pytest.raises(GoalNotReadable):
        answer_goal(goal=goal, comment="I guess", agreed=True, actor=private.mentor)
    goal.refresh_from_db()
    assert (goal.agreed_at, goal.comment) == (None, "")


def test_shared_goals_are_read_by_the_partner_until_the_share_is_taken_back(private):
    response = private.sheet.response
    share_response(response=response, audience="partner", actor=private.mentee)
    assert SECRET in page(private, private.mentor, "goals/")[1]
    assert SECRET in told_beside(private, private.mentor)
    assert offered(private, private.mentor) == [SECRET]
    take_back_share(response=response, audience="partner", actor=private.mentee)
    assert SECRET not in page(private, private.mentor, "goals/")[1]
    assert offered(private, private.mentor) == ["Goal 1"]


def test_goals_that_open_later_are_read_then(pair, at):
    save(pair, six())
    opens = {"anchor": "session-start", "session": 2}
    change_sheet(pair.pairing, "goals", readers={"preset": "pair", "opens": "moment", "opens_at": opens})
    send_goal(pair)
    assert offered(pair, pair.mentor) == ["Goal 1"]
    with at("2026-12-10 20:00", "Pacific/Apia"):
        assert offered(pair, pair.mentor) == [SECRET]


def test_a_goal_field_with_readers_of_its_own_is_kept_to_its_writer(pair):
    sheet = reader(pair, pair.mentee).worksheets["goals"].model_dump(mode="json")
    for field in (field for section in sheet["sections"] for field in section["fields"]):
        field["readers"] = "private" if field["kind"] == "goal" else field["readers"]
    change_sheet(pair.pairing, "goals", sections=sheet["sections"])
    send_goal(pair)
    assert offered(pair, pair.mentor) == ["Goal 1"]
    assert offered(pair, pair.mentee) == [SECRET]


def test_goals_of_the_pair_stay_within_reach_while_the_mentee_changes_them(pair):
    take_up(send_goal(pair), pair.mentee)
    assert offered(pair, pair.mentor) == [SECRET]
    assert SECRET in page(pair, pair.mentor, "goals/")[1]


def test_actions_of_a_private_sheet_are_kept_to_its_writer_too(pair, at):
    save(pair, six())
    change_sheet(pair.pairing, "capacity", readers=PRIVATE)
    with at("2026-12-10 20:00", "Pacific/Apia"):
        hold_session(session=pair.session(1), actor=pair.mentee)
        hold_session(session=pair.session(2), actor=pair.mentee)
        gaps = [{"_id": "dddd0001", "gap": "Water chapter", "action": SECRET}]
        answers = {"mode": "joined", "goals": "Become lead assessor", "gaps": gaps}
        sheet = send(pair.output(worksheet="capacity"), pair.mentee, answers)
        third, action = pair.session(3), Action.objects.get()
        for path in ("actions/", f"sessions/{third.pk}/"):
            assert SECRET in page(pair, pair.mentee, path)[1], path
            assert SECRET not in page(pair, pair.mentor, path)[1], path
        client = Client()
        client.force_login(pair.mentor, backend="django.contrib.auth.backends.ModelBackend")
        settle = f"{pair.place}actions/{action.pk}/done/?was=open"
        assert client.post(settle).status_code == 404
        share_response(response=sheet.response, audience="partner", actor=pair.mentee)
        assert SECRET in page(pair, pair.mentor, "actions/")[1]
