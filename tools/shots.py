"""``./run shots [NAME …] [--into FOLDER] [--first]``: pictures of the main screens at 390 and 1280 pixels, light and dark.

They are taken from a demo of its own, in a data folder that is thrown away. Without ``--into`` they go to DATA_DIR/shots.
``desk-1280`` is one picture of a screen, ``desk`` all four. ``--first`` takes what one sees first, as the README shows it;
otherwise a picture is as long as its page.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from tools import environment, packages, prepare, serve, services, system
from tools.paths import data_dir
from tools.processes import stop
from tools.screens import SCREENS, Screen, find
from tools.terminal import CannotRun, complain, finish, say

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = {390: 844, 1280: 800}
"""Width → height of the window, in pixels."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
BROWSER_WORDS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-GB",
)


def main(arguments: list[str]) -> int:
    """Take the pictures. The status is 1 when a screen could not be reached. Raises ``CannotRun`` for an unknown name."""
    parser = argparse.ArgumentParser(prog="./run shots", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--into", type=Path, default=data_dir() / "shots")
    parser.add_argument("--first", action="store_true")
    wanted = parser.parse_args(arguments)
    pictures = {screen: [one for one in looks(screen) if one.is_of(wanted.names)] for screen in SCREENS}
    screens = [screen for screen, taken in pictures.items() if taken]
    known = {name for screen in SCREENS for name in (screen.name, *(look.name for look in looks(screen)))}
    if unknown := set(wanted.names) - known:
        raise CannotRun(
            f"There is no screen '{min(unknown)}': there are {', '.join(screen.name for screen in SCREENS)}."
        )
    packages.ensure("dev")
    system.ensure([*system.DOCUMENTS, *system.BROWSER])
    wanted.into.mkdir(parents=True, exist_ok=True)
    with _demo() as address, _browser() as browser:
        failed = [
            screen.name
            for screen in screens
            if not _take(browser, address, pictures[screen], wanted.into, wanted.first)
        ]
    say(f"{len(screens) - len(failed)} screens in {wanted.into}")
    return 1 if failed else 0


@dataclass(frozen=True)
class Look:
    """One picture: a screen at a width, in the light or in the dark."""

    screen: Screen
    width: int
    scheme: Literal["light", "dark"]

    @property
    def name(self) -> str:
        """The picture's file, without its ending."""
        return f"{self.screen.name}-{self.width}{'-dark' * (self.scheme == 'dark')}"

    def is_of(self, names: Sequence[str]) -> bool:
        """Whether it was asked for, by its own name or by its screen's; without names all are."""
        return not names or self.name in names or self.screen.name in names


def looks(screen: Screen) -> list[Look]:
    """All pictures of a screen."""
    return [Look(screen, width, scheme) for width in WIDTHS for scheme in SCHEMES]


@contextmanager
def _demo() -> Iterator[str]:
    """A served demo for the length of the block; its address."""
    with tempfile.TemporaryDirectory(prefix="mentoring-shots-", ignore_cleanup_errors=True) as folder:
        port = str(services.free_port())
        env = environment.for_children(Path(folder)) | {"PORT": port, "DEMO": "yes", "PRODUCTION": "no"}
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SITE_URL"):
            env.pop(name, None)
        prepare.installation(env)
        children = serve.children(env)
        try:
            for child in children:
                child.start()
            address = f"http://127.0.0.1:{port}"
            if not serve.answers(address, lambda: children[0].fell() is not None):
                raise CannotRun(f"The demo did not come up: {children[0].last_lines()}")
            yield address
        finally:
            stop(children)


@contextmanager
def _browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system.chromium(), args=list(BROWSER_WORDS))
        yield browser
        browser.close()


def _take(browser: "Browser", address: str, taken: list[Look], into: Path, first: bool) -> bool:
    """These pictures of one screen; False, with a word why, when it cannot be reached."""
    from playwright.sync_api import Error

    screen = taken[0].screen
    context = browser.new_context(base_url=address, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(20_000)
    try:
        place = _find(page, address, screen)
        for look in taken:
            page.set_viewport_size({"width": look.width, "height": WIDTHS[look.width]})
            page.goto(place)
            page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")
            if not first:  # a window as tall as the page: what sticks to its edge then stands at the end
                height = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": look.width, "height": max(height, WIDTHS[look.width])})
            page.screenshot(path=into / f"{look.name}.png")
    except (Error, CannotRun, StopIteration) as reason:
        complain(f"{screen.name}: {(str(reason).splitlines() or ['a link was not there'])[0]}")
        return False
    finally:
        context.close()
    return True


def _find(page: "Page", address: str, screen: Screen) -> str:
    """Sign in if the screen needs somebody, then follow links to it. Raises ``CannotRun`` when none leads there."""
    start = urljoin(address, "" if screen.who else screen.address)
    if screen.who:
        page.goto("/demo/")
        page.locator(f"form[action$='/sign-in/{screen.who}/'] button").click()
        start = page.url
    if screen.by is not None:
        screen.by(page)
        if not screen.is_at(urlsplit(page.url).path):
            raise CannotRun(f"what was done led to {page.url}, not to an address like '{screen.address}'")
        return page.url

    def read(place: str) -> str:
        answer = page.request.get(place)
        is_page = answer.ok and answer.headers.get("content-type", "").startswith("text/html")
        return answer.text() if is_page else ""

    place = find(screen, start, read)
    if place is None:
        raise CannotRun(f"no link leads from {start} to an address like '{screen.address}'")
    return place


if __name__ == "__main__":
    finish(main)
