"""The handbook of a talk before and ten steps to lean on, in a real browser: from the first call to the closing."""

import pytest

from tests.journeys.conftest import AT_A_DESK_WITHOUT, Journey, seats
from tests.journeys.handbooks import agree, choose, comes, decide, finish, met, opened, tell_of_oneself
from tests.journeys.papers import pdf_words
from tests.journeys.sheets import fill, send

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MENTOR, MENTEE = "Grace Otieno", "Leo Brandt"
WISH, GAP = "To speak up in the board", "Too little time for my garden"


@seats(AT_A_DESK_WITHOUT)
def test_a_pair_goes_from_the_first_call_to_the_closing(journey):
    organisation = opened(journey, "gla", zone="Europe/London", partners=["Harbour Board", "City Archive"])
    for who, name, side in ((journey.mentor, MENTOR, "mentor"), (journey.mentee, MENTEE, "mentee")):
        comes(who, name, side, organisation=organisation)
    join(journey)
    choose(journey, MENTOR, reads="I was new to boards once", at="2027-01-13T10:00", wishes={"message": WISH})
    decide(journey, MENTOR, MENTEE, day=4)
    accept(journey)
    work(journey)
    take_up(journey)
    finish(journey, day=150)
    evaluate(journey)
    assert journey.lookout.faults == []


def join(journey: Journey) -> None:
    """Each fills in a profile and reads the guidance; the agreement can be read before anybody is paired."""
    tell_of_oneself(journey, journey.mentor, offer="I was new to boards once")
    tell_of_oneself(journey, journey.mentee)


def accept(journey: Journey) -> None:
    """Nothing is worked on before the agreement is accepted by both; its paper has its own parts."""
    mentee = journey.mentee
    mentee.go(f"{journey.pair}schedule/")
    mentee.write(frequency="own", day_1="2027-01-20", time_1="09:00", day_2="2027-02-03", time_2="09:00")
    mentee.press("Save the dates")
    agree(journey, MENTOR, MENTEE, frequency="Every second week", until="2027-06-07", period="4", conflict="none")
    mentee.go(journey.post.link(mentee.email, "/documents/"))
    text = pdf_words(mentee)
    for part in (MENTOR, MENTEE, "Every second week", "Mentoring Agreement"):
        assert part in text, part


def work(journey: Journey) -> None:
    """A contract that both confirm, a first session, and one along the ten steps with a record that both read."""
    mentor, mentee = journey.mentor, journey.mentee
    met(journey, 1, day=11)
    journey.owed(mentee, "Our contract")
    fill(mentee, frequency="Every second week", length="60")
    mentee.press("Later")
    journey.owed(mentor, "Our contract")
    send(mentor)
    journey.on(25)
    journey.session(mentor, 2)
    mentor.sees("The ten steps")
    met(journey, 2, day=25)
    journey.owed(mentee, "Session record")
    send(mentee)


def take_up(journey: Journey) -> None:
    """The mentor gives an exercise to do; it is the mentee's own, and leads on to the next one."""
    mentor, mentee, leilani, post = journey.mentor, journey.mentee, journey.coordinator, journey.post
    mentor.go(f"{journey.pair}worksheets/rocking/give/")
    mentor.submit()
    post.deliver()
    journey.owed(mentee, "The rocking chair")
    send(mentee, gap=GAP)
    mentee.sees("Take what is missing into thought showering")
    mentor.go(f"{journey.pair}worksheets/")
    mentor.sees_not(GAP)
    leilani.go(journey.pair)
    leilani.sees_not(GAP, "Every second week")


def evaluate(journey: Journey) -> None:
    """What they wrote stays theirs, and nothing of it is read by anybody else."""
    journey.mentee.go(f"{journey.pair}documents/")
    journey.mentee.sees("Our contract")
