"""The pages of surveys in a real browser, on a phone and at a desk: axe finds nothing, nobody scrolls sideways."""

from typing import Any

import pytest
from django.conf import settings as site

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from tests.evaluation.surveying import BY_HAND, LATER, PULSE, ask_by, tick
from tests.evaluation.test_survey_results import FIRST, SECOND, SIDES, answer
from tests.evaluation.world import PAIRED, World, make_world, sign_in
from tests.ui.browser import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def made(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    """Three pairs that were asked twice, and have answered."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    world = make_world()
    with tenant_scope(world.organisation), clock.at(PAIRED):
        for number in range(3):
            world.add_pair(f"Mentee{number} Reef", f"Mentor{number} Reef")
        ask_by(world, BY_HAND, PULSE, LATER)
        for moment in (FIRST, SECOND):
            tick(moment)
        for number, points in ((1, 2), (2, 4)):
            for pair in world.pairs:
                for side in SIDES:
                    answer(pair, number, side, useful=points, worked="The talks at the wharf")
    return world


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_is_in_order(made: World, live_server: Any, width: int) -> None:
    session = sign_in(made.coordinator).cookies[site.SESSION_COOKIE_NAME].value
    faults: list[str] = []
    with window(width=width) as opened:
        cookie = {"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        opened.page.context.add_cookies([cookie])
        for path in ("", "surveys/", "surveys/pulse/", "surveys/pulse/?round=1", "surveys/later/"):
            opened.said.clear()
            answered = opened.page.goto(live_server.url + made.evaluation + path)
            faults += [] if answered.status == 200 else [f"{path}: {answered.status}"]
            faults += [f"{path}: {fault}" for fault in opened.faults()]
            faults += [f"{path}: scrolls sideways"] if opened.overflows() else []
            faults += [] if opened.page.locator("h1").count() == 1 else [f"{path}: not one h1"]
    assert not faults, "\n".join(faults)
