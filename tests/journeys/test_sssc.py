"""The handbook of peers, in a real browser: a group of one mentor and two mentees, from the first plans to the evaluation."""

import pytest

from tests.journeys.conftest import BEGIN, ON_A_PHONE, Journey, seats
from tests.journeys.handbooks import at_their_pair, met
from tests.journeys.offices import COHORT, found, invite, open_first, settle
from tests.journeys.papers import pdf_words
from tests.journeys.sheets import send
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ZONE = "Europe/London"
MENTOR, MENTEES = "Moira Sinclair", ("Callum Reid", "Isla Fraser")
DAYS = ("2027-01-18", "2027-02-15", "2027-03-15", "2027-04-12", "2027-05-10", "2027-06-07")
CONTACT, GOAL = "A line every other Friday", "To chair the team meeting"
SECRET, OPEN, REACHED = "What I told nobody else", "Speaking up in the team", "The team meeting, chaired"
LATER = {3: 65, 4: 93, 5: 121, 6: 149}
"""Meetings and the day, counted from the beginning, on which they are over."""


@seats(ON_A_PHONE)
def test_a_group_goes_from_the_first_plans_to_the_evaluation(journey):
    second = journey.stranger()
    mentees = (journey.mentee, second)
    begin(journey)
    join(journey, mentees)
    get_ready(journey, mentees)
    make(journey, mentees)
    agree(journey, mentees)
    meet(journey, mentees)
    meet_alone(journey, mentees)
    go_on(journey, mentees)
    look_back(journey, mentees)
    close(journey, mentees)
    evaluate(journey, mentees)
    assert journey.lookout.faults == []


def begin(journey: Journey) -> None:
    """The cohort waits for how it is evaluated, what is taught, and by what people are chosen."""
    keeper = journey.coordinator
    found(journey, "sssc", zone=ZONE)
    open_first(journey, zone=ZONE)
    keeper.sees("Not settled yet", "Mentor training plan", "Selection criteria")
    settle(
        journey,
        ("Checklist 4: gathering data for the evaluation", {}),
        ("Mentor training plan", {}),
        ("Mentee induction plan", {}),
        ("Selection criteria", {"role": "mentor"}),
        ("Selection criteria", {"role": "mentee"}),
    )
    open_first(journey, zone=ZONE)
    keeper.sees("The cohort is open.")


def join(journey: Journey, mentees: tuple[Visitor, ...]) -> None:
    """Three take their places and apply, with all that each commits to; their home says what else comes first."""
    invite(journey, journey.mentor, MENTOR, "mentor")
    for who, name in zip(mentees, MENTEES, strict=True):
        invite(journey, who, name, "mentee")
    for who in (journey.mentor, *mentees):
        send(who)
        journey.at_home(who, "Next for you", "A word with your line manager")


def get_ready(journey: Journey, mentees: tuple[Visitor, ...]) -> None:
    """Nobody is put into a group before the talk with their manager, and training or induction."""
    keeper = journey.coordinator
    choose_group(keeper, journey)
    keeper.sees(f"{MENTOR} has not sent “A word with your line manager” yet.")
    keeper.sees(f"{MENTOR} has not completed “Training for mentors” yet.")
    for who in (journey.mentor, *mentees):
        journey.at_home(who)
        who.follow("Go to your worksheets")
        who.press("Begin", exact=False)
        send(who, who="Alan Gray")
        journey.at_home(who, "Read what mentoring is")
        who.follow("Read it now")
        who.submit()
    journey.at_home(journey.mentor, "Training for mentors", "the coordinators note that you were there")
    choose_group(keeper, journey)
    keeper.sees_not("line manager")
    keeper.sees(*(f"{name} has not completed “Induction for mentees” yet." for name in MENTEES))
    for module, names in (("mentor-training", (MENTOR,)), ("mentee-induction", MENTEES)):
        keeper.go(f"{journey.home}{COHORT}training/")
        keeper.write(module=module, on=BEGIN.date().isoformat())
        for name in names:
            keeper.page.get_by_label(name, exact=False).check()
        keeper.press("Record it")
    journey.at_home(journey.mentor, "You have done everything for now")


def choose_group(keeper: Visitor, journey: Journey) -> None:
    """Choose all three for a group, and propose it."""
    keeper.go(f"{journey.home}{COHORT}matching/group/")
    keeper.write(model="group")
    for box in keeper.page.locator("main [name=mentors], main [name=mentees]").all():
        box.check()
    keeper.press("Propose the group")


def make(journey: Journey, mentees: tuple[Visitor, ...]) -> None:
    """The group is proposed; with the yes of the last of them it begins, and each hears whom they are with."""
    choose_group(journey.coordinator, journey)
    journey.coordinator.sees("The group is proposed.")
    journey.post.deliver()
    for who, name in zip((journey.mentor, *mentees), (MENTOR, *MENTEES), strict=True):
        journey.at_home(who, "A match is proposed to you")
        who.follow("Look and answer")
        who.sees(*(other for other in (MENTOR, *MENTEES) if other != name))
        who.press("Yes, I would like to begin")
    mentees[-1].sees("Everybody has said yes.")
    journey.coordinator.go(f"{journey.home}{COHORT}matching/proposed/")
    journey.coordinator.sees("has begun")
    journey.post.deliver()
    for who in (journey.mentor, *mentees):
        journey.at_home(who, *(name.split()[0] for name in (MENTOR, *MENTEES)))
    at_their_pair(journey)


def agree(journey: Journey, mentees: tuple[Visitor, ...]) -> None:
    """Six dates, one a month; the agreement holds only once the last of the three has signed."""
    mentor, mentee = journey.mentor, journey.mentee
    mentor.go(f"{journey.pair}schedule/")
    dates = {f"day_{n}": day for n, day in enumerate(DAYS, 1)} | {f"time_{n}": "09:00" for n in range(1, 7)}
    mentor.write(frequency="own", **dates)
    mentor.press("Save the dates")
    mentee.go(f"{journey.pair}agreement/")
    mentee.press("Begin", exact=False)
    mentee.go(f"{journey.pair}agreement/write/")
    send(mentee, duration="6", start="2027-01-18", end="2027-06-30", length="90", between=CONTACT, cancel="24")
    for who, name in zip((mentor, *mentees), (MENTOR, *MENTEES), strict=True):
        journey.post.deliver()
        who.go(f"{journey.pair}agreement/")
        who.sees_not("signed by all")
        who.follow("Read and", exact=False)
        who.sees(CONTACT, "leave you in charge of your own learning")
        who.write(typed_name=name)
        who.page.locator("main form [name=acknowledged]").check()
        who.submit()
    mentees[-1].sees("Signed by all.")
    journey.post.deliver()
    mentor.go(journey.post.link(mentor.email, "/documents/"))
    text = pdf_words(mentor)
    for part in (MENTOR, *MENTEES, CONTACT):
        assert part in text, part


def meet(journey: Journey, mentees: tuple[Visitor, ...]) -> None:
    """The first meeting opens with its prompts; each mentee writes a log, and the coordinator reads it."""
    keeper, first = journey.coordinator, mentees[0]
    journey.session(journey.mentor, 1)
    journey.mentor.sees("Nine points.")
    met(journey, 1, day=9)
    for who in mentees:
        journey.owed(who, "What you take on as a mentee")
        send(who)
        journey.owed(who, "Meeting log · Meeting 1")
        who.sees("Leave out what is personal", "may be used when the programme is evaluated")
        send(who, length="90", **{"topics-0-topic": OPEN if who is first else "Time for reading"})
    journey.owed(journey.mentor, "Action plan")
    send(journey.mentor, meetinglength="90", **{"short-0-goal": GOAL})
    for who in mentees:
        who.go(f"{journey.pair}goals/")
        who.sees(GOAL)
    keeper.go(journey.pair)
    keeper.follow("Meeting log · Meeting 1")
    keeper.sees("Meeting log · Meeting 1", "What did you talk about?")


def meet_alone(journey: Journey, mentees: tuple[Visitor, ...]) -> None:
    """One of the two meets the mentor alone: of the meeting and its log the other neither hears nor sees anything."""
    mentor, keeper, (first, second) = journey.mentor, journey.coordinator, mentees
    mentor.go(f"{journey.pair}sessions/new/")
    mentor.page.get_by_label(f"{MENTEES[0].split()[0]} alone, with the mentors").check()
    mentor.write(day="2027-01-22", time="10:00", minutes="60")
    mentor.press("Add the meeting")
    journey.on(13)
    first.go(f"{journey.pair}worksheets/")
    named = first.page.get_by_role("heading", name="Log of a talk alone", exact=True)
    first.press("Begin", exact=False, within=named.locator(".."))
    send(first, topics=SECRET)
    journey.post.deliver()
    for who in (mentor, keeper):
        who.go(journey.pair if who is keeper else f"{journey.pair}worksheets/log-alone/")
        who.follow("Log of a talk alone")
        who.sees(SECRET)
    second.go(f"{journey.pair}worksheets/log-alone/")
    second.sees("No sheet yet")
    second.go(f"{journey.pair}sessions/")
    second.sees_not("22\nFri")
    first.go(f"{journey.pair}sessions/")
    first.sees("22\nFri")
    assert not [one.subject for one in journey.post.letters(second.email) if "alone" in one.subject.lower()]


def go_on(journey: Journey, mentees: tuple[Visitor, ...]) -> None:
    """A word from the mentor between two meetings; the next meeting begins with what was noted at the last."""
    mentor, (first, second) = journey.mentor, mentees
    journey.on(22)
    journey.owed(mentor, "Contact between meetings")
    send(mentor)
    journey.session(mentor, 2)
    mentor.sees(f"Begin with the logs of {' and '.join(MENTEES)}", OPEN)
    mentor.sees_not("then the mentor's", "Leave out what is personal")
    met(journey, 2, day=37)
    journey.owed(first, "Meeting log · Meeting 2")
    send(first, length="90", **{"topics-0-topic": "What we spoke of in 2"})
    journey.session(second, 3)
    second.sees("What we spoke of in 2")
    met(journey, 3, day=LATER[3])


def look_back(journey: Journey, mentees: tuple[Visitor, ...]) -> None:
    """Half way each looks at the relationship alone, and reads the others once all have sent; the coordinator does not."""
    mentor, keeper, (first, second) = journey.mentor, journey.coordinator, mentees
    journey.on(88)
    for who in (first, second, mentor):
        journey.owed(who, "How are we working together?")
        who.sees_not(*(f"Change of {one.email}" for one in (first, second)))
        send(who, change=f"Change of {who.email}")
    journey.post.deliver()
    mentor.go(f"{journey.pair}worksheets/relreview/")
    mentor.follow_to("main a[href*='/outputs/']", "How are we working together?")
    mentor.sees("Change of ")
    keeper.go(journey.pair)
    keeper.sees("How are we working together? · Half way", "you see that it is done, not its words")
    keeper.sees_not("Change of ")
    for number in (4, 5, 6):
        met(journey, number, day=LATER[number])
    journey.owed(second, "Review of the action plan · At the end")
    send(second)
    journey.owed(first, "What we have reached · At the end")
    send(first, **{"items-0-item": REACHED})


def close(journey: Journey, mentees: tuple[Visitor, ...]) -> None:
    """Two weeks before the agreed end the points of closing are there; each tells the coordinator how it ended."""
    keeper, first = journey.coordinator, mentees[0]
    journey.on(160)
    journey.owed(first, "Checklist 7: your relationship · Winding up")
    first.sees("We have said goodbye properly.")
    journey.on(170)
    for who in (journey.mentor, *mentees):
        journey.owed(who, "The end of our mentoring")
        send(who, learnt=f"Learnt by {who.email}")
    mentees[1].go(f"{journey.pair}documents/")
    mentees[1].sees_not(f"Learnt by {first.email}")
    keeper.go(journey.pair)
    keeper.sees_not(REACHED)
    keeper.press("Close: it has run its course")
    keeper.sees("It has ended.", "Group · completed")
    journey.post.deliver()
    for who in (journey.mentor, *mentees):
        journey.post.letter(who.email, "is complete")


def evaluate(journey: Journey, mentees: tuple[Visitor, ...]) -> None:
    """The coordinator asks all three; each answers the sheet of their side, and figures wait until nobody is recognised."""
    keeper, place = journey.coordinator, f"{journey.home}evaluation/mentoring/first/"
    keeper.go(place)
    keeper.press("Send the evaluation")
    journey.post.deliver()
    for who in (journey.mentor, *mentees):
        who.go(journey.post.link(who.email, "/outputs/"))
        who.sees("Sixteen short questions" if who is journey.mentor else "Seventeen short questions")
        send(who)
    keeper.go(place)
    keeper.sees("3 of 3", *MENTEES)
    keeper.go(f"{place}results/")
    keeper.sees("Fewer than 5 are not shown")
