"""The handbook of aspirations, in a real browser: what somebody wants to become, the way there, and what came of it."""

import pytest

from tests.journeys.conftest import AT_A_DESK, Journey, seats
from tests.journeys.handbooks import agree, comes, met, opened, put_together, tell_of_oneself
from tests.journeys.sheets import fill, send

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MENTOR, MENTEE = "Ines Duarte", "Noa Peretz"
ASPIRATION, MILESTONE, THOUGHT = "To lead a school", "Lead the science week", "Some days I doubt it"


@seats(AT_A_DESK)
def test_an_aspiration_is_followed_over_six_months(journey):
    organisation = opened(journey, "aspire", zone="Europe/Lisbon")
    for who, name, side in ((journey.mentor, MENTOR, "mentor"), (journey.mentee, MENTEE, "mentee")):
        comes(who, name, side, organisation=organisation)
    tell_of_oneself(journey, journey.mentor)
    tell_of_oneself(journey, journey.mentee)
    put_together(journey, MENTOR, MENTEE)
    begin(journey)
    aspire(journey)
    plan(journey)
    look_back(journey)
    assert journey.lookout.faults == []


def met_and_noted(journey: Journey, number: int, *, day: int) -> None:
    """A session is over, and its record is written."""
    met(journey, number, day=day)
    journey.owed(journey.mentee, f"Meeting record · Session {number}")
    send(journey.mentee)


def begin(journey: Journey) -> None:
    """Six dates, one a month."""
    mentee = journey.mentee
    mentee.go(f"{journey.pair}schedule/")
    days = ("2027-01-18", "2027-02-15", "2027-03-15", "2027-04-12", "2027-05-10", "2027-06-07")
    mentee.write(
        frequency="own",
        **{f"day_{n}": day for n, day in enumerate(days, 1)},
        **{f"time_{n}": "09:00" for n in range(1, 7)},
    )
    mentee.press("Save the dates")
    journey.post.deliver()
    agree(journey, MENTOR, MENTEE, frequency="Once a month")
    met_and_noted(journey, 1, day=9)


def aspire(journey: Journey) -> None:
    """The mentee writes what they want to become; the journal is theirs alone."""
    mentor, mentee, keeper = journey.mentor, journey.mentee, journey.coordinator
    journey.owed(mentee, "Aspiration · At the start")
    send(mentee, **{"aspirations-0-vision": ASPIRATION})
    journey.post.deliver()
    for who in (mentee, mentor):
        who.go(f"{journey.pair}goals/")
        who.sees(ASPIRATION)
    mentee.go(f"{journey.pair}worksheets/")
    mentee.press("Journal", exact=False)
    send(mentee, thoughts=THOUGHT)
    mentor.go(f"{journey.pair}worksheets/")
    mentor.sees_not(THOUGHT, "Journal · 1")
    keeper.go(journey.pair)
    keeper.sees_not(THOUGHT, ASPIRATION)


def plan(journey: Journey) -> None:
    """Goals and milestones hang on the aspiration; a small win is told in a moment."""
    mentor, mentee = journey.mentor, journey.mentee
    met_and_noted(journey, 2, day=37)
    met_and_noted(journey, 3, day=65)
    journey.owed(mentee, "SMART goals")
    send(mentee)
    journey.owed(mentor, "Milestones")
    send(mentor, **{"milestones-0-name": MILESTONE})
    journey.post.deliver()
    mentee.go(f"{journey.pair}goals/")
    mentee.sees(ASPIRATION, MILESTONE)
    mentor.go(f"{journey.pair}worksheets/")
    mentor.press("Small win", exact=False)
    fill(mentor, what="The parents came along")
    mentor.press("Send it")
    mentor.sees("Sent.")
    journey.post.deliver()


def look_back(journey: Journey) -> None:
    """A milestone is reached, the aspiration is looked at again, and the way is seen in one view."""
    mentor, mentee = journey.mentor, journey.mentee
    met_and_noted(journey, 4, day=93)
    mentee.go(f"{journey.pair}goals/")
    mentee.press("Reached", exact=False)
    journey.post.deliver()
    journey.owed(mentor, "Looking at the aspiration again")
    send(mentor, same="same")
    for who in (mentee, mentor):
        who.go(f"{journey.pair}goals/")
        who.sees(ASPIRATION, MILESTONE, "reached")
