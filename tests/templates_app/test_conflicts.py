"""Two people, or two devices, on one sheet: both texts are shown, nothing is lost, and one sheet comes of it."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.tenancy.scope import tenant_scope
from templates_app.domain.conflicts import drop_side_draft, open_side_drafts, settle_side_draft
from templates_app.domain.merging import Choice, differences, merged
from templates_app.domain.responses import StaleSave, answers_of, save_draft, submit_response
from templates_app.models import SideDraft
from tests.factories import UserFactory
from tests.templates_app import tiny_owner
from tests.templates_app.sheets import LOG, context_of, response_to
from tests.templates_app.sink import field, sheet

MIXED = sheet(
    {"key": "said", "kind": "longtext", "label": "What was said?"},
    {"key": "title", "kind": "text", "label": "In one line"},
    {"key": "mood", "kind": "scale", "label": "How was it?", "points": [{"value": 1}, {"value": 2}]},
    field("model"),
    field("ticks"),
    {"key": "todo", "kind": "action", "label": "What happens next?"},
)


# --- Merging --------------------------------------------------------------------------------------------------------


def best(standing: dict, mine: dict) -> dict[str, str]:
    return {difference.key: str(difference.best) for difference in differences(MIXED, standing, mine)}


def test_only_what_differs_is_asked_about_in_the_sheets_order():
    standing = {"said": "A", "title": "Same", "mood": 1}
    mine = {"said": "B", "title": "Same", "mood": 2}
    assert list(best(standing, mine)) == ["said", "mood"]


def test_the_proposal_loses_nothing():
    assert best({"said": "A"}, {"said": "B"}) == {"said": "both"}
    assert best({"said": "A"}, {}) == {"said": "standing"}
    assert best({}, {"said": "B", "mood": 2}) == {"said": "mine", "mood": "mine"}
    assert best({"mood": 1}, {"mood": 2}) == {"mood": "mine"}


@pytest.mark.parametrize(("choice", "said"), [("standing", "A"), ("mine", "B"), ("both", "A\n\nB")])
def test_a_text_is_taken_from_one_or_both(choice, said):
    assert merged(MIXED, {"said": "A"}, {"said": "B"}, {"said": Choice(choice)}) == {"said": said}


def test_a_choice_brings_the_words_of_its_other():
    standing, mine = {"model": "online"}, {"model": "other", "model__other": "On the ferry"}
    assert merged(MIXED, standing, mine, {"model": Choice.MINE}) == mine
    assert merged(MIXED, mine, standing, {"model": Choice.MINE}) == standing


def test_ticks_and_notes_of_both_come_together():
    standing = {"ticks": {"read": {"done": True}, "books": {"done": False, "note": "Hauʻofa"}}}
    mine = {"ticks": {"books": {"done": True, "note": "Wendt"}, "where": {"done": False, "note": "Online"}}}
    assert merged(MIXED, standing, mine, {})["ticks"] == {
        "read": {"done": True},
        "books": {"done": True, "note": "Hauʻofa / Wendt"},
        "where": {"done": False, "note": "Online"},
    }


def test_rows_of_both_come_together_and_a_changed_row_comes_twice():
    same, theirs = {"_id": "0e0e0e01", "action": "Ask"}, {"_id": "0e0e0e02", "action": "Theirs"}
    changed, added = {"_id": "0e0e0e02", "action": "Mine"}, {"_id": "0e0e0e03", "action": "Added"}
    result = merged(MIXED, {"todo": [same, theirs]}, {"todo": [same, changed, added]}, {})["todo"]
    assert [row["action"] for row in result] == ["Ask", "Theirs", "Mine", "Added"]
    assert "_id" not in result[2], "it gets a name of its own"


ROWS = st.fixed_dictionaries({"_id": st.sampled_from(["0e0e0e01", "0e0e0e02"]), "action": st.text(min_size=1)})
TEXTS = st.fixed_dictionaries(
    {},
    optional={
        "said": st.text(min_size=1),
        "title": st.text(min_size=1),
        "todo": st.lists(
            st.fixed_dictionaries({"_id": st.sampled_from(["0e0e0e01", "0e0e0e02"]), "action": st.text(min_size=1)})
        ),
    },
)


# A slow machine takes its time to draw nested rows; hypothesis would call that a fault of the test.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_every_word_of_both_is_in_the_proposal(standing, mine):
    result = merged(MIXED, standing, mine, {})
    for answers in (standing, mine):
        for key in ("said", "title"):
            assert answers.get(key, "") in result.get(key, "")
        for row in answers.get("todo", []):
            assert row["action"] in [kept["action"] for kept in result["todo"]]


# --- Settling -------------------------------------------------------------------------------------------------------


def stale(response, user, answers, key="desk") -> SideDraft:
    with pytest.raises(StaleSave) as late:
        save_draft(response=response, actor=user, answers=answers, revision=99, save_key=key, context=context_of(user))
    return late.value.side_draft


def settle(side, response, user, answers, revision):
    return settle_side_draft(
        side_draft=side, response=response, actor=user, answers=answers, revision=revision, context=context_of(user)
    )


@pytest.fixture
def two(in_organisation):
    """A joint sheet that one has saved, and the other's text that came too late."""
    ana, helen = UserFactory(), UserFactory()
    response = response_to(LOG, None)
    save_draft(response=response, actor=ana, answers={"mattered": "Ana’s"}, revision=0, context=context_of(ana))
    return ana, helen, response, stale(response, helen, {"mattered": "Helen’s"})


def test_settling_saves_one_text_and_closes_the_other(two):
    _ana, helen, response, side = two
    settle(side, response, helen, {"mattered": "Ours"}, response.revision)
    assert answers_of(response) == {"mattered": "Ours"}
    assert open_side_drafts(response, helen) == []
    assert answers_of(SideDraft.objects.get(pk=side.pk)) == {"mattered": "Helen’s"}, "closed, not deleted"


def test_another_save_while_settling_loses_nothing_either(two):
    ana, helen, response, side = two
    seen = response.revision
    save_draft(
        response=response, actor=ana, answers={"mattered": "Ana’s newer"}, revision=seen, context=context_of(ana)
    )
    with pytest.raises(StaleSave):
        settle(side, response, helen, {"mattered": "Ours"}, seen)
    response.refresh_from_db()
    assert answers_of(response) == {"mattered": "Ana’s newer"}
    (waiting,) = open_side_drafts(response, helen)
    assert answers_of(waiting) == {"mattered": "Ours"}


def test_letting_ones_own_text_go_changes_nothing_that_stands(two):
    _ana, helen, response, side = two
    drop_side_draft(side_draft=side, actor=helen)
    response.refresh_from_db()
    assert answers_of(response) == {"mattered": "Ana’s"}
    assert open_side_drafts(response, helen) == []


def test_only_its_author_settles_it(two):
    ana, _helen, response, side = two
    with pytest.raises(PermissionDenied):
        drop_side_draft(side_draft=side, actor=ana)
    with pytest.raises(PermissionDenied):
        settle(side, response, ana, {"mattered": "Taken"}, response.revision)
    assert open_side_drafts(response, ana) == []


# --- The page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def desks(company, desk_of):
    """Both partners at a joint sheet: the mentee has saved, the mentor's save came too late."""
    mentee = desk_of(company.mentee, author=None)
    mentor = desk_of(company.mentor, response=mentee.response)
    mentee.post({"f-mattered": "What Mentee wrote", "f-mood": "1"})
    answer = mentor.post(
        {"f-mattered": "What Mentor wrote", "f-mood": "3", "f-next": "Call"}, revision=0, save_key="theirs"
    )
    assert answer.url == mentor.urls.conflict
    return mentee, mentor


def test_both_texts_stand_side_by_side_for_who_came_late(desks, company):
    mentee, mentor = desks
    page = mentor.client.get(mentor.urls.conflict).content.decode()
    assert "What Mentee wrote" in page
    assert "What Mentor wrote" in page
    assert company.mentee.name in page
    assert mentee.client.get(mentee.urls.conflict).url == mentee.urls.page, "nothing to settle for who came first"


def test_the_choices_make_one_sheet(desks):
    _mentee, mentor = desks
    chosen = {"revision": 1, "do": "save", "take-mattered": "both", "take-mood": "standing", "take-next": "mine"}
    answer = mentor.client.post(mentor.urls.conflict, chosen, follow=True)
    assert answer.redirect_chain[-1][0] == mentor.urls.page
    assert answers_of(mentor.row()) == {"mattered": "What Mentee wrote\n\nWhat Mentor wrote", "mood": 1, "next": "Call"}


def test_without_javascript_or_choices_the_proposal_is_saved(desks):
    _mentee, mentor = desks
    mentor.client.post(mentor.urls.conflict, {"revision": 1, "do": "save", "take-mood": "nonsense"})
    assert answers_of(mentor.row())["mattered"] == "What Mentee wrote\n\nWhat Mentor wrote"


def test_a_sheet_that_changed_once_more_is_shown_again(desks):
    mentee, mentor = desks
    mentee.post({"f-mattered": "Newer still", "f-mood": "1"}, save_key="another")
    answer = mentor.client.post(mentor.urls.conflict, {"revision": 1, "do": "save"}, follow=True)
    page = answer.content.decode()
    assert "changed once more" in page
    assert "Newer still" in page
    assert "What Mentor wrote" in page


def test_ones_own_text_can_be_let_go(desks):
    _mentee, mentor = desks
    mentor.client.post(mentor.urls.conflict, {"revision": 1, "do": "drop"})
    assert answers_of(mentor.row()) == {"mattered": "What Mentee wrote", "mood": 1}
    assert mentor.client.get(mentor.urls.conflict).url == mentor.urls.page


def test_several_late_texts_are_settled_one_after_the_other(desks, company):
    _mentee, mentor = desks
    mentor.post({"f-mattered": "From the phone"}, revision=0, save_key="phone")
    page = mentor.client.get(mentor.urls.conflict).content.decode()
    assert "One more version is waiting" in page
    mentor.client.post(mentor.urls.conflict, {"revision": 1, "do": "save"})
    page = mentor.client.get(mentor.urls.conflict).content.decode()
    assert "From the phone" in page
    with tenant_scope(company.organisation):
        assert SideDraft.objects.filter(settled_at=None).count() == 1


def sent_by(user, answers: dict):
    """That person sends the sheet with these answers."""

    def send(response):
        submit_response(
            response=response, actor=user, answers=answers, revision=response.revision, context=context_of(user)
        )

    return send


@pytest.mark.parametrize("last_words", ["What Mentee wrote\n\nWhat Mentor wrote", "Something else"])
def test_a_sheet_that_is_sent_while_one_settles_says_so_and_loses_nothing(desks, company, last_words):
    """Whether what was sent are the very words one was about to save, or others."""
    _mentee, mentor = desks
    sent = {"mattered": last_words, "mood": 3, "next": "Call"}
    tiny_owner.BETWEEN.append(sent_by(company.mentee, sent))
    answer = mentor.client.post(mentor.urls.conflict, {"revision": 1, "do": "save"}, follow=True)
    assert answer.status_code == 200
    assert re.search("sent meanwhile|changed once more", answer.content.decode())
    assert answers_of(mentor.row()) == sent
    with tenant_scope(company.organisation):
        [waiting] = open_side_drafts(mentor.row(), company.mentor)
        assert "What Mentor wrote" in answers_of(waiting)["mattered"]


def test_settling_after_it_was_sent_says_so_and_keeps_ones_text(desks, company):
    _mentee, mentor = desks
    with tenant_scope(company.organisation):
        sent_by(company.mentee, {"mattered": "Sent", "mood": 3})(mentor.row())
    answer = mentor.client.post(mentor.urls.conflict, {"revision": 1, "do": "save"}, follow=True)
    page = answer.content.decode()
    assert "sent or closed meanwhile" in page
    assert "What Mentor wrote" in page


def test_a_conflict_of_two_of_ones_own_devices_says_so(company, desk_of):
    desk = desk_of(company.mentee)
    desk.post({"f-mattered": "On the phone"}, save_key="phone")
    desk.post({"f-mattered": "At the desk"}, revision=0, save_key="desk")
    assert "another page or device of yours" in desk.client.get(desk.urls.conflict).content.decode()
