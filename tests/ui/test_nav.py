"""A menu shows what the apps offer, in order, with one place marked as here."""

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory

from mentoring.ui.nav import Menu, NavItem, mark_current


def here(items: list[NavItem], path: str) -> list[str]:
    return [item.label for item in mark_current(items, path) if item.current]


HOME, SESSIONS, ONE = (
    NavItem("Home", "/o/plp/"),
    NavItem("Sessions", "/o/plp/sessions/"),
    NavItem("One", "/o/plp/sessions/1/"),
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/o/plp/", ["Home"]),
        ("/o/plp/goals/", ["Home"]),
        ("/o/plp/sessions/", ["Sessions"]),
        ("/o/plp/sessions/7/log/", ["Sessions"]),
        ("/o/plp/sessions/1/log/", ["One"]),
        ("/o/other/", []),
    ],
)
def test_the_nearest_item_is_here(path, expected):
    assert here([HOME, SESSIONS, ONE], path) == expected


def test_a_likeness_of_names_is_not_nearness():
    assert here([NavItem("Plan", "/plan")], "/planets/") == []


def test_an_item_may_say_itself_that_it_is_here():
    assert here([HOME, NavItem("Messages", "/elsewhere/", current=True)], "/o/plp/") == ["Messages"]


def test_a_button_is_never_here():
    assert here([NavItem("Sign out", "/out/", method="post")], "/out/") == []


def test_sources_are_asked_in_order_and_once():
    menu = Menu()
    source = menu.register(lambda _request: [NavItem("Late", "/late/", order=90)])
    menu.register(source)
    menu.register(lambda _request: [NavItem("Early", "/early/", order=10)])
    assert [item.label for item in menu.items(RequestFactory().get("/"))] == ["Early", "Late"]


def test_an_error_page_asks_no_menu(client, monkeypatch):
    def refuse(request):
        raise Http404

    monkeypatch.setattr("mentoring.ui.nav.MAIN._sources", [refuse])
    assert client.get("/nowhere/").status_code == 404


def test_long_words_of_an_organisation_stand_whole_and_small_in_the_phones_bar():
    page = render_to_string("ui/bar.html", {"nav": [HOME, NavItem("Protected conversations", "/o/plp/sessions/")]})
    assert "<span>Home</span>" in page
    assert '<span class="long">Protected conversations</span>' in page
