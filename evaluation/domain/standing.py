"""How a cohort stands: every pair with what is done, due and late, read in a fixed number of queries."""

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from mentoring.accounts.models import User
from pairs.domain.alongside import formal
from pairs.domain.output_lines import OutputLine, required_lines, unreceived_lines
from pairs.domain.outputs import standing
from pairs.domain.people import People, Person, members_prefetch, names_prefetch, people_of
from pairs.domain.phases import present_stage
from pairs.domain.timings import sessions_too_many
from pairs.domain.wanted import title_words
from pairs.enums import PairingState, SessionState, Standing
from pairs.models import Pairing, Schedule, Session
from programmes.models import Cohort
from templates_app.domain.kits import kit_of, without_content

Seen = Callable[[Person], bool]
"""Whether somebody may know how an output of this person stands. What both do together all know of who know of the pair."""


def everybody(_person: Person) -> bool:
    """Coordinators and admins know how everything stands."""
    return True


@dataclass(frozen=True)
class PairStanding:
    """One pair at an instant, as those who look after it see it: statuses and dates, nothing that anybody wrote."""

    pairing: Pairing
    people: People
    outputs: Sequence[OutputLine]
    """What is, or was, required of them."""
    sessions: Sequence[Session]
    schedule: Schedule | None
    now: dt.datetime
    asking: Sequence[OutputLine] = ()
    """Sheets with which one of them has asked for help, and that no coordinator has marked as received."""

    @cached_property
    def label(self) -> str:
        """Mentees, then mentors."""
        return self.people.label

    @property
    def is_running(self) -> bool:
        """Whether the pair has not ended."""
        return self.pairing.state == PairingState.ACTIVE

    def how(self, output: OutputLine) -> Standing:
        """How one of its outputs stands."""
        return standing(output, self.now)

    @cached_property
    def required(self) -> list[OutputLine]:
        """What is required and still called for, or done."""
        return [row for row in self.outputs if row.cancelled_at is None]

    @cached_property
    def _by_standing(self) -> dict[Standing, list[OutputLine]]:
        found: dict[Standing, list[OutputLine]] = defaultdict(list)
        for row in self.required:
            found[self.how(row)].append(row)
        return found

    @cached_property
    def late(self) -> list[OutputLine]:
        """What is late, the oldest first; nothing once the pair has ended."""
        rows = self._by_standing[Standing.LATE] if self.is_running else []
        return sorted(rows, key=lambda row: row.due_at or self.now)

    @property
    def due(self) -> list[OutputLine]:
        """What is required, open, and not late."""
        return self._by_standing[Standing.DUE] if self.is_running else []

    @property
    def done(self) -> list[OutputLine]:
        """What is required and done."""
        return self._by_standing[Standing.DONE]

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
        return self.is_running and bool(sessions_too_many(self.sessions, self.pairing.cohort, plan, self.schedule))

    @cached_property
    def stage(self) -> str:
        """Key of the stage the pair is at, as it says itself or as worked out; empty when nothing is open."""
        return present_stage(self.pairing, kit_of(self.pairing.cohort.programme.handbook), self.required)

    def owing(self, output: OutputLine) -> list[Person]:
        """Who owes an output: one person, or both."""
        one = self.people.member(output.member_id)
        return [one] if one else list(self.people.present or self.people.everyone)

    def who(self, output: OutputLine) -> Person | None:
        """The one person who owes an output; ``None`` where both do together."""
        return self.people.member(output.member_id)

    def title(self, output: OutputLine) -> str:
        """What an output is called, in the reader's language."""
        return title_words(output.kind, output.title)


def _is_ahead(session: Session, now: dt.datetime) -> bool:
    return session.starts_at is not None and session.starts_at + dt.timedelta(minutes=session.minutes) > now


SESSION = ("pairing", "number", "part", "state", "starts_at", "minutes", "held_minutes")
"""All that is to be known here of a session."""


def standings(pairings: Iterable[Pairing], now: dt.datetime, seen: Seen = everybody) -> list[PairStanding]:
    """How these pairings stand, with only those outputs of which ``seen`` lets the reader know.

    Three queries, plus those that read the pairings with their people (``pairings_of``).
    """
    found = list(pairings)
    ids = [pairing.pk for pairing in found]
    outputs = required_lines(ids)
    sessions: dict[UUID, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(pairing__in=ids).only(*SESSION).order_by("number", "part"):
        sessions[session.pairing_id].append(session)
    schedules = {row.pairing_id: row for row in Schedule.objects.filter(pairing__in=ids)}
    made = []
    for pairing in found:
        people = people_of(pairing)
        hidden = {person.member.pk for person in people.everyone if not seen(person)}
        own = [row for row in outputs[pairing.pk] if row.member_id not in hidden] if hidden else outputs[pairing.pk]
        made.append(PairStanding(pairing, people, own, sessions[pairing.pk], schedules.get(pairing.pk), now))
    return made


def with_asking(found: Sequence[PairStanding], worksheets: Collection[str], user: User) -> list[PairStanding]:
    """The same pairs with the sheets by which they ask the coordinators for help, for one of those; what is asked in a
    pair of this person's own is for the others. One query, none where there are no such worksheets.
    """
    if not worksheets:
        return list(found)
    asked = unreceived_lines([one.pairing.pk for one in found if one.people.of(user) is None], worksheets)
    return [replace(one, asking=asked.get(one.pairing.pk, ())) for one in found]


def pairings_of(cohort: Cohort, rows: QuerySet[Pairing] | None = None) -> list[Pairing]:
    """All pairings on the handbook's path of a cohort (of ``rows``, only those) with their people's names, the newest first.
    Two queries. What stands alongside the path is listed and counted apart.

    Cohort, programme and handbook are those given: they are not read again, let alone once a pairing.
    """
    wanted = Pairing.objects.filter(cohort=cohort) if rows is None else rows.filter(cohort=cohort)
    found = list(wanted.filter(formal("model")).prefetch_related(names_prefetch()).order_by("-started_at", "id"))
    for pairing in found:
        pairing.cohort = cohort
    return found


def with_people(rows: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """The same pairings with everything ``standings`` needs to know of them, the newest first."""
    rows = rows.select_related("cohort__programme__handbook").prefetch_related(members_prefetch())
    return without_content(rows, "cohort__programme__handbook").order_by("-started_at", "id")


def name_key(name: str) -> str:
    """Where a name stands in a list: by its letters, whatever their case, accents, and marks such as the ʻokina."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if char.isalnum() or char == " ")
    return plain.casefold()


def running(found: Iterable[PairStanding]) -> list[PairStanding]:
    """Those that have not ended."""
    return [one for one in found if one.is_running]
