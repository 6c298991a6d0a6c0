"""The pages of a worksheet: fill in, save, read over, send, read."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.tenancy.scope import tenant_scope
from templates_app.domain.responses import WrongState, answers_of
from templates_app.models import ResponseState, SideDraft
from tests.templates_app import tiny_owner
from tests.templates_app.sheets import wide_sheet
from tests.templates_app.sink import sheet

WORDS = {"f-mattered": "The wharf at Vuna", "f-mood": "2"}


def text_of(page) -> str:
    return page.content.decode()


# --- Filling in -----------------------------------------------------------------------------------------------------


def test_who_reads_it_stands_above_the_first_field(company, desk_of):
    desk = desk_of(company.mentee)
    page = text_of(desk.client.get(desk.urls.page))
    assert page.index("Helen, once you both have sent yours.") < page.index('name="f-mattered"')


def test_what_helps_with_an_answer_stands_beside_its_question(company, desk_of):
    worksheet = sheet(
        {"key": "other", "kind": "text", "label": "Other"},
        {"key": "reached", "kind": "longtext", "label": "What did you reach?", "beside": "goals"},
    )
    desk = desk_of(company.mentee, worksheet)
    page = text_of(desk.client.get(desk.urls.page))
    assert page.count("Lead an EIA review") == 1
    assert page.index('name="f-other"') < page.index("Lead an EIA review") < page.index('name="f-reached"')
    assert "How we know: &lt;two&gt; reviews done" in page


@pytest.mark.parametrize(
    ("button", "leads_to"), [("save", "page"), ("", "page"), ("later", "back"), ("review", "review")]
)
def test_every_button_saves_first(company, desk_of, button, leads_to):
    desk = desk_of(company.mentee)
    answer = desk.post(WORDS, do=button)
    assert answer.status_code == 302
    assert answer.url == getattr(desk.urls, leads_to)
    assert answers_of(desk.row()) == {"mattered": "The wharf at Vuna", "mood": 2}


def test_what_was_saved_stands_in_the_form_again(company, desk_of):
    desk = desk_of(company.mentee)
    desk.post({"f-mattered": "A <b>bold</b> “claim”"})
    page = text_of(desk.client.get(desk.urls.page))
    assert "A &lt;b&gt;bold&lt;/b&gt; “claim”" in page
    assert re.search(r"Saved \d+:\d\d", page)
    assert 'name="revision" value="1"' in page


def test_a_row_is_added_without_javascript_and_nothing_typed_is_lost(company, desk_of):
    desk = desk_of(company.mentee)
    page = text_of(desk.post(WORDS | {"_op": "add:todo"}))
    assert "The wharf at Vuna" in page
    before = page.count('name="f-todo-')
    row = re.search(r'name="f-todo-0-_id" value="([0-9a-f]{8})"', page)
    assert row
    filled = {"f-todo-0-_id": row[1], "f-todo-0-action": "Ask for the contract"}
    page = text_of(desk.post(WORDS | filled | {"_op": "add:todo"}, save_key="next"))
    assert page.count('name="f-todo-') > before
    assert answers_of(desk.row())["todo"] == [{"_id": row[1], "action": "Ask for the contract"}]


def test_a_row_is_taken_out_without_javascript(company, desk_of):
    rows = [{"_id": "0e0e0e01", "action": "Keep"}, {"_id": "0e0e0e02", "action": "Drop"}]
    desk = desk_of(company.mentee, answers={"todo": rows})
    sent = {
        f"f-todo-{n}-{name}": row[key]
        for n, row in enumerate(rows)
        for name, key in (("_id", "_id"), ("action", "action"))
    }
    page = text_of(desk.post(sent | {"_op": "remove:todo:1"}))
    assert "Keep" in page
    assert "Drop" not in page
    assert [row["action"] for row in answers_of(desk.row())["todo"]] == ["Keep"]


def test_a_post_cut_short_erases_nothing(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "Long ago", "next": "Later"})
    desk.client.post(desk.urls.page, {"revision": 0, "save_key": "page", "f-mattered": "New"})
    assert answers_of(desk.row()) == {"mattered": "New", "next": "Later"}


def test_a_revision_that_is_nonsense_overwrites_nothing(company, desk_of):
    desk = desk_of(company.mentee)
    desk.post({"f-mattered": "Stands"})
    for nonsense in ("", "x", "-1", "9" * 30, "²"):
        answer = desk.post({"f-mattered": f"Sent with {nonsense}"}, revision=nonsense, save_key=f"other{nonsense}")
        assert answer.url == desk.urls.conflict
    assert answers_of(desk.row()) == {"mattered": "Stands"}
    with tenant_scope(company.organisation):
        assert SideDraft.objects.count() == 5


# --- Autosave -------------------------------------------------------------------------------------------------------


def test_autosave_says_when_it_saved_and_how_far_it_is(company, desk_of):
    desk = desk_of(company.mentee)
    answer = desk.post(WORDS, url=desk.urls.draft)
    told = answer.json()
    assert answer.status_code == 200
    assert set(told) == {"saved_at", "saved_label", "revision", "answered", "total"}
    assert (told["revision"], told["answered"], told["total"]) == (1, 2, 4)
    assert re.fullmatch(r"Saved \d+:\d\d", told["saved_label"])


def test_autosave_behind_another_save_leads_to_both_texts(company, desk_of):
    desk = desk_of(company.mentee)
    desk.post({"f-mattered": "On the phone"}, save_key="phone")
    answer = desk.post({"f-mattered": "At the desk"}, url=desk.urls.draft, revision=0, save_key="desk")
    assert (answer.status_code, answer.json()) == (409, {"conflict_url": desk.urls.conflict})
    assert answers_of(desk.row()) == {"mattered": "On the phone"}


def test_autosave_of_somebody_signed_out_is_told_so(company, desk_of):
    desk = desk_of(company.mentee)
    desk.client.logout()
    answer = desk.client.post(desk.urls.draft, {"revision": 0, **WORDS})
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/json")
    assert answers_of(desk.row()) == {}


def test_the_draft_key_is_the_same_for_the_same_person_only(company, desk_of):
    mine = desk_of(company.mentee, author=None)
    hers = desk_of(company.mentor, response=mine.response)
    keys = [
        re.search('data-draft-key="([^"]+)"', text_of(desk.client.get(desk.urls.page)))[1]
        for desk in (mine, mine, hers)
    ]
    assert keys[0] == keys[1] != keys[2]


# --- Reading over and sending ---------------------------------------------------------------------------------------


def test_what_is_missing_is_named_with_a_way_to_it_and_there_is_no_button_to_send(company, desk_of):
    desk = desk_of(company.mentee, answers={"mood": 1})
    page = text_of(desk.client.get(desk.urls.review))
    assert f"{desk.urls.page}?check=1#" in page
    assert "What mattered?" in page
    assert 'value="send"' not in page
    form = text_of(desk.client.get(f"{desk.urls.page}?check=1"))
    assert "This answer is needed." in form


def test_what_is_only_wished_for_is_a_warning_and_can_be_left(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "The wharf", "mood": 2})
    page = text_of(desk.client.get(desk.urls.review))
    assert "You could still answer" in page
    answer = desk.client.post(desk.urls.review, {"revision": 0, "do": "send"})
    assert answer.url == desk.urls.read
    assert desk.row().state == ResponseState.SUBMITTED
    assert [(user, row.pk) for user, row in tiny_owner.SUBMITTED] == [(company.mentee, desk.response.pk)]


def test_what_changed_since_it_was_read_over_is_not_sent(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "The wharf"})
    desk.post({"f-mattered": "The wharf, again"})
    answer = desk.client.post(desk.urls.review, {"revision": 0, "do": "send"}, follow=True)
    assert "has changed since you read it over" in text_of(answer)
    assert desk.row().state == ResponseState.DRAFT


def test_an_incomplete_sheet_is_not_sent_by_a_post_either(company, desk_of):
    desk = desk_of(company.mentee, answers={"mood": 1})
    answer = desk.client.post(desk.urls.review, {"revision": 0, "do": "send"})
    assert answer.url == f"{desk.urls.page}?check=1"
    assert desk.row().state == ResponseState.DRAFT


@pytest.mark.parametrize("refusal", [WrongState("moved on"), PermissionDenied("left")])
def test_a_sending_that_the_owner_cannot_take_any_more_says_so_and_keeps_the_words(company, desk_of, refusal):
    desk = desk_of(company.mentee, answers={"mattered": "The wharf"})
    tiny_owner.REFUSALS.append(refusal)
    answer = desk.client.post(desk.urls.review, {"revision": 0, "do": "send"})
    assert (answer.status_code, answer.url) == (302, desk.urls.back)
    assert "What was saved is kept" in text_of(desk.client.get(desk.urls.page))
    assert desk.row().state == ResponseState.DRAFT
    assert answers_of(desk.row()) == {"mattered": "The wharf"}


def test_sending_what_was_sent_already_says_so(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "The wharf"})
    for _click in range(2):
        answer = desk.client.post(desk.urls.review, {"revision": 0, "do": "send"}, follow=True)
    assert "sent or closed already" in text_of(answer)
    assert len(tiny_owner.SUBMITTED) == 1


def test_a_sent_sheet_is_read_and_can_be_taken_up_again(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "The **wharf**"})
    desk.client.post(desk.urls.review, {"revision": 0, "do": "send"})
    assert desk.client.get(desk.urls.page).url == desk.urls.read
    page = text_of(desk.client.get(desk.urls.read))
    assert "The <strong>wharf</strong>" in page
    assert "Take it up again" in page
    assert desk.client.post(desk.urls.reopen).url == desk.urls.page
    assert desk.row().state == ResponseState.REOPENED
    assert desk.client.get(desk.urls.page).status_code == 200


def test_a_late_post_to_a_sent_sheet_keeps_the_words_aside(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "The wharf"})
    desk.client.post(desk.urls.review, {"revision": 0, "do": "send"})
    answer = desk.post({"f-mattered": "The wharf and more"}, revision=0, save_key="old page")
    assert answer.url == desk.urls.conflict
    page = text_of(desk.client.get(desk.urls.conflict))
    assert "The wharf and more" in page
    assert "This sheet was sent meanwhile" in page


# --- Who may come ---------------------------------------------------------------------------------------------------


def test_a_reader_sees_what_was_sent_without_private_fields_and_cannot_change_it(company, desk_of):
    worksheet = sheet(
        {"key": "open", "kind": "text", "label": "Open"},
        {"key": "own", "kind": "text", "label": "My own", "readers": "private"},
    )
    desk = desk_of(company.mentee, worksheet, answers={"open": "For both", "own": "For me alone"})
    partner = desk_of(company.mentor, response=desk.response)
    tiny_owner.READERS.add(company.mentor.pk)
    assert partner.client.get(partner.urls.read).status_code == 404
    desk.client.post(desk.urls.review, {"revision": 0, "do": "send"})
    page = text_of(partner.client.get(partner.urls.read))
    assert "For both" in page
    assert "For me alone" not in page
    assert "My own" not in page
    assert "Take it up again" not in page
    assert partner.client.post(partner.urls.reopen).status_code == 403
    assert partner.post({"f-open": "Changed"}).url == partner.urls.read
    assert partner.post({"f-open": "Changed"}, url=partner.urls.draft).status_code == 403
    assert answers_of(desk.row())["open"] == "For both"


@pytest.mark.parametrize("page", ["page", "review", "conflict", "read"])
def test_who_has_nothing_to_do_with_it_finds_nothing(company, desk_of, page):
    desk = desk_of(company.mentee)
    stranger = desk_of(company.mentor_two, response=desk.response)
    assert stranger.client.get(getattr(desk.urls, page)).status_code == 404


@pytest.mark.parametrize("page", ["draft", "pdf", "reopen", "share"])
def test_what_only_does_something_cannot_be_looked_at(company, desk_of, page):
    desk = desk_of(company.mentee)
    assert desk.client.get(getattr(desk.urls, page)).status_code == 405


# --- Hostile words --------------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "<style>body{display:none}</style>",
    "{{ request.user.password }}{% include 'base.html' %}",
    "[x](javascript:alert(1)) ![p](http://evil.example/p.png)",
    "\u202e\u0000\ufeff&amp;&lt;",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(company, desk_of, words):
    desk = desk_of(company.mentee)
    desk.post({"f-mattered": words, "f-next": words, "f-todo-0-_id": "0e0e0e01", "f-todo-0-action": words})
    for address in (desk.urls.page, desk.urls.review):
        page = text_of(desk.client.get(address))
        body = page[page.index("<main") :]
        assert "<script>alert" not in body
        assert "<img" not in body
        assert "<style" not in body
        assert "javascript:" not in re.sub(r"<(textarea|input)[^>]*>[^<]*", "", body).replace(
            "[x](javascript:alert(1))", ""
        )
        assert "pbkdf2" not in body
        assert "md5$" not in body


# --- Cost -----------------------------------------------------------------------------------------------------------


def own_queries(work) -> tuple[int, int]:
    """How many queries ``work`` makes on this room's tables, and how many in all (the frame's menus too)."""
    with CaptureQueriesContext(connection) as made:
        assert work().status_code == 200
    return sum("templates_app_" in query["sql"] for query in made.captured_queries), len(made)


def test_a_sheet_of_200_fields_opens_with_the_queries_of_one_of_20(company, desk_of):
    counts = []
    for fields in (20, 200):
        desk = desk_of(company.mentee, wide_sheet(fields))
        desk.client.get(desk.urls.page)
        counts.append(own_queries(lambda: desk.client.get(desk.urls.page)))  # noqa: B023 - called at once
    (narrow, narrow_in_all), (wide, wide_in_all) = counts
    assert narrow == wide == 1, "the response with its version"
    assert wide_in_all == narrow_in_all


def test_a_sheet_of_200_fields_is_saved_with_the_queries_of_one_of_20(company, desk_of):
    counts = []
    for fields in (20, 200):
        desk = desk_of(company.mentee, wide_sheet(fields))
        answers = {f"f-q{number}": "words" for number in range(fields)} | {"revision": 0, "save_key": "k", "_end": "1"}
        counts.append(own_queries(lambda: desk.client.post(desk.urls.draft, answers)))  # noqa: B023 - called at once
    (narrow, narrow_in_all), (wide, wide_in_all) = counts
    assert narrow == wide == 2, "the response with its version, and the update"
    assert wide_in_all == narrow_in_all


# --- A sign-in that runs out in mid-form ----------------------------------------------------------------------------

HERE = {"HTTP_ORIGIN": "http://testserver"}


def test_a_sheet_sent_while_signed_out_is_there_after_signing_in_and_is_then_saved(company, desk_of):
    desk = desk_of(company.mentee, answers={"next": "Earlier"})
    desk.client.logout()
    answer = desk.client.post(
        desk.urls.page, {"revision": 0, "save_key": "page", "_end": "1", "_do": "review", **WORDS}, **HERE
    )
    back = parse_qs(urlsplit(answer.url).query)["next"][0]
    assert answers_of(desk.row()) == {"next": "Earlier"}
    desk.client.force_login(company.mentee, backend="django.contrib.auth.backends.ModelBackend")
    page = text_of(desk.client.get(back))
    assert "What you typed is here" in page
    assert "The wharf at Vuna" in page
    assert "Not saved yet" in page
    key = re.search(r'name="save_key" value="(\w+)"', page)[1]
    desk.client.post(back, {"revision": 0, "save_key": key, "_end": "1", "_do": "later", **WORDS})
    assert answers_of(desk.row()) == {"mattered": "The wharf at Vuna", "mood": 2}
    assert "The wharf" not in text_of(desk.client.get(back)).split("<main")[0]
    assert "What you typed is here" not in text_of(desk.client.get(back)), "saved, so not kept any more"


def test_what_was_typed_on_an_old_revision_still_overwrites_nothing(company, desk_of):
    desk = desk_of(company.mentee)
    desk.client.logout()
    answer = desk.client.post(desk.urls.page, {"revision": 0, "save_key": "page", "_end": "1", **WORDS}, **HERE)
    back = parse_qs(urlsplit(answer.url).query)["next"][0]
    desk.client.force_login(company.mentee, backend="django.contrib.auth.backends.ModelBackend")
    desk.post({"f-mattered": "From the phone meanwhile"}, save_key="phone")
    page = text_of(desk.client.get(back))
    assert 'name="revision" value="0"' in page
    late = desk.client.post(back, {"revision": 0, "save_key": "page", "_end": "1", **WORDS})
    assert late.url == desk.urls.conflict
    assert answers_of(desk.row()) == {"mattered": "From the phone meanwhile"}


def test_a_page_that_stood_open_too_long_shows_what_was_typed_instead_of_an_error(company, desk_of):
    desk = desk_of(company.mentee)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(company.mentee, backend="django.contrib.auth.backends.ModelBackend")
    data = {"revision": 0, "save_key": "page", "_end": "1", "csrfmiddlewaretoken": "old", **WORDS}
    answer = strict.post(desk.urls.page, data, follow=True, **HERE)
    assert answer.status_code == 200
    assert "The wharf at Vuna" in text_of(answer)
    assert answers_of(desk.row()) == {}
    assert strict.post(desk.urls.draft, data, **HERE).json().keys() == {"csrf_token"}
