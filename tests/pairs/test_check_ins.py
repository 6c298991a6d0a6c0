"""Check-ins come in the rhythm that a pair agreed on, and so do the reminders of them."""

import datetime as dt
import re
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from mentoring import clock
from mentoring.notices.models import Message
from pairs.domain.reminders import remind_due
from pairs.models import Output
from tests.pairs.test_every_kit import pair_of

LATEST = ZoneInfo("Australia/Brisbane")
"""Where the day on which a check-in is due ends last for the two."""
FIRST = "2026-11-12"


@pytest.fixture
def aspire(db):
    with pair_of("aspire") as pair:
        yield pair


def agree_on(pair, client: Client, frequency: str) -> None:
    """How often they meet and the first day are chosen; the page works out the other days, and they are saved as they stand."""
    page = f"{pair.place}schedule/"
    seen = re.search(r'name="seen" value="(.*?)"', client.get(page).content.decode()).group(1)
    asked = {"seen": seen, "frequency": frequency, "minutes": "60", "day_1": FIRST, "time_1": "09:00"}
    filled = client.post(page, asked | {"fill": "1"}).content.decode()
    days = {f"day_{n}": re.search(rf'name="day_{n}" value="(.*?)"', filled).group(1) for n in range(1, 7)}
    saved = client.post(page, asked | days | {f"time_{n}": "09:00" for n in range(1, 7)})
    assert saved.status_code == 302


def check_ins(pair) -> list[Output]:
    return list(Output.objects.filter(pairing=pair.pairing, worksheet="check-in").order_by("due_at"))


def days_due(pair) -> list[dt.date]:
    return [row.due_at.astimezone(LATEST).date() for row in check_ins(pair)]


def reminded_on(pair, rows: list[Output]) -> list[dt.date]:
    """The days on which the mentee is reminded for the first time of each of these, tick by tick."""
    found: dict[object, dt.date] = {}
    Output.objects.filter(pairing=pair.pairing).exclude(pk__in=[row.pk for row in rows]).update(next_reminder_at=None)
    day = rows[0].due_at
    while day < rows[-1].due_at + dt.timedelta(days=6):
        with clock.at(day):
            remind_due(day)
        for message in Message.objects.filter(kind="pairs.reminder", recipient=pair.mentee):
            found.setdefault(message.subject_id, day.astimezone(LATEST).date())
        day += dt.timedelta(days=1)
    return sorted(found.values())


@pytest.mark.covers("phase1.must.29")
@pytest.mark.parametrize(("frequency", "apart"), [("every_two_weeks", 14), ("every_three_weeks", 21)])
def test_check_ins_and_their_reminders_follow_the_frequency_that_was_agreed(aspire, sign_in, frequency, apart):
    agree_on(aspire, sign_in(aspire.mentee), frequency)
    due = days_due(aspire)
    fourth = dt.date.fromisoformat(FIRST) + dt.timedelta(days=3 * apart)
    assert due == [fourth + dt.timedelta(days=3 + step * apart) for step in range(3)]
    told = reminded_on(aspire, check_ins(aspire))
    assert len(told) == 3
    assert [later - earlier for earlier, later in pairwise(told)] == [dt.timedelta(days=apart)] * 2
    assert told[0] > due[0]


@pytest.mark.covers("phase1.must.29")
def test_another_frequency_moves_the_check_ins_and_what_reminds_of_them(aspire, sign_in):
    agree_on(aspire, sign_in(aspire.mentee), "every_two_weeks")
    before, reminders = days_due(aspire), [row.next_reminder_at for row in check_ins(aspire)]
    agree_on(aspire, sign_in(aspire.mentor), "every_three_weeks")
    assert [after - then for then, after in zip(before, days_due(aspire), strict=True)] == [
        dt.timedelta(days=7 * step) for step in (3, 4, 5)
    ]
    moved = [row.next_reminder_at for row in check_ins(aspire)]
    assert all(after > then for then, after in zip(reminders, moved, strict=True))
