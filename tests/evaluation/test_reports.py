"""The weekly report: made once a week by the cohort's clock, frozen, told to the coordinators, read without names by some."""

import copy
import datetime as dt
import json
import re

import pytest

from evaluation.domain import reports
from evaluation.domain.reports import FIGURES, NAMES, make_report, report_due, request_report_pdf
from evaluation.domain.weeks import report_instant
from evaluation.models import Report
from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope, tenant_scope
from mentoring.work.domain import do_due
from mentoring.work.models import DueWork
from programmes.domain.cohorts import change_cohort, open_cohort
from programmes.domain.issues import raise_issue
from programmes.enums import CohortState
from programmes.models import Participant
from templates_app.domain.documents import kind_named, may_read_document
from templates_app.domain.making_documents import make_due
from templates_app.models import Document
from tests.evaluation.world import PAIRED, sign_in
from tests.factories import UserFactory

MONDAY = dt.datetime(2026, 11, 29, 19, 0, tzinfo=dt.UTC)
"""Monday 30 November, 8:00, in Apia: the cohort's fourth report."""


def tick(instant: dt.datetime) -> None:
    """One tick of the background work, with no organisation open before it."""
    with clock.at(instant), no_scope():
        do_due(instant)


def opened(world, **changes):
    values = {"title": "Another cohort", "slug": "another", "starts_on": dt.date(2026, 11, 2), "zone": "Pacific/Apia"}
    return open_cohort(programme=world.programme, actor=world.coordinator, **values | changes)


# --- When ------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.36")
def test_opening_a_cohort_sets_the_first_report_without_anybody_asking(world):
    cohort = opened(world)
    first = report_instant(cohort, dt.date(2026, 11, 9))
    assert DueWork.objects.filter(organisation=world.organisation, kind="reports", due_at=first).exists()
    tick(first)
    assert [report.period for report in Report.objects.filter(cohort=cohort)] == ["2026-W46"]
    following = report_instant(cohort, dt.date(2026, 11, 16))
    assert DueWork.objects.filter(organisation=world.organisation, kind="reports", due_at=following).exists()


def test_a_cohort_that_is_moved_to_another_zone_reports_by_its_new_clock(world):
    cohort = opened(world)
    change_cohort(
        cohort=cohort,
        title=cohort.title,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        zone="Pacific/Pago_Pago",
        state=CohortState.OPEN,
        evaluation_url="",
        actor=world.coordinator,
    )
    in_apia = dt.datetime(2026, 11, 8, 19, 0, tzinfo=dt.UTC)
    tick(in_apia)
    assert not Report.objects.filter(cohort=cohort).exists()
    tick(in_apia + dt.timedelta(days=1))
    assert Report.objects.filter(cohort=cohort).count() == 1


def test_a_double_tick_makes_one_report_and_one_mail(world):
    for _time in range(3):
        report_due(MONDAY)
    assert Report.objects.filter(cohort=world.cohort).count() == 1
    assert Message.objects.filter(kind="evaluation.weekly_report").count() == 1


def test_mondays_that_were_missed_are_made_up_for_once_with_the_newest_figures(world):
    late = MONDAY + dt.timedelta(days=16, hours=5)
    following = report_due(late)
    reports = Report.objects.filter(cohort=world.cohort)
    assert [(report.period, report.as_of) for report in reports] == [("2026-W51", late)]
    assert following == dt.datetime(2026, 12, 20, 19, 0, tzinfo=dt.UTC)


def test_a_cohort_whose_report_cannot_be_made_holds_up_no_other_and_comes_later(world, monkeypatch):
    opened(world)
    figures, broken = reports.figures_of, []

    def breaks_once(cohort, *rest):
        if not broken:
            broken.append(cohort.pk)
            raise ValueError("a figure that cannot be counted")
        return figures(cohort, *rest)

    monkeypatch.setattr(reports, "figures_of", breaks_once)
    again = report_due(MONDAY)
    [made] = Report.objects.values_list("cohort", flat=True)
    assert made != broken[0]
    assert again == MONDAY + reports.PUT_OFF
    report_due(again)
    assert sorted(Report.objects.values_list("cohort", flat=True)) == sorted([made, *broken])


def test_a_closed_cohort_has_no_more_reports(world):
    world.cohort.state = CohortState.CLOSED
    world.cohort.save(update_fields=["state"])
    assert report_due(MONDAY) is None
    assert not Report.objects.exists()


# --- What ------------------------------------------------------------------------------------------------------------


def test_numbers_carry_their_definitions_and_the_counts_they_are_made_of(world, pair):
    pair.set_dates()
    pair.hold(1)
    with clock.at(MONDAY):
        pair.agree()
        report_due(MONDAY)
    numbers = {number["key"]: number for number in Report.objects.get().figures["numbers"]}
    assert (numbers["pairs"]["value"], numbers["pairs"]["of"]) == (1, 1)
    assert (numbers["agreements"]["value"], numbers["agreements"]["of"]) == (1, 1)
    assert (numbers["sessions"]["value"], numbers["sessions"]["of"]) == (1, 6)
    assert (numbers["people"]["value"], numbers["people"]["of"]) == (2, 2)
    done, due = numbers["outputs"]["value"], numbers["outputs"]["of"]
    # Both signatures and the dates are in; goals, checklist and invitations are late.
    assert (done, due) == (3, 6)
    assert all(number["definition"] for number in numbers.values())


def test_a_report_stays_as_it_was_whatever_happens_later(world, pair):
    pair.set_dates()
    pair.hold(1)
    report_due(MONDAY)
    report = Report.objects.get()
    before = copy.deepcopy(report.figures)
    page = sign_in(world.coordinator)
    with clock.at(MONDAY), no_scope():
        shown = page.get(world.url(f"reports/{report.pk}/")).content
    with clock.at(MONDAY + dt.timedelta(days=2)):
        pair.agree()
        world.add_pair("Willie Malas", "Aroha Parata")
        report_due(MONDAY + dt.timedelta(days=2))
    report.refresh_from_db()
    assert report.figures == before
    with clock.at(MONDAY + dt.timedelta(days=2)), no_scope():
        assert _main(page.get(world.url(f"reports/{report.pk}/")).content) == _main(shown)


def _main(content: bytes) -> str:
    text = content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text[text.index("<main") : text.index("</main>")])


def test_no_word_that_anybody_wrote_stands_in_a_report(world, pair):
    pair.set_dates()
    pair.hold(1, 2)
    with clock.at(MONDAY + dt.timedelta(days=7)):
        pair.agree()
        pair.log(2, "mentor", issues="CANARY of the log")
        person = Participant.objects.get(cohort=world.cohort, side="mentee")
        raise_issue(person=person, kind="help", text="CANARY of the issue", actor=pair.mentee)
        report_due(MONDAY + dt.timedelta(days=7))
    assert "CANARY" not in json.dumps(Report.objects.get().figures)
    message = Message.objects.get(kind="evaluation.weekly_report")
    rendered = render_message(message)
    assert "CANARY" not in rendered.text + rendered.html


def test_days_in_a_report_are_those_of_the_cohorts_zone_and_its_words_the_organisations(world, pair):
    pair.set_dates()
    with clock.at(MONDAY):
        agreement = pair.offer()
        pair.sign(agreement, "mentee")
    report_due(MONDAY + dt.timedelta(days=1))
    line = Report.objects.get().figures["attention"][0]
    assert (line["reason"], line["pair"]) == ("unsigned", "ʻAna Moala · Helen Whitcombe")
    assert line["words"] == "ʻAna signed on Monday 30 November; the agreement waits for Helen."


# --- Who reads it ----------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.36")
def test_every_coordinator_and_nobody_else_gets_the_mail(world, pair):
    report_due(MONDAY)
    messages = Message.objects.filter(kind="evaluation.weekly_report")
    assert [message.email for message in messages] == [world.coordinator.email]
    rendered = render_message(messages[0])
    assert rendered.subject == "Cohort of November: one pair needs you"
    assert "Monday 30 November, 8:00 in Apia" in rendered.text
    assert "ʻAna Moala · Helen Whitcombe" in rendered.text
    assert world.url(f"reports/{Report.objects.get().pk}/") in rendered.text
    assert "Dear Sina," in rendered.html


def test_the_pdf_is_asked_for_with_the_report_and_reads_as_the_page_does(world, pair):
    report_due(MONDAY)
    document = Document.objects.get(kind="report")
    html = kind_named("report").render(document)
    assert "ʻAna Moala · Helen Whitcombe" in html
    assert "Pairings that have not ended" in html
    with no_scope():
        make_due(MONDAY, world.organisation)
    document.refresh_from_db()
    assert (document.state, bytes(document.content)[:5]) == ("done", b"%PDF-")


@pytest.mark.parametrize(("who", "status"), [("coordinator", 200), ("admin", 200), ("steering", 200), ("lead", 404)])
def test_a_report_is_read_by_those_who_read_figures(world, who, status):
    report_due(MONDAY)
    report = Report.objects.get()
    client = sign_in(getattr(world, who))
    with clock.at(MONDAY), no_scope():
        assert client.get(world.url(f"reports/{report.pk}/")).status_code == status
        assert client.get(world.url("reports/")).status_code == status
        assert client.post(world.url(f"reports/{report.pk}/pdf/")).status_code == (302 if status == 200 else 404)


def test_participants_and_other_organisations_never_see_a_report(world, pair, other_company):
    report_due(MONDAY)
    report = Report.objects.get()
    for person, page in (
        (pair.mentor, world.url(f"reports/{report.pk}/")),
        (other_company.coordinator, other_company.url(f"reports/{report.pk}/")),
        (other_company.coordinator, world.url(f"reports/{report.pk}/")),
    ):
        with no_scope():
            assert sign_in(person).get(page).status_code == 404


def test_the_steering_group_reads_a_report_without_any_name(world, pair):
    report_due(MONDAY)
    report = Report.objects.get()
    with clock.at(MONDAY), no_scope():
        shown = sign_in(world.steering).get(world.url(f"reports/{report.pk}/")).content.decode()
    assert "pair is running" in shown
    for name in ("ʻAna", "Moala", "Helen", "Whitcombe"):
        assert name not in shown
    figures = request_report_pdf(report=report, edition=FIGURES, actor=world.steering)
    named = request_report_pdf(report=report, edition=NAMES, actor=world.coordinator)
    html = kind_named("report").render(figures)
    assert "Moala" not in html
    assert "pair is running" in html
    assert may_read_document(world.steering, figures)
    assert not may_read_document(world.steering, named)
    assert may_read_document(world.coordinator, named)
    assert not may_read_document(pair.mentor, figures)


def test_the_list_shows_when_the_next_report_comes(world):
    with clock.at(PAIRED), no_scope():
        empty = sign_in(world.coordinator).get(world.url("reports/")).content.decode()
    assert "No report yet" in empty
    assert "Monday 9 November, 8:00 in Apia" in empty


def test_a_report_of_the_same_week_is_made_once_even_by_two_at_a_time(world):
    first = make_report(cohort=world.cohort, period="2026-W49", now=MONDAY)
    second = make_report(cohort=world.cohort, period="2026-W49", now=MONDAY + dt.timedelta(minutes=1))
    assert first.pk == second.pk
    assert second.as_of == MONDAY


def test_a_coordinator_who_mutes_reports_gets_them_in_the_inbox_only(world):
    world.coordinator.muted = ["reports"]
    world.coordinator.save(update_fields=["muted"])
    report_due(MONDAY)
    assert not Message.objects.get(kind="evaluation.weekly_report").by_mail


def test_an_outsider_is_sent_to_sign_in_or_nowhere(world):
    report_due(MONDAY)
    stranger = UserFactory(email="stranger@elsewhere.example")
    with no_scope():
        assert sign_in(stranger).get(world.url("reports/")).status_code == 404
    with tenant_scope(world.organisation):
        assert Report.objects.count() == 1
