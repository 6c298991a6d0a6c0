"""Ids in forms: whatever a form offers to choose, somebody else's in its place changes nothing, on either side.

The forms are found on the pages themselves, so a new field that takes an id is tried without anybody thinking of it.
"""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from mentoring.tenancy.managers import is_tenant
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import tenant_scope
from tests.isolation.forms import Form, forms_in
from tests.isolation.routes import NEXT_DOOR, values_for
from tests.isolation.rows import changed, fingerprints, written
from tests.isolation.table import read_table
from tests.isolation.visiting import Visitor
from tests.rich import RichCompany

ID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
MODELS = [model for model in apps.get_models() if is_tenant(model)] + [Membership]


def _ids(company: RichCompany) -> dict[str, type[models.Model]]:
    """Every id of the company's rows, with what it is the id of."""
    with tenant_scope(company.organisation):
        return {
            str(pk): model
            for model in MODELS
            for pk in model.objects.filter(organisation=company.organisation).values_list("pk", flat=True)
        }


def _pages(worlds: Any, visitor: Visitor) -> Iterator[tuple[str, list[Form]]]:
    """Every page this person reads, with its forms."""
    with tenant_scope(worlds.ours.organisation):
        urls = [line.at(values_for(line.route, line.variants, worlds.ours)) for line in read_table()]
    for url in urls:
        answer = visitor.visit("GET", url)
        if answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html"):
            yield url, forms_in(url, answer.body.decode())


def _swaps(
    form: Form, ours: dict[str, type[models.Model]], others: dict[type[models.Model], list[str]]
) -> Iterator[tuple[str, str]]:
    """Which field could hold whose id instead."""
    for name, values in form.offered.items():
        models_of = {ours[value] for value in values if ID.match(value) and value in ours}
        yield from ((name, other) for model in models_of for other in others.get(model, []) if other not in values)


def _others(worlds: Any) -> dict[type[models.Model], list[str]]:
    """One id of the other organisation for every kind of thing, and one from next door where there is one."""
    found: dict[type[models.Model], list[str]] = {}
    for pk, model in _ids(worlds.theirs).items():
        found.setdefault(model, [pk])
    own = _ids(worlds.ours)
    with tenant_scope(worlds.ours.organisation):
        for source in NEXT_DOOR.values():
            value = source(worlds.ours)
            if isinstance(value, uuid.UUID):
                found[own[str(value)]].append(str(value))
    return found


LAST = slice(-1, None)
ANSWERS = {
    "/matching/informal/": {"since": slice(0), "mentor": LAST, "mentee": LAST},
    "/matching/peers/mentee/": {"members": slice(2)},
}
"""Which of the offered answers go with the other one, by the end of a form's address, where the first of each would not do: the
first mentor and the first mentee are a pair already, that day is still to come, and nobody is a group alone.
"""


def _send(worlds: Any, visitor: Visitor, form: Form, name: str, value: str) -> int:
    data = form.filled(email=worlds.ours.admin.email)
    chosen = next((fields for end, fields in ANSWERS.items() if form.action.endswith(end)), {})
    data |= {field: form.offered[field][part] for field, part in chosen.items()}
    kept = data[name][1:] if name in chosen else []
    return visitor.ask(form.method, form.action, data | {name: [value, *kept]}).status


@pytest.mark.slow
@pytest.mark.parametrize("name", ["admin", "coordinator", "lead", "mentee"])
def test_somebody_elses_id_in_a_form_changes_nothing(worlds, name):
    visitor = Visitor(worlds.ours.users[name])
    ours, others = _ids(worlds.ours), _others(worlds)
    before = (fingerprints(worlds.ours), fingerprints(worlds.theirs))
    tried, faults = set(), []
    for page, forms in _pages(worlds, visitor):
        for form in forms:
            for field, other in _swaps(form, ours, others):
                if (form.action, field, other) in tried:
                    continue
                tried.add((form.action, field, other))
                faults += _tried(worlds, visitor, form, field, other, before, page)
    assert tried, "No form offers an id to this person: the test tried nothing."
    assert not faults, f"as {name}, of {len(tried)} tried:\n" + "\n".join(faults)


def _tried(
    worlds: Any, visitor: Visitor, form: Form, field: str, other: str, before: tuple[dict, dict], page: str
) -> list[str]:
    """Send the form with the other id in it; what is wrong with what came of it."""
    with transaction.atomic(), written() as tables:
        status = _send(worlds, visitor, form, field, other)
        here = changed(before[0], fingerprints(worlds.ours, tables))
        there = changed(before[1], fingerprints(worlds.theirs, tables))
        transaction.set_rollback(True)
    what = f"{form.method} {form.action} (on {page}) with {field}={other}: {status}"
    faults = [f"{what}: fails"] if status >= 500 else []
    faults += [f"{what}: changes the other organisation's {there}"] if there else []
    faults += [f"{what}: changes {here}"] if here else []
    return faults


NEEDS_MORE = ("/november/training/", "/resources/files/new/")
"""Forms that do nothing before something is chosen that no page chooses beforehand: which module somebody completed, a file."""


@pytest.mark.slow
def test_ids_that_are_offered_do_change_something(worlds):
    """The other half of the proof: the very same posts with ids of one's own are not refused for some other reason."""
    visitor, ours = Visitor(worlds.ours.coordinator), _ids(worlds.ours)
    before, worked, idle = fingerprints(worlds.ours), set(), set()
    for _page, forms in _pages(worlds, visitor):
        for form in forms:
            for name, values in form.offered.items():
                own = next((value for value in values if value in ours), None)
                if own is None or form.method != "POST":
                    continue
                with transaction.atomic(), written() as tables:
                    _send(worlds, visitor, form, name, own)
                    (worked if changed(before, fingerprints(worlds.ours, tables)) else idle).add((form.action, name))
                    transaction.set_rollback(True)
    assert worked
    idle = {(action, name) for action, name in idle if not action.endswith(NEEDS_MORE)}
    assert not idle - worked, f"These posts do nothing even with one's own id: {sorted(idle - worked)}"
