"""The inner walls: an id of the programme, pair or person next door is not found under an address of this one.

Asked by somebody who may see both: nobody else would notice that the two do not belong together.
"""

from typing import Any

import pytest

from mentoring.accounts.models import User
from mentoring.tenancy.scope import tenant_scope
from pairs.models import PairingMember
from programmes.domain.assignments import give_role
from tests.isolation.routes import NEXT_DOOR, values_for
from tests.isolation.table import Line, read_table
from tests.isolation.test_walk import METHODS, no_such
from tests.isolation.visiting import Visitor
from tests.rich import NOW
from tests.rich.staff import membership_of


def _coordinator_of_both(worlds: Any) -> User:
    ours = worlds.ours
    membership = membership_of(ours, "coordinator")
    give_role(programme=ours.next_door.programme, membership=membership, role="coordinator", actor=ours.elsewhere)
    return ours.coordinator


def _mentor_of_both(worlds: Any) -> User:
    place = worlds.ours.places["mentor"]
    PairingMember.objects.create(pairing=worlds.ours.pairing_two, participant=place, side="mentor", joined_at=NOW)
    return worlds.ours.mentor


BOTH = {"admin": lambda worlds: worlds.ours.admin, "coordinator": _coordinator_of_both, "mentor": _mentor_of_both}


def _mixed(worlds: Any) -> list[tuple[Line, str, dict[str, Any], dict[str, Any]]]:
    """Every address with things in it that belong together, each of them in turn replaced by one next door.

    With it the same address whose innermost thing does not exist at all: there must be no difference.
    """
    found = []
    for line in read_table():
        things = [gap for gap in line.route.gaps if gap in NEXT_DOOR]
        if len(things) < 2:
            continue
        values = values_for(line.route, line.variants, worlds.ours)
        for gap in things:
            mixed = values | {gap: NEXT_DOOR[gap](worlds.ours)}
            found.append((line, gap, mixed, mixed | {things[-1]: no_such(mixed[things[-1]])}))
    return found


@pytest.mark.covers("phase1.must.41", "phase1.arch.10.b")
@pytest.mark.slow
@pytest.mark.parametrize("name", BOTH)
def test_things_next_door_are_not_found_under_this_address(worlds, name):
    with tenant_scope(worlds.ours.organisation):
        mixed = _mixed(worlds)
        visitor = Visitor(BOTH[name](worlds))
    assert len(mixed) > 100
    faults = []
    for line, gap, values, none in mixed:
        for method in METHODS:
            answer, absent = (visitor.visit(method, line.at(one)) for one in (values, none))
            if answer.status not in {403, 404, 405} or answer.masked() != absent.masked():
                faults.append(f"{method} {line.title}, {gap} next door: {answer.status}, for none {absent.status}")
    assert not faults, "\n".join(faults)
