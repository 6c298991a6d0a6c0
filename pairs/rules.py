"""Who may do what in a pair. Each predicate reads like the sentence it stands for.

What may be *read* of what somebody wrote is no matter of permission but of the worksheet: see ``domain/reading.py``.
"""

from typing import Any

import rules

from mentoring.accounts.models import User
from pairs.domain.people import people_of
from pairs.domain.queries import pairings_for
from pairs.domain.wanted import taken_by
from pairs.enums import OutputKind
from pairs.models import Goal, Output, Pairing, Session
from programmes.domain.roles import roles_for
from programmes.enums import Side
from templates_app.domain.kits import kit_of


def pairing_of(thing: Any) -> Pairing:
    """The pairing that a thing belongs to."""
    match thing:
        case Pairing():
            return thing
        case Session() | Output() | Goal():
            return thing.pairing
    raise TypeError(f"{type(thing).__name__} belongs to no pairing.")


@rules.predicate
def may_know_of(user: User, thing: Any) -> bool:
    """Somebody who may know that the pair exists."""
    return thing is not None and pairings_for(user).filter(pk=pairing_of(thing).pk).exists()


@rules.predicate
def is_member(user: User, thing: Any) -> bool:
    """One of the two, now or in the past."""
    return thing is not None and people_of(pairing_of(thing)).of(user) is not None


@rules.predicate
def is_present(user: User, thing: Any) -> bool:
    """One of the two, who has not left."""
    person = people_of(pairing_of(thing)).of(user) if thing is not None else None
    return person is not None and person.member.left_at is None


@rules.predicate
def is_running(user: User, thing: Any) -> bool:
    """The pair has not ended."""
    return thing is not None and pairing_of(thing).is_active


def _is(side: Side) -> rules.Predicate:
    @rules.predicate(f"is_{side}")
    def is_side(user: User, thing: Any) -> bool:
        person = people_of(pairing_of(thing)).of(user) if thing is not None else None
        return person is not None and person.side == side

    return is_side


is_mentor, is_mentee = _is(Side.MENTOR), _is(Side.MENTEE)


def _takes(kind: OutputKind) -> rules.Predicate:
    @rules.predicate(f"takes_{kind.value}")
    def takes_step(user: User, thing: Any) -> bool:
        if thing is None:
            return False
        pairing = pairing_of(thing)
        person = people_of(pairing).of(user)
        return person is not None and person.side in taken_by(kit_of(pairing.cohort.programme.handbook), kind)

    return takes_step


@rules.predicate
def is_coordinator(user: User, thing: Any) -> bool:
    """A coordinator of the pair's programme."""
    return thing is not None and roles_for(user).coordinates(pairing_of(thing).cohort.programme_id)


takes_part = is_present & is_running

rules.add_perm("pairs.view_pairing", may_know_of)
rules.add_perm("pairs.read_as_member", is_member)
rules.add_perm("pairs.plan_sessions", takes_part)
rules.add_perm("pairs.send_invitations", takes_part & _takes(OutputKind.INVITATIONS))
rules.add_perm("pairs.introduce", takes_part & _takes(OutputKind.INTRODUCTION))
rules.add_perm("pairs.write_goals", takes_part & is_mentee)
rules.add_perm("pairs.answer_goals", takes_part & is_mentor)
rules.add_perm("pairs.settle_actions", takes_part)
rules.add_perm("pairs.pass_on_logs", takes_part & _takes(OutputKind.COMPILE))
rules.add_perm("pairs.hand_over_duties", takes_part)
rules.add_perm("pairs.pass_writing", takes_part)
rules.add_perm("pairs.see_phases", is_member | is_coordinator)
rules.add_perm("pairs.move_phase", is_running & (is_present | is_coordinator))
rules.add_perm("pairs.follow_pairing", is_coordinator)
