"""Who writes a sheet from now on: the people of a pairing say so, and what is owed, reminded and shown follows."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from mentoring import clock
from mentoring.history.domain import sentence, timeline_of
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.following import follow
from pairs.domain.home import home_of
from pairs.domain.logs import log_outputs, log_table
from pairs.domain.passing_on import CannotPass, pass_writing, writing_of
from pairs.domain.people import NotAMember
from pairs.domain.planning import plan_of, replan
from pairs.domain.queries import get_output_for, get_pairing_for
from pairs.domain.readers_words import readers_sentence
from pairs.domain.reading import reader_of
from pairs.domain.reminders import remind_due
from pairs.domain.sessions import hold_session
from pairs.domain.worksheet_changes import add_new_moments
from pairs.models import Output, Pairing
from templates_app.shapes import Worksheet
from tests.pairs.conftest import PAIRED, make_group
from tests.pairs.filling import write
from tests.pairs.test_every_kit import by_the_coordinator, pair_of
from tests.pairs.test_planning import set_session
from tests.pairs.test_promises_of_handbooks import send_whole

DAY = dt.timedelta(days=1)
FIRST_LOG = {"worksheet": "log", "moment": "session-1"}


@pytest.fixture
def sssc(db):
    """A pair that has just held its first meeting: its log is due tomorrow."""
    with pair_of("sssc") as made:
        set_session(made, 1, "2026-11-05 09:00")
        with clock.at(dt.datetime(2026, 11, 4, 22, 0, tzinfo=dt.UTC)):
            hold_session(session=made.session(1), actor=made.mentee)
            yield made


def fresh(pair) -> Pairing:
    return Pairing.objects.select_related("cohort__programme__handbook").get(pk=pair.pairing.pk)


def passed(pair, to: str, actor=None, worksheet: str = "log") -> bool:
    return pass_writing(pairing=fresh(pair), worksheet=worksheet, to=to, actor=actor or pair.mentee)


def owed(pair, **which) -> list[str]:
    """Of whom a log is wanted: ``mentee``, ``mentor`` or ``together``, in the order of the meetings."""
    rows = Output.objects.filter(pairing=pair.pairing, worksheet="log", done_at=None, cancelled_at=None, **which)
    return [row.member.side if row.member else "together" for row in rows.select_related("member").order_by("moment")]


def at_home(pair, user) -> list[str]:
    return [line.label for line in home_of(user, get_pairing_for(user, pair.pairing.pk)).owed]


@pytest.mark.covers("sssc.must.38")
def test_a_log_is_the_mentees_at_first_and_passes_as_the_pair_says_with_home_and_coordinator_following(sssc):
    assert owed(sssc) == ["mentee"] * 6
    assert "Meeting log · Meeting 1" in at_home(sssc, sssc.mentee)
    assert "Meeting log · Meeting 1" not in at_home(sssc, sssc.mentor)
    assert passed(sssc, "together")
    assert owed(sssc) == ["together"] * 6
    due = sssc.output(**FIRST_LOG, member=None).due_at
    assert due.astimezone(ZoneInfo("Pacific/Apia")).date() in {dt.date(2026, 11, 6), dt.date(2026, 11, 7)}, "with a day"
    for user in (sssc.mentee, sssc.mentor):
        assert "Meeting log · Meeting 1" in at_home(sssc, user)
    assert passed(sssc, "mentor", sssc.mentor)
    assert owed(sssc) == ["mentor"] * 6
    assert "Meeting log · Meeting 1" not in at_home(sssc, sssc.mentee)
    page = follow(reader_of(sssc.coordinator, get_pairing_for(sssc.coordinator, sssc.pairing.pk)))
    assert [row.who for row in page.owed if row.output.worksheet == "log"] == [sssc.mentor.name]
    assert passed(sssc, "mentee")
    assert owed(sssc) == ["mentee"] * 6
    assert Output.objects.filter(pairing=sssc.pairing, worksheet="log").count() == 18, (
        "withdrawn rows are taken up again"
    )
    assert not passed(sssc, "mentee"), "what holds already is no change"


@pytest.mark.covers("sssc.must.38")
def test_reminders_go_to_whoever_writes_now(sssc):
    passed(sssc, "mentor")
    row = sssc.output(**FIRST_LOG, member__side="mentor")
    assert row.next_reminder_at is not None
    with clock.at(row.next_reminder_at):
        remind_due(row.next_reminder_at)
    reminded = Message.objects.filter(
        kind="pairs.reminder", subject_id__in=Output.objects.filter(worksheet="log").values("pk")
    )
    assert {one.recipient for one in reminded} == {sssc.mentor}


@pytest.mark.covers("sssc.must.38")
def test_what_somebody_has_begun_stays_theirs_and_nobody_is_asked_for_a_second_one(sssc):
    begun = write(sssc.output(**FIRST_LOG), sssc.mentee, {"location": "CANARY-PLACE"})
    passed(sssc, "mentor", sssc.mentor)
    assert owed(sssc) == ["mentee"] + ["mentor"] * 5
    replan(fresh(sssc))
    add_new_moments(fresh(sssc), plan_of(fresh(sssc)))
    assert owed(sssc) == ["mentee"] + ["mentor"] * 5, "planning anew keeps it so"
    found, reader = get_output_for(sssc.mentee, begun.pk)
    assert reader.owes(found)
    assert found.is_open
    assert [row.pk for row in writing_of(reader, "log").still_theirs] == [begun.pk]
    assert send_whole(sssc, begun, sssc.mentee).done_at is not None
    assert owed(sssc) == ["mentor"] * 5
    passed(sssc, "together")
    assert owed(sssc) == ["together"] * 5, "a meeting that has its log is asked for no other"


@pytest.mark.covers("sssc.must.38")
def test_a_log_written_together_says_who_reads_it_and_stands_once_in_the_table(sssc):
    passed(sssc, "together")
    row = write(sssc.output(**FIRST_LOG, member=None), sssc.mentor, {"location": "The library"})
    found, reader = get_output_for(sssc.mentee, row.pk)
    sheet = reader.sheet_of(found)
    assert readers_sentence(reader, found, sheet).startswith("You and Helen, as you write.")
    [first, *_rest] = log_table(reader, log_outputs(reader))
    assert [cell.person for cell in first.cells] == [None]


def test_both_may_say_it_the_other_hears_of_it_and_it_stands_in_history_without_blame(sssc, sign_in):
    passed(sssc, "together", sssc.mentor)
    [told] = Message.objects.filter(kind="pairs.writing_passed")
    assert told.recipient == sssc.mentee
    text = render_message(told).text
    assert "“Meeting log” is yours to write from now on" in text
    [event] = timeline_of(fresh(sssc)).filter(action="writing.passed")
    assert sentence(event) == f"{sssc.mentor.name} noted who writes “Meeting log” from now on"
    page = sign_in(sssc.mentee).get(f"{sssc.place}logs/").content.decode()
    assert "Both of you together" in page
    answer = sign_in(sssc.mentee).post(f"{sssc.place}worksheets/log/writer/", {"writer": "mentor"}, follow=True)
    assert answer.status_code == 200
    assert owed(sssc) == ["mentor"] * 6


@pytest.mark.parametrize("to", ["", "each", "coordinator", "supervisor"])
def test_nobody_else_can_be_named_and_what_does_not_pass_on_stays(sssc, sign_in, to):
    with pytest.raises(CannotPass):
        passed(sssc, to)
    with pytest.raises(CannotPass):
        passed(sssc, "mentor", worksheet="agenda")
    assert sign_in(sssc.mentee).post(f"{sssc.place}worksheets/log/writer/", {"writer": to}).status_code == 404
    assert fresh(sssc).writers == {}


def test_only_the_people_of_the_pair_say_it(sssc, sign_in):
    with pytest.raises(NotAMember):
        passed(sssc, "together", sssc.coordinator)
    answer = sign_in(sssc.coordinator).post(f"{sssc.place}worksheets/log/writer/", {"writer": "mentor"})
    assert answer.status_code == 404
    assert owed(sssc) == ["mentee"] * 6


@pytest.mark.covers("sssc.must.38")
def test_in_a_group_a_log_begun_by_one_stays_and_the_others_are_asked_together(db):
    made = make_group(kit="sssc", changed=by_the_coordinator)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        assert owed(made) == ["mentee"] * 18
        row = made.output("Sione", worksheet="log", moment="session-2")
        Output.objects.filter(pk=row.pk).update(opens_at=PAIRED - DAY)
        write(row, made.users["Sione"], {"location": "CANARY"})
        passed(made, "together", made.users["Helen"])
        assert owed(made, moment="session-2") == ["mentee"]
        assert owed(made, moment="session-1") == ["together"]
        passed(made, "mentee", made.users["ʻAna"])
        assert owed(made) == ["mentee"] * 18


def test_a_sheet_that_others_would_read_otherwise_cannot_pass_on(sssc):
    plain = {"key": "x", "title": "X", "ours": True, "filled_by": "mentee", "passes_to": ["together"], "sections": []}
    assert Worksheet.model_validate(plain | {"readers": {"preset": "pair"}}).passes_to == ["together"]
    for readers in (
        {"preset": "private"},
        {"preset": "pair", "opens": "both-sent"},
        {"preset": "pair", "shareable": True},
    ):
        with pytest.raises(ValidationError, match="passes_to"):
            Worksheet.model_validate(plain | {"readers": readers})
    with pytest.raises(ValidationError, match="passes_to"):
        Worksheet.model_validate(plain | {"readers": {"preset": "pair"}, "passes_to": ["mentee"]})
