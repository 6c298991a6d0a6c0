"""What becomes of worksheets: goals, actions, examples, further sheets, what was agreed, and the tools' summary."""

import pytest
from django.http import Http404

from mentoring.history.models import Event
from mentoring.notices.models import Message
from pairs.domain.actions import MovedOn, open_actions, settle_action
from pairs.domain.agenda import parts_of_meeting
from pairs.domain.agreed import agreed_lines, learning_style
from pairs.domain.examples import TooLate, example_fields, help_with, layout_fields, may_help
from pairs.domain.goal_pages import goals_page
from pairs.domain.goals import answer_goal, goals_of
from pairs.domain.people import NotAMember, people_of
from pairs.domain.queries import get_output_for, get_pairing_for, outputs_for
from pairs.domain.reading import reader_of
from pairs.domain.session_page import carried_into, session_page
from pairs.domain.sessions import hold_session
from pairs.domain.sheets import add_sheet, sheets_of
from pairs.domain.shown import shown_sheet, side_by_side
from pairs.domain.tools import tools_of
from pairs.enums import ActionKind, ActionState
from pairs.models import Action, Goal, Output
from templates_app.domain.kits import kit_of
from templates_app.domain.responses import answers_of
from templates_app.models import SideDraft
from templates_app.shapes import Meaning
from tests.pairs.filling import GOAL, LOG, change_sheet, send, take_up, whole_checklist, write
from tests.pairs.test_schedule import save, six

CAPACITY = {
    "mode": "joined",
    "goals": "Become lead assessor",
    "gaps": [
        {"_id": "dddd0001", "gap": "Water chapter", "action": "Join a senior reviewer"},
        {"_id": "dddd0002", "gap": "Consultation", "action": "Take notes twice"},
    ],
}


@pytest.fixture
def two(pair, at):
    """The evening of session 2; all dates are known."""
    save(pair, six())
    with at("2026-11-12 11:00", "Pacific/Apia"):
        hold_session(session=pair.session(1), actor=pair.mentee)
    with at("2026-12-10 20:00", "Pacific/Apia"):
        hold_session(session=pair.session(2), actor=pair.mentee)
        yield pair


def reader(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def send_goals(pair, *goals):
    return send(pair.output(worksheet="goals", moment="session-1"), pair.mentee, {"goals": list(goals)})


def send_log(pair, side, number=2, **more):
    user = getattr(pair, side)
    rows = [{"_id": f"{'ab'[side == 'mentor']}{number:07}", "action": f"{side} {number}", "owner": "mentee"}]
    output = pair.output(worksheet="learning-log", moment=f"session-{number}", side=side)
    return send(output, user, LOG | {"followup": rows} | more)


# --- Goals ------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.31")
def test_any_number_of_goals_come_from_the_sheet_with_words_and_date(pair):
    second = {**GOAL, "_id": "bbbb0002", "action": "Speak up", "due": "2027-04-01"}
    send_goals(pair, GOAL | {"due": "2027-03-01"}, second)
    goals = list(goals_of(pair.pairing))
    assert [goal.words["action"] for goal in goals] == ["Lead a review", "Speak up"]
    assert str(goals[0].due_on) == "2027-03-01"


@pytest.mark.covers("plp.sys.110")
def test_the_mentors_mark_is_cleared_when_the_words_of_a_goal_change_and_only_then(pair):
    sheet = send_goals(pair, GOAL | {"due": "2027-03-01"})
    goal = Goal.objects.get()
    goal.pairing = pair.pairing
    answer_goal(goal=goal, comment="A good size.", agreed=True, actor=pair.mentor)
    [told] = Message.objects.filter(kind="pairs.goal_answered")
    assert told.recipient == pair.mentee
    send(
        take_up(sheet, pair.mentee),
        pair.mentee,
        {"goals": [GOAL | {"due": "2027-03-01", "smart": {"specific": {"done": True}}}]},
    )
    goal.refresh_from_db()
    assert goal.agreed_at is not None
    send(
        take_up(sheet, pair.mentee),
        pair.mentee,
        {"goals": [GOAL | {"due": "2027-03-01", "action": "Lead two reviews"}]},
    )
    goal.refresh_from_db()
    assert goal.agreed_at is None
    assert goal.comment == "A good size."


def test_only_the_mentor_answers_a_goal(pair):
    send_goals(pair, GOAL | {"due": "2027-03-01"})
    goal = Goal.objects.get()
    for user in (pair.mentee, pair.coordinator):
        with pytest.raises(NotAMember):
            answer_goal(goal=goal, comment="x", agreed=True, actor=user)


def test_a_goal_that_is_gone_from_the_sheet_is_let_go_and_comes_back_with_its_row(pair):
    sheet = send_goals(pair, GOAL | {"due": "2027-03-01"}, GOAL | {"_id": "bbbb0002", "due": "2027-03-01"})
    send(take_up(sheet, pair.mentee), pair.mentee, {"goals": [GOAL | {"due": "2027-03-01"}]})
    assert goals_of(pair.pairing).count() == 1
    assert Goal.objects.count() == 2
    send(
        take_up(sheet, pair.mentee),
        pair.mentee,
        {"goals": [GOAL | {"due": "2027-03-01"}, GOAL | {"_id": "bbbb0002", "due": "2027-03-01"}]},
    )
    assert goals_of(pair.pairing).count() == 2


@pytest.mark.covers("plp.sys.70")
def test_a_review_of_a_goal_stands_beside_it(two, at):
    send_goals(two, GOAL | {"due": "2027-03-01"})
    with at("2027-01-14 20:00", "Pacific/Apia"):
        hold_session(session=two.session(3), actor=two.mentee)
        review = {
            "occasion": "mid_point",
            "reviews": [{"_id": "eeee0001", "goal": GOAL["_id"], "standing": "on_the_way", "note": "CANARY"}],
        }
        send(two.output(worksheet="goal-review", moment="mid-point"), two.mentee, review)
        page = goals_page(reader(two, two.mentor))
    [goal] = page.goals
    assert [answer.shown.text for answer in goal.reviews[0].row.answers][-1] == "CANARY"


def test_a_review_on_a_change_can_be_begun_at_any_time(two):
    found = add_sheet(reader=reader(two, two.mentee), worksheet="goal-review", actor=two.mentee)
    assert found.is_open
    with pytest.raises(Http404):
        add_sheet(reader=reader(two, two.mentor), worksheet="goal-review", actor=two.mentor)


# --- Actions ----------------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.66")
def test_follow_up_of_a_log_comes_to_the_next_session_until_it_is_settled(two):
    send_log(two, "mentee")
    page = session_page(reader(two, two.mentee), two.session(3))
    assert [action.text for action in page.actions] == ["mentee 2"]
    assert session_page(reader(two, two.mentee), two.session(2)).actions == []
    action = Action.objects.get()
    action.pairing = two.pairing
    settle_action(action=action, state=ActionState.DONE, actor=two.mentor)
    assert session_page(reader(two, two.mentee), two.session(3)).actions == []
    settle_action(action=action, state=ActionState.OPEN, actor=two.mentee)
    assert carried_into(reader(two, two.mentee), two.session(4)) == [action]


@pytest.mark.covers("plp.sys.54", "plp.sys.113")
def test_capacity_actions_come_to_sessions_three_and_five_first_of_all_until_done(two):
    send_log(two, "mentee")
    send(two.output(worksheet="capacity"), two.mentee, CAPACITY)
    for number in (3, 5):
        found = session_page(reader(two, two.mentor), two.session(number)).actions
        assert [action.kind for action in found] == [ActionKind.CAPACITY, ActionKind.CAPACITY, ActionKind.FOLLOW_UP]
    first = Action.objects.get(row="dddd0001")
    first.pairing = two.pairing
    settle_action(action=first, state=ActionState.DONE, actor=two.mentee)
    assert session_page(reader(two, two.mentee), two.session(5)).actions[0].row == "dddd0002"


def test_taking_a_line_out_of_a_log_lets_its_action_go_but_not_what_is_done(two):
    rows = [
        {"_id": "aaaa0001", "action": "one", "owner": "mentee"},
        {"_id": "aaaa0002", "action": "two", "owner": "mentor"},
    ]
    log = send_log(two, "mentee", followup=rows)
    assert {a.text: a.owner.side for a in open_actions(two.pairing)} == {"one": "mentee", "two": "mentor"}
    done = Action.objects.get(row="aaaa0002")
    done.pairing = two.pairing
    settle_action(action=done, state=ActionState.DONE, actor=two.mentor)
    send(
        take_up(log, two.mentee), two.mentee, {"followup": [{"_id": "aaaa0003", "action": "three", "owner": "mentee"}]}
    )
    states = dict(Action.objects.values_list("row", "state"))
    assert states == {"aaaa0001": "dropped", "aaaa0002": "done", "aaaa0003": "open"}


def test_of_two_who_settle_one_action_the_first_counts_and_the_second_is_told(two):
    send_log(two, "mentee")
    hers, his = Action.objects.get(), Action.objects.get()
    hers.pairing = his.pairing = two.pairing
    assert settle_action(action=hers, state=ActionState.DONE, actor=two.mentee)
    with pytest.raises(MovedOn):
        settle_action(action=his, state=ActionState.DROPPED, actor=two.mentor)
    assert (his.state, his.settled_by) == (ActionState.DONE, two.mentee), "brought up to date, for the page to tell"
    assert Action.objects.get().settled_by == two.mentee


def test_settling_what_is_settled_so_already_changes_nothing(two):
    send_log(two, "mentee")
    hers, his = Action.objects.get(), Action.objects.get()
    hers.pairing = his.pairing = two.pairing
    settle_action(action=hers, state=ActionState.DONE, actor=two.mentee)
    assert not settle_action(action=his, state=ActionState.DONE, actor=two.mentor)
    assert Action.objects.get().settled_by == two.mentee
    assert Event.objects.filter(action="action.settled").count() == 1


def test_a_table_for_each_goal_gives_its_actions_too(two):
    nested = {"_id": "ffff0001", "goal": "Lead", "gaps": [{"_id": "dddd0009", "gap": "g", "action": "Nested action"}]}
    send(two.output(worksheet="capacity"), two.mentee, {"mode": "per_goal", "by_goal": [nested]})
    assert [action.text for action in open_actions(two.pairing)] == ["Nested action"]


# --- The mentor's examples --------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.52", "plp.sys.51")
def test_the_mentors_examples_are_marked_in_the_mentees_sheet_and_never_count(two):
    output, mentor = get_output_for(two.mentor, two.output(worksheet="capacity").pk)
    sheet = mentor.sheet_of(output)
    assert may_help(mentor, output, sheet)
    [field] = example_fields(sheet)
    assert [shape.key for shape in layout_fields(sheet)] == ["mode"]
    cells = field.suggestions[0]
    help_with(reader=mentor, output=output, examples=[("gaps", cells)], layout={"mode": "joined"}, actor=two.mentor)
    row = Output.objects.select_related("response__version").get(pk=output.pk)
    assert row.response.author == two.mentee
    [example] = answers_of(row.response)["gaps"]
    assert example["_example"] is True
    assert answers_of(row.response)["mode"] == "joined"
    send(row, two.mentee, {"mode": "joined", "goals": "x", "gaps": [example, CAPACITY["gaps"][0]]})
    assert [action.row for action in open_actions(two.pairing)] == ["dddd0001"]


def test_nobody_but_the_mentor_helps_and_only_while_the_sheet_is_open(two):
    output = two.output(worksheet="capacity")
    for user in (two.mentee, two.coordinator):
        found, who = get_output_for(user, output.pk)
        assert not may_help(who, found, who.sheet_of(found))
    send(output, two.mentee, CAPACITY)
    found, who = get_output_for(two.mentor, output.pk)
    assert not may_help(who, found, who.sheet_of(found))


def test_help_that_was_begun_before_the_mentees_last_save_loses_neither(two):
    output, mentor = get_output_for(two.mentor, write(two.output(worksheet="capacity"), two.mentee, {}).pk)
    write(output, two.mentee, {"goals": "Written in between"})
    help_with(reader=mentor, output=output, examples=[("gaps", {"gap": "An example"})], layout={}, actor=two.mentor)
    answers = answers_of(Output.objects.select_related("response").get(pk=output.pk).response)
    assert answers["goals"] == "Written in between"
    assert [row["gap"] for row in answers["gaps"]] == ["An example"]
    assert not SideDraft.objects.exists()


def test_help_that_comes_after_the_sheet_was_sent_changes_nothing(two):
    output, mentor = get_output_for(two.mentor, write(two.output(worksheet="capacity"), two.mentee, {}).pk)
    sent = send(output, two.mentee, CAPACITY).response
    with pytest.raises(TooLate):
        help_with(reader=mentor, output=output, examples=[("gaps", {"gap": "Late"})], layout={}, actor=two.mentor)
    assert answers_of(Output.objects.select_related("response").get(pk=output.pk).response) == answers_of(sent)
    assert not SideDraft.objects.exists(), "the mentee is not asked to settle what they never wrote"


# --- Further sheets ---------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.53")
def test_the_assessment_is_repeated_from_where_it_stood_and_both_are_kept_and_compared(two, at):
    first = send(two.output(worksheet="capacity"), two.mentee, CAPACITY)
    with at("2027-02-20 09:00", "Pacific/Apia"):
        second = add_sheet(reader=reader(two, two.mentee), worksheet="capacity", actor=two.mentee)
        assert second.pk != first.pk
        assert add_sheet(reader=reader(two, two.mentee), worksheet="capacity", actor=two.mentee) == second
        row = write(second, two.mentee, {})
        answers = answers_of(row.response)
        assert answers["date"] == "2027-02-20"
        assert [gap["_id"] for gap in answers["gaps"]] == ["dddd0001", "dddd0002"]
        send(second, two.mentee, {"gaps": [CAPACITY["gaps"][1] | {"action": "Take notes five times"}]})
        both = sheets_of(reader(two, two.mentor), "capacity")
        shown = [shown_sheet(reader(two, two.mentor), sheet) for sheet in reversed(both)]
    assert [sheet.may_read for sheet in shown] == [True, True]
    [gaps] = [q for section in side_by_side(shown) for q in section.questions if q.key == "gaps"]
    assert not gaps.same
    assert dict(Action.objects.values_list("row", "state")) == {"dddd0001": "dropped", "dddd0002": "open"}


@pytest.mark.covers("plp.sys.114")
def test_the_mentors_notes_of_networks_and_training_are_seen_by_the_mentee_from_then_on(two):
    note = add_sheet(reader=reader(two, two.mentor), worksheet="mentor-notes", actor=two.mentor)
    rows = [
        {
            "_id": "9999aaaa",
            "sort": "training",
            "resource": "CANARY-COURSE",
            "capacity_action": "Join a senior reviewer",
        }
    ]
    assert session_page(reader(two, two.mentee), two.session(3)).notes == []
    send(note, two.mentor, {"notes": rows})
    for number in (3, 5, 6):
        [shown] = session_page(reader(two, two.mentee), two.session(number)).notes
        assert "CANARY-COURSE" in str(shown.sections)
        assert "Join a senior reviewer" in str(shown.sections)


# --- What was agreed --------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.35", "plp.sys.117")
def test_ground_rules_and_limits_are_within_reach_on_every_session(pair):
    output = pair.output(worksheet="first-meeting")
    send(output, pair.mentee, whole_checklist(output))
    for user in (pair.mentor, pair.mentee):
        for number in range(1, 7):
            rules = session_page(reader(pair, user), pair.session(number)).rules
            assert len([line for line in rules if line.meaning in {Meaning.GROUND_RULE, Meaning.BOUNDARY}]) == 12
            assert "agreed: Boundaries" in {line.text for line in rules}


@pytest.mark.covers("plp.sys.118", "plp.sys.43")
def test_the_plan_for_the_ending_comes_back_as_the_end_draws_near(pair):
    output = pair.output(worksheet="first-meeting")
    write(output, pair.mentor, {"at_a_distance": {"ending_plan": {"done": True, "note": "CANARY-ENDING"}}})
    assert session_page(reader(pair, pair.mentee), pair.session(5)).ending == []
    [line] = session_page(reader(pair, pair.mentee), pair.session(6)).ending
    assert line.text == "CANARY-ENDING"
    [same] = agreed_lines(reader(pair, pair.mentor), outputs_for(pair.mentor, pair.pairing), {Meaning.ENDING_PLAN})
    assert same == line


@pytest.mark.covers("plp.sys.104")
def test_how_somebody_learns_is_shown_to_the_partner_once_sent(pair):
    sheet = pair.output(worksheet="learning-style", side="mentee")
    write(sheet, pair.mentee, {"ways": ["doing"], "in_words": "CANARY"})
    mentor = reader(pair, pair.mentor)
    person = people_of(pair.pairing).mentee
    assert learning_style(mentor, outputs_for(pair.mentor, pair.pairing), person) == []
    send(sheet, pair.mentee, {})
    found = learning_style(reader(pair, pair.mentor), outputs_for(pair.mentor, pair.pairing), person)
    assert [answer.shown.text for answer in found] == ["doing", "CANARY"]


def test_of_how_somebody_learns_the_partner_is_shown_no_line_that_stays_with_its_writer(pair):
    sections = reader(pair, pair.mentee).worksheets["learning-style"].model_dump(mode="json")["sections"]
    (words,) = [field for section in sections for field in section["fields"] if field["key"] == "in_words"]
    words["readers"] = "private"
    change_sheet(pair.pairing, "learning-style", sections=sections)
    send(pair.output(worksheet="learning-style", side="mentee"), pair.mentee, {"ways": ["doing"], "in_words": "CANARY"})
    person = people_of(pair.pairing).mentee
    for user, told in ((pair.mentor, ["doing"]), (pair.mentee, ["doing", "CANARY"])):
        found = learning_style(reader(pair, user), outputs_for(user, pair.pairing), person)
        assert [answer.shown.text for answer in found] == told


# --- The session's page -----------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.28")
@pytest.mark.parametrize(
    ("minutes", "parts"),
    [(60, [10, 15, 35]), (90, [10, 15, 65]), (120, [10, 15, 95]), (20, [3, 5, 12]), (30, [5, 7, 18])],
)
def test_the_time_is_shared_out_and_stretched(pair, minutes, parts):
    plan = kit_of(pair.pairing.cohort.programme.handbook).plan
    found = parts_of_meeting(plan.meeting, minutes)
    assert [part.minutes for part in found] == parts
    assert sum(parts) == minutes
    assert [part.starts for part in found] == [0, parts[0], parts[0] + parts[1]]


@pytest.mark.covers("plp.sys.65")
def test_the_next_session_begins_with_both_logs_the_mentees_first(two):
    send_log(two, "mentor")
    send_log(two, "mentee")
    for user in (two.mentor, two.mentee):
        before = session_page(reader(two, user), two.session(3)).logs_before
        assert [sheet.writer.side for sheet in before] == ["mentee", "mentor"]
        assert all(sheet.may_read for sheet in before)


@pytest.mark.covers("plp.sys.68", "plp.sys.115")
def test_intended_outcomes_and_the_offices_code_stand_at_their_session_for_both(two, at):
    send(two.output(worksheet="intended-outcomes", moment="session-3"), two.mentor, {"outcomes": "CANARY-OUTCOME"})
    [outcome] = session_page(reader(two, two.mentee), two.session(3)).outcomes
    assert "CANARY-OUTCOME" in str(outcome.sections)
    with at("2027-02-05 09:00", "Pacific/Apia"):
        sheet = two.output(worksheet="code-and-values")
        send(
            sheet,
            two.mentee,
            {"code_link": "https://code.example/", "values": [{"_id": "1111aaaa", "value": "CANARY-VALUE"}]},
        )
        [shown] = session_page(reader(two, two.mentor), two.session(4)).materials
    assert "CANARY-VALUE" in str(shown.sections)
    assert "code.example" in str(shown.sections)


@pytest.mark.covers("plp.sys.107", "plp.sys.71", "plp.sys.72")
def test_each_session_shows_its_own_guide_agenda_and_resources(pair):
    four = session_page(reader(pair, pair.mentor), pair.session(4))
    assert four.plan.title == "Ethics and values"
    assert [len(item.items) for item in four.plan.agenda if item.items] == [3]
    assert {"ethics-and-values", "dual-roles", "professional-values"} <= {article.key for article in four.articles}
    five = session_page(reader(pair, pair.mentee), pair.session(5))
    assert len(five.resources) == 6
    assert {item.lead for item in session_page(reader(pair, pair.mentee), pair.session(1)).plan.agenda} >= {
        "mentor",
        "both",
    }


def test_a_sessions_page_costs_the_same_with_little_and_with_much(two, django_assert_num_queries):
    def count():
        who = reader(two, two.mentee)
        with django_assert_num_queries(10):
            session_page(who, two.session(3))

    send_log(two, "mentor")
    count()
    send_log(two, "mentee")
    for row in ("9999aaa1", "9999aaa2", "9999aaa3"):
        note = add_sheet(reader=reader(two, two.mentor), worksheet="mentor-notes", actor=two.mentor)
        send(note, two.mentor, {"notes": [{"_id": row, "sort": "network", "resource": "SPREP"}]})
    send(two.output(worksheet="capacity"), two.mentee, CAPACITY)
    count()


# --- The summary ------------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.100")
def test_the_summary_shows_which_of_the_six_tools_exist(two):
    send_goals(two, GOAL | {"due": "2027-03-01"})
    send_log(two, "mentee")
    who = reader(two, two.mentee)
    tools = tools_of(who, outputs_for(two.mentee, two.pairing, who))
    assert [(tool.title, tool.done, tool.wanted) for tool in tools] == [
        ("Goal setting worksheet", 1, 1),
        ("First meeting checklist", 0, 1),
        ("Mentoring partnership agreement", 0, 2),
        ("Capacity needs self-assessment and action plan", 0, 1),
        ("Learning log", 1, 8),
        ("Closure worksheet", 0, 2),
    ]


def test_a_page_that_names_its_rows_as_another_list_does_takes_nothing_from_it(two):
    """Names of rows come from the page: the same one in two lists is two actions, and no error."""
    send(two.output(worksheet="capacity"), two.mentee, CAPACITY)
    name = CAPACITY["gaps"][0]["_id"]
    log = two.output(worksheet="learning-log", moment="session-2", side="mentee")
    send(log, two.mentee, LOG | {"followup": [{"_id": name, "action": "Read the guide", "owner": "mentee"}]})
    texts = {action.text for action in Action.objects.filter(pairing=two.pairing)}
    assert {"Read the guide", CAPACITY["gaps"][0]["action"]} <= texts
