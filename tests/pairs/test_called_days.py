"""Days on which a pair agreed to look at something again: kept, shown where the two meet, and reminded."""

import datetime as dt

import pytest
from pydantic import ValidationError

from mentoring import clock
from mentoring.notices.models import Message
from pairs.domain.home import home_of
from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from pairs.domain.reminders import remind_due
from pairs.domain.sheets import add_sheet
from pairs.models import Output
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import FieldShape
from tests.pairs.conftest import PAIRED
from tests.pairs.filling import owner_for_reader, send, take_up, write
from tests.pairs.test_agreement_parts import ACCEPTED, gla, in_force
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_logs import reader

__all__ = ["gla"]
DAY = dt.timedelta(days=1)


def contract(pair, *days: str) -> Output:
    """The pair's contract with these review days, sent."""
    row = write(add_sheet(reader=reader(pair, pair.mentee), worksheet="contract", actor=pair.mentee), pair.mentor, {})
    answers = sample_answers(worksheet_of(row.response.version), owner_for_reader(row, pair.mentee).context)
    reviews = [{"_id": f"aaaa000{place}", "date": day} for place, day in enumerate(days)]
    agreed = {"frequency": "Every third Monday", "place": "online", "period": 9, "reviews": reviews}
    write(row, pair.mentor, answers | agreed | {"mentor": {"name": pair.mentor.name, "agree": True}, "mentee": None})
    return send(row, pair.mentee, {"mentee": {"name": pair.mentee.name, "agree": True}})


def days_of(pair) -> list[str]:
    rows = Output.objects.filter(pairing=pair.pairing, moment__startswith="on-", cancelled_at=None)
    return sorted(row.moment.removeprefix("on-") for row in rows)


@pytest.mark.covers("gla.must.15")
def test_period_frequency_place_and_reviews_are_kept_shown_where_they_meet_and_reminded(gla, sign_in):
    in_force(gla, ACCEPTED)
    contract(gla, "2026-12-15", "2027-02-15", "2026-10-01")
    assert days_of(gla) == ["2026-12-15", "2027-02-15"], "a day that is over calls for nothing"
    for user in (gla.mentor, gla.mentee):
        page = sign_in(user).get(f"{gla.place}sessions/{gla.session(2).pk}/").content.decode()
        agreed = page[page.index("What we agreed") :]
        for words in ("Every third Monday", "Online", "9 months", "15 December 2026", "15 February 2027"):
            assert words in agreed, words
    review = Output.objects.get(moment="on-2026-12-15")
    with clock.at(review.due_at - 9 * DAY):
        assert not [line for line in home_of(gla.mentee, gla.pairing).owed if line.output == review]
    with clock.at(review.due_at - 5 * DAY):
        for user in (gla.mentor, gla.mentee):
            assert [line for line in home_of(user, gla.pairing).owed if line.output == review]
    Output.objects.exclude(pk=review.pk).update(next_reminder_at=None)
    with clock.at(review.due_at + 4 * DAY):
        remind_due(clock.now())
    told = Message.objects.filter(kind="pairs.reminder", subject_id=review.pk)
    assert {message.recipient for message in told} == {gla.mentor, gla.mentee}
    until = [row for row in Output.objects.filter(worksheet="review", moment="before-the-end") if row.due_at]
    assert until, "and the end of the period has a review of its own"
    assert until[0].opens_at > PAIRED


def test_a_new_contract_has_its_own_days_and_what_was_begun_stays(gla):
    contract(gla, "2026-12-15", "2027-02-15", "2027-03-15")
    begun = Output.objects.get(moment="on-2027-02-15")
    begin_response(output=begun, actor=gla.mentee, people=people_of(gla.pairing))
    contract(gla, "2026-12-15", "2027-04-15")
    assert days_of(gla) == ["2026-12-15", "2027-02-15", "2027-04-15"]
    contract(gla, "2027-03-15")
    assert days_of(gla) == ["2027-02-15", "2027-03-15"], "a day that comes back is asked for again, and only once"
    assert Output.objects.filter(moment="on-2027-03-15").count() == 1


def test_an_earlier_contract_that_is_sent_again_leaves_the_days_of_the_newer_one(gla):
    first = contract(gla, "2026-12-15", "2027-02-15")
    with clock.at(clock.now() + DAY):
        second = contract(gla, "2027-03-15", "2027-04-15")
        assert days_of(gla) == ["2027-03-15", "2027-04-15"]
        again(gla, first)
        assert days_of(gla) == ["2027-03-15", "2027-04-15"]
    with clock.at(clock.now() + 2 * DAY):
        take_up(second, gla.mentee)
        again(gla, first)
        assert days_of(gla) == ["2027-03-15", "2027-04-15"], "nor while the newer one is in hand"
        again(gla, second, "2027-05-15")
        assert days_of(gla) == ["2027-05-15"], "the newest one moves them"


def again(pair, sheet: Output, *days: str) -> None:
    """Take a contract up where it is not in hand yet, and send it again, with other days if any are named."""
    sheet = Output.objects.get(pk=sheet.pk)
    if sheet.done_at:
        take_up(sheet, pair.mentee)
    reviews = {"reviews": [{"_id": f"aaaa000{place}", "date": day} for place, day in enumerate(days)]} if days else {}
    write(sheet, pair.mentor, reviews | {"mentor": {"name": pair.mentor.name, "agree": True}, "mentee": None})
    send(sheet, pair.mentee, {"mentee": {"name": pair.mentee.name, "agree": True}})


def plan(pair, *days: str) -> Output:
    """An action plan with these review days, sent."""
    row = write(add_sheet(reader=reader(pair, pair.mentee), worksheet="plan", actor=pair.mentee), pair.mentee, {})
    answers = sample_answers(worksheet_of(row.response.version), owner_for_reader(row, pair.mentee).context)
    reviews = [{"_id": f"aaaa000{place}", "date": day} for place, day in enumerate(days)]
    return send(row, pair.mentee, answers | {"longterm": f"Reviewed {len(days)} times", "reviews": reviews})


@pytest.mark.covers("sssc.must.31")
def test_each_review_of_an_action_plan_has_a_sheet_of_its_own_and_earlier_plans_stay(db):
    with pair_of("sssc") as pair:
        first = plan(pair, "2026-12-15", "2027-02-15")
        reviews = list(Output.objects.filter(worksheet="plansupp", moment__startswith="on-").order_by("due_at"))
        assert [row.moment for row in reviews] == ["on-2026-12-15", "on-2027-02-15"]
        with clock.at(reviews[0].due_at - 5 * DAY):
            assert [line for line in home_of(pair.mentee, pair.pairing).owed if line.output == reviews[0]]
        Output.objects.exclude(pk=reviews[0].pk).update(next_reminder_at=None)
        with clock.at(reviews[0].due_at + 4 * DAY):
            remind_due(clock.now())
        told = Message.objects.filter(kind="pairs.reminder", subject_id=reviews[0].pk)
        assert {message.recipient for message in told} == {pair.mentor, pair.mentee}
        sheet = write(reviews[0], pair.mentee, {})
        supplement = sample_answers(worksheet_of(sheet.response.version), owner_for_reader(sheet, pair.mentee).context)
        send(sheet, pair.mentee, supplement)
        second = plan(pair, "2027-02-15", "2027-03-15", "2027-04-15")
        assert days_of(pair) == ["2026-12-15", "2027-02-15", "2027-03-15", "2027-04-15"]
        assert first.pk != second.pk
        for row, words in ((first, "Reviewed 2 times"), (second, "Reviewed 3 times")):
            row.refresh_from_db()
            assert row.done_at
            assert answers_of(row.response)["longterm"] == words


def test_only_a_date_calls_for_a_worksheet():
    with pytest.raises(ValidationError, match="only a date"):
        FieldShape.model_validate({"key": "one", "kind": "text", "label": "One", "calls_for": "review"})
