"""How a programme begins, in a real browser: from the organisation to the first pair, as coordinator, mentor and mentee."""

from pathlib import Path

import pytest

from tests.journeys.conftest import AT_A_DESK, BEGIN, ON_A_PHONE_WITHOUT, Journey, seats
from tests.journeys.papers import download
from tests.journeys.sheets import send
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PEOPLE = Path(__file__).parents[1] / "data" / "plp-participants.csv"
MENTOR, MENTEE = ("umai.rengiil@pw.example", "Umai Rengiil"), ("ana.tuipulotu@to.example", "ʻAna Tuʻipulotu")
COHORT = "/o/island-partners/programmes/e-mentoring/cohorts/first"


@pytest.mark.covers("plp.sys.01", "plp.sys.14", "plp.sys.15")
@seats(AT_A_DESK, ON_A_PHONE_WITHOUT)
def test_a_programme_begins(journey):
    found_organisation(journey)
    open_programme(journey)
    import_people(journey)
    join(journey)
    match(journey)
    assert journey.lookout.faults == []


def found_organisation(journey: Journey) -> None:
    """Anybody may create an organisation; a code proves the address, and it is theirs."""
    leilani = journey.coordinator
    leilani.email = "leilani@partners.example"
    leilani.go("/organisations/new/")
    leilani.write(name="Island Partners", zone="Pacific/Apia", given_name="Leilani", family_name="Faleafa")
    leilani.write(email=leilani.email)
    leilani.press("Create it")
    leilani.enter_code()
    leilani.sees("No programme yet", "Choose a kit")


def open_programme(journey: Journey) -> None:
    """The handbook is chosen, with a title; a cohort begins, and ends after as long as the handbook says."""
    leilani = journey.coordinator
    leilani.go("/o/island-partners/programmes/")
    leilani.go("/o/island-partners/programmes/new/plp-ess/")
    leilani.write(title="E-Mentoring", slug="e-mentoring")
    leilani.submit()
    leilani.sees("E-Mentoring")
    leilani.go("/o/island-partners/programmes/e-mentoring/cohorts/new/")
    leilani.write(title="First", slug="first", starts_on=BEGIN.date().isoformat(), zone="Pacific/Apia")
    leilani.submit()
    leilani.sees("First")


def import_people(journey: Journey) -> None:
    """A list with faults: each row's fate stands there first; what is put right comes in later, and nobody twice."""
    leilani, post = journey.coordinator, journey.post
    read_list(leilani, PEOPLE)
    leilani.sees("3 rows have to be put right first", MENTEE[1])
    faulty = download(leilani, "Download these rows").decode("utf-8-sig")
    assert "is no time zone that we know" in faulty
    leilani.press("Take in", exact=False)
    leilani.go(f"{COHORT}/people/")
    leilani.sees("48 found")
    mended = faulty.replace("Pacific/Samoa Time,", "Pacific/Apia,").encode()
    read_list(leilani, {"name": "put-right.csv", "mimeType": "text/csv", "buffer": mended})
    leilani.sees("2 rows have to be put right first")
    leilani.press("Take in", exact=False)
    leilani.go(f"{COHORT}/people/")
    leilani.sees("49 found", "Lole Masi")
    leilani.press("Take on all", exact=False)
    leilani.press("Invite all", exact=False)
    post.deliver()
    assert "Leilani Faleafa would like you to take part" in str(
        post.letter(MENTEE[0], "Your place in E-Mentoring").body
    )


def read_list(leilani: Visitor, file) -> None:
    """Choose a file and look at what would become of it."""
    leilani.go(f"{COHORT}/")
    leilani.follow("Import a list")
    leilani.page.locator("[name=file]").set_input_files(file)
    leilani.press("Read the file")
    if leilani.page.get_by_role("button", name="See what becomes of each row").count():
        leilani.press("See what becomes of each row")


def join(journey: Journey) -> None:
    """Mentor and mentee take their places by the links in their letters, and send their profiles."""
    post, leilani = journey.post, journey.coordinator
    for person, (email, _name) in ((journey.mentor, MENTOR), (journey.mentee, MENTEE)):
        person.email = email
        person.go(post.link(email, "/join/"))
        person.sees("E-Mentoring", "Island Partners")
        person.press("Take my place")
        send(person)
    leilani.go(f"{COHORT}/people/?state=joined")
    leilani.sees("2 found", MENTOR[1], MENTEE[1])


def match(journey: Journey) -> None:
    """A conflict is known; the suggestion warns of it; the coordinator confirms knowingly, and both are told."""
    leilani, post = journey.coordinator, journey.post
    leilani.go(f"{COHORT}/matching/conflicts/")
    choose_pair(leilani)
    leilani.page.locator("main [name=kind]").first.check()
    leilani.press("Note it")
    leilani.go(f"{COHORT}/matching/")
    leilani.press("Suggest pairs")
    post.deliver()
    leilani.go(f"{COHORT}/matching/")
    leilani.sees("suggested pairs")
    choose_pair(leilani)
    leilani.press("See how they fit")
    leilani.follow(f"Confirm: {MENTEE[1]}, {MENTOR[1]}")
    leilani.sees("Why they fit", "What speaks against it")
    leilani.press("Confirm the pair")
    leilani.sees("Please say that you have seen this")
    for box in leilani.page.locator("main [name=acknowledged]").all():
        box.check()
    leilani.press("Confirm the pair")
    post.deliver()
    for person, (_email, partner) in ((journey.mentor, MENTEE), (journey.mentee, MENTOR)):
        assert post.letter(person.email, "You are paired with").subject.endswith(partner)
        person.go(post.link(person.email, "/mentoring/"))
        person.sees("Next for you", "Your next meeting", partner)


def choose_pair(leilani: Visitor) -> None:
    """Choose the two in the form that is open."""
    for side, (_email, name) in (("mentee", MENTEE), ("mentor", MENTOR)):
        leilani.page.locator(f"main select[name={side}]").select_option(label=name)
