"""Making a two by two and changing its experienced mentor, in a real browser: axe finds nothing, nobody scrolls sideways."""

from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client

from tests.pairs.conftest import make_group
from tests.ui.browser import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_both_pages_are_in_order(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    group = make_group(models=["group", {"kind": "team", "experienced": True}], model="team")
    client = Client()
    client.force_login(group.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[site.SESSION_COOKIE_NAME].value
    faults: list[str] = []
    for width in (PHONE, DESK):
        with window(width=width) as opened:
            opened.page.context.add_cookies(
                [{"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
            for path in (
                f"programmes/peers/cohorts/{group.cohort.slug}/matching/group/",
                f"pairs/{group.pairing.pk}/members/",
            ):
                opened.said.clear()
                opened.page.goto(live_server.url + group.url(path))
                assert opened.page.locator("[name=experienced]").count()
                faults += [f"{width} {path}: {fault}" for fault in opened.faults()]
                faults += [f"{width} {path}: scrolls sideways"] if opened.overflows() else []
    assert not faults, "\n".join(faults)
