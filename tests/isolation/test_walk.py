"""Every address × every kind of visitor: what they get is what ``expected.txt`` says, and nothing they read is another's.

The table is complete by walking the resolver: a new address fails here until somebody has said who gets what at it.
"""

import re
import secrets
import uuid
from typing import Any

import pytest

from mentoring.tenancy.checks import patterns
from mentoring.tenancy.scope import tenant_scope
from tests.isolation.policy import may_read
from tests.isolation.routes import all_routes, values_for
from tests.isolation.rows import changed, fingerprints, written
from tests.isolation.table import ACTORS, LETTERS, Line, read_table
from tests.isolation.visiting import Answer, Visitor
from tests.rich.marks import canaries_in

METHODS = ("GET", "POST")


def test_the_walk_comes_by_every_address():
    assert sorted(route.pattern for route in all_routes()) == sorted(route for route, _pattern in patterns())


def test_every_address_stands_in_the_table():
    missing = {route.name for route in all_routes()} - {line.route.name for line in read_table()}
    new = "\n".join(f"{name:<38} {'?' * len(ACTORS)}  {'?' * len(ACTORS)}" for name in sorted(missing))
    assert not missing, (
        "Nobody has said who gets what at these addresses. Add them to tests/isolation/expected.txt, walk, look at each "
        f"answer, and write it down if it is right:\n{new}"
    )


@pytest.mark.covers("phase1.must.19", "phase1.arch.7.b", "phase1.tool.access")
@pytest.mark.slow
@pytest.mark.parametrize("actor", ACTORS)
def test_everybody_gets_what_the_table_says_and_reads_nothing_of_others(worlds, actor):
    visitor, column, faults = Visitor(worlds.ours.users.get(actor)), ACTORS.index(actor), []
    theirs = fingerprints(worlds.theirs)
    for line, values in _filled(worlds):
        for method, expected in zip(METHODS, (line.get, line.post), strict=True):
            answer, reached = _asked(worlds, visitor, method, line.at(values), theirs)
            letter = LETTERS.get(answer.status, str(answer.status))
            if letter != expected[column]:
                faults.append(f"{method} {line.title}: {letter} instead of {expected[column]}")
            faults += [f"{method} {line.title}: changes the other organisation's {table}" for table in reached]
            faults += _leaks(worlds, actor, line, method, answer)
            if (
                answer.status == 404
                and line.route.is_inside
                and not _is_as_absent(visitor, method, line, values, answer)
            ):
                faults.append(f"{method} {line.title}: the answer differs from the one for what does not exist")
    assert not faults, f"as {actor}:\n" + "\n".join(faults)


def _asked(worlds: Any, visitor: Visitor, method: str, url: str, theirs: dict[str, str]) -> tuple[Answer, list[str]]:
    """The answer, and which of the other organisation's tables it changed."""
    reached: list[str] = []
    with written() as tables:
        answer = visitor.visit(
            method, url, then=lambda _: reached.extend(changed(theirs, fingerprints(worlds.theirs, tables)))
        )
    return answer, reached


def _filled(worlds: Any) -> list[tuple[Line, dict[str, Any]]]:
    with tenant_scope(worlds.ours.organisation):
        return [(line, values_for(line.route, line.variants, worlds.ours)) for line in read_table()]


def _leaks(worlds: Any, actor: str, line: Line, method: str, answer: Answer) -> list[str]:
    """What stands in the answer that this person may not read."""
    ours, theirs = worlds.ours.marks, worlds.theirs.marks
    found = canaries_in(answer.text(), [ours.company, theirs.company])
    foreign = {one for one in found if one.company == theirs.company}
    wrong = {one for one in found - foreign if not may_read(actor, one, at=line.route.name)}
    words = [f"{theirs.told(foreign)} of the other organisation"] if foreign else []
    words += [ours.told(wrong)] if wrong else []
    return [f"{method} {line.title}: leaks {word}" for word in words]


def _is_as_absent(visitor: Visitor, method: str, line: Line, values: dict[str, Any], answer: Answer) -> bool:
    """Whether a thing that does not exist gets the very same answer."""
    absent = {gap: values[gap] if gap == "organisation" else no_such(values[gap]) for gap in line.route.gaps}
    return visitor.visit(method, line.at(absent)).masked() == answer.masked()


def no_such(value: Any) -> Any:
    """A value of that type which nothing has."""
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    if re.fullmatch("[0-9a-f]{64}", str(value)):
        return secrets.token_hex(32)
    is_number = isinstance(value, int) or str(value).isdigit()  # the table writes numbers as words
    return 999 if is_number else f"none-{secrets.token_hex(4)}"


@pytest.mark.slow
@pytest.mark.parametrize("actor", ["nobody", "admin", "coordinator", "mentee"])
def test_no_address_answers_to_a_method_it_does_not_know(worlds, actor):
    visitor, faults = Visitor(worlds.ours.users.get(actor)), []
    for line, values in _filled(worlds):
        if not line.route.is_ours:
            continue
        url = line.at(values)
        for method in ("PUT", "PATCH", "DELETE"):
            answer = visitor.visit(method, url)
            if answer.status not in {404, 405} and not _leads_to_sign_in(answer):
                faults.append(f"{method} {line.title}: {answer.status}")
        head, got = visitor.visit("HEAD", url), visitor.visit("GET", url)
        if head.body or head.status != got.status:
            faults.append(f"HEAD {line.title}: {head.status} where GET is {got.status}")
    assert not faults, "\n".join(faults)


def _leads_to_sign_in(answer: Answer) -> bool:
    return answer.status == 302 and answer.location.startswith("/accounts/login/")
