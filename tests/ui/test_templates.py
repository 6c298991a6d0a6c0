"""What no template may hold, whichever page it is of."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
PARAGRAPH = re.compile(r"<p(?: [^>]*)?>(.*?)</p>", re.DOTALL)
JOINED = re.compile(
    r"<(?:a|button)\b[^<]*(?:<(?!/a>|/button>|span class=.visually-hidden)[^<]*)*"
    r"<span class=.visually-hidden.>\s*[:,]"
)
BLOCKS = re.compile(r"{% post_button|ui/action\.html|<(?:form|ul|ol|dl|div|section|table)\b")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_paragraph_holds_a_form_or_a_list(template):
    """A browser ends the paragraph there: what follows loses its place and its spacing."""
    held = [found.group(0)[:80] for found in PARAGRAPH.finditer(template.read_text()) if BLOCKS.search(found.group(1))]
    assert held == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_button_or_link_is_read_out_with_a_gap_before_its_colon(template):
    """A browser puts a space before what is hidden from the eye: "Remind : Ana". What it is about stands in its label."""
    assert [found.group(0)[-120:] for found in JOINED.finditer(template.read_text())] == []
