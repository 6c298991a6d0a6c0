"""The pages on which a pair says in which phase it is and who writes its log, in a real browser, on a phone and at a desk."""

import re
from typing import Any

import pytest
from django.conf import settings as site

from mentoring.tenancy.scope import tenant_scope
from pairs.models import Pairing
from tests.pairs.test_every_kit import pair_of
from tests.ui.browser import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.covers("sssc.must.36", "sssc.must.38")
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_pair_goes_on_back_and_passes_its_log_on(
    transactional_db: Any, sign_in: Any, live_server: Any, monkeypatch: Any, width: int
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    with pair_of("sssc") as sssc:  # the browser's pages see what is committed
        session = sign_in(sssc.mentee).cookies[site.SESSION_COOKIE_NAME].value
    faults: list[str] = []

    def look(opened: Any) -> None:
        faults.extend(opened.faults())
        if opened.overflows():
            faults.append("scrolls sideways")

    with window(width=width) as opened:
        cookie = {"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        opened.page.context.add_cookies([cookie])
        opened.page.goto(f"{live_server.url}{sssc.url('mentoring/')}")
        opened.page.get_by_role("link", name="Where we are: the phases").click()
        look(opened)
        opened.page.get_by_role("button", name=re.compile("Go on to here.*Phase 3")).click()
        opened.page.get_by_text("Noted. Everything that you have written").wait_for()
        opened.page.get_by_role("button", name=re.compile("Go back here.*Phase 2")).click()
        opened.page.get_by_text("noted where they are: “Phase 2: setting direction”").wait_for()
        look(opened)
        opened.page.goto(f"{live_server.url}{sssc.place}logs/")
        opened.page.get_by_text("Say who writes it from now on").click()
        look(opened)
        opened.page.get_by_label("both of you together").check()
        opened.page.get_by_role("button", name="That is how we do it").click()
        opened.page.get_by_text("From now on it is written by both of you together.").wait_for()
        look(opened)
    assert not faults, "\n".join(faults)
    with tenant_scope(sssc.organisation):
        kept = Pairing.objects.get(pk=sssc.pairing.pk)
    assert (kept.phase, kept.writers) == ("direction", {"log": "together"})
