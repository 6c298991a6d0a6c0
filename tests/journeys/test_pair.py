"""A pair's whole path in a real browser, from the first letter to the report and the export."""

import io
import zipfile

import pytest

from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import confirm_pairing
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.journeys.conftest import BEGIN, Journey
from tests.journeys.sheets import send
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.covers("plp.sys.34", "plp.sys.65", "plp.sys.83")
def test_a_pair_goes_the_whole_way(journey):
    confirmed(journey)
    get_ready(journey)
    agree(journey)
    meet(journey)
    close(journey)
    assert journey.lookout.faults == []


def confirmed(journey: Journey) -> None:
    """A pair that the coordinator has just confirmed; each of the three signs in with a code."""
    organisation = OrganisationFactory(slug="plp")
    with tenant_scope(organisation):
        cohort = CohortFactory(programme=ProgrammeFactory(slug="e-mentoring"), slug="november", starts_on=BEGIN.date())
        coordinator = UserFactory(email="leilani@plp.example")
        AssignmentFactory(
            programme=cohort.programme, membership=MembershipFactory(user=coordinator), role="coordinator"
        )
        places = {}
        for side, given in (("mentor", "Umai"), ("mentee", "Ana")):
            user = UserFactory(email=f"{side}@plp.example", given_name=given, zone="Pacific/Apia")
            places[side] = ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=user), side=side)
        pairing = confirm_pairing(cohort=cohort, mentor=places["mentor"], mentee=places["mentee"], actor=coordinator)
    journey.home, journey.pair = "/o/plp/", f"/o/plp/pairs/{pairing.pk}/"
    journey.coordinator.email, journey.mentor.email, journey.mentee.email = (
        f"{name}@plp.example" for name in ("leilani", "mentor", "mentee")
    )
    for person in (journey.coordinator, journey.mentor, journey.mentee):
        person.go("/accounts/login/code/")
        person.write(email=person.email)
        person.press("Send me a code")
        person.enter_code()


def get_ready(journey: Journey) -> None:
    """Letter, reflection, goals, all six dates, and the invitations."""
    journey.mentor.go(f"{journey.pair}introduction/")
    journey.mentor.write(day="2027-01-18", time="09:00", link="https://meet.example/room")
    journey.mentor.press("Send the letter")
    journey.on(1)
    assert any(
        "text/plain" for letter in journey.post.letters(journey.mentee.email) if "meet.example" in str(letter.body)
    )
    for words in ("Preparing for your first meeting", "Goal setting worksheet"):
        journey.owed(journey.mentee, words)
        send(journey.mentee, **{"goals-0-due": "2027-05-01", "goals-0-action": "Lead a review on my own"})
    journey.mentor.go(f"{journey.pair}schedule/")
    journey.mentor.write(platform="teams", minutes="60", day_1="2027-01-18", time_1="09:00")
    journey.mentor.press("Fill in the other dates")
    journey.mentor.press("Save the dates")
    journey.mentor.go(f"{journey.pair}sessions/")
    journey.mentor.press("Send invitations for all 6")
    journey.post.deliver()
    with_dates = [letter for letter in journey.post.letters(journey.mentee.email) if _calendar(letter)]
    assert len({_calendar(letter) for letter in with_dates}) >= 1


def _calendar(letter) -> str:
    parts = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    return str(parts[0].get_payload(decode=True)) if parts else ""


def agree(journey: Journey) -> None:
    """Session 1, the checklist of the first meeting, the agreement with the goals taken over, signed by both."""
    journey.on(8)
    hold(journey, 1)
    journey.owed(journey.mentee, "First meeting checklist")
    send(journey.mentee)
    journey.mentee.go(f"{journey.pair}agreement/")
    journey.mentee.press("Begin the agreement")
    journey.mentee.go(f"{journey.pair}agreement/")
    journey.mentee.press("Take over:", exact=False)
    send(journey.mentee)
    for person in (journey.mentor, journey.mentee):
        person.go(f"{journey.pair}agreement/sign/")
        assert "Lead a review on my own" in person.says()
        for box in person.page.locator("main [type=radio][value=yes]").all():
            box.check()
        person.write(typed_name="Signed by hand")
        person.press("I sign the agreement")
    journey.post.deliver()
    journey.mentee.go(f"{journey.pair}agreement/")
    journey.mentee.follow("Open the signed PDF")
    assert _file(journey.mentee, "Download").startswith(b"%PDF")


def hold(journey: Journey, number: int) -> None:
    """The mentor says that a session took place."""
    journey.session(journey.mentor, number)
    target = journey.mentor.page.url
    journey.mentor.go(f"{target}held/")
    journey.mentor.press("Yes, we met")
    assert "/held/" not in journey.mentor.page.url, journey.mentor.says()


def _file(person: Visitor, words: str) -> bytes:
    target = person.page.locator("main a").filter(has_text=words).first.get_attribute("href")
    assert target
    return person.page.request.get(person.address + target if target.startswith("/") else target).body()


def meet(journey: Journey) -> None:
    """Sessions 2 to 5 with their logs; the capacity plan; what was to be done comes back and is settled."""
    for number, day in ((2, 39), (3, 67), (4, 98), (5, 128)):
        journey.on(day)
        hold(journey, number)
        for person in (journey.mentee, journey.mentor):
            journey.owed(person, f"Learning log · Session {number}")
            send(
                person,
                **{"issues": f"What {person.email} saw in session {number}", "followup-0-action": f"Act {number}"},
            )
        if number == 2:
            journey.owed(journey.mentee, "Capacity needs")
            send(journey.mentee)
            journey.session(journey.mentor, 3)
            said = journey.mentor.says()
            assert said.index(f"What {journey.mentee.email} saw in session 2") < said.index(
                f"What {journey.mentor.email} saw in session 2"
            )
            assert "Act 2" in said
    journey.mentor.go(f"{journey.pair}actions/")
    journey.mentor.press("Done", exact=False)
    journey.mentor.go(f"{journey.pair}logs/")
    journey.mentor.press("Compile and pass on")


def close(journey: Journey) -> None:
    """Closure sheets, session 6, evaluation, the end; the coordinator's report and export."""
    journey.on(155)
    for person in (journey.mentee, journey.mentor):
        journey.owed(person, "Closure worksheet")
        send(person)
    journey.on(165)
    hold(journey, 6)
    leilani = journey.coordinator
    leilani.go(f"{journey.home}evaluation/e-mentoring/november/")
    for box in leilani.page.locator("main [name=pairs]").all():
        box.check()
    leilani.press("Send the evaluation")
    journey.post.deliver()
    for person in (journey.mentee, journey.mentor):
        person.go(journey.post.link(person.email, "(?:evaluation/answers|outputs)/"))
        if person.page.locator("form#worksheet").count() == 0:
            person.follow("evaluation")
        send(person)
    journey.mentor.go(f"{journey.pair}complete/")
    journey.mentor.page.locator("main form button.button").first.click()
    journey.mentor.go(f"{journey.home}mentoring/")
    assert "is complete" in journey.mentor.says()
    journey.on(175)
    leilani.go(f"{journey.home}reports/")
    leilani.page.locator("main tbody a").first.click()
    assert "E-Mentoring" in leilani.says() or "First" in leilani.says()
    leilani.go(f"{journey.home}exports/programmes/e-mentoring/")
    leilani.write(kind="csv")
    leilani.press("Make the export")
    journey.post.deliver()
    leilani.page.reload()
    packed = zipfile.ZipFile(io.BytesIO(_file(leilani, "Download it")))
    assert packed.testzip() is None
    assert len(packed.namelist()) > 3
