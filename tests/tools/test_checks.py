"""The project's own lint finds what the content security policy would refuse, and nothing else."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from tools import lint
from tools.checks import templates, wording
from tools.paths import APPS, ROOT


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<p\n  class='a'\n  style='color: red'>",
        '<p class="{% if a > 1 %}x{% endif %}" style="color: red">',
        "<style>p { color: red }</style>",
        "<script>go()</script>",
        '<script nonce="x">go()</script>',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        '<P STYLE="color: red">',
    ],
)
def test_what_the_policy_refuses_is_found(text):
    assert list(templates.faults_in(f"{{% load i18n %}}\n\n{text}\n"))


@pytest.mark.parametrize(
    "text",
    [
        '<link rel="stylesheet" href="{% static \'ui/site.css\' %}">',
        "<script src=\"{% static 'ui/draft.js' %}\" defer></script>",
        '<script type="application/json" id="schema">{"a": 1}</script>',
        "{# <p style='x'> in a comment #}",
        "{% comment %}<script>old()</script>{% endcomment %}",
        "<p>My style = calm; the condition=good</p>",
        '<input data-style="x" data-onclick="y">',
        '<p class="{% if style == "wide" %}wide{% endif %}">',
    ],
)
def test_what_the_policy_allows_is_left_alone(text):
    assert list(templates.faults_in(text)) == []


def test_the_line_of_a_fault_is_the_line_where_it_begins():
    assert [line for line, _ in templates.faults_in("{% if\n a %}\n<p>\n<i style='x'>")] == [4]


def test_mails_and_documents_are_no_pages():
    assert templates._is_exempt(Path("templates/mail/invitation.html"))
    assert templates._is_exempt(Path("pairs/templates/documents/agreement.html"))
    assert not templates._is_exempt(Path("templates/pairs/mail/list.html"))


@pytest.mark.parametrize(
    "line",
    [
        "--index-url somewhere",
        "--extra-index-url somewhere",
        "foo @ https" + "://example.org/foo.whl",
        "--find-links folder",
    ],
)
def test_requirements_that_name_a_place_are_found(line):
    assert wording.ADDRESS.search(line)


def test_no_app_of_ours_escapes_the_checks():
    installed = {
        Path(config.path) for config in apps.get_app_configs() if Path(config.path).parent in {ROOT, ROOT / "mentoring"}
    }
    assert set(APPS) == installed


def test_every_app_has_its_place_in_the_import_directions():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    rooms, inside = (next(contract for contract in contracts if contract["id"] == id) for id in ("rooms", "inside"))
    names = {".".join(app.relative_to(ROOT).parts) for app in APPS}
    assert names <= set(rooms["layers"])
    assert set(inside["containers"]) == names


def test_every_shipped_kit_is_checked():
    folders = {path.parent.name for path in (ROOT / "templates_app/kits").glob("*/kit.yaml")}
    assert folders == {kit.name for kit in lint.kits()}
    assert {f"kit {name}" for name in folders} <= lint.all_checks({}).keys()
