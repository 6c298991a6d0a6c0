"""Levels and lists of districts are set by the handbook's pages, and the list of mentors follows."""

import re

import pytest

from programmes.domain.choosing.directory import get_entry
from tests.programmes.choosing.conftest import change_kit
from tests.programmes.choosing.test_open_lists import divided
from tests.templates_app.paper_browser import Page

__all__ = ["divided"]
OFFER = {"open": "open", "mode": ["online"], "offer": "Budgets"}
FORM = "programmes/choice/handbook/texts/choosing/"
LISTS = "programmes/choice/cohorts/first/units/"


def save(client, url, **changes):
    """Send the form with something changed, a second time where it is told first what becomes different."""
    typed = Page(client.get(url).content.decode()).post(**changes)
    sent = {name: typed.getlist(name) for name in typed}
    answer = client.post(url, sent)
    if seen := re.search(r'name="seen" value="([^"]+)"', answer.content.decode()):
        answer = client.post(url, sent | {"seen": seen[1]})
    return answer


def test_districts_keep_lists_of_their_own_as_soon_as_the_handbook_says_so(divided):
    coordinator = divided.client("coordinator")
    change_kit(divided, "joining.directory", units=None)
    assert coordinator.get(divided.url(LISTS)).status_code == 404
    answer = save(
        coordinator,
        divided.url(FORM),
        **{
            "joining.directory__units__has": "on",
            "joining.directory__units__title": "Regions",
            "joining.directory__units__label": "Region",
            "joining.directory__units__keeper": "",
            "joining.directory__units__field": "unit",
        },
    )
    form = answer.context["form"]
    assert form.errors["joining.directory__units__keeper"] == ["This is needed here."]
    assert form["joining.directory__units__title"].value() == "Regions", "nothing that was typed is lost"
    answer = save(
        coordinator,
        divided.url(FORM),
        **{
            "joining.directory__units__has": "on",
            "joining.directory__units__title": "Regions",
            "joining.directory__units__label": "Region",
            "joining.directory__units__keeper": "keeper",
            "joining.directory__units__field": "unit",
        },
    )
    assert answer.status_code == 302
    assert "<h1>Regions</h1>" in coordinator.get(divided.url(LISTS)).content.decode()


def test_the_question_that_names_a_district_is_chosen_among_those_that_can(divided):
    form = divided.client("coordinator").get(divided.url(FORM)).context["form"]
    assert [key for key, _words in form.fields["joining.directory__units__field"].choices] == ["", "unit"]


@pytest.mark.parametrize(("most", "advised"), [("2", False), ("1", True)])
def test_how_far_apart_two_stand_is_told_within_the_bounds_of_the_handbook(london, most, advised):
    change_kit(london, "joining.directory", levels=None)
    london.send_profile("Ada", {"needs": "x", "level": "level_2"})
    other = london.join("Olga", "mentor", profile=OFFER | {"level": "level_4"})
    assert get_entry(london.place("Ada"), london.user("Ada"), other.pk).distance is None
    coordinator = london.client("coordinator")
    begun = coordinator.get(london.url(FORM)).context["form"]
    assert begun["joining.directory__levels__least"].value() == 0, "it begins with what is usual"
    answer = save(
        coordinator,
        london.url(FORM),
        **{
            "joining.directory__levels__has": "on",
            "joining.directory__levels__field": "level",
            "joining.directory__levels__most": most,
            "joining.directory__levels__advice": "Think of somebody nearer.",
        },
    )
    assert answer.status_code == 302
    distance = get_entry(london.place("Ada"), london.user("Ada"), other.pk).distance
    assert distance.words == "2 levels above you"
    assert bool(distance.advice) is advised
