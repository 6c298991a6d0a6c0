"""What a pair does in a moment, by the pages: a win told, the plan changed with a word of feedback, something passed on."""

import re

import pytest
from django.test import Client

from mentoring.notices.models import Message
from pairs.models import Action, Output
from templates_app.domain.responses import answers_of
from tests.pairs.test_board import places
from tests.pairs.test_goal_tree import SMART, aspire, html_of

__all__ = ["aspire"]

WIN = {"f-date": "2026-11-03", "f-what": "The chief listened", "f-kind": "feedback", "f-goal": SMART["_id"]}


def begun(pair, client: Client, worksheet: str) -> str:
    """The address of a sheet that was begun by its button."""
    answer = client.post(f"{pair.place}worksheets/{worksheet}/new/")
    assert answer.status_code == 302
    return answer["Location"]


def sent_at(client: Client, address: str, do: str, **words: str):
    """The answer to a form that was filled in and sent off by one of its buttons."""
    html = client.get(address).content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', html).group(1)
    return client.post(address, {"revision": revision, "_end": "1", "_do": do, **words})


def told(user) -> list[Message]:
    return list(Message.objects.filter(kind="pairs.sheet_sent", recipient=user))


# --- A small win ----------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.26")
def test_a_small_win_is_one_form_that_is_sent_at_once_and_the_partner_is_told(aspire, sign_in):
    client = sign_in(aspire.mentee)
    Message.objects.all().delete()
    assert "worksheets/small-win/new/" in html_of(aspire, aspire.mentee, "goals/")
    address = begun(aspire, client, "small-win")
    assert "Review and send" not in client.get(address).content.decode()
    answer = sent_at(client, address, "send", **WIN)
    sheet = Output.objects.get(worksheet="small-win")
    assert answer["Location"] == aspire.url(f"outputs/{sheet.pk}/read/")
    assert (sheet.done_at is not None, answers_of(sheet.response)["what"]) == (True, "The chief listened")
    [message] = told(aspire.mentor)
    assert message.context["link"].endswith(f"outputs/{sheet.pk}/read/")
    assert "The chief listened" not in str(message.context)
    assert told(aspire.mentee) == []
    assert "The chief listened" in sign_in(aspire.mentor).get(aspire.url(f"outputs/{sheet.pk}/read/")).content.decode()


def test_what_is_needed_is_asked_for_before_a_win_goes_out(aspire, sign_in):
    client = sign_in(aspire.mentor)
    answer = sent_at(client, begun(aspire, client, "small-win"), "send", **WIN | {"f-what": ""})
    assert answer["Location"].endswith("?check=1")
    assert Output.objects.get(worksheet="small-win").done_at is None
    assert told(aspire.mentee) == []


def test_other_sheets_are_read_over_first_and_tell_nobody_of_what_both_wrote(aspire, sign_in):
    client = sign_in(aspire.mentee)
    Message.objects.all().delete()
    for worksheet, words in (("journal", {"f-date": "2026-11-03", "f-thoughts": "Hm"}), ("milestones", {})):
        sent_at(client, begun(aspire, client, worksheet), "send", **words)
        assert not Output.objects.filter(worksheet=worksheet, moment="extra-2", done_at__isnull=False).exists()
    assert Output.objects.get(worksheet="journal").done_at is None
    assert told(aspire.mentor) == []


# --- Feedback ---------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.30")
def test_feedback_changes_the_plan_in_the_same_step(aspire, sign_in):
    client = sign_in(aspire.mentor)
    address = begun(aspire, client, "feedback")
    words = {
        "f-direction": "4",
        "f-adjust": "Smaller meetings first",
        "f-tasks-0-task": "Chair the tea round",
        "f-tasks-0-owner": "mentee",
        "f-tasks-0-due": "2026-11-20",
        "f-tasks-0-goal": SMART["_id"],
    }
    assert sent_at(client, address, "review", **words).status_code == 302
    assert not Action.objects.exists(), "as long as it is not sent the plan stands"
    sheet = Output.objects.get(worksheet="feedback", response__isnull=False)
    sent = client.post(aspire.url(f"outputs/{sheet.pk}/review/"), {"revision": sheet.response.revision})
    assert sent["Location"] == aspire.url(f"outputs/{sheet.pk}/read/")
    [task] = Action.objects.all()
    assert (task.text, task.owner.side, str(task.due_on)) == ("Chair the tea round", "mentee", "2026-11-20")
    assert places(aspire, aspire.mentee)["Chair the tea round"] == "to-do"
    assert "for: Lead a team" in html_of(aspire, aspire.mentee, "actions/")


# --- Something that could help ------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.44")
def test_a_mentor_passes_something_on_and_sees_when_it_was_used(aspire, sign_in):
    mentor, mentee = sign_in(aspire.mentor), sign_in(aspire.mentee)
    Message.objects.all().delete()
    address = begun(aspire, mentor, "resource-offer")
    link = "https://books.example/leading"
    words = {
        "f-title": "Leading gently",
        "f-kind": "book",
        "f-given_as": "link",
        "f-link": link,
        "f-for_whom": "mentee",
    }
    sent_at(mentor, address, "review", **words)
    sheet = Output.objects.get(worksheet="resource-offer")
    read = aspire.url(f"outputs/{sheet.pk}/read/")
    assert mentee.get(read).status_code == 404, "before it is sent"
    mentor.post(aspire.url(f"outputs/{sheet.pk}/review/"), {"revision": sheet.response.revision})
    [message] = told(aspire.mentee)
    assert message.context["link"].endswith(f"outputs/{sheet.pk}/read/")
    assert link in mentee.get(read).content.decode()
    used = "Thursday 5 November"
    assert used not in mentor.get(read).content.decode()
    sheet.response.refresh_from_db()
    reply = {"revision": sheet.response.revision, "_end": "1", "r-used": "2026-11-05"}
    assert mentor.post(aspire.url(f"outputs/{sheet.pk}/reply/"), reply).status_code == 403
    assert mentee.post(aspire.url(f"outputs/{sheet.pk}/reply/"), reply).status_code == 302
    html = mentor.get(read).content.decode()
    assert "When was it used?" in html
    assert "5 November 2026" in html
    assert sign_in(aspire.coordinator).get(read).status_code == 404
