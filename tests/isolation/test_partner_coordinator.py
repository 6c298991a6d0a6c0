"""Every address, every paper and every export before a mentor who coordinates the same programme: nothing of what their mentee
was told they do not see.
"""

import datetime as dt

import pytest

from evaluation.domain.exports import request_export
from evaluation.enums import ExportKind
from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.domain import run_worker
from programmes.domain.assignments import give_role
from programmes.domain.roles import forget_roles
from tests.isolation.policy import may_read_coordinating
from tests.isolation.routes import values_for
from tests.isolation.table import read_table
from tests.isolation.visiting import Visitor
from tests.rich.marks import Secrecy, Whose, canaries_in
from tests.rich.staff import membership_of

PAPERS = ("results/pdf/", "surveys/evaluation/pdf/")


@pytest.fixture
def coordinating(worlds):
    """Make a mentor a coordinator too, and say what they read that they must not."""

    def begin(name):
        ours = worlds.ours
        with tenant_scope(ours.organisation):
            who = membership_of(ours, name)
            give_role(
                programme=ours.programme, membership=who, role="coordinator", partner=None, actor=ours.coordinator
            )
        forget_roles(ours.users[name])
        return Visitor(ours.users[name])

    return begin


def read_in(worlds, name, text, *, at=""):
    """The canaries in a text, and those of them that are kept from this person."""
    found = canaries_in(text, [worlds.ours.marks.company])
    wrong = {one for one in found if not may_read_coordinating(name, one, at=at)}
    return found, [f"leaks {worlds.ours.marks.told(wrong)}"] if wrong else []


def of_others(found, partner):
    return [one for one in found if one.secrecy is Secrecy.APART and one.whose is not partner]


BOTH = [("mentor", Whose.MENTEE), ("mentor_two", Whose.MENTEE_TWO)]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "partner"), BOTH)
def test_a_mentor_who_coordinates_reads_as_a_coordinator_but_not_of_their_mentee(worlds, coordinating, name, partner):
    visitor, faults, seen = coordinating(name), [], set()
    with tenant_scope(worlds.ours.organisation):
        lines = [(line, values_for(line.route, line.variants, worlds.ours)) for line in read_table()]
    for line, values in lines:
        for method in ("GET", "POST"):
            found, wrong = read_in(worlds, name, visitor.visit(method, line.at(values)).text(), at=line.route.name)
            seen |= found
            faults += [f"{method} {line.title}: {words}" for words in wrong]
    assert not faults, "\n".join(faults)
    assert of_others(seen, partner), "they coordinate: what others wrote for coordinators is read"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "partner"), BOTH)
def test_papers_and_exports_of_a_mentor_who_coordinates_hold_nothing_of_it_either(worlds, coordinating, name, partner):
    ours, visitor, seen = worlds.ours, coordinating(name), set()
    with tenant_scope(ours.organisation):
        here = f"/o/{ours.organisation.slug}/evaluation/{ours.programme.slug}/{ours.cohort.slug}/"
        exports = [request_export(programme=ours.programme, kind=kind, actor=ours.users[name]) for kind in ExportKind]
    asked = [visitor.ask("POST", here + path).location for path in PAPERS]
    for minute in range(3):  # exports of PDFs wait for their papers, and look again
        with clock.at(clock.now() + dt.timedelta(minutes=minute)):
            for kind in ("documents", "exports"):
                run_worker(kind, ours.organisation, clock.now())
    files = [*(f"{page}download/" for page in asked)]
    files += [f"/o/{ours.organisation.slug}/exports/{export.pk}/download/" for export in exports]
    for file in files:
        answer = visitor.visit("GET", file)
        found, wrong = read_in(worlds, name, answer.text())
        assert answer.status == 200, file
        assert not wrong, f"{file}: {wrong}"
        seen |= found
    assert of_others(seen, partner), "others' stand there"
