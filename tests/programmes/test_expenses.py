"""Claims for expenses: made, sent, decided by a coordinator who is named with the day, paid, exported; no partner sees any."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from evaluation.domain.exporting.plain_tables import expenses_table
from evaluation.domain.exporting.tables import Scope
from evaluation.domain.making_exports import table_steps
from mentoring import clock
from mentoring.notices.models import Message
from programmes.domain.expenses.claiming import (
    NoReason,
    NothingClaimed,
    NotTheirs,
    add_line,
    begin_claim,
    take_step,
)
from programmes.domain.expenses.effects import tell_of_claims
from programmes.domain.expenses.queries import claims_of, get_claim_for, lines_of, totals_of
from programmes.domain.expenses.states import Step, WrongStep
from programmes.domain.roles import forget_roles
from programmes.models import Claim, Participant
from templates_app.domain.kits import kit_of
from tests.factories import AssignmentFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
PDF = b"%PDF-1.7\n"


@pytest.fixture
def paying(inside):
    """The company, whose mentors are paid back what they spend."""
    set_rules(inside)
    with clock.at(NOW):
        yield inside


def set_rules(company, **values):
    handbook = company.programme.handbook
    rules = {"ours": True, "currencies": ["GBP", "EUR"], "words": "Second class.", **values}
    handbook.content = handbook.content | {"expenses": rules}
    handbook.revision += 1
    handbook.save()


def claimed(company, *amounts: str) -> Claim:
    claim = begin_claim(person=company.participants["mentor"], actor=company.mentor)
    for amount in amounts:
        line(company, claim, amount)
    return claim


def line(company, claim, amount: str = "12.50", currency: str = "GBP", receipt=None):
    return add_line(
        claim=claim,
        spent_on=dt.date(2026, 11, 18),
        kind="travel",
        what="Train to the meeting",
        amount=Decimal(amount),
        currency=currency,
        receipt=receipt,
        actor=company.mentor,
    )


def sent(company) -> Claim:
    claim = claimed(company, "12.50", "3.00")
    take_step(claim=claim, step=Step.SEND, actor=company.mentor)
    return claim


@pytest.mark.covers("sssc.must.62")
def test_a_claim_is_made_sent_approved_and_paid_with_who_decided_and_when(paying, sign_in):
    mentor, place = sign_in(paying.mentor), paying.participants["mentor"]
    begun = mentor.post(f"/o/reef/place/{place.pk}/expenses/new/")
    here = begun["Location"]
    receipt = SimpleUploadedFile("ticket.pdf", PDF)
    form = {"spent_on": "2026-11-18", "kind": "travel", "what": "Train", "amount": "12.50", "currency": "GBP"}
    assert mentor.post(here, form | {"receipt": receipt}).status_code == 302
    mentor.post(f"{here}send/")
    coordinator = sign_in(paying.coordinator)
    listed = coordinator.get("/o/reef/programmes/e-mentoring/cohorts/november/expenses/").content.decode()
    assert "12.50 GBP" in listed
    coordinator.post(f"{here}approve/")
    claim = Claim.objects.get()
    assert (claim.state, claim.decided_by, claim.decided_at) == ("approved", paying.coordinator, NOW)
    coordinator.post(f"{here}pay/")
    page = mentor.get(here).content.decode()
    assert paying.coordinator.name in page
    assert "paid" in page
    saved = mentor.get(f"{here}lines/{claim.lines.get().pk}/receipt/")
    assert (saved.content, saved["Content-Disposition"]) == (PDF, 'attachment; filename="ticket.pdf"')


@pytest.mark.covers("sssc.must.62")
def test_a_claim_is_declined_with_a_reason_put_right_and_sent_again(paying):
    claim = sent(paying)
    with pytest.raises(NoReason):
        take_step(claim=claim, step=Step.DECLINE, reason="  ", actor=paying.coordinator)
    take_step(claim=claim, step=Step.DECLINE, reason="No receipt.", actor=paying.coordinator)
    assert get_claim_for(paying.mentor, claim.pk).reason == "No receipt."
    take_step(claim=claim, step=Step.CORRECT, actor=paying.mentor)
    take_step(claim=claim, step=Step.SEND, actor=paying.mentor)
    again = get_claim_for(paying.coordinator, claim.pk)
    assert (again.state, again.reason, again.decided_by) == ("sent", "", None)


@pytest.mark.covers("sssc.must.62")
def test_only_where_the_programme_turns_it_on_and_for_the_roles_it_names(paying, sign_in):
    place = paying.participants["mentee"]
    with pytest.raises(NotTheirs):
        begin_claim(person=place, actor=paying.mentee)
    assert sign_in(paying.mentee).get(f"/o/reef/place/{place.pk}/expenses/").status_code == 404
    set_rules(paying, offered=False)
    own = paying.participants["mentor"]
    own.cohort.programme.handbook.refresh_from_db()
    browser = sign_in(paying.mentor)
    assert browser.get(f"/o/reef/place/{own.pk}/expenses/").status_code == 404
    assert "Your expenses" not in browser.get(f"/o/reef/place/{own.pk}/").content.decode()


def test_neither_the_mentoring_partner_nor_a_lead_nor_the_steering_group_sees_it(paying, sign_in):
    claim = sent(paying)
    for who in ("mentee", "mentor_two", "partner_lead", "steering", "admin"):
        assert sign_in(getattr(paying, who)).get(f"/o/reef/expenses/{claim.pk}/").status_code == 404
    assert "12.50" not in str([message.context for message in Message.objects.all()])


def test_nobody_decides_on_their_own_claim_or_on_that_of_their_mentoring_partner(paying):
    claim = sent(paying)
    for who in ("mentor", "mentee"):
        membership = paying.participants[who].membership
        AssignmentFactory(programme=paying.programme, membership=membership)
        user = getattr(paying, who)
        forget_roles(user)
        assert not claims_of(user, paying.cohort).exists()
        with pytest.raises(NotTheirs):
            take_step(claim=claim, step=Step.APPROVE, actor=user)
    with pytest.raises(Http404):
        get_claim_for(paying.mentee, claim.pk)


def test_whose_claim_nobody_could_decide_on_is_told_so(paying, sign_in):
    claim, place = sent(paying), paying.participants["mentor"]
    pages = (f"/o/reef/place/{place.pk}/expenses/", f"/o/reef/expenses/{claim.pk}/")
    mentor = sign_in(paying.mentor)
    for page in pages:
        assert "Nobody could decide" not in mentor.get(page).content.decode()
    paying.programme.assignments.filter(role="coordinator").delete()
    AssignmentFactory(programme=paying.programme, membership=place.membership)
    for page in pages:
        assert "Nobody could decide" in mentor.get(page).content.decode()


def test_a_draft_is_its_writer_s_alone_and_an_empty_one_is_not_sent(paying):
    claim = claimed(paying)
    assert begin_claim(person=paying.participants["mentor"], actor=paying.mentor) == claim
    with pytest.raises(Http404):
        get_claim_for(paying.coordinator, claim.pk)
    with pytest.raises(NothingClaimed):
        take_step(claim=claim, step=Step.SEND, actor=paying.mentor)


def test_what_is_sent_is_not_changed_and_no_step_is_taken_twice(paying):
    claim = sent(paying)
    with pytest.raises(WrongStep):
        line(paying, claim)
    take_step(claim=claim, step=Step.APPROVE, actor=paying.coordinator)
    for step in (Step.APPROVE, Step.DECLINE):
        with pytest.raises(WrongStep):
            take_step(claim=claim, step=step, reason="x", actor=paying.coordinator)


def test_currencies_are_never_added_to_each_other(paying):
    claim = claimed(paying, "12.50", "3.00")
    line(paying, claim, "7.00", "EUR")
    assert [str(total) for total in totals_of(lines_of([claim])[claim.pk])] == ["7.00 EUR", "15.50 GBP"]


def test_a_day_to_come_and_a_sum_of_nothing_are_refused_in_words(paying, sign_in):
    claim = claimed(paying)
    form = {"spent_on": "2026-11-22", "kind": "travel", "what": "Train", "amount": "0", "currency": "GBP"}
    answer = sign_in(paying.mentor).post(f"/o/reef/expenses/{claim.pk}/", form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This day has not come yet" in page
    assert 'value="Train"' in page


@pytest.mark.covers("sssc.must.62")
def test_the_programme_s_export_has_them_for_who_decides_on_them(paying):
    claim = sent(paying)
    take_step(claim=claim, step=Step.APPROVE, actor=paying.coordinator)
    table = expenses_table(Scope(paying.coordinator, paying.programme))
    rows = sorted((dict(zip(table.columns, row, strict=True)) for row in table.rows), key=lambda row: -row["amount"])
    assert [(row["amount"], row["currency"], row["state"]) for row in rows] == [
        (12.5, "GBP", "approved"),
        (3.0, "GBP", "approved"),
    ]
    row = rows[0]
    assert (row["decided by"], row["decided (UTC)"]) == (paying.coordinator.name, NOW)
    assert expenses_table(Scope(paying.admin, paying.programme)).rows == []
    names = [table.name for step in table_steps(Scope(paying.coordinator, paying.programme)) for table in step()]
    assert "expenses" in names


def test_today_is_the_day_where_who_claims_lives(paying, sign_in):
    """At noon in London it is the next day in Apia already."""
    claim = claimed(paying)
    form = {"spent_on": "2026-11-21", "kind": "travel", "what": "Train", "amount": "5", "currency": "GBP"}
    assert sign_in(paying.mentor).post(f"/o/reef/expenses/{claim.pk}/", form).status_code == 302


# --- Switched off while a claim waits -------------------------------------------------------------------------------

DESK = "/o/reef/desk/e-mentoring/november/"
COHORT = "/o/reef/programmes/e-mentoring/cohorts/november/"


def test_a_claim_that_waits_keeps_its_link_and_stands_on_the_desk_when_expenses_are_switched_off(paying, sign_in):
    claim = sent(paying)
    set_rules(paying, offered=False)
    here = f'href="{COHORT}expenses/"'
    coordinator = sign_in(paying.coordinator)
    assert here in coordinator.get(COHORT).content.decode()
    desk = coordinator.get(DESK).content.decode()
    assert "1 claim waits" in desk
    assert here in desk
    place = paying.participants["mentor"]
    mentor = sign_in(paying.mentor)
    assert "Your expenses" in mentor.get(f"/o/reef/place/{place.pk}/").content.decode()
    assert "Begin a claim" not in mentor.get(f"/o/reef/place/{place.pk}/expenses/").content.decode()
    assert mentor.post(f"/o/reef/place/{place.pk}/expenses/new/").status_code == 404
    coordinator.post(f"/o/reef/expenses/{claim.pk}/approve/")
    assert here in coordinator.get(COHORT).content.decode(), "it is still to be paid"
    coordinator.post(f"/o/reef/expenses/{claim.pk}/pay/")
    assert here not in coordinator.get(COHORT).content.decode()
    assert "claim wait" not in coordinator.get(DESK).content.decode()


def test_switching_expenses_off_says_first_how_many_claims_wait(paying):
    sent(paying)
    before = kit_of(paying.programme.handbook)
    after = before.model_copy(update={"expenses": before.expenses.model_copy(update={"offered": False})})
    (told,) = tell_of_claims(paying.programme, before, after)
    assert "1 claim for expenses is still to be decided on or paid." in told
    mentors = Participant.objects.filter(cohort=paying.cohort, side="mentor", state="joined")
    count = mentors.count()
    assert f"{count} people can claim no new expenses; claims that were made stay." in told
    assert tell_of_claims(paying.programme, after, before) == [f"{count} people can claim expenses."]
    assert tell_of_claims(paying.programme, after, after) == []
    Claim.objects.update(state="paid")
    (told,) = tell_of_claims(paying.programme, before, after)
    assert "still to be decided" not in told
    mentors.update(state="withdrawn")
    assert tell_of_claims(paying.programme, before, after) == tell_of_claims(paying.programme, after, before) == []
