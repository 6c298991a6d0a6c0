"""Taking people into a cohort, changing what is known of them, and deciding on those whom partners put forward."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from mentoring.tenancy.models import Partner
from programmes.domain.coordinators import coordinators_of
from programmes.domain.enrolment import start_enrolments
from programmes.domain.guards import follow_departure, why_not_withdrawn
from programmes.domain.invitations import revoke_invitations
from programmes.domain.links import link
from programmes.domain.opening import criteria_for
from programmes.domain.states import Step, WrongStep, may, take_step
from programmes.enums import ParticipantState, Side
from programmes.models import Cohort, Participant
from templates_app.domain.kits import kit_of

FACTS = ("given_name", "family_name", "zone", "country", "employer", "title", "supervisor_email", "capacity")
"""What coordinators and leads write about a person, beside address, role and partner."""


class PersonRefused(ValueError):
    """Somebody who cannot be added or changed like this; the message says why."""


@transaction.atomic
def add_participant(
    *,
    cohort: Cohort,
    side: str,
    email: str,
    facts: dict[str, Any],
    actor: User,
    partner: Partner | None = None,
    decided: bool = False,
) -> Participant:
    """Add somebody by hand, with their profile begun. ``facts`` are named in ``FACTS``.

    Whom a partner puts forward waits as a candidate where the handbook says so, unless the coordinator has ``decided``
    (``plp.sys.116``). Raises ``PersonRefused`` when they are in the cohort already.
    """
    address = normal_email(email)
    refuse_doubles(cohort, address, side)
    waits = kit_of(cohort.programme.handbook).joining.candidates and partner is not None and not decided
    person = Participant(
        cohort=cohort,
        side=Side(side),
        email=address,
        partner=partner,
        state=ParticipantState.CANDIDATE if waits else ParticipantState.ACCEPTED,
        **facts,
    )
    if not waits:
        person.decided_at, person.decided_by = clock.now(), actor
    start_enrolments(cohort, [(person, None)])
    _saved(person)
    record_event("person.added", person, actor=actor, name=person.name)
    if waits:
        tell_coordinators(cohort, actor)
    return person


@transaction.atomic
def change_participant(
    *, person: Participant, email: str, facts: dict[str, Any], partner: Partner | None, actor: User
) -> None:
    """Change what is known of somebody. A new address revokes the invitation that went to the old one.

    Raises ``PersonRefused`` for the address of somebody who has joined (it is theirs to change) or of another person here.
    """
    address = normal_email(email)
    if address != person.email:
        if person.membership_id is not None:
            raise PersonRefused(_("They have joined with this address. Only they can change it, in their account."))
        refuse_doubles(person.cohort, address, person.side)
        revoke_invitations(person=person)
        _not_invited_any_more(person)
    person.email, person.partner = address, partner
    for name, value in facts.items():
        setattr(person, name, value)
    _saved(person, fields=["email", "partner", *facts])
    record_event("person.changed", person, actor=actor, name=person.name)


@transaction.atomic
def accept_people(*, people: Iterable[Participant], actor: User) -> int:
    """Take candidates on (or those declined before). Returns how many; others are passed over. Where the handbook says so,
    they are told.
    """
    return _decide(people, Step.ACCEPT, "person.accepted", actor)


@transaction.atomic
def decline_people(*, people: Iterable[Participant], actor: User) -> int:
    """Decide not to take people on; open invitations are revoked. Returns how many. Nobody is told by this, unless the
    handbook says so.
    """
    return _decide(people, Step.DECLINE, "person.declined", actor)


@transaction.atomic
def withdraw_person(*, person: Participant, actor: User) -> None:
    """Take somebody out of the cohort; what they wrote stays theirs. Raises ``PersonRefused`` and ``WrongStep``."""
    reason = why_not_withdrawn(person)
    if reason:
        raise PersonRefused(reason)
    take_step(person, Step.WITHDRAW)
    revoke_invitations(person=person)
    follow_departure(person)
    record_event("person.withdrawn", person, actor=actor, name=person.name)


@transaction.atomic
def reinstate_person(*, person: Participant, actor: User) -> None:
    """Take somebody in again who was withdrawn. Raises ``WrongStep``."""
    take_step(person, Step.REINSTATE)
    record_event("person.reinstated", person, actor=actor, name=person.name)


def refuse_doubles(cohort: Cohort, email: str, side: str) -> None:
    """Raise ``PersonRefused`` when this address is in the cohort already, or with the other role where nobody is both."""
    known = list(Participant.objects.filter(cohort=cohort, email__iexact=email).values_list("side", "state"))
    for other, state in known:
        if other == side:
            words = _("Somebody with this address is in this cohort already (%(state)s).")
            raise PersonRefused(words % {"state": ParticipantState(state).label})
    if known and not kit_of(cohort.programme.handbook).joining.both_roles:
        words = _("Somebody with this address is a %(role)s here. In this programme nobody is both.")
        raise PersonRefused(words % {"role": Side(known[0][0]).label})


def tell_coordinators(cohort: Cohort, actor: User) -> None:
    """Say, at most once a day and person who puts forward, that people wait for a decision."""
    day = clock.now().date().isoformat()
    coordinators = coordinators_of(cohort.programme)
    if actor in coordinators:
        return
    for coordinator in coordinators:
        notify(
            "programmes.put_forward",
            coordinator,
            about=cohort,
            occasion=f"{cohort.pk}:{actor.pk}:{day}",
            context={
                "by": actor.name,
                "programme": cohort.programme.title,
                "cohort": cohort.title,
                "action_url": f"{link('programmes:people', cohort.programme.slug, cohort.slug)}?state=candidate",
            },
        )


def tell_decision(person: Participant) -> None:
    """Tell somebody of the decision about them, where the handbook says so: once a decision (``sssc.must.15``)."""
    programme = person.cohort.programme
    if not kit_of(programme.handbook).running.tells_decisions or person.decided_at is None:
        return
    notify(
        "programmes.decided",
        person.membership.user if person.membership else person.email,
        about=person,
        occasion=f"{person.pk}:{person.decided_at.isoformat()}",
        context={
            "accepted": person.state != ParticipantState.DECLINED,
            "name": person.short_name,
            "side": str(Side(person.side).label),
            "programme": programme.title,
            "coordinators": ", ".join(one.name for one in coordinators_of(programme)),
        },
    )


def _decide(people: Iterable[Participant], step: Step, action: str, actor: User) -> int:
    count = 0
    for person in people:
        if not may(step, person):
            continue
        try:
            criteria = criteria_for(person.cohort.programme, person.side)
            take_step(person, step, decided_at=clock.now(), decided_by=actor, decided_under=criteria)
        except WrongStep:
            continue
        if step is Step.DECLINE:
            revoke_invitations(person=person)
            follow_departure(person)
        record_event(action, person, actor=actor, name=person.name)
        tell_decision(person)
        count += 1
    return count


def _not_invited_any_more(person: Participant) -> None:
    """Their link is gone. Compare-and-swap: somebody who has joined in this very moment keeps address and place."""
    waiting = Participant.objects.filter(pk=person.pk, membership=None)
    if not waiting.exists():
        raise PersonRefused(_("They have joined with this address. Only they can change it, in their account."))
    if waiting.filter(state=ParticipantState.INVITED).update(state=ParticipantState.ACCEPTED):
        person.state = ParticipantState.ACCEPTED


def _saved(person: Participant, fields: Sequence[str] | None = None) -> None:
    """Save somebody new, or these fields of somebody known: what others write at the same time stays."""
    try:
        with transaction.atomic():
            person.save(update_fields=fields)
    except IntegrityError as error:
        raise PersonRefused(_("Somebody with this address is in this cohort already.")) from error
