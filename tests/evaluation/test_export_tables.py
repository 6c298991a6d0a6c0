"""What stands in an export: for each maker exactly what the pages would show them, and not a word more."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.domain.exporting.defusing import defused
from evaluation.domain.exporting.files import csv_bytes
from evaluation.domain.exporting.tables import Scope, Table
from evaluation.domain.making_exports import table_steps
from mentoring import clock
from pairs.domain.ending import dissolve_pairing
from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from programmes.domain.issues import raise_issue
from programmes.domain.roles import forget_roles
from programmes.models import Participant
from templates_app.answers import AnswerContext
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import save_draft, start_response, submit_response
from templates_app.domain.sharing import share_response
from templates_app.models import Share
from tests.evaluation.world import CONSENT, FIRST_CALL, version_of
from tests.factories import AssignmentFactory
from tests.templates_app.filled import filled_sheet

LATER = FIRST_CALL + dt.timedelta(days=29)


def tables(world, user, **narrower) -> dict[str, Table]:
    scope = Scope(user, world.programme, **narrower)
    with clock.at(LATER):
        return {table.name: table for step in table_steps(scope) for table in step()}


def everything(found: dict[str, Table]) -> str:
    return "".join(csv_bytes(table).decode() for table in found.values())


def column(table: Table, name: str) -> list:
    place = next(i for i, head in enumerate(table.columns) if head == name or head.endswith(f"[{name}]"))
    return [row[place] for row in table.rows]


@pytest.fixture
def written(world, pair):
    """Two sessions held; logs, goals, capacity and checklist written with a canary each; the mentee lets logs go on."""
    pair.set_dates()
    pair.hold(1, 2)
    with clock.at(pair.session(2).starts_at + dt.timedelta(hours=3)):
        pair.agree({**CONSENT, "goals": False, "checklist": False})
        pair.write(pair.output(worksheet="prep", side="mentee"), pair.mentee, **words_for(world, "prep", "CANARY prep"))
        pair.write(
            pair.output(worksheet="goals", side="mentee"), pair.mentee, **words_for(world, "goals", "CANARY goals")
        )
        pair.write(pair.output(worksheet="capacity"), pair.mentee, **words_for(world, "capacity", "CANARY capacity"))
        for side in ("mentor", "mentee"):
            actions = [{"_id": f"abcdef0{side[-1] == 'r':d}", "action": f"CANARY action {side}", "owner": side}]
            pair.log(2, side, issues=f"CANARY log {side}", followup=actions)
    return pair


def words_for(world, key: str, words: str) -> dict:
    """Those words in every written answer of a sheet, its rows included."""

    def said(value):
        if isinstance(value, dict):
            return {name: said(part) if name not in ("_id", "key") else part for name, part in value.items()}
        if isinstance(value, list):
            return [said(part) for part in value]
        return words if isinstance(value, str) and value.startswith("Words for") else value

    return said(filled_sheet(worksheet_of(version_of(world, key))))


# --- Who gets which words --------------------------------------------------------------------------------------------


def test_an_admin_gets_statuses_and_not_a_word_that_anybody_wrote(world, written):
    written.pass_on(2)
    person = Participant.objects.get(cohort=world.cohort, side="mentee")
    raise_issue(person=person, kind="help", text="CANARY issue", actor=written.mentee)
    found = tables(world, world.admin)
    assert "CANARY" not in everything(found)
    assert set(column(found["learning-log"], "answers shown")) == {"no"}
    assert set(column(found["actions"], "words shown")) == {"no"}
    assert "sent" in column(found["learning-log"], "state")


@pytest.mark.covers("plp.sys.95", "plp.sys.91")
def test_a_coordinator_gets_exactly_what_consent_allows(world, written):
    written.pass_on(2)
    told = everything(tables(world, world.coordinator))
    for allowed in ("CANARY log mentor", "CANARY log mentee", "CANARY capacity", "CANARY action mentor"):
        assert allowed in told, allowed
    for withheld in ("CANARY goals", "CANARY prep"):
        assert withheld not in told, withheld


@pytest.mark.covers("plp.sys.69")
def test_logs_reach_the_export_only_once_the_mentor_has_passed_them_on(world, written):
    told = everything(tables(world, world.coordinator))
    assert "CANARY log" not in told
    assert "CANARY action" not in told


def test_what_is_withheld_says_that_it_is_done_and_nothing_else(world, written):
    goals = tables(world, world.coordinator)["goals"]
    assert column(goals, "state") == ["sent"]
    assert column(goals, "answers shown") == ["no"]
    assert all(cell == "" for cell in goals.rows[0][10:])


@pytest.mark.covers("plp.sys.98")
def test_a_private_sheet_reaches_the_export_once_its_author_shares_it(world, written):
    output = written.output(worksheet="prep", side="mentee")
    assert "CANARY prep" not in everything(tables(world, world.coordinator))
    with clock.at(LATER):
        share_response(response=output.response, audience=Share.Audience.COORDINATOR, actor=written.mentee)
    assert "CANARY prep" in everything(tables(world, world.coordinator))
    assert "CANARY prep" not in everything(tables(world, world.admin))


def test_what_is_still_being_written_is_nobodys(world, pair):
    pair.set_dates()
    pair.hold(1, 2)
    with clock.at(LATER):
        pair.agree()
        output = pair.output(worksheet="capacity")
        begin_response(output=output, actor=pair.mentee, people=people_of(pair.pairing))
        answers = words_for(world, "capacity", "CANARY draft")
        save_draft(response=output.response, actor=pair.mentee, answers=answers, revision=output.response.revision)
    found = tables(world, world.coordinator)
    assert "CANARY" not in everything(found)
    assert column(found["capacity"], "state") == ["draft"]


def test_profiles_with_their_sensitive_answers_are_for_coordinators_alone(world, pair):
    version = version_of(world, "mentee-profile")
    answers = words_for(world, "mentee-profile", "CANARY profile")
    answers.pop("nominated_by")
    response = start_response(version=version, author=pair.mentee, answers=answers)
    person = Participant.objects.get(cohort=world.cohort, side="mentee")
    person.enrolment = response
    person.save(update_fields=["enrolment"])
    assert "CANARY" not in everything(tables(world, world.coordinator))
    submit_response(
        response=response,
        actor=pair.mentee,
        answers=answers,
        revision=response.revision,
        context=AnswerContext(),
    )
    coordinators, admins = tables(world, world.coordinator), tables(world, world.admin)
    assert "CANARY profile" in everything(coordinators)
    assert {"gender", "ethnicity"} <= {
        head.rsplit("[", 1)[-1].rstrip("]") for head in coordinators["mentee-profile"].columns
    }
    assert "mentee-profile" not in admins
    assert "CANARY" not in everything(admins)
    lead = {"role": "partner_lead", "partner": world.partner}
    AssignmentFactory(programme=world.programme, membership=world.coordinator.memberships.get(), **lead)
    forget_roles(world.coordinator)
    partners = tables(world, world.coordinator)["mentee-profile"]
    left = {head.rsplit("[", 1)[-1].rstrip("]") for head in partners.columns}
    assert "focus" in left
    assert not {"age", "gender", "ethnicity"} & left, "a coordinator who looks after a partner's people"


# --- The tables themselves -------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.91")
def test_the_tables_of_a_programme(world, written):
    found = tables(world, world.coordinator)
    assert list(found)[:4] == ["people", "pairings", "sessions", "actions"]
    assert {"goals", "capacity", "learning-log", "closure", "first-meeting"} <= set(found)
    people = found["people"]
    assert column(people, "given name") == ["ʻAna", "Helen"]
    assert column(people, "put forward by")[0] == "SPREP"
    pairings = found["pairings"]
    assert (column(pairings, "mentee"), column(pairings, "state")) == (["ʻAna Moala"], ["running"])
    assert column(pairings, "required outputs done") == [7]
    sessions = found["sessions"]
    assert column(sessions, "session") == [1, 2, 3, 4, 5, 6]
    assert column(sessions, "state") == ["held", "held", "planned", "planned", "planned", "planned"]
    assert column(sessions, "starts (UTC)")[0] == FIRST_CALL
    assert all(len(row) == len(table.columns) for table in found.values() for row in table.rows)


def test_a_log_has_a_row_for_each_person_and_session_and_a_column_for_each_answer(world, written):
    written.pass_on(2)
    log = tables(world, world.coordinator)["learning-log"]
    assert len(log.rows) == 10
    shown = {(row[3], row[4]): row for row in log.rows if row[9] == "yes"}
    assert shown.keys() == {("ʻAna Moala", 2), ("Helen Whitcombe", 2)}
    issues = dict(zip(column(log, "filled in by"), column(log, "issues"), strict=True))
    assert "CANARY log mentor" in column(log, "issues")
    assert issues


def test_an_early_end_is_told_without_who_ended_it(world, pair):
    with clock.at(LATER):
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
    pairings = tables(world, world.coordinator)["pairings"]
    assert column(pairings, "state") == ["ended early"]
    assert column(pairings, "ended (UTC)") == [LATER]


def test_one_cohort_or_one_pair_alone(world, written):
    other = world.add_pair("Willie Malas", "Aroha Parata")
    whole = tables(world, world.coordinator)
    assert len(whole["pairings"].rows) == 2
    one = tables(world, world.coordinator, pairing=other.pairing, cohort=world.cohort)
    assert column(one["pairings"], "mentee") == ["Willie Malas"]
    assert column(one["people"], "given name") == ["Willie", "Aroha"]
    assert "CANARY" not in everything(one)
    assert {row[0] for row in one["sessions"].rows} == {str(other.pairing.pk)}


def test_nothing_of_another_programme_or_organisation_is_in_it(world, written, other_company):
    told = everything(tables(world, world.coordinator))
    assert "Lagoon" not in told
    assert str(other_company.pairing.pk) not in told


def test_formulas_that_people_typed_are_defused_in_the_file(world, pair):
    pair.set_dates()
    pair.hold(1, 2)
    with clock.at(LATER):
        pair.agree()
        pair.log(2, "mentor", issues='=HYPERLINK("http://evil.example","x")')
        pair.pass_on(2)
    table = tables(world, world.coordinator)["learning-log"]
    typed = next(cell for cell in column(table, "issues") if cell)
    assert typed.startswith("=HYPERLINK")
    assert f'"{defused(typed)}"'.replace('"http', '""http')[:14] in csv_bytes(table).decode()
    assert '"=HYPERLINK' not in csv_bytes(table).decode()


def test_the_number_of_questions_grows_with_pairs_by_a_few_and_not_with_what_they_wrote(world, written):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            tables(world, world.coordinator)
        return len(seen)

    before = asked()
    with clock.at(LATER):
        written.write(written.output(worksheet="first-meeting", moment="session-1"), written.mentee)
    assert asked() <= before + 1
