"""A picture drawn from answers: a jar that is filled layer by layer, the first layer first (``gla.must.27``).

The drawing has no style of its own beyond attributes that name its parts, so that pages colour it by their accents and paper
prints it in greys. Everything on it stands in the text too.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from templates_app.answers.raw import raw_words
from templates_app.answers.shown import Shown
from templates_app.shapes import FieldShape

WIDTH, STONE, GAP, EDGE = 320, 34, 6, 14
"""Of the drawing, in its own units: its width, the height of a stone, what is between stones, and the jar's margin."""
MOST_LETTERS = 34
"""So many letters of a stone's words fit on it."""
_SHARES = (1.0, 0.8, 0.62)
"""How wide the stones of each layer are, from the first to the last."""


def drawn(shape: FieldShape, answers: Mapping[str, Any]) -> Shown:
    """The layers with what was answered to their fields; nothing where nothing was."""
    layers = [(layer.label, _said(layer.fields, answers)) for layer in shape.layers]
    if not any(words for _label, words in layers):
        return Shown()
    text = "\n".join(f"{label}: {'; '.join(words)}" for label, words in layers if words)
    return Shown(text=text, html=_jar([words for _label, words in layers], text))


def _said(keys: list[str], answers: Mapping[str, Any]) -> list[str]:
    found = (raw_words(answers.get(key)).strip() for key in keys)
    return [" ".join(words.split()) for words in found if words]


def _jar(layers: list[list[str]], told: str) -> SafeString:
    stones = [(place, words) for place, layer in enumerate(layers) for words in layer]
    height = len(stones) * (STONE + GAP) + 2 * EDGE
    drawn_stones = [
        _stone(place, words, height - EDGE - (row + 1) * (STONE + GAP)) for row, (place, words) in enumerate(stones)
    ]
    return format_html(
        '<svg class="jar" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{told}">'
        '<rect class="jar-glass" x="2" y="2" width="{inner}" height="{deep}" rx="18" fill="none" stroke="currentColor"/>'
        "{stones}</svg>",
        w=WIDTH, h=height, inner=WIDTH - 4, deep=height - 4, told=told.replace("\n", ". "),
        stones=format_html_join("", "{}", ((one,) for one in drawn_stones)),
    )  # fmt: skip


def _stone(place: int, words: str, top: int) -> SafeString:
    wide = int((WIDTH - 2 * EDGE) * _SHARES[min(place, len(_SHARES) - 1)])
    shown = words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1].rstrip()}…"
    return format_html(
        '<rect class="jar-layer-{place}" x="{x}" y="{y}" width="{wide}" height="{tall}" rx="14" fill="none" '
        'stroke="currentColor"/><text x="{middle}" y="{line}" text-anchor="middle" font-size="13" fill="currentColor">'
        "{words}</text>",
        place=place, x=(WIDTH - wide) // 2, y=top, wide=wide, tall=STONE, middle=WIDTH // 2, line=top + 22, words=shown,
    )  # fmt: skip
