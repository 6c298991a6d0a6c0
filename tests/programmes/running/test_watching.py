"""Days that the programme's own worksheets name, points to put in place and high risks: told, and on the coordinators' list."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.work.models import DueWork
from programmes.domain.watch_reminders import WORK, remind_of_days
from programmes.domain.watching import watched_in
from templates_app.domain.responses import answers_of
from tests.programmes.running.conftest import TODAY, Office

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
KIND = "programmes.day_has_come"


def on(day: str):
    return clock.at(dt.datetime.fromisoformat(f"{day}T09:00+00:00"))


def labels(office: Office, day: str) -> list[str]:
    return [one.label for one in watched_in(office.programme, dt.date.fromisoformat(day))]


def told(day: str) -> list[str]:
    with on(day):
        remind_of_days(clock.now())
    return list(Message.objects.filter(kind=KIND).order_by("created_at").values_list("email", flat=True))


@pytest.mark.covers("sssc.must.9")
def test_the_policy_keeps_how_papers_are_handled_and_reminds_when_its_review_is_due(office):
    sheet = office.send("policy", storage="Locked away.", reviewevery=12, nextreview="2027-11-01")
    assert {name: answers_of(sheet.response)[name] for name in ("storage", "reviewevery")} == {
        "storage": "Locked away.",
        "reviewevery": 12,
    }
    assert DueWork.objects.filter(kind=WORK).exists()
    assert told("2027-10-03") == []
    assert told("2027-10-04") == [office.coordinator.email]
    assert told("2027-10-05") == [office.coordinator.email], "once"
    text = render_message(Message.objects.get(kind=KIND)).text
    assert "Next review" in text
    assert "Locked away." not in text
    office.send("policy", nextreview="2028-11-01")
    assert labels(office, "2027-12-01") == [], "the newest sheet counts"


@pytest.mark.covers("sssc.must.10")
def test_each_version_of_the_policy_keeps_the_day_on_which_it_was_approved(office):
    first = office.send("policy", approved="2026-10-01", nextreview="2027-10-01")
    second = office.send("policy", approved="2027-10-02", nextreview="2028-10-01")
    assert first.pk != second.pk
    assert [answers_of(row.response)["approved"] for row in (first, second)] == ["2026-10-01", "2027-10-02"]


@pytest.mark.covers("sssc.must.76")
def test_the_purpose_has_a_review_day_of_its_own(office):
    office.send("policy", nextreview="2027-11-01")
    office.send("purpose", review="2027-05-01")
    assert told("2027-04-17") == [office.coordinator.email]
    (first,) = Message.objects.filter(kind=KIND)
    assert first.context["title"] == "Programme statement"
    told("2027-10-05")
    assert {row.context["title"] for row in Message.objects.filter(kind=KIND)} == {
        "Programme statement",
        "Mentoring policy",
    }


@pytest.mark.covers("sssc.must.85")
def test_before_the_money_runs_out_there_is_a_warning(office):
    source = {"_id": "src00001", "funder": "The council", "state": "actual", "amount": 5000, "to": "2027-03-31"}
    line = {"_id": "lin00001", "item": "Rooms", "planned": 900}
    sheet = office.send("budget", sources=[source], lines=[line])
    kept = answers_of(sheet.response)
    assert (kept["lines"][0]["item"], kept["sources"][0]["funder"]) == ("Rooms", "The council")
    assert (kept["sources"][0]["amount"], kept["sources"][0]["to"]) == (5000, "2027-03-31")
    assert told("2026-12-30") == []
    assert told("2026-12-31") == [office.coordinator.email], "ninety days before"
    text = render_message(Message.objects.get(kind=KIND)).text
    assert "31 March 2027" in text
    assert "The council" not in text, "what somebody wrote stays in the sheet"


@pytest.mark.covers("sssc.must.84")
def test_pitfalls_are_scored_again_and_again_with_owner_and_day_and_high_ones_stand_on_the_attention_list(
    office, sign_in
):
    rows = [
        {"_id": "purpose", "likely": 5, "action": "Write it down", "who": "Cora", "by": "2027-01-10"},
        {"_id": "end_point", "likely": 2},
    ]
    first = office.send("risk", pitfalls=rows, other=[])
    page = sign_in(office.coordinator).get(office.desk).content.decode()
    assert "high risk" in page
    assert "No clear purpose" in page
    assert "No end point" not in page
    assert "Write it down" not in page
    assert answers_of(first.response)["pitfalls"][0]["who"] == "Cora"
    later = office.send("risk", pitfalls=[{**rows[0], "likely": 1, "by": "2028-01-10"}], other=[])
    assert (first.number, later.number) == (1, 2)
    assert labels(office, "2026-11-02") == []


@pytest.mark.covers("sssc.must.82")
def test_principles_are_reviewed_with_a_date_and_what_is_unmet_becomes_a_task_with_its_day(office, sign_in):
    rows = [
        {"_id": "information", "state": "no", "missing": "A notice", "who": "Cora", "due": "2026-11-20"},
        {"_id": "champion", "state": "yes", "due": "2026-11-20"},
    ]
    gap = {"_id": "gap00001", "gap": "A notice for all", "who": "Cora", "by": "2026-11-25"}
    first = office.send("bestpractice", principles=rows, gaps=[gap])
    with on("2026-11-20"):
        page = sign_in(office.coordinator).get(office.desk).content.decode()
    assert "All staff who are covered hear of the programme alike" in page
    assert "A champion or sponsor is named" not in page, "what is in place is no task"
    assert labels(office, "2026-11-25")[-1] == "Gaps to close 1: By when?"
    page = sign_in(office.coordinator).get(f"{office.place}worksheets/").content.decode()
    assert "All staff who are covered hear of the programme alike" in page
    second = office.send("bestpractice", principles=[{**rows[0], "state": "yes"}, rows[1]], gaps=[])
    assert answers_of(first.response)["date"] == answers_of(second.response)["date"] == "2026-11-02"
    assert [row["state"] for row in answers_of(first.response)["principles"][:1]] == ["no"]
    assert labels(office, "2026-12-31") == []


@pytest.mark.covers("sssc.must.58")
def test_stakeholders_are_listed_with_what_they_need_to_know_and_what_they_were_sent(office):
    rows = [
        {"_id": "aud00001", "group": "The funder", "message": "What came of it", "channel": "letter",
         "when": "2026-12-10", "done": {"sent": {"done": True, "note": "Sent the summary"}}},
        {"_id": "aud00002", "group": "Managers", "message": "Time", "channel": "talk", "when": "2026-12-10"},
    ]  # fmt: skip
    sheet = office.send("stakeholder", audiences=rows)
    kept = answers_of(sheet.response)["audiences"]
    assert [(row["group"], row["message"]) for row in kept] == [("The funder", "What came of it"), ("Managers", "Time")]
    assert kept[0]["done"]["sent"]["note"] == "Sent the summary"
    assert labels(office, "2026-12-10") == ["Audience 2: When?"], "who has been told needs no reminder"


@pytest.mark.parametrize("who", ["steering", "mentor"])
def test_nobody_but_coordinators_is_told_or_sees_the_list(office, sign_in, who):
    office.send("risk", pitfalls=[{"_id": "purpose", "likely": 5}], other=[])
    answer = sign_in(getattr(office, who)).get(office.desk)
    assert "high risk" not in answer.content.decode()
    assert getattr(office, who).email not in told("2030-01-01")


def test_the_tick_says_when_the_next_day_comes(office):
    office.send("purpose", review="2027-05-01")
    assert remind_of_days(TODAY) == dt.datetime(2027, 4, 17, 6, tzinfo=dt.UTC)
    assert remind_of_days(dt.datetime(2027, 5, 2, 6, tzinfo=dt.UTC)) is None
