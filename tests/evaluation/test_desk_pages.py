"""The desk: who needs the coordinator, the figures, everybody's outputs; and what others see of it."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.domain.evaluating import send_evaluation
from evaluation.domain.matrix import columns_of, matrix_of
from evaluation.domain.standing import pairings_of, standings
from mentoring import clock
from mentoring.tenancy.scope import no_scope, tenant_scope
from pairs.domain.ending import complete_pairing, dissolve_pairing
from pairs.enums import Standing
from programmes.domain.cohorts import open_cohort
from programmes.domain.issues import close_issue, raise_issue
from programmes.models import Participant
from tests.evaluation.world import FIRST_CALL, PAIRED, make_world, sign_in

LATER = FIRST_CALL + dt.timedelta(days=30, hours=3)
SCOPE = re.compile(r"set_config|current_setting|^(RELEASE )?SAVEPOINT|^BEGIN|^COMMIT|^ROLLBACK")
"""What opening an organisation costs on PostgreSQL, and nothing on SQLite: not the page's own questions."""
QUERIES_OF_THE_DESK = 17
QUERIES_OF_THE_PAIRS = 13


def get(user, path, now=LATER) -> str:
    with clock.at(now), no_scope():
        answer = sign_in(user).get(path)
    assert answer.status_code == 200, answer.status_code
    text = answer.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- Which desk ------------------------------------------------------------------------------------------------------


def test_a_coordinator_of_one_cohort_comes_straight_to_its_desk(world):
    with no_scope():
        client = sign_in(world.coordinator)
        assert client.get(world.url("desk/")).url == world.desk
        assert client.get(world.url()).url == world.url("desk/")


def test_a_coordinator_of_several_cohorts_chooses(world):
    open_cohort(
        programme=world.programme,
        title="Cohort of May",
        slug="may",
        starts_on=dt.date(2027, 5, 3),
        zone="Pacific/Apia",
        actor=world.coordinator,
    )
    shown = get(world.coordinator, world.url("desk/"))
    assert "Cohort of November" in shown
    assert world.url("desk/e-mentoring/may/") in shown


@pytest.mark.parametrize("who", ["admin", "lead", "steering"])
def test_others_who_look_after_the_cohort_have_a_desk_too(world, who):
    with no_scope():
        assert sign_in(getattr(world, who)).get(world.url("desk/")).url == world.desk


def test_participants_and_strangers_have_none(world, pair, other_company):
    with no_scope():
        for path in (world.url("desk/"), world.desk, world.desk + "pairs/"):
            assert sign_in(pair.mentor).get(path).status_code == 404
            assert sign_in(other_company.coordinator).get(path).status_code == 404
        elsewhere = f"desk/{world.programme.slug}/nowhere/"
        assert sign_in(world.coordinator).get(world.url(elsewhere)).status_code == 404


# --- What the coordinator sees ---------------------------------------------------------------------------------------


def test_the_desk_says_who_needs_somebody_why_and_since_when(world, pair):
    pair.set_dates()
    pair.hold(1)
    with clock.at(FIRST_CALL + dt.timedelta(hours=5)):
        pair.sign(pair.offer(), "mentee")
    told = words(get(world.coordinator, world.desk))
    assert "Who needs you today" in told
    assert "ʻAna Moala · Helen Whitcombe for 30 days unsigned ʻAna signed on Friday 6 November" in told
    assert "Remind Helen" in told
    assert "week 5 of 26" in told


def test_figures_come_with_their_definitions_and_the_moment_in_the_cohorts_zone(world, pair):
    told = words(get(world.coordinator, world.desk))
    assert "pair is running of 1 1" in told
    assert "As of Sunday 6 December, 12:00 in Apia." in told
    assert "Pairings that have not ended, of all that were ever confirmed in this cohort." in told


@pytest.mark.covers("plp.sys.07")
def test_an_open_issue_stands_on_the_desk_without_its_words_until_it_is_closed(world, pair):
    person = Participant.objects.get(cohort=world.cohort, side="mentee")
    issue = raise_issue(person=person, kind="help", text="CANARY in confidence", actor=pair.mentee)
    shown = get(world.coordinator, world.desk)
    assert "asked for help" in shown
    assert world.url(f"issues/{issue.pk}/") in shown
    assert "CANARY" not in shown
    close_issue(issue=issue, actor=world.coordinator)
    assert "asked for help" not in get(world.coordinator, world.desk)


def test_an_empty_cohort_says_what_will_be_here(world):
    fresh = make_world("atoll")
    shown = get(fresh.coordinator, fresh.desk)
    assert "No pairs yet" in shown
    assert "Make pairs" in shown


def test_with_many_who_need_somebody_the_first_stand_there_and_the_rest_is_one_link_away(world):
    for number in range(10):
        world.add_pair(f"Mentee{number} Reef", f"Mentor{number} Reef")
    shown = get(world.coordinator, world.desk, PAIRED + dt.timedelta(days=60))
    assert shown.count('class="who"') == 8
    assert "Show all 11 who need you" in words(shown)
    assert (
        get(world.coordinator, world.desk + "?everybody=1", PAIRED + dt.timedelta(days=60)).count('class="who"') == 11
    )


# --- The matrix ------------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.90", "plp.sys.62")
def test_the_board_shows_every_tool_every_log_by_person_the_agreement_and_the_evaluation(world, pair):
    pair.set_dates()
    pair.hold(1, 2)
    with clock.at(LATER):
        pair.agree()
        pair.log(2, "mentor")
        send_evaluation(pairings=[pair.pairing], actor=world.coordinator)
        found = standings(pairings_of(world.cohort), LATER)
    matrix = matrix_of(found, found)
    how = dict(
        zip((column.words for column in matrix.columns), (how for how, _output in matrix.rows[0][1]), strict=True)
    )
    assert how["Agreement · mentee"] is how["Agreement · mentor"] is Standing.DONE
    for tool in ("Goal setting worksheet", "First meeting checklist", "Capacity needs self-assessment and action plan"):
        assert how[tool] is Standing.LATE
    assert how["Learning log · Session 2 · mentor"] is Standing.DONE
    assert how["Learning log · Session 2 · mentee"] is Standing.LATE
    for session in (3, 4, 5):
        assert how[f"Learning log · Session {session} · mentee"] is Standing.AHEAD
    assert how["Closure worksheet · mentee"] is how["All logs"] is Standing.AHEAD
    assert how["Evaluation · mentee"] is how["Evaluation · mentor"] is Standing.DUE
    assert not any("Session 1" in name for name in how)
    shown = words(get(world.coordinator, world.desk))
    assert "Learning log · Session 2 · mentee : 2 days late" in shown


def test_every_cell_leads_to_the_pair(world, pair):
    shown = get(world.coordinator, world.desk)
    cells = re.findall(r'<a class="cell [a-z]+" href="([^"]+)"', shown)
    assert len(cells) > 15
    assert set(cells) == {world.url(f"pairs/{pair.pairing.pk}/")}


def test_columns_stand_in_the_handbooks_order_with_the_side_only_where_both_have_one(world, pair):
    columns = [column.words for column in columns_of(standings(pairings_of(world.cohort), LATER))]
    logs = [words for words in columns if words.startswith("Learning log")]
    assert logs == [
        f"Learning log · Session {session} · {side}" for session in (2, 3, 4, 5) for side in ("mentee", "mentor")
    ]
    assert (
        columns.index("Goal setting worksheet") < columns.index(logs[0]) < columns.index("Closure worksheet · mentee")
    )


@pytest.mark.covers("plp.sys.103")
def test_sessions_held_stand_against_those_planned(world, pair):
    pair.set_dates()
    pair.hold(1, 2)
    assert "2 of 6 sessions" in get(world.coordinator, world.desk)
    told = words(get(world.coordinator, world.desk + "pairs/"))
    assert "2 of 6" in told
    assert "short of time" not in told
    pair.set_dates(step=dt.timedelta(days=45))
    assert "short of time" in get(world.coordinator, world.desk + "pairs/")


def test_pairs_are_filtered_by_links_that_can_be_shared(world, pair):
    other = world.add_pair("Willie Malas", "Aroha Parata")
    gone = world.add_pair("Sulata Lauti", "Ravin Singh")
    pair.set_dates()
    pair.hold(1)
    other.set_dates(LATER + dt.timedelta(days=2))
    with clock.at(PAIRED + dt.timedelta(days=2)):
        dissolve_pairing(pairing=gone.pairing, actor=gone.mentee)

    def named(query: str) -> set[str]:
        shown = get(world.coordinator, world.desk + query, FIRST_CALL + dt.timedelta(days=3))
        board = shown[shown.index('id="outputs"') :]
        return {name for name in ("ʻAna", "Willie", "Sulata") if name in board}

    assert named("") == {"ʻAna", "Willie"}
    assert named("?show=late") == {"ʻAna"}
    assert named("?show=ended") == {"Sulata"}
    assert named("?show=all") == {"ʻAna", "Willie", "Sulata"}
    assert named("?show=nonsense") == {"ʻAna", "Willie"}


def test_once_no_pair_runs_any_more_the_ended_ones_are_still_one_link_away(world, pair):
    with clock.at(PAIRED + dt.timedelta(days=2)):
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
    shown = get(world.coordinator, world.desk)
    assert "No pair matches" in shown
    assert 'href="?show=ended"' in shown


def test_a_stage_narrows_the_columns(world, pair):
    shown = get(world.coordinator, world.desk + "?stage=closure")
    assert "Closure worksheet · mentee" in shown
    assert "First meeting checklist" not in shown


def test_a_completed_pair_is_late_with_nothing(world, pair):
    pair.set_dates()
    pair.hold(1)
    with clock.at(FIRST_CALL + dt.timedelta(days=1)):
        complete_pairing(pairing=pair.pairing, actor=pair.mentor)
    found = standings(pairings_of(world.cohort), LATER)
    assert found[0].late == []


def test_a_long_list_comes_in_pages_with_the_same_columns(world):
    for number in range(27):
        world.add_pair(f"Mentee{number:02d} Reef", f"Mentor{number:02d} Reef")
    first = get(world.coordinator, world.desk)
    second = get(world.coordinator, world.desk + "?page=2")
    assert first.count('<th scope="row">') == 25
    assert second.count('<th scope="row">') == 3
    assert re.findall(r'<th scope="col">([^<]+)', first) == re.findall(r'<th scope="col">([^<]+)', second)


# --- What others see -------------------------------------------------------------------------------------------------


def test_an_admin_sees_statuses_and_figures_and_nobody_asks_them_to_act(world, pair):
    pair.set_dates()
    pair.hold(1)
    shown = get(world.admin, world.desk)
    assert "pair is running" in shown
    assert "ʻAna Moala · Helen Whitcombe" in shown
    assert "Remind" not in shown
    assert "unsigned" not in shown


def test_the_steering_group_sees_figures_and_pictures_and_no_name(world, pair):
    pair.set_dates()
    pair.hold(1)
    shown = get(world.steering, world.desk)
    assert "pair is running" in shown
    assert "<svg" in shown
    for name in ("ʻAna", "Moala", "Helen", "Whitcombe", "/pairs/"):
        assert name not in shown
    with no_scope():
        assert sign_in(world.steering).get(world.desk + "pairs/").status_code == 403


def test_a_partners_lead_sees_how_the_partners_own_people_stand_and_nobody_else(world, pair):
    world.add_pair("Willie Malas", "Aroha Parata")
    pair.set_dates()
    pair.hold(1, 2)
    with clock.at(LATER):
        pair.log(2, "mentor")
    for path in (world.desk, world.desk + "pairs/"):
        shown = get(world.lead, path)
        assert "ʻAna Moala" in shown
        assert "Willie" not in shown
        assert "pair is running" not in shown
        assert "Remind" not in shown
        assert "Export" not in shown
    board = get(world.lead, world.desk)
    # Helen comes from elsewhere: whether her log is in is not the lead's business.
    assert "Learning log · Session 2<" in board or "Learning log · Session 2 " in board
    assert "mentor<" not in board
    assert "Learning log · Session 2 · mentor" not in board


def test_nothing_of_another_organisation_stands_on_a_desk(world, other_company):
    with tenant_scope(other_company.organisation):
        other_company.cohort.title = "CANARY cohort"
        other_company.cohort.save(update_fields=["title"])
    for user in (world.coordinator, world.admin):
        for path in (world.desk, world.desk + "pairs/", world.url("desk/?all=1")):
            assert "CANARY" not in get(user, path)


def test_names_in_any_script_and_markup_are_shown_as_they_are_written(world):
    world.add_pair("<b>Bold</b> Name", "อัญชลี วงศ์สุวรรณ")
    shown = get(world.coordinator, world.desk)
    assert "&lt;b&gt;Bold&lt;/b&gt; Name · อัญชลี วงศ์สุวรรณ" in shown


# --- The list of pairs -----------------------------------------------------------------------------------------------


def test_the_list_says_stage_sessions_what_is_next_and_what_is_owed(world, pair):
    pair.set_dates()
    pair.hold(1, 2)
    told = words(get(world.coordinator, world.desk + "pairs/"))
    assert "ʻAna Moala · Helen Whitcombe Establishing connection 2 of 6 1 Jan, 9:00" in told
    assert "8 late" in told


def test_a_pair_is_found_by_part_of_a_name(world):
    world.add_pair("Willie Malas", "Aroha Parata")
    shown = get(world.coordinator, world.desk + "pairs/?q=aroha")
    assert "Willie Malas" in shown
    assert "ʻAna" not in shown
    assert "No pair matches" in get(world.coordinator, world.desk + "pairs/?q=nobody")


# --- Counts ----------------------------------------------------------------------------------------------------------


def test_a_desk_asks_the_same_number_of_questions_for_1_3_and_30_pairs(world, pair):
    desk = {1: QUERIES_OF_THE_DESK, 3: QUERIES_OF_THE_DESK, 30: QUERIES_OF_THE_DESK}
    pairs = {1: QUERIES_OF_THE_PAIRS, 3: QUERIES_OF_THE_PAIRS, 30: QUERIES_OF_THE_PAIRS}
    asked, listed = {}, {}
    for wanted in desk:
        while len(world.pairs) < wanted:
            made = world.add_pair(f"Mentee{len(world.pairs)} Reef", f"Mentor{len(world.pairs)} Reef")
            if wanted == 3:
                made.set_dates()
                made.hold(1)
        asked[wanted] = queries(world.coordinator, world.desk)
        listed[wanted] = queries(world.coordinator, world.desk + "pairs/")
    assert asked == desk
    assert listed == pairs


def queries(user, path) -> int:
    client = sign_in(user)
    with clock.at(LATER), no_scope():
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
    return sum(not SCOPE.search(query["sql"]) for query in seen.captured_queries)
