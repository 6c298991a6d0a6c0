"""A mail server, kinds of notices to send, and an organisation with somebody in it."""

from collections.abc import Iterator

import pytest

from mentoring.notices.kinds import register_notices
from mentoring.tenancy.models import Organisation
from tests.factories import OrganisationFactory, UserFactory
from tests.notices.kinds import KINDS
from tests.notices.sink import Sink


@pytest.fixture(autouse=True, scope="session")
def kinds() -> None:
    """One kind in each group, personal and secret ones too."""
    register_notices(*KINDS)


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """A mail server that answers, and settings that lead to it."""
    sink = Sink().start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    yield sink
    sink.stop()


@pytest.fixture
def here(db) -> Organisation:
    return OrganisationFactory(slug="here", name="Pacific Learning")


@pytest.fixture
def ana(here):
    """A member."""
    user = UserFactory(email="ana@people.example", given_name="ʻAna", family_name="O'Moala")
    here.memberships.create(user=user)
    return user
