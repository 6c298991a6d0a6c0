"""The pages of choosing in a real browser, on a phone and at a desk: axe finds nothing, nobody scrolls sideways."""

from typing import Any

import pytest
from django.conf import settings as site

from mentoring import clock
from mentoring.tenancy.models import Partner
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.assignments import give_role
from programmes.domain.choosing.answering import accept_request, name_talk
from programmes.domain.choosing.shortlist import keep_in_mind
from tests.factories import MembershipFactory, UserFactory
from tests.programmes.choosing.conftest import DAY, LISTED, World, make_world
from tests.ui.browser import DESK, PHONE, Window, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def places(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[World, list[tuple[str, str]]]:
    """A cohort in the middle of choosing, and who looks at which page."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    world = make_world("caltrans", "bridge")
    with tenant_scope(world.organisation):
        for name in ("Marta", "Nils", "Olga"):
            world.join(name, "mentor", profile=LISTED)
        for name in ("Ada", "Ben", "Cleo", "Dora"):
            world.join(name, "mentee", profile={"kinds": ["career"], "focus": "x"})
        world.users["Eve"] = UserFactory(email="eve@bridge.example", given_name="Eve", family_name="Tester")
        give_role(
            programme=world.cohort.programme,
            membership=MembershipFactory(user=world.users["Eve"]),
            role="partner_lead",
            partner=Partner.objects.get(key="district-4"),
            actor=world.coordinator,
        )
        token = world.token(world.send_link("Cleo"))
        for name in ("Ada", "Ben", "Dora"):
            world.approve(name)
        keep_in_mind(mentee=world.place("Ada"), mentor=world.place("Marta"), actor=world.user("Ada"))
        draft, waits, talk = world.begin("Ada", "Marta"), world.ask("Ben", "Nils"), world.ask("Dora", "Olga")
        accept_request(request=world.fresh(talk), actor=world.user("Olga"))
        name_talk(request=world.fresh(talk), at=clock.now() + DAY, actor=world.user("Dora"))
        ids = {name: world.place(name).pk for name in world.users if name != "Eve"}
    person = f"programmes/choice/cohorts/first/people/{ids['Cleo']}/"
    return world, [
        ("Ada", f"place/{ids['Ada']}/choosing/"),
        ("Ada", f"place/{ids['Ada']}/mentors/"),
        ("Ada", f"place/{ids['Ada']}/mentors/{ids['Marta']}/"),
        ("Ada", f"place/{ids['Ada']}/mentors/by-address/"),
        ("Ada", f"requests/{draft.pk}/"),
        ("Ada", f"requests/{draft.pk}/sheet/read/"),
        ("Ben", f"requests/{waits.pk}/"),
        ("Nils", f"requests/{waits.pk}/"),
        ("Nils", f"place/{ids['Nils']}/choosing/"),
        ("Olga", f"requests/{talk.pk}/"),
        ("Cleo", f"place/{ids['Cleo']}/approval/"),
        ("Cleo", f"enrolment/{ids['Cleo']}/next/"),
        ("nobody", f"approve/{token}/"),
        ("coordinator", "programmes/choice/cohorts/first/requests/"),
        ("coordinator", f"{person}approval/"),
        ("coordinator", person),
        ("nobody", f"approve/{token}/about/"),
        ("Dora", "volunteer/choice/"),
        ("Marta", "volunteer/choice/"),
        ("Ada", "lists/choice/first/"),
        ("Eve", "lists/choice/first/?competencies=flexibility"),
        ("coordinator", "programmes/choice/cohorts/first/units/"),
        ("coordinator", "programmes/choice/team/"),
        ("Eve", f"programmes/choice/cohorts/first/people/{ids['Marta']}/"),
    ]


def _sign_in(opened: Window, world: World, name: str, url: str) -> None:
    opened.page.context.clear_cookies()
    if name != "nobody":
        session = world.client(name).cookies[site.SESSION_COOKIE_NAME].value
        opened.page.context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": session, "url": url}])


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_is_in_order(places: Any, live_server: Any, width: int) -> None:
    world, pages = places
    faults: list[str] = []
    with window(width=width) as opened:
        for name, path in pages:
            _sign_in(opened, world, name, live_server.url)
            opened.said.clear()
            opened.page.goto(live_server.url + world.url(path))
            faults += [f"{name} {path}: {fault}" for fault in opened.faults()]
            faults += [f"{path}: scrolls sideways"] if opened.overflows() else []
            faults += (
                [f"{path}: {opened.page.locator('h1').count()} h1"] if opened.page.locator("h1").count() != 1 else []
            )
    assert not faults, "\n".join(faults)
