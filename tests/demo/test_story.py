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
        assert Pairing.objects.count() == 1
    for persona in PERSONAS:
        client = Client()
        client.force_login(User.objects.get(email=persona.email), backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get("/", follow=True)
        assert answer.status_code == 200, persona.key
        assert persona.name.split()[0] in answer.content.decode(), persona.key


def test_it_is_loaded_once(demo):
    call_command("demo", "load", if_empty=True)
    with pytest.raises(CommandError, match="already"):
        call_command("demo", "load")
