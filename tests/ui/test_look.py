"""The look keeps its promises: light to load, readable, and nothing inline that the policy would have to allow."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import Context, Template
from django.test import override_settings

from mentoring.ui import accent
from mentoring.ui.accent import contrast

STYLES = Path(settings.BASE_DIR) / "static" / "ui"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
FIRST_VISIT = 60 * 1024
LATER_PAGE = 15 * 1024
LETTERS = ("mail/", "account/email/")
"""Letters are read in mail programs, which know no stylesheets and no policy."""


def tokens(dark: bool) -> dict[str, str]:
    light_part, dark_part = (STYLES / "tokens.css").read_text().split("@media print")[0].split("@media (prefers")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light_part))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark_part)) if dark else found


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("text", "backgrounds"),
    [
        ("ink", ("paper", "sheet", "sunk", "accent-wash", "good-wash", "due-wash", "late-wash")),
        ("soft", ("paper", "sheet", "sunk", "accent-wash")),
        ("accent", ("paper", "sheet", "accent-wash")),
        ("accent-ink", ("accent",)),
        ("good", ("paper", "sheet", "good-wash")),
        ("due", ("paper", "sheet", "due-wash")),
        ("late", ("paper", "sheet", "late-wash")),
    ],
)
def test_text_can_be_read_on_every_paper_it_stands_on(dark, text, backgrounds):
    known = tokens(dark)
    for background in backgrounds:
        assert contrast(known[text], known[background]) >= 4.5, f"{text} on {background}"


@pytest.mark.parametrize("dark", [False, True])
def test_the_edges_of_fields_can_be_seen(dark):
    known = tokens(dark)
    assert contrast(known["edge"], known["sheet"]) >= 3
    assert contrast(known["edge"], known["paper"]) >= 3


def test_the_accent_is_fitted_to_the_papers_in_use():
    light, dark = tokens(dark=False), tokens(dark=True)
    assert (light["paper"], light["sheet"]) == (accent.LIGHT_PAPER, accent.LIGHT_SHEET)
    assert (dark["paper"], dark["sheet"]) == (accent.DARK_PAPER, accent.DARK_SHEET)
    assert light["accent"] == accent.DEFAULT


def pages() -> list[Path]:
    found = [path for path in TEMPLATES.rglob("*.html") if not str(path.relative_to(TEMPLATES)).startswith(LETTERS)]
    assert len(found) > 60
    return found + list(TEMPLATES.rglob("*.svg"))


@pytest.mark.parametrize(
    "what",
    [
        r"\sstyle\s*=",
        r"<style",
        r"\son\w+\s*=\s*[\"']",
        r"javascript:",
        r"<script(?![^>]*\bsrc=)",
        r"hx-on",
        r"\bhref=\"http",
    ],
)
def test_no_page_needs_anything_inline_or_foreign(what):
    faulty = [path.name for path in pages() if re.search(what, path.read_text(), re.IGNORECASE)]
    assert faulty == []


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    storage = {"BACKEND": "mentoring.ui.storage.StaticStorage"}
    with override_settings(STATIC_ROOT=folder, STORAGES=settings.STORAGES | {"staticfiles": storage}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def served(folder: Path, name: str) -> Path:
    stem, suffix = name.rsplit(".", 1)
    (found,) = [path for path in folder.glob(f"{stem}.*.{suffix}") if re.fullmatch(r".+\.[0-9a-f]{12}", path.stem)]
    return found


def test_the_sheet_is_served_in_one_piece_with_its_layers_in_order(collected):
    css = served(collected, "ui/site.css").read_text()
    assert "@import" not in css
    assert "sourceMappingURL" not in css
    layers = re.findall(r"@layer (\w+)\{", css)
    assert layers == ["bootstrap", "tokens", "layout", "components", "components", "forms", "print"]
    assert css.index("@layer bootstrap, tokens, accent") < css.index("@layer bootstrap{")
    assert "Licensed under MIT" in css
    assert css.count("{") == css.count("}")


def test_a_missing_part_of_the_sheet_stops_the_collecting(monkeypatch, tmp_path):
    monkeypatch.setattr("mentoring.ui.storage.finders.find", lambda _name: None)
    storage = {"BACKEND": "mentoring.ui.storage.StaticStorage"}
    changed = override_settings(STATIC_ROOT=tmp_path, STORAGES=settings.STORAGES | {"staticfiles": storage})
    with changed, pytest.raises(ValueError, match="could not be found"):
        call_command("collectstatic", interactive=False, verbosity=0)


def test_what_no_page_asks_for_is_not_collected(collected):
    names = {path.name for path in collected.rglob("*")}
    assert "bootstrap.min.css" in names
    assert not {name for name in names if name.endswith(".map") or "bundle" in name or ".rtl." in name}


def test_a_first_visit_weighs_less_than_a_photograph(client, collected):
    """Everything a first page can ask for, htmx included, as it goes over the line."""
    page = client.get("/styles/").content
    assert len(brotli.compress(page)) <= LATER_PAGE
    assets = ["ui/site.css", "ui/page.js", "ui/icon.svg", "django_htmx/htmx-2.min.js"]
    weight = sum(
        served(collected, name).with_name(served(collected, name).name + ".br").stat().st_size for name in assets
    )
    assert weight + len(brotli.compress(page)) <= FIRST_VISIT


def test_a_page_asks_only_for_what_was_weighed(client):
    page = client.get("/styles/").content.decode()
    asked = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    assert sorted(set(asked)) == ["ui/icon.svg", "ui/page.js", "ui/site.css"]


def test_htmx_comes_with_its_safest_settings(client):
    html = Template("{% load ui %}{% htmx %}").render(Context())
    for setting in (
        '"allowEval":false',
        '"includeIndicatorStyles":false',
        '"allowScriptTags":false',
        '"selfRequestsOnly":true',
    ):
        assert setting in html
    assert "htmx-2.min.js" in html


@override_settings(DEMO=False)
def test_the_page_of_styles_exists_only_for_the_demo(client):
    assert client.get("/styles/").status_code == 404
