"""The way into a call: anywhere the two like, and before them when its time has come."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from tests.factories import MembershipFactory, UserFactory
from tests.pairs.test_around_meetings import dated
from tests.pairs.test_every_kit import pair_of

ROOM = "https://any-provider.example/room?pwd=1"
NEXT = '<section class="next'


def step(html: str) -> str:
    """The one thing to do next, on somebody's home."""
    return html.partition(NEXT)[2].partition("</section>")[0]


@pytest.mark.covers("phase1.tool.video")
def test_the_join_link_comes_first_at_its_time_for_both_and_for_nobody_else(db, sign_in):
    with pair_of("aspire") as pair:
        dated(pair)
        session = pair.session(2)
        page = f"{pair.place}sessions/{session.pk}/"
        sent = {"day": "2026-12-11", "time": "09:00", "minutes": "60", "link": ROOM}
        assert sign_in(pair.mentor).post(f"{page}move/", sent).status_code == 302
        starts = pair.session(2).starts_at
        with tenant_scope(pair.organisation):
            stranger = UserFactory()
            MembershipFactory(user=stranger)
        for minutes, opens in ((-120, False), (-5, True), (30, True), (61, False)):
            with clock.at(starts + dt.timedelta(minutes=minutes)):
                for user in (pair.mentor, pair.mentee):
                    html = step(sign_in(user).get(pair.url("mentoring/")).content.decode())
                    assert (f'href="{ROOM}"' in html, "Join the call" in html) == (opens, opens), minutes
                for user in (stranger, pair.coordinator):
                    assert sign_in(user).get(page).status_code == 404
                    assert ROOM not in sign_in(user).get(pair.url("mentoring/"), follow=True).content.decode()
                assert ROOM not in sign_in(pair.coordinator).get(pair.place).content.decode()
