"""How a programme begins, in a real browser: from the organisation to the first pair, as coordinator, mentor and mentee."""

from pathlib import Path

import pytest

from tests.journeys.conftest import BEGIN, Journey
from tests.journeys.sheets import send
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PEOPLE = Path(__file__).parents[1] / "data" / "plp-participants.csv"
MENTOR, MENTEE = "umai.rengiil@pw.example", "ana.tuipulotu@to.example"
COHORT = "/o/island-partners/programmes/e-mentoring/cohorts/first"


@pytest.mark.covers("plp.sys.01", "plp.sys.14", "plp.sys.15")
def test_a_programme_begins(journey):
    set_up(journey)
    join(journey)
    match(journey)
    assert journey.lookout.faults == []


def set_up(journey: Journey) -> None:
    """Organisation, programme, cohort, and the people from a file."""
    leilani = journey.coordinator
    leilani.email = "leilani@partners.example"
    leilani.go("/organisations/new/")
    leilani.write(name="Island Partners", zone="Pacific/Apia", given_name="Leilani", family_name="Faleafa")
    leilani.write(email=leilani.email)
    leilani.press("Create it")
    leilani.enter_code()
    leilani.go("/o/island-partners/programmes/")
    leilani.go("/o/island-partners/programmes/new/plp-ess/")
    leilani.write(title="E-Mentoring", slug="e-mentoring")
    leilani.page.locator("main form button.button").last.click()
    leilani.go("/o/island-partners/programmes/e-mentoring/cohorts/new/")
    leilani.write(title="First", slug="first", starts_on=BEGIN.date().isoformat(), zone="Pacific/Apia")
    leilani.page.locator("main form button.button").last.click()
    leilani.go(f"{COHORT}/")
    leilani.follow("Import a list")
    leilani.page.locator("[name=file]").set_input_files(PEOPLE)
    leilani.press("Read the file")
    leilani.press("See what becomes of each row")
    assert "have to be put right first" in leilani.says()
    leilani.press("Take in", exact=False)
    leilani.go(f"{COHORT}/people/")
    leilani.press("Take on all", exact=False)
    leilani.press("Invite all", exact=False)
    journey.post.deliver()


def join(journey: Journey) -> None:
    """Mentor and mentee take their places by the links in their letters, and send their profiles."""
    journey.mentor.email, journey.mentee.email = MENTOR, MENTEE
    for person in (journey.mentor, journey.mentee):
        person.go(journey.post.link(person.email, "/join/"))
        person.press("Take my place")
        send(person)
    journey.coordinator.go(f"{COHORT}/people/?state=joined")
    assert "2 found" in journey.coordinator.says()


def match(journey: Journey) -> None:
    """A conflict is known; the suggestion warns of it; the coordinator confirms knowingly."""
    leilani = journey.coordinator
    leilani.go(f"{COHORT}/matching/conflicts/")
    choose_pair(leilani)
    leilani.page.locator("main [name=kind]").first.check()
    leilani.press("Note it")
    leilani.go(f"{COHORT}/matching/")
    leilani.press("Suggest pairs")
    journey.post.deliver()
    leilani.go(f"{COHORT}/matching/")
    assert "suggested pairs" in leilani.says()
    choose_pair(leilani)
    leilani.press("See how they fit")
    leilani.follow_to("main a[href$='/confirm/']", "ʻAna Tuʻipulotu, Umai Rengiil")
    leilani.press("Confirm the pair")
    assert "Please say that you have seen this" in leilani.says()
    for box in leilani.page.locator("main [name=acknowledged]").all():
        box.check()
    leilani.press("Confirm the pair")
    journey.post.deliver()
    for person in (journey.mentor, journey.mentee):
        assert any("paired" in letter.subject.lower() for letter in journey.post.letters(person.email))
        person.go("/o/island-partners/mentoring/")
        assert "Your next meeting" in person.says()


def choose_pair(leilani: Visitor) -> None:
    """Choose the two in the form that is open."""
    for side, name in (("mentee", "ʻAna Tuʻipulotu"), ("mentor", "Umai Rengiil")):
        leilani.page.locator(f"main select[name={side}]").select_option(label=name)
