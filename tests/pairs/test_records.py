"""Confidential records: listed with their number and rule, due when their period is over, and deleted for good."""

import datetime as dt

import pytest
from django.db import connection

from evaluation.domain.totals import Period, counted_in, totals_of
from evaluation.domain.withdrawing import taken_back
from evaluation.models import Export
from mentoring import clock
from mentoring.history.domain import everything, sentence
from pairs.domain.ending import complete_pairing, dissolve_pairing
from pairs.domain.home import home_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.sheets import add_sheet
from pairs.models import Action, Goal, GoalChange, Output, Pairing, SharedFile
from programmes.domain.issues import answer_issue, close_issue, raise_issue
from programmes.domain.records.deleting import NotAsShown, NotHere, delete_due, set_rule
from programmes.domain.records.kinds import all_kinds, kind_named
from programmes.domain.records.listing import line_of, lines_of
from programmes.models import HandbookEdit, Issue, IssueNote, Programme
from templates_app.models import Document, EarlierAnswers, Response, SideDraft, Upload
from tests.factories import MembershipFactory, UserFactory
from tests.pairs.filling import send, write
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_promises_of_handbooks import reader, send_whole, sheet

DAY = dt.timedelta(days=1)
ENDED = dt.datetime(2027, 1, 10, 5, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2027, 4, 11, 5, 0, tzinfo=dt.UTC)
"""Three calendar months and a day after the end."""
SECRET = "CANARY-SECRET"


@pytest.fixture
def sssc(db):
    """A pair that has a plan, a relationship review of the mentee's own, and a private matter, all sent."""
    with pair_of("sssc") as made:
        made.plan = send_whole(made, sheet(made, made.mentee, "plan"), made.mentee)
        made.own = write(sheet(made, made.mentee, _private(made)), made.mentee, {})
        made.issue = raise_issue(person=made.mentee_place, kind="help", text=SECRET, actor=made.mentee)
        yield made


def _private(pair) -> str:
    """A worksheet of the handbook that its writer alone reads and takes up at will."""
    found = reader(pair, pair.mentee)
    own = (key for key, one in found.worksheets.items() if one.readers.preset == "private" and one.is_at_will)
    return next(key for key in own if found.worksheets[key].filled_by in {"mentee", "each"})


def programme(pair) -> Programme:
    return Programme.objects.select_related("handbook").get(pk=pair.pairing.cohort.programme_id)


def line(pair, kind: str):
    return line_of(programme(pair), kind_named(kind))


def rule(pair, kind: str, months: int | None, since: str = "ended", actor=None) -> bool:
    return set_rule(
        programme=programme(pair),
        kind=kind_named(kind),
        months=months,
        since=since,
        words="",
        actor=actor or admin(pair),
    )


def admin(pair):
    found = UserFactory._meta.model.objects.filter(email="admin@reef.example").first()
    if found is None:
        found = UserFactory(email="admin@reef.example", given_name="Tomasi", family_name="Admin")
        MembershipFactory(user=found, is_admin=True)
    return found


def delete(pair, kind: str, expected: int) -> int:
    return delete_due(programme=programme(pair), kind=kind_named(kind), expected=expected, actor=admin(pair))


def end(pair) -> None:
    with clock.at(ENDED):
        complete_pairing(pairing=Pairing.objects.get(pk=pair.pairing.pk), actor=pair.coordinator)


def place(pair, below: str = "") -> str:
    return pair.url(f"programmes/{pair.pairing.cohort.programme.slug}/records/{below}")


# --- The list ---------------------------------------------------------------------------------------------------------


@pytest.mark.covers("sssc.must.71")
def test_every_kind_is_listed_with_its_number_and_its_rule_and_no_word_of_anybody(sssc, sign_in):
    assert {one.key for one in all_kinds()} == {
        "concerns", "issues", "own-sheets", "manager-words", "private-sheets", "pair-sheets", "files", "applications",
        "agreements", "evaluations",
    }  # fmt: skip
    counts = {str(one.kind.key): one.count for one in lines_of(programme(sssc))}
    assert (counts["pair-sheets"], counts["private-sheets"], counts["issues"]) == (1, 1, 1)
    rule(sssc, "pair-sheets", 12)
    rule(sssc, "issues", 1, "cohort-end")
    shown = sign_in(admin(sssc)).get(place(sssc)).content.decode()
    assert "12 months after the end of the pairing" in shown
    assert "1 month after the cohort's last day" in shown
    assert "No period is set" in shown
    for kept in (SECRET, sssc.mentee.name, sssc.mentor.name, sssc.mentee.family_name, "sample"):
        assert kept not in shown


@pytest.mark.covers("sssc.must.71")
def test_only_admins_see_it_and_coordinators_where_the_handbook_says_so(sssc, pair_of_another, sign_in):
    for user, status in ((admin(sssc), 200), (sssc.coordinator, 200), (sssc.mentor, 404), (sssc.mentee, 404)):
        assert sign_in(user).get(place(sssc)).status_code == status
        assert sign_in(user).get(place(sssc, "pair-sheets/")).status_code == status
    other = sign_in(pair_of_another.coordinator)
    assert other.get(place(pair_of_another)).status_code == 403
    assert other.post(place(pair_of_another, "pair-sheets/delete/"), {"count": 1, "sure": "on"}).status_code == 403
    assert other.get(place(sssc)).status_code == 404


@pytest.fixture
def pair_of_another(db):
    from tests.pairs.conftest import make_pair

    return make_pair(slug="atoll")


def test_a_rule_is_changed_on_the_page_and_stands_in_the_handbooks_history(sssc, sign_in):
    browser = sign_in(admin(sssc))
    answer = browser.post(
        place(sssc, "pair-sheets/"), {"months": "18", "since": "ended", "words": "Our policy, part 4"}
    )
    assert answer.status_code == 302
    assert (line(sssc, "pair-sheets").rule.months, line(sssc, "pair-sheets").rule.words) == (18, "Our policy, part 4")
    assert HandbookEdit.objects.get().part == "records"
    wrong = browser.post(place(sssc, "pair-sheets/"), {"months": "-1", "since": "ended", "words": "Typed"})
    assert wrong.status_code == 422
    assert "Typed" in wrong.content.decode()
    assert browser.get(place(sssc, "nothing/")).status_code == 404
    no_pair = browser.post(place(sssc, "issues/"), {"months": "1", "since": "ended", "words": ""})
    assert no_pair.status_code == 422, "what hangs on no pairing is counted from the cohort's end"


# --- What is due ------------------------------------------------------------------------------------------------------


@pytest.mark.covers("sssc.must.71")
def test_what_is_due_follows_the_rule_and_what_is_still_worked_with_never_is(sssc):
    rule(sssc, "pair-sheets", 3)
    with clock.at(LATER):
        assert line(sssc, "pair-sheets").due == [], "the pair is running"
    end(sssc)
    with clock.at(LATER - DAY):
        assert line(sssc, "pair-sheets").due == []
        assert line(sssc, "pair-sheets").next_due == LATER.date()
    with clock.at(LATER):
        assert len(line(sssc, "pair-sheets").due) == 1
        assert line(sssc, "private-sheets").due == [], "no period is set for these"
    rule(sssc, "issues", 0, "cohort-end")
    with clock.at(dt.datetime(2027, 6, 1, tzinfo=dt.UTC)):
        assert line(sssc, "issues").due == [], "it is open"
        close_issue(issue=sssc.issue, actor=sssc.coordinator)
        assert len(line(sssc, "issues").due) == 1


def test_months_end_on_the_last_day_where_a_month_is_shorter():
    assert clock.months_later(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 28)
    assert clock.months_later(dt.date(2026, 12, 31), 12) == dt.date(2027, 12, 31)
    assert clock.months_later(dt.date(2026, 1, 31), 0) == dt.date(2026, 1, 31)


# --- Deleting ---------------------------------------------------------------------------------------------------------


def kept() -> str:
    """Everything that tables of answers, goals, actions, files and matters hold, opened."""
    models = (Response, SideDraft, EarlierAnswers, Upload, Goal, GoalChange, Action, SharedFile, Issue, IssueNote)
    return "\n".join(str(list(model.objects.values())) for model in models)


@pytest.mark.covers("sssc.must.71")
def test_deleted_is_gone_from_the_database_and_what_was_done_still_counts(sssc, sign_in):
    end(sssc)
    rule(sssc, "pair-sheets", 3)
    response, done_at = sssc.plan.response_id, sssc.plan.done_at
    assert Goal.objects.filter(pairing=sssc.pairing).exists()
    assert str(response) in kept()
    with clock.at(LATER):
        browser = sign_in(admin(sssc))
        assert "1 record is due for deletion" in browser.get(place(sssc, "pair-sheets/")).content.decode()
        answer = browser.post(place(sssc, "pair-sheets/delete/"), {"count": "1"}, follow=True)
        assert "Tick this if they are to be deleted" in answer.content.decode(), "it has to be confirmed"
        assert Response.objects.filter(pk=response).exists()
        answer = browser.post(place(sssc, "pair-sheets/delete/"), {"count": "1", "sure": "on"}, follow=True)
        assert "1 record is deleted for good." in answer.content.decode()
    assert str(response) not in kept()
    assert not Goal.objects.filter(pairing=sssc.pairing).exists()
    row = Output.objects.get(pk=sssc.plan.pk)
    assert (row.response_id, row.done_at, row.erased_at) == (None, done_at, LATER)
    assert Output.objects.get(pk=sssc.own.pk).response_id, "another kind stays"
    [event] = everything().filter(action="records.deleted")
    assert event.data["count"] == 1
    assert sentence(event) == "Tomasi Admin deleted confidential records by their rule (What pairs wrote: 1)"


@pytest.mark.covers("sssc.must.71")
def test_figures_say_that_records_are_gone(sssc, sign_in):
    with clock.at(ENDED):
        dissolve_pairing(pairing=Pairing.objects.get(pk=sssc.pairing.pk), actor=sssc.mentee)
        row = sssc.output(worksheet="end", moment="ended-early", side="mentee")
        send(row, sssc.mentee, {"date": "2027-01-10", "kind": "early_choice", "rematch": "no", "grounds": ["time"]})
    rule(sssc, "pair-sheets", 3)
    january = Period(dt.date(2027, 1, 1), dt.date(2027, 1, 31), "UTC")
    cohort = Pairing.objects.select_related("cohort__programme__handbook").get(pk=sssc.pairing.pk).cohort
    before = totals_of(cohort, january)
    page = sssc.url(f"evaluation/{cohort.programme.slug}/{cohort.slug}/totals/?first=2027-01-01&last=2027-01-31")
    with clock.at(LATER):
        browser = sign_in(sssc.coordinator)
        assert "has been deleted by" not in browser.get(page).content.decode()
        delete(sssc, "pair-sheets", 2)
        shown = browser.get(page).content.decode()
    assert "2 confidential records of this programme have been deleted by their rules" in shown
    assert totals_of(cohort, january) == before, "what is counted without words is as it was"
    grounds = [one for one in counted_in(cohort, january, sssc.coordinator) if one.key == "grounds"]
    assert all(not count for one in grounds for _label, count in one.counts)


def test_nobody_deletes_another_number_than_was_shown_or_what_is_not_deleted_here(sssc):
    end(sssc)
    rule(sssc, "pair-sheets", 3)
    rule(sssc, "agreements", 0)
    with clock.at(LATER):
        with pytest.raises(NotAsShown):
            delete(sssc, "pair-sheets", 2)
        with pytest.raises(NotHere):
            delete(sssc, "agreements", 1)
        assert delete(sssc, "pair-sheets", 1) == 1
        with pytest.raises(NotAsShown):
            delete(sssc, "pair-sheets", 1)


@pytest.mark.covers("sssc.must.71")
def test_issues_files_private_sheets_and_papers_go_with_everything_that_holds_their_words(sssc):
    answer_issue(issue=sssc.issue, text=SECRET, actor=sssc.coordinator)
    close_issue(issue=sssc.issue, actor=sssc.coordinator)
    SharedFile.objects.create(
        pairing=sssc.pairing, member=sssc.pairing.members.first(), title="T", name="n.pdf", content_type="application/pdf",
        size=3, content=b"abc",
    )  # fmt: skip
    paper = Document.objects.create(
        kind="filled-worksheet", subject_kind="templates_app.response", subject_id=sssc.own.response_id, title="T",
        filename="t.pdf", content=b"%PDF",
    )  # fmt: skip
    end(sssc)
    for kind, since in (("issues", "cohort-end"), ("files", "ended"), ("private-sheets", "ended")):
        rule(sssc, kind, 0, since)
    with clock.at(dt.datetime(2027, 6, 1, tzinfo=dt.UTC)):
        assert [delete(sssc, kind, 1) for kind in ("issues", "files", "private-sheets")] == [1, 1, 1]
    assert not Issue.objects.exists()
    assert not SharedFile.objects.exists()
    assert not Document.objects.filter(pk=paper.pk).exists()
    assert Output.objects.get(pk=sssc.own.pk).response_id is None
    assert Output.objects.get(pk=sssc.plan.pk).response_id is not None


@pytest.mark.covers("sssc.must.71")
def test_the_pair_is_told_beforehand_and_its_pages_open_afterwards(sssc, sign_in):
    documents = f"{sssc.place}documents/"
    assert "may be deleted after that" not in sign_in(sssc.mentee).get(documents).content.decode()
    rule(sssc, "pair-sheets", 3)
    assert "is kept for 3 months after your mentoring has ended" in sign_in(sssc.mentee).get(documents).content.decode()
    end(sssc)
    with clock.at(LATER):
        assert "is kept until Saturday 10 April" in sign_in(sssc.mentee).get(documents).content.decode()
        delete(sssc, "pair-sheets", 1)
        browser = sign_in(sssc.mentee)
        shown = browser.get(documents).content.decode()
        assert "Some of what was written here was deleted on Sunday 11 April" in shown
        for path in (
            "mentoring/",
            *(f"pairs/{sssc.pairing.pk}/{end}" for end in ("logs/", "goals/", "goals/board/", "actions/")),
        ):
            page = browser.get(sssc.url(path))
            assert page.status_code == 200, path
            assert str(sssc.plan.pk) not in page.content.decode(), "nothing leads to what is gone"
        assert browser.get(sssc.url(f"outputs/{sssc.plan.pk}/read/")).status_code == 404
        assert home_of(sssc.mentee, get_pairing_for(sssc.mentee, sssc.pairing.pk)).owed == []
        assert sign_in(sssc.coordinator).get(sssc.place).status_code == 200


def test_an_export_made_before_is_held_back(sssc):
    end(sssc)
    rule(sssc, "pair-sheets", 3)
    with clock.at(LATER):
        made = Export.objects.create(
            programme=programme(sssc), kind="xlsx", requested_by=sssc.coordinator, begun_at=LATER - DAY
        )
        assert not Export.objects.filter(taken_back(), pk=made.pk).exists()
        delete(sssc, "pair-sheets", 1)
        assert Export.objects.filter(taken_back(), pk=made.pk).exists()


def test_the_list_takes_as_many_queries_for_one_record_as_for_many(sssc, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        lines_of(programme(sssc))
    for _again in range(5):
        row = add_sheet(reader=reader(sssc, sssc.mentee), worksheet="grow", actor=sssc.mentee)
        write(row, sssc.mentee, {})
        raise_issue(person=sssc.mentee_place, kind="help", text="x", actor=sssc.mentee)
    with CaptureQueriesContext(connection) as many:
        lines_of(programme(sssc))
    assert len(many) == len(few)
