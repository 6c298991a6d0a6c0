"""A handbook nobody has typed in before: from an empty beginning to a pair that works by it, in a browser alone."""

import pytest
from django.conf import settings as site

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import confirm_pairing
from programmes.domain.kit_choice import kits_at_hand
from programmes.models import Cohort, Programme
from templates_app.domain.kits import kit_of
from templates_app.domain.responses import answers_of
from templates_app.models import Response
from tests.factories import MembershipFactory, OrganisationFactory, ParticipantFactory, UserFactory
from tests.journeys.post import Post
from tests.journeys.sheets import send
from tests.journeys.visitor import Lookout, Visitor, browser, visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

HANDBOOK = "/o/harbour/programmes/apprentices/handbook/"
SHEET = f"{HANDBOOK}worksheets/looking-round/"

QUESTIONS = (
    ("How does it go?", "matrix", "Knots\nRadio"),
    ("What matters most?", "ranked", "Patience\nSkill\nHumour"),
    ("A photo of your work", "file", "jpg\npng"),
    ("How did you meet?", "choice", "On the quay\nBy telephone"),
    ("Why not in person?", "text", ""),
    ("Steps", "table", "Step\nUntil when"),
    ("How sure are you?", "scale", "1-10"),
    ("The apprentice", "signature", ""),
)
"""What is asked, how it is answered, and the lines given with it."""


@pytest.fixture
def opened(live_server, settings, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    settings.SITE_URL = live_server.url
    with browser() as found:
        yield found


@pytest.mark.covers("phase1.arch.10.c")
def test_a_handbook_is_typed_in_and_a_pair_works_by_it(opened, live_server, sign_in, transactional_db):
    organisation = OrganisationFactory(slug="harbour", name="Harbour Authority")
    with tenant_scope(organisation):
        leilani = UserFactory(email="leilani@harbour.example", given_name="Leilani")
        MembershipFactory(user=leilani, is_admin=True)
        assert kits_at_hand(), "read before the browser waits for them"
    lookout = Lookout()

    def seated(user) -> Visitor:
        one = visitor(opened, live_server.url, Post(), lookout, script=True)
        cookie = sign_in(user).cookies[site.SESSION_COOKIE_NAME].value
        one.page.context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return one

    coordinator = seated(leilani)
    begin_from_nothing(coordinator)
    build_the_sheet(coordinator)
    write_the_rest(coordinator)
    fill_it_in(seated(pair_two(organisation, leilani)))
    assert lookout.faults == []
    with tenant_scope(organisation):
        kept = answers_of(Response.objects.get(version__template__key="looking-round"))
    assert (kept["how_sure_are_you"], kept["why_not_in_person"]) == (7, "A storm")
    assert kept["what_matters_most"][0] == "skill"


def begin_from_nothing(coordinator: Visitor) -> None:
    coordinator.go("/o/harbour/programmes/new/")
    coordinator.follow("Start from nothing")
    coordinator.write(title="Apprentices of the harbour", slug="apprentices")
    coordinator.submit()
    coordinator.go("/o/harbour/programmes/apprentices/cohorts/new/")
    today = clock.now().date()
    coordinator.write(title="First", slug="first", starts_on=today.isoformat(), zone="Pacific/Apia")
    coordinator.submit()


def build_the_sheet(coordinator: Visitor) -> None:
    coordinator.go(f"{HANDBOOK}worksheets/")
    coordinator.follow("New worksheet")
    coordinator.write(title="Looking round", filled_by="mentee")
    coordinator.press("Begin the draft")
    coordinator.follow("Add a question to: Questions")
    for label, kind, lines in QUESTIONS:
        coordinator.write(label=label, kind=kind, **({"lines": lines} if lines else {}))
        coordinator.press("Add it, and another one")
    coordinator.go(f"{SHEET}questions/why_not_in_person/")
    coordinator.write(show_field="how_did_you_meet")
    coordinator.press("Save and stay here")
    coordinator.write(show_when="is_in", show_values="by_telephone")
    coordinator.press("Save in the draft")
    coordinator.go(f"{SHEET}questions/how_sure_are_you/")
    coordinator.write(low_label="Not at all", high_label="Entirely", need="must")
    coordinator.press("Save in the draft")
    coordinator.go(f"{SHEET}questions/the_apprentice/")
    coordinator.write(signer="mentee")
    coordinator.press("Save in the draft")
    coordinator.go(f"{SHEET}questions/steps/")
    coordinator.write(max_rows="20")
    coordinator.write(examples="Ask the pilot | Friday", suggestions="Read the tide tables\nRide with the crane | May")
    coordinator.press("Save in the draft")
    coordinator.go(f"{SHEET}moments/new/")
    coordinator.write(title="After a week", opens_anchor="pairing", due_anchor="pairing", due_days="7")
    coordinator.press("Save in the draft")
    coordinator.go(f"{SHEET}preview/")
    coordinator.sees("Preview")
    coordinator.go(f"{SHEET}publish/")
    coordinator.sees("A new worksheet with 8 questions.")
    coordinator.press("Publish the worksheet")


def write_the_rest(coordinator: Visitor) -> None:
    """A stage, a session, the agreement, a reminder, a survey, an article."""
    coordinator.go(f"{HANDBOOK}stages/add/")
    coordinator.write(title="Casting off", purpose="To begin.", worksheets="looking-round")
    save(coordinator)
    coordinator.go(f"{HANDBOOK}sessions/add/")
    coordinator.write(title="A walk along the quay", purpose="See the work.", stage="casting-off")
    save(coordinator)
    coordinator.go(f"{HANDBOOK}texts/agreement-texts/")
    coordinator.write(title="How we sail together", statement="We mean it.")
    save(coordinator)
    coordinator.go(f"{HANDBOOK}reminders/add/")
    coordinator.write(
        owes="closure", first_after="2", every="5", at_most="2", subject="Still open", text="Dear {person}"
    )
    save(coordinator)
    coordinator.go(f"{HANDBOOK}surveys/add/")
    coordinator.write(
        title="Half-way", worksheet="evaluation", by="itself", moment__anchor="pairing", moment__days="90"
    )
    coordinator.write(audience="mentee", every__unit="months", every__count="3")
    save(coordinator)
    coordinator.go(f"{HANDBOOK}guidance/new/")
    coordinator.write(title="The first walk", body="Walk **side by side**.")
    coordinator.submit()
    coordinator.go(HANDBOOK)


def save(coordinator: Visitor) -> None:
    """Save what is typed; a second time where it is first told what becomes different."""
    coordinator.submit()
    if coordinator.page.locator("main [name=seen]").count():
        coordinator.submit()
    assert not coordinator.page.locator("main .error-summary").count(), coordinator.says()


def pair_two(organisation, coordinator):
    """Two people who have joined are paired."""
    with tenant_scope(organisation):
        kit = kit_of(Programme.objects.select_related("handbook").get(slug="apprentices").handbook)
        assert [stage.title for stage in kit.stages] == ["Mentoring", "Casting off"]
        assert kit.sessions[-1].title == "A walk along the quay"
        assert (kit.agreement.title, kit.surveys[-1].every.months) == ("How we sail together", 3)
        cohort = Cohort.objects.select_related("programme__handbook").get(slug="first")
        users = [UserFactory(email=f"{name}@harbour.example", given_name=name) for name in ("Helen", "Ana")]
        places = [
            ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=user), side=side)
            for user, side in zip(users, ("mentor", "mentee"), strict=True)
        ]
        confirm_pairing(cohort=cohort, mentor=places[0], mentee=places[1], actor=coordinator)
    return users[1]


def fill_it_in(mentee: Visitor) -> None:
    mentee.go("/o/harbour/mentoring/")
    mentee.follow_to("main a", "Looking round")
    mentee.sees("How sure are you?", "Steps")
    mentee.write(**{"f-how_did_you_meet": "by_telephone", "f-how_sure_are_you": "7"})
    mentee.write(**{"f-what_matters_most-skill": "1", "f-what_matters_most-patience": "2"})
    mentee.write(**{"f-what_matters_most-humour": "3"})
    send(mentee, why_not_in_person="A storm")
