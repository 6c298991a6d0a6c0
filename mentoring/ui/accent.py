"""An organisation's accent colour: one choice, made readable on light and on dark paper.

Colours are moved along lightness only, in OKLCH (Ottosson 2020), so that hue and character stay; contrast is WCAG 2's.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext

DEFAULT = "#0b5c66"
ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: contrast of text with what is behind it."""
COMFORTABLE = 6.0
"""Contrast asked for on dark paper, where the bare minimum looks dull."""
WASH = 0.12
"""How much of the accent is in the wash behind large areas."""
FARTHEST = 0.27
"""How far a colour may be darkened (OKLCH lightness, 0 to 1) and still be called the same colour."""
SMALLEST_STEP = 0.005

LIGHT_PAPER, LIGHT_SHEET, LIGHT_INK = "#fbfaf6", "#ffffff", "#ffffff"
DARK_PAPER, DARK_SHEET, DARK_INK = "#12181b", "#1a2226", "#0c1a1c"
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Variant:
    """The accent on one paper: as text and edges, with ``ink`` to write upon it, and ``wash`` for large quiet areas."""

    accent: str
    ink: str
    wash: str


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two ``#rrggbb`` colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def accent_faults(colour: str) -> str | None:
    """Why ``colour`` can't be an accent, in words for the person who chose it; None when it can.

    Any dark or middle colour will do. A pale one would have to be darkened until nobody recognised it: the message then
    names the nearest shade that works.
    """
    if not _HEX.fullmatch(colour or ""):
        return gettext("Write the colour as # and six digits or letters a to f, such as #0b5c66.")
    readable = light(colour).accent
    if _lightness(colour) - _lightness(readable) > FARTHEST:
        return gettext("This colour is too pale to be read on paper. The nearest shade that can be is %(shade)s.") % {
            "shade": readable
        }
    return None


@lru_cache(maxsize=256)
def light(colour: str) -> Variant:
    """The accent for light paper, darkened as far as needed. ``colour`` must be ``#rrggbb``."""

    def readable(candidate: str) -> bool:
        return _reads_on(candidate, LIGHT_PAPER, LIGHT_SHEET, LIGHT_INK, _mix(candidate, LIGHT_SHEET, WASH))

    accent = _moved(colour, -SMALLEST_STEP, readable)
    return Variant(accent, LIGHT_INK, _mix(accent, LIGHT_SHEET, WASH))


@lru_cache(maxsize=256)
def dark(colour: str) -> Variant:
    """The accent for dark paper, lightened as far as needed. ``colour`` must be ``#rrggbb``."""

    def readable(candidate: str) -> bool:
        return _reads_on(candidate, DARK_PAPER, DARK_SHEET, DARK_INK, _mix(candidate, DARK_SHEET, WASH)) and (
            contrast(candidate, DARK_SHEET) >= COMFORTABLE
        )

    accent = _moved(colour, SMALLEST_STEP, readable)
    return Variant(accent, DARK_INK, _mix(accent, DARK_SHEET, WASH))


def accent_css(colour: str) -> str:
    """The stylesheet that gives a page this accent, light and dark. ``colour`` must have no faults."""
    return (
        f"@layer accent{{:root{{{_tokens(light(colour))}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{_tokens(dark(colour))}}}}}"
        f"@media print{{:root{{{_tokens(light(colour))}}}}}}}\n"
    )


def for_print(colour: str | None) -> str:
    """The accent on white paper and in mail, as ``#rrggbb``; the default's for a colour that can't be used."""
    return light(DEFAULT if accent_faults(colour or "") else str(colour)).accent


def for_dark(colour: str | None) -> str:
    """The accent on dark paper, as ``#rrggbb``."""
    return dark(DEFAULT if accent_faults(colour or "") else str(colour)).accent


def document_css(colour: str) -> str:
    """The same for a printed document, which is always on white; the default's for a colour that can't be used."""
    return f":root{{{_tokens(light(for_print(colour)))}}}\n"


def _tokens(variant: Variant) -> str:
    return (
        f"--accent:{variant.accent};--accent-ink:{variant.ink};--accent-wash:{variant.wash};"
        f"--bs-link-color-rgb:{','.join(str(part) for part in _parts(variant.accent))}"
    )


def _reads_on(colour: str, *backgrounds: str) -> bool:
    return all(contrast(colour, background) >= ENOUGH for background in backgrounds)


def _moved(colour: str, step: float, good: Callable[[str], bool]) -> str:
    """``colour`` with its lightness stepped until ``good``; black or white, which always are, at the very end."""
    lightness, a, b = _oklab(colour)
    candidate = colour.lower()
    while not good(candidate) and 0 <= lightness <= 1:
        lightness += step
        candidate = _from_oklab(lightness, a, b)
    return candidate


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(colour: str) -> list[float]:
    scaled = [part / 255 for part in _parts(colour)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in scaled]


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(colour: str, paper: str, share: float) -> str:
    mixed = (round(c * share + p * (1 - share)) for c, p in zip(_parts(colour), _parts(paper), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _lightness(colour: str) -> float:
    return _oklab(colour)[0]


def _oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> str:
    """The sRGB colour, with chroma reduced as far as it needs to be shown at all."""
    for tenth in range(11):
        share = 1 - tenth / 10
        linear = _oklab_to_linear(lightness, a * share, b * share)
        if all(-0.0005 <= part <= 1.0005 for part in linear):
            break
    clipped = [min(max(part, 0.0), 1.0) for part in linear]
    encoded = [part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in clipped]
    return "#" + "".join(f"{round(part * 255):02x}" for part in encoded)


def _oklab_to_linear(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
