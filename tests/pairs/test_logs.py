"""Logs on their way to the coordinator: passing on, compiling, and who may open the document."""

import pytest

from mentoring.notices.models import Message
from mentoring.work.models import State
from pairs.domain.compiled import RECORDS, request_records
from pairs.domain.consent_changes import change_consent
from pairs.domain.logs import compile_logs, log_outputs, log_table, pass_on_logs
from pairs.domain.people import NotAMember
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.enums import OutputKind
from templates_app.domain.documents import NoLongerWanted, kind_named, may_read_document
from tests.pairs.filling import LOG, send, write
from tests.pairs.test_sheets import send_log, two  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("two")


def reader(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def consent(pair, *, logs: bool) -> None:
    change_consent(reader=reader(pair, pair.mentee), answers={"logs": logs}, actor=pair.mentee)


def compiled(pair):
    return compile_logs(reader=reader(pair, pair.mentor), actor=pair.mentor)


def html(document) -> str:
    document.requested_by.refresh_from_db()
    return kind_named(document.kind).render(document)


@pytest.mark.covers("plp.sys.69")
def test_the_mentor_passes_a_sessions_logs_on_as_far_as_consent_goes(pair):
    send_log(pair, "mentee")
    send_log(pair, "mentor")
    passed = pass_on_logs(reader=reader(pair, pair.mentor), session=pair.session(2), actor=pair.mentor)
    assert [output.member.side for output in passed] == ["mentor"]
    consent(pair, logs=True)
    passed = pass_on_logs(reader=reader(pair, pair.mentor), session=pair.session(2), actor=pair.mentor)
    assert [output.member.side for output in passed] == ["mentee"]
    assert pass_on_logs(reader=reader(pair, pair.mentor), session=pair.session(2), actor=pair.mentor) == []
    told = Message.objects.filter(kind="pairs.logs_passed_on")
    assert {message.recipient for message in told} == {pair.coordinator}
    assert "CANARY" not in str([message.context for message in told])


def test_nobody_but_the_mentor_passes_on_or_compiles(pair):
    send_log(pair, "mentee")
    for act in (
        lambda: pass_on_logs(reader=reader(pair, pair.mentee), session=pair.session(2), actor=pair.mentee),
        lambda: compile_logs(reader=reader(pair, pair.mentee), actor=pair.mentee),
    ):
        with pytest.raises(NotAMember):
            act()


@pytest.mark.covers("plp.sys.82")
def test_the_table_lists_what_is_present_and_missing_the_mentees_first(pair):
    send_log(pair, "mentee")
    table = log_table(reader(pair, pair.mentor), log_outputs(reader(pair, pair.mentor)))
    assert [row.session.number for row in table] == [2, 3, 4, 5, 6]
    first = [(cell.person.side, cell.is_in, cell.is_missing) for cell in table[0].cells]
    assert first == [("mentee", True, False), ("mentor", False, True)]
    assert not any(cell.is_missing for row in table[1:] for cell in row.cells)


@pytest.mark.covers("plp.sys.82")
def test_compiling_makes_one_document_of_all_logs_closes_the_task_and_tells_the_coordinator(pair):
    send_log(pair, "mentee")
    send_log(pair, "mentor")
    consent(pair, logs=True)
    document = compiled(pair)
    text = html(document)
    assert text.count("CANARY-ISSUES") == 2
    assert "Learning log · Session 2" in text
    assert text.index("ʻAna Tupou (mentee) · sent on") < text.index("Helen Whitcombe (mentor) · sent on")
    assert pair.output(kind=OutputKind.COMPILE).done_at is not None
    pair.pairing.refresh_from_db()
    assert pair.pairing.logs_sent_at is not None
    [told] = Message.objects.filter(kind="pairs.logs_compiled")
    assert told.recipient == pair.coordinator
    assert may_read_document(pair.coordinator, document)
    assert document.state == State.QUEUED


def test_what_the_mentee_keeps_stands_in_the_document_as_done_without_a_word(pair):
    send_log(pair, "mentee")
    send_log(pair, "mentor")
    consent(pair, logs=False)
    document = compiled(pair)
    assert "CANARY" not in html(document)
    assert "What it says stays between mentor and mentee" in html(document)
    assert may_read_document(pair.coordinator, document)
    consent(pair, logs=True)
    assert "CANARY" not in html(document)
    assert "CANARY" in html(compiled(pair))


def test_taking_consent_back_closes_the_document_to_the_coordinator_and_not_to_the_pair(pair):
    send_log(pair, "mentee")
    consent(pair, logs=True)
    document = compiled(pair)
    consent(pair, logs=False)
    assert not may_read_document(pair.coordinator, document)
    assert may_read_document(pair.mentee, document)
    assert may_read_document(pair.mentor, document)


def test_no_one_else_opens_the_document(pair, other_company):
    send_log(pair, "mentee")
    consent(pair, logs=True)
    document = compiled(pair)
    for user in (other_company.coordinator, other_company.admin, other_company.mentor):
        assert not may_read_document(user, document)


@pytest.mark.covers("plp.sys.96")
def test_the_mentee_takes_everything_along_the_mentors_notes_included(pair):
    send_log(pair, "mentor")
    write(pair.output(worksheet="prep", side="mentee"), pair.mentee, {"growth": "OWN-DRAFT"})
    send(pair.output(worksheet="prep", side="mentor"), pair.mentor, {"growth": "MENTORS-SECRET"})
    document = request_records(reader=reader(pair, pair.mentee), actor=pair.mentee)
    text = html(document)
    assert document.kind == RECORDS
    assert LOG["issues"] in text
    assert "OWN-DRAFT" in text
    assert "MENTORS-SECRET" not in text
    assert may_read_document(pair.mentee, document)
    assert not may_read_document(pair.mentor, document)
    assert not may_read_document(pair.coordinator, document)


def test_a_document_asked_for_by_one_who_has_left_is_not_made(pair):
    send_log(pair, "mentor")
    document = request_records(reader=reader(pair, pair.mentee), actor=pair.mentee)
    document.requested_by = None
    with pytest.raises(NoLongerWanted):
        kind_named(document.kind).render(document)
