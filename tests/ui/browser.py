"""Chromium for tests that have to look: the system's own, quiet, one fresh context at a time."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK, NARROWEST = 390, 1280, 320


@dataclass
class Window:
    """A page with what it said in its console."""

    page: Page
    said: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        """What axe finds wrong, as "rule: the first element"."""
        found = Axe().run(self.page).response["violations"]
        return [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]

    def overflows(self) -> bool:
        """Whether one has to scroll sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@contextmanager
def window(*, width: int = DESK, dark: bool = False, script: bool = True) -> Iterator[Window]:
    """A browser window; ``script=False`` is a visitor without JavaScript (axe needs it, so faults can't be asked)."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        opened = Window(context.new_page())
        opened.page.on("console", lambda message: opened.said.append(message.text))
        opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
        yield opened
        browser.close()
