"""Whether HTML made from somebody's words can do anything but be read."""

from html.parser import HTMLParser

LIGHT = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "hr"}
ARTICLE = LIGHT | {"h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "s"}


class Tags(HTMLParser):
    """Collects every element with its attributes, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def assert_harmless(html: str, tags: set[str]) -> None:
    for tag, attributes in Tags(html).seen:
        assert tag in tags
        allowed = {"a": {"href", "rel"}, "ol": {"start"}}.get(tag, set())
        assert attributes.keys() <= allowed
        if "href" in attributes:
            assert (
                attributes["href"].lower().startswith(("http:", "https:", "mailto:")) or ":" not in attributes["href"]
            )
