"""Screens are found by following links, as a person finds them."""

from tools.screens import Screen, find, links

SITE = {
    "http://here/o/plp/": '<a href="/o/plp/desk/">Desk</a> <a class="x" href="/o/plp/slow/">Slow</a>',
    "http://here/o/plp/slow/": "",
    "http://here/o/plp/desk/": '<a href="e-mentoring/2026/">Cohort</a>',
    "http://here/o/plp/desk/e-mentoring/2026/": "",
}
DESK = Screen("desk", "coordinator", "desk/[^/]+/[^/]+/")


def test_a_screen_is_found_by_its_address():
    assert find(DESK, "http://here/o/plp/", SITE.get) == "http://here/o/plp/desk/e-mentoring/2026/"


def test_a_screen_that_no_link_leads_to_is_not_found():
    assert find(Screen("goals", "mentee", "goals/"), "http://here/o/plp/", SITE.get) is None


def test_links_that_lead_in_circles_end():
    circle = {"http://here/a": '<a href="/b">b</a>', "http://here/b": '<a href="/a">a</a>'}
    assert find(DESK, "http://here/a", circle.get) is None


def test_only_links_of_the_same_site_are_followed():
    html = '<a href="mailto:a@b.c">m</a><a href="//elsewhere/x">x</a><a href="#top">t</a><a rel="me" href="/y#z">y</a>'
    assert links("http://here/o/", html) == ["http://here/y"]


def test_a_screen_of_a_person_stands_below_an_organisation():
    assert DESK.is_at("/o/plp/desk/a/b/")
    assert not DESK.is_at("/desk/a/b/")
    assert not DESK.is_at("/o/plp/desk/a/b/pairs/")
