"""Achievements: recorded by coordinators or at the end, certified, with hours of sessions held that nobody else is shown."""

import datetime as dt
from decimal import Decimal

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.domain import run_worker
from pairs.domain.achievement_documents import render_certificate, render_hours, request_certificate, request_hours
from pairs.domain.achievements import NotOffered, own_achievements, record_achievement, take_back_achievement
from pairs.domain.ending import complete_pairing, dissolve_pairing
from pairs.domain.hours import hours, sessions_held
from pairs.enums import SessionState
from pairs.models import Achievement, Session
from templates_app.domain.documents import may_read_document
from templates_app.domain.pdf import pages
from templates_app.models import Document
from tests.pairs.conftest import PAIRED, make_pair

DAY = dt.date(2026, 11, 20)
WHAT = "has led a workshop on mentoring"
DONE = "has completed the mentoring programme"


def recognise(handbook, **rules):
    values = {"ours": True, "at_closure": DONE, "words": "We are glad of it.", **rules}
    handbook.content = handbook.content | {"recognition": values}


@pytest.fixture
def proud(db):
    made = make_pair(changed=recognise)
    with tenant_scope(made.organisation), clock.at(PAIRED + dt.timedelta(days=18)):
        yield made


def held(pair, number: int, minutes: int, *, planned: int = 60):
    Session.objects.filter(pairing=pair.pairing, number=number, part=0).update(
        state=SessionState.HELD,
        starts_at=PAIRED + dt.timedelta(days=number),
        minutes=planned,
        held_minutes=minutes or None,
    )


def record(pair, hours="6.50"):
    return record_achievement(
        person=pair.mentor_place, what=WHAT, achieved_on=DAY, hours=Decimal(hours), actor=pair.coordinator
    )


def cohort_page(pair) -> str:
    return pair.url(f"programmes/e-mentoring/cohorts/{pair.pairing.cohort.slug}/achievements/")


def test_where_recognition_is_switched_off_nothing_is_recorded_or_told_when_a_pair_closes(db, sign_in):
    pair = make_pair(changed=lambda handbook: recognise(handbook, offered=False))
    with tenant_scope(pair.organisation), clock.at(PAIRED + dt.timedelta(days=18)):
        complete_pairing(pairing=pair.pairing, actor=pair.coordinator)
        assert not Achievement.objects.exists()
        assert not Message.objects.filter(kind__contains="achievement").exists()


@pytest.mark.covers("sssc.must.61")
def test_a_coordinator_records_an_achievement_and_the_person_gets_a_certificate(proud, sign_in):
    form = {"person": str(proud.mentor_place.pk), "what": WHAT, "achieved_on": "2026-11-20", "hours": "6.5"}
    assert sign_in(proud.coordinator).post(cohort_page(proud), form).status_code == 302
    found = Achievement.objects.get()
    mentor = sign_in(proud.mentor)
    page = mentor.get(proud.url("achievements/")).content.decode()
    assert WHAT in page
    assert "6.50 hours of professional development" in page
    asked = mentor.post(proud.url(f"achievements/{found.pk}/certificate/"))
    document = Document.objects.get(kind="certificate")
    assert str(document.pk) in asked["Location"]
    run_worker("documents", proud.organisation, clock.now())
    document.refresh_from_db()
    assert bytes(document.content).startswith(b"%PDF-")
    html = render_certificate(document)
    for words in ("Helen Whitcombe", WHAT, "6.50 hours", "20 November 2026", "Sina Coordinator", "We are glad of it."):
        assert words in html
    assert pages(html) == 1


@pytest.mark.covers("sssc.must.61", "phase1.must.7", "phase1.tool.time")
def test_hours_come_from_the_sessions_held_and_stand_in_a_record_of_one_s_own(proud):
    held(proud, 1, 75)
    held(proud, 2, 0, planned=45)
    sessions = sessions_held(proud.mentor_place)
    assert ([one.minutes for one in sessions], hours(sessions)) == ([75, 45], Decimal("2.00"))
    record(proud)
    html = render_hours(request_hours(person=proud.mentor_place, actor=proud.mentor))
    assert "2 sessions held, 2 hours together." in " ".join(html.split())
    assert WHAT in html
    assert "Tupou" not in html


@pytest.mark.covers("sssc.must.61")
def test_what_the_handbook_says_is_recorded_by_itself_when_the_mentoring_is_completed(proud):
    held(proud, 1, 90)
    complete_pairing(pairing=proud.pairing, actor=proud.coordinator)
    rows = {row.participant_id: row for row in Achievement.objects.all()}
    assert set(rows) == {proud.mentor_place.pk, proud.mentee_place.pk}
    assert {(row.what, row.hours, row.recorded_by) for row in rows.values()} == {(DONE, Decimal("1.50"), None)}
    assert Message.objects.filter(kind="pairs.achievement").count() == 2


def test_nobody_is_certified_what_is_still_to_come(proud, sign_in):
    form = {"person": str(proud.mentor_place.pk), "what": WHAT, "achieved_on": "2027-11-20"}
    answer = sign_in(proud.coordinator).post(cohort_page(proud), form)
    assert answer.status_code == 422
    assert "This day has not come yet" in answer.content.decode()
    assert not Achievement.objects.exists()


def test_a_record_of_hours_bears_the_day_where_the_person_lives(proud):
    with clock.at(dt.datetime(2026, 11, 24, 20, 0, tzinfo=dt.UTC)):  # the 25th in Brisbane
        asked = request_hours(person=proud.mentor_place, actor=proud.mentor)
        assert "25 November 2026" in render_hours(asked)
        assert asked.filename == "record-of-hours-2026-11-25.pdf"


def test_an_early_end_records_nothing(proud):
    dissolve_pairing(pairing=proud.pairing, actor=proud.mentee)
    assert not Achievement.objects.exists()


def test_nobody_else_reads_them_and_nobody_at_all_the_hours_of_another(proud, sign_in):
    found = record(proud)
    assert not own_achievements(proud.mentee).exists()
    assert WHAT not in sign_in(proud.mentee).get(proud.url("achievements/")).content.decode()
    assert sign_in(proud.mentee).post(proud.url(f"achievements/{found.pk}/certificate/")).status_code == 404
    certificate = request_certificate(achievement=found, actor=proud.mentor)
    spent = request_hours(person=proud.mentor_place, actor=proud.mentor)
    readers = {
        document.kind: [may_read_document(user, document) for user in (proud.mentor, proud.coordinator, proud.mentee)]
        for document in (certificate, spent)
    }
    assert readers == {"certificate": [True, True, False], "record-of-hours": [True, False, False]}
    hours_of_another = proud.url(f"place/{proud.mentor_place.pk}/hours/")
    for who in (proud.coordinator, proud.mentee):
        assert sign_in(who).post(hours_of_another).status_code == 404


def test_only_coordinators_record_and_take_back(proud, sign_in):
    found = record(proud)
    with pytest.raises(NotOffered):
        record_achievement(person=proud.mentor_place, what=WHAT, achieved_on=DAY, hours=None, actor=proud.mentee)
    with pytest.raises(NotOffered):
        take_back_achievement(achievement=found, actor=proud.mentor)
    assert sign_in(proud.mentor).get(cohort_page(proud)).status_code == 404
    assert sign_in(proud.coordinator).post(proud.url(f"achievements/{found.pk}/take-back/")).status_code == 302
    assert not Achievement.objects.exists()


def test_a_programme_without_recognition_has_no_such_pages(db, sign_in):
    made = make_pair()
    assert sign_in(made.mentor).get(made.url("achievements/")).status_code == 404
    assert sign_in(made.coordinator).get(cohort_page(made)).status_code == 404
