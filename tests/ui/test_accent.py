"""Whatever colour an organisation chooses, its pages can be read, in the light and in the dark."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.ui import accent
from mentoring.ui.accent import DARK_PAPER, DARK_SHEET, ENOUGH, LIGHT_PAPER, LIGHT_SHEET, contrast

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1.0)],
)
def test_contrast_is_that_of_wcag(first, second, ratio):
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


@given(colours)
def test_any_colour_becomes_readable_on_light_paper(colour):
    variant = accent.light(colour)
    for background in (LIGHT_PAPER, LIGHT_SHEET, variant.wash):
        assert contrast(variant.accent, background) >= ENOUGH
    assert contrast(variant.ink, variant.accent) >= ENOUGH


@given(colours)
def test_any_colour_becomes_readable_on_dark_paper(colour):
    variant = accent.dark(colour)
    for background in (DARK_PAPER, DARK_SHEET, variant.wash):
        assert contrast(variant.accent, background) >= ENOUGH
    assert contrast(variant.ink, variant.accent) >= ENOUGH


@given(colours)
def test_soft_text_stays_readable_on_the_wash(colour):
    assert contrast("#55646a", accent.light(colour).wash) >= ENOUGH
    assert contrast("#a7b1b3", accent.dark(colour).wash) >= ENOUGH


@pytest.mark.parametrize("colour", ["#0b5c66", "#7a3b8f", "#000000", "#a3322b"])
def test_a_colour_that_reads_is_left_alone(colour):
    assert accent.light(colour).accent == colour
    assert accent.accent_faults(colour) is None


@pytest.mark.parametrize("colour", ["#ffffff", "#ffff00", "#f4c430", "#c0c0c0"])
def test_a_pale_colour_is_refused_with_the_shade_that_works(colour):
    fault = accent.accent_faults(colour)
    assert fault is not None
    shade = re.search(r"#[0-9a-f]{6}", fault).group()
    assert accent.accent_faults(shade) is None


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#12345g", "0b5c66", "#0b5c66;}body{", "#0b5c66\n"])
def test_what_is_no_colour_is_refused(colour):
    assert "six digits" in accent.accent_faults(colour)


def test_the_hue_is_kept_when_a_colour_is_moved():
    red, green, blue = (int(accent.light("#ff8c00").accent[place : place + 2], 16) for place in (1, 3, 5))
    assert red > green > blue


def test_the_stylesheet_stands_in_its_layer_and_knows_the_dark():
    css = accent.accent_css("#7a3b8f")
    assert css.startswith("@layer accent{:root{--accent:#7a3b8f;")
    assert "prefers-color-scheme:dark" in css
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("colour", ["", None, "#ffffff", "url(x)"])
def test_print_and_mail_fall_back_to_the_default(colour):
    assert accent.for_print(colour) == accent.DEFAULT


def test_the_stylesheet_is_kept_for_ever_and_asks_no_database(client):
    response = client.get("/accent/7a3b8f.css")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/css")
    assert "immutable" in response.headers["Cache-Control"]
    assert response.content.decode() == accent.accent_css("#7a3b8f")


@pytest.mark.parametrize("digits", ["ffffff", "7A3B8F", "7a3b8", "7a3b8f00"])
def test_an_unusable_colour_has_no_stylesheet(client, digits):
    assert client.get(f"/accent/{digits}.css").status_code == 404
