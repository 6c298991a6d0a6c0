"""A pair's whole path in a real browser: from the first letter to the report and the export."""

import io
import zipfile

import pytest

from tests.journeys.conftest import AT_A_DESK, ON_A_PHONE_WITHOUT, Journey, seats
from tests.journeys.pair import MENTEE, MENTOR, confirmed
from tests.journeys.papers import download, pdf_words
from tests.journeys.sheets import send
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROOM = "https://meet.example/room"
GOAL, SECRET = "Lead a review on my own", "I dread the first call"
ENDING_PLAN, CLAUSE = "We tell each other in good time", "The mentor does not give advice unless asked for it twice."
KEPT = "The closing words of {0.email}"
LATER_SESSIONS = {3: 67, 4: 98, 5: 128}
"""Sessions and the day, counted from the beginning, on which the pair looks back at them."""


@pytest.mark.covers("plp.sys.34", "plp.sys.65", "plp.sys.80", "plp.sys.82", "plp.sys.83")
@seats(AT_A_DESK, ON_A_PHONE_WITHOUT)
def test_a_pair_goes_the_whole_way(journey):
    confirmed(journey)
    write_first(journey)
    set_goals(journey)
    set_dates(journey)
    agree(journey)
    begin_with_capacity(journey)
    go_on(journey)
    close(journey)
    evaluate(journey)
    take_it_out(journey)
    assert journey.lookout.faults == []


def write_first(journey: Journey) -> None:
    """Both are told; the mentor writes a letter with a first date; the mentee reads it on their own clock."""
    mentor, mentee, post = journey.mentor, journey.mentee, journey.post
    post.deliver()
    assert MENTEE in post.letter(mentor.email, "You are paired with").subject
    assert MENTOR in post.letter(mentee.email, "You are paired with").subject
    mentor.go(post.link(mentor.email, "/mentoring/"))
    mentor.sees("Hello, Umai", "Write to ʻAna and propose a first call")
    mentor.follow("Write the letter")
    mentor.write(day="2027-01-18", time="09:00", link=ROOM)
    mentor.press("Send the letter")
    mentor.sees("Your letter is on its way to ʻAna.")
    post.deliver()
    letter = str(post.letter(mentee.email, "Hello from your mentor").body)
    assert ROOM in letter
    assert "Sunday 17 January, 9:00 in Pago Pago" in letter
    journey.at_home(mentee, "Sunday 17 January, 9:00 in Pago Pago", "Monday 18 January, 9:00 for Umai")


def set_goals(journey: Journey) -> None:
    """The mentee prepares in private and drafts a goal; the mentor answers it."""
    mentor, mentee, post = journey.mentor, journey.mentee, journey.post
    journey.on(1)
    journey.owed(mentee, "Preparing for your first meeting")
    mentee.sees("Who reads this: You alone.")
    send(mentee, assumptions=SECRET)
    journey.owed(mentee, "Goal setting worksheet")
    send(mentee, **{"goals-0-action": GOAL, "goals-0-due": "2027-05-01"})
    post.deliver()
    assert MENTEE in post.letter(mentor.email, "Goal setting worksheet").subject
    mentor.go(f"{journey.pair}goals/")
    mentor.sees(GOAL, "not agreed yet")
    mentor.sees_not(SECRET)
    mentor.follow("Answer this goal")
    mentor.write(comment="Which review first?")
    mentor.page.get_by_label("I understand this goal, and I agree with it").check()
    mentor.press("Keep this answer")
    post.deliver()
    mentee.go(post.link(mentee.email, "/goals/"))
    mentee.sees(GOAL, "agreed Monday 11 January", "Which review first?")


def set_dates(journey: Journey) -> None:
    """Six dates in one form, on both clocks; six invitations to each; a private calendar address."""
    mentor, mentee, post = journey.mentor, journey.mentee, journey.post
    mentor.go(f"{journey.pair}schedule/")
    mentor.write(platform="teams", minutes="60", day_1="2027-01-18", time_1="09:00")
    mentor.press("Fill in the other dates")
    mentor.sees("Session 6", "Sunday 20 June")
    mentor.press("Save the dates")
    mentor.sees(
        "The dates are saved.", "0 of 6", "MS Teams", "Monday 21 June, 9:00 in Apia", "Sunday 20 June, 9:00 for ʻAna"
    )
    mentor.press("Send invitations for all 6")
    mentor.sees("6 invitations are on their way to everybody.")
    post.deliver()
    mentee.go(post.link(mentee.email, "/sessions/"))
    for person in (mentor, mentee):
        invitations = list(post.calendars(person.email))
        assert [one.method for one in invitations] == ["REQUEST"] * 6
        assert len({one.event["uid"] for one in invitations}) == 6
        starts = [one.event["dtstart"].dt for one in invitations]
        assert [start.strftime("%m-%d %H:%M") for start in (starts[0], starts[-1])] == ["01-17 20:00", "06-20 20:00"]
    mentee.go("/o/plp/calendar/")
    mentee.press("Make my address")
    address = mentee.page.locator("main #address").input_value()
    feed = mentee.page.request.get(address).text()
    assert feed.count("BEGIN:VEVENT") == 6
    assert ROOM not in feed


def agree(journey: Journey) -> None:
    """Session 1, the joint checklist, the agreement with a clause of their own; both sign, all three hold the PDF."""
    mentor, mentee, leilani, post = journey.mentor, journey.mentee, journey.coordinator, journey.post
    journey.on(8)
    hold(journey, 1)
    journey.owed(mentee, "First meeting checklist")
    send(mentee, **{"at_a_distance-ending_plan-note": ENDING_PLAN})
    write_agreement(journey)
    post.deliver()
    mentor.go(post.link(mentor.email, "/agreement/"))
    mentor.follow("Read and sign")
    mentor.sees(GOAL, CLAUSE, "you can end the mentoring whenever you want")
    mentor.write(typed_name=MENTOR)
    mentor.press("I sign the agreement")
    mentor.sees("You have signed. Whoever still has to sign has been told that it is their turn.")
    post.deliver()
    mentee.go(post.link(mentee.email, "/agreement/"))
    mentee.follow("Read and sign")
    mentee.sees(GOAL, CLAUSE, "What may reach the coordinator")
    chosen = {"logs": "yes", "capacity": "yes", "goals": "yes", "checklist": "yes", "closure": "no"}
    mentee.write(**{f"consent_{key}": answer for key, answer in chosen.items()}, typed_name=MENTEE)
    mentee.press("I sign the agreement")
    mentee.sees("Signed by all.")
    post.deliver()
    for person, subject in (
        (mentor, "The mentoring agreement is signed by all"),
        (mentee, "The mentoring agreement is signed by all"),
        (leilani, "Signed agreement"),
    ):
        post.letter(person.email, subject)
        person.go(post.link(person.email, "/documents/"))
        person.sees("Your document is ready")
    text = pdf_words(leilani)
    for part in (MENTOR, MENTEE, GOAL, ENDING_PLAN, CLAUSE, "Fingerprint of the text that was signed"):
        assert part in text, part


def write_agreement(journey: Journey) -> None:
    """What the two have written elsewhere is taken over; a clause is put otherwise and stays visible as changed."""
    mentee = journey.mentee
    mentee.go(f"{journey.pair}agreement/")
    mentee.press("Begin the agreement")
    for words in ("Mentoring goal statement", "Learning objectives", "Ground rules"):
        mentee.go(f"{journey.pair}agreement/")
        mentee.press(f": {words}", exact=False)
        mentee.sees("taken over.")
    mentee.go(f"{journey.pair}agreement/")
    mentee.follow("Adapt the clauses")
    mentee.page.locator("main form textarea").first.fill(CLAUSE)
    mentee.submit()
    mentee.sees(CLAUSE)
    mentee.go(f"{journey.pair}agreement/write/")
    send(mentee)


def hold(journey: Journey, number: int) -> None:
    """The mentor says that a session took place."""
    journey.session(journey.mentor, number)
    journey.mentor.go(f"{journey.mentor.page.url}held/")
    journey.mentor.press("Yes, we met")
    journey.mentor.sees("Noted: the session took place.", "60 minutes")


def log(journey: Journey, who: Visitor, number: int) -> None:
    """Write one's learning log of a session."""
    journey.owed(who, f"Learning log · Session {number}")
    side = "mentee" if who is journey.mentee else "mentor"
    act = {"followup-0-action": f"Act {number} of the {side}", "followup-0-owner": side}
    send(who, issues=seen_by(side, number), **act)


def seen_by(side: str, number: int) -> str:
    """What somebody noted in a session."""
    return f"What the {side} saw in session {number}"


def begin_with_capacity(journey: Journey) -> None:
    """Session 2: capacity plan, two logs, each told of the other's; the next session begins with them."""
    mentor, mentee, leilani, post = journey.mentor, journey.mentee, journey.coordinator, journey.post
    journey.on(39)
    hold(journey, 2)
    journey.owed(mentee, "Capacity needs")
    send(mentee, **{"gaps-0-gap": "Reading contracts", "gaps-0-action": "Take the contracts course"})
    for person in (mentee, mentor):
        log(journey, person, 2)
    post.deliver()
    mentor.go(post.link(mentor.email, "/outputs/"))
    mentor.sees(seen_by("mentee", 2))
    journey.session(mentor, 3)
    mentor.sees("Act 2 of the mentee", "Take the contracts course")
    said = mentor.says()
    assert said.index(seen_by("mentee", 2)) < said.index(seen_by("mentor", 2)), "The mentee's log comes first."
    read_by_coordinator(journey, 2, readable=False)
    mentor.go(f"{journey.pair}logs/")
    mentor.press("Pass on to the coordinator")
    mentor.sees("The coordinator has the logs of session 2.", "with the coordinator")
    post.deliver()
    assert "session 2" in post.letter(leilani.email, "Logs of session 2").subject
    read_by_coordinator(journey, 2, readable=True)
    leilani.sees(seen_by("mentee", 2))


def read_by_coordinator(journey: Journey, number: int, *, readable: bool) -> None:
    """The coordinator sees that the mentee's log is in, and opens it if it may be read."""
    leilani = journey.coordinator
    leilani.go(journey.pair)
    line = leilani.page.locator("main li").filter(has_text=f"Learning log · Session {number}").filter(has_text=MENTEE)
    assert "done 19 Feb" in line.inner_text()
    assert ("not its words" in line.inner_text()) is not readable
    assert line.get_by_role("link").count() == readable
    if readable:
        leilani.follow_to("main li a", f"Learning log · Session {number}")


def go_on(journey: Journey) -> None:
    """Sessions 3 to 5: guidance wanted beforehand, logs, goals looked at again, what was to be done settled."""
    mentor, mentee = journey.mentor, journey.mentee
    journey.on(60)
    journey.owed(mentee, "Where you want guidance · Before session 3")
    send(mentee, **{"issues-0-issue": "A client who does not answer"})
    journey.session(mentor, 3)
    mentor.sees("A client who does not answer")
    for number, day in LATER_SESSIONS.items():
        journey.on(day)
        hold(journey, number)
        for person in (mentee, mentor):
            log(journey, person, number)
    journey.owed(mentee, "Looking at your goals again · At the mid-point")
    mentee.sees(GOAL)
    send(mentee)
    journey.at_home(mentor, "Act 5 of the mentor")
    mentor.go(f"{journey.pair}actions/")
    line = mentor.page.locator("main li").filter(has_text="Act 5 of the mentor")
    mentor.press("Done", within=line, exact=False)
    mentor.sees("Well done: that is settled.", "Settled")
    journey.at_home(mentor)
    mentor.sees_not("Act 5 of the mentor")


def close(journey: Journey) -> None:
    """Closure sheets, side by side in session 6; the logs compiled; thanks; the coordinator closes the pair."""
    mentor, mentee, leilani, post = journey.mentor, journey.mentee, journey.coordinator, journey.post
    journey.on(155)
    for person in (mentee, mentor):
        journey.owed(person, "Closure worksheet")
        send(person, desired_ending=KEPT.format(person))
    journey.session(mentor, 6)
    mentor.sees_not(KEPT.format(mentee))
    journey.on(165)
    hold(journey, 6)
    mentor.sees(KEPT.format(mentee), KEPT.format(mentor), seen_by("mentee", 5))
    journey.owed(mentee, "Looking at your goals again · At the end")
    send(mentee)
    journey.owed(mentee, "A word of thanks")
    send(mentee, message="You never once gave advice.")
    journey.at_home(mentor, "Gather the learning logs for the coordinator")
    mentor.follow("See the logs")
    mentor.sees("8 logs are there.")
    mentor.press("Compile and pass on")
    post.deliver()
    post.letter(mentor.email, "A word of thanks")
    mentor.go(post.link(mentor.email, "/outputs/"))
    mentor.sees("You never once gave advice.")
    assert MENTEE in post.letter(leilani.email, "Compiled learning logs").subject
    leilani.go(post.link(leilani.email, "/documents/"))
    text = pdf_words(leilani)
    for side in ("mentee", "mentor"):
        for number in (2, *LATER_SESSIONS):
            assert seen_by(side, number) in text


def evaluate(journey: Journey) -> None:
    """The evaluation goes to both and comes back; the pair is closed, and everybody is told."""
    mentor, mentee, leilani, post = journey.mentor, journey.mentee, journey.coordinator, journey.post
    leilani.go(f"{journey.home}evaluation/e-mentoring/january/")
    leilani.page.locator("main [name=pairs]").first.check()
    leilani.press("Send the evaluation")
    leilani.sees("The evaluation went to 1 pair.", "0 of 2")
    post.deliver()
    for person in (mentee, mentor):
        post.letter(person.email, "How was E-Mentoring for you?")
        person.go(post.link(person.email, "/outputs/"))
        send(person, useful="5")
    leilani.go(f"{journey.home}evaluation/e-mentoring/january/results/")
    leilani.sees("2 of 2 people have answered", "Fewer than 5 are not shown, so that nobody can be recognised.")
    leilani.go(journey.pair)
    leilani.sees("6 of 6 sessions held", "Nothing is open.")
    leilani.press("Close: it has run its course")
    leilani.sees("completed")
    post.deliver()
    for person, partner in ((mentor, "ʻAna"), (mentee, "Umai")):
        post.letter(person.email, "is complete")
        journey.at_home(person, f"Your time with {partner} is complete", "You held 6 sessions.")


def take_it_out(journey: Journey) -> None:
    """The weekly report comes by mail, as page and PDF; the export holds what may be read, and nothing that was kept."""
    leilani, post = journey.coordinator, journey.post
    journey.on(169)
    assert "every pair is on its way" in post.letter(leilani.email, "January: ").subject
    leilani.go(post.link(leilani.email, "/reports/"))
    leilani.sees("Weekly report", "23 of 23", "pair is completed", "Nothing was late.")
    leilani.press("As a PDF")
    text = pdf_words(leilani)
    for part in ("E-Mentoring", "January", "23 of 23", "Nothing was late."):
        assert part in text, part
    leilani.go(f"{journey.home}exports/programmes/e-mentoring/")
    leilani.write(kind="csv")
    leilani.press("Make the export")
    leilani.sees("Your export is being made")
    post.deliver()
    leilani.go(post.link(leilani.email, "/exports/"))
    leilani.sees("Your export is ready")
    packed = zipfile.ZipFile(io.BytesIO(download(leilani, "Download it")))
    tables = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    assert {"people.csv", "pairings.csv", "sessions.csv", "actions.csv", "learning-log.csv", "closure.csv"} <= set(
        tables
    )
    assert tables["sessions.csv"].count('"held"') == 6
    assert seen_by("mentee", 5) in tables["learning-log.csv"]
    everything = "".join(tables.values())
    for kept in (SECRET, KEPT.format(journey.mentee), KEPT.format(journey.mentor)):
        assert kept not in everything
