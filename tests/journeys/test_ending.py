"""Ending early in a real browser: kindly, without a reason, out of both calendars, and free for another pair."""

import pytest

from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.inviting import send_invitations
from pairs.domain.schedule import Facts, fingerprint, numbered, save_schedule
from pairs.domain.sessions import hold_session
from pairs.domain.slots import recurring
from pairs.models import Pairing, Schedule
from programmes.models import Cohort
from tests.factories import local
from tests.journeys.conftest import AT_A_DESK_WITHOUT, BEGIN, ON_A_PHONE, Journey, seats
from tests.journeys.pair import MENTEE, MENTOR, confirmed, place
from tests.journeys.sheets import send

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PLAN, FAREWELL = "We tell each other in good time", "I have learnt to ask"
OTHER_MENTOR, OTHER_MENTEE = "Sione Vaka", "Mele Fifita"
HELD, COMING = 1, 5


@pytest.mark.covers("plp.sys.99", "plp.sys.118")
@seats(ON_A_PHONE, AT_A_DESK_WITHOUT)
def test_a_mentee_ends_early_and_both_are_free(journey):
    confirmed(journey)
    under_way(journey)
    end(journey)
    be_told(journey)
    out_of_the_calendars(journey)
    close_in_short(journey)
    rest(journey)
    pair_again(journey)
    assert journey.lookout.faults == []


def under_way(journey: Journey) -> None:
    """Session 1 was held, five are to come and stand in both calendars; the two have said how they would end."""
    with tenant_scope(Organisation.objects.get(slug="plp")):
        pairing = Pairing.objects.get()
        mentor, mentee = (pairing.members.get(side=side).participant.membership.user for side in ("mentor", "mentee"))
        days = recurring(BEGIN.date().replace(day=18), "monthly", HELD + COMING)
        save_schedule(
            pairing=pairing,
            facts=Facts("monthly", "zoom", "", "https://meet.example/room", 60),
            starts={number: local("Pacific/Apia", *day.timetuple()[:3], 9) for number, day in enumerate(days, 1)},
            zone="Pacific/Apia",
            seen=fingerprint(Schedule.objects.get(pairing=pairing), numbered(pairing)),
            actor=mentee,
        )
        send_invitations(pairing=pairing, actor=mentor)
        journey.on(8)
        hold_session(session=numbered(pairing)[0], actor=mentor)
        for side, name, mailbox in (("mentor", OTHER_MENTOR, "sione"), ("mentee", OTHER_MENTEE, "mele")):
            place(Cohort.objects.get(), side, name, mailbox)
    journey.owed(journey.mentee, "First meeting checklist")
    send(journey.mentee, **{"at_a_distance-ending_plan-note": PLAN})


def end(journey: Journey) -> None:
    """The mentee finds the way from home, reads what will happen, and is not asked why."""
    mentee = journey.mentee
    journey.on(20)
    journey.at_home(mentee, "Your next meeting")
    mentee.follow("End the mentoring")
    mentee.sees(
        "nobody is to blame, and nobody is asked why", PLAN, "not who asked for it", "Would it help to talk first?"
    )
    assert mentee.page.locator("main form textarea, main form input:not([type=hidden])").count() == 0
    mentee.press("End the mentoring")
    mentee.sees("Your mentoring with Umai has ended", "nobody is to blame", "What you wrote stays here")


def be_told(journey: Journey) -> None:
    """Both get the same kind letter, the coordinator hers; none of them, and no page, tells who asked for it."""
    mentor, mentee, leilani, post = journey.mentor, journey.mentee, journey.coordinator, journey.post
    post.deliver()
    letters = [str(post.letter(person.email, "has ended").body) for person in (mentor, mentee)]
    told, telling = (
        body.replace(MENTOR, "N").replace(MENTEE, "N").replace("Umai", "n").replace("ʻAna", "n") for body in letters
    )
    assert told == telling
    assert "nobody is to blame" in told
    mentor.go(post.link(mentor.email, "/mentoring/"))
    mentor.sees("Your mentoring with ʻAna has ended", "nobody is to blame")
    assert "Everybody is free to be paired again" in str(post.letter(leilani.email, "A pair has ended").body)
    leilani.go(post.link(leilani.email, "/pairs/"))
    leilani.sees("ended early", "The pair ended", "Nothing is open.")
    line = leilani.page.locator("main li").filter(has_text="The pair ended").first.inner_text()
    assert "ʻAna" not in line
    assert "Umai" not in line
    leilani.go(f"{journey.home}desk/e-mentoring/january/")
    leilani.follow("Ended")
    leilani.sees(f"{MENTEE} · {MENTOR}")


def out_of_the_calendars(journey: Journey) -> None:
    """Each gets a cancellation for each meeting to come, of the entry they have."""
    post = journey.post
    for person in (journey.mentor, journey.mentee):
        entries = list(post.calendars(person.email))
        asked = {str(one.event["uid"]): int(one.event["sequence"]) for one in entries if one.method == "REQUEST"}
        cancelled = [one.event for one in entries if one.method == "CANCEL"]
        assert len(asked) == HELD + COMING
        assert len({str(event["uid"]) for event in cancelled}) == len(cancelled) == COMING
        for event in cancelled:
            assert event["status"] == "CANCELLED"
            assert int(event["sequence"]) > asked[str(event["uid"])]


def close_in_short(journey: Journey) -> None:
    """A short sheet to finish well is offered to each, and is theirs alone."""
    mentee, leilani = journey.mentee, journey.coordinator
    journey.at_home(mentee, "A short close")
    mentee.follow("Fill it in")
    mentee.sees("Who reads this: You alone.")
    send(mentee, take_with_you=FAREWELL)
    leilani.go(journey.pair)
    leilani.sees("A short close")
    leilani.sees_not(FAREWELL)


def rest(journey: Journey) -> None:
    """Nobody is reminded of anything more."""
    post, people = journey.post, (journey.mentor, journey.mentee)
    so_far = [len(post.letters(person.email)) for person in people]
    journey.on(100)
    assert [len(post.letters(person.email)) for person in people] == so_far


def pair_again(journey: Journey) -> None:
    """The coordinator pairs both anew, and they find the new pair before the old one."""
    mentor, mentee, leilani, post = journey.mentor, journey.mentee, journey.coordinator, journey.post
    for ones_mentee, ones_mentor in ((MENTEE, OTHER_MENTOR), (OTHER_MENTEE, MENTOR)):
        leilani.go(f"{journey.home}programmes/e-mentoring/cohorts/january/matching/")
        for side, name in (("mentee", ones_mentee), ("mentor", ones_mentor)):
            leilani.page.locator(f"main select[name={side}]").select_option(label=name)
        leilani.press("See how they fit")
        leilani.follow(f"Confirm: {ones_mentee}, {ones_mentor}")
        leilani.press("Confirm the pair")
    post.deliver()
    for person, partner, former in ((mentee, OTHER_MENTOR, MENTOR), (mentor, OTHER_MENTEE, MENTEE)):
        assert post.letter(person.email, "You are paired with").subject.endswith(partner)
        journey.at_home(person, partner, f"{former} (ended)", "You and")
