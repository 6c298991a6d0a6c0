"""A file of tasks in a real browser, on a phone and at a desk: chosen, looked at and taken in."""

from typing import Any

import pytest
from django.conf import settings as site

from tests.pairs.test_goal_tree import pair_of, send_all
from tests.ui.browser import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILE = "Task,Owner,Due,Status\nWrite to the board,mentee,2026-12-24,To do\nBook a room,nobody,,\n"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_file_is_read_looked_at_and_taken_in(
    transactional_db: Any, sign_in: Any, live_server: Any, monkeypatch: Any, tmp_path: Any, width: int
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    with pair_of("aspire") as aspire:  # the browser's pages see what is committed
        send_all(aspire)
    path = tmp_path / "tasks.csv"
    path.write_text(FILE)
    session = sign_in(aspire.mentee).cookies[site.SESSION_COOKIE_NAME].value
    faults: list[str] = []

    def look(opened: Any) -> None:
        faults.extend(opened.faults())
        if opened.overflows():
            faults.append("scrolls sideways")

    with window(width=width) as opened:
        cookie = {"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        opened.page.context.add_cookies([cookie])
        opened.page.goto(f"{live_server.url}{aspire.place}actions/")
        opened.page.get_by_role("link", name="Tasks from a file").click()
        look(opened)
        opened.page.set_input_files("input[type=file]", str(path))
        opened.page.get_by_role("button", name="Read the file").click()
        opened.page.get_by_role("button", name="Take in 1 task").wait_for()
        look(opened)
        opened.page.get_by_role("button", name="Take in 1 task").click()
        opened.page.get_by_text("1 task was taken in.").wait_for()
        look(opened)
    assert not faults, "\n".join(faults)
