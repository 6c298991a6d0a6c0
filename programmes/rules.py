"""Who may do what in programmes. Each predicate reads like the sentence it stands for.

A programme, a cohort, a participant and an issue all belong to one programme; the predicates find it themselves.
"""

from typing import Any
from uuid import UUID

import rules

from mentoring.accounts.models import User
from programmes.domain.choosing.doors import keeps_entry
from programmes.domain.partners import partners_of
from programmes.domain.roles import Roles, roles_for
from programmes.models import Cohort, Gathering, Issue, Participant, PeopleImport, Programme
from templates_app.domain.kits import kit_of


def programme_id_of(thing: Any) -> UUID:
    """The programme that a thing belongs to."""
    match thing:
        case Programme():
            return thing.pk
        case Cohort():
            return thing.programme_id
        case Participant() | PeopleImport() | Gathering():
            return thing.cohort.programme_id
        case Issue():
            return thing.participant.cohort.programme_id
    raise TypeError(f"{type(thing).__name__} belongs to no programme.")


def _roles(user: User) -> Roles:
    return roles_for(user)


@rules.predicate
def is_admin(user: User, thing: Any = None) -> bool:
    """An admin of the organisation."""
    return _roles(user).is_admin


@rules.predicate
def coordinates_something(user: User, thing: Any = None) -> bool:
    """A coordinator of any programme here."""
    return bool(_roles(user).coordinated)


@rules.predicate
def is_coordinator(user: User, thing: Any) -> bool:
    """A coordinator of the thing's programme."""
    return thing is not None and _roles(user).coordinates(programme_id_of(thing))


@rules.predicate
def is_steering(user: User, thing: Any) -> bool:
    """In the steering group of the thing's programme."""
    return thing is not None and programme_id_of(thing) in _roles(user).steered


@rules.predicate
def leads_partner(user: User, thing: Any) -> bool:
    """A partner lead in the thing's programme."""
    return thing is not None and bool(_roles(user).led.get(programme_id_of(thing)))


@rules.predicate
def leads_this_person(user: User, person: Participant) -> bool:
    """The lead of the partner that put this person forward."""
    return person is not None and person.partner_id in _roles(user).led.get(programme_id_of(person), frozenset())


@rules.predicate
def keeps_this_entry(user: User, person: Participant) -> bool:
    """The keeper of the list in which this mentor stands."""
    return person is not None and keeps_entry(person, user)


@rules.predicate
def is_this_person(user: User, person: Participant) -> bool:
    """The participant themselves."""
    return person is not None and person.pk in _roles(user).participants


@rules.predicate
def is_partner_of_raiser(user: User, issue: Issue) -> bool:
    """Somebody who is or was the mentoring partner of who raised an issue."""
    membership = issue.participant.membership if issue is not None else None
    return membership is not None and membership.user_id in partners_of(user)


@rules.predicate
def raised_this(user: User, issue: Issue) -> bool:
    """The participant who raised an issue."""
    return issue is not None and issue.participant_id in _roles(user).participants


@rules.predicate
def coordinators_keep_records(user: User, thing: Any) -> bool:
    """A programme whose handbook has its coordinators keep the list of confidential records."""
    return isinstance(thing, Programme) and kit_of(thing.handbook).records.coordinators


@rules.predicate
def is_undecided(user: User, person: Participant) -> bool:
    """Somebody who still waits for the coordinator's decision."""
    return person is not None and person.state == "candidate"


rules.add_perm("programmes.create_programme", is_admin | coordinates_something)
rules.add_perm("programmes.view_programme", is_coordinator | leads_partner | is_steering | is_admin)
rules.add_perm("programmes.change_programme", is_coordinator)
rules.add_perm("programmes.keep_records", is_admin | (is_coordinator & coordinators_keep_records))
rules.add_perm("programmes.give_roles", is_coordinator | is_admin)
rules.add_perm("programmes.view_people", is_coordinator | leads_partner | is_admin)
rules.add_perm("programmes.add_people", is_coordinator | leads_partner)
rules.add_perm("programmes.change_people", is_coordinator)
rules.add_perm("programmes.view_person", is_coordinator | leads_this_person | is_admin)
rules.add_perm("programmes.change_person", is_coordinator | (leads_this_person & is_undecided))
rules.add_perm("programmes.keep_entry", is_coordinator | keeps_this_entry)
rules.add_perm("programmes.read_profile", is_coordinator | is_this_person)
rules.add_perm("programmes.write_profile", is_this_person)
rules.add_perm("programmes.view_issue", (is_coordinator & ~is_partner_of_raiser) | raised_this)
rules.add_perm("programmes.close_issue", is_coordinator & ~is_partner_of_raiser)
