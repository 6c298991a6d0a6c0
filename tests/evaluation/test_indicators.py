"""The thirteen indicators of a cohort: what each is reckoned from, on the page and in the file."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from evaluation.domain.indicating.indicators import indicators_of
from evaluation.domain.indicating.points import part_of
from mentoring import clock
from mentoring.tenancy.scope import no_scope, tenant_scope
from pairs.domain.ending import complete_pairing
from pairs.models import Goal, GoalChange, Session
from templates_app.domain.kits import current_version
from templates_app.models import TemplateVersion
from tests.evaluation.indicating import DAY, LOOK, SENT, answered, asked, judge_by, noted, pair_up, written
from tests.evaluation.world import PAIRED, make_world, sign_in
from tests.factories import ParticipantFactory
from tests.templates_app.paper_browser import Page

HOUR = DAY / 24
START, HALF, END = "success-mentee-start", "success-mentee-half-way", "success-mentee-end"
OF_MENTOR = ("success-mentor-half-way", "success-mentor-end")


@pytest.fixture
def world(db):
    made = make_world()
    with tenant_scope(made.organisation), clock.at(PAIRED):
        judge_by(made)
        yield made


@pytest.fixture
def six(world):
    return pair_up(world, 6)


def figures(world, key, measure, at=LOOK):
    """What stands on the page of one measure: label and rounded value, ``None`` where nothing is told."""
    with clock.at(at):
        found = next(one for one in indicators_of(world.cohort) if one.indicator.key == key)
    shown = next(one for one in found.measures if one.measure.key == measure).figures
    return {": ".join(part for part in (one.group, one.label) if part): one.rounded for one in shown}


def one_figure(world, key, measure, at=LOOK):
    (value,) = figures(world, key, measure, at).values()
    return value


def page(world, user=None, path="indicators/", at=LOOK):
    """What the page, or the file, says."""
    with clock.at(at), no_scope():
        response = sign_in(user or world.coordinator).get(world.evaluation + path)
        return response.content.decode("utf-8-sig")


def lines(world, query="", at=LOOK):
    return list(csv.DictReader(io.StringIO(page(world, path=f"indicators/csv/{query}", at=at))))


# --- The mentees' ------------------------------------------------------------------------------------------------------


def reached(goal, met, evidence="A letter from the school"):
    return {"_id": goal, "goal": goal, "met": met, "evidence": evidence}


def begin_goal(pair, row, day):
    """A goal that the mentee first sent on that day of the pairing."""
    sheet = noted(pair, "smart-goals", at=PAIRED + day * DAY, number=day)
    kept = {"response": sheet.response, "words": {}}
    goal = Goal.objects.create(pairing=pair.pairing, worksheet="smart-goals", field="goals", row=row, **kept)
    GoalChange.objects.create(goal=goal, number=1, changed_at=PAIRED + day * DAY, **kept)


@pytest.mark.covers("phase1.succ.mentee.1")
def test_goals_of_the_first_month_count_in_full_in_part_or_not_and_redefined_ones_apart(world, six):
    for pair in six:
        first, later, other = (f"{pair.pairing.pk.hex[:6]}{number}" for number in range(3))
        begin_goal(pair, first, 20)
        begin_goal(pair, later, 60)
        begin_goal(pair, other, 25)
        met = "met" if pair in six[:3] else "part"
        answered(pair, END, goals=[reached(first, met), reached(later, "not_met"), reached(other, "redefined")])
    month = figures(world, "mentee_goals", "first_month")
    assert month["Median over people"] == 75
    assert (month["A quarter have at most"], month["A quarter have at least"]) == (50, 100)
    assert month["Told apart, in no share"] == 6
    assert figures(world, "mentee_goals", "named")["Median over people"] == 38


def test_a_goal_counts_only_with_something_that_shows_it(world, six):
    for pair in six:
        answered(pair, END, goals=[reached("aaaaaaa1", "met", evidence=""), reached("aaaaaaa2", "met")])
    assert figures(world, "mentee_goals", "named")["Median over people"] == 50
    assert figures(world, "mentee_goals", "first_month") == {"Median over people": None}


def skill(kind, before, after, evidence=""):
    return {"_id": kind, "skill": "Words", "kind": kind, "before": before, "after": after, "evidence": evidence}


@pytest.mark.covers("phase1.succ.mentee.2")
def test_skills_rise_by_kind_from_before_to_now_and_how_many_are_shown_for(world, six):
    for pair in six:
        rows = [skill("technical", 1, 4, "A course"), skill("soft", 3, 2)]
        rows += [skill("personal", 1, 5)] if pair is six[0] else []
        answered(pair, END, skills=rows)
    rise = figures(world, "mentee_skills", "rise")
    assert (rise["Technical: Before"], rise["Technical: Now"], rise["Technical: Rise"]) == (1.0, 4.0, 3.0)
    assert rise["Social: Rise"] == -1.0
    assert rise["Personal: Now"] is None, "one person alone rated it"
    assert rise["Share who have risen"] == 100
    assert figures(world, "mentee_skills", "evidence")["Median over people"] == 50
    html = page(world, path="indicators/?about=mentee")
    assert "Technical: Before" in html
    assert html.count('<figure class="chart">') == 1


def confident(pair, survey, value):
    answered(pair, survey, confidence=value, initiative=value + 1, self_manage=value + 2, decision=value)


@pytest.mark.covers("phase1.succ.mentee.3")
def test_confidence_is_a_line_over_three_points_and_a_change_in_those_who_answered_both(world, six):
    for pair in six:
        confident(pair, START, 2)
        confident(pair, HALF, 4)
        confident(pair, END, 7 if pair is not six[0] else 1)
    assert list(figures(world, "mentee_confidence", "level").values()) == [3.0, 5.0, 7.0]
    assert figures(world, "mentee_confidence", "change") == {"Change": 4.0, "Share who have risen": 83}
    html = page(world)
    assert "+4.0" in html
    assert "5 of 6 people" in html
    assert "Mean of the three answers" in html


@pytest.mark.covers("phase1.succ.mentee.4")
def test_decisions_change_and_cases_that_were_written_are_counted_unread(world, six):
    for pair in six:
        answered(pair, START, decision=3)
        answered(pair, END, decision=6, complex="CANARY of a hard problem" if pair in six[:2] else "  ")
    assert figures(world, "mentee_decisions", "change")["Change"] == 3.0
    assert list(figures(world, "mentee_decisions", "cases").values()) == [0, 33]
    html = page(world)
    assert "2 of 6 people" in html
    assert "CANARY" not in html
    assert "CANARY" not in page(world, path="indicators/csv/")


@pytest.mark.covers("phase1.succ.mentee.5")
def test_satisfaction_has_a_mean_a_share_of_those_who_agree_on_all_and_a_trend(world, six):
    for pair in six:
        answered(pair, END, heard=5, respected=4, supported=4, worth=5 if pair in six[:3] else 3)
        answered(pair, "satisfaction.1", satisfied=2)
        answered(pair, "satisfaction.2", satisfied=4)
    assert one_figure(world, "mentee_satisfaction", "level") == 4.2
    assert one_figure(world, "mentee_satisfaction", "agreeing") == 50
    assert figures(world, "mentee_satisfaction", "trend") == {"Round 1": 2.0, "Round 2": 4.0}


# --- The mentors' ------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.succ.mentor.1")
def test_growth_as_mentors_see_it_stands_beside_the_mentees_own_rise_with_the_gap(world, six):
    for pair in six:
        confident(pair, START, 2)
        confident(pair, END, 5)
        answered(pair, OF_MENTOR[1], "mentor", growth=8, challenge="CANARY")
    assert one_figure(world, "mentor_impact", "growth") == 8.0
    assert figures(world, "mentor_impact", "mentees")["Change"] == 3.0
    assert one_figure(world, "mentor_impact", "gap") == 44, "(8 - 1) / 9 beside 3 / 9"
    assert one_figure(world, "mentor_impact", "challenges") == 100
    assert "CANARY" not in page(world)


def test_independence_is_read_with_its_caution(world, six):
    for pair in six:
        answered(pair, OF_MENTOR[1], "mentor", independence=6, advice="less" if pair in six[:3] else "same")
    assert one_figure(world, "mentor_independence", "level") == 6.0
    assert one_figure(world, "mentor_independence", "advice") == 50
    assert "silence is not yet independence" in page(world)


AGREE = {"trust": 5, "respect": 5, "talk": 5, "commit": 5, "clear": 5}


@pytest.mark.covers("phase1.succ.mentor.3")
def test_a_relationship_is_told_by_sessions_held_by_each_side_and_by_the_difference(world, six):
    for pair in six:
        answered(pair, OF_MENTOR[1], "mentor", **AGREE)
        answered(pair, END, heard=3, respected=3)
        for number, state in ((1, "held"), (2, "planned"), (3, "cancelled"), (4, "held")):
            rows = Session.objects.filter(pairing=pair.pairing, number=number, part=0)
            rows.update(state=state, starts_at=PAIRED + number * DAY)
        Session.objects.filter(pairing=pair.pairing, number=5).update(starts_at=LOOK + DAY)
    assert one_figure(world, "mentor_relationship", "sessions") == 50
    assert one_figure(world, "mentor_relationship", "mentors") == 5.0
    assert one_figure(world, "mentor_relationship", "mentees") == 3.0
    assert one_figure(world, "mentor_relationship", "gap") == 50
    assert "12 of 24 sessions" in page(world)


@pytest.mark.covers("phase1.succ.mentor.4")
def test_what_it_gives_mentors_is_a_mean_and_a_share_at_the_top_two_points(world, six):
    for pair in six:
        answered(pair, OF_MENTOR[1], "mentor", satisfied=9 if pair in six[:3] else 6, part=4)
    assert one_figure(world, "mentor_satisfaction", "level") == 7.5
    assert one_figure(world, "mentor_satisfaction", "top") == 50
    assert one_figure(world, "mentor_satisfaction", "part") == 4.0
    assert one_figure(world, "mentor_satisfaction", "part_top") == 100
    assert "3 of 6 people" in page(world)


@pytest.mark.covers("phase1.succ.mentor.5")
def test_what_lasts_is_asked_of_former_mentees_and_counted_from_accounts(world, six):
    for pair in six:
        answered(pair, "follow-up-3", mentors="mentors" if pair in six[:2] else "does_not", succeeding="Words")
        answered(pair, "follow-up-24", mentors="mentors", lead="Head of school" if pair in six[:3] else "")
        with clock.at(SENT):
            complete_pairing(pairing=pair.pairing, actor=pair.mentor)
    again = six[0].pairing.members.get(side="mentee").participant.membership
    ParticipantFactory(cohort=world.cohort, membership=again, side="mentor", state="joined", email="again@reef.example")
    mentoring = figures(world, "mentor_legacy", "mentoring")
    assert mentoring == {"Follow-up after three months": 33, "Follow-up after two years": 100}
    assert figures(world, "mentor_legacy", "leading")["Follow-up after two years"] == 50
    assert figures(world, "mentor_legacy", "succeeding")["Follow-up after three months"] == 100
    assert one_figure(world, "mentor_legacy", "new_mentors") == 17
    assert "1 of 6 people" in page(world)


# --- What both share ---------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.succ.shared.1")
def test_learning_from_each_other_is_counted_by_the_sheets_that_cannot_be_sent_without(world, six):
    for pair in six[:3]:
        written(pair, "success-shared", mentor_learnt="CANARY", mentee_learnt="CANARY")
    for pair in six[3:]:
        output = pair.output(worksheet="success-shared", member=None)
        output.due_at = SENT
        output.save()
    assert one_figure(world, "shared_learning", "both") == 50
    html = page(world)
    assert "3 of 6 relationships" in html
    assert "CANARY" not in html


@pytest.mark.covers("phase1.succ.shared.2")
def test_ties_that_last_are_counted_at_each_follow_up_with_the_contacts_that_came_of_it(world, six):
    for pair in six:
        row = {"_id": "aaaaaaa1", "contact": "CANARY of a contact"}
        rows = [row, row | {"_id": "aaaaaaa2"}] if pair in six[:3] else [row]
        written(pair, "success-shared", network=rows, **{"continue": "in_touch" if pair in six[:3] else "perhaps"})
        answered(pair, "follow-up-6", contact="sometimes" if pair in six[:3] else "not_in_contact")
        answered(pair, "follow-up-6-mentor", "mentor", contact="often")
    assert one_figure(world, "shared_ties", "contacts") == 1.5
    assert one_figure(world, "shared_ties", "in_touch") == 50
    assert figures(world, "shared_ties", "contact") == {"Follow-up after six months": 50}
    assert figures(world, "shared_ties", "mentors_contact") == {"Follow-up after six months": 100}
    assert "CANARY" not in page(world)


@pytest.mark.covers("phase1.succ.shared.3")
def test_a_gain_for_each_is_counted_in_relationships_and_recognition_in_mentors(world, six):
    for place, pair in enumerate(six):
        answered(
            pair, OF_MENTOR[1], "mentor", satisfied=8 if place != 0 else 5, recognition="Named" if place < 2 else ""
        )
        met = "part" if place != 1 else "not_met"
        answered(pair, END, goals=[reached("aaaaaaa1", met)])
    assert one_figure(world, "shared_gain", "both") == 67
    assert one_figure(world, "shared_gain", "recognition") == 33
    html = page(world)
    assert "4 of 6 relationships" in html
    assert "2 of 6 people" in html


# --- Small numbers -----------------------------------------------------------------------------------------------------


def test_four_answers_are_shown_in_no_figure_and_in_no_file(world, six):
    for pair in six[:4]:
        confident(pair, END, 7)
        answered(pair, OF_MENTOR[1], "mentor", satisfied=9, **AGREE)
    with clock.at(LOOK):
        told = [
            figure.value
            for one in indicators_of(world.cohort)
            if one.indicator.about != "programme"
            for measure in one.measures
            for figure in measure.figures
        ]
    assert told
    assert set(told) == {None}, [figure for figure in told if figure is not None]
    assert "not shown" in page(world)
    told = [line for line in lines(world) if line["about"] != "programme"]
    assert {line["figure"] + line["count"] + line["behind"] for line in told} == {""}


def test_new_answers_come_in_three_at_a_time(world):
    pairs = pair_up(world, 8)
    for place, pair in enumerate(pairs):
        asked(pair, END, at=LOOK)
        if place < 7:
            answered(pair, END, at=LOOK + place * HOUR, decision=10 if place > 4 else 2)
    assert one_figure(world, "mentee_decisions", "level", at=LOOK + DAY) == 2.0, "two wait for a third"
    answered(pairs[7], END, at=LOOK + 7 * HOUR, decision=10)
    assert one_figure(world, "mentee_decisions", "level", at=LOOK + DAY) == 5.0


@pytest.mark.parametrize(
    ("count", "left_out", "kept"),
    [(5, 0, 5), (6, 1, 0), (7, 1, 5), (7, 2, 6), (5, 3, 5), (9, 4, 9), (4, 0, 0), (6, 2, 5)],
)
def test_a_part_of_those_who_answered_leaves_nobody_out_or_at_least_three(count, left_out, kept):
    """Beside a survey's own figure, that of all but one would tell what this one said."""
    assert part_of(count, left_out) == kept


def test_a_change_does_not_tell_of_the_one_who_answered_at_the_start_alone(world):
    pairs = pair_up(world, 8)
    for pair in pairs:
        answered(pair, START, decision=3)
        if pair is not pairs[7]:
            answered(pair, END, decision=6)
    with clock.at(LOOK):
        found = next(one for one in indicators_of(world.cohort) if one.indicator.key == "mentee_decisions")
    change = next(one for one in found.measures if one.measure.key == "change").figures[0]
    assert (change.value, change.people) == (3.0, 5), "seven answered both; two of them stay out with the one"


def test_what_was_written_when_the_sheet_promised_to_stay_between_two_is_not_counted_later(world, six):
    """A sheet that is anonymous today may have been the pair's own when somebody wrote it: what stood there then holds."""
    newest = current_version(world.programme.handbook, "success-mentor")
    definition = newest.definition | {"readers": {"preset": "status"}}
    told = TemplateVersion.objects.create(template=newest.template, number=newest.number + 1, definition=definition)
    for pair in six:
        answered(pair, OF_MENTOR[1], "mentor", satisfied=9)
    TemplateVersion.objects.create(template=newest.template, number=told.number + 1, definition=newest.definition)
    assert one_figure(world, "mentor_satisfaction", "level") is None
    for pair in six:
        answered(pair, OF_MENTOR[0], "mentor", satisfied=9)
    assert list(figures(world, "mentor_satisfaction", "level").values()) == [9.0, None]


# --- The page, the file, the choice ------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.33", "phase1.must.34")
def test_every_indicator_stands_on_the_page_with_its_meaning_and_sources_each_side_apart(world, six):
    for pair in six:
        confident(pair, END, 7)
        answered(pair, OF_MENTOR[1], "mentor", satisfied=9, **AGREE)
        written(pair, "success-shared", mentor_learnt="x", mentee_learnt="y")
    html = page(world)
    sides = ["The mentees’ success", "The mentors’ success", "What both share", "How the programme is going"]
    places = [html.index(f">{side}</h2>") for side in sides]
    assert places == sorted(places)
    with clock.at(LOOK):
        found = indicators_of(world.cohort)
    assert len([one for one in found if one.indicator.about != "programme"]) == 13
    for one in found:
        side = ["mentee", "mentor", "shared", "programme"].index(one.indicator.about)
        place = html.index(f">{one.indicator.title}</h3>", places[side])
        assert place < (places[side + 1] if side < 3 else len(html))
        assert escape(one.indicator.definition) in html[place:]
    assert "6 relationships" in html[places[2] :]
    assert "As of" in html
    alone = page(world, path="indicators/?about=mentor")
    assert "The mentors’ success</h2>" in alone
    assert "The mentees’ success</h2>" not in alone


@pytest.mark.covers("phase1.tool.analytics")
def test_the_file_holds_what_the_page_shows_and_nothing_else(world, six):
    for place, pair in enumerate(six):
        confident(pair, START, 2)
        confident(pair, END, 5 + place % 2)
        if place < 4:
            answered(pair, OF_MENTOR[1], "mentor", satisfied=9)
    rows = lines(world)
    html = page(world)
    level = [row for row in rows if row["measure"] == "Mean of the three answers"]
    assert [(row["about"], row["indicator"], row["figure"], row["behind"], row["unit"]) for row in level] == [
        ("mentee", "Confidence", "3.0", "6", "points"),
        ("mentee", "Confidence", "6.5", "6", "points"),
    ]
    for row in level:
        assert f'>{row["figure"]} of 10</td><td class="behind">{row["behind"]} people</td>' in html
    hidden = [row for row in rows if row["measure"] == "How content and proud they are"]
    assert [(row["figure"], row["behind"]) for row in hidden] == [("", "")]
    assert "Fewer than 5" in hidden[0]["note"]
    assert html.count('<td class="amount">') == len(rows)
    assert {row["about"] for row in lines(world, "?about=shared")} <= {"shared"}


@pytest.mark.parametrize(("who", "status"), [("coordinator", 200), ("admin", 200), ("steering", 200), ("lead", 403)])
def test_indicators_are_for_those_who_read_reports(world, who, status):
    with no_scope():
        client = sign_in(getattr(world, who))
        for path in ("indicators/", "indicators/csv/"):
            assert client.get(world.evaluation + path).status_code == status
        assert client.get(f"{world.evaluation}indicators/?about=nobody").status_code in {404, 403}


def as_typed(client, url, **changes):
    """The address, and what the browser sends from its page with these changes; ``None``: the tick is taken away."""
    sent = Page(client.get(url).content.decode()).post()
    values = {name: sent.getlist(name) for name in sent} | changes
    return url, {name: value for name, value in values.items() if value is not None}


@pytest.mark.covers("phase1.must.58")
def test_staff_choose_which_indicators_they_use_and_word_their_own(world, six):
    with no_scope():
        client = sign_in(world.coordinator)
        base = world.url(f"programmes/{world.programme.slug}/handbook/indicators/")
        assert "Choose and word them" in client.get(f"{world.evaluation}indicators/").content.decode()
        assert client.post(*as_typed(client, f"{base}item/mentee_goals/", title="What they reached")).status_code == 302
        assert client.post(*as_typed(client, f"{base}item/mentor_legacy/", used=None)).status_code == 302
        own = {"title": "Laughter", "about": "shared", "definition": "You hear it.", "used": "on", "caution": ""}
        assert client.post(f"{base}add/", own).status_code == 302
    world.cohort.programme.handbook.refresh_from_db()
    html = page(world)
    assert "What they reached" in html
    assert "Goals set in the first month" in html, "what it is reckoned from stays"
    assert "Former mentees who mentor others" not in html
    assert ">Laughter</h3>" in html
    assert "follows it in its own way" in html
    assert not [row for row in lines(world) if row["indicator"] == "What lasts"]


def test_queries_do_not_grow_with_the_cohort(world):
    many = []
    for more in (2, 5):
        for pair in pair_up(world, more):
            confident(pair, END, 7)
            written(pair, "success-shared", mentor_learnt="x", mentee_learnt="y")
        with clock.at(LOOK):
            indicators_of(world.cohort)
            with CaptureQueriesContext(connection) as found:
                indicators_of(world.cohort)
        many.append(len(found))
    assert many[0] == many[1] <= 20
