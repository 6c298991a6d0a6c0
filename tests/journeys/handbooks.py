"""A cohort of any shipped handbook with people in it, and what journeys through several of them have in common."""

from collections.abc import Sequence

from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.cohorts import open_cohort
from programmes.domain.enrolment import give_enrolment_to
from programmes.domain.programmes import create_programme
from programmes.models import Cohort, Participant
from templates_app.domain.kit_files import shipped_kit
from tests.factories import MembershipFactory, OrganisationFactory, ParticipantFactory, UserFactory
from tests.journeys.conftest import BEGIN, Journey
from tests.journeys.sheets import send
from tests.journeys.visitor import Visitor

PLACE = "programmes/mentoring/cohorts/first/"


def opened(journey: Journey, kit: str, *, zone: str, partners: Sequence[str] = ()) -> Organisation:
    """An organisation with one programme and a cohort that begins today; the coordinator has signed in. ``partners`` are those
    that the kit leaves to be named.
    """
    organisation = OrganisationFactory(slug="house", name="The House", zone=zone)
    keeper = UserFactory(email="keeper@house.example", given_name="Kit", family_name="Keeper", zone=zone)
    with tenant_scope(organisation):
        actor = MembershipFactory(user=keeper).user
        programme = create_programme(
            kit=shipped_kit(kit), title="Mentoring", slug="mentoring", actor=actor, partners=partners
        )
        open_cohort(programme=programme, title="First", slug="first", starts_on=BEGIN.date(), zone=zone, actor=actor)
    journey.home = "/o/house/"
    journey.coordinator.email = keeper.email
    journey.coordinator.sign_in()
    return organisation


def comes(who: Visitor, name: str, side: str, *, organisation: Organisation) -> Participant:
    """Somebody who has joined the cohort signs in for the first time, with a profile to fill in."""
    given, family = name.split()
    who.email = f"{given.lower()}@house.example"
    user = UserFactory(email=who.email, given_name=given, family_name=family, zone=organisation.zone)
    with tenant_scope(organisation):
        person = ParticipantFactory(cohort=Cohort.objects.get(), membership=MembershipFactory(user=user), side=side)
        give_enrolment_to(Participant.objects.select_related("cohort__programme__handbook").get(pk=person.pk), user)
    who.sign_in()
    return person


def tell_of_oneself(journey: Journey, who: Visitor, **given: str) -> None:
    """Fill in the sheet that the handbook asks of newcomers, and read what mentoring is where it has that read first."""
    journey.at_home(who, "Tell us about yourself")
    who.follow("Fill in your profile")
    send(who, **given)
    journey.at_home(who)
    if "Read it now" in who.says():
        who.follow("Read it now")
        who.submit()


def choose(journey: Journey, mentor: str, *, reads: str, at: str, wishes: dict[str, str]) -> None:
    """The mentee finds the mentor on the list, keeps them in mind and writes a request; the talk gets a time.

    ``reads`` stands in the mentor's entry, ``wishes`` are the mentee's words in the request, and the mentor reads them.
    """
    mentee, post = journey.mentee, journey.post
    journey.at_home(mentee, "See the mentors")
    mentee.follow("See the mentors")
    mentee.follow(mentor)
    mentee.sees(reads)
    mentee.press("Keep in mind")
    journey.at_home(mentee, "See the mentors")
    mentee.follow("See the mentors")
    mentee.follow(mentor)
    mentee.press("Write a request")
    mentee.follow("Write to them")
    send(mentee, **wishes)
    journey.at_home(mentee, f"Finish your request to {mentor}")
    mentee.follow("Go on")
    mentee.press("Send the request")
    post.deliver()
    journey.mentor.go(post.link(journey.mentor.email, "/requests/"))
    journey.mentor.sees(*wishes.values())
    journey.mentor.write(at=at)
    journey.mentor.press("Yes, at this time")
    post.deliver()
    mentee.go(post.link(mentee.email, "/requests/"))
    mentee.press("Agree to this time")
    post.deliver()


def decide(journey: Journey, mentor: str, mentee: str, *, day: int) -> None:
    """After the talk each says yes alone; the second yes makes the pair."""
    journey.on(day)
    for who in (journey.mentor, journey.mentee):
        journey.at_home(who, "then decide")
        who.follow("Open it")
        who.press("I should like to go on")
    journey.post.deliver()
    for who, partner in ((journey.mentor, mentee), (journey.mentee, mentor)):
        journey.post.letter(who.email, f"You are paired with {partner}")
        journey.at_home(who, partner)
    at_their_pair(journey)


def put_together(journey: Journey, mentor: str, mentee: str) -> None:
    """The coordinator chooses the two, reads how they fit, and confirms them; both are told."""
    keeper = journey.coordinator
    keeper.go(f"{journey.home}{PLACE}matching/")
    for side, name in (("mentee", mentee), ("mentor", mentor)):
        keeper.page.locator(f"main select[name={side}]").select_option(label=name)
    keeper.press("See how they fit")
    keeper.follow(f"Confirm: {mentee}, {mentor}")
    keeper.press("Confirm the pair")
    journey.post.deliver()
    at_their_pair(journey)


def at_their_pair(journey: Journey) -> None:
    """Note where the pair's pages stand, from the mentee's home."""
    journey.at_home(journey.mentee)
    target = journey.mentee.page.locator("main a[href*='/pairs/']").first.get_attribute("href")
    journey.pair = target[: target.index("/pairs/") + len("/pairs/") + 37]


def agree(journey: Journey, mentor: str, mentee: str, **words: str) -> None:
    """The agreement is written by the mentee and signed, or accepted, by both."""
    journey.mentee.go(f"{journey.pair}agreement/")
    journey.mentee.press("Begin", exact=False)
    journey.mentee.go(f"{journey.pair}agreement/write/")
    send(journey.mentee, **words)
    for who, name in ((journey.mentor, mentor), (journey.mentee, mentee)):
        journey.post.deliver()
        who.go(f"{journey.pair}agreement/")
        who.follow("Read and", exact=False)
        who.sees(*(said for said in words.values() if " " in said))
        if who.page.locator("main [name=typed_name]").count():
            who.write(typed_name=name)
        for box in who.page.locator("main form [type=checkbox]").all():
            box.check()
        who.submit()
    journey.post.deliver()


def met(journey: Journey, number: int, *, day: int) -> None:
    """A session is over on this day, and the mentee says so."""
    journey.on(day)
    journey.session(journey.mentee, number)
    journey.mentee.go(f"{journey.mentee.page.url}held/")
    journey.mentee.press("Yes, we met")


def finish(journey: Journey, *, day: int) -> None:
    """On the day they agreed both are asked whether they finish or go on; with the second yes it is complete."""
    journey.on(day)
    for who in (journey.mentee, journey.mentor):
        journey.at_home(who, "Do you finish, or go on?")
        who.follow("Finish: it is complete")
        who.press("Yes, it is complete")
    journey.post.deliver()
    told = journey.post.letter(journey.mentor.email, "thinks that your mentoring is complete")
    assert "nothing ends until then" in str(told.body)
    for who in (journey.mentor, journey.mentee):
        journey.post.letter(who.email, "is complete")
        journey.at_home(who, "is complete")
    journey.coordinator.go(journey.pair)
    journey.coordinator.sees("completed")
