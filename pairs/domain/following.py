"""One pair as its coordinator follows it: stage, sessions, what is due, what may be read, and what happened.

Built from the same rights as every other page: of what they may not read, coordinators see that it is done and when.
"""

from dataclasses import dataclass

from django.http import Http404

from mentoring import clock
from mentoring.history.domain import sentence, timeline_of
from mentoring.history.models import Event
from pairs.domain.agreement_queries import Agreed, agreements_for, told_of_agreement
from pairs.domain.alongside import adds_sessions
from pairs.domain.consents import Standing as ConsentStanding
from pairs.domain.outputs import standing
from pairs.domain.outside_asking import waiting_text
from pairs.domain.people import People
from pairs.domain.phases import present_stage
from pairs.domain.queries import outputs_for
from pairs.domain.reading import Reader
from pairs.domain.receiving import may_receive
from pairs.domain.timings import does_not_fit
from pairs.domain.turns import names_outside
from pairs.enums import Right, SessionState, Standing
from pairs.models import Agreement, Output, Pairing, Schedule, Session
from templates_app.shapes import Stage

EVENTS_SHOWN = 60


@dataclass(frozen=True)
class FollowedOutput:
    """One output with how it stands and whether its words may be read."""

    output: Output
    standing: Standing
    readable: bool
    who: str


@dataclass(frozen=True)
class FollowedPair:
    """The page."""

    pairing: Pairing
    people: People
    reader: Reader
    outputs: list[FollowedOutput]
    sessions: list[Session]
    agreements: list[Agreement]
    agreed: Agreed | None
    """What is told of an agreement that stays with the pair."""
    signs_besides: bool
    """Whether somebody outside signs too, which this person may look after."""
    events: list[tuple[Event, str]]
    consents: list[tuple[str, ConsentStanding]]
    warnings: list[str]

    @property
    def held(self) -> int:
        """How many of the planned sessions have been held (``plp.sys.103``)."""
        return sum(row.state == SessionState.HELD for row in self.sessions if row.part == 0)

    @property
    def planned(self) -> int:
        """How many sessions the handbook plans; where pairs add their own, how many this one has."""
        numbered = sum(row.part == 0 for row in self.sessions)
        return numbered if adds_sessions(self.reader.pairing) else self.reader.kit.plan.sessions

    @property
    def stage(self) -> Stage | None:
        """The stage the pair is at (``phases.present_stage``)."""
        at = present_stage(self.pairing, self.reader.kit, (row.output for row in self.outputs))
        return next((stage for stage in self.reader.kit.stages if stage.key == at), None)

    @property
    def owed(self) -> list[FollowedOutput]:
        """What is open now, late first."""
        rows = [row for row in self.outputs if row.standing in {Standing.LATE, Standing.DUE} and row.output.required]
        return sorted(rows, key=lambda row: (row.standing is not Standing.LATE, str(row.output.due_at)))

    @property
    def waiting(self) -> int:
        """How many sheets have reached the coordinator and are not marked as received."""
        return sum(may_receive(self.reader, row.output) for row in self.outputs)

    @property
    def given(self) -> list[FollowedOutput]:
        """What is in."""
        return [row for row in self.outputs if row.standing is Standing.DONE]


def follow(reader: Reader) -> FollowedPair:
    """For coordinators, and for admins and partner leads with statuses only. Raises ``Http404`` for everybody else.

    A constant number of queries, however much the pair has written.
    """
    user, pairing = reader.user, reader.pairing
    if not (reader.coordinates or reader.is_admin or reader.led):
        raise Http404
    now = clock.now()
    sessions = list(Session.objects.filter(pairing=pairing).order_by("number", "part"))
    rows = [
        FollowedOutput(
            row,
            standing(row, now),
            reader.right_to(row) >= Right.READ and row.response_id is not None,
            _who(reader, row),
        )
        for row in outputs_for(user, pairing, reader)
    ]
    return FollowedPair(
        pairing=pairing,
        people=reader.people,
        reader=reader,
        outputs=rows,
        sessions=sessions,
        agreements=list(agreements_for(user, pairing)),
        agreed=told_of_agreement(pairing, zone=user.zone, locale=user.language) if reader.coordinates else None,
        signs_besides=reader.coordinates and _signs_besides(reader),
        events=[(event, sentence(event)) for event in timeline_of(pairing)[:EVENTS_SHOWN]]
        if reader.coordinates
        else [],
        consents=[(item.label, reader.consents[item.key]) for item in reader.kit.agreement.consent.items],
        warnings=_warnings(pairing, sessions, reader),
    )


def _signs_besides(reader: Reader) -> bool:
    """Whether somebody outside signs the agreement: as the handbook has it, or the text that waits."""
    if reader.kit.agreement.outside:
        return True
    waiting = waiting_text(reader.pairing, None) if reader.pairing.is_active else None
    return waiting is not None and bool(names_outside(waiting))


def _who(reader: Reader, output: Output) -> str:
    person = reader.people.member(output.member_id)
    return person.name if person else ""


def _warnings(pairing: Pairing, sessions: list[Session], reader: Reader) -> list[str]:
    if not pairing.is_active:
        return []
    schedule = Schedule.objects.filter(pairing=pairing).first()
    told = does_not_fit(sessions, pairing.cohort, reader.kit.plan, schedule)
    return [told] if told else []
