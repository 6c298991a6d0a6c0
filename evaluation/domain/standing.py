"""How a cohort stands: every pair with what is done, due and late, read in a fixed number of queries."""

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from pairs.domain.outputs import standing
from pairs.domain.people import People, Person, members_prefetch, people_of
from pairs.domain.timings import fitting
from pairs.domain.wanted import title_words
from pairs.enums import PairingState, SessionState, Standing
from pairs.models import Output, Pairing, Schedule, Session
from programmes.models import Cohort
from templates_app.domain.kits import kit_of

Seen = Callable[[Person | None], bool]
"""Whether somebody may know how an output of this person stands (``None``: what both do together)."""


def everybody(_person: Person | None) -> bool:
    """Coordinators and admins know how everything stands."""
    return True


@dataclass(frozen=True)
class PairStanding:
    """One pair at an instant, as those who look after it see it: statuses and dates, nothing that anybody wrote."""

    pairing: Pairing
    people: People
    outputs: Sequence[Output]
    sessions: Sequence[Session]
    schedule: Schedule | None
    now: dt.datetime

    @property
    def label(self) -> str:
        """Mentee, then mentor."""
        return f"{self.people.mentee.name} · {self.people.mentor.name}"

    @property
    def is_running(self) -> bool:
        """Whether the pair has not ended."""
        return self.pairing.state == PairingState.ACTIVE

    def how(self, output: Output) -> Standing:
        """How one of its outputs stands."""
        return standing(output, self.now)

    @cached_property
    def required(self) -> list[Output]:
        """What is required and still called for, or done."""
        return [row for row in self.outputs if row.required and row.cancelled_at is None]

    @cached_property
    def late(self) -> list[Output]:
        """What is late, the oldest first; nothing once the pair has ended."""
        rows = [row for row in self.outputs if self.is_running and self.how(row) is Standing.LATE]
        return sorted(rows, key=lambda row: row.due_at or self.now)

    @cached_property
    def due(self) -> list[Output]:
        """What is required, open, and not late."""
        return [row for row in self.required if self.is_running and self.how(row) is Standing.DUE]

    @cached_property
    def done(self) -> list[Output]:
        """What is required and done."""
        return [row for row in self.required if self.how(row) is Standing.DONE]

    @cached_property
    def numbered(self) -> list[Session]:
        """The sessions that count; extra getting-to-know meetings do not (``plp.sys.112``)."""
        return [row for row in self.sessions if row.part == 0]

    @cached_property
    def held(self) -> list[Session]:
        """Those that were held."""
        return [row for row in self.numbered if row.state == SessionState.HELD]

    @cached_property
    def next_session(self) -> Session | None:
        """The next planned session with a date to come."""
        ahead = [row for row in self.sessions if row.state == SessionState.PLANNED and _is_ahead(row, self.now)]
        return min(ahead, key=lambda row: row.starts_at or self.now, default=None)

    @cached_property
    def runs_out_of_time(self) -> bool:
        """Whether the sessions that are left no longer fit before the cohort ends (``plp.sys.103``)."""
        plan = kit_of(self.pairing.cohort.programme.handbook).plan
        return self.is_running and bool(fitting(list(self.sessions), self.pairing.cohort, plan, self.schedule))

    @cached_property
    def stage(self) -> str:
        """Key of the stage the pair is at: the first with something required still open; empty when nothing is."""
        order = {stage.key: place for place, stage in enumerate(kit_of(self.pairing.cohort.programme.handbook).stages)}
        open_at = [row.stage for row in self.required if row.is_open and row.stage in order]
        return min(open_at, key=order.__getitem__, default="")

    def owing(self, output: Output) -> list[Person]:
        """Who owes an output: one person, or both."""
        one = self.people.member(output.member_id)
        return [one] if one else list(self.people.present or self.people.everyone)

    def who(self, output: Output) -> Person | None:
        """The one person who owes an output; ``None`` where both do together."""
        return self.people.member(output.member_id)

    def title(self, output: Output) -> str:
        """What an output is called, in the reader's language."""
        return title_words(output.kind, output.title)


def _is_ahead(session: Session, now: dt.datetime) -> bool:
    return session.starts_at is not None and session.starts_at + dt.timedelta(minutes=session.minutes) > now


def standings(pairings: Iterable[Pairing], now: dt.datetime, seen: Seen = everybody) -> list[PairStanding]:
    """How these pairings stand, with only those outputs of which ``seen`` lets the reader know.

    Three queries, plus those that read the pairings with their people (``pairings_of``).
    """
    found = list(pairings)
    ids = [pairing.pk for pairing in found]
    outputs: dict[UUID, list[Output]] = defaultdict(list)
    for row in Output.objects.filter(pairing__in=ids).order_by("position", "due_at", "id"):
        outputs[row.pairing_id].append(row)
    sessions: dict[UUID, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(pairing__in=ids).order_by("number", "part"):
        sessions[session.pairing_id].append(session)
    schedules = {row.pairing_id: row for row in Schedule.objects.filter(pairing__in=ids)}
    made = []
    for pairing in found:
        people = people_of(pairing)
        own = [row for row in outputs[pairing.pk] if seen(people.member(row.member_id))]
        made.append(PairStanding(pairing, people, own, sessions[pairing.pk], schedules.get(pairing.pk), now))
    return made


def pairings_of(cohort: Cohort) -> QuerySet[Pairing]:
    """All pairings of a cohort with their people. Three queries when read."""
    return with_people(Pairing.objects.filter(cohort=cohort))


def with_people(rows: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """The same pairings with everything ``standings`` needs to know of them, the newest first."""
    # The handbook is fetched once for all rows, not joined to each: it is a hundred thousand letters of JSON.
    rows = rows.select_related("cohort__programme").prefetch_related("cohort__programme__handbook", members_prefetch())
    return rows.order_by("-started_at", "id")


def name_key(name: str) -> str:
    """Where a name stands in a list: by its letters, whatever their case, accents, and marks such as the ʻokina."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if char.isalnum() or char == " ")
    return plain.casefold()


def running(found: Iterable[PairStanding]) -> list[PairStanding]:
    """Those that have not ended."""
    return [one for one in found if one.is_running]
