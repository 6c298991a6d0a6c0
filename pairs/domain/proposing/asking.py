"""Proposing a match, and taking it back: the coordinator's. And its end when somebody in it leaves the cohort."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.work.domain import wake
from pairs.domain.occupancy import occupancy
from pairs.domain.pairing import CannotPair, NotTheCoordinator, check_formable
from pairs.domain.proposing.queries import coordinators_outside, read
from pairs.domain.proposing.states import Step, WrongStep, transition
from pairs.domain.proposing.telling import stop_asking, tell_asked, tell_coordinators
from pairs.enums import PairingModel, ProposedState
from pairs.models import MatchPart, ProposedMatch
from programmes.domain.choosing.times import end_of_day, morning_after
from programmes.domain.matching.consent import consent_of
from programmes.domain.roles import roles_for
from programmes.models import Cohort, Participant, Proposal

WORK = "proposed-matches"


@transaction.atomic
def propose_match(
    *,
    cohort: Cohort,
    model: PairingModel,
    mentors: Sequence[Participant],
    mentees: Sequence[Participant],
    actor: User,
    acknowledged: Collection[str] = (),
    experienced: Participant | None = None,
    suggestion: Proposal | None = None,
) -> ProposedMatch:
    """Ask these people whether they begin together, where the handbook says that they are asked (``sssc.must.23``).

    Looked at beforehand is all that is looked at when a pairing begins, as ``form_pairing`` has it. Raises
    ``NotTheCoordinator``, ``CannotPair`` and ``NeedsAcknowledging``.
    """
    if not roles_for(actor).coordinates(cohort.programme_id):
        raise NotTheCoordinator
    terms = consent_of(cohort)
    if terms is None:
        raise CannotPair([_("In this programme a pair begins as you confirm it. Nobody is asked first.")])
    mentors, mentees = check_formable(cohort, model, mentors, mentees, acknowledged, experienced)
    if reasons := _nobody_to_ask(cohort, mentors, mentees):
        raise CannotPair(reasons)
    now = clock.now()
    until = end_of_day(now, terms.days, cohort.zone)
    look = morning_after(now, (terms.days + 1) // 2, cohort.zone)
    match = ProposedMatch.objects.create(
        cohort=cohort,
        model=model,
        proposed_by=actor,
        suggestion=suggestion,
        acknowledged=sorted(acknowledged),
        answer_by=until,
        look_at=min(look, until),
    )
    MatchPart.objects.bulk_create(
        MatchPart(match=match, participant=person, side=person.side, is_experienced=person == experienced)
        for person in (*mentors, *mentees)
    )
    record_event("match.proposed", match, actor=actor, within=cohort)
    wake(WORK, at=min(look, until))
    found = read(match)
    tell_asked(found)
    return found


def _nobody_to_ask(cohort: Cohort, mentors: Sequence[Participant], mentees: Sequence[Participant]) -> list[str]:
    """Who cannot be asked now: those who have no account yet, or are being asked about another match."""
    taken = occupancy(cohort)
    not_yet = [row for row in (*mentors, *mentees) if row.membership_id is None]
    asked = [row for row in mentees if row.pk in taken.mentees]
    full = [row for row in mentors if taken.mentors.get(row.pk, 0) >= row.capacity]
    return [
        *(_("%(name)s has not joined yet, so there is nobody to ask.") % {"name": row.name} for row in not_yet),
        *(_("%(name)s is asked about another match already.") % {"name": row.name} for row in asked),
        *(
            _("%(name)s has as many pairs as they can take, those that they are asked about counted.")
            % {"name": row.name}
            for row in full
        ),
    ]


def hold(match: ProposedMatch) -> ProposedMatch:
    """The match as it is now, to be changed by nobody else until the transaction ends; the people in it first, in one order,
    as whoever makes a pairing of them holds them.
    """
    people = Participant.objects.select_for_update(of=("self",)).filter(match_parts__match=match)
    list(people.order_by("pk").values_list("pk"))
    list(ProposedMatch.objects.select_for_update().filter(pk=match.pk).values_list("pk"))
    return read(match)


def end(match: ProposedMatch, step: Step) -> None:
    """End a match of which nothing comes. Those in it are told in the morning, in the same words whatever has happened: an hour
    would tell whose no it was. Raises ``WrongStep``.
    """
    at = morning_after(clock.now(), 0 if step is Step.LAPSE else 1, match.cohort.zone)
    transition(match, step, look_at=at)
    wake(WORK, at=at)


@transaction.atomic
def withdraw_match(*, match: ProposedMatch, actor: User) -> None:
    """Take a proposal back. Raises ``NotTheCoordinator`` for anybody but a coordinator outside it, and ``WrongStep``."""
    held = hold(match)
    if actor.pk not in {user.pk for user in coordinators_outside(held)}:
        raise NotTheCoordinator
    end(held, Step.WITHDRAW)
    stop_asking(held)
    record_event("match.withdrawn", held, actor=actor, within=held.cohort)


def end_matches_of(person: Participant) -> None:
    """Somebody no longer takes part: no match comes of those they are asked about. Their row is held by whoever lets them go, so
    that nobody answers meanwhile (``hold``).
    """
    for row in ProposedMatch.objects.filter(parts__participant=person, state=ProposedState.OPEN).order_by("pk"):
        match = read(row)
        try:
            end(match, Step.OVERTAKE)
        except WrongStep:  # ended in this very moment
            continue
        tell_coordinators(match)
