"""Requests of which nothing can come any more: somebody is paired, or no longer takes part."""

from collections.abc import Iterable

from programmes.domain.choosing.answering import overtake
from programmes.domain.choosing.asking import read
from programmes.domain.choosing.standing import taken_by
from programmes.domain.choosing.states import WrongStep
from programmes.enums import RequestState, Side
from programmes.models import MentorRequest, Participant
from programmes.models.choosing import OPEN


def close_after_pairing(people: Iterable[Participant]) -> None:
    """End what else these people had open, as they are paired: all of a mentee's requests, and those to a mentor without
    a place left. To be called in the transaction that makes the pair.
    """
    for person in people:
        if person.side == Side.MENTEE:
            _end(MentorRequest.objects.filter(mentee=person, state__in=OPEN))
        elif taken_by(person) >= person.capacity:
            sent = [state for state in OPEN if state != RequestState.DRAFT]
            _end(MentorRequest.objects.filter(mentor=person, state__in=sent))


def close_requests_of(person: Participant) -> None:
    """End everything open of somebody who no longer takes part."""
    _end(MentorRequest.objects.filter(mentee=person, state__in=OPEN))
    _end(MentorRequest.objects.filter(mentor=person, state__in=OPEN))


def _end(rows: Iterable[MentorRequest]) -> None:
    for row in list(rows):
        try:
            overtake(read(row))
        except WrongStep:  # answered in this very moment
            continue
