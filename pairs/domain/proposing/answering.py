"""What somebody says to a match that is proposed to them: with the last yes it begins, with the first no it does not go ahead."""

from enum import StrEnum

from django.db import transaction

from mentoring.accounts.models import User
from pairs.domain.pairing import CannotPair, NeedsAcknowledging, form_agreed_pairing
from pairs.domain.pairing_states import NotYours
from pairs.domain.proposing.asking import end, hold
from pairs.domain.proposing.queries import is_answerable, part_of, parts_of
from pairs.domain.proposing.states import Step, WrongStep, transition
from pairs.domain.proposing.telling import stop_asking, tell_coordinators
from pairs.enums import MatchAnswer, PairingModel
from pairs.models import MatchPart, Pairing, ProposedMatch
from programmes.domain.matching.runs import mark_confirmed
from programmes.enums import Side
from programmes.models import Participant


class Outcome(StrEnum):
    """What came of an answer, as whoever gave it may know."""

    WAITS = "waits"
    PAIRED = "paired"
    ENDED = "ended"


@transaction.atomic
def answer_match(*, match: ProposedMatch, answer: MatchAnswer, actor: User, word: str = "") -> Outcome:
    """Say yes or no. A yes may become a no as long as nothing has begun; a no stays. ``word``: why not, for the coordinators.

    Nobody in it learns of another's answer: a match that somebody has declined stays as it is to the others until all of them are
    told, and what they say meanwhile is kept. Raises ``NotYours`` and ``WrongStep``.
    """
    held = hold(match)
    part = part_of(held, actor)
    if part is None:
        raise NotYours
    if not is_answerable(held, part):
        raise WrongStep
    part.answer, part.word = answer, word if answer is MatchAnswer.NO else ""
    part.save(update_fields=["answer", "word"])
    if answer is MatchAnswer.NO:
        if held.is_open:
            end(held, Step.DECLINE)
            tell_coordinators(held)
        return Outcome.ENDED
    if held.is_open and all(one.answer == MatchAnswer.YES for one in held.parts.all()):
        return _begin(held)
    return Outcome.WAITS


def _begin(match: ProposedMatch) -> Outcome:
    """Everybody has said yes: it begins as by the word of the coordinator who proposed it, so that nobody learns who was last."""
    try:
        with transaction.atomic():
            pairing = _formed(match)
            transition(match, Step.PAIR, look_at=None, pairing=pairing)
    except (CannotPair, NeedsAcknowledging):
        end(match, Step.OVERTAKE)
        tell_coordinators(match)
        return Outcome.WAITS
    if match.suggestion is not None:
        mark_confirmed(match.suggestion)
    stop_asking(match)
    tell_coordinators(match)
    return Outcome.PAIRED


def _formed(match: ProposedMatch) -> Pairing:
    parts = parts_of(match)
    return form_agreed_pairing(
        cohort=match.cohort,
        model=PairingModel(match.model),
        mentors=_people(parts, Side.MENTOR),
        mentees=_people(parts, Side.MENTEE),
        actor=match.proposed_by,
        acknowledged=match.acknowledged,
        experienced=next((part.participant for part in parts if part.is_experienced), None),
    )


def _people(parts: list[MatchPart], side: Side) -> list[Participant]:
    return [part.participant for part in parts if part.side == side]
