"""Two rich organisations side by side, built once for all tests of this folder and taken back at its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from tests.rich import NOW, RichCompany, rich_company


@dataclass
class Worlds:
    """``ours`` and ``theirs`` hold the same things; the outsider belongs to neither."""

    ours: RichCompany
    theirs: RichCompany
    outsider: User


@pytest.fixture(scope="package")
def built_worlds(django_db_setup: None, django_db_blocker) -> Iterator[Worlds]:
    """Built inside a transaction that is never committed; each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Worlds(
            ours=rich_company("reef", "zreef"),
            theirs=rich_company("lagoon", "zlagoon"),
            outsider=User.objects.create_user("outsider@elsewhere.example", given_name="Nobody", family_name="Here"),
        )
        transaction.set_rollback(True)


@pytest.fixture
def worlds(built_worlds: Worlds, db: None, settings: Any) -> Iterator[Worlds]:
    """Both organisations on the day of the walk, with the demo off. Whatever a test writes is gone after it."""
    settings.DEMO = False
    with clock.at(NOW):
        yield built_worlds
