"""Responses: nothing typed is overwritten or lost, and only what is complete is sent."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from mentoring.accounts.models import User
from mentoring.history.models import Event
from mentoring.tenancy.scope import platform_scope
from templates_app.domain import responses
from templates_app.domain.responses import (
    NotComplete,
    StaleSave,
    WrongState,
    answers_of,
    register_field_hook,
    reopen_response,
    save_draft,
    submit_response,
)
from templates_app.models import Response, ResponseState, SideDraft
from templates_app.shapes import Kind
from tests.factories import UserFactory
from tests.templates_app.sheets import LOG, context_of, response_to
from tests.templates_app.sink import HELEN, field, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_organisation")]

WORDS = {"mattered": "The wharf at Vuna", "mood": 2}


@pytest.fixture
def ana(db: Any) -> User:
    return UserFactory(given_name="ʻAna")


@pytest.fixture
def helen(db: Any) -> User:
    return UserFactory(given_name="Helen")


def again(response: Response) -> Response:
    """The row as another request reads it."""
    return Response.objects.select_related("version").get(pk=response.pk)


def save(
    response: Response, actor: User, answers: dict, revision: int = 0, save_key: str = "", **context: Any
) -> Response:
    return save_draft(
        response=response,
        actor=actor,
        answers=answers,
        revision=revision,
        save_key=save_key,
        context=context_of(actor, **context),
    )


def send(response: Response, actor: User, answers: dict, revision: int = 0, save_key: str = "", then=None) -> Response:
    return submit_response(
        response=response,
        actor=actor,
        answers=answers,
        revision=revision,
        save_key=save_key,
        context=context_of(actor),
        then=then,
    )


# --- Drafts ---------------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_with_written_words_sealed_and_choices_plain(ana):
    response = response_to(LOG, ana)
    save(response, ana, WORDS)
    stored = again(response)
    assert answers_of(stored) == WORDS
    assert (stored.revision, stored.state, stored.answered, stored.asked) == (1, ResponseState.DRAFT, 2, 4)
    assert stored.saved_by == ana
    assert stored.facts == {"mood": 2}
    with platform_scope("what the column holds"), connection.cursor() as cursor:
        cursor.execute("SELECT texts, facts FROM templates_app_response")
        texts, facts = cursor.fetchone()
    assert b"wharf" not in bytes(texts)
    assert "wharf" not in str(facts)


def test_a_draft_keeps_what_nobody_understands(ana):
    response = response_to(LOG, ana)
    save(response, ana, {"mood": "quite good", "todo": [{"_id": "0e0e0e01", "action": "Ask", "by": "tomorrow"}]})
    assert answers_of(again(response)) == {
        "mood": {"_raw": "quite good"},
        "todo": [{"_id": "0e0e0e01", "action": "Ask", "by": {"_raw": "tomorrow"}}],
    }


def test_a_save_that_comes_too_late_overwrites_nothing_and_is_kept_whole(ana, helen):
    response = response_to(LOG, None)
    here, there = again(response), again(response)
    save(here, ana, {"mattered": "Mine"}, revision=0)
    with pytest.raises(StaleSave) as late:
        save(there, helen, {"mattered": "Hers", "mood": 3}, revision=0)
    assert answers_of(again(response)) == {"mattered": "Mine"}
    kept = SideDraft.objects.get()
    assert kept == late.value.side_draft
    assert (answers_of(kept), kept.author, kept.base_revision) == ({"mattered": "Hers", "mood": 3}, helen, 0)


def test_the_same_form_sent_twice_is_one_save(ana):
    response = response_to(LOG, ana)
    first, second = again(response), again(response)
    save(first, ana, WORDS, save_key="page-one")
    assert save(second, ana, WORDS, save_key="page-one").revision == 1
    assert again(response).revision == 1
    assert not SideDraft.objects.exists()


@pytest.mark.covers("plp.sys.101")
def test_a_page_that_never_heard_the_answer_saves_its_newer_words(ana):
    response = response_to(LOG, ana)
    save(again(response), ana, {"mattered": "The wh"}, save_key="page-one")
    save(again(response), ana, {"mattered": "The wharf"}, save_key="page-one")
    assert answers_of(again(response)) == {"mattered": "The wharf"}
    assert not SideDraft.objects.exists()


def test_another_page_of_the_same_person_does_not_overwrite_either(ana):
    response = response_to(LOG, ana)
    save(again(response), ana, {"mattered": "On the phone"}, save_key="phone")
    with pytest.raises(StaleSave):
        save(again(response), ana, {"mattered": "At the desk"}, save_key="desk")
    assert answers_of(again(response)) == {"mattered": "On the phone"}


def test_a_page_that_is_behind_keeps_one_side_draft_and_another_page_another(ana):
    response = response_to(LOG, ana)
    save(response, ana, {"mattered": "Stands"})
    for words, key in (("At th", "desk"), ("At the desk", "desk"), ("On the phone", "phone")):
        with pytest.raises(StaleSave):
            save(again(response), ana, {"mattered": words}, save_key=key)
    kept = [answers_of(side)["mattered"] for side in SideDraft.objects.order_by("created_at")]
    assert kept == ["At the desk", "On the phone"]


def test_two_who_wrote_the_same_are_no_conflict(ana, helen):
    response = response_to(LOG, None)
    save(again(response), ana, WORDS)
    save(again(response), helen, WORDS)
    assert not SideDraft.objects.exists()


def test_a_signature_cannot_be_slipped_in_through_a_draft(ana):
    worksheet = sheet(field("countersign"))
    response = response_to(worksheet, ana)
    forged = {"name": "Helen Ward", "at": "2026-11-20T01:00:00Z", "by": HELEN}
    save(response, ana, {"countersign": forged})
    assert answers_of(again(response)) == {"countersign": {"_raw": {"name": "Helen Ward"}}}


# --- Sending --------------------------------------------------------------------------------------------------------


def test_what_is_not_complete_is_not_sent_but_saved(ana):
    response = response_to(LOG, ana)
    with pytest.raises(NotComplete) as refused:
        send(response, ana, {"next": "Ask for the contract"})
    assert set(refused.value.checked.faults) == {"mattered"}
    stored = again(response)
    assert (stored.state, stored.revision) == (ResponseState.DRAFT, 1)
    assert answers_of(stored) == {"next": "Ask for the contract"}
    assert not Event.objects.filter(action="response.submitted").exists()


def test_sending_freezes_records_and_tells_the_owner(ana):
    response = response_to(LOG, ana)
    told = []
    send(response, ana, WORDS, then=told.append)
    stored = again(response)
    assert (stored.state, stored.submitted_by, stored.revision) == (ResponseState.SUBMITTED, ana, 1)
    assert stored.submitted_at is not None
    assert told == [ana]
    event = Event.objects.get(action="response.submitted")
    assert (event.actor, event.about_id, event.data) == (ana, response.pk, {"worksheet": "sheet"})


def test_sending_twice_by_the_same_form_is_sending_once(ana):
    response = response_to(LOG, ana)
    told = []
    first, second = again(response), again(response)
    send(first, ana, WORDS, save_key="page", then=told.append)
    send(second, ana, WORDS, save_key="page", then=told.append)
    assert told == [ana]
    assert Event.objects.filter(action="response.submitted").count() == 1
    assert not SideDraft.objects.exists()


def test_sending_on_a_revision_that_has_passed_sends_nothing_and_keeps_both(ana, helen):
    response = response_to(LOG, None)
    stale = again(response)
    save(response, helen, {"mattered": "Hers"})
    with pytest.raises(StaleSave):
        send(stale, ana, WORDS, revision=0)
    stored = again(response)
    assert (stored.state, answers_of(stored)) == (ResponseState.DRAFT, {"mattered": "Hers"})
    assert answers_of(SideDraft.objects.get()) == WORDS


def test_what_was_saved_meanwhile_word_for_word_can_be_sent(ana, helen):
    response = response_to(LOG, None)
    stale = again(response)
    save(response, helen, WORDS)
    send(stale, ana, WORDS, revision=0)
    assert again(response).state == ResponseState.SUBMITTED


def test_a_signed_sheet_sent_twice_a_moment_apart_is_sent_once(ana, time_machine_at):
    worksheet = sheet({"key": "sign", "kind": "signature", "label": "Sign", "need": "must"})
    response = response_to(worksheet, ana)
    first, second = again(response), again(response)
    typed = {"sign": {"name": "ʻAna Tuʻi", "agree": True}}
    for row, second_of_it in ((first, 1), (second, 2)):
        submit_response(
            response=row,
            actor=ana,
            answers=typed,
            revision=0,
            save_key="page",
            context=context_of(ana, now=time_machine_at(second_of_it)),
        )
    assert not SideDraft.objects.exists()
    assert answers_of(again(response))["sign"]["at"] == "2026-11-22T00:00:01Z"


@pytest.fixture
def time_machine_at():
    import datetime as dt

    return lambda seconds: dt.datetime(2026, 11, 22, 0, 0, seconds, tzinfo=dt.UTC)


# --- Field hooks ----------------------------------------------------------------------------------------------------


@pytest.fixture
def hooked(monkeypatch):
    """Hooks of this test alone; answers what they were called with."""
    monkeypatch.setattr(responses, "_hooks", {})
    calls: list[dict] = []
    register_field_hook(Kind.ACTION, lambda **call: calls.append(call))
    return calls


def test_rows_of_a_kind_reach_its_hook_without_examples(ana, hooked):
    response = response_to(LOG, ana)
    rows = [
        {"_id": "0e0e0e01", "action": "Ask for the contract"},
        {"_id": "0e0e0e02", "action": "Shown as an example", "_example": True},
    ]
    send(response, ana, WORDS | {"todo": rows})
    (call,) = hooked
    assert (call["field"].key, call["actor"], call["response"].pk) == ("todo", ana, response.pk)
    assert call["rows"] == [{"_id": "0e0e0e01", "action": "Ask for the contract"}]


def test_a_hook_hears_of_rows_that_were_taken_out(ana, hooked):
    response = response_to(LOG, ana)
    send(response, ana, WORDS)
    assert [call["rows"] for call in hooked] == [[]]


def test_a_draft_calls_no_hook(ana, hooked):
    save(response_to(LOG, ana), ana, {"todo": [{"_id": "0e0e0e01", "action": "Ask"}]})
    assert hooked == []


def test_when_a_hook_fails_nothing_was_sent(ana, monkeypatch):
    monkeypatch.setattr(responses, "_hooks", {})

    def broken(**_call: Any) -> None:
        raise RuntimeError("no goals today")

    register_field_hook(Kind.ACTION, broken)
    response = response_to(LOG, ana)
    with pytest.raises(RuntimeError):
        send(response, ana, WORDS)
    stored = again(response)
    assert (stored.state, stored.revision) == (ResponseState.DRAFT, 0)
    assert not Event.objects.exists()


# --- Who, and in which state ----------------------------------------------------------------------------------------

ACTIONS = {
    "save": lambda response, actor: save(response, actor, {"mattered": "Anew"}, revision=response.revision),
    "send": lambda response, actor: send(response, actor, {"mattered": "Anew"}, revision=response.revision),
    "reopen": lambda response, actor: reopen_response(response=response, actor=actor),
}
AFTERWARDS = {
    ("draft", "save"): "draft",
    ("draft", "send"): "submitted",
    ("draft", "reopen"): WrongState,
    ("reopened", "save"): "reopened",
    ("reopened", "send"): "submitted",
    ("reopened", "reopen"): WrongState,
    ("submitted", "save"): StaleSave,
    ("submitted", "send"): StaleSave,
    ("submitted", "reopen"): "reopened",
}


def in_state(state: str, author: User | None, actor: User) -> Response:
    response = response_to(LOG, author)
    if state in {"submitted", "reopened"}:
        send(response, actor, WORDS)
    if state == "reopened":
        reopen_response(response=response, actor=actor)
    return again(response)


@pytest.mark.parametrize(("state", "action"), AFTERWARDS)
def test_every_action_in_every_state(ana, state, action):
    response = in_state(state, ana, ana)
    expected = AFTERWARDS[state, action]
    if isinstance(expected, str):
        ACTIONS[action](response, ana)
        assert again(response).state == expected
        return
    with pytest.raises(expected):
        ACTIONS[action](response, ana)
    assert again(response).state == state
    assert answers_of(again(response)) == answers_of(response)


@pytest.mark.parametrize("action", ["save", "send"])
@pytest.mark.parametrize("state", ["draft", "submitted", "reopened"])
def test_nobody_but_its_author_writes(ana, helen, state, action):
    response = in_state(state, ana, ana)
    with pytest.raises(PermissionDenied):
        ACTIONS[action](response, helen)
    assert answers_of(again(response)) == answers_of(response)
    assert not SideDraft.objects.exists()


def test_saving_the_very_words_that_were_sent_says_so_and_keeps_nothing_aside(ana):
    response = in_state("submitted", ana, ana)
    with pytest.raises(WrongState):
        save(response, ana, WORDS, revision=response.revision)
    assert not SideDraft.objects.exists()


def test_a_sheet_taken_up_again_keeps_its_words_and_moves_on(ana):
    response = in_state("reopened", ana, ana)
    assert answers_of(response) == WORDS
    assert response.revision == 2
    send(response, ana, WORDS | {"mood": 3}, revision=2)
    assert Event.objects.filter(action__startswith="response.").count() == 3
    assert answers_of(again(response)) == WORDS | {"mood": 3}
