"""A journey's people: three browsers, one post, one clock."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine

from tests.journeys.post import Post
from tests.journeys.visitor import Lookout, Visitor, browser, visitor
from tests.ui.browser import DESK, PHONE

BEGIN = dt.datetime(2027, 1, 10, 22, 0, tzinfo=dt.UTC)
"""Monday morning in Apia, Sunday morning in Pago Pago."""


@dataclass(frozen=True)
class Seat:
    """Where everybody in a journey sits: how wide their window is, and whether it runs scripts."""

    width: int
    script: bool


AT_A_DESK, ON_A_PHONE = Seat(DESK, script=True), Seat(PHONE, script=True)
AT_A_DESK_WITHOUT, ON_A_PHONE_WITHOUT = Seat(DESK, script=False), Seat(PHONE, script=False)


def seats(*chosen: Seat) -> pytest.MarkDecorator:
    """Walk the journey once from each of these."""
    names = [f"{seat.width} {'with' if seat.script else 'without'} JavaScript" for seat in chosen]
    return pytest.mark.parametrize("journey", chosen, indirect=True, ids=names)


class Journey:
    """The three people, their post, and what time it is for everybody."""

    def __init__(self, opened, address: str, *, seat: Seat, calendar: time_machine.Traveller) -> None:
        self.post, self.lookout, self.calendar, self.address = Post(), Lookout(), calendar, address
        self._opened, self._seat = opened, seat
        self.people = [self.stranger() for _one in range(3)]
        self.coordinator, self.mentor, self.mentee = self.people
        self.home = self.pair = ""

    def stranger(self) -> Visitor:
        """Somebody more, at a browser of their own."""
        seat = self._seat
        return visitor(self._opened, self.address, self.post, self.lookout, width=seat.width, script=seat.script)

    def on(self, day: int, hour: int = 0) -> None:
        """So many days after the beginning; what was due until then is done."""
        self.calendar.move_to(BEGIN + dt.timedelta(days=day, hours=hour))
        self.post.deliver()

    def at_home(self, who: Visitor, *words: str) -> None:
        """Open one's home page, where this stands."""
        who.go(f"{self.home}mentoring/")
        who.sees(*words)

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


@pytest.fixture
def journey(request, live_server, settings, monkeypatch) -> Iterator[Journey]:
    """Everything empty, at the beginning."""
    # Playwright keeps an event loop in this thread; Django's own work between its steps is not asynchronous all the same.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    settings.SITE_URL = live_server.url
    settings.SESSION_COOKIE_AGE = 400 * 24 * 3600
    with time_machine.travel(BEGIN, tick=True) as calendar, browser() as opened:
        yield Journey(opened, live_server.url, seat=request.param, calendar=calendar)
