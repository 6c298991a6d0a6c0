"""Reports on a week, a month or a quarter: made when it is over, frozen, told to the coordinators, and named by nobody's name."""

import datetime as dt
import json
import re

import pytest

from evaluation.domain import reports
from evaluation.domain.reports import report_due
from evaluation.domain.rhythms import due_span, next_due, span_of
from evaluation.models import Report
from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope
from mentoring.work.models import DueWork
from programmes.models import Cohort
from templates_app.domain.documents import kind_named, may_read_document
from templates_app.models import Document
from tests.evaluation.indicating import noted, pair_up
from tests.evaluation.test_indicators import world
from tests.evaluation.test_indicators_monthly import IN_DECEMBER, held
from tests.evaluation.test_programme_measures import goal, task
from tests.evaluation.world import PAIRED, sign_in

__all__ = ["world"]

NEW_YEAR = dt.datetime(2026, 12, 31, 19, 0, tzinfo=dt.UTC)
"""8:00 on the first of January, in Apia."""
KINDS = ("mentee-progress", "mentor-activity", "effectiveness")
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def six(world):
    pairs = pair_up(world, 6)
    for pair in pairs[:3]:
        held(pair, 1, IN_DECEMBER, minutes=90)
    noted(pairs[0], "feedback", at=IN_DECEMBER, side="mentor", words="CANARY")
    for number, pair in enumerate(pairs):
        task(pair, f"t{number}", IN_DECEMBER)
        goal(
            pair,
            f"g{number}",
            states=[("open", IN_DECEMBER), ("off-track", IN_DECEMBER)] if number < 3 else [("open", IN_DECEMBER)],
        )
    return pairs


def make(world, at=NEW_YEAR) -> dict[str, Report]:
    """The scheduled reports that are there after a look at that moment, by kind."""
    with clock.at(at):
        report_due(at)
    return {
        one.kind: one for one in Report.objects.filter(cohort=world.cohort).exclude(kind="weekly").order_by("period")
    }


def told(report: Report) -> dict[tuple[str, str], str]:
    return {
        (measure["title"], line["what"]): line["value"]
        for part in report.figures["parts"]
        for measure in part["measures"]
        for line in measure["lines"]
    }


def page(world, user, report) -> str:
    with clock.at(NEW_YEAR), no_scope():
        answer = sign_in(user).get(world.url(f"reports/{report.pk}/"))
        assert answer.status_code == 200
        return answer.content.decode()


# --- When ----------------------------------------------------------------------------------------------------------------


def test_weeks_months_and_quarters_are_those_of_the_calendar():
    day = dt.date(2026, 11, 25)
    spans = [span_of(rhythm, day) for rhythm in ("weekly", "monthly", "quarterly")]
    assert [(str(one.first), str(one.last), one.name) for one in spans] == [
        ("2026-11-23", "2026-11-29", "2026-W48"),
        ("2026-11-01", "2026-11-30", "2026-11"),
        ("2026-10-01", "2026-12-31", "2026-Q4"),
    ]


@pytest.mark.parametrize("rhythm", ["weekly", "monthly", "quarterly"])
def test_a_report_is_due_the_moment_its_days_are_over_and_not_a_second_before(rhythm):
    starts, ends = dt.date(2026, 11, 2), dt.date(2027, 4, 30)
    cohort = Cohort(zone="Pacific/Apia", starts_on=starts, ends_on=ends, created_at=LONG_AGO)
    at, made = dt.datetime(2026, 10, 1, tzinfo=dt.UTC), []
    while (following := next_due(cohort, rhythm, at)) is not None:
        before = due_span(cohort, rhythm, following - dt.timedelta(seconds=1))
        span = due_span(cohort, rhythm, following)
        assert span is not None
        assert before != span
        made.append(span)
        at = following
    assert len(made) == {"weekly": 26, "monthly": 6, "quarterly": 3}[rhythm]
    assert made[0].first <= starts <= made[0].last
    assert made[-1].first <= ends <= made[-1].last
    assert due_span(cohort, rhythm, at + dt.timedelta(days=200)) is None, "after the last there is none"


@pytest.mark.covers("phase1.arch.9.c", "phase1.tool.reports")
def test_the_three_reports_arrive_on_their_date_with_the_figures_of_their_period(world, six):
    assert make(world, NEW_YEAR - dt.timedelta(seconds=1)).keys() == {"mentee-progress", "mentor-activity"}
    assert {one.period for one in Report.objects.exclude(kind="weekly")} == {"2026-11"}
    made = make(world)
    assert {kind: one.period for kind, one in made.items()} == {
        "mentee-progress": "2026-12", "mentor-activity": "2026-12", "effectiveness": "2026-Q4",
    }  # fmt: skip
    progress, activity = told(made["mentee-progress"]), told(made["mentor-activity"])
    assert progress["Tasks done", ""] == "1"
    assert progress["How goals stood at the end of the month", "off track"] == "50%"
    assert activity["Sessions held", ""] == "0.5"
    assert activity["Hours in sessions", ""] == "0.8"
    assert activity["Feedback notes", ""] == "0.2"
    assert activity["Relationships with contact", ""] == "50%"
    signs = [part["title"] for part in made["effectiveness"].figures["parts"]]
    assert {"Goals reached", "Confidence", "A strong relationship", "Lasting ties"} <= set(signs)
    assert make(world).keys() == set(KINDS), "looked at again, none is made twice"
    assert Report.objects.exclude(kind="weekly").count() == 5


@pytest.mark.covers("phase1.arch.9.c", "phase1.tool.reports")
def test_each_comes_as_an_e_mail_a_page_and_a_pdf(world, six):
    made = make(world)
    for kind in KINDS:
        report = made[kind]
        messages = Message.objects.filter(kind="evaluation.scheduled_report", subject_id=report.pk)
        assert [one.email for one in messages] == [world.coordinator.email]
        mail = render_message(messages[0])
        assert report.figures["title"] in mail.subject
        assert world.url(f"reports/{report.pk}/") in mail.text
        document = Document.objects.get(subject_id=report.pk)
        paper = kind_named("report").render(document)
        html = page(world, world.coordinator, report)
        for text in (html, paper):
            assert all(part["title"] in text for part in report.figures["parts"])
            assert "CANARY" not in text
        assert may_read_document(world.steering, document)
    mail = render_message(Message.objects.get(subject_id=made["mentor-activity"].pk))
    assert "Sessions held: 0.5 (6 people)" in mail.text
    assert "relationships that were running in a month" in page(world, world.coordinator, made["mentor-activity"])


def test_on_effectiveness_the_totals_of_the_quarter_stand_too_small_numbers_hidden(world, six):
    report = make(world)["effectiveness"]
    totals = {one["title"]: one["value"] for one in report.figures["totals"]}
    assert totals["meetings held"] == 3
    assert totals["of these before their time"] is None
    assert "fewer than 5" in page(world, world.steering, report)


def test_figures_of_few_are_not_told_and_nobody_is_named(world):
    for pair in pair_up(world, 4):
        held(pair, 1, IN_DECEMBER)
    made = make(world)
    assert told(made["mentor-activity"])["Sessions held", ""] == "not shown"
    for report in made.values():
        stored = json.dumps(report.figures)
        assert not any(name in stored for name in ("Ada", "Ben", 'Mentee"', 'Mentor"'))


def test_a_scheduled_report_that_cannot_be_made_holds_up_no_other(world, six, monkeypatch):
    whole = reports.scheduled_figures

    def breaks(cohort, scheduled, *rest):
        if scheduled.about == "mentee-progress":
            raise ValueError("a figure that cannot be counted")
        return whole(cohort, scheduled, *rest)

    monkeypatch.setattr(reports, "scheduled_figures", breaks)
    assert make(world).keys() == {"mentor-activity", "effectiveness"}
    assert Report.objects.filter(kind="weekly").exists()


# --- A setting of the programme --------------------------------------------------------------------------------------------


def set_report(world, place: int, **changes):
    handbook = world.programme.handbook
    handbook.content["reports"][place] |= changes
    handbook.revision += 1
    handbook.save(update_fields=["content", "revision"])


@pytest.mark.covers("phase1.arch.9.c")
def test_a_coordinator_changes_in_the_browser_how_often_a_report_comes(world, six):
    place = f"programmes/{world.programme.slug}/handbook/reports/"
    client = sign_in(world.coordinator)
    with no_scope():
        assert "What comes of the programme" in client.get(world.url(place)).content.decode()
        item = world.url(f"{place}item/progress/")
        form = client.get(item).content.decode()
        assert "every quarter, on its first day" in form
        base = re.search(r'name="base" value="([^"]+)"', form).group(1)
        values = {"title": "On their way", "about": "mentee-progress", "rhythm": "weekly", "used": "on", "base": base}
        assert client.post(item, values).status_code == 302
        for user in (world.steering, six[0].mentor):
            assert sign_in(user).get(item).status_code in (403, 404)
    world.programme.handbook.refresh_from_db()
    assert DueWork.objects.filter(kind="reports", due_at__lte=PAIRED).exists(), "the background looks at once"
    made = make(world)
    assert made["mentee-progress"].period == "2026-W52"
    assert made["mentee-progress"].figures["title"] == "On their way"


def test_one_that_is_not_used_is_not_made(world, six):
    set_report(world, 2, used=False)
    assert "effectiveness" not in make(world)


def test_a_handbook_that_counts_nothing_of_mentors_tells_sessions_and_hours(world, six):
    for indicator in world.programme.handbook.content["indicators"]:
        indicator["used"] = False
    set_report(world, 1, rhythm="monthly")
    made = make(world)
    assert told(made["mentor-activity"]) == {("Sessions held", ""): "0.5", ("Hours in sessions", ""): "0.8"}
    assert "No signs of success are in use" in page(world, world.coordinator, made["effectiveness"])


# --- Who reads it --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "status"), [("coordinator", 200), ("admin", 200), ("steering", 200), ("lead", 404)])
def test_scheduled_reports_are_read_by_those_who_read_figures(world, who, status):
    pair_up(world, 1)
    report = make(world)["mentor-activity"]
    client = sign_in(getattr(world, who))
    with clock.at(NEW_YEAR), no_scope():
        assert client.get(world.url(f"reports/{report.pk}/")).status_code == status
        assert client.post(world.url(f"reports/{report.pk}/pdf/")).status_code == (302 if status == 200 else 404)
        if status == 200:
            assert "What mentors do" in client.get(world.url("reports/")).content.decode()


def test_neither_the_pair_nor_another_organisation_sees_one(world, six, other_company):
    report = make(world)["effectiveness"]
    for person, path in (
        (six[0].mentor, world.url(f"reports/{report.pk}/")),
        (other_company.coordinator, other_company.url(f"reports/{report.pk}/")),
        (other_company.coordinator, world.url(f"reports/{report.pk}/")),
    ):
        with no_scope():
            assert sign_in(person).get(path).status_code == 404
