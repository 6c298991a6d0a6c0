"""The worksheet's page in a real browser: nothing typed is ever lost, with and without JavaScript, on a line and off it."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Page, expect

from tests.templates_app import worksheet_site
from tests.templates_app.sink import A_FILE, FULL, sheet
from tests.templates_app.worksheet_site import Desk
from tests.ui.browser import DESK, NARROWEST, PHONE, window

pytestmark = pytest.mark.browser

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
expect.set_options(timeout=20_000)
SECRET = "Words that nobody else may read"


class Server(ThreadingMixIn, WSGIServer):
    """Serves several requests at once, as browsers ask."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing about requests."""

    def log_message(self, *_args: object) -> None:
        return None


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The site of one worksheet, with the product's own content security policy."""
    templates = [
        settings.TEMPLATES[0] | {"OPTIONS": {"context_processors": ["django.template.context_processors.request"]}}
    ]
    own = {"ROOT_URLCONF": worksheet_site.__name__, "MIDDLEWARE": MIDDLEWARE, "TEMPLATES": templates}
    with override_settings(**own, ALLOWED_HOSTS=["127.0.0.1"]):
        application = StaticFilesHandler(get_wsgi_application())
        server = make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        server.server_close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    """What the server holds, new for each test."""
    worksheet_site.desk = Desk()
    return worksheet_site.desk


@pytest.fixture
def page(address, desk) -> Iterator[Page]:
    """The worksheet's page, opened. Nothing may be said in its console."""
    with window() as opened:
        opened.page.goto(address)
        yield opened.page
        complaints = [line for line in opened.said if "net::" not in line and "Failed to load resource" not in line]
        assert complaints == []


def state(page: Page):
    return page.locator("[data-saved-words]")


def story(page: Page):
    return page.locator("[name=f-story]")


def kept_on_device(page: Page) -> list[str]:
    """Everything in the browser's storages, as text."""
    return page.evaluate(
        """async () => {
          const database = await new Promise((resolve) => {
            const request = indexedDB.open("worksheets", 1);
            request.onupgradeneeded = () => request.result.createObjectStore("drafts");
            request.onsuccess = () => resolve(request.result);
          });
          const all = await new Promise((resolve) => {
            const request = database.transaction("drafts").objectStore("drafts").getAll();
            request.onsuccess = () => resolve(request.result);
          });
          database.close();
          const bytes = (buffer) => new TextDecoder("latin1").decode(new Uint8Array(buffer));
          const others = [localStorage, sessionStorage].map((store) => JSON.stringify({ ...store }));
          return [...all.map(({ data }) => bytes(data)), ...others];
        }"""
    )


def nothing_is_kept(page: Page) -> None:
    """Wait until the device holds nothing that the server has."""
    for _turn in range(100):
        if len(kept_on_device(page)) == 2:
            return
        page.wait_for_timeout(100)
    raise AssertionError("The device still keeps a draft.")


# --- On a line ------------------------------------------------------------------------------------------------------


def test_words_are_saved_soon_after_the_last_key(page, desk):
    story(page).press_sequentially("We talked")
    expect(state(page)).to_have_text("Saved 10:42")
    assert desk.answers["story"] == "We talked"
    assert "countersign" not in desk.answers, "the mentor had not signed these words"
    expect(page.locator("[data-answered]")).to_have_text("1 of 32 answered")
    story(page).press_sequentially(" again")
    page.locator("[name=f-post]").focus()
    expect(state(page)).to_have_text("Saved 10:42")
    assert desk.answers["story"] == "We talked again"
    nothing_is_kept(page)


def test_saving_twice_doubles_nothing(page, desk):
    page.locator("button[data-add][value='add:goals']").click()
    page.locator("[name=f-goals-1-goal]").fill("Lead")
    expect(state(page)).to_have_text("Saved 10:42")
    first = desk.answers["goals"]
    page.locator("[name=f-goals-0-goal]").fill("Speak")
    page.wait_for_function("document.querySelector('[data-saved-words]').textContent !== 'Saved 10:42'")
    expect(state(page)).to_have_text("Saved 10:42")
    assert [row["goal"] for row in desk.answers["goals"]] == ["Speak", "Lead"]
    assert desk.answers["goals"][1]["_id"] == first[0]["_id"]


def test_a_save_that_comes_too_late_is_shown_beside_the_other(page, desk):
    desk.answers, desk.revision = {"story": "Helen was quicker"}, desk.revision + 1
    story(page).press_sequentially("So was I")
    expect(state(page)).to_have_text("Someone else saved: see both")
    assert desk.answers == {"story": "Helen was quicker"}
    assert desk.beside[0]["story"] == "So was I"
    page.get_by_role("link", name="see both").click()
    expect(page.locator("body")).to_have_text("Both texts")


# --- Off the line ---------------------------------------------------------------------------------------------------


def test_without_a_line_words_are_kept_encrypted_and_sent_later(page, desk):
    page.context.set_offline(True)
    story(page).press_sequentially(SECRET)
    expect(state(page)).to_have_text("Offline: kept on this device")
    kept = kept_on_device(page)
    assert len(kept) == 3
    assert not [text for text in kept if SECRET.split(maxsplit=1)[0] in text]
    page.context.set_offline(False)
    expect(state(page)).to_have_text("Saved 10:42")
    assert desk.answers["story"] == SECRET
    nothing_is_kept(page)


def test_a_page_closed_without_a_line_brings_its_words_back_when_opened_again(page, desk, address):
    page.context.set_offline(True)
    story(page).press_sequentially(SECRET)
    page.locator("button[data-add][value='add:goals']").click()
    page.locator("[name=f-goals-1-goal]").fill("A row too")
    expect(state(page)).to_have_text("Offline: kept on this device")
    page.route("**/draft", lambda route: route.abort())  # not even the last moment helps
    page.context.set_offline(False)
    again = page.context.new_page()
    page.close()
    again.goto(address)
    expect(story(again)).to_have_value(SECRET)
    assert desk.answers["goals"][0]["goal"] == "A row too"
    nothing_is_kept(again)


def test_an_answer_lost_on_the_way_back_makes_no_conflict_and_no_double(page, desk):
    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/draft", lose)
    story(page).press_sequentially("We talked")
    expect(state(page)).to_have_text("Offline: kept on this device")
    page.unroute("**/draft")
    expect(state(page)).to_have_text("Saved 10:42")
    assert desk.answers["story"] == "We talked"
    assert desk.beside == []


def test_what_was_sent_after_all_is_not_brought_back(page, desk, address):
    page.context.set_offline(True)
    story(page).press_sequentially("An early word")
    expect(state(page)).to_have_text("Offline: kept on this device")
    page.route("**/draft", lambda route: route.abort())
    page.context.set_offline(False)
    page.get_by_role("button", name="Later").click()
    page.wait_for_url("**/read")
    desk.answers["story"], desk.revision = "A later word", desk.revision + 1
    page.unroute("**/draft")
    page.goto(address)
    expect(story(page)).to_have_value("A later word")
    page.wait_for_timeout(500)
    assert (desk.answers["story"], desk.beside) == ("A later word", [])


def test_when_the_session_is_over_words_are_kept_until_one_has_signed_in_again(page, desk):
    desk.signed_in = False
    story(page).press_sequentially(SECRET)
    expect(state(page)).to_have_text("Your words are kept on this device. Sign in again")
    assert "story" not in desk.answers
    page.get_by_role("link", name="Sign in again").click()
    expect(story(page)).to_have_value(SECRET)
    assert desk.answers["story"] == SECRET


def test_what_was_typed_before_signing_in_again_is_saved_at_once(page, desk, address):
    desk.typed_before = {"f-story": SECRET, "_end": "1"}
    page.goto(address)
    expect(state(page)).to_have_text("Saved 10:42")
    assert desk.answers["story"] == SECRET


def test_who_may_no_longer_write_is_told_so(page, desk):
    desk.refuses = True
    story(page).press_sequentially(SECRET)
    expect(state(page)).to_contain_text("You can no longer write on this sheet.")
    expect(story(page)).to_have_value(SECRET)


def test_somebody_else_on_the_same_device_gets_nothing(page, desk, address):
    page.context.set_offline(True)
    story(page).press_sequentially(SECRET)
    expect(state(page)).to_have_text("Offline: kept on this device")
    page.goto("about:blank")  # left while there is no line, so that the page cannot send its own last words
    page.context.set_offline(False)
    page.goto(f"{address}login?as=mallory")
    page.wait_for_timeout(1000)
    expect(story(page)).to_have_value("")
    assert "story" not in desk.answers
    assert len(kept_on_device(page)) == 3, "it still waits for whose it is"


def test_a_page_left_open_saves_nothing_once_somebody_else_has_signed_in(page, desk, address):
    other = page.context.new_page()
    other.goto(f"{address}login?as=mallory")
    story(page).press_sequentially(SECRET)
    expect(state(page)).to_have_text("Your words are kept on this device. Sign in again")
    assert "story" not in desk.answers
    expect(story(page)).to_have_value(SECRET)


def test_leaving_asks_only_while_something_is_neither_saved_nor_kept(page, desk):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    story(page).press_sequentially("a")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(state(page)).to_have_text("Saved 10:42")
    page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


# --- Quicker than the server ----------------------------------------------------------------------------------------


def test_questions_appear_and_go_as_the_server_would_have_it(page, desk):
    explain, deeper = page.locator("#q-f-explain"), page.locator("#q-f-deeper")
    expect(explain).to_be_hidden()
    page.locator("label[for=id_f-sure_0]").click()
    expect(explain).to_be_visible()
    expect(deeper).to_be_hidden()
    page.locator("[name=f-explain]").fill("It is new")
    expect(deeper).to_be_visible()
    page.locator("label[for=id_f-sure_3]").click()
    expect(explain).to_be_hidden()
    expect(deeper).to_be_hidden()
    other = page.locator("[name=f-model__other]")
    expect(other).to_be_hidden()
    page.get_by_label("Other").first.check()
    expect(other).to_be_visible()
    expect(page.locator("#q-f-nogoals")).to_be_visible()
    page.locator("[name=f-aims-0-goal]").fill("Write")
    expect(page.locator("#q-f-nogoals")).to_be_hidden()
    expect(state(page)).to_have_text("Saved 10:42")
    assert desk.answers["explain"] == "It is new", "a hidden answer stays in the draft"


def test_a_file_that_is_kept_answers_its_question_until_it_is_taken_out(page, desk, address):
    paper = {"key": "paper", "kind": "file", "label": "A paper", "accept": ["pdf"]}
    about = {"key": "about", "kind": "text", "label": "What it is", "show_if": {"field": "paper", "filled": True}}
    desk.worksheet = sheet(paper, about)
    desk.answers = {"paper": A_FILE}
    page.goto(address)
    expect(page.locator("#q-f-about")).to_be_visible()
    page.get_by_label("Take this file out").check()
    expect(page.locator("#q-f-about")).to_be_hidden()
    page.locator("input[type=file]").set_input_files({"name": "new.pdf", "mimeType": "", "buffer": b"%PDF-1.7"})
    expect(page.locator("#q-f-about")).to_be_visible()


def test_rows_are_added_taken_out_and_put_back_without_the_server(page, desk):
    add = page.locator("button[data-add][value='add:goals']")
    add.click()
    expect(page.locator("[name=f-goals-1-goal]")).to_be_focused()
    page.locator("[name=f-goals-0-goal]").fill("First")
    page.locator("[name=f-goals-1-goal]").fill("Second")
    page.locator("button[data-add][value='add:goals.1.steps']").click()
    page.locator("[name=f-goals-1-steps-1-step]").fill("Inner")
    page.locator("#q-f-goals-0 > .cells > [data-remove]").click()
    expect(page.locator("#q-f-goals-1 > legend")).to_have_text("Goal 1")
    expect(page.locator("[name=f-goals-0-goal]")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[name=f-goals-0-goal]")).to_have_value("First")
    expect(page.locator("#q-f-goals-1 > legend")).to_have_text("Goal 2")
    page.locator("#q-f-goals-0 > .cells > [data-remove]").click()
    expect(state(page)).to_have_text("Saved 10:42")
    goal = desk.answers["goals"]
    assert [(row["goal"], [step["step"] for step in row["steps"]]) for row in goal] == [("Second", ["Inner"])]


def test_there_is_no_room_for_more_rows_than_the_worksheet_has(page, desk):
    for _place in range(3):
        page.locator("button[data-add][value='add:gaps']").click()
    assert page.locator("[data-rows=f-gaps] > [data-entry]").count() >= 4
    for number in range(4):
        page.locator(f"[name=f-gaps-{number}-gap]").fill("x")
    page.locator("[name=f-gaps-4-gap]").fill("one too many")
    page.get_by_role("button", name="Review and send").click()
    expect(page.locator(".error-summary")).to_contain_text("There is room for 4 rows.")


# --- Without JavaScript ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_without_javascript_buttons_do_all_of_it(address, desk, width):
    with window(width=width, script=False) as opened:
        page = opened.page
        page.goto(address)
        story(page).fill("Typed first")
        page.locator("button[value='add:goals']").click()
        expect(story(page)).to_have_value("Typed first")
        expect(page.locator("[name=f-goals-1-goal]")).to_be_focused()
        page.locator("[name=f-goals-0-goal]").fill("First")
        page.locator("[name=f-goals-1-goal]").fill("Second")
        page.locator("button[value='remove:goals:0']").click()
        expect(page.locator("[name=f-goals-0-goal]")).to_have_value("Second")
        page.get_by_text("Show an example").click()
        expect(page.get_by_text("Example, does not count")).to_be_visible()
        page.locator("label[for=id_f-sure_0]").click()
        page.locator("#q-f-sure + noscript button").click()
        expect(page.locator("[name=f-explain]")).to_be_visible()
        page.get_by_role("button", name="Review and send").click()
        expect(page.locator(".error-summary")).to_be_focused()
        page.get_by_role("link", name="Your post: This answer is needed.").click()
        expect(page.locator("[name=f-post]")).to_be_focused()
        page.locator("[name=f-post]").press_sequentially("Officer")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        expect(page.locator(".error-summary")).to_have_count(0)
    assert (desk.answers["post"], desk.answers["story"]) == ("Officer", "Typed first")
    assert [row["goal"] for row in desk.answers["goals"]] == ["Second"]


# --- For everybody --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_page_is_accessible_blank_full_and_faulty(address, desk, width, dark):
    with window(width=width, dark=dark) as opened:
        opened.page.goto(address)
        assert opened.faults() == []
        opened.page.get_by_role("button", name="Review and send").click()
        expect(opened.page.locator(".error-summary")).to_be_visible()
        assert opened.faults() == []
        desk.answers = dict(FULL)
        opened.page.goto(address)
        assert opened.faults() == []
        opened.page.goto(f"{address}read")
        assert opened.faults() == []


def test_nothing_runs_over_the_edge_of_the_smallest_phone(address, desk):
    desk.answers = dict(FULL) | {"story": "x" * 400, "post": "y" * 400}
    with window(width=NARROWEST) as opened:
        for path in ("", "read"):
            opened.page.goto(address + path)
            assert not opened.overflows()


def test_the_sticky_bar_hides_no_focused_field(address, desk):
    with window(width=PHONE) as opened:
        page = opened.page
        page.emulate_media(reduced_motion="reduce")
        page.goto(address)
        hidden = page.evaluate(
            """() => [...document.querySelectorAll("form.worksheet :is(input:not([type=hidden]), textarea, select)")]
              .filter((control) => control.checkVisibility())
              .filter((control) => {
                control.focus();
                const [one, bar] = [control, document.querySelector(".saved")].map((box) => box.getBoundingClientRect());
                return one.top >= bar.top || one.bottom <= 0;
              }).map((control) => control.name)"""
        )
        assert hidden == []


# --- Room ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("room", "side_by_side"), [("44rem", True), ("20rem", False)])
def test_a_table_lies_in_lines_only_where_it_has_the_room(page, room, side_by_side):
    """In a wide window too: a panel beside a form is narrow."""
    page.locator("main").evaluate("(main, room) => { main.style.maxInlineSize = room }", room)
    tops = (
        """(table) => [...table.querySelector(".entry > .cells").children].slice(0, 2).map((cell) => cell.offsetTop)"""
    )
    for table in page.locator(".in-grid.columns-3").all():
        first, second = table.evaluate(tops)
        assert (first == second) is side_by_side
    choices = "(line) => [...line.children].slice(0, 3).map((cell) => cell.getBoundingClientRect().top)"
    _label, first, second = page.locator(".rating").first.evaluate(choices)
    assert (abs(first - second) < 2) is side_by_side
