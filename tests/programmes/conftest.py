"""What tests of programmes start from, beside the standing cast."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mentoring.tenancy.scope import tenant_scope
from programmes.models import Participant, Programme
from templates_app.domain.kits import copy_kit
from tests.cast import Company
from tests.factories import ParticipantFactory
from tests.kits import kit_named

SAMPLE = Path(__file__).parents[1] / "data" / "plp-participants.csv"
PROGRAMME = "programmes/e-mentoring/"
COHORT = f"{PROGRAMME}cohorts/november/"


def words(answer: Any) -> str:
    """A page's text."""
    return answer.content.decode()


def work_by(company: Company, key: str) -> None:
    """Have the company's programme work by another handbook."""
    with tenant_scope(company.organisation):
        handbook = copy_kit(kit=kit_named(key), title=key.title(), actor=company.coordinator)
        Programme.objects.filter(pk=company.programme.pk).update(handbook=handbook)


@pytest.fixture
def sample() -> bytes:
    """A list of people as a programme might get it: 48 good rows, one that stands twice, three to put right."""
    return SAMPLE.read_bytes()


@pytest.fixture
def inside(company: Company) -> Iterator[Company]:
    """The standing company, with its organisation open for the test's own queries."""
    with tenant_scope(company.organisation):
        yield company


@pytest.fixture
def add_person(company: Company) -> Callable[..., Participant]:
    """``add_person(state="accepted")``: somebody in the company's cohort who has no account."""

    def add(**values: object) -> Participant:
        with tenant_scope(company.organisation):
            made = ParticipantFactory(**{"cohort": company.cohort, "membership": None, "state": "accepted", **values})
            return Participant.objects.select_related("cohort__programme__handbook", "partner").get(pk=made.pk)

    return add


@pytest.fixture
def coordinator_client(company: Company, sign_in: Callable[..., Client]) -> Client:
    """The coordinator's browser."""
    return sign_in(company.coordinator)
