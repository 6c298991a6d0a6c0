"""Everything that a cohort's indicators are reckoned from, read once: a fixed number of queries, whatever the cohort."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Min
from django.utils.translation import gettext as _

from evaluation.domain.behind import People, are_enough
from evaluation.domain.coding.counting import Coded, coded_sheets
from evaluation.domain.indicating.followed import Progress, progress_of, scores_of
from evaluation.domain.indicating.points import Given, Point
from evaluation.domain.partners import NOBODY, READ_ONE_BY_ONE, Kept, counted_for
from evaluation.domain.results import counted_of, over_at
from evaluation.domain.surveys import belongs, round_of, titles_of
from pairs.domain.alongside import formal
from pairs.enums import OutputKind, PairingState, SessionState
from pairs.models import Goal, Output, Pairing, PairingMember, Session
from programmes.enums import ParticipantState, Side
from programmes.models import Cohort, Participant
from templates_app.answers.splitting import join
from templates_app.domain.kits import kit_of, learn_worksheets, worksheet_of
from templates_app.models import Response
from templates_app.shapes import Indicator, Measure, Reckoning, Survey

_ANSWERS = frozenset(
    {Reckoning.MEAN, Reckoning.CHANGE, Reckoning.SHARE, Reckoning.RISE, Reckoning.ROWS, Reckoning.HOW_MANY}
    | {Reckoning.TOGETHER, Reckoning.MATCHED}
)
"""What is reckoned from what people answered, rather than from statuses and dates."""
_READ = frozenset({Reckoning.RISE, Reckoning.ROWS, Reckoning.HOW_MANY, Reckoning.TOGETHER})
"""What is reckoned from rows or from whether something is written needs the written half too."""


class Place(NamedTuple):
    """Somebody's place in a relationship, for the time they have or had it: ``since`` is ``None`` for who began it."""

    pairing: UUID
    who: UUID
    side: str
    since: dt.datetime | None
    left_at: dt.datetime | None

    def was_here(self, instant: dt.datetime) -> bool:
        """Whether they were there at an instant; what was before the beginning is theirs who began it."""
        return (self.since is None or self.since <= instant) and (self.left_at is None or instant < self.left_at)

    def was_within(self, begins: dt.datetime, ends: dt.datetime) -> bool:
        """Whether they were there at any time from one instant on and before another."""
        return (self.since is None or self.since < ends) and (self.left_at is None or self.left_at >= begins)


class Met(NamedTuple):
    """A session that was held: whose, when, how many minutes, with which mentee of a group where it was with one alone, and
    whether it stood beside the numbered ones.
    """

    pairing: UUID
    instant: dt.datetime
    minutes: int
    mentee: UUID | None
    is_extra: bool


@dataclass
class Gathered:
    """What is known of a cohort at ``now``. Each part is read when first asked for."""

    cohort: Cohort
    indicators: list[Indicator]
    now: dt.datetime
    kept: Kept = NOBODY
    """Whose answers stand in no figure, because these are for a mentoring partner of theirs who reads all others."""

    @property
    def measures(self) -> list[Measure]:
        """All that is measured."""
        return [measure for indicator in self.indicators for measure in indicator.measures]

    @cached_property
    def surveys(self) -> dict[str, Survey]:
        """The handbook's surveys by key."""
        return {survey.key: survey for survey in kit_of(self.cohort.programme.handbook).surveys}

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each survey is called."""
        return titles_of(self.cohort)

    def worksheets_of(self, measure: Measure) -> set[str]:
        """The worksheets a measure is about."""
        named = [*measure.surveys, *(part.survey for part in measure.parts)]
        found = {self.surveys[key].worksheet for key in named if key in self.surveys}
        return found | set(measure.worksheets) | ({measure.worksheet} if measure.worksheet else set())

    def tells_of_partners(self, measure: Measure) -> bool:
        """Whether a coordinator who knows its figures could take from them what their own mentoring partner answered: they
        read the other sheets one by one, or see with which themes the other texts are marked.
        """
        if measure.reckon is Reckoning.THEMES:
            return True
        return measure.reckon in _ANSWERS and bool(self.worksheets_of(measure) & self._read_one_by_one)

    @cached_property
    def _read_one_by_one(self) -> set[str]:
        """The worksheets that coordinators read, as they were when somebody wrote on them."""
        written = [(row.worksheet, row.response) for row in self.outputs if row.done_at]
        return {
            key
            for key, response in written
            if response is not None and worksheet_of(response.version).readers.preset in READ_ONE_BY_ONE
        }

    @cached_property
    def outputs(self) -> list[Output]:
        """All that was asked on the worksheets that are measured, with what was answered but for words. Two queries."""
        wanted = {key for measure in self.measures for key in self.worksheets_of(measure)}
        rows = Output.objects.filter(formal(), pairing__cohort=self.cohort, worksheet__in=wanted, cancelled_at=None)
        rows = rows.select_related("member", "response__version")
        found = list(rows.defer("response__texts", "response__version__definition").order_by("done_at", "pk"))
        learn_worksheets({row.response.version_id for row in found if row.response is not None})
        return found

    @cached_property
    def words(self) -> dict[UUID, dict[str, Any]]:
        """The written half of sheets of which it counts whether something is written, or in how many rows. One query."""
        sheets = {key for measure in self.measures if _needs_words(measure) for key in self.worksheets_of(measure)}
        wanted = [row.response_id for row in self.outputs if row.worksheet in sheets and row.done_at]
        return dict(Response.objects.filter(pk__in=wanted).values_list("pk", "texts")) if wanted else {}

    def given(self, rows: Iterable[Output]) -> list[Given]:
        """What was answered there, of those who have sent it."""
        return [
            Given(
                (row.pairing_id, row.member.participant_id if row.member else None),
                worksheet_of(row.response.version),
                join(row.response.facts, self.words.get(row.response.pk, {})),
                row.done_at,
                self.people_of(row.pairing_id),
            )
            for row in rows
            if row.response is not None and row.done_at is not None and self._is_counted(row, row.response)
        ]

    def _is_counted(self, row: Output, response: Response) -> bool:
        return bool(counted_for([row], worksheet_of(response.version), self.kept))

    def points(self, measure: Measure) -> list[Point]:
        """The times at which a measure is taken, in order; those at which nobody was asked yet are left out."""
        if measure.worksheet:
            return [self.sheets(measure.worksheet)]
        return [point for key in measure.surveys if key in self.surveys for point in self._rounds(self.surveys[key])]

    def at(self, key: str) -> Point | None:
        """One survey as a whole; ``None`` where nobody was asked yet."""
        found = self._rounds(self.surveys[key]) if key in self.surveys else []
        return found[-1] if found else None

    def _rounds(self, survey: Survey) -> list[Point]:
        asked = [
            row
            for row in self.outputs
            if row.kind == OutputKind.EVALUATION
            and belongs(survey, row.worksheet, row.moment)
            and (row.asked_at is not None or not survey.goes_by_itself)
        ]
        by_round: dict[int, list[Output]] = {}
        for row in asked:
            by_round.setdefault(round_of(row.moment) if survey.every else 1, []).append(row)
        return [
            Point(
                _("Round %(number)d") % {"number": number} if survey.every else self.titles[survey.key],
                self.given(counted_of(rows)),
                over_at(rows),
            )
            for number, rows in sorted(by_round.items())
        ]

    def sheets(self, worksheet: str) -> Point:
        """The sheets of a worksheet that pairs fill in at moments of their own; none that is taken up again."""
        rows = [
            row
            for row in self.outputs
            if row.kind == OutputKind.WORKSHEET
            and row.worksheet == worksheet
            and (row.response is None or row.response.is_submitted)
        ]
        return Point("", self.given(counted_of(rows, self.people)), over_at(rows))

    def called_for(self, worksheet: str) -> list[Output]:
        """Its sheets that are done, or were due by now."""
        rows = (row for row in self.outputs if row.kind == OutputKind.WORKSHEET and row.worksheet == worksheet)
        return [row for row in rows if row.done_at is not None or (row.due_at is not None and row.due_at <= self.now)]

    @cached_property
    def goals_begun(self) -> dict[tuple[UUID, str], int]:
        """After how many days of its pairing each goal was first sent. No word of any goal is read. One query."""
        rows = Goal.objects.filter(formal(), pairing__cohort=self.cohort).annotate(begun=Min("changes__changed_at"))
        found = rows.order_by().values_list("pairing", "row", "begun", "pairing__started_at")
        return {(pairing, row): (begun - started).days for pairing, row, begun, started in found if begun}

    @cached_property
    def sessions(self) -> dict[str, int]:
        """Of the numbered sessions whose time has come: how many there are, were held, and whether enough people stand behind."""
        rows = Session.objects.filter(formal(), pairing__cohort=self.cohort, part=0, starts_at__isnull=False)
        come = [
            (pairing, state)
            for pairing, state, starts in rows.values_list("pairing", "state", "starts_at")
            if state == SessionState.HELD or starts <= self.now
        ]
        held = sum(state == SessionState.HELD for _pairing, state in come)
        return {"come": len(come), "held": held, "told": self.are_enough(pairing for pairing, _state in come)}

    @cached_property
    def running(self) -> list[tuple[UUID, dt.datetime, dt.datetime | None]]:
        """Every relationship with when it began and ended. One query."""
        rows = Pairing.objects.filter(formal("model"), cohort=self.cohort).order_by("started_at", "pk")
        return list(rows.values_list("pk", "started_at", "ended_at"))

    @cached_property
    def met(self) -> list[Met]:
        """Every session that was held, extra ones too. One query."""
        rows = Session.objects.filter(formal(), pairing__cohort=self.cohort, state=SessionState.HELD)
        told = rows.values_list("pairing", "starts_at", "held_minutes", "minutes", "mentee", "part")
        return [
            Met(pairing, starts, held or minutes, mentee, part > 0)
            for pairing, starts, held, minutes, mentee, part in told
            if starts
        ]

    def coded(self, worksheet: str) -> list[Coded]:
        """What is gathered into themes of a worksheet's answers. A fixed number of queries, once."""
        if worksheet not in self._coded:
            self._coded[worksheet] = [
                one for sheet in coded_sheets(self.cohort, worksheet, kept=self.kept) for one in sheet.coded
            ]
        return self._coded[worksheet]

    @cached_property
    def _coded(self) -> dict[str, list[Coded]]:
        return {}

    @cached_property
    def members(self) -> list[Place]:
        """Every place that somebody has or had in a relationship; who came back has two. One query."""
        rows = PairingMember.objects.filter(formal(), pairing__cohort=self.cohort).order_by("joined_at", "pk")
        told = rows.values_list("pairing", "participant", "side", "joined_at", "left_at", "pairing__started_at")
        return [
            Place(pairing, who, side, joined if joined > started else None, left)
            for pairing, who, side, joined, left, started in told
        ]

    @cached_property
    def people(self) -> dict[UUID, People]:
        """Everybody who is or was in each relationship."""
        found: dict[UUID, set[Hashable]] = defaultdict(set)
        for one in self.members:
            found[one.pairing].add(one.who)
        return {pairing: frozenset(people) for pairing, people in found.items()}

    def people_of(self, pairing: UUID) -> People:
        """The same of one."""
        return self.people.get(pairing, frozenset({pairing}))

    def are_enough(self, pairings: Iterable[UUID]) -> bool:
        """Whether behind so many relationships stand enough people for them to be told of."""
        return are_enough(self.people_of(one) for one in sorted(set(pairings)))

    @cached_property
    def progress(self) -> Progress:
        """How tasks and goals stand, of sheets that partners read. Five queries at most."""
        return progress_of(self.cohort)

    @cached_property
    def scores(self) -> dict[UUID, int]:
        """The match score of each relationship that was made of a suggestion. Two queries."""
        return scores_of(self.cohort, ((one.pairing, one.who, one.side) for one in self.members))

    @cached_property
    def former_mentees(self) -> tuple[int, int]:
        """How many were mentees of a pairing here that is over, and how many of them mentor in this programme. Two queries."""
        over = Pairing.objects.filter(formal("model"), cohort=self.cohort).exclude(state=PairingState.ACTIVE)
        members = PairingMember.objects.filter(pairing__in=over, side=Side.MENTEE)
        people = set(members.values_list("participant__membership", flat=True)) - {None}
        mentors = Participant.objects.filter(
            cohort__programme=self.cohort.programme_id,
            side=Side.MENTOR,
            state=ParticipantState.JOINED,
            membership__in=people,
        )
        return len(people), mentors.values("membership").order_by().distinct().count()


def _needs_words(measure: Measure) -> bool:
    return measure.reckon in _READ or (measure.reckon is Reckoning.SHARE and any(one.filled for one in measure.fits))
