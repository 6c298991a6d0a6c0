"""The pages of running a programme in a real browser, on a phone and at a desk: axe finds nothing, nobody scrolls sideways."""

from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.matching.criteria import declare_conflict
from tests.programmes.running.conftest import Office, make_office
from tests.ui.browser import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busy(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A programme with a high risk, a conflict that waits for its sheet, and nothing settled before a cohort."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    office = make_office()
    with tenant_scope(office.organisation):
        rules = office.programme.handbook.content["matching"]["rules"]
        office.change("matching", rules=[rules[0] | {"exception": True}, *rules[1:]])
        office.send("risk", pitfalls=[{"_id": "purpose", "likely": 5}], other=[])
        office.send("purpose")
        declare_conflict(
            cohort=office.cohort, mentor=office.mentor_place, mentee=office.mentee_place, kind="line",
            note="In one team", actor=office.coordinator,
        )  # fmt: skip
    return office


def test_every_page_is_in_order(busy: Office, live_server: Any) -> None:
    client = Client()
    client.force_login(busy.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[site.SESSION_COOKIE_NAME].value
    programme = "programmes/peers/"
    pages = (
        "desk/peers/first/", f"{programme}cohorts/new/", f"{programme}cohorts/first/matching/conflicts/",
        f"{programme}handbook/texts/running/", "evaluation/peers/first/results/", "guidance/peers/contacts/",
    )  # fmt: skip
    faults: list[str] = []
    for width in (PHONE, DESK):
        with window(width=width) as opened:
            opened.page.context.add_cookies(
                [{"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
            for path in pages:
                opened.said.clear()
                opened.page.goto(live_server.url + busy.url(path))
                faults += [f"{width} {path}: {fault}" for fault in opened.faults()]
                faults += [f"{width} {path}: scrolls sideways"] if opened.overflows() else []
    assert not faults, "\n".join(faults)
