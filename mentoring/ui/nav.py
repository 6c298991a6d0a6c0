"""Menus: apps register functions that say what a person may go to; the page frame draws the result.

Three menus: the main one, the person's own (behind their initials), and the page's foot. A function takes the request and
returns items; it is called once a page, only when the frame is drawn, and must not fail for visitors who are not signed in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class NavItem:
    """One way to go.

    ``order`` sorts across apps (small first); ``icon`` is a Lucide name, seen on a phone's bar; ``current`` left open is
    found from the address; ``method`` "post" makes a button (signing out, for instance).
    """

    label: str
    url: str
    icon: str = "circle"
    order: int = 50
    current: bool | None = None
    method: str = "get"
    detail: str = ""


Source = Callable[[HttpRequest], Iterable[NavItem]]


class Menu:
    """One menu and the functions that fill it."""

    def __init__(self) -> None:
        self._sources: list[Source] = []

    def register(self, source: Source) -> Source:
        """Add a source of items; usable as a decorator. Registering the same function twice changes nothing."""
        if source not in self._sources:
            self._sources.append(source)
        return source

    def items(self, request: HttpRequest) -> list[NavItem]:
        """The items for this request in order, with at most one marked as the current place."""
        found = [item for source in self._sources for item in source(request)]
        return mark_current(sorted(found, key=lambda item: item.order), request.path)


def mark_current(items: list[NavItem], path: str) -> list[NavItem]:
    """Mark the item whose address is the longest beginning of ``path``, unless one says itself that it is current."""
    if any(item.current for item in items):
        return [replace(item, current=bool(item.current)) for item in items]
    candidates = [item for item in items if item.current is None and item.method == "get" and _leads_to(item.url, path)]
    best = max(candidates, key=lambda item: len(item.url), default=None)
    return [replace(item, current=item is best) for item in items]


def _leads_to(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url if url.endswith("/") else f"{url}/"))


MAIN = Menu()
ACCOUNT = Menu()
FOOT = Menu()

register_nav = MAIN.register
register_account = ACCOUNT.register
register_foot = FOOT.register
