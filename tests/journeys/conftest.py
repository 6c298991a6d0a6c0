"""A journey's people: three browsers, one post, one clock."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from tests.journeys.post import Post
from tests.journeys.visitor import Lookout, Visitor, browser, visitor

BEGIN = dt.datetime(2027, 1, 10, 22, 0, tzinfo=dt.UTC)


class Journey:
    """The three people, their post, and what time it is for everybody."""

    def __init__(self, opened, address: str, *, script: bool, calendar: time_machine.Traveller) -> None:
        self.post, self.lookout, self.calendar, self.address = Post(), Lookout(), calendar, address
        people = [visitor(opened, address, self.post, self.lookout, script=script) for _person in range(3)]
        self.coordinator, self.mentor, self.mentee = people
        self.home = self.pair = ""

    def on(self, day: int, hour: int = 0) -> None:
        """So many days after the beginning; what was due until then is done."""
        self.calendar.move_to(BEGIN + dt.timedelta(days=day, hours=hour))
        self.post.deliver()

    def session(self, who: Visitor, number: int) -> None:
        """Open a session's page by the list of sessions."""
        who.go(f"{self.pair}sessions/")
        who.follow(f"Session {number}")

    def owed(self, who: Visitor, words: str) -> None:
        """Open a worksheet by the link to it on one's home page."""
        who.go(f"{self.home}mentoring/")
        target = who.page.locator("main a").filter(has_text=words).first.get_attribute("href")
        assert target, words
        who.go(target)


@pytest.fixture(params=[True, False], ids=["at a desk", "on a phone without JavaScript"])
def journey(request, live_server, settings, monkeypatch) -> Iterator[Journey]:
    """Everything empty, at the beginning."""
    # Playwright keeps an event loop in this thread; Django's own work between its steps is not asynchronous all the same.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    settings.SITE_URL = live_server.url
    settings.SESSION_COOKIE_AGE = 400 * 24 * 3600
    with time_machine.travel(BEGIN, tick=True) as calendar, browser() as opened:
        yield Journey(opened, live_server.url, script=request.param, calendar=calendar)
