"""The base of printed documents: whole pages with a running foot, tagged, the same bytes every time, nothing fetched."""

import io
import warnings
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from pypdf import PdfReader

from mentoring.ui import samples
from mentoring.ui.accent import document_css

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
SHEET = Path(settings.BASE_DIR) / "static" / "documents" / "document.css"
SOURCE = """{% extends "documents/base.html" %}{% load ui %}{% block title %}Agreement{% endblock %}
{% block foot %}Agreement <b>MOALA-7F3A</b>{% endblock %}{% block heading %}Mentoring agreement{% endblock %}
{% block content %}<dl class="parties"><div><dt>Mentee</dt><dd>ʻAna Moala</dd></div></dl>
<h2>Clauses</h2><ol class="clauses">{% for number in many %}<li>Clause {{ number }}: the mentor listens.</li>{% endfor %}</ol>
<table><thead><tr><th scope="col">Objective</th></tr></thead><tbody><tr><td>{{ words }}</td></tr></tbody></table>
{% chart chart open_table=True %}<ul class="ticks"><li class="ticked">Ticked</li><li>Not ticked</li></ul>{% endblock %}"""


class Organisation:
    name = "Pacific Learning Partnership"


def pdf(**changes) -> bytes:
    context = {
        "organisation": Organisation,
        "many": range(1, 90),
        "words": "Say no",
        "chart": samples.charts()["double"],
    }
    html = engines["django"].from_string(SOURCE).render(context | changes)
    sheets = [CSS(string=SHEET.read_text()), CSS(string=document_css("#7a3b8f"))]
    return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"})).write_pdf(
        stylesheets=sheets, pdf_variant="pdf/ua-1"
    )


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(io.BytesIO(pdf()))


def test_every_page_says_what_it_is_and_which_of_how_many(reader):
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) >= 2
    for number, text in enumerate(pages, start=1):
        assert "Agreement MOALA-7F3A" in text
        assert f"{number} / {len(pages)}" in text


def test_the_words_are_there_in_their_own_letters(reader):
    text = "".join(page.extract_text() for page in reader.pages)
    for words in (
        "Pacific Learning Partnership",
        "Mentoring agreement",
        "ʻAna Moala",
        "Clause 89",
        "☑",
        "☐",
        "Mentors",
    ):
        assert words in text


def test_the_document_is_tagged_titled_and_says_its_language(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-gb"
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == "Agreement"
    assert reader.metadata.author == "Pacific Learning Partnership"


def test_the_fonts_are_the_ones_meant(reader):
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert any("Noto-Serif" in name for name in fonts), fonts
    assert any("Noto-Sans" in name for name in fonts), fonts


def test_the_same_content_gives_the_same_bytes():
    assert pdf() == pdf()


def test_what_people_wrote_cannot_open_anything():
    hostile = '<img src="file:///etc/hostname"><link rel="attachment" href="file:///etc/hostname">'
    document = PdfReader(io.BytesIO(pdf(words=hostile)))
    assert "etc/hostname" in "".join(page.extract_text() for page in document.pages)
    assert "/EmbeddedFiles" not in document.trailer["/Root"].get("/Names", {})
