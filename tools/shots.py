"""``./run shots [NAME …] [--into FOLDER]``: pictures of the main screens at 390 and 1280 pixels, light and dark.

They are taken from a demo of its own, in a data folder that is thrown away. Without ``--into`` they go to DATA_DIR/shots.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tools import environment, packages, prepare, serve, services, system
from tools.paths import data_dir
from tools.processes import stop
from tools.screens import SCREENS, Screen, find
from tools.terminal import CannotRun, complain, finish, say

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = {390: 844, 1280: 800}
"""Width → height of the window, in pixels; the pictures are as long as the page."""
BROWSER_WORDS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def main(arguments: list[str]) -> int:
    """Take the pictures. The status is 1 when a screen could not be reached. Raises ``CannotRun`` for an unknown name."""
    parser = argparse.ArgumentParser(prog="./run shots", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--into", type=Path, default=data_dir() / "shots")
    wanted = parser.parse_args(arguments)
    screens = [screen for screen in SCREENS if not wanted.names or screen.name in wanted.names]
    if unknown := set(wanted.names) - {screen.name for screen in screens}:
        raise CannotRun(
            f"There is no screen '{min(unknown)}': there are {', '.join(screen.name for screen in SCREENS)}."
        )
    packages.ensure("dev")
    system.ensure([*system.DOCUMENTS, *system.BROWSER])
    wanted.into.mkdir(parents=True, exist_ok=True)
    with _demo() as address, _browser() as browser:
        failed = [screen.name for screen in screens if not _take(browser, address, screen, wanted.into)]
    say(f"{len(screens) - len(failed)} screens in {wanted.into}")
    return 1 if failed else 0


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


def _take(browser: "Browser", address: str, screen: Screen, into: Path) -> bool:
    """All pictures of one screen; False, with a word why, when it cannot be reached."""
    from playwright.sync_api import Error

    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.set_default_timeout(20_000)
    try:
        place = _find(page, address, screen)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.goto(place)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.screenshot(path=into / f"{screen.name}-{width}{'-dark' * (scheme == 'dark')}.png", full_page=True)
    except (Error, CannotRun) as reason:
        complain(f"{screen.name}: {str(reason).splitlines()[0]}")
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
