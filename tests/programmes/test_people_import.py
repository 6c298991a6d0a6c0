"""A file of people comes in whole or not at all, and nobody is ever doubled."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring import clock
from mentoring.tenancy.scope import platform_scope
from programmes.domain.import_upkeep import forget_old_rows
from programmes.domain.importing.judging import Fate, count_fates
from programmes.domain.importing.table import FileRefused
from programmes.domain.people_import import (
    DECIDED,
    SIDE,
    WrongImport,
    apply_import,
    choose_columns,
    drop_import,
    judge_import,
    mapping_faults,
    upload_people,
)
from programmes.models import ImportMapping, Participant, PeopleImport
from templates_app.domain.responses import answers_of
from templates_app.models import Response

pytestmark = pytest.mark.django_db


def upload(company, data, name="people.csv"):
    return upload_people(cohort=company.cohort, filename=name, data=data, actor=company.coordinator)


def take_in(company, data, **more):
    run = upload(company, data)
    choose_columns(run=run, mapping={**run.mapping, **more}, actor=company.coordinator)
    return run, apply_import(run=run, actor=company.coordinator)


def imported(company):
    return Participant.objects.filter(cohort=company.cohort, membership=None)


@pytest.mark.covers("plp.sys.02")
def test_the_sample_list_comes_in_with_partners_zones_and_capacity(inside, sample):
    run, counts = take_in(inside, sample)
    assert counts == {"accepted": 48, "duplicate": 1, "rejected": 3, "empty": 0}
    assert (run.accepted, run.duplicates, run.rejected) == (48, 1, 3)
    assert imported(inside).count() == 48
    marlynn = imported(inside).select_related("partner").get(email="marlynn.santos@fm.example")
    assert (marlynn.side, marlynn.zone, marlynn.capacity) == ("mentor", "Pacific/Pohnpei", 2)
    assert (marlynn.partner.key, marlynn.employer, marlynn.country) == ("usp", "Power Corporation", "FS Micronesia")
    ofa = imported(inside).get(email="ofa.havea@to.example")
    assert (ofa.given_name, ofa.family_name) == ("ʻOfa", "Havea")


@pytest.mark.covers("plp.sys.116")
def test_whom_partners_put_forward_waits_unless_they_are_decided_on(inside, sample):
    take_in(inside, sample)
    assert set(imported(inside).values_list("state", flat=True)) == {"candidate"}
    take_in(inside, b"Role,Name,E-mail,Put forward by\nmentee,Mele Fonua,mele@x.example,ADB\n", **{DECIDED: "yes"})
    take_in(inside, b"Role,Name,E-mail\nmentee,Sione Fonua,sione@x.example\n")
    assert imported(inside).get(email="mele@x.example").state == "accepted"
    assert imported(inside).get(email="sione@x.example").state == "accepted"


def test_the_profile_is_begun_for_each_with_nobodys_consent(inside, sample):
    take_in(inside, sample)
    marlynn = imported(inside).select_related("enrolment").get(email="marlynn.santos@fm.example")
    answers = answers_of(marlynn.enrolment)
    assert answers["sectors"] == ["water_sanitation", "ports", "hydro_dams", "other"]
    assert answers["sectors__other"] == "coastal protection"
    assert answers["years"] == 25
    assert answers["country"] == "FS Micronesia"
    assert marlynn.enrolment.state == "draft"
    mentee = imported(inside).select_related("enrolment").get(email="ngamata.strickland@ck.example")
    assert answers_of(mentee.enrolment)["development"] == ["energy", "mining"]
    assert answers_of(mentee.enrolment)["nominated_by"] == "adb"
    drafts = [answers_of(response) for response in Response.objects.all()]
    assert len(drafts) == 48
    assert any("gender" in draft for draft in drafts)
    assert not [key for draft in drafts for key in draft if key.endswith("_consent")]


def test_the_same_file_again_doubles_nobody(inside, sample):
    take_in(inside, sample)
    _run, counts = take_in(inside, sample)
    assert counts == {"accepted": 0, "duplicate": 49, "rejected": 3, "empty": 0}
    assert imported(inside).count() == 48


def test_an_import_is_applied_once(inside, sample):
    run, _counts = take_in(inside, sample)
    again = PeopleImport.objects.select_related("cohort__programme__handbook").get(pk=run.pk)
    with pytest.raises(WrongImport):
        apply_import(run=again, actor=inside.coordinator)
    assert imported(inside).count() == 48


def test_nothing_is_imported_before_it_is_asked_for_and_nothing_after_it_was_dropped(inside, sample):
    run = upload(inside, sample)
    with pytest.raises(WrongImport):
        apply_import(run=run, actor=inside.coordinator)
    choose_columns(run=run, mapping=run.mapping, actor=inside.coordinator)
    drop_import(run=run, actor=inside.coordinator)
    with pytest.raises(WrongImport):
        apply_import(run=run, actor=inside.coordinator)
    assert not imported(inside).exists()
    assert PeopleImport.objects.get(pk=run.pk).rows == []


def test_a_fault_in_the_middle_takes_in_nobody(inside, sample, monkeypatch):
    run = upload(inside, sample)
    choose_columns(run=run, mapping=run.mapping, actor=inside.coordinator)

    def broken(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr("programmes.domain.people_import.record_event", broken)
    with pytest.raises(OSError, match="full"):
        apply_import(run=run, actor=inside.coordinator)
    assert not imported(inside).exists()
    assert not Response.objects.exists()
    assert PeopleImport.objects.get(pk=run.pk).state == "previewed"


def test_who_joined_the_cohort_since_the_preview_is_not_doubled(inside, sample, add_person):
    run = upload(inside, sample)
    choose_columns(run=run, mapping=run.mapping, actor=inside.coordinator)
    assert count_fates(judge_import(run))["accepted"] == 48
    add_person(email="teina.strickland@ck.example", side="mentor")
    assert apply_import(run=run, actor=inside.coordinator)["accepted"] == 47


def test_only_the_rows_to_put_right_are_kept_afterwards(inside, sample):
    run, _counts = take_in(inside, sample)
    assert [line for line, _cells in PeopleImport.objects.get(pk=run.pk).rows] == [50, 51, 52, 53]


def test_columns_are_remembered_for_files_with_the_same_headings(inside):
    text = b"Wer,Who they are,Mail to\nmentor,Teina,t@x.example\n"
    first = upload(inside, text)
    assert first.mapping == {}
    mapping = {"Wer": "role", "Who they are": "full_name", "Mail to": "email"}
    choose_columns(run=first, mapping=mapping, actor=inside.coordinator)
    second = upload(inside, b"MAIL TO,wer,Who they are\nm@x.example,mentee,Mele\n")
    assert second.mapping == {"MAIL TO": "email", "wer": "role", "Who they are": "full_name"}
    assert ImportMapping.objects.count() == 1


@pytest.mark.parametrize(
    ("mapping", "faults"),
    [
        ({"a": "email", "b": "full_name", "c": "role"}, []),
        ({"a": "email", "b": "full_name", SIDE: "mentor"}, []),
        ({"a": "email", "b": "full_name"}, [("missing", "role")]),
        ({"a": "email", "b": "email", "c": "given_name", "d": "role"}, [("twice", "email")]),
        ({"c": "role"}, [("missing", "email"), ("missing", "given_name")]),
        ({}, [("missing", "email"), ("missing", "given_name"), ("missing", "role")]),
    ],
)
def test_what_columns_have_to_say(mapping, faults):
    assert [(fault.code, fault.target) for fault in mapping_faults(mapping)] == faults


def test_a_file_that_is_no_list_leaves_nothing_behind(inside):
    with pytest.raises(FileRefused):
        upload(inside, b"%PDF-1.4")
    assert not PeopleImport.objects.exists()


def test_an_upload_of_thirty_costs_no_more_queries_than_one_of_three(inside):
    """Thirty fit into one statement on SQLite too, which takes 999 values at once."""

    def rows(count, mark):
        people = "".join(f"mentee,Person {n},{mark}{n}@x.example,SPREP\n" for n in range(count))
        return f"Role,Name,E-mail,Put forward by\n{people}".encode()

    def cost(count, mark):
        run = upload(inside, rows(count, mark))
        choose_columns(run=run, mapping=run.mapping, actor=inside.coordinator)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            apply_import(run=run, actor=inside.coordinator)
        return len(queries)

    assert cost(30, "b") == cost(3, "a")


def test_the_names_in_a_waiting_file_are_sealed(inside, sample):
    run = upload(inside, sample)
    with platform_scope("what the column holds"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT rows FROM programmes_peopleimport WHERE id = %s",
            [run.pk.hex if connection.vendor == "sqlite" else run.pk],
        )
        kept = bytes(cursor.fetchone()[0])
    assert b"Strickland" not in kept
    assert judge_import(run)[0].fate is Fate.ACCEPTED


def test_files_are_forgotten_after_thirty_days_and_not_before(inside, sample):
    waiting = upload(inside, sample)
    done, _counts = take_in(inside, sample)
    young = clock.now() + dt.timedelta(days=29)
    assert forget_old_rows(young) == waiting.created_at + dt.timedelta(days=30)
    assert PeopleImport.objects.get(pk=waiting.pk).rows
    old = clock.now() + dt.timedelta(days=31)
    assert forget_old_rows(old) is None
    kept = {run.pk: (run.state, run.rows) for run in PeopleImport.objects.all()}
    assert kept == {waiting.pk: ("dropped", []), done.pk: ("applied", [])}
    assert imported(inside).count() == 48
