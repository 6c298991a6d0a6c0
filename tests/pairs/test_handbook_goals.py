"""What the further handbooks ask of goals and progress, each at its word."""

import re

import pytest
from django.test import Client

from mentoring.history.models import Event
from pairs.domain.goal_pages import goals_page
from pairs.domain.reading import Right
from pairs.domain.trends import trend_of
from pairs.models import Action, Goal, GoalChange, Output
from templates_app.domain.responses import NotComplete
from templates_app.domain.sharing import share_response, take_back_share
from tests.pairs.filling import send, take_up, write
from tests.pairs.test_goal_steps import gla
from tests.pairs.test_goal_tree import (
    ASPIRATION,
    GOAL,
    MILESTONE,
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

__all__ = ["aspire", "caltrans", "gla"]


@pytest.fixture
def sssc(db):
    with pair_of("sssc") as pair:
        yield pair


def form_of(pair, user, output: Output, **changes) -> str:
    """The sheet's form as the browser gets it; with ``changes`` after pressing one of its buttons."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    path = pair.url(f"outputs/{output.pk}/")
    answer = client.post(path, changes) if changes else client.get(path)
    assert answer.status_code in (200, 422)
    return answer.content.decode()


# --- Caltrans -----------------------------------------------------------------------------------------------------------


@pytest.mark.covers("cal.sys.30")
def test_the_goals_worksheet_has_five_prompts_four_goals_of_three_objectives_and_grows(caltrans):
    sheet = sheet_of(caltrans, caltrans.mentee, "goals")
    worksheet = reader(caltrans, caltrans.mentee).worksheets["goals"]
    assert len(worksheet.sections[0].fields) == 5
    html = form_of(caltrans, caltrans.mentee, sheet)
    for place in range(4):
        for objective in range(3):
            assert f'name="f-goals-{place}-objectives-{objective}-step"' in html
    assert 'name="f-goals-4-goal"' not in html
    for button in ("add:goals", "add:goals.0.objectives", "add:goals.0.objectives.0.needs"):
        assert f'value="{button}"' in html, "rows can be added"
    assert 'value="remove:goals.0' in html, "rows can be removed"


@pytest.mark.covers("cal.sys.33")
def test_a_development_plan_has_need_impact_and_five_lists_of_three_lines_that_grow(caltrans):
    send_goals(caltrans)
    html = form_of(caltrans, caltrans.mentee, caltrans.output(worksheet="development-plan"))
    assert 'name="f-need"' in html
    assert 'name="f-impact"' in html
    lists = {"strengthen": "behaviour", "let_go": "behaviour", "mentor_support": "support", "others_support": "support"}
    for name, column in (lists | {"strategies": "strategy"}).items():
        assert f'name="f-{name}-2-{column}"' in html
        assert f'name="f-{name}-3-{column}"' not in html
        assert f'value="add:{name}"' in html


@pytest.mark.covers("cal.sys.92")
def test_what_was_written_in_step_1_stays_in_view_beside_the_goals(caltrans):
    begun = write(
        sheet_of(caltrans, caltrans.mentee, "goals"), caltrans.mentee, {"enjoy": "Bridges", "causes": "Salmon"}
    )
    _before, beside = form_of(caltrans, caltrans.mentee, begun).split("To read while you answer: Goal", 1)
    beside = beside.split("</aside>")[0]
    assert "Bridges" in beside
    assert "Salmon" in beside


@pytest.mark.covers("cal.sys.96")
def test_a_correction_named_in_a_checkup_becomes_a_follow_up_item_of_the_pair(caltrans):
    worksheet = reader(caltrans, caltrans.mentee).worksheets["checkup"]
    [field] = [one for one in worksheet.fields() if one.kind == "action"]
    output = Output.objects.create(
        pairing=caltrans.pairing,
        kind="worksheet",
        worksheet="checkup",
        moment="round-1",
        title="Checkup",
        member=caltrans.output(worksheet="goals").member,
        opens_at=caltrans.output(worksheet="goals").opens_at,
    )
    scales = dict.fromkeys(("trust", "speaking_up", "expectations", "goals"), 1)
    answers = scales | {"role": "mentee", "met_mentor": 2, "hours": 6}
    send(
        output, caltrans.mentee, answers | {field.key: [{"_id": "7000000a", "what": "Start on time", "who": "mentor"}]}
    )
    action = Action.objects.get()
    assert (action.text, action.owner.side, action.state) == ("Start on time", "mentor", "open")


# --- GLA ------------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("gla.must.23")
def test_scores_in_half_steps_in_words_or_on_a_line_are_charted_over_time(gla, at):
    send(
        sheet_of(gla, gla.mentee, "objectives"),
        gla.mentee,
        {"objectives": [{"_id": "6000000a", "outcome": "Speak up"}]},
    )
    numbers = {"kind": "numbers", "range": "one_to_nine"}
    given = (
        [numbers | {"score_nine": value} for value in (5, 5.5)]
        + [{"kind": "categories", "score_words": value} for value in (1, 3)]
        + [{"kind": "line", "score_line": value} for value in (20, 70)]
    )
    for day, answers in enumerate(given, start=10):
        with at(f"2026-11-{day} 10:00"):
            sheet = sheet_of(gla, gla.mentee, "scaling")
            send(sheet, gla.mentee, {"question": "Speaking up", "objective": "6000000a"} | answers)
    charts = goals_of(gla, gla.mentor)["Speak up"].charts
    assert [list(one.series[0].values) for one in charts] == [[5, 5.5], [1, 3], [20, 70]]
    trend = trend_of(reader(gla, gla.mentor), "scaling")
    drawn = [[v for v in one.chart.series[0].values if v is not None] for one in trend.questions if one.chart]
    assert drawn == [[5, 5.5], [1, 3], [20, 70]]
    html = html_of(gla, gla.mentor, "goals/")
    assert html.count("<figure") == 3
    assert "<table" in html


# --- SSSC -----------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("sssc.must.35")
def test_oskar_keeps_now_and_target_from_0_to_10_and_charts_them_over_time(sssc, at):
    fields = {one.key: one for one in reader(sssc, sssc.mentee).worksheets["oskar"].fields()}
    assert [[point.value for point in fields[key].points] for key in ("now", "target")] == [list(range(11))] * 2
    for day, now, target in ((10, 0, 8), (17, 4, 8), (24, 6, 10)):
        with at(f"2026-11-{day} 10:00"):
            send(sheet_of(sssc, sssc.mentee, "oskar"), sssc.mentee, {"outcome": "Calm", "now": now, "target": target})
    questions = {one.label: one for one in trend_of(reader(sssc, sssc.mentee), "oskar").questions}
    drawn = [list(questions[fields[key].label].chart.series[0].values) for key in ("now", "target")]
    assert drawn == [[0, 4, 6], [8, 8, 10]]


@pytest.mark.covers("sssc.must.34")
def test_a_commitment_below_7_asks_one_question_more_and_keeps_its_answer(sssc):
    sheet = sheet_of(sssc, sssc.mentee, "grow")
    fields = {one.key: one for one in reader(sssc, sssc.mentee).worksheets["grow"].fields()}
    with pytest.raises(NotComplete) as refused:
        send(sheet, sssc.mentee, {"rating": 6})
    assert fields["below7"].key in str(refused.value.checked.faults)
    with pytest.raises(NotComplete) as refused:
        send(sheet, sssc.mentee, {"rating": 7})
    assert fields["below7"].key not in str(refused.value.checked.faults)
    kept = write(sheet, sssc.mentee, {"rating": 6, "below7": "Ask for leave"})
    assert kept.response.texts["below7"] == "Ask for leave"


# --- Aspirations -----------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.asp.1", "phase1.must.24")
def test_an_aspiration_holds_vision_motive_long_term_goals_state_and_every_version(aspire):
    again = ASPIRATION | {"vision": "I lead well", "status": "set_aside"}
    send(sheet_of(aspire, aspire.mentee, "aspiration"), aspire.mentee, {"aspirations": [again]})
    shown = goals_of(aspire, aspire.mentor)["Lead a team"]
    assert [text for _label, text in shown.words] == ["Lead a team", "I lead well", "It is me"]
    assert [one.title for one in shown.children if one.goal.worksheet == "aspiration"] == ["Head of department"]
    assert shown.goal.state == "put-aside"
    versions = GoalChange.objects.filter(goal=shown.goal)
    assert [one.words["vision"] for one in versions] == ["I lead", "I lead well"]
    sheet = Output.objects.filter(worksheet="aspiration", response__isnull=False).first()
    assert sheet.response.facts["aspirations"][0]["kind"] == "career"


@pytest.mark.covers("phase1.must.25")
def test_a_smart_goal_is_refused_without_its_five_parts_and_kept_as_a_draft(aspire):
    for part in ("specific", "measurable", "achievable", "relevant", "due"):
        sheet = sheet_of(aspire, aspire.mentee, "smart-goals")
        less = {key: value for key, value in SMART.items() if key != part}
        with pytest.raises(NotComplete):
            send(sheet, aspire.mentee, {"goals": [less]})
        assert write(sheet, aspire.mentee, {"goals": [less]}).response.state == "draft"


@pytest.mark.covers("phase1.prog.2")
def test_a_small_win_and_a_milestone_are_two_things_and_both_stand_on_the_timeline(aspire):
    win = {"date": "2026-11-03", "what": "Praise", "kind": "feedback", "goal": SMART["_id"]}
    send(sheet_of(aspire, aspire.mentor, "small-win"), aspire.mentor, win)
    assert not Goal.objects.filter(worksheet="small-win").exists()
    reached = MILESTONE | {"reached": "2026-11-03", "revisited": "not_yet"}
    send(sheet_of(aspire, aspire.mentee, "milestones"), aspire.mentee, {"milestones": [reached]})
    told = Event.objects.filter(within_id=aspire.pairing.pk)
    assert told.filter(action="goal.reached").count() == 1
    assert [event.data["title"] for event in told.filter(action="output.done")].count("Small win") == 1


@pytest.mark.covers("phase1.prog.3", "phase1.must.28")
def test_a_page_of_the_journal_is_private_until_it_is_shared_and_again_when_that_is_taken_back(aspire):
    entries = [
        send(sheet_of(aspire, aspire.mentee, "journal"), aspire.mentee, {"date": "2026-11-03", "thoughts": words})
        for words in ("One", "Two")
    ]

    def read() -> list[bool]:
        found = reader(aspire, aspire.mentor)
        return [found.right_to(Output.objects.get(pk=entry.pk)) >= Right.READ for entry in entries]

    assert read() == [False, False]
    share_response(response=entries[0].response, audience="partner", actor=aspire.mentee)
    assert read() == [True, False]
    take_back_share(response=entries[0].response, audience="partner", actor=aspire.mentee)
    assert read() == [False, False]


@pytest.mark.covers("phase1.must.31")
def test_the_review_asks_whether_the_aspiration_is_the_same_and_of_a_change_its_cause(aspire):
    sheet = sheet_of(aspire, aspire.mentee, "aspiration-review")
    for answer, asked in (("same", False), ("redefine", True), ("new", True)):
        with pytest.raises(NotComplete) as refused:
            send(sheet, aspire.mentee, {"same": answer})
        assert ("cause" in str(refused.value.checked.faults)) == asked


@pytest.mark.covers("phase1.must.63")
def test_an_obstacle_stands_with_its_goal_has_ways_past_it_and_is_closed_with_its_result(aspire):
    ways = [{"_id": "8000000a", "way": "Practise alone", "by": "mentor"}]
    answers = {"sort": "self_doubt", "what": "I freeze", "goal": SMART["_id"], "ways": ways}
    sent = send(sheet_of(aspire, aspire.mentee, "obstacle"), aspire.mentee, answers)
    assert [one.mention.output for one in goals_of(aspire, aspire.mentor)["Lead three meetings"].linked] == [sent]
    closed = send(take_up(sent, aspire.mentor), aspire.mentor, {"result": "It went well"})
    assert closed.response.texts["result"] == "It went well"
    assert len(closed.response.facts["ways"]) == 1


def test_small_wins_and_the_journal_are_in_reach_from_the_page_of_goals(aspire):
    keys = [one.key for one in goals_page(reader(aspire, aspire.mentee)).jotters]
    assert {"small-win", "journal", "obstacle"} <= set(keys)
    assert "journal" not in [one.key for one in goals_page(reader(aspire, aspire.mentor)).jotters]
    assert GOAL["_id"] not in html_of(aspire, aspire.mentor, "goals/")


@pytest.mark.parametrize("kit", ["aspire", "caltrans", "gla", "plp-ess", "sssc"])
def test_a_new_pair_s_page_of_goals_leads_nowhere_where_there_is_nothing_yet(db, sign_in, kit):
    with pair_of(kit) as pair:
        for user in (pair.mentor, pair.mentee):
            client = sign_in(user)
            page = client.get(f"{pair.place}goals/").content.decode()
            for address in re.findall(r'href="(/o/[^/]+/(?:outputs|pairs/[^/]+/worksheets)/[^"]+)"', page):
                assert client.get(address).status_code == 200, address
        assert "Write your goals" in page, "whoever writes them may begin"
        begin = re.search(r'action="([^"]+/new/)"', page)
        if begin is not None:
            begun = client.post(begin[1])
            assert client.get(begun["Location"]).status_code == 200
