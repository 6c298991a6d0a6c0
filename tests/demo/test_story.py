"""The demo's story: it loads through the verbs, and everybody in it finds a page that fits where they stand."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from demo.cast import PERSONAS
from demo.world import FIRST, SECOND
from mentoring.accounts.models import User
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from pairs.enums import PairingState
from pairs.models import Pairing
from programmes.models import Gathering

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def demo(settings) -> None:
    """The demo, loaded."""
    settings.DEMO = True
    call_command("demo", "load")


def test_pairs_stand_at_different_places_and_everybody_can_look(demo):
    with tenant_scope(Organisation.objects.get(slug=FIRST)):
        states = list(Pairing.objects.values_list("state", flat=True))
    assert len(states) == 8
    assert states.count(PairingState.COMPLETED) == states.count(PairingState.DISSOLVED) == 1
    with tenant_scope(Organisation.objects.get(slug=SECOND)):
        assert Pairing.objects.count() == 2
    for persona in PERSONAS:
        client = Client()
        client.force_login(User.objects.get(email=persona.email), backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get("/", follow=True)
        assert answer.status_code == 200, persona.key
        assert persona.name.split()[0] in answer.content.decode(), persona.key


@pytest.mark.covers("phase1.must.17", "phase1.arch.5.a")
def test_events_and_the_library_have_something_to_look_at(demo):
    with tenant_scope(Organisation.objects.get(slug=FIRST)):
        told, asked, to_come = Gathering.objects.order_by("starts_at")
    seen = {}
    for name in ("leilani", "ana", "litia"):
        client = Client()
        user = User.objects.get(email__startswith=f"{name}.")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        seen[name] = lambda place, client=client: client.get(f"/o/{FIRST}/{place}").content.decode()
    events = "programmes/e-mentoring/cohorts/first/events/"
    assert "How useful it was" in seen["leilani"](f"{events}{told.pk}/")
    assert "Figures are shown" not in seen["leilani"](f"{events}{asked.pk}/")
    assert "on the waiting list" in seen["leilani"](f"{events}{to_come.pk}/")
    assert "Send it" in seen["ana"](f"events/{asked.pk}/feedback/")
    assert "On the waiting list" in seen["litia"](f"events/{to_come.pk}/")
    assert "Questions to begin a first call with" in seen["ana"]("guidance/e-mentoring/resources/")
    assert "Hours of the islands" not in seen["ana"]("guidance/e-mentoring/resources/")


def test_it_is_loaded_once(demo):
    call_command("demo", "load", if_empty=True)
    with pytest.raises(CommandError, match="already"):
        call_command("demo", "load")
