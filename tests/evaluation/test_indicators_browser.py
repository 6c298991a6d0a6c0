"""The indicators in a real browser, on a phone and at a desk: axe finds nothing, nobody scrolls sideways."""

import os
from typing import Any

import pytest
from django.conf import settings as site

from evaluation.domain.reports import report_due
from evaluation.models import Report
from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from tests.evaluation.indicating import LOOK, answered, judge_by, pair_up, written
from tests.evaluation.test_scheduled_reports import NEW_YEAR
from tests.evaluation.world import PAIRED, World, make_world, sign_in
from tests.ui.browser import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THEMES = "themes/success-shared/mentor_learnt/"
OF = "item/mentee_goals/figures/"
DESIGNED = (
    "",
    "item/mentee_goals/",
    OF,
    f"{OF}?reckon=mean",
    f"{OF}?reckon=together",
    f"{OF}?reckon=rows&of=mentee.success-mentee.goals",
    f"{OF}first_month/",
    "item/shared_gain/figures/both/",
)
"""The pages on which a coordinator chooses what they are reckoned from."""
SURVEYS = ("success-mentee-start", "success-mentee-half-way", "success-mentee-end")


@pytest.fixture
def made(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    """Six pairs that have gone their whole way."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    world = make_world()
    with tenant_scope(world.organisation), clock.at(PAIRED):
        judge_by(world)
        for place, pair in enumerate(pair_up(world, 6)):
            for number, survey in enumerate(SURVEYS):
                rated = 3 + number + place % 3
                likert = {"heard": 4, "respected": 5, "supported": 4, "worth": 3 + number // 2}
                skills = [
                    {
                        "_id": kind,
                        "skill": "x",
                        "kind": kind,
                        "before": 2,
                        "after": 3 + place % 2,
                        "evidence": "A course",
                    }
                    for kind in ("technical", "soft")
                ]
                given = {"confidence": rated, "initiative": rated + 1, "self_manage": rated, "decision": rated}
                answered(pair, survey, skills=skills, **given, **likert)
            agreed = dict.fromkeys(("trust", "respect", "talk", "commit", "clear", "part"), 4)
            answered(pair, "success-mentor-end", "mentor", growth=7, satisfied=8 + place % 3, advice="less", **agreed)
            written(pair, "success-shared", mentor_learnt="x", mentee_learnt="y")
    return world


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_page_and_the_reports_of_a_quarter_are_in_order(made: World, live_server: Any, width: int) -> None:
    with tenant_scope(made.organisation), clock.at(NEW_YEAR):
        report_due(NEW_YEAR)
        scheduled = Report.objects.exclude(kind="weekly").order_by("kind", "period")
        reports = [made.url(f"reports/{one.pk}/") for one in scheduled if one.period != "2026-11"]
    assert len(reports) == 3
    pages = [made.evaluation + path for path in ("indicators/", "indicators/?about=shared", "themes/", THEMES)]
    pages += [made.url(f"programmes/{made.programme.slug}/handbook/indicators/{path}") for path in DESIGNED]
    session = sign_in(made.coordinator).cookies[site.SESSION_COOKIE_NAME].value
    faults: list[str] = []
    with clock.at(LOOK), window(width=width) as opened:
        cookie = {"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        opened.page.context.add_cookies([cookie])
        for number, path in enumerate([*pages, *reports, made.url("reports/")]):
            opened.said.clear()
            came = opened.page.goto(live_server.url + path)
            faults += [] if came.status == 200 else [f"{path}: {came.status}"]
            faults += [f"{path}: {fault}" for fault in opened.faults()]
            faults += [f"{path}: scrolls sideways"] if opened.overflows() else []
            faults += [] if opened.page.locator("h1").count() == 1 else [f"{path}: not one h1"]
            if os.environ.get("SHOTS"):
                opened.page.screenshot(path=f"{os.environ['SHOTS']}-{width}-{number}.png", full_page=True)
    assert not faults, "\n".join(faults)
