"""The components in a real browser: accessible at both widths and in both lights, whole without JavaScript."""

import pytest

from tests.ui.browser import DESK, NARROWEST, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL_TARGETS = """
[...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select')].filter(element => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && (box.height < 24 || box.width < 24) && getComputedStyle(element).display !== 'inline';
}).map(element => element.outerHTML.slice(0, 100))
"""


@pytest.fixture
def address(live_server) -> str:
    return f"{live_server.url}/styles/"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_nothing(address, width, dark):
    with window(width=width, dark=dark) as opened:
        opened.page.goto(address)
        assert opened.faults() == []


def test_the_policy_is_never_broken(address):
    with window() as opened:
        opened.page.goto(address)
        opened.page.click(".account summary")
        opened.page.wait_for_load_state("networkidle")
        assert opened.said == []


@pytest.mark.parametrize("width", [NARROWEST, PHONE, 820, DESK])
def test_nobody_scrolls_sideways(address, width):
    with window(width=width) as opened:
        opened.page.goto(address)
        assert not opened.overflows()


def test_twice_the_text_still_fits(address):
    with window(width=PHONE) as opened:
        opened.page.goto(address)
        opened.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not opened.overflows()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_targets_are_large_enough(address, width):
    with window(width=width) as opened:
        opened.page.goto(address)
        assert opened.page.evaluate(SMALL_TARGETS) == []


def test_the_phone_s_bar_has_room_for_thumbs_and_opens_without_javascript(address):
    with window(width=PHONE, script=False) as opened:
        opened.page.goto(address)
        links = opened.page.locator(".bar > ul > li > *")
        assert links.count() == 5
        for link in links.all():
            assert link.bounding_box()["height"] >= 44
        assert not opened.page.get_by_role("link", name="Reports").is_visible()
        opened.page.locator(".bar summary").click()
        assert opened.page.get_by_role("link", name="Reports").is_visible()


def test_the_account_menu_works_without_javascript(address):
    with window(script=False) as opened:
        opened.page.goto(address)
        opened.page.click(".account summary")
        assert opened.page.get_by_role("button", name="Sign out").is_visible()


def test_escape_closes_a_menu_and_gives_the_focus_back(address):
    with window() as opened:
        opened.page.goto(address)
        opened.page.click(".account summary")
        opened.page.keyboard.press("Escape")
        assert not opened.page.get_by_role("button", name="Sign out").is_visible()
        assert opened.page.evaluate("document.activeElement.matches('.account summary')")


def test_the_keyboard_s_first_step_leads_past_the_menus(address):
    with window() as opened:
        opened.page.goto(f"{address}#top")
        opened.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        opened.page.evaluate(
            "document.body.prepend(Object.assign(document.createElement('span'), {tabIndex: -1, id: 'start'}))"
        )
        opened.page.evaluate("document.getElementById('start').focus()")
        opened.page.keyboard.press("Tab")
        assert opened.page.evaluate("document.activeElement.className") == "skip"
        opened.page.keyboard.press("Enter")
        assert opened.page.evaluate("document.activeElement.id") == "content"


def test_faults_have_the_focus_when_the_page_comes_back(address):
    with window() as opened:
        opened.page.goto(address)
        assert opened.page.evaluate("document.activeElement.className") == "error-summary"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_field_in_focus_is_not_hidden_by_a_bar(address, width):
    with window(width=width) as opened:
        opened.page.goto(address)
        opened.page.locator("#id_when").focus()
        field, bar = opened.page.locator("#id_when").bounding_box(), opened.page.locator(".saved").bounding_box()
        assert field["y"] + field["height"] <= bar["y"] or field["y"] >= bar["y"] + bar["height"]


def test_the_matrix_is_a_list_on_a_phone_and_says_what_is_late(address):
    with window(width=PHONE) as opened:
        opened.page.goto(address)
        late = opened.page.get_by_role("link", name="Log 2, mentee: late")
        assert late.is_visible()
        assert late.inner_text().startswith("!")
        assert not opened.page.locator(".matrix .is-ahead").first.is_visible()


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_an_organisation_s_accent_has_its_say_over_the_default(address, medium):
    with window() as opened:
        opened.page.goto(address)
        opened.page.emulate_media(media=medium)
        opened.page.evaluate(
            """() => new Promise(loaded => {
                 const sheet = {rel: 'stylesheet', href: '/accent/7a3b8f.css', onload: loaded};
                 document.head.append(Object.assign(document.createElement('link'), sheet));
               })"""
        )
        colour = opened.page.evaluate("getComputedStyle(document.querySelector('.next .kicker')).color")
        assert colour == "rgb(122, 59, 143)"


def test_a_button_is_read_out_with_what_it_is_about(address):
    with window() as opened:
        opened.page.goto(address)
        names = opened.page.locator(".button-form button[aria-label], .do .button[aria-label]")
        assert names.count() > 2
        for label in names.evaluate_all("all => all.map(one => [one.innerText.trim(), one.ariaLabel])"):
            assert label[1].startswith(f"{label[0]}: ")
            assert (
                opened.page.get_by_role("button", name=label[1], exact=True)
                .or_(opened.page.get_by_role("link", name=label[1], exact=True))
                .count()
            )
