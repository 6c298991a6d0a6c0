"""Icons: Lucide's drawings inline, each either with words of its own or marked as decoration beside words."""

from functools import lru_cache

import lucide
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SIZE = 20


@lru_cache(maxsize=512)
def drawing(name: str, size: int = SIZE) -> SafeString:
    """The icon as inline SVG, hidden from screen readers. ``lucide.IconDoesNotExist`` for an unknown name."""
    svg = lucide._render_icon(name, size, aria_hidden="true", focusable="false", **{"class": "icon"})
    tidy = " ".join(svg.split()).replace("> <", "><").replace(" />", "/>")
    return mark_safe(tidy)  # noqa: S308 the package's own drawing, with attributes from here


def icon(name: str, label: str, size: int = SIZE) -> SafeString:
    """The icon with ``label`` for those who do not see it. An empty label says that words stand beside it."""
    if not label:
        return drawing(name, size)
    return format_html('{}<span class="visually-hidden">{}</span>', drawing(name, size), label)
