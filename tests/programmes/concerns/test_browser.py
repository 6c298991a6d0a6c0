"""Concerns, contacts and training on a phone and on a desk: every page is looked over, and nothing needs a script."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site

from mentoring.tenancy.scope import tenant_scope
from programmes.models import Concern
from templates_app.shapes import Concerns
from tests.cast import make_company
from tests.journeys.visitor import AS_LOADED
from tests.programmes.concerns.conftest import RULES, name_lead
from tests.programmes.training.conftest import BASICS, INDUCTION
from tests.ui.browser import DESK, PHONE, Window, window

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
DOCTOR = {
    "key": "doctor",
    "kind": "wellbeing",
    "name": "A doctor",
    "phone": "+685 20 100",
    "when": "always",
    "ours": True,
}


@pytest.fixture
def company(transactional_db):
    found = make_company("reef", "Reef")
    with tenant_scope(found.organisation):
        handbook = found.programme.handbook
        handbook.content = {
            **handbook.content,
            "concerns": Concerns.model_validate(RULES | {"leads": "programme"}).model_dump(mode="json"),
            "contacts": [DOCTOR],
            "training": [BASICS | {"pages": BASICS["pages"][1:]}, INDUCTION],
        }
        handbook.revision += 1
        handbook.save()
        found.lead = name_lead(found, "Leilani")
        name_lead(found, "Dora")
    return found


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_concern_and_a_module_from_page_to_page(company, live_server, sign_in, monkeypatch, width):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    faults: list[str] = []
    with window(width=width) as opened:
        page = opened.page

        def enter(user, path: str) -> None:
            session = sign_in(user).cookies[site.SESSION_COOKIE_NAME].value
            page.context.clear_cookies()
            page.context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
            go(path)

        def go(path: str) -> None:
            page.goto(live_server.url + company.url(path))
            look(opened, path, faults)

        def press(words: str) -> None:
            page.locator("main").get_by_role("button", name=words, exact=True).first.click()
            page.wait_for_load_state()
            look(opened, f"after {words}", faults)

        place = company.participants["mentor"].pk
        enter(company.mentor, "issues/")
        go("support/")
        go(f"concerns/new/{place}/")
        page.get_by_label("somebody else, or nobody in particular").check()
        press("Go on")
        page.get_by_label("somebody's safety or well-being").check()
        page.get_by_label("No, telling them would put somebody in danger").check()
        page.get_by_label("What danger kept you from telling them?").fill("He would be beaten.")
        page.get_by_label("What has happened?").fill("He came with bruises.")
        press("Send it")
        assert "He came with bruises." in page.inner_text("main")
        with tenant_scope(company.organisation):
            concern = Concern.objects.get()
        go(f"place/{place}/training/basics/")
        press("Read, go on to the questions")
        page.get_by_label("Nobody", exact=True).check()
        page.get_by_label("Trust").check()
        press("See whether it is right")
        go(f"place/{place}/training/")
        go("events/")
        enter(company.lead, "concerns/")
        go(f"concerns/{concern.pk}/")
        press("I have read it")
        enter(company.coordinator, "programmes/e-mentoring/")
        go("programmes/e-mentoring/cohorts/november/training/")
        go("programmes/e-mentoring/cohorts/november/events/new/")
        go("programmes/e-mentoring/handbook/training/add/")
        go("programmes/e-mentoring/handbook/texts/concerns/")
        go("programmes/e-mentoring/team/")
    assert not faults, "\n".join(faults)
    assert opened.said == []


def look(opened: Window, place: str, faults: list[str]) -> None:
    """Note what is wrong with the page that is open; keep a picture where ``PICTURES`` names a folder."""
    if opened.overflows():
        faults.append(f"{place}: scrolls sideways")
    found = Axe().run(opened.page, options=AS_LOADED).response["violations"]
    faults += [f"{place}: {fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]
    if folder := os.environ.get("PICTURES"):
        wide = opened.page.viewport_size["width"]
        name = "".join(letter if letter.isalnum() else "-" for letter in place)[-60:]
        opened.page.screenshot(
            path=Path(folder) / f"{len(list(Path(folder).iterdir())):03}-{wide}-{name}.png", full_page=True
        )
