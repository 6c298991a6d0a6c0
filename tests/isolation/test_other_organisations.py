"""The outer wall, address by address: to others an organisation does not exist, nor its things under another's address."""

import secrets
from typing import Any
from urllib.parse import unquote

import pytest

from mentoring.accounts.models import User
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import tenant_scope
from tests.isolation.policy import BEARERS
from tests.isolation.routes import values_for
from tests.isolation.table import Line, read_table
from tests.isolation.test_walk import METHODS, no_such
from tests.isolation.visiting import Answer, Visitor
from tests.rich import RichCompany
from tests.rich.marks import canaries_in

STRANGERS = ("outsider", "operator", "suspended", "their admin", "their coordinator", "their mentor", "their mentee")
"""``operator`` may do everything in Django's own sense, ``suspended`` was an admin of the organisation."""


def _person(worlds: Any, name: str) -> User:
    if name == "operator":
        User.objects.filter(pk=worlds.outsider.pk).update(is_staff=True, is_superuser=True)
    if name == "suspended":
        Membership.objects.create(
            organisation=worlds.ours.organisation, user=worlds.outsider, is_admin=True, is_active=False
        )
    return worlds.theirs.users[name.removeprefix("their ")] if name.startswith("their ") else worlds.outsider


def _addresses(company: RichCompany) -> list[tuple[Line, dict[str, Any]]]:
    """Every address under an organisation but those that are a key themselves, filled with this company's things."""
    with tenant_scope(company.organisation):
        lines = [line for line in read_table() if line.route.is_inside and line.route.name not in BEARERS]
        return [(line, values_for(line.route, line.variants, company)) for line in lines]


def _told_of(company: RichCompany, answer: Answer) -> str:
    return company.marks.told(canaries_in(answer.text(), [company.marks.company]))


@pytest.mark.slow
@pytest.mark.parametrize("name", STRANGERS)
def test_to_a_stranger_an_organisation_is_one_that_does_not_exist(worlds, name):
    visitor, faults = Visitor(_person(worlds, name)), []
    nowhere = f"none-{secrets.token_hex(4)}"
    for line, values in _addresses(worlds.ours):
        for method in METHODS:
            answer = visitor.visit(method, line.at(values))
            absent = visitor.visit(method, line.at(values | {"organisation": nowhere}))
            if answer.status != 404 or answer.masked() != absent.masked():
                faults.append(f"{method} {line.title}: {answer.status}, {absent.status} for one that does not exist")
            if told := _told_of(worlds.ours, answer):
                faults.append(f"{method} {line.title}: leaks {told}")
    assert not faults, "\n".join(faults)


@pytest.mark.slow
def test_who_is_not_signed_in_is_led_to_the_door_wherever_they_go(worlds):
    visitor, faults = Visitor(None), []
    nowhere = f"none-{secrets.token_hex(4)}"
    for line, values in _addresses(worlds.ours):
        for method in METHODS:
            url, absent = line.at(values), line.at(values | {"organisation": nowhere})
            answers = [visitor.visit(method, one) for one in (url, absent)]
            said = [
                (
                    one.status,
                    one.body,
                    unquote(one.location).replace(to.split("?")[0], ""),
                )  # where to go next stands quoted
                for one, to in zip(answers, (url, absent), strict=True)
            ]
            if said[0] != said[1] or answers[0].status not in {302, 401}:
                faults.append(f"{method} {line.title}: {said[0]} but {said[1]} for one that does not exist")
            if told := _told_of(worlds.ours, answers[0]):
                faults.append(f"{method} {line.title}: leaks {told}")
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["admin", "coordinator", "mentor", "mentee"])
def test_another_organisations_things_are_not_found_under_ones_own_address(worlds, name):
    visitor, faults = Visitor(worlds.ours.users[name]), []
    own = {line.title: values for line, values in _addresses(worlds.ours)}
    for line, theirs in _addresses(worlds.theirs):
        for gap in (gap for gap in line.route.gaps if gap != "organisation" and own[line.title][gap] != theirs[gap]):
            for method in METHODS:
                faults += _compared(worlds, visitor, method, line, own[line.title], gap, theirs[gap])
    assert not faults, "\n".join(faults)


def _compared(
    worlds: Any, visitor: Visitor, method: str, line: Line, values: dict[str, Any], gap: str, foreign: Any
) -> list[str]:
    """What is wrong with the answer when one gap holds a foreign thing and all others are one's own."""
    answer = visitor.visit(method, line.at(values | {gap: foreign}))
    absent = visitor.visit(method, line.at(values | {gap: no_such(foreign)}))
    faults = []
    if answer.status not in {403, 404, 405}:
        faults.append(f"{method} {line.title} with their {gap}: {answer.status}")
    if answer.masked() != absent.masked():
        faults.append(f"{method} {line.title} with their {gap}: differs from {absent.status} for what does not exist")
    if told := _told_of(worlds.theirs, answer):
        faults.append(f"{method} {line.title} with their {gap}: leaks {told}")
    return faults
