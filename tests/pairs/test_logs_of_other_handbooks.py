"""Logs as other handbooks have them: written together, or by one of the two; quick to write; read by whom the handbook says."""

from contextlib import contextmanager

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.logs import log_outputs, log_table
from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from pairs.domain.reading import right_to
from pairs.domain.session_page import session_page
from pairs.domain.sessions import hold_session
from pairs.domain.sheets import add_sheet
from pairs.domain.shown import beside
from pairs.enums import Right
from pairs.models import Output
from programmes.domain.assignments import give_role
from programmes.models import Participant
from templates_app.domain.responses import answers_of
from tests.factories import MembershipFactory, PartnerFactory
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.filling import send
from tests.pairs.test_every_kit import by_the_coordinator
from tests.pairs.test_logs import reader
from tests.pairs.test_schedule import save, six

QUICK = {"date": "2026-11-12", "hours": 1.5, "topics": "CANARY-TOPIC"}


@contextmanager
def met_once(at, kit: str = "caltrans"):
    """A pair of that handbook, an hour after its first session began; it took 75 minutes."""
    made = make_pair(kit=kit, changed=by_the_coordinator)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        save(made, {number: day for number, day in six().items() if number <= 6})
        with at("2026-11-12 20:00", "Pacific/Apia"):
            hold_session(session=made.session(1), actor=made.mentee, minutes=75)
            yield made


def log(pair) -> Output:
    return pair.output(worksheet="meeting-log", session__number=1)


@pytest.mark.covers("cal.sys.95")
def test_date_hours_and_topic_are_enough_for_a_log(db, at):
    with met_once(at) as pair:
        assert send(log(pair), pair.mentee, QUICK).done_at is not None


@pytest.mark.covers("cal.sys.60")
def test_a_log_is_for_the_pair_alone(db, at):
    with met_once(at) as pair:
        sent = send(log(pair), pair.mentee, QUICK)
        assert right_to(pair.mentor, sent) >= Right.READ
        assert right_to(pair.coordinator, sent) < Right.READ


@pytest.mark.covers("cal.sys.01")
def test_the_keeper_of_a_mentor_list_reads_nothing_of_what_its_pairs_write(db, at, sign_in):
    with met_once(at) as pair:
        sent = send(log(pair), pair.mentee, QUICK)
        keeper, unit = MembershipFactory(), PartnerFactory(key="district-4", name="District 4")
        Participant.objects.filter(pk=pair.mentor_place.pk).update(partner=unit)
        programme = pair.pairing.cohort.programme
        give_role(programme=programme, membership=keeper, role="partner_lead", partner=unit, actor=pair.coordinator)
        assert right_to(keeper.user, sent) < Right.READ
        client = sign_in(keeper.user)
        person = f"programmes/{programme.slug}/cohorts/{pair.pairing.cohort.slug}/people/{pair.mentor_place.pk}/"
        assert client.get(pair.url(person)).status_code == 200
        assert client.get(pair.url(f"outputs/{sent.pk}/read/")).status_code == 404
        for page in ("", "logs/", "goals/", "sessions/", "agreement/", "worksheets/", "documents/"):
            assert "CANARY" not in client.get(f"{pair.place}{page}").content.decode(), page


def test_a_log_written_together_has_a_place_of_its_own_in_the_table(db, at, sign_in):
    with met_once(at) as pair:
        (row,) = log_table(reader(pair, pair.mentor), log_outputs(reader(pair, pair.mentor)))[:1]
        assert [(cell.person, cell.is_in) for cell in row.cells] == [(None, False)]
        send(log(pair), pair.mentee, QUICK)
        add_sheet(reader=reader(pair, pair.mentee), worksheet="meeting-log", actor=pair.mentee)
        (row,) = log_table(reader(pair, pair.mentor), log_outputs(reader(pair, pair.mentor)))[:1]
        assert [(cell.person, cell.is_in) for cell in row.cells] == [(None, True)], (
            "the session's own, not a further one"
        )
        assert "Written together" in sign_in(pair.mentor).get(f"{pair.place}logs/").content.decode()


def test_whoever_writes_no_log_has_no_empty_line_in_the_table(db, at):
    with met_once(at, "sssc") as pair:
        (row,) = log_table(reader(pair, pair.mentor), log_outputs(reader(pair, pair.mentor)))[:1]
        assert [cell.person.side for cell in row.cells] == ["mentee"]


def test_the_next_session_begins_with_the_log_written_together(db, at, sign_in):
    with met_once(at) as pair:
        send(log(pair), pair.mentee, QUICK)
        page = session_page(reader(pair, pair.mentor), pair.session(2))
        shown = beside(page.logs_before)
        assert shown is not None
        assert (shown.writers, shown.is_single) == ([None], True)
        html = sign_in(pair.mentor).get(f"{pair.place}sessions/{pair.session(2).pk}/").content.decode()
        assert "CANARY-TOPIC" in html
        assert "The log that you wrote together." in html


def test_the_next_session_shows_what_was_answered_and_not_what_the_log_tells_its_writer(db, at, sign_in):
    with met_once(at, "sssc") as pair:
        output = pair.output(worksheet="log", session__number=1)
        begun = answers_of(begin_response(output=output, actor=pair.mentee, people=people_of(output.pairing)))
        topics = [{"_id": "aaaaaaaa", "topic": "CANARY-TOPIC"}]
        whole = {"topics": topics, "location": "Library", "method": "video", "evaluse": {"read": {"done": True}}}
        send(output, pair.mentee, begun | whole)
        html = sign_in(pair.mentor).get(f"{pair.place}sessions/{pair.session(2).pk}/").content.decode()
        assert "CANARY-TOPIC" in html
        assert "Leave out what is personal" not in html


@pytest.mark.parametrize(
    ("kit", "sheet", "known"),
    [
        ("caltrans", "meeting-log", {"date": "2026-11-12", "hours": 1.25}),
        ("aspire", "meeting-record", {"length": 75}),
        ("sssc", "log", {"date": "2026-11-12", "length": 75}),
    ],
)
def test_a_log_knows_when_the_session_was_and_how_long_it_took(db, at, kit, sheet, known):
    with met_once(at, kit) as pair:
        output = pair.output(worksheet=sheet, session__number=1)
        answers = answers_of(begin_response(output=output, actor=pair.mentee, people=people_of(output.pairing)))
        assert {key: answers.get(key) for key in known} == known
        if kit == "aspire":
            assert answers["date"] == pair.session(1).starts_at.strftime("%Y-%m-%dT%H:%M:%SZ")
            Output.objects.filter(pk=output.pk).update(done_at=clock.now())
            further = add_sheet(reader=reader(pair, pair.mentee), worksheet=sheet, actor=pair.mentee)
            begun = answers_of(begin_response(output=further, actor=pair.mentee, people=people_of(output.pairing)))
            assert "length" not in begun, "a further talk is not the session"
