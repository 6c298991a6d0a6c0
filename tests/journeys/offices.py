"""How a programme begins for journeys that come from its very start: all of it done by its coordinator, through pages."""

from tests.journeys.conftest import BEGIN, Journey
from tests.journeys.sheets import send
from tests.journeys.visitor import Visitor

PROGRAMME = "programmes/mentoring/"
COHORT = f"{PROGRAMME}cohorts/first/"


def found(journey: Journey, kit: str, *, zone: str) -> None:
    """An organisation, and a programme with this handbook, chosen from those that are offered."""
    keeper = journey.coordinator
    keeper.email = "keeper@house.example"
    keeper.go("/organisations/new/")
    keeper.write(name="House", zone=zone, given_name="Kit", family_name="Keeper", email=keeper.email)
    keeper.press("Create it")
    keeper.enter_code()
    journey.home = "/o/house/"
    keeper.go(f"{journey.home}programmes/new/")
    keeper.page.locator(f"main a[href$='/programmes/new/{kit}/']").first.click()
    keeper.write(title="Mentoring", slug="mentoring")
    keeper.submit()


def settle(journey: Journey, *sheets: tuple[str, dict[str, str]]) -> None:
    """Fill in worksheets of the programme's own and send them; each is named by the button that begins it."""
    keeper = journey.coordinator
    for title, given in sheets:
        keeper.go(f"{journey.home}{PROGRAMME}worksheets/")
        keeper.page.get_by_role("heading", name=title, exact=True).locator("..").get_by_role("button").last.click()
        send(keeper, **given)


def open_first(journey: Journey, *, zone: str) -> None:
    """Open the cohort that begins today."""
    keeper = journey.coordinator
    keeper.go(f"{journey.home}{PROGRAMME}cohorts/new/")
    keeper.write(title="First", slug="first", starts_on=BEGIN.date().isoformat(), zone=zone)
    keeper.press("Open the cohort")


def invite(journey: Journey, who: Visitor, name: str, side: str) -> None:
    """Take somebody on, send them their link, and have them take their place by it."""
    keeper, (given, family) = journey.coordinator, name.split()
    who.email = f"{given.lower()}@house.example"
    keeper.go(f"{journey.home}{COHORT}people/add/")
    keeper.write(side=side, given_name=given, family_name=family, email=who.email)
    keeper.submit()
    keeper.sees(name)
    keeper.press("Send the invitation")
    journey.post.deliver()
    who.go(journey.post.link(who.email, "/join/"))
    who.press("Take my place")
