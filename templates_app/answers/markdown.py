"""Light Markdown to safe HTML, for everything that people write.

Two fences that do not trust each other: the parser never passes HTML through, and what it makes is sanitised against a
short list, so that no written text can carry a script, a style, an image, a frame or an attribute that our own scripts
listen to (``data-*``, ``hx-*``).
"""

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

LONGEST = 100_000
"""Characters beyond which a text is shown as plain paragraphs: parsing must stay quick whatever is typed."""

_LIGHT = ["paragraph", "text", "newline", "escape", "emphasis", "list", "blockquote", "link", "autolink", "hr"]
_LIGHT_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "hr"}
_ARTICLE = ["heading", "lheading", "table", "backticks", "code", "fence", "strikethrough", "entity"]
_ARTICLE_TAGS = {"h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "s"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}


def _parser(rules: list[str]) -> MarkdownIt:
    options = {"html": False, "linkify": False, "breaks": True, "typographer": False, "maxNesting": 12}
    core = ["normalize", "block", "inline", "text_join"]
    return MarkdownIt("zero", options).enable([*core, "balance_pairs", "fragments_join", *rules])


_light = _parser(_LIGHT)
_article = _parser(_LIGHT + _ARTICLE)


def to_html(text: str) -> SafeString:
    """The HTML of what a person wrote: paragraphs, line breaks, emphasis, lists, quotations and links, nothing else."""
    if len(text) > LONGEST:
        return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 - just escaped
    return _safe(_light.render(text), _LIGHT_TAGS)


def article_html(text: str) -> SafeString:
    """The HTML of a handbook's article: as ``to_html``, with headings (one level below the page's own) and tables."""
    tokens = _article.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.type == "th_open" and not token.content.strip():
            # The empty corner of a table is no heading of anything.
            before.tag = after.tag = "td"
    return _safe(_article.renderer.render(tokens, _article.options, {}), _LIGHT_TAGS | _ARTICLE_TAGS)


def _safe(html: str, tags: set[str]) -> SafeString:
    cleaned = nh3.clean(
        html,
        tags=tags,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
    return mark_safe(cleaned)  # noqa: S308 - just sanitised
