"""The agreement: written together, frozen, signed by both, changed only as a next version."""

import itertools

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from pairs.domain import agreement_states
from pairs.domain.agreement import (
    StaleClauses,
    UnknownClause,
    adapt_clauses,
    agreement_in_force,
    current_agreement,
    discard_draft,
    offer_agreement,
    open_agreement,
    revise_agreement,
    take_back,
)
from pairs.domain.agreement_queries import agreement_page_for, agreements_for
from pairs.domain.agreement_reading import compare_agreements, read_agreement
from pairs.domain.agreement_states import TABLE, Step, WrongState, transition
from pairs.domain.canonical import canonical, fingerprint, without_floats
from pairs.domain.checking import check_signed
from pairs.domain.people import NotAMember
from pairs.domain.signing import latest_consents, sign_agreement
from pairs.domain.signing_record import NotSigned
from pairs.enums import AgreementState
from pairs.models import Agreement, Output, SigningEvent
from templates_app.answers import AnswerContext
from templates_app.domain.kits import current_version
from templates_app.domain.responses import answers_of, submit_response
from templates_app.models import Document
from tests.pairs.conftest import PAIRED
from tests.pairs.filling import change_sheet

CONSENT = {"logs": True, "capacity": True, "goals": False, "checklist": True, "closure": True}


def write(pair, words: str = "Lead a review alone by May", more: dict | None = None):
    """Fill the draft in and offer it, as both may."""
    agreement = open_agreement(pairing=pair.pairing, actor=pair.mentee)
    answers = {
        **answers_of(agreement.response),
        "goal_statements": [{"_id": "aaaaaaaa", "statement": words}],
        "objectives": [{"_id": "bbbbbbbb", "objective": "Judge a survey", "measure": "Two surveys accepted"}],
        "ground_rules": [{"_id": "cccccccc", "about": "Place", "rule": "Teams, monthly"}],
        **(more or {}),
    }
    submit_response(
        response=agreement.response,
        actor=pair.mentee,
        answers=answers,
        revision=agreement.response.revision,
        context=AnswerContext(),
    )
    return offer_agreement(agreement=agreement, actor=pair.mentee)


def sign(pair, agreement, user, *, name="Signed Name", sha=None, consent=None):
    if consent is None and user == pair.mentee:
        consent = CONSENT
    return sign_agreement(
        agreement=agreement,
        actor=user,
        typed_name=name,
        content_sha256=sha or agreement.content_sha256,
        consent=consent,
        method="code",
    )


def signed(pair):
    agreement = write(pair)
    sign(pair, agreement, pair.mentor)
    sign(pair, agreement, pair.mentee)
    return agreement


@pytest.mark.covers("plp.sys.37")
def test_names_and_titles_are_filled_in_and_the_code_is_complete(pair):
    agreement = open_agreement(pairing=pair.pairing, actor=pair.mentor)
    answers = answers_of(agreement.response)
    assert answers["mentor_name"] == "Helen Whitcombe"
    assert answers["mentee_name"] == "ʻAna Tupou"
    assert answers["mentor_title"] == answers["mentee_title"] == "EIA Officer"
    readable = read_agreement(agreement, zone="Pacific/Apia", locale="en-gb")
    assert [len(readable.scope), len(readable.clauses)] == [3, 16]
    assert [party.side for party in readable.parties] == ["mentor", "mentee"]


def test_opening_twice_gives_the_same_draft(pair):
    first = open_agreement(pairing=pair.pairing, actor=pair.mentor)
    assert open_agreement(pairing=pair.pairing, actor=pair.mentee).pk == first.pk
    assert Agreement.objects.count() == 1


@pytest.mark.covers("plp.sys.38")
def test_it_is_in_force_only_when_both_have_signed_and_then_nothing_of_it_changes(pair):
    agreement = write(pair)
    before = agreement.content_sha256
    sign(pair, agreement, pair.mentor)
    assert agreement_in_force(pair.pairing) is None
    sign(pair, agreement, pair.mentee)
    found = agreement_in_force(pair.pairing)
    assert (found.pk, found.content_sha256, found.signed_at is not None) == (agreement.pk, before, True)
    events = SigningEvent.objects.filter(agreement=agreement, action="signed")
    assert [(event.side, event.at is not None) for event in events] == [("mentor", True), ("mentee", True)]
    with pytest.raises(WrongState):
        adapt_clauses(agreement=found, wording={"time": {"text": "Other"}}, revision=0, actor=pair.mentor)
    assert fingerprint(found.content) == before


@pytest.mark.covers("plp.sys.40")
def test_the_second_signature_brings_it_to_the_coordinator_at_once(pair):
    agreement = write(pair)
    sign(pair, agreement, pair.mentor)
    assert not agreements_for(pair.coordinator, pair.pairing).exists()
    sign(pair, agreement, pair.mentee)
    assert agreements_for(pair.coordinator, pair.pairing).get().pk == agreement.pk
    assert Message.objects.filter(kind="pairs.agreement_received", email=pair.coordinator.email).count() == 1
    document = Document.objects.get(kind="agreement")
    assert document.revision == agreement.content_sha256
    both = set(Message.objects.filter(kind="pairs.agreement_signed").values_list("email", flat=True))
    assert both == {pair.mentor.email, pair.mentee.email}


def test_an_agreement_that_asks_for_bounded_and_decimal_figures_is_frozen_signed_and_read(pair):
    """Its text holds no floats: bounds and answers stand in it as whole numbers or as decimal text."""
    hours = {"key": "hours", "kind": "number", "label": "Hours a month", "minimum": 0.5, "maximum": 36, "unit": "hours"}
    rows = {"key": "plan", "kind": "table", "label": "Plan", "columns": [hours | {"key": "each"}], "ours": True}
    before = current_version(pair.pairing.cohort.programme.handbook, "agreement").definition["sections"][0]
    section = before | {"fields": [*before["fields"], hours | {"ours": True}, rows]}
    change_sheet(pair.pairing, "agreement", sections=[section])
    agreement = write(pair, more={"hours": 1.5, "plan": [{"_id": "dddddddd", "each": 2.5}]})
    sign(pair, agreement, pair.mentor)
    sign(pair, agreement, pair.mentee)
    frozen = Agreement.objects.get(pk=agreement.pk)
    assert (frozen.content["answers"]["hours"], frozen.content["answers"]["plan"][0]["each"]) == ("1.5", "2.5")
    asked = {field["key"]: field for field in frozen.content["sheet"]["sections"][0]["fields"]}["hours"]
    assert (asked["minimum"], asked["maximum"]) == ("0.5", 36)
    assert check_signed(frozen).is_sound
    shown = {answer.key: answer.shown for answer in read_agreement(frozen, zone="UTC", locale="en-gb").answers}
    assert shown["hours"].text == "1.5 hours"
    assert shown["plan"].rows[0].answers[0].shown.text == "2.5 hours"


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.0, 1), (-0.0, 0), (2.5, "2.5"), (1e-07, "0.0000001"), (0.1, "0.1"), ([3.0, {"a": 1.25}], [3, {"a": "1.25"}])],
)
def test_floats_are_written_down_in_one_way(value, written):
    assert canonical(without_floats(value)) == canonical(written)


def test_what_holds_no_floats_keeps_its_fingerprint_and_infinity_has_none():
    plain = {"months": 6, "ok": True, "words": "é", "rows": [None, "1.0"]}
    assert without_floats(plain) == plain
    with pytest.raises(TypeError, match="Infinity"):
        without_floats([float("inf")])
    with pytest.raises(TypeError, match="float"):
        canonical({"hours": 1.5})


def test_what_hangs_on_the_agreement_gets_its_dates_with_the_second_signature(pair):
    sheet = current_version(pair.pairing.cohort.programme.handbook, "goal-review").definition
    opens = {"anchor": "agreement", "days": 28}
    moment = sheet["moments"][0] | {"opens": opens, "due": opens | {"days": 61}}
    change_sheet(pair.pairing, "goal-review", moments=[moment, *sheet["moments"][1:]])
    agreement = write(pair)
    sign(pair, agreement, pair.mentor)
    review = {"worksheet": "goal-review", "moment": moment["key"]}
    assert (pair.output(**review).opens_at, pair.output(**review).due_at) == (None, None)
    sign(pair, agreement, pair.mentee)
    due = pair.output(**review)
    assert (due.opens_at - PAIRED).days == 27
    assert due.due_at > due.opens_at


@pytest.mark.covers("plp.sys.39")
def test_changing_a_signed_agreement_makes_a_version_that_both_sign_again(pair):
    first = signed(pair)
    second = revise_agreement(agreement=first, actor=pair.mentor)
    assert (second.number, second.state) == (2, AgreementState.DRAFT)
    assert answers_of(second.response)["goal_statements"][0]["statement"] == "Lead a review alone by May"
    assert agreement_in_force(pair.pairing).pk == first.pk
    second = write(pair, "Lead two reviews alone")
    sign(pair, second, pair.mentee)
    assert agreement_in_force(pair.pairing).pk == first.pk
    sign(pair, second, pair.mentor)
    first.refresh_from_db()
    assert (agreement_in_force(pair.pairing).pk, first.state) == (second.pk, AgreementState.SUPERSEDED)
    old = read_agreement(first, zone="UTC", locale="en-gb")
    assert "Lead a review alone by May" in str(old.text["answers"])
    compared = compare_agreements(first, second, zone="UTC", locale="en-gb")
    changed = [q.key for section in compared.sections for q in section.questions if not q.same]
    assert changed == ["goal_statements"]


def test_an_edit_after_the_first_signature_voids_it_and_tells_the_signer(pair):
    agreement = write(pair)
    sign(pair, agreement, pair.mentor)
    revise_agreement(agreement=agreement, actor=pair.mentee)
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SUPERSEDED
    assert Message.objects.filter(kind="pairs.agreement_voided", email=pair.mentor.email).count() == 1
    owed = Output.objects.filter(pairing=pair.pairing, kind="agreement", done_at__isnull=True)
    assert owed.count() == 2
    with pytest.raises(WrongState):
        sign(pair, agreement, pair.mentee)


def test_an_offer_nobody_has_signed_can_be_taken_back(pair):
    agreement = write(pair)
    take_back(agreement=agreement, actor=pair.mentor)
    assert (agreement.state, agreement.content, agreement.response.is_submitted) == (AgreementState.DRAFT, {}, False)
    again = write(pair, "Something else")
    sign(pair, again, pair.mentor)
    with pytest.raises(WrongState):
        take_back(agreement=again, actor=pair.mentee)


def test_a_first_draft_cannot_be_discarded_but_a_draft_of_a_change_can(pair):
    first = open_agreement(pairing=pair.pairing, actor=pair.mentor)
    with pytest.raises(WrongState):
        discard_draft(agreement=first, actor=pair.mentor)
    first = signed(pair)
    second = revise_agreement(agreement=first, actor=pair.mentee)
    with pytest.raises(NotAMember):
        discard_draft(agreement=second, actor=pair.coordinator)
    discard_draft(agreement=second, actor=pair.mentor)
    assert current_agreement(pair.pairing).pk == first.pk


@pytest.mark.parametrize("who", ["coordinator", "stranger"])
def test_nobody_but_a_member_signs(pair, who, django_user_model):
    agreement = write(pair)
    person = pair.coordinator if who == "coordinator" else django_user_model.objects.create_user("x@y.example")
    with pytest.raises(NotAMember):
        sign(pair, agreement, person)
    assert not SigningEvent.objects.filter(action="signed").exists()


def test_signing_twice_is_signing_once(pair):
    agreement = write(pair)
    sign(pair, agreement, pair.mentor)
    sign(pair, agreement, pair.mentor, name="Another Name")
    assert SigningEvent.objects.filter(action="signed").count() == 1


def test_a_text_that_was_not_shown_is_not_signed(pair):
    agreement = write(pair)
    with pytest.raises(NotSigned, match="changed after this page"):
        sign(pair, agreement, pair.mentor, sha="0" * 64)
    with pytest.raises(NotSigned, match="full name"):
        sign(pair, agreement, pair.mentor, name=" x ")


@pytest.mark.covers("plp.sys.95")
def test_the_mentee_must_say_for_each_record_whether_it_may_reach_the_coordinator(pair):
    agreement = write(pair)
    for missing in ({}, {**CONSENT, "logs": None}, {key: value for key, value in CONSENT.items() if key != "goals"}):
        with pytest.raises(NotSigned, match="each record"):
            sign(pair, agreement, pair.mentee, consent=missing)
    sign(pair, agreement, pair.mentee)
    member = pair.pairing.members.get(side="mentee")
    assert latest_consents(member) == CONSENT
    event = SigningEvent.objects.get(agreement=agreement, side="mentee", action="signed")
    assert event.consent == CONSENT


def test_an_event_is_never_changed_or_deleted(pair):
    signed(pair)
    event = SigningEvent.objects.first()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


@pytest.mark.covers("plp.sys.42")
def test_the_pair_adapts_the_code_and_every_change_stays_visible(pair):
    agreement = open_agreement(pairing=pair.pairing, actor=pair.mentor)
    wording = {
        "time": {"text": "We answer each other within two days."},
        "law": {"left_out": True},
        "own_1": {"text": "Colleagues are not discussed by name.", "added": True},
    }
    adapt_clauses(agreement=agreement, wording=wording, revision=0, actor=pair.mentor)
    readable = read_agreement(agreement, zone="UTC", locale="en-gb")
    changes = {row["key"]: row["change"] for row in readable.clauses if row["change"]}
    assert changes == {"time": "changed", "law": "left-out", "own_1": "added"}
    time = next(row for row in readable.clauses if row["key"] == "time")
    assert time["original"].startswith("Each respects the other's time")
    with pytest.raises(StaleClauses):
        adapt_clauses(agreement=agreement, wording={}, revision=0, actor=pair.mentee)
    with pytest.raises(UnknownClause):
        adapt_clauses(agreement=agreement, wording={"no_such": {"text": "x"}}, revision=1, actor=pair.mentee)


@pytest.mark.parametrize(("state", "step"), list(itertools.product(AgreementState, Step)))
def test_every_step_from_every_state(pair, state, step):
    agreement = open_agreement(pairing=pair.pairing, actor=pair.mentor)
    Agreement.objects.filter(pk=agreement.pk).update(state=state)
    agreement.state = state
    if state in TABLE[step].before:
        transition(agreement, step)
        agreement.refresh_from_db()
        assert agreement.state == TABLE[step].after
    else:
        with pytest.raises(WrongState):
            transition(agreement, step)
        agreement.refresh_from_db()
        assert agreement.state == state


def test_two_people_taking_the_same_step_take_it_once(pair):
    agreement = write(pair)
    twin = Agreement.objects.get(pk=agreement.pk)
    agreement_states.transition(agreement, Step.TAKE_BACK)
    with pytest.raises(WrongState):
        agreement_states.transition(twin, Step.TAKE_BACK)


def test_canonical_bytes_know_no_order_no_form_and_no_floats():
    assert canonical({"b": 1, "a": "e\u0301"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()
    with pytest.raises(TypeError):
        canonical({"a": 1.5})


def test_the_page_offers_each_person_only_what_they_may_do(pair):
    agreement = write(pair)
    page = agreement_page_for(pair.mentee, pair.pairing.pk)
    assert (page.may_sign, page.may_take_back, page.may_revise, page.may_write) == (True, True, False, False)
    assert [item.key for item in page.consent_asked] == ["logs", "capacity", "goals", "checklist", "closure"]
    assert agreement_page_for(pair.mentor, pair.pairing.pk).consent_asked == []
    sign(pair, agreement, pair.mentor)
    page = agreement_page_for(pair.mentor, pair.pairing.pk)
    assert (page.may_sign, page.has_signed, page.may_take_back, page.may_revise) == (False, True, False, True)
    page = agreement_page_for(pair.coordinator, pair.pairing.pk)
    assert (page.agreement, page.may_sign, page.may_write) == (None, False, False)


def test_signatures_close_what_is_owed(pair):
    agreement = write(pair)
    sign(pair, agreement, pair.mentor)
    owed = Output.objects.filter(pairing=pair.pairing, kind="agreement")
    assert {row.member.side: row.done_at is not None for row in owed.select_related("member")} == {
        "mentor": True,
        "mentee": False,
    }
    assert owed.get(member__side="mentor").done_at == clock.now()
