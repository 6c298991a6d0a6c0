"""HTML to PDF: tagged, the same bytes for the same content, and without fetching anything but packaged assets.

WeasyPrint (70 or later: earlier ones could be led past the fetcher) is imported on first use, since it is slow to load and
web processes never need it. The stylesheet and the fonts are parsed once in the life of a process: a third of the time of a
short document, and the memory stays level.
"""

import logging
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders

from mentoring.ui.accent import accent_faults, document_css

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

VARIANT = "pdf/ua-1"
"""Tagged for assistive technology. Conformance is not claimed before it is measured."""
PACKAGED = "https://packaged.invalid/"
"""Stands before the names of files in ``static/documents``, the only addresses that are read, and never by the network:

names under ``.invalid`` exist nowhere (RFC 2606). A made-up scheme would do, but relative addresses do not join it.
"""
STYLESHEET = "document.css"
MOST_LETTERS = 3_000_000
"""A longer HTML text is refused: it would hold a worker for minutes. A full worksheet has some tens of thousands."""

NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})

_one_at_a_time = threading.Lock()
"""Pango's font map is shared by the process; documents are laid out one after the other."""


class DocumentTooLong(ValueError):
    """The HTML is longer than any real document of ours."""


def render_pdf(
    html: str, *, language: str = "en-gb", accent: str = "", pictures: Mapping[str, bytes] = NO_PICTURES
) -> bytes:
    """The PDF of a whole HTML document, laid out by ``static/documents/document.css``.

    ``language`` (BCP 47) is written where the HTML names none itself; ``accent`` is the organisation's ``#rrggbb``;
    ``pictures`` are bytes by the names under which the HTML shows them (``pictures/…``). The same
    arguments give the same bytes on the same machine: no date is written. Raises ``DocumentTooLong``; whatever else
    WeasyPrint raises passes through.
    """
    with _one_at_a_time:
        return _laid_out(html, language, accent, pictures).write_pdf(pdf_variant=VARIANT, finisher=_scope_headers)


def pages(html: str, *, language: str = "en-gb", accent: str = "") -> int:
    """How many pages the document has."""
    with _one_at_a_time:
        return len(_laid_out(html, language, accent).pages)


def _laid_out(html: str, language: str, accent: str, pictures: Mapping[str, bytes] = NO_PICTURES) -> "Document":
    from weasyprint import HTML

    if len(html) > MOST_LETTERS:
        raise DocumentTooLong(f"The document has {len(html)} letters; {MOST_LETTERS} are the most.")
    fetcher, fonts, style = _setup()
    if pictures:
        fetcher = packaged_only(pictures)
    document = HTML(string=html, base_url=PACKAGED, url_fetcher=fetcher)
    root = document.etree_element
    if not root.get("lang"):
        root.set("lang", language)
    return document.render(stylesheets=[style, *_accent_style(accent)], font_config=fonts, pdf_variant=VARIANT)


def _scope_headers(document: "Document", pdf: Any) -> None:
    """Say of each header cell whether it heads its column or its row: WeasyPrint only links cells to their headers."""
    tags = {tag.reference: tag for tag in pdf.objects if hasattr(tag, "get")}
    for cell in tags.values():
        if cell.get("S") == "/TH":
            part = tags[tags[cell["P"]]["P"]]
            cell["A"]["Scope"] = "/Column" if part["S"] == "/THead" else "/Row"


@lru_cache(maxsize=1)
def _setup() -> "tuple[URLFetcher, FontConfiguration, CSS]":
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    # A picture that is not fetched is a remark of WeasyPrint's that may quote what somebody wrote: keep it out of logs.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    fetcher, fonts = packaged_only(), FontConfiguration()
    text = (_folder() / STYLESHEET).read_text(encoding="utf-8")
    style = CSS(string=text, base_url=f"{PACKAGED}{STYLESHEET}", url_fetcher=fetcher, font_config=fonts)
    return fetcher, fonts, style


@lru_cache(maxsize=64)
def _accent_style(accent: str) -> "tuple[CSS, ...]":
    from weasyprint import CSS

    if not accent or accent_faults(accent):
        return ()
    return (CSS(string=document_css(accent)),)


def packaged_only(pictures: Mapping[str, bytes] = NO_PICTURES) -> "URLFetcher":
    """A fetcher that reads files of ``static/documents`` by name, and the ``pictures`` it is given, and refuses everything else,
    without opening a socket.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class PackagedFetcher(URLFetcher):
        """Never hands an address to ``urllib``: whatever is not one of ours raises before anything is opened."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if not url.startswith(PACKAGED):
                raise ValueError("Only packaged files are read.")
            name = url.removeprefix(PACKAGED)
            return URLFetcherResponse(
                url, body=pictures[name] if name in pictures else packaged_file(name).read_bytes()
            )

    return PackagedFetcher(allowed_protocols=(), allow_redirects=False)


def packaged_file(name: str) -> Path:
    """The file of ``static/documents`` of that name. Raises ``ValueError`` for anything outside the folder, or absent."""
    folder = _folder()
    path = (folder / name.lstrip("/")).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise ValueError("There is no packaged file of that name.")
    return path


@lru_cache(maxsize=1)
def _folder() -> Path:
    found = finders.find(f"documents/{STYLESHEET}")
    if not found:
        raise FileNotFoundError(f"static/documents/{STYLESHEET} is missing.")
    return Path(str(found)).resolve().parent
