"""What tests of the worksheet designer start from: a coordinator's browser that reads forms as a person does."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.forms import Select
from django.http import QueryDict
from django.test import Client

from mentoring.tenancy.scope import tenant_scope
from programmes.models import WorksheetDraft
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.models import TemplateVersion
from templates_app.shapes import Worksheet
from tests.cast import Company
from tests.programmes.conftest import PROGRAMME, words

DESIGNS = f"{PROGRAMME}handbook/worksheets/"
_INPUT = re.compile(r"<input\b[^>]*>")
_SELECT = re.compile(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
_AREA = re.compile(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def fields_of(page: Any, form: int = -1) -> dict[str, Any]:
    """What one of the page's own forms (those that post to it) would send if somebody pressed its button now."""
    text = words(page)
    main = text[text.index("<main") : text.index("</main>")]
    forms = re.findall(r"<form\b.*?</form>", main, re.DOTALL)
    part = [one for one in forms if " action=" not in one[: one.index(">")]][form]
    found: dict[str, Any] = {}
    for tag in _INPUT.findall(part):
        name, kind = _attribute(tag, "name"), _attribute(tag, "type")
        if not name or name == "csrfmiddlewaretoken" or (kind in {"checkbox", "radio"} and " checked" not in tag):
            continue
        value = _attribute(tag, "value") or ("on" if kind == "checkbox" else "")
        if kind == "checkbox" and name in found:
            found[name] = [*([found[name]] if isinstance(found[name], str) else found[name]), value]
        else:
            found[name] = value
    for name, inner in _SELECT.findall(part):
        chosen = (
            re.findall(r'<option value="([^"]*)" selected', inner) or re.findall(r'<option value="([^"]*)"', inner)[:1]
        )
        found[name] = html.unescape(chosen[0]) if chosen else ""
    for name, inner in _AREA.findall(part):
        found[name] = html.unescape(inner).strip("\n")
    return found


def as_shown(form: Any) -> QueryDict:
    """What a browser would send of a question's form if nothing were touched, without drawing it. A list to choose from has
    its first entry chosen where no other one is."""
    sent = QueryDict(mutable=True)
    lists = getattr(form, "lines", {})
    for one in [form, *(line for lines in lists.values() for line in lines.forms)]:
        for bound in one:
            value = bound.value()
            if type(bound.field.widget) is Select and str(value) not in {
                str(key) for key, _words in bound.field.choices
            }:
                value = bound.field.choices[0][0]
            values = value if isinstance(value, list) else ["on" if value is True else value]
            sent.setlist(bound.html_name, [str(said) for said in values if said is not None and said is not False])
    for name, lines in lists.items():
        sent[f"{name}-count"] = str(lines.count)
    return sent


class Designer:
    """A coordinator at work on a worksheet, page by page and without scripts."""

    def __init__(self, client: Client, company: Company) -> None:
        self.client, self.company = client, company
        self.key = ""

    def url(self, rest: str = "") -> str:
        return self.company.url(f"{DESIGNS}{self.key}/{rest}")

    def begin(self, title: str = "Trial sheet", **values: str) -> "Designer":
        """A new worksheet of the coordinator's own."""
        form = {"title": title, "copy_of": "", "filled_by": "mentee", **values}
        answer = self.client.post(self.company.url(f"{DESIGNS}new/"), form)
        assert answer.status_code == 302, words(answer)
        self.key = answer.url.rstrip("/").rsplit("/", 1)[1]
        return self

    def open(self, key: str) -> "Designer":
        """A draft of a worksheet that is there."""
        self.key = key
        assert self.client.post(self.url("begin/")).status_code == 302
        return self

    def add(self, kind: str, label: str, lines: str = "", container: str = "section:questions") -> str:
        """Add a question by its page; returns its place."""
        answer = self.client.post(self.url(f"add/{container}/"), {"label": label, "kind": kind, "lines": lines})
        assert answer.status_code == 302, words(answer)
        return answer.url.rstrip("/").rsplit("/", 1)[1]

    def change(self, place: str, **values: Any) -> Any:
        """Change some of what a question's page shows, as if typed, and save."""
        page = self.client.get(self.url(f"questions/{place}/"))
        return self.client.post(self.url(f"questions/{place}/"), fields_of(page, 0) | values)

    def do(self, button: str, follow: bool = False) -> Any:
        """Press a button of the draft's page."""
        return self.client.post(self.url(), {"do": button}, follow=follow)

    def facts(self, **values: Any) -> Any:
        """Change some of the sheet's facts by their page."""
        page = self.client.get(self.url("facts/"))
        return self.client.post(self.url("facts/"), fields_of(page) | values)

    def publish(self, **values: Any) -> Any:
        """Look at what changes, and publish it."""
        page = self.client.get(self.url("publish/"))
        return self.client.post(self.url("publish/"), fields_of(page) | values, follow=True)

    @property
    def draft(self) -> WorksheetDraft:
        with tenant_scope(self.company.organisation):
            return WorksheetDraft.objects.select_related("base", "programme__handbook").get(key=self.key)

    def field(self, place: str) -> dict[str, Any]:
        """A question as the draft has it."""
        from programmes.domain.designing.places import spot_of

        return spot_of(self.draft.definition, place).field

    @property
    def places(self) -> list[str]:
        """The questions of the draft, in order."""
        from programmes.domain.designing.places import spots

        return [spot.place for spot in spots(self.draft.definition)]

    @property
    def version(self) -> TemplateVersion:
        with tenant_scope(self.company.organisation):
            return current_version(self.company.programme.handbook, self.key)

    @property
    def sheet(self) -> Worksheet:
        """The worksheet as it holds."""
        return worksheet_of(self.version)


@pytest.fixture
def designer(company: Company, coordinator_client: Client) -> Designer:
    """A coordinator at work."""
    return Designer(coordinator_client, company)


@pytest.fixture
def other_designer(company: Company, sign_in: Callable[..., Client]) -> Designer:
    """A second coordinator of the same programme."""
    from tests.factories import AssignmentFactory, MembershipFactory, UserFactory

    with tenant_scope(company.organisation):
        user = UserFactory(given_name="Sina", family_name="Second")
        AssignmentFactory(programme=company.programme, membership=MembershipFactory(user=user), role="coordinator")
    return Designer(sign_in(user), company)
