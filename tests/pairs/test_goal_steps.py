"""What people do with single goals: a plan for each need, goals opened one by one, what follows when one is reached."""

import re

import pytest
from django.http import Http404
from django.test import Client

from mentoring.notices.models import Message
from pairs.domain.action_pages import actions_page
from pairs.domain.actions import MovedOn, settle_action
from pairs.domain.agreement import open_agreement
from pairs.domain.goal_marking import mark_goal, share_goal
from pairs.domain.goal_pages import goals_page
from pairs.domain.goals import GoalNotReadable
from pairs.domain.session_page import session_page
from pairs.domain.sheets import sheet_about
from pairs.enums import ActionState, GoalState
from pairs.models import Action, Agreement, Goal, GoalChange, Output
from templates_app.domain.responses import answers_of
from tests.pairs.filling import send, take_up, write
from tests.pairs.test_goal_tree import (
    GOAL,
    MILESTONE,
    NEED,
    OBJECTIVE,
    SMART,
    aspire,
    caltrans,
    goals_of,
    html_of,
    pair_of,
    reader,
    send_goals,
    sheet_of,
)
from tests.pairs.test_schedule import save, six

__all__ = ["aspire", "caltrans"]
SECRET = {
    "_id": "0000001a",
    "goal": "CANARY leave this place",
    "objectives": [OBJECTIVE | {"_id": "0000001b", "needs": []}],
}


def goal(row: str, pair) -> Goal:
    found = Goal.objects.get(row=row)
    found.pairing = pair.pairing
    return found


def post(pair, user, path: str, **data) -> int:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.post(pair.place + path, data).status_code


# --- A sheet for each need ----------------------------------------------------------------------------------------------


@pytest.mark.covers("cal.sys.32")
def test_each_need_has_one_plan_that_is_opened_from_it_and_carries_its_words(caltrans):
    second = NEED | {"_id": "0000000d", "need": "Say no"}
    send_goals(caltrans, GOAL | {"objectives": [OBJECTIVE | {"needs": [NEED, second]}]})
    plans = [
        sheet_about(
            reader=reader(caltrans, caltrans.mentee),
            goal=goal(row, caltrans),
            worksheet="development-plan",
            actor=caltrans.mentee,
        )
        for row in (NEED["_id"], second["_id"], NEED["_id"])
    ]
    assert plans[0] == plans[2] != plans[1], "a need has one plan, however often it is opened"
    assert {plan.about.row for plan in plans} == {NEED["_id"], second["_id"]}
    begun = write(plans[1], caltrans.mentee, {})
    assert begun.response.facts["which"] == second["_id"]
    assert begun.response.texts["need"] == "Say no"
    shown = goals_of(caltrans, caltrans.mentee)
    assert [plan.output for plan in shown["Say no"].plans] == [plans[1]]
    assert shown["Lead the bridge review"].plans == []


def test_a_plan_belongs_to_a_need_and_to_nobody_elses(caltrans):
    send_goals(caltrans)
    plan = "development-plan"
    for row, user in ((OBJECTIVE["_id"], caltrans.mentee), (NEED["_id"], caltrans.mentor)):
        found = reader(caltrans, user)
        with pytest.raises(Http404):
            sheet_about(reader=found, goal=goal(row, caltrans), worksheet=plan, actor=user)
    assert post(caltrans, caltrans.mentee, f"goals/{goal(NEED['_id'], caltrans).pk}/sheets/{plan}/") == 302
    assert Output.objects.exclude(about=None).count() == 1


def elements(pair) -> list[str]:
    """The lines of the plan in the contract's draft."""
    answers = answers_of(Agreement.objects.select_related("response").get(pairing=pair.pairing).response)
    return sorted(row["element"] for row in answers.get("plan_elements") or [])


@pytest.mark.covers("cal.sys.46")
def test_lines_for_the_contract_are_picked_from_all_plan_sheets_and_competencies_from_the_list(caltrans, sign_in):
    second = NEED | {"_id": "0000000d", "need": "Say no"}
    send_goals(caltrans, GOAL | {"objectives": [OBJECTIVE | {"needs": [NEED, second]}]})
    for row, lines in ((NEED, ("Ask first", "Prepare")), (second, ("Listen longer", "Prepare"))):
        found, about = reader(caltrans, caltrans.mentee), goal(row["_id"], caltrans)
        plan = sheet_about(reader=found, goal=about, worksheet="development-plan", actor=caltrans.mentee)
        rows = [{"_id": f"0000000{place}", "behaviour": words} for place, words in enumerate(lines)]
        send(plan, caltrans.mentee, {"need": "Lead", "impact": "Calm", "strengthen": rows})
    open_agreement(pairing=caltrans.pairing, actor=caltrans.mentee)
    client, take = sign_in(caltrans.mentor), f"{caltrans.place}agreement/write/take/plan_elements/"
    page = client.get(f"{caltrans.place}agreement/").content.decode()
    named = re.findall(r'name="line" value="(\w+)"><span dir="auto">([^<]+)</span>', page)
    offered = {words: name for name, words in named}
    assert sorted(words for _name, words in named) == ["Ask first", "Listen longer", "Prepare"], "each line once"
    client.post(take, {"pick": "1"})
    assert elements(caltrans) == []
    client.post(take, {"pick": "1", "line": [offered["Ask first"], offered["Prepare"]]})
    assert elements(caltrans) == ["Ask first", "Prepare"]
    client.post(take)
    assert elements(caltrans) == ["Ask first", "Listen longer", "Prepare"], "and what is left with one action"
    assert "plan_elements" not in client.get(f"{caltrans.place}agreement/").content.decode()
    form = client.get(f"{caltrans.place}agreement/write/").content.decode()
    box = form[form.index('name="f-competencies-0-competency"') :]
    assert box[: box.index("</select>")].count('<option value="') == 25, "23, none chosen, and one's own"


# --- Goals opened one by one ----------------------------------------------------------------------------------------------


@pytest.mark.covers("cal.sys.100")
def test_goals_are_the_mentees_own_until_chosen_ones_are_opened(caltrans):
    send_goals(caltrans, GOAL, SECRET)
    assert goals_of(caltrans, caltrans.mentor) == {}
    path = f"goals/{goal(GOAL['_id'], caltrans).pk}/share/"
    assert post(caltrans, caltrans.mentor, path) == 404
    assert post(caltrans, caltrans.mentee, path) == 302
    assert sorted(goals_of(caltrans, caltrans.mentor)) == [
        "Chair a meeting",
        "Lead the bridge review",
        "Run a district",
    ]
    assert "CANARY" not in html_of(caltrans, caltrans.mentor, "goals/")
    assert [one.label for one in reader(caltrans, caltrans.mentor).named["goals"]] == ["Run a district", "Goal 2"]
    assert post(caltrans, caltrans.mentee, path, close="1") == 302
    assert goals_of(caltrans, caltrans.mentor) == {}


def test_what_a_goal_was_before_it_was_opened_stays_with_its_writer(caltrans, at):
    sheet = send_goals(caltrans)
    send(take_up(sheet, caltrans.mentee), caltrans.mentee, {"goals": [GOAL | {"goal": "Run two districts"}]})
    with at("2026-11-05 10:00", "Pacific/Apia"):
        share_goal(goal=goal(GOAL["_id"], caltrans), shared=True, actor=caltrans.mentee)
    with at("2026-11-06 10:00", "Pacific/Apia"):
        for words in ("Run three", "Run four"):
            send(take_up(sheet, caltrans.mentee), caltrans.mentee, {"goals": [GOAL | {"goal": words}]})
        theirs, mine = (goals_of(caltrans, user)["Run four"].history for user in (caltrans.mentor, caltrans.mentee))
    assert [one.words for one in theirs] == ["Run four", "Run three"]
    assert [one.words for one in mine] == ["Run four", "Run three", "Run two districts", "Run a district"]


def test_a_need_added_inside_an_opened_goal_is_open_too_and_other_goals_are_not(caltrans):
    sheet = send_goals(caltrans, GOAL, SECRET)
    share_goal(goal=goal(GOAL["_id"], caltrans), shared=True, actor=caltrans.mentee)
    more = OBJECTIVE | {"needs": [NEED, {"_id": "0000000e", "need": "Plan a week"}]}
    send(take_up(sheet, caltrans.mentee), caltrans.mentee, {"goals": [GOAL | {"objectives": [more]}, SECRET]})
    read = goals_of(caltrans, caltrans.mentor)
    assert "Plan a week" in read
    assert not any("CANARY" in title for title in read)


# --- Marking ----------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.prog.5", "phase1.must.27")
def test_a_milestone_that_is_reached_lays_the_review_before_the_pair_once_and_offers_a_new_aspiration(aspire):
    milestone = goal(MILESTONE["_id"], aspire)
    assert not Output.objects.filter(worksheet="aspiration-review", moment__startswith="extra").exists()
    mark_goal(goal=milestone, state=GoalState.REACHED, actor=aspire.mentor, was=GoalState.OPEN)
    [review] = Output.objects.filter(worksheet="aspiration-review", moment__startswith="extra")
    assert (review.member, review.required) == (None, False)
    page = goals_page(reader(aspire, aspire.mentee))
    assert page.to_review == [review]
    assert "aspiration" in [one.worksheet.key for one in page.lists if one.may_write]
    mark_goal(goal=milestone, state=GoalState.OPEN, actor=aspire.mentor, was=GoalState.REACHED)
    mark_goal(goal=milestone, state=GoalState.REACHED, actor=aspire.mentor, was=GoalState.OPEN)
    assert Output.objects.filter(worksheet="aspiration-review", moment__startswith="extra").count() == 1
    assert GoalChange.objects.filter(goal=milestone).count() == 4


def test_of_two_who_mark_a_goal_only_the_first_counts(aspire):
    milestone = goal(MILESTONE["_id"], aspire)
    mark_goal(goal=milestone, state=GoalState.REACHED, actor=aspire.mentee, was=GoalState.OPEN)
    stale = goal(MILESTONE["_id"], aspire)
    with pytest.raises(MovedOn):
        mark_goal(goal=stale, state=GoalState.PUT_ASIDE, actor=aspire.mentor, was=GoalState.OPEN)
    assert goal(MILESTONE["_id"], aspire).state == "reached"


def test_a_later_sheet_that_says_the_same_as_before_does_not_undo_the_mark(aspire):
    mark_goal(goal=goal(SMART["_id"], aspire), state=GoalState.REACHED, actor=aspire.mentor, was=GoalState.OPEN)
    send(sheet_of(aspire, aspire.mentee, "smart-goals"), aspire.mentee, {"goals": [SMART | {"measurable": "Four"}]})
    assert goal(SMART["_id"], aspire).state == "reached"


def test_nobody_marks_a_goal_that_they_may_not_read(caltrans):
    send_goals(caltrans)
    with pytest.raises(GoalNotReadable):
        mark_goal(goal=goal(GOAL["_id"], caltrans), state=GoalState.REACHED, actor=caltrans.mentor, was=GoalState.OPEN)
    assert post(caltrans, caltrans.mentor, f"goals/{goal(GOAL['_id'], caltrans).pk}/stands/reached/?was=open") == 404


@pytest.mark.covers("phase1.must.49")
def test_a_goal_off_track_on_two_sheets_running_asks_the_mentor_to_encourage(aspire):
    words = "Twice running this was off track."
    off = {"goals": [SMART | {"status": "off_track"}]}
    send(sheet_of(aspire, aspire.mentee, "smart-goals"), aspire.mentee, off)
    assert words not in html_of(aspire, aspire.mentor, "goals/")
    send(sheet_of(aspire, aspire.mentee, "smart-goals"), aspire.mentee, off)
    assert words in html_of(aspire, aspire.mentor, "goals/")
    assert words not in html_of(aspire, aspire.mentee, "goals/")
    send(sheet_of(aspire, aspire.mentee, "smart-goals"), aspire.mentee, {"goals": [SMART | {"status": "on_track"}]})
    assert words not in html_of(aspire, aspire.mentor, "goals/")


# --- What is done for goals ---------------------------------------------------------------------------------------------


def plan_tasks(pair, **more) -> None:
    task = {
        "task": "Chair Monday's meeting",
        "owner": "mentee",
        "due": "2026-11-20",
        "goal": SMART["_id"],
        "state": "to_do",
    }
    tasks = [task | {"_id": "5000000a"}, task | {"_id": "5000000b", "task": "Tidy up", "goal": "other"}]
    tasks[1]["goal__other"] = "Just so"
    send(sheet_of(pair, pair.mentee, "action-plan"), pair.mentee, {"tasks": [row | more for row in tasks]})


@pytest.mark.covers("phase1.prog.6")
def test_each_task_shows_the_aspiration_it_serves_and_those_with_none_are_marked(aspire):
    plan_tasks(aspire)
    page = actions_page(reader(aspire, aspire.mentor))
    told = {one.action.text: (one.serves, one.is_loose) for one in page.open}
    assert told == {"Chair Monday's meeting": ("Lead a team", False), "Tidy up": ("", True)}
    html = html_of(aspire, aspire.mentor, "actions/")
    assert "for: Lead a team" in html
    assert html.count("serves no aspiration yet") == 1


@pytest.mark.covers("phase1.prog.1", "phase1.arch.3.d")
def test_the_plan_shows_whose_each_task_is_its_day_and_its_state(aspire, at):
    plan_tasks(aspire)
    with at("2026-11-21 09:00", "Pacific/Apia"):
        [first, _second] = actions_page(reader(aspire, aspire.mentee)).open
        assert (first.overdue, first.action.owner.side) == (True, "mentee")
        settle_action(action=first.action, state=ActionState.DONE, actor=aspire.mentee)
        page = actions_page(reader(aspire, aspire.mentee))
    assert ([len(page.open), len(page.settled)], page.settled[0].overdue) == ([1, 1], False)
    assert "by Friday 20 November" in html_of(aspire, aspire.mentee, "actions/")


@pytest.mark.covers("sssc.must.32")
def test_whose_task_it_is_says_beforehand_that_it_takes_longer_and_is_offered_another_day(aspire):
    save(aspire, six())
    plan_tasks(aspire)
    action = Action.objects.filter(owner__side="mentee").first()
    path = f"actions/{action.pk}/warn/"
    assert post(aspire, aspire.mentor, path) == 404
    assert post(aspire, aspire.mentee, path) == 302
    assert post(aspire, aspire.mentee, path) == 302
    action.refresh_from_db()
    assert (action.state, action.warned_at is None) == ("open", False)
    [told] = Message.objects.filter(kind="pairs.action_warned")
    assert told.recipient == aspire.mentor
    html = html_of(aspire, aspire.mentor, "actions/")
    assert "takes longer" in html
    assert f"sessions/{aspire.session(1).pk}/move/" in html


@pytest.mark.covers("gla.must.64")
def test_what_the_mentor_says_when_nothing_was_done_stands_at_the_next_session(gla):
    save(gla, six())
    objective = {"_id": "6000000a", "outcome": "Speak up", "if_not_done": "Ask me what I am afraid of"}
    words = {"no_action": "Remind me why", "objectives": [objective]}
    send(sheet_of(gla, gla.mentee, "objectives"), gla.mentee, words)
    found = reader(gla, gla.mentor)
    told = session_page(found, gla.session(2)).to_say
    assert [(one.about, one.words) for one in told] == [
        ("", "Remind me why"),
        ("Speak up", "Ask me what I am afraid of"),
    ]
    assert "Ask me what I am afraid of" in html_of(gla, gla.mentor, f"sessions/{gla.session(2).pk}/")
    mark_goal(goal=goal("6000000a", gla), state=GoalState.REACHED, actor=gla.mentee, was=GoalState.OPEN)
    told = session_page(reader(gla, gla.mentor), gla.session(2)).to_say
    assert [one.about for one in told] == [""]


@pytest.fixture
def gla(db):
    with pair_of("gla") as pair:
        yield pair
