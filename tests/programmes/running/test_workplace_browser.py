"""The pages of line managers, of what staff need and of the notice in a real browser, on a phone and at a desk."""

import re
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client

from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.managers.naming import name_manager
from programmes.domain.managers.needs import ask_for_needs, list_manager
from programmes.domain.public_notices import keep_notice, spoken
from programmes.models import Participant
from tests.programmes.running.conftest import Office, make_office
from tests.programmes.running.test_managers import SAID
from tests.programmes.running.test_staff_needs import SAID as NEEDED
from tests.programmes.running.test_staff_needs import YEAR
from tests.ui.browser import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _links(kind: str) -> list[str]:
    rows = Message.objects.filter(kind=f"programmes.{kind}").order_by("email")
    return [re.sub(r"^https?://[^/]+", "", row.context["action_url"]) for row in rows]


@pytest.fixture
def places(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, list[tuple[Any, str]]]:
    """A manager who has written, two of whom one has answered what staff need, an open notice; and who looks at what."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    office = make_office()
    office.organisation.refresh_from_db()
    with tenant_scope(office.organisation):
        rows = Participant.objects.select_related("cohort__programme__handbook", "membership__user")
        person = rows.get(pk=office.mentee_place.pk)
        name_manager(person=person, name="Lena Line", email="lena@chief.example", actor=office.mentee)
        for name in ("Maud", "Otto"):
            list_manager(
                programme=office.programme, name=f"{name} Chief", email=f"{name.lower()}@chief.example", unit="Night",
                actor=office.coordinator,
            )  # fmt: skip
        ask_for_needs(YEAR)
        office.send("roledesc")
        row = keep_notice(
            programme=office.programme, is_open=True, contact="peers@glen.example", may_be_found=False,
            actor=office.coordinator,
        )  # fmt: skip
        manager, needs = _links("manager_asked")[0], _links("needs_asked")
    Client().post(manager, SAID | {"after": "0"})
    Client().post(needs[1], NEEDED)
    desk = f"{office.place}cohorts/first/people/{person.pk}/"
    return office, [
        (office.mentee, office.url(f"place/{person.pk}/manager/")), (office.coordinator, desk),
        (office.coordinator, f"{desk}manager/"), (office.coordinator, f"{office.place}managers/"),
        (office.coordinator, f"{office.place}notice/"), (office.coordinator, office.place),
        (None, manager), (None, needs[0]), (None, office.url(f"notice/{spoken(row.code)}/")),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_is_in_order(places: Any, live_server: Any, width: int) -> None:
    faults: list[str] = []
    with window(width=width) as opened:
        for user, path in places[1]:
            opened.page.context.clear_cookies()
            if user is not None:
                client = Client()
                client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
                value = client.cookies[site.SESSION_COOKIE_NAME].value
                opened.page.context.add_cookies(
                    [{"name": site.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
                )
            opened.said.clear()
            answer = opened.page.goto(live_server.url + path)
            faults += [f"{path}: {answer.status if answer else '?'}"] if not answer or answer.status != 200 else []
            faults += [f"{path}: {fault}" for fault in opened.faults()]
            faults += [f"{path}: scrolls sideways"] if opened.overflows() else []
    assert not faults, "\n".join(faults)
