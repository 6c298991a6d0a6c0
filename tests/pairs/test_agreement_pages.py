"""The agreement's pages, the worksheets around the close, and ending early, as people meet them."""

import datetime as dt

import pytest
from django.db import transaction
from django.test import Client

from mentoring import clock
from mentoring.tenancy.scope import no_scope
from pairs.domain.agreement import (
    agreement_in_force,
    current_agreement,
    discard_draft,
    open_agreement,
    revise_agreement,
)
from pairs.domain.agreement_owner import agreement_owner
from pairs.domain.goals import answer_goal
from pairs.domain.output_owner import owner_of
from pairs.domain.queries import get_output_for
from pairs.domain.sessions import hold_session
from pairs.enums import Right
from pairs.models import Agreement, Goal, Output, SigningEvent
from templates_app.domain.responses import WrongState, answers_of, save_draft, submit_response
from templates_app.models import Response
from tests.factories import UserFactory
from tests.pairs.filling import GOAL, send, whole_checklist
from tests.pairs.test_agreement import sign, signed, write
from tests.pairs.test_schedule import save, six


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def visit(user, path, data=None):
    with no_scope():
        client = client_of(user)
        return client.get(path) if data is None else client.post(path, data)


def signing_form(agreement, **more):
    consent = {f"consent_{key}": "yes" for key in ("logs", "capacity", "goals", "checklist", "closure")}
    return {"content_sha256": agreement.content_sha256, "typed_name": "My Own Name", **consent, **more}


def test_the_button_says_that_the_agreement_is_sent_for_signing(pair):
    whole = {"ground_rules": [{"_id": "cccccccc", "about": "Place", "rule": "Teams, monthly"}]}
    agreement = open_agreement(pairing=pair.pairing, actor=pair.mentee)
    more = {
        "goal_statements": [{"_id": "aaaaaaaa", "statement": "Lead a review"}],
        "objectives": [{"_id": "bbbbbbbb", "objective": "Judge a survey", "measure": "Two surveys accepted"}],
    }
    save_draft(
        response=agreement.response,
        actor=pair.mentee,
        answers={**answers_of(agreement.response), **whole, **more},
        revision=agreement.response.revision,
    )
    page = visit(pair.mentee, f"{pair.place}agreement/write/review/").content.decode()
    assert "Send it for signing" in page


@pytest.mark.covers("plp.sys.34", "plp.sys.111")
def test_goals_and_ground_rules_are_taken_over_with_one_action_each(pair):
    goal = {**GOAL, "due": "2027-02-01"}
    send(pair.output(worksheet="goals", moment="session-1"), pair.mentee, {"goals": [goal]})
    checklist = pair.output(worksheet="first-meeting")
    send(checklist, pair.mentee, whole_checklist(checklist, note="agreed so"))
    place = f"{pair.place}agreement/"
    assert visit(pair.mentor, f"{place}begin/", {}).status_code == 302
    assert 'aria-label="Take over: Ground rules"' in visit(pair.mentor, place).content.decode()
    for field in ("goal_statements", "objectives", "ground_rules"):
        assert visit(pair.mentor, f"{place}write/take/{field}/", {}).status_code == 302
        assert visit(pair.mentor, f"{place}write/take/{field}/", {}).status_code == 302  # a second time doubles nothing
    answers = answers_of(current_agreement(pair.pairing).response)
    assert [row["statement"] for row in answers["goal_statements"]] == ["Lead a review"]
    assert {"objective": "I can do it alone", "measure": "It is accepted"}.items() <= answers["objectives"][0].items()
    rules = {row["about"]: row["rule"] for row in answers["ground_rules"]}
    assert len(rules) == 13
    assert set(rules.values()) == {"agreed so"}


@pytest.mark.covers("plp.sys.08")
def test_rights_and_the_whole_code_stand_above_the_signature(pair):
    write(pair)
    page = visit(pair.mentee, f"{pair.place}agreement/sign/").content.decode()
    assert page.index("Your rights") < page.index("Type your full name to sign")
    assert page.count('class="clause"') == 19
    assert "a complaint about the coordinator goes" in page


def test_nothing_is_chosen_beforehand_and_a_missing_answer_is_told_with_nothing_lost(pair):
    agreement = write(pair)
    path = f"{pair.place}agreement/sign/"
    assert "checked" not in visit(pair.mentee, path).content.decode()
    form = signing_form(agreement)
    del form["consent_goals"]
    answer = visit(pair.mentee, path, form)
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Choose yes or no for this record." in words
    assert 'value="My Own Name"' in words
    assert not SigningEvent.objects.filter(action="signed").exists()


def test_both_sign_on_the_page_and_it_is_in_force(pair):
    agreement = write(pair)
    path = f"{pair.place}agreement/sign/"
    assert visit(pair.mentor, path, signing_form(agreement)).status_code == 302
    assert visit(pair.mentee, path, signing_form(agreement)).status_code == 302
    found = agreement_in_force(pair.pairing)
    assert found is not None
    page = visit(pair.mentee, f"{pair.place}agreement/").content.decode()
    assert "In force: signed by all" in page
    assert agreement.content_sha256[:4] in page


def test_a_page_that_was_opened_before_a_change_signs_nothing(pair):
    agreement = write(pair)
    answer = visit(pair.mentor, f"{pair.place}agreement/sign/", signing_form(agreement, content_sha256="0" * 64))
    assert answer.status_code == 422
    assert "changed after this page was opened" in answer.content.decode()


@pytest.mark.parametrize("path", ["", "sign/", "write/", "clauses/", "1/", "2/changes/"])
def test_people_outside_the_pair_find_no_agreement(pair, other_company, path):
    agreement = write(pair)
    sign(pair, agreement, pair.mentor)
    for stranger in (UserFactory(), other_company.coordinator, other_company.mentor):
        assert visit(stranger, f"{pair.place}agreement/{path}").status_code == 404


def test_the_way_back_from_the_agreement_leads_to_ones_own_page_of_the_pair(pair):
    write(pair)
    back = f'<p class="crumbs"><a href="{pair.place}">The pair</a></p>'
    assert back in visit(pair.coordinator, f"{pair.place}agreement/").content.decode()
    assert back not in visit(pair.mentee, f"{pair.place}agreement/").content.decode()


def test_the_coordinator_sees_nothing_of_it_before_both_have_signed(pair):
    agreement = write(pair, "CANARY-GOAL")
    assert "CANARY-GOAL" not in visit(pair.coordinator, f"{pair.place}agreement/").content.decode()
    assert visit(pair.coordinator, f"{pair.place}agreement/1/").status_code == 404
    for user in (pair.mentor, pair.mentee):
        sign(pair, agreement, user)
    assert "CANARY-GOAL" in visit(pair.coordinator, f"{pair.place}agreement/1/").content.decode()
    assert visit(pair.coordinator, f"{pair.place}agreement/step/revise/", {}).status_code == 404


def test_two_people_adapting_the_code_lose_nothing(pair):
    visit(pair.mentor, f"{pair.place}agreement/begin/", {})
    path = f"{pair.place}agreement/clauses/"
    with no_scope():
        first, second = client_of(pair.mentor), client_of(pair.mentee)
        form = first.get(path).context["form"]
        given = {name: form[name].value() for name in form.fields}
        data = {name: value for name, value in given.items() if value is not None and value is not False}
        assert first.post(path, {**data, "time": "Words of the mentor."}).status_code == 302
        answer = second.post(path, {**data, "time": "Words of the mentee."})
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "Words of the mentee." in words
    assert Agreement.objects.get(pairing=pair.pairing).clauses == {"time": {"text": "Words of the mentor."}}


def test_what_one_was_typing_when_the_partner_offered_it_is_kept(pair):
    visit(pair.mentor, f"{pair.place}agreement/begin/", {})
    write(pair)
    words = {"revision": 0, "save_key": "mentors-page", "_end": "1", "_do": "save", "f-mentee_title": "Lead Officer"}
    answer = visit(pair.mentor, f"{pair.place}agreement/write/", words)
    assert answer.url == f"{pair.place}agreement/write/conflict/"
    page = visit(pair.mentor, answer.url).content.decode()
    assert "Your own text stays here, for you alone" in page
    assert "Lead Officer" in page


def test_offering_an_agreement_that_was_dropped_meanwhile_says_so(pair):
    signed(pair)
    draft = revise_agreement(agreement=agreement_in_force(pair.pairing), actor=pair.mentee)
    owner = agreement_owner(pair.mentor, pair.pairing.pk)
    discard_draft(agreement=draft, actor=pair.mentee)
    with pytest.raises(WrongState), transaction.atomic():
        submit_response(
            response=owner.response,
            actor=pair.mentor,
            answers=answers_of(owner.response),
            revision=owner.response.revision,
            context=owner.context,
            then=owner.on_submitted,
        )
    assert not Response.objects.get(pk=owner.response.pk).is_submitted


def test_unknown_steps_are_not_found_and_a_late_one_says_so(pair):
    write(pair)
    assert visit(pair.mentor, f"{pair.place}agreement/step/no-such/", {}).status_code == 404
    assert visit(pair.mentor, f"{pair.place}agreement/step/take-back/", {}).status_code == 302
    with no_scope():
        answer = client_of(pair.mentee).post(f"{pair.place}agreement/step/take-back/", follow=True)
    assert "no longer possible" in answer.content.decode()


@pytest.mark.covers("plp.sys.99")
def test_either_ends_early_without_a_reason_and_nobody_learns_who(pair):
    save(pair, six())
    page = visit(pair.mentee, f"{pair.place}end/").content.decode()
    assert "nobody is to blame" in page
    assert "<textarea" not in page
    assert visit(pair.mentee, f"{pair.place}end/", {}).status_code == 302
    pair.pairing.refresh_from_db()
    assert pair.pairing.state == "dissolved"
    followed = visit(pair.coordinator, pair.place).content.decode()
    assert "The pair ended before its time" in followed
    assert "ʻAna Tupou ended" not in followed
    assert Output.objects.filter(pairing=pair.pairing, worksheet="short-closure", cancelled_at=None).count() == 2
    late = visit(pair.mentor, f"{pair.place}end/")
    assert (late.status_code, late["Location"]) == (302, f"/o/{pair.organisation.slug}/mentoring/")


@pytest.fixture
def closing(pair, at):
    """The evening of session 6."""
    save(pair, six())
    for number in range(1, 7):
        session = pair.session(number)
        with clock.at(session.starts_at + dt.timedelta(hours=2)):
            hold_session(session=session, actor=pair.mentee)
    with clock.at(pair.session(6).starts_at + dt.timedelta(hours=3)):
        yield pair


@pytest.mark.covers("plp.sys.88")
def test_either_can_thank_the_other_and_the_other_reads_it(closing):
    for side, writer, reader in (
        ("mentor", closing.mentor, closing.mentee),
        ("mentee", closing.mentee, closing.mentor),
    ):
        sent = send(closing.output(worksheet="appreciation", side=side), writer, {"message": f"THANKS-{side}"})
        found, _reader = get_output_for(reader, sent.pk, Right.READ)
        assert answers_of(found.response)["message"] == f"THANKS-{side}"


@pytest.mark.covers("plp.sys.89")
def test_the_pair_records_on_what_terms_it_goes_on(closing):
    output = closing.output(worksheet="afterwards")
    assert output.member is None
    sheet = owner_of(*get_output_for(closing.mentor, send_afterwards(closing, output).pk, Right.READ))
    assert "A call in May" in str(answers_of(sheet.response))


def send_afterwards(pair, output):
    from templates_app.domain.kits import current_version, worksheet_of

    sheet = worksheet_of(current_version(pair.pairing.cohort.programme.handbook, "afterwards"))
    answers = {}
    for shape in sheet.fields():
        if shape.kind in {"longtext", "text"}:
            answers[shape.key] = "A call in May"
        elif shape.kind == "choice":
            answers[shape.key] = shape.options[0].key
    return send(output, pair.mentee, answers)


@pytest.mark.covers("plp.sys.121")
def test_beside_the_closure_question_on_goals_stand_the_goals_with_measure_and_review(closing):
    goals = closing.output(worksheet="goals", moment="session-1")
    send(goals, closing.mentee, {"goals": [{**GOAL, "due": "2027-02-01"}]})
    answer_goal(goal=Goal.objects.get(), comment="", agreed=True, actor=closing.mentor)
    review = closing.output(worksheet="goal-review", moment="mid-point")
    said = [{"_id": "cccc0001", "goal": GOAL["_id"], "standing": "on_the_way", "note": "HALF-DONE"}]
    send(review, closing.mentee, {"occasion": "mid_point", "date": "2027-01-20", "reviews": said})
    closure = closing.output(worksheet="closure", side="mentee")
    page = visit(closing.mentee, f"/o/{closing.organisation.slug}/outputs/{closure.pk}/").content.decode()
    for words in ("Lead a review", "It is accepted", "HALF-DONE"):
        assert words in page
