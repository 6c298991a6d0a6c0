"""A browser of paper: reads the form in a page's HTML and gives what a browser without JavaScript would send."""

from html.parser import HTMLParser

from django.http import QueryDict


class Page(HTMLParser):
    """The controls, ids and references of a page. What stands in ``<template>`` is not on the page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sent: list[tuple[str, str]] = []
        self.buttons: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.hidden: set[str] = set()
        self._templates = 0
        self._area: str | None = None
        self._select: tuple[str, list[str]] | None = None
        self.feed(html)
        self.close()

    def post(self, button: str = "", **changes: str | list[str] | None) -> QueryDict:
        """The form as it is sent, with a button (``name=value``) and some answers given or (None) taken back."""
        data = QueryDict(mutable=True)
        for name, value in self.sent:
            data.appendlist(name, value)
        for name, value in changes.items():
            data.pop(name, None)
            if value is not None:
                data.setlist(name, value if isinstance(value, list) else [value])
        if button:
            name, _equals, value = button.partition("=")
            data[name] = value
        return data

    def element(self, **wanted: str) -> dict[str, str | None]:
        """The attributes of the first element that has these."""
        wanted = {name.replace("_", "-"): value for name, value in wanted.items()}
        return next(attrs for _tag, attrs in self.elements if wanted.items() <= attrs.items())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "template":
            self._templates += 1
        if self._templates:
            return
        given = dict(attrs)
        self.elements.append((tag, given))
        self._refer(given)
        name, value = given.get("name"), given.get("value")
        if tag == "input" and name and given.get("type") != "file":
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self.sent.append((name, "on" if value is None and given.get("type") == "checkbox" else value or ""))
        elif tag == "textarea" and name:
            self._area = name
            self.sent.append((name, ""))
        elif tag == "select" and name:
            self._select = (name, [])
        elif tag == "option" and self._select and "selected" in given:
            self._select[1].append(value or "")
        elif tag == "button" and name:
            self.buttons.append(f"{name}={value}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.sent[-1] = (self._area, self.sent[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._templates -= 1
        elif tag == "textarea" and self._area is not None:
            # Browsers drop the first line end and send the others as CR LF.
            words = self.sent[-1][1].removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
            self.sent[-1] = (self._area, words)
            self._area = None
        elif tag == "select" and self._select:
            self.sent += [(self._select[0], value) for value in self._select[1] or [""]]
            self._select = None

    def _refer(self, given: dict[str, str | None]) -> None:
        if given.get("id"):
            self.ids.append(given["id"] or "")
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.references += (given.get(name) or "").split()
        for name in ("href", "formaction"):
            address = given.get(name) or ""
            self.references += [address[1:]] if address.startswith("#") and len(address) > 1 else []
