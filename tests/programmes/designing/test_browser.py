"""A worksheet is built on a phone: every page is looked over, and nothing needs a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site
from playwright.sync_api import Page

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.designing.drafts import open_draft
from templates_app.domain.kits import current_version, worksheet_of
from tests.cast import make_company
from tests.journeys.visitor import AS_LOADED
from tests.programmes.conftest import PROGRAMME
from tests.programmes.designing.conftest import DESIGNS
from tests.ui.browser import PHONE, Window, window

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def company(transactional_db):
    return make_company("reef", "Reef")


def look(opened: Window, faults: list[str], *, script: bool) -> None:
    """Note what is wrong with the page that is open."""
    place = opened.page.url.rpartition("/handbook/")[2]
    if opened.overflows():
        faults.append(f"{place}: scrolls sideways")
    if script:
        found = Axe().run(opened.page, options=AS_LOADED).response["violations"]
        faults += [f"{place}: {fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_sheet_is_built_and_published_on_a_phone(company, live_server, sign_in, monkeypatch, script):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    session = sign_in(company.coordinator).cookies[site.SESSION_COOKIE_NAME].value
    faults: list[str] = []
    with window(width=PHONE, script=script) as opened:
        page = opened.page
        page.context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page.goto(live_server.url + company.url(DESIGNS))
        look(opened, faults, script=script)
        page.get_by_role("link", name="New worksheet").first.click()
        page.get_by_label("Title").fill("A walk together")
        look(opened, faults, script=script)
        press(page, "Begin the draft")
        for label, kind, lines in (
            ("Where?", "text", ""),
            ("How was it?", "scale", "Poor\nFair\nGood"),
            ("Plan", "table", "Task\nWho"),
        ):
            page.get_by_role("link", name="Add a question to: Questions").click()
            page.get_by_label("What is asked").fill(label)
            page.get_by_label("How it is answered").select_option(kind)
            box = page.get_by_label("Answers, lines or columns")
            if lines:
                box.fill(lines)
            else:
                assert box.is_hidden(), "there is no box that the kind has no use for"
            look(opened, faults, script=script)
            press(page, "Add it")
            look(opened, faults, script=script)
            press(page, "Save in the draft")
        press(page, "Move up: How was it?")
        look(opened, faults, script=script)
        page.get_by_role("link", name="Preview").first.click()
        frame = page.frame_locator("iframe")
        frame.get_by_role("heading", name="A walk together").wait_for()
        assert frame.locator("[name=f-where]").count() == 1
        look(opened, faults, script=script)
        page.get_by_role("link", name="Check and publish").first.click()
        page.get_by_text("A new worksheet with 3 questions.").wait_for()
        look(opened, faults, script=script)
        press(page, "Publish the worksheet")
        page.get_by_text("Version 1 holds from now on.").wait_for()
        look(opened, faults, script=script)
        said = [line for line in opened.said if "favicon" not in line]
    assert faults == []
    assert said == []
    with tenant_scope(company.organisation):
        sheet = worksheet_of(current_version(company.programme.handbook, "a-walk-together"))
    assert [field.key for field in sheet.fields()] == ["how_was_it", "where", "plan"]


def test_what_stands_with_a_sheet_and_who_finds_whom_are_in_order_on_a_phone(
    company, live_server, sign_in, monkeypatch
):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    session = sign_in(company.coordinator).cookies[site.SESSION_COOKIE_NAME].value
    with tenant_scope(company.organisation):
        open_draft(programme=company.programme, key="capacity", actor=company.coordinator)
    faults: list[str] = []
    with window(width=PHONE, script=True) as opened:
        page = opened.page
        page.context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        for place in (
            *(f"worksheets/capacity/{part}" for part in ("", "facts/", "sections/you/", "add/section:you/")),
            *(f"texts/{part}/" for part in ("choosing", "approval", "agreement-signers", "rhythm")),
        ):
            page.goto(live_server.url + company.url(f"{PROGRAMME}handbook/{place}"))
            look(opened, faults, script=True)
    assert faults == []
