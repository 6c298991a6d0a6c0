"""The handbook that mentees lead, in a real browser: a mentor of one's own choosing, a contract by initials, check-ups."""

import pytest

from tests.journeys.conftest import ON_A_PHONE, Journey, seats
from tests.journeys.handbooks import choose, comes, decide, finish, opened, tell_of_oneself
from tests.journeys.papers import pdf_words
from tests.journeys.sheets import send

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MENTOR, MENTEE, BOSS = "Marta Reyes", "Ada Lim", "una@boss.example"
PURPOSE = "To lead a review on my own"


@pytest.mark.covers("cal.sys.82")
@seats(ON_A_PHONE)
def test_a_mentee_leads_the_whole_way(journey):
    organisation = opened(journey, "caltrans", zone="America/Los_Angeles")
    for who, name, side in ((journey.mentor, MENTOR, "mentor"), (journey.mentee, MENTEE, "mentee")):
        comes(who, name, side, organisation=organisation)
    join(journey)
    be_approved(journey)
    choose(journey, MENTOR, reads="Thirty years on bridges", at="2027-01-12T10:00", wishes={"purpose": PURPOSE})
    decide(journey, MENTOR, MENTEE, day=3)
    agree(journey)
    meet(journey)
    check_up(journey)
    end(journey)
    assert journey.lookout.faults == []


def join(journey: Journey) -> None:
    """Each fills in the sheet that their handbook asks for, and reads what mentoring is."""
    tell_of_oneself(journey, journey.mentor, career="Thirty years on bridges")
    tell_of_oneself(journey, journey.mentee, supervisor_name="Una Chief", supervisor_email=BOSS)


def be_approved(journey: Journey) -> None:
    """The supervisor gets a link, sees nothing but the question, and says yes; the mentee hears of it."""
    mentee, post = journey.mentee, journey.post
    journey.at_home(mentee, "Ask for the approval you need")
    mentee.follow("Say whom to ask")
    mentee.press("Send the link")
    post.deliver()
    boss = journey.stranger()
    boss.email = BOSS
    boss.go(post.link(BOSS, "/approve/"))
    boss.sees("May Ada Lim take part?", "You see nothing of what Ada writes")
    boss.page.locator("main [name=f-decision][value=approved]").check()
    boss.page.locator("main [name=f-decided_by]").fill("Una Chief")
    boss.press("Send my answer")
    post.deliver()
    mentee.go(post.link(mentee.email, "/place/"))


def agree(journey: Journey) -> None:
    """The contract: written by the mentee, acknowledged and signed by initials by both; then it has its own end."""
    mentor, mentee, leilani, post = journey.mentor, journey.mentee, journey.coordinator, journey.post
    mentee.go(f"{journey.pair}schedule/")
    mentee.write(frequency="own", day_1="2027-01-18", time_1="09:00", day_2="2027-02-01", time_2="09:00")
    mentee.press("Save the dates")
    post.deliver()
    mentee.go(f"{journey.pair}agreement/")
    mentee.press("Begin", exact=False)
    mentee.go(f"{journey.pair}agreement/write/")
    send(mentee, months="4", until="2027-05-20", meeting_schedule="Every second Monday")
    mentee.go(f"{journey.pair}agreement/")
    post.deliver()
    for who, initials in ((mentor, "M. R."), (mentee, "A. L.")):
        who.go(f"{journey.pair}agreement/")
        who.follow("Read and sign")
        who.sees("Every second Monday", "It is the mentee's goals that count")
        who.page.locator("main [name=acknowledged]").check()
        who.write(typed_name=initials)
        who.submit()
        post.deliver()
    mentee.go(post.link(mentee.email, "/documents/"))
    text = pdf_words(mentee)
    for part in (MENTOR, MENTEE, "A. L.", "It is the mentee's goals that count", "let you go along with me at work"):
        assert part in text, part
    leilani.go(journey.pair)


def meet(journey: Journey) -> None:
    """The first meetings, each with one log for both, with which the next one begins."""
    mentor, mentee = journey.mentor, journey.mentee
    for number, day in ((1, 9), (2, 23)):
        journey.on(day)
        journey.session(mentee, number)
        mentee.go(f"{mentee.page.url}held/")
        mentee.press("Yes, we met")
        journey.owed(mentee, "Meeting log")
        send(mentee, topics=f"What we spoke of in {number}", hours="1.5")
    journey.session(mentor, 3)
    mentor.sees("What we spoke of in 2")


def check_up(journey: Journey) -> None:
    """Each fills in alone, and reads the other's only then; the second round shows the course of both."""
    mentor, mentee, leilani, post = journey.mentor, journey.mentee, journey.coordinator, journey.post
    for number, day in ((1, 60), (2, 121)):
        journey.on(day)
        for who in (mentor, mentee):
            journey.owed(who, f"Relationship checkup · {number}")
            send(who, trust="4" if who is mentor else "2", one_change=f"{number} of {who.email}")
        post.deliver()
    mentee.go(f"{journey.pair}worksheets/checkup/")
    for box in mentee.page.get_by_label("Compare Relationship checkup · 1").all():
        box.check()
    mentee.press("Compare the two I ticked")
    mentee.sees(f"1 of {mentor.email}", f"1 of {mentee.email}")
    mentor.go(f"{journey.pair}worksheets/checkup/trend/")
    mentor.sees("Worth a talk", "There is trust enough between us")
    leilani.go(journey.pair)
    leilani.sees("What it says stays with the pair.")
    leilani.sees_not(f"1 of {mentor.email}", "What we spoke of in 1")


def end(journey: Journey) -> None:
    """The day of their contract comes."""
    finish(journey, day=131)
    for who in (journey.mentor, journey.mentee):
        journey.at_home(who, "You held 2 sessions.")
