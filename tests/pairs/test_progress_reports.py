"""A report on one's progress opens with what was reached and noted since the last one; nobody but its writer sees it before."""

import pytest
from django.test import Client

from pairs.domain.goal_marking import mark_goal
from pairs.enums import GoalState, Right
from pairs.models import Output
from templates_app.domain.responses import NotComplete, answers_of
from tests.pairs.filling import send, take_up
from tests.pairs.test_goal_steps import goal, plan_tasks
from tests.pairs.test_goal_tree import MILESTONE, aspire, reader, sheet_of

__all__ = ["aspire"]

APIA = "Pacific/Apia"
WIN = {"what": "Praise from the board", "kind": "feedback"}
RESULT = {"kind": "certificate", "detail": "Diver first class", "may_count": "not_agreed"}


def noted(pair, day: str) -> Output:
    """The mentor notes a small win, and the mentee an objective result that stays theirs."""
    send(sheet_of(pair, pair.mentor, "small-win"), pair.mentor, WIN | {"date": day})
    return send(sheet_of(pair, pair.mentee, "objective-result"), pair.mentee, RESULT | {"date": day})


def begun(pair) -> Output:
    """The mentee opens the form of a further report in the browser."""
    sheet = sheet_of(pair, pair.mentee, "progress-report")
    client = Client()
    client.force_login(pair.mentee, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(pair.url(f"outputs/{sheet.pk}/"), follow=True).content.decode()
    assert "take out what you would rather keep to" in html
    return Output.objects.select_related("response__version").get(pk=sheet.pk)


def rows(output: Output) -> list[tuple[str, str]]:
    return [(row["what"], row["date"]) for row in answers_of(output.response).get("milestones", [])]


def with_kinds(output: Output) -> dict[str, list]:
    return {"milestones": [row | {"kind": "project"} for row in answers_of(output.response)["milestones"]]}


@pytest.mark.covers("phase1.measure.2")
def test_it_opens_with_milestones_wins_and_results_since_the_last_one(aspire, at):
    plan_tasks(aspire)
    with at("2026-12-10 09:00", APIA):
        milestone = goal(MILESTONE["_id"], aspire)
        mark_goal(goal=milestone, state=GoalState.REACHED, actor=aspire.mentor, was=GoalState.OPEN)
        noted(aspire, "2026-12-09")
    with at("2026-12-20 09:00", APIA):
        first = begun(aspire)
        assert rows(first) == [
            ("Diver first class", "2026-12-09"),
            ("Praise from the board", "2026-12-09"),
            ("First meeting led", "2026-12-10"),
        ]
        answers = answers_of(first.response)
        assert (answers["from"], answers["to"]) == ("2026-11-03", "2026-12-20")
        with pytest.raises(NotComplete):
            send(first, aspire.mentee, {})
        sent = send(first, aspire.mentee, with_kinds(first))
    assert reader(aspire, aspire.mentor).right_to(sent) is Right.READ
    with at("2027-01-20 09:00", APIA):
        noted(aspire, "2027-01-11")
        second = begun(aspire)
        assert answers_of(second.response)["from"] == "2026-12-21"
        assert rows(second) == [("Diver first class", "2027-01-11"), ("Praise from the board", "2027-01-11")]


def test_what_is_noted_later_on_the_last_ones_day_or_entered_late_is_in_the_next_and_nothing_twice(aspire, at):
    plan_tasks(aspire)
    with at("2026-12-20 09:00", APIA):
        noted(aspire, "2026-12-20")
        first = begun(aspire)
        assert len(rows(first)) == 2
        send(first, aspire.mentee, with_kinds(first))
    with at("2026-12-20 15:00", APIA):
        mark_goal(goal=goal(MILESTONE["_id"], aspire), state=GoalState.REACHED, actor=aspire.mentor, was=GoalState.OPEN)
        send(sheet_of(aspire, aspire.mentor, "small-win"), aspire.mentor, WIN | {"what": "A bow", "date": "2026-12-01"})
        win = Output.objects.filter(worksheet="small-win", pairing=aspire.pairing).order_by("done_at").first()
        send(take_up(win, aspire.mentor), aspire.mentor, WIN | {"date": "2026-12-20"})
    with at("2027-01-20 09:00", APIA):
        assert rows(begun(aspire)) == [("A bow", "2026-12-01"), ("First meeting led", "2026-12-20")]


def test_until_it_is_sent_nobody_else_learns_what_it_opened_with(aspire, at):
    with at("2026-12-20 09:00", APIA):
        result = noted(aspire, "2026-12-09")
        report = begun(aspire)
        assert reader(aspire, aspire.mentor).right_to(result) < Right.READ
        for user in (aspire.mentor, aspire.coordinator):
            assert reader(aspire, user).right_to(report) < Right.READ
        kept = with_kinds(report)
        kept["milestones"] = [row for row in kept["milestones"] if row["what"] != RESULT["detail"]]
        sent = send(report, aspire.mentee, kept)
        assert "Diver" not in str(answers_of(sent.response)), "what the writer takes out stays theirs"


def test_a_sheet_that_is_in_hand_again_and_the_mentors_own_notes_bring_nothing(aspire, at):
    with at("2026-12-20 09:00", APIA):
        take_up(noted(aspire, "2026-12-09"), aspire.mentee)
        assert rows(begun(aspire)) == [("Praise from the board", "2026-12-09")]
