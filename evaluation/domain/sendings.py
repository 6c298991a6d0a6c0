"""Who has the evaluation, and how it stands with each of them: not sent, sent, reminded, done (``plp.sys.85``)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from evaluation.domain.evaluating import ASKED
from evaluation.domain.nudging import NUDGED
from evaluation.domain.standing import name_key, pairings_of
from evaluation.models import EvaluationRound
from mentoring.history.models import Event
from pairs.domain.people import Person, people_of
from pairs.enums import OutputKind, PairingState
from pairs.models import Output, Pairing
from programmes.enums import Side
from programmes.models import Cohort


@dataclass(frozen=True)
class Asked:
    """One person and their evaluation; without ``output`` it has not been sent to them."""

    person: Person
    output: Output | None
    reminders: int

    @property
    def state(self) -> str:
        """``not sent``, ``sent``, ``reminded`` or ``done``."""
        if self.output is None:
            return "not-sent"
        if self.output.done_at is not None:
            return "done"
        return "reminded" if self.reminders else "sent"


@dataclass(frozen=True)
class Sending:
    """One pair or group: when it was sent, and how it stands with each of them."""

    pairing: Pairing
    label: str
    sent_at: dt.datetime | None
    outside: bool
    people: list[Asked]

    @property
    def can_be_sent(self) -> bool:
        """Whether this pair has not had it yet."""
        return self.sent_at is None

    @property
    def sides(self) -> list[list[Asked]]:
        """The mentees, then the mentors."""
        return [[one for one in self.people if one.person.side == side] for side in (Side.MENTEE, Side.MENTOR)]

    @property
    def suggested(self) -> bool:
        """Whether it is ticked beforehand: not for those who ended early, though they may be asked too."""
        return self.can_be_sent and self.pairing.state != PairingState.DISSOLVED


def sendings_of(cohort: Cohort) -> list[Sending]:
    """All pairs of a cohort, those that have not had it first, then by name. Five queries."""
    pairings = pairings_of(cohort)
    rounds = {row.pairing_id: row for row in EvaluationRound.objects.filter(pairing__in=pairings)}
    outputs: dict[UUID, dict[UUID | None, Output]] = defaultdict(dict)
    for row in Output.objects.filter(pairing__in=pairings, kind=OutputKind.EVALUATION, moment=ASKED):
        outputs[row.pairing_id][row.member_id] = row
    nudged = _nudges(row.pk for rows in outputs.values() for row in rows.values())
    made = []
    for pairing in pairings:
        people, sent = people_of(pairing), rounds.get(pairing.pk)
        own = outputs[pairing.pk]
        asked = [_asked(person, _of(person, own), nudged) for person in reversed(people.everyone)]
        made.append(Sending(pairing, people.label, sent.sent_at if sent else None, bool(sent and sent.url), asked))
    return sorted(made, key=lambda one: (one.sent_at is not None, name_key(one.label)))


def _of(person: Person, own: dict[UUID | None, Output]) -> Output | None:
    """What a person was asked for, in whichever of their periods."""
    return next((own[pk] for pk in person.ids if pk in own), None)


def _asked(person: Person, output: Output | None, nudged: Counter) -> Asked:
    return Asked(person, output, (output.reminders_sent + nudged[output.pk]) if output else 0)


def _nudges(outputs: Iterable[UUID]) -> Counter:
    """How often a person reminded of each of these outputs."""
    rows = Event.objects.filter(action=NUDGED, about_kind=Output._meta.label_lower, about_id__in=list(outputs))
    return Counter(rows.values_list("about_id", flat=True))
