"""Whom to turn to stands one step from any page, with what is for oneself."""

import pytest

from tests.cast import Company

pytestmark = pytest.mark.django_db
CONTACTS = [
    {"key": "rules", "kind": "conduct", "name": "Code of conduct", "url": "https://example.org/code", "ours": True},
    {"key": "doctor", "kind": "wellbeing", "name": "Occupational health", "phone": "+685 20 100", "ours": True},
    {
        "key": "police",
        "kind": "emergency",
        "name": "Emergency services",
        "phone": "999",
        "when": "always",
        "ours": True,
    },
]


@pytest.fixture
def helped(inside: Company) -> Company:
    """A programme with contacts, one of them for the people of one partner."""
    handbook = inside.programme.handbook
    own = {"key": "own", "name": "Their counsellor", "email": "care@sprep.example", "partner": "sprep", "ours": True}
    handbook.content = {**handbook.content, "contacts": [*CONTACTS, own]}
    handbook.revision += 1
    handbook.save()
    return inside


def page(client, url: str) -> str:
    return client.get(url, follow=True).content.decode()


@pytest.mark.covers("gla.must.18", "gla.must.59")
@pytest.mark.parametrize(
    ("who", "sees_it"),
    [("mentor", True), ("mentee", True), ("mentor_two", False), ("coordinator", True), ("admin", True)],
)
def test_contacts_of_a_partner_are_for_its_people_and_those_who_run_the_programme(helped, sign_in, who, sees_it):
    words = page(sign_in(getattr(helped, who)), helped.url("support/"))
    assert ("Their counsellor" in words) == sees_it
    assert words.index("Emergency services") < words.index("Occupational health") < words.index("Code of conduct")
    assert 'href="tel:+68520100"' in words


@pytest.mark.covers("phase1.must.42", "phase1.tool.care")
@pytest.mark.parametrize("place", ["mentoring/", "issues/", "guidance/e-mentoring/"])
def test_they_are_one_step_from_any_page_of_a_pairing(helped, sign_in, place):
    assert f'href="{helped.url("support/")}"' in page(sign_in(helped.mentee), helped.url(place))
