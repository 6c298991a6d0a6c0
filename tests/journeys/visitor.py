"""Somebody at a browser: goes to pages, writes, presses buttons; and every page they see is looked over."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.journeys.post import Post
from tests.ui.browser import ARGUMENTS, DESK

PATIENCE = 20_000
"""Milliseconds before a missing button or page counts as missing."""

AS_LOADED = {"resultTypes": ["violations"], "preload": False}
"""axe looks at the page as the browser has loaded it; it would otherwise fetch style sheets anew that no default rule reads."""


@dataclass
class Lookout:
    """What is wrong with the pages that were seen, each page's form once."""

    seen: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def look(self, page: Page, *, script: bool) -> None:
        """Note axe's findings (with JavaScript), sideways scrolling and server errors of the page shown."""
        place = re.sub(r"[0-9a-f-]{36}|(?<=join/)[^/]+", "…", page.url.partition("//")[2].partition("/")[2])
        if place in self.seen:
            return
        self.seen.add(place)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            self.faults.append(f"/{place}: scrolls sideways")
        if script:
            found = Axe().run(page, options=AS_LOADED).response["violations"]
            self.faults += [f"/{place}: {fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]


@dataclass
class Visitor:
    """One person's browser. ``email`` is where their post comes."""

    page: Page
    address: str
    post: Post
    lookout: Lookout
    script: bool
    email: str = ""

    def go(self, place: str) -> None:
        """Open an address of the site, or a whole one."""
        there = place if "://" in place else self.address + place
        answer = self.page.goto(there)
        if answer is None:  # it is this very page, or this page was reloading itself: leave it first
            self.page.goto("about:blank")
            answer = self.page.goto(there)
        assert answer is not None
        assert answer.status < 400, f"{place}: {answer.status}"
        self.look()

    def look(self) -> None:
        """Look the page over."""
        self.lookout.look(self.page, script=self.script)

    def press(self, words: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """Press the first button that says this, and look at what comes."""
        self._press((within or self.page).get_by_role("button", name=words, exact=exact).first)

    def submit(self) -> None:
        """Press the last button of the page's form."""
        self._press(self.page.locator("main form button.button").last)

    def follow(self, words: str, *, exact: bool = False) -> None:
        """Follow the first link that says this."""
        self._press(self.page.get_by_role("link", name=words, exact=exact).first)

    def follow_to(self, links: str, words: str) -> None:
        """Follow the first of these links whose own words hold ``words``, those for screen readers too."""
        self._press(self.page.locator(links).filter(has_text=words).first)

    def _press(self, what: Locator) -> None:
        with self.page.expect_event("load"):
            what.click()
        self.look()

    def write(self, **values: str) -> None:
        """Type into the fields of these names; a choice is chosen by its value."""
        for name, value in values.items():
            box = self.page.locator(f"main [name='{name}']").first
            tag = box.evaluate("box => box.localName === 'select' ? 'select' : box.type")
            if tag == "select":
                box.select_option(value)
            elif tag in {"radio", "checkbox"}:
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            else:
                box.fill(value)

    def says(self) -> str:
        """The words of the page."""
        return self.page.locator("main").inner_text()

    def sees(self, *words: str) -> None:
        """All of this stands on the page."""
        said = self.says()
        missing = [part for part in words if part not in said]
        assert not missing, f"{self.page.url} does not say {missing}:\n{said[:3000]}"

    def sees_not(self, *words: str) -> None:
        """None of this stands on the page."""
        said = self.says()
        there = [part for part in words if part in said]
        assert not there, f"{self.page.url} says {there}:\n{said[:3000]}"

    def sign_in(self) -> None:
        """Sign in with a code by e-mail."""
        self.go("/accounts/login/code/")
        self.write(email=self.email)
        self.press("Send me a code")
        self.enter_code()

    def enter_code(self) -> None:
        """Type the code that came by e-mail."""
        self.page.locator("main [name=code]").fill(self.post.code(self.email))
        self._press(self.page.locator("main form button[type=submit]").first)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, quiet."""
    import shutil

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield opened
        opened.close()
        # While Playwright's loop runs, Django keeps a connection of its own here: it would hold the test database open.
        connections.close_all()


def visitor(opened: Browser, address: str, post: Post, lookout: Lookout, *, script: bool, width: int = DESK) -> Visitor:
    """A new person."""
    size = {"width": width, "height": 844 if width < 500 else 900}
    context = opened.new_context(viewport=size, java_script_enabled=script, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    return Visitor(context.new_page(), address, post, lookout, script)
