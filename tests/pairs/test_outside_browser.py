"""The pages of somebody who signs from outside in a real browser, on a phone and at a desk."""

from typing import Any

import pytest
from django.conf import settings as site

from tests.pairs.signed_sheets import SUPERVISOR, pair_with_sheet, sent, sign
from tests.pairs.signed_sheets import token as sheet_token
from tests.pairs.test_agreement import write
from tests.pairs.test_outside_signers import pair_with, token
from tests.ui.browser import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def places(transactional_db: Any, monkeypatch: pytest.MonkeyPatch, sign_in: Any) -> list[tuple[Any, str]]:
    """An agreement that waits for everybody, and who looks at which page."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    with pair_with(days=300) as pair:
        write(pair)
        mentee, coordinator = sign_in(pair.mentee), sign_in(pair.coordinator)
        return [
            (mentee, f"{pair.place}agreement/"),
            (mentee, f"{pair.place}agreement/signers/"),
            (coordinator, f"{pair.place}agreement/signers/"),
            (None, pair.url(f"sign/{token()}/")),
        ]


@pytest.fixture
def sheet_places(transactional_db: Any, monkeypatch: pytest.MonkeyPatch, sign_in: Any) -> list[tuple[Any, str]]:
    """A sheet that the mentee has sent and signed, and who looks at which page."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    with pair_with_sheet(signing={"outside": [SUPERVISOR | {"days": 300}]}) as pair:
        text = sent(pair)
        sign(text, pair.mentee)
        mentee, mentor, coordinator = sign_in(pair.mentee), sign_in(pair.mentor), sign_in(pair.coordinator)
        here = pair.url(f"outputs/{text.output_id}/")
        return [
            (None, pair.url(f"sign/{sheet_token()}/")),
            (mentor, f"{here}sign/"),
            (mentee, f"{here}signed/1/"),
            (mentee, f"{here}read/"),
            (mentee, f"{here}signers/"),
            (mentor, pair.url("mentoring/")),
            (coordinator, pair.place),
        ]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_of_a_signed_sheet_is_in_order(sheet_places: Any, live_server: Any, width: int) -> None:
    _look(sheet_places, live_server, width)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_is_in_order(places: Any, live_server: Any, width: int) -> None:
    _look(places, live_server, width)


def _look(places: Any, live_server: Any, width: int) -> None:
    faults: list[str] = []
    with window(width=width) as opened:
        for client, path in places:
            opened.page.context.clear_cookies()
            if client is not None:
                value = client.cookies[site.SESSION_COOKIE_NAME].value
                opened.page.context.add_cookies(
                    [{"name": site.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
                )
            opened.said.clear()
            answer = opened.page.goto(live_server.url + path)
            faults += (
                [f"{path}: {answer.status if answer else 'nothing'}"] if not answer or answer.status != 200 else []
            )
            faults += [f"{path}: {fault}" for fault in opened.faults()]
            faults += [f"{path}: scrolls sideways"] if opened.overflows() else []
    assert not faults, "\n".join(faults)
