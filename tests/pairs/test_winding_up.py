"""Ahead of the agreed end: the points of winding up and what comes next stand before both, where the handbook says so."""

import datetime as dt

import pytest

from mentoring import clock
from pairs.domain.planning import replan
from pairs.models import Pairing
from tests.pairs.conftest import PAIRED
from tests.pairs.test_every_kit import fresh, pair_of

DAY = dt.timedelta(days=1)
UNTIL = (PAIRED + 60 * DAY).date()


def home(sign_in, pair, user) -> str:
    return sign_in(user).get(pair.url("mentoring/")).content.decode()


@pytest.mark.covers("sssc.must.48")
def test_points_of_winding_up_and_next_steps_stand_before_both_ahead_of_the_end(db, sign_in):
    with pair_of("sssc") as pair:
        Pairing.objects.update(agreed_until=UNTIL)
        replan(fresh(pair))
        points = pair.output(worksheet="gpc7", moment="close")
        notices = {side: pair.output(worksheet="end", moment="agreed-end", side=side) for side in ("mentor", "mentee")}
        for days, checklist, ending in ((44, False, False), (47, True, False), (54, True, True)):
            with clock.at(PAIRED + days * DAY):
                for side, user in (("mentor", pair.mentor), ("mentee", pair.mentee)):
                    page = home(sign_in, pair, user)
                    told = page.split("Your time together ends on", 1)[-1].split("</ul>", 1)[0] if checklist else ""
                    assert ("Your time together ends on" in page) is checklist
                    assert (f"outputs/{points.pk}/" in told) is checklist
                    assert ("settle the mentee's next steps" in told.replace("&#x27;", "'")) is checklist
                    assert (f"outputs/{notices[side].pk}/" in told) is ending
        with clock.at(PAIRED + 54 * DAY):
            client = sign_in(pair.mentee)
            sheet = client.get(pair.url(f"outputs/{points.pk}/")).content.decode()
            assert "Winding up and moving on" in sheet
            assert "The mentee knows the next steps." in sheet
            asked = client.get(pair.url(f"outputs/{notices['mentee'].pk}/")).content.decode()
            assert "next steps?" in asked


def test_a_handbook_that_says_nothing_ahead_shows_nothing(pair, sign_in):
    Pairing.objects.update(agreed_until=UNTIL)
    with clock.at(PAIRED + 59 * DAY):
        assert "Your time together ends on" not in home(sign_in, pair, pair.mentee)
