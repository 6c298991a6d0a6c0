"""Somebody to fill worksheets in, and a room that owns them."""

import pytest
from django.test import Client

from mentoring.tenancy.scope import tenant_scope
from templates_app.domain import owners
from templates_app.models import Response
from templates_app.shapes import Worksheet
from tests.cast import Company
from tests.templates_app import tiny_owner
from tests.templates_app.sheets import LOG, response_to


@pytest.fixture
def sheets_room(settings, monkeypatch) -> None:
    """The tiny room: its addresses are there, and files and documents find their way to it."""
    settings.ROOT_URLCONF = "tests.templates_app.tiny_owner"
    monkeypatch.setattr(owners, "_finders", [tiny_owner.tiny_owner])
    tiny_owner.READERS.clear()
    for told in (tiny_owner.SUBMITTED, tiny_owner.BETWEEN, tiny_owner.REFUSALS):
        told.clear()


class Desk:
    """One person at one response: their browser, and the addresses of its pages."""

    def __init__(self, company: Company, client: Client, response: Response) -> None:
        self.company, self.client, self.response = company, client, response
        self.urls = tiny_owner.urls_of(response)

    def row(self) -> Response:
        """The response as it stands."""
        with tenant_scope(self.company.organisation):
            return Response.objects.select_related("version").get(pk=self.response.pk)

    def post(self, answers: dict, url: str = "", do: str = "save", **more):
        """Send the form with these values by name."""
        data = {"revision": self.row().revision, "save_key": "page", "_end": "1", "_do": do, **answers, **more}
        return self.client.post(url or self.urls.page, data)


@pytest.fixture
def desk_of(company: Company, sign_in, sheets_room):
    """``desk_of(user, worksheet=…, author=…)``: that person before a response (the mentee's log unless said otherwise)."""

    def make(user, worksheet: Worksheet = LOG, *, author="user", answers=None, response=None) -> Desk:
        if response is None:
            with tenant_scope(company.organisation):
                response = response_to(worksheet, user if author == "user" else author, answers)
        return Desk(company, sign_in(user), response)

    return make
