"""Light Markdown: what people write becomes text with a little form, and never anything that acts."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from templates_app.answers import article_html, to_html
from tests.templates_app.answers.harmless import ARTICLE, LIGHT, assert_harmless
from tests.templates_app.answers.hostile import CORPUS, NAMES

FRAGMENTS = [
    "<", ">", '"', "'", "[a](", ")", "![", "](javascript:", "<script>", "onerror=", "`", "*", "_", "&#x3c;", "\n", "- ",
    "# ", "<https://x.y>", "|", "---", "    ", "<a href=", "data:", "hx-get=", "\x00", "\u202e",
]  # fmt: skip


@pytest.mark.parametrize("words", CORPUS, ids=NAMES)
@pytest.mark.parametrize(("render", "tags"), [(to_html, LIGHT), (article_html, ARTICLE)], ids=["light", "article"])
def test_hostile_words_become_harmless_html(words, render, tags):
    assert_harmless(render(words.encode("utf-8", "replace").decode()), tags)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=12).map("".join))
def test_no_mixture_of_markup_gets_through(words):
    words = words.encode("utf-8", "replace").decode()
    assert_harmless(to_html(words), LIGHT)
    assert_harmless(article_html(words), ARTICLE)


def test_html_is_shown_as_the_words_it_is():
    assert to_html('<b hx-get="/x">hi</b>') == '<p>&lt;b hx-get="/x"&gt;hi&lt;/b&gt;</p>\n'


def test_the_empty_corner_of_a_table_is_no_heading():
    html = article_html("| | Mentoring |\n|---|---|\n| asks | What? |")
    assert "<td></td>" in html
    assert "<th>Mentoring</th>" in html
    assert "<th></th>" not in html


def test_light_markdown_is_understood():
    html = to_html("One **strong** *word*\nnext line\n\n- a\n- b\n\n3. c\n\n> said\n\n[us](https://example.org)")
    assert "<strong>strong</strong> <em>word</em><br>\nnext line" in html
    assert "<li>a</li>" in html
    assert '<ol start="3">' in html
    assert "<blockquote>" in html
    assert '<a href="https://example.org" rel="noopener noreferrer nofollow">us</a>' in html


def test_an_answer_brings_no_headings_into_the_page_and_an_article_does():
    assert to_html("# Big") == "<p># Big</p>\n"
    assert article_html("# Big\n\n## Less\n\n|a|b|\n|-|-|\n|1|2|").startswith("<h2>Big</h2>\n<h3>Less</h3>\n<table>")


@pytest.mark.parametrize(
    "words", ["[" * 50_000, "*a_ " * 25_000, "> " * 40_000, "- " * 40_000, "`a" * 40_000, "x" * 1_000_000]
)
def test_nothing_typed_takes_long(words):
    started = time.process_time()
    to_html(words)
    assert time.process_time() - started < 2
