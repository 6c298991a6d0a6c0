"""The table of expected answers: ``expected.txt``, a line for each address (or for each variant of what fills its gaps)."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.isolation.routes import Route, address, all_routes

FILE = Path(__file__).with_name("expected.txt")

ACTORS = (
    "nobody", "admin", "coordinator", "lead", "steering", "mentor", "mentee", "mentor_two", "mentee_two", "mentee_past",
    "elsewhere",
)  # fmt: skip
"""In the order of the table's columns. ``nobody`` is not signed in, ``elsewhere`` coordinates another programme."""

LETTERS = {
    200: "2", 286: "s", 302: "3", 400: "b", 401: "u", 403: "F", 404: ".", 405: "-", 409: "c", 410: "g", 422: "v", 500: "!",
}  # fmt: skip
"""How a status is written."""


@dataclass(frozen=True)
class Line:
    """One line: the expected answers to GET and to an empty POST, one letter for each actor."""

    route: Route
    get: str
    post: str
    variants: dict[str, str] = field(default_factory=dict)
    query: str = ""
    """What stands behind the address, with its question mark, where nothing would happen without it."""

    @property
    def title(self) -> str:
        """Its name in a report."""
        variants = [f"{gap}={value}" for gap, value in self.variants.items()]
        return " ".join([self.route.name, *variants, *filter(None, [self.query])])

    def at(self, values: dict[str, Any]) -> str:
        """The address with its gaps filled, and its query."""
        return address(self.route, values) + self.query

    def written(self) -> str:
        """As it stands in the file."""
        more = self.title.removeprefix(self.route.name).strip()
        return f"{self.route.name:<38} {self.get}  {self.post}  {more}".rstrip()


def read_table() -> list[Line]:
    """Every line of the table. Raises ``KeyError`` for a name that no address has."""
    by_name = {route.name: route for route in all_routes()}
    lines = []
    for text in FILE.read_text(encoding="utf-8").splitlines():
        words = text.split("#")[0].split()
        if words:
            name, get, post, *more = words
            query = next((word for word in more if word.startswith("?")), "")
            variants = dict(word.split("=", 1) for word in more if word != query)
            lines.append(Line(by_name[name], get, post, variants, query))
    return lines
