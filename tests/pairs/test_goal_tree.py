"""Aspirations, goals, objectives and needs: each hangs on what it serves, keeps every wording, and stands where it is due."""

from contextlib import contextmanager

import pytest
from django.test import Client

from mentoring import clock
from mentoring.history.models import Event
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.goal_pages import goals_page
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.sheets import add_sheet
from pairs.models import Goal, GoalChange, Output
from templates_app.models import TemplateVersion
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.filling import send, take_up, write


def _without_gates(handbook) -> None:
    """Coordinators may pair, and nothing has to come before: the tests are about goals."""
    for version in TemplateVersion.objects.filter(template__handbook=handbook):
        if version.definition.get("waits_for"):
            free = version.definition | {"waits_for": []}
            TemplateVersion.objects.filter(pk=version.pk).update(definition=free)
    matching = handbook.content["matching"]
    if matching.get("mode") == "mentee":
        matching["mode"] = "both"
    handbook.content["joining"] |= {"approval": None, "gates": []}
    for module in handbook.content["training"]:
        module["gate"] = False


@contextmanager
def pair_of(kit: str):
    """A pair of a programme with that handbook, its organisation open."""
    made = make_pair(kit=kit, changed=_without_gates)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def reader(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def goals_of(pair, user) -> dict[str, object]:
    """What this person reads on the page, by title."""
    return {one.title: one for one in goals_page(reader(pair, user)).all}


def sheet_of(pair, user, worksheet: str) -> Output:
    """The person's open sheet of a worksheet, or a new one."""
    return add_sheet(reader=reader(pair, user), worksheet=worksheet, actor=user)


def html_of(pair, user, path: str) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(pair.place + path)
    assert answer.status_code == 200
    return answer.content.decode()


# --- Goals with objectives and needs ----------------------------------------------------------------------------------

NEED = {"_id": "0000000c", "need": "Chair a meeting", "competency": "team_leadership"}
OBJECTIVE = {"_id": "0000000b", "step": "Lead the bridge review", "due": "2026-11-20", "needs": [NEED]}
GOAL = {"_id": "0000000a", "goal": "Run a district", "scope": "work", "objectives": [OBJECTIVE]}


def send_goals(pair, *goals) -> Output:
    return send(sheet_of(pair, pair.mentee, "goals"), pair.mentee, {"goals": list(goals) or [GOAL]})


@pytest.fixture
def caltrans(db):
    with pair_of("caltrans") as pair:
        yield pair


@pytest.mark.covers("cal.sys.31", "cal.sys.37")
def test_needs_hang_on_objectives_with_their_dates_and_what_is_past_its_day_is_overdue(caltrans, at):
    send_goals(caltrans)
    with at("2026-11-20 23:00", "Pacific/Apia"):
        there = goals_of(caltrans, caltrans.mentee)
        goal, objective = there["Run a district"], there["Lead the bridge review"]
        assert [one.title for one in goal.children] == ["Lead the bridge review"]
        assert [one.title for one in objective.children] == ["Chair a meeting"]
        assert str(objective.due_on) == "2026-11-20"
        assert str(goal.due_on) == "2026-11-20", "a goal without a day of its own has that of its last objective"
        assert not objective.overdue
        assert "by Friday 20 November" in html_of(caltrans, caltrans.mentee, "goals/")
    with at("2026-11-21 00:30", "Pacific/Apia"):
        assert goals_of(caltrans, caltrans.mentee)["Lead the bridge review"].overdue
        assert "was meant for Friday 20 November" in html_of(caltrans, caltrans.mentee, "goals/")


@pytest.mark.covers("cal.sys.58")
def test_a_log_offers_the_mentees_goals_and_the_list_of_competencies(caltrans):
    send_goals(caltrans)
    fields = {one.key: one for one in reader(caltrans, caltrans.mentor).worksheets["meeting-log"].fields()}
    assert fields["goals"].options_from == "goals"
    assert len(fields["competencies"].options) == 23
    named = reader(caltrans, caltrans.mentee).named
    assert [one.label for one in named["goals"]] == ["Run a district"]
    assert [one.label for one in named["milestones"]] == ["Lead the bridge review"]
    assert [one.label for one in named["needs"]] == ["Chair a meeting"]


@pytest.mark.covers("gla.must.30", "phase1.asp.2")
def test_a_changed_wording_keeps_the_old_one_with_who_wrote_it(caltrans):
    sheet = send_goals(caltrans)
    assert goals_of(caltrans, caltrans.mentee)["Run a district"].history == []
    send(take_up(sheet, caltrans.mentee), caltrans.mentee, {"goals": [GOAL | {"goal": "Run two districts"}]})
    goal = goals_of(caltrans, caltrans.mentee)["Run two districts"]
    assert [(one.words, one.who) for one in goal.history] == [("Run two districts", "ʻAna"), ("Run a district", "ʻAna")]
    assert GoalChange.objects.filter(goal=goal.goal).first().changed_by == caltrans.mentee


def test_sending_the_same_again_changes_nothing(caltrans):
    sheet = send_goals(caltrans)
    before = GoalChange.objects.count()
    send(take_up(sheet, caltrans.mentee), caltrans.mentee, {"goals": [GOAL]})
    assert GoalChange.objects.count() == before == 3


def test_a_need_taken_off_the_sheet_is_let_go_and_its_goal_stays(caltrans):
    sheet = send_goals(caltrans)
    send(
        take_up(sheet, caltrans.mentee),
        caltrans.mentee,
        {"goals": [GOAL | {"objectives": [OBJECTIVE | {"needs": []}]}]},
    )
    assert sorted(goals_of(caltrans, caltrans.mentee)) == ["Lead the bridge review", "Run a district"]


# --- Aspirations, goals and milestones on sheets of their own ----------------------------------------------------------

LONG_TERM = {"_id": "1000000b", "goal": "Head of department"}
ASPIRATION = {
    "_id": "1000000a", "title": "Lead a team", "kind": "career", "vision": "I lead", "motivation": "It is me",
    "status": "active", "long_term": [LONG_TERM],
}  # fmt: skip
SMART = {
    "_id": "2000000a", "specific": "Lead three meetings", "measurable": "Three", "achievable": "Yes", "relevant": "Yes",
    "due": "2027-03-01", "aspiration": "1000000a", "long_term": "1000000b", "status": "not_started",
}  # fmt: skip
MILESTONE = {"_id": "3000000a", "name": "First meeting led", "goal": "2000000a", "target": "2026-12-01"}


def send_all(pair) -> None:
    """An aspiration, a goal that serves it, and a milestone on the way, each on its sheet."""
    send(sheet_of(pair, pair.mentee, "aspiration"), pair.mentee, {"aspirations": [ASPIRATION]})
    send(sheet_of(pair, pair.mentee, "smart-goals"), pair.mentee, {"goals": [SMART]})
    send(sheet_of(pair, pair.mentee, "milestones"), pair.mentee, {"milestones": [MILESTONE]})


@pytest.fixture
def aspire(db):
    with pair_of("aspire") as pair:
        send_all(pair)
        yield pair


@pytest.mark.covers("phase1.asp.3")
def test_what_stands_on_several_sheets_is_one_tree(aspire):
    [root] = goals_page(reader(aspire, aspire.mentor)).goals
    assert [(one.title, one.goal.level) for one in root.whole()] == [
        ("Lead a team", "aspiration"),
        ("Head of department", "goal"),
        ("Lead three meetings", "goal"),
        ("First meeting led", "milestone"),
    ]


@pytest.mark.covers("phase1.asp.4")
def test_an_aspiration_names_the_one_it_grew_from(aspire):
    child = ASPIRATION | {"_id": "1000000d", "title": "Lead two teams", "parent": "1000000a", "long_term": [LONG_TERM]}
    child["long_term"] = [LONG_TERM | {"_id": "1000000e"}]
    send(sheet_of(aspire, aspire.mentee, "aspiration"), aspire.mentee, {"aspirations": [ASPIRATION, child]})
    assert Goal.objects.get(row="1000000d").parent == Goal.objects.get(row="1000000a")
    round_trip = ASPIRATION | {"parent": "1000000d"}
    send(sheet_of(aspire, aspire.mentee, "aspiration"), aspire.mentee, {"aspirations": [round_trip, child]})
    parents = [Goal.objects.get(row=row).parent_id for row in ("1000000a", "1000000d")]
    assert parents.count(None) == 1, "of two that name each other one hangs on nothing"


def test_a_sheet_lets_nothing_go_that_stands_on_another(aspire):
    send(sheet_of(aspire, aspire.mentee, "smart-goals"), aspire.mentee, {"goals": [SMART | {"specific": "Lead four"}]})
    assert not Goal.objects.exclude(dropped_at=None).exists()
    assert Goal.objects.count() == 4


def test_the_next_sheet_of_milestones_begins_with_those_that_stand(aspire):
    again = write(sheet_of(aspire, aspire.mentor, "milestones"), aspire.mentor, {})
    assert [row["_id"] for row in again.response.facts["milestones"]] == ["3000000a"]


@pytest.mark.covers("phase1.arch.4.b", "phase1.tool.tracking")
def test_a_milestone_with_the_day_it_was_reached_is_reached_and_the_timeline_says_so(aspire):
    reached = MILESTONE | {"reached": "2026-11-03", "revisited": "not_yet"}
    send(sheet_of(aspire, aspire.mentee, "milestones"), aspire.mentee, {"milestones": [reached]})
    shown = goals_of(aspire, aspire.mentor)["First meeting led"]
    assert (shown.goal.state, str(shown.goal.reached_on)) == ("reached", "2026-11-03")
    assert [one.state for one in shown.history] == ["reached", "on the way"]
    assert Event.objects.filter(action="goal.reached").count() == 1
    assert "reached Tuesday 3 November" in html_of(aspire, aspire.mentor, "goals/")


def test_a_goal_follows_the_state_its_sheet_gives_it(aspire):
    send(sheet_of(aspire, aspire.mentee, "smart-goals"), aspire.mentee, {"goals": [SMART | {"status": "off_track"}]})
    assert Goal.objects.get(row="2000000a").state == "off-track"


@pytest.mark.covers("phase1.prog.4")
def test_a_sheet_that_names_a_goal_stands_with_it_for_those_who_may_read_it(aspire):
    win = {"date": "2026-11-03", "what": "Praise", "kind": "feedback", "goal": "2000000a"}
    send(sheet_of(aspire, aspire.mentor, "small-win"), aspire.mentor, win)
    entry = {"date": "2026-11-03", "thoughts": "Hm", "goal": "2000000a"}
    send(sheet_of(aspire, aspire.mentee, "journal"), aspire.mentee, entry)

    def told(user) -> list[str]:
        linked = goals_of(aspire, user)["Lead three meetings"].linked
        return sorted(one.mention.worksheet.title for one in linked)

    assert told(aspire.mentee) == ["Journal", "Small win"]
    assert told(aspire.mentor) == ["Small win"]
