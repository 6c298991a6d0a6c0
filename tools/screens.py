"""Which screens ``./run shots`` takes, and how one is found in the demo: as whom, and at an address like what.

Addresses hold identifiers that differ from one loading of the demo to the next. So a screen is found as a person finds it:
beginning at the home page, by following links, until one leads to an address of the right form. A screen that no link
leads to is a fault of the pages or of this list, and ``./run shots`` says so.
"""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from tools import doings

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_PAGES = 150
"""How many pages are read in search of one screen."""
COHORT = "[^/]+/[^/]+/"
ID = "[0-9a-f-]{36}/"


@dataclass(frozen=True)
class Screen:
    """A main screen: its name, the demo's persona who looks, and its address below ``/o/<organisation>/``, as a pattern.

    ``by`` leads there where somebody must do something first; then no link is looked for.
    """

    name: str
    who: str | None
    address: str
    by: "Callable[[Page], None] | None" = None

    def is_at(self, path: str) -> bool:
        """Whether this path is this screen's."""
        above = r"/o/[^/]+/" if self.who and not self.address.startswith("/") else "" if self.who else "/"
        return bool(re.fullmatch(above + self.address, path))


SCREENS = (
    Screen("start", None, ""),
    Screen("demo", None, "demo/"),
    Screen("mail", None, "demo/mail/"),
    Screen("sign-in", None, "accounts/login/"),
    Screen("create", None, "organisations/new/"),
    Screen("not-there", None, "not-there/"),
    Screen("components", None, "styles/"),
    Screen("home", "mentee", "mentoring/"),
    Screen("home-mentor", "mentor", "mentoring/"),
    Screen("home-new", "new-mentee", "mentoring/"),
    Screen("pairing", "coordinator", f"pairs/{ID}"),
    Screen("session", "mentor", f"pairs/{ID}sessions/{ID}"),
    Screen("schedule", "new-mentee", f"pairs/{ID}schedule/"),
    Screen("worksheet", "mentee", f"outputs/{ID}"),
    Screen("agreement", "mentee", f"pairs/{ID}agreement/"),
    Screen("goals", "mentee", f"pairs/{ID}goals/"),
    Screen("logs", "mentee", f"pairs/{ID}logs/"),
    Screen("documents", "mentee", f"pairs/{ID}documents/"),
    Screen("guidance", "mentee", "guidance/[^/]+/"),
    Screen("sessions", "mentee", f"pairs/{ID}sessions/"),
    Screen("read", "mentee", f"outputs/{ID}read/"),
    Screen("sharing", "mentee", f"pairs/{ID}sharing/"),
    Screen("notices", "mentee", "notices/"),
    Screen("account", "mentee", "/me/"),
    Screen("help", "new-mentee", "issues/"),
    Screen("desk", "coordinator", f"desk/{COHORT}"),
    Screen("pairs", "coordinator", f"desk/{COHORT}pairs/"),
    Screen("people", "coordinator", "programmes/[^/]+/cohorts/[^/]+/people/"),
    Screen("person", "coordinator", f"programmes/[^/]+/cohorts/[^/]+/people/{ID}"),
    Screen("matching", "coordinator", "programmes/[^/]+/cohorts/[^/]+/matching/"),
    Screen("handbook", "coordinator", "programmes/[^/]+/handbook/"),
    Screen("issue", "coordinator", f"issues/{ID}"),
    Screen("results", "coordinator", f"evaluation/{COHORT}results/"),
    Screen("report", "coordinator", f"reports/{ID}"),
    Screen("exports", "admin", "exports/programmes/[^/]+/"),
    Screen("members", "admin", "members/"),
    Screen("outbox", "admin", "outbox/"),
    Screen("import", "coordinator", f"programmes/[^/]+/cohorts/[^/]+/people/import/{ID}", doings.read_in),
    Screen("people-in-many-scripts", "coordinator", "programmes/[^/]+/cohorts/[^/]+/people/", doings.taken_in),
    Screen("long-name", "coordinator", f"programmes/[^/]+/cohorts/[^/]+/people/{ID}", doings.long_name),
    Screen("conflict", "mentee", f"outputs/{ID}conflict/", doings.conflict),
    Screen("signing", "mentee", f"pairs/{ID}agreement/sign/", doings.sign),
    Screen("new-organisation", "admin", "settings/", doings.begin),
    Screen("no-programmes", "admin", "programmes/", doings.begin_programmes),
    Screen("new-cohort", "admin", "programmes/[^/]+/cohorts/[^/]+/", doings.begin_cohort),
    Screen("no-people", "admin", "programmes/[^/]+/cohorts/[^/]+/people/", doings.begin_people),
    Screen("no-pairs", "admin", f"desk/{COHORT}", doings.begin_desk),
)


def find(screen: Screen, start: str, read: Callable[[str], str]) -> str | None:
    """The address of ``screen``, by the fewest links from ``start``; ``None`` when none leads there.

    ``read`` gives the HTML of an address on the same site, or an empty text for what is no page.
    """
    waiting, seen = deque([start]), {start}
    for _ in range(MOST_PAGES):
        if not waiting:
            return None
        here = waiting.popleft()
        if screen.is_at(urlsplit(here).path):
            return here
        onwards = links(here, read(here))
        if there := next((address for address in onwards if screen.is_at(urlsplit(address).path)), None):
            return there
        fresh = [address for address in dict.fromkeys(onwards) if address not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return None


def links(here: str, html: str) -> list[str]:
    """The addresses on the same site that this page's links lead to, in their order."""
    found = [urldefrag(urljoin(here, link)).url for link in re.findall(r"<a\b[^>]*\bhref=\"([^\"#][^\"]*)\"", html)]
    return [address for address in found if urlsplit(address)[:2] == urlsplit(here)[:2]]
