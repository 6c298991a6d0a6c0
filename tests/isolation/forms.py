"""The forms of a page as a browser has them: where each goes, what it would send, and what may be chosen instead."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

SILENT = {"submit", "button", "reset", "image", "file"}
PLAIN_ANSWERS = {
    "text": "Words", "textarea": "Words", "search": "Words", "url": "https://example.org/a", "date": "2027-05-04",
    "time": "10:00", "datetime-local": "2027-05-04T10:00", "number": "60",
}  # fmt: skip
"""What is written into a blank field of each sort."""


@dataclass
class Form:
    """One form. ``sent`` is what it would send untouched; ``offered`` every value that a field of that name offers."""

    action: str
    method: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    """What sort of field each is: ``text``, ``date``, ``select``, ``checkbox`` …"""
    latest: dict[str, str] = field(default_factory=dict)
    """The last day that a field for a date takes, where it has one."""

    def offer(self, name: str, value: str, *, chosen: bool) -> None:
        """A value of a field, sent where it is chosen."""
        self.offered.setdefault(name, []).append(value)
        if chosen:
            self.sent.setdefault(name, []).append(value)

    def filled(self, email: str) -> dict[str, list[str]]:
        """What a person would send who fills in everything that is blank; ``email`` is the address they write."""
        words = PLAIN_ANSWERS | {"email": email}
        data = {name: list(values) for name, values in self.sent.items()}
        for name, kind in self.kinds.items():
            if any(data.get(name, [])):
                continue
            choices = [value for value in self.offered.get(name, []) if value]
            if kind in words:
                data[name] = [email if name == "email" else self.latest.get(name, words[kind])]
            elif choices and (kind in {"select", "radio"} or len(choices) > 1):
                data[name] = choices[:1]
        return data


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.inside: Form | None = None
        self.select: tuple[Form, str, bool] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Form(urljoin(self.page, held.get("action", "")), held.get("method", "get").upper())
            self.found.append(self.inside)
            self.by_id[held.get("id", "")] = self.inside
            return
        # A field may stand outside its form and name it.
        form = self.by_id.get(held["form"]) if "form" in held else self.inside
        if form is None:
            return
        if tag == "option" and self.select:
            owner, name, several = self.select
            first = not several and name not in owner.sent
            if "selected" in held and not several:
                owner.sent.pop(name, None)
            owner.offer(name, held.get("value", ""), chosen="selected" in held or first)
        elif held.get("name"):
            self._field(form, tag, held)

    def _field(self, form: Form, tag: str, held: dict[str, str]) -> None:
        name, kind = held["name"], held.get("type", "text")
        if tag == "select":
            self.select = (form, name, "multiple" in held)
            form.kinds[name] = tag
        elif tag == "textarea":
            form.kinds[name] = tag
            form.offer(name, "", chosen=True)
        elif tag == "input" and kind in {"checkbox", "radio"}:
            form.kinds[name] = kind
            form.offer(name, held.get("value", "on"), chosen="checked" in held)
        elif tag == "input" and kind not in SILENT:
            form.kinds[name] = kind
            form.offer(name, held.get("value", ""), chosen=True)
            if kind == "date" and held.get("max"):
                form.latest[name] = held["max"]
        elif tag == "button" and held.get("value"):
            form.offer(name, held["value"], chosen=False)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None


def forms_in(page: str, html: str) -> list[Form]:
    """Every form of a page; ``page`` is its own address."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.found
