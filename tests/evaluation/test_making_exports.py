"""Making exports in the background: claimed, step by step, sealed, told; killed, refused and tried again without loss."""

import datetime as dt
import io
import zipfile
from contextlib import contextmanager

import openpyxl
import pytest
from django.db import connection

from evaluation.domain import making_exports
from evaluation.domain.exporting import archive
from evaluation.domain.exports import NotAllowed, request_export, retry_export
from evaluation.domain.making_exports import KEPT_FOR, MAX_ATTEMPTS, export_due
from evaluation.domain.reports import report_due
from evaluation.models import Export
from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope, platform_scope, tenant_scope
from mentoring.work.models import DueWork, State
from pairs.models import Consent
from programmes.domain.roles import forget_roles
from programmes.models import Assignment
from templates_app.domain import making_documents
from templates_app.models import Document
from tests.evaluation.world import FIRST_CALL, PAIRED
from tests.factories import CohortFactory

LATER = FIRST_CALL + dt.timedelta(days=40)


def ask(world, kind="xlsx", user=None, **narrower) -> Export:
    with clock.at(LATER):
        return request_export(programme=world.programme, kind=kind, actor=user or world.coordinator, **narrower)


def look(world, now=LATER):
    """One look of the worker, with no organisation open."""
    with clock.at(now), no_scope():
        return export_due(now, world.organisation)


def make_documents(world, now=LATER) -> None:
    with clock.at(now), no_scope():
        making_documents.make_due(now, world.organisation)


def fresh(export) -> Export:
    return Export.objects.get(pk=export.pk)


@contextmanager
def broken(monkeypatch, name, fault):
    def fail(*_args, **_kwargs):
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(making_exports, name, fail)
        yield


@pytest.fixture
def written(world, pair):
    """A signed agreement, two logs that were passed on, one that was not, and a checklist that is withheld."""
    pair.set_dates()
    pair.hold(1, 2)
    with clock.at(pair.session(2).starts_at + dt.timedelta(hours=3)):
        pair.agree({"logs": True, "capacity": True, "goals": True, "checklist": False, "closure": True})
        pair.write(pair.output(worksheet="first-meeting", moment="session-1"), pair.mentee)
        pair.log(2, "mentor")
        pair.log(2, "mentee")
        pair.pass_on(2)
    return pair


# --- Tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_is_made_told_and_kept_sealed(world, written, kind):
    export = ask(world, kind)
    assert DueWork.objects.filter(organisation=world.organisation, kind="exports").exists()
    following = look(world)
    made = fresh(export)
    assert following == made.done_at + KEPT_FOR
    assert (made.state, made.steps_done) == (State.DONE, made.steps_total)
    assert made.size == len(made.content) > 1000
    if kind == "xlsx":
        assert made.filename == "e-mentoring-2026-12-16-xlsx.xlsx"
        book = openpyxl.load_workbook(io.BytesIO(made.content))
        assert book.sheetnames[:4] == ["people", "pairings", "sessions", "actions"]
        assert "learning-log" in book.sheetnames
    else:
        with zipfile.ZipFile(io.BytesIO(made.content)) as packed:
            assert {"people.csv", "sessions.csv", "learning-log.csv"} <= set(packed.namelist())
    (message,) = Message.objects.filter(kind="evaluation.export_ready")
    letter = render_message(message)
    assert message.email == world.coordinator.email
    assert world.url(f"exports/{export.pk}/") in letter.text
    with platform_scope("what the column holds"), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM evaluation_export")
        stored = bytes(cursor.fetchone()[0])
    assert stored != made.content
    assert b"Moala" not in stored
    assert not stored.startswith(b"PK")


def test_progress_is_noted_table_by_table_and_can_be_seen_meanwhile(world, written, monkeypatch):
    export, seen = ask(world), []
    noted = making_exports.note_progress

    def watch(*args):
        noted(*args)
        seen.append((fresh(export).steps_done, fresh(export).steps_total))

    monkeypatch.setattr(making_exports, "note_progress", watch)
    look(world)
    total = seen[0][1]
    assert total > 15
    assert seen == [(done, total) for done in range(total + 1)]


def test_an_export_is_made_once(world, written):
    ask(world)
    look(world)
    first = Export.objects.get().content
    look(world, LATER + dt.timedelta(hours=1))
    assert Export.objects.get().content == first
    assert Message.objects.filter(kind="evaluation.export_ready").count() == 1


# --- Faults ----------------------------------------------------------------------------------------------------------


def test_a_worker_that_dies_leaves_a_claim_that_another_takes_over(world, written, monkeypatch):
    export = ask(world)
    with broken(monkeypatch, "xlsx_bytes", KeyboardInterrupt()), pytest.raises(KeyboardInterrupt):
        look(world)
    assert fresh(export).state == State.RUNNING
    assert look(world, LATER + dt.timedelta(seconds=30)) is not None
    assert fresh(export).state == State.RUNNING
    look(world, LATER + dt.timedelta(minutes=3))
    assert fresh(export).state == State.DONE
    assert Message.objects.filter(kind="evaluation.export_ready").count() == 1


def test_a_fault_is_tried_again_with_growing_waits_and_then_a_person_sees_it(world, written, monkeypatch):
    export, now, waits = ask(world), LATER, []
    with broken(monkeypatch, "xlsx_bytes", RuntimeError("CANARY of what was in it")):
        for _attempt in range(MAX_ATTEMPTS):
            following = look(world, now)
            if following is not None:
                waits.append((following - now).total_seconds())
                now = following
    failed = fresh(export)
    assert (failed.state, failed.error) == (State.FAILED, "could not be made: RuntimeError")
    assert waits == [30, 60, 120]
    with clock.at(now):
        assert retry_export(export=failed, actor=world.coordinator)
    look(world, now)
    assert fresh(export).state == State.DONE


def test_an_export_that_kills_its_worker_again_and_again_is_given_up(world, written, monkeypatch):
    export, now = ask(world), LATER
    with broken(monkeypatch, "xlsx_bytes", KeyboardInterrupt()):
        for _attempt in range(MAX_ATTEMPTS):
            with pytest.raises(KeyboardInterrupt):
                look(world, now)
            now += dt.timedelta(minutes=3)
        look(world, now)
    assert (fresh(export).state, fresh(export).error) == (State.FAILED, "never finished")


def test_a_worker_that_lost_its_claim_writes_nothing(world, written, monkeypatch):
    export = ask(world)
    plain = making_exports.xlsx_bytes

    def overtaken(tables):
        with tenant_scope(world.organisation):
            Export.objects.filter(pk=export.pk).update(lease_until=LATER + dt.timedelta(hours=1))
        return plain(tables)

    monkeypatch.setattr(making_exports, "xlsx_bytes", overtaken)
    look(world)
    assert (fresh(export).state, fresh(export).content) == (State.RUNNING, None)
    assert not Message.objects.filter(kind="evaluation.export_ready").exists()


def test_only_a_failed_export_is_tried_again_and_only_by_who_asked(world, written):
    export = ask(world)
    assert not retry_export(export=export, actor=world.coordinator)
    with pytest.raises(NotAllowed):
        retry_export(export=export, actor=world.admin)


# --- Rights ----------------------------------------------------------------------------------------------------------


def test_only_coordinators_and_admins_take_a_programme_out(world, pair):
    for person in (world.lead, world.steering, pair.mentor, pair.mentee):
        with pytest.raises(NotAllowed):
            ask(world, user=person)
    assert not Export.objects.exists()


def test_a_cohort_of_another_programme_is_refused(world):
    with pytest.raises(ValueError, match="another programme"):
        ask(world, cohort=CohortFactory())


def test_who_has_lost_the_right_meanwhile_gets_nothing(world, written):
    export = ask(world)
    Assignment.objects.filter(membership__user=world.coordinator).delete()
    forget_roles(world.coordinator)
    look(world)
    assert (fresh(export).state, fresh(export).content) == (State.CANCELLED, None)


def test_what_counts_is_what_may_be_read_when_it_is_made(world, written):
    export = ask(world, "csv")
    member = written.pairing.members.get(side="mentee")
    Consent.objects.create(pairing=written.pairing, member=member, item="logs", given=False, at=LATER)
    look(world)
    with zipfile.ZipFile(io.BytesIO(fresh(export).content)) as packed:
        log = packed.read("learning-log.csv").decode()
    assert "Words for issues" not in log


def test_a_file_is_removed_after_two_weeks(world, written):
    export = ask(world)
    look(world)
    kept_until = fresh(export).done_at + KEPT_FOR
    look(world, kept_until - dt.timedelta(seconds=1))
    assert fresh(export).content is not None
    look(world, kept_until)
    assert (fresh(export).state, fresh(export).content, fresh(export).papers) == (State.DONE, None, [])


# --- Documents -------------------------------------------------------------------------------------------------------


def names_in(export) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(fresh(export).content)) as packed:
        return packed.namelist()


@pytest.mark.covers("plp.sys.91")
def test_all_documents_of_a_pair_come_as_one_archive(world, written):
    export = ask(world, "pdf", pairing=written.pairing)
    now = LATER
    for _look in range(3):
        look(world, now)
        make_documents(world, now)
        now += dt.timedelta(seconds=30)
    made = fresh(export)
    assert made.state == State.DONE
    folder = "Cohort of November/ʻAna Moala · Helen Whitcombe"
    names = names_in(export)
    assert [name.split("/")[-1][:2] for name in names] == ["01", "02", "03"]
    assert {name.removeprefix(f"{folder}/")[3:] for name in names} == {
        "Agreement, version 1.pdf",
        "Learning log · Session 2, ʻAna Moala.pdf",
        "Learning log · Session 2, Helen Whitcombe.pdf",
    }
    with zipfile.ZipFile(io.BytesIO(made.content)) as packed:
        assert all(packed.read(name).startswith(b"%PDF-") for name in packed.namelist())
    assert made.filename.endswith("-2026-12-16-pdf.zip")


def test_while_documents_are_made_the_export_waits_and_shows_how_far_it_is(world, written):
    export = ask(world, "pdf")
    following = look(world)
    waiting = fresh(export)
    assert (waiting.state, waiting.steps_done, waiting.steps_total, waiting.attempts) == (State.QUEUED, 0, 3, 0)
    assert LATER < following <= LATER + dt.timedelta(seconds=30)
    assert len(waiting.papers) == 3
    make_documents(world)
    look(world, LATER + dt.timedelta(seconds=20))
    assert fresh(export).state == State.DONE


def test_a_worker_with_an_older_list_takes_neither_what_is_being_made_nor_what_is_done(world, written, monkeypatch):
    export, made, content = ask(world), [], making_exports._content

    def make_one():
        with clock.at(LATER), no_scope():
            making_exports._make_one(world.organisation, export.pk, LATER)

    def making(*args):
        made.append(args)
        if len(made) == 1:
            make_one()
        return content(*args)

    monkeypatch.setattr(making_exports, "_content", making)
    make_one()
    make_one()
    assert (len(made), fresh(export).attempts, fresh(export).state) == (1, 1, State.DONE)
    assert Message.objects.filter(kind="evaluation.export_ready").count() == 1


def test_nothing_is_made_twice_however_often_somebody_looks_or_asks(world, written):
    ask(world, "pdf")
    for seconds in range(0, 60, 20):
        look(world, LATER + dt.timedelta(seconds=seconds))
    asked = Document.objects.filter(requested_by=world.coordinator).count()
    make_documents(world, LATER + dt.timedelta(minutes=1))
    stamps = dict(Document.objects.values_list("pk", "done_at"))
    look(world, LATER + dt.timedelta(minutes=2))
    again = ask(world, "pdf")
    look(world, LATER + dt.timedelta(minutes=3))
    assert fresh(again).state == State.DONE
    assert Document.objects.filter(requested_by=world.coordinator).count() == asked
    assert dict(Document.objects.values_list("pk", "done_at")) == stamps


def test_a_document_that_cannot_be_made_is_named_in_the_archive_and_the_rest_is_there(world, written):
    export = ask(world, "pdf")
    look(world)
    spoilt = Document.objects.filter(kind="worksheet").order_by("pk").first()
    Document.objects.filter(pk=spoilt.pk).update(state=State.FAILED, error="could not be made")
    make_documents(world)
    look(world, LATER + dt.timedelta(minutes=1))
    names = names_in(export)
    assert len(names) == 3
    with zipfile.ZipFile(io.BytesIO(fresh(export).content)) as packed:
        told = packed.read("Not included.txt").decode("utf-8-sig")
    assert "Learning log · Session 2" in told
    assert "could not be made" in told


def test_what_was_taken_back_since_it_was_asked_for_stays_out(world, written):
    export = ask(world, "pdf")
    look(world)
    make_documents(world)
    member = written.pairing.members.get(side="mentee")
    Consent.objects.create(pairing=written.pairing, member=member, item="logs", given=False, at=LATER)
    look(world, LATER + dt.timedelta(minutes=1))
    names = names_in(export)
    assert not any("Learning log" in name for name in names)
    with zipfile.ZipFile(io.BytesIO(fresh(export).content)) as packed:
        assert "may not be read any more" in packed.read("Not included.txt").decode("utf-8-sig")


def test_an_admins_archive_holds_reports_and_nothing_that_was_written(world, written):
    report_due(LATER)
    export = ask(world, "pdf", user=world.admin)
    look(world)
    make_documents(world)
    look(world, LATER + dt.timedelta(minutes=1))
    assert names_in(export) == ["Cohort of November/Reports/2026-W51.pdf"]


def test_with_nothing_to_read_the_archive_says_so(world, pair):
    export = ask(world, "pdf")
    look(world, LATER)
    assert names_in(export) == ["Nothing yet.txt"]


def test_two_pairs_of_the_same_names_get_a_folder_each(world, written):
    twin = world.add_pair("ʻAna Moala", "Helen Whitcombe")
    scope = archive.Scope(world.coordinator, world.programme)
    folders = archive._folders(scope)
    assert {folder[-1] for folder in folders.values()} == {
        "ʻAna Moala · Helen Whitcombe (1)",
        "ʻAna Moala · Helen Whitcombe (2)",
    }
    assert twin.pairing.started_at >= PAIRED
