"""What can be counted of a cohort over a period: pairs, meetings, training, endings, rematches, help given early, and the
answers that its handbook has counted (``sssc.must.44``, ``sssc.must.73``). No name and no word of anybody stands in any of it.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F, Min, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.domain.attention import asking_of
from evaluation.domain.behind import Places, are_enough, places_in
from evaluation.domain.own_versions import with_own_sheets
from mentoring import clock
from mentoring.accounts.models import User
from pairs.domain.alongside import formal
from pairs.domain.instants import day_begins, day_ends, local_day
from pairs.enums import OutputKind, SessionState
from pairs.models import Ending, Output, Pairing, PairingMember, Session
from programmes.domain.roles import roles_for
from programmes.enums import Side
from programmes.models import Cohort, Issue, Training
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.models import ResponseState
from templates_app.shapes import FieldShape, ModelKind, Worksheet


class NotWholeMonths(ValueError):
    """Who does not coordinate asks for whole months that are over, and for no other days."""


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included, on a cohort's own clock."""

    first: dt.date
    last: dt.date
    zone: str

    @property
    def starts_at(self) -> dt.datetime:
        """The instant at which it begins."""
        return day_begins(self.first, self.zone)

    @property
    def ends_at(self) -> dt.datetime:
        """The instant at which it is over."""
        return day_ends(self.last, self.zone)

    def within(self, name: str) -> Q:
        """That an instant lies in it."""
        return Q(**{f"{name}__gte": self.starts_at, f"{name}__lt": self.ends_at})


@dataclass(frozen=True)
class Total:
    """One number, with the words that define it; without the number where it is too small to be told."""

    key: str
    value: int | None
    title: str
    definition: str


@dataclass(frozen=True)
class Counted:
    """One counted question: how many pairs gave each answer. A pair counts once for an answer, whoever of it gave it."""

    key: str
    label: str
    worksheet: str
    pairs: int
    counts: list[tuple[str, int]]
    of_few: bool = False
    """Whether fewer people than ``SMALLEST_GROUP`` stand behind it, such as one mentor with several pairs."""
    few: frozenset[str] = frozenset()
    """The answers of which that is so."""


def totals_of(cohort: Cohort, period: Period) -> list[Total]:
    """The numbers of a period, for coordinators. A fixed number of queries."""
    return [*_work(cohort, period), *_ends(cohort, period), *_care(cohort, period), *_alongside(cohort, period)]


def totals_for(user: User, cohort: Cohort, period: Period) -> list[Total]:
    """The numbers of a period as this reader of figures has them.

    For all but coordinators what went hard for somebody is told from ``SMALLEST_GROUP`` on, and only of ``whole_months``: of
    a day or two one could tell whose end, rematch or call for help it was. Raises ``NotWholeMonths``.
    """
    if roles_for(user).coordinates(cohort.programme_id):
        return totals_of(cohort, period)
    if not whole_months(period.first, period.last, today=local_day(clock.now(), period.zone)):
        raise NotWholeMonths
    return totals_without_few(cohort, period)


def totals_without_few(cohort: Cohort, period: Period) -> list[Total]:
    """The numbers as all who read figures may have them: what went hard for somebody only from ``SMALLEST_GROUP`` on, and of
    days that are no whole months not at all.
    """
    few, whole = _few(), whole_months(period.first, period.last, today=local_day(clock.now(), period.zone))
    return [
        replace(one, value=None, title=few[one.key]) if one.key in few and (one.value or 0) < SMALLEST_GROUP else one
        for one in totals_of(cohort, period)
        if whole or one.key not in few
    ]


def whole_months(first: dt.date, last: dt.date, *, today: dt.date) -> bool:
    """Whether these days are whole months of the calendar, all of them over."""
    return first.day == 1 and (last + dt.timedelta(days=1)).day == 1 and last < today


def _few() -> dict[str, str]:
    """The numbers that are not told while they are small, with a title that does not tell one from several either."""
    return {
        "ended-early": _("of these before their time"),
        "rematches": _("rematches made"),
        "helped": _("times help was given early"),
    }


def _work(cohort: Cohort, period: Period) -> Iterator[Total]:
    running = _running(cohort, period).filter(formal("model")).count()
    held = Session.objects.filter(
        formal(), period.within("starts_at"), pairing__cohort=cohort, state=SessionState.HELD
    ).count()
    done = Training.objects.filter(participant__cohort=cohort, completed_on__range=(period.first, period.last))
    trained = done.values("participant").distinct().count()
    yield Total(
        "pairs", running, ngettext("pair at work", "pairs at work", running),
        _("Pairings and groups that were running on at least one day of the period."),
    )  # fmt: skip
    yield Total(
        "sessions", held, ngettext("meeting held", "meetings held", held),
        _("Sessions with a date in the period that were noted as held."),
    )  # fmt: skip
    yield Total(
        "trained", trained, ngettext("person trained or inducted", "people trained or inducted", trained),
        _("People who completed a training or an induction in the period, each counted once."),
    )  # fmt: skip


def _running(cohort: Cohort, period: Period) -> QuerySet[Pairing]:
    """The cohort's pairings, of every model, that were running on at least one day of the period, in no order."""
    begun = Pairing.objects.filter(cohort=cohort, started_at__lt=period.ends_at)
    return begun.filter(Q(ended_at=None) | Q(ended_at__gte=period.starts_at)).order_by()


def _alongside(cohort: Cohort, period: Period) -> Iterator[Total]:
    """What stands alongside the handbook's path, in no other number; nothing where the handbook knows none of it."""
    running = _running(cohort, period).filter(~formal("model"))
    counts = Counter(running.values_list("model", flat=True))
    known = {model.kind for model in kit_of(cohort.programme.handbook).plan.allowed}
    if ModelKind.INFORMAL in known:
        count = counts[ModelKind.INFORMAL]
        yield Total(
            "informal", count, ngettext("informal relationship", "informal relationships", count),
            _("Relationships recorded informally that were running on at least one day of the period; in no other number."),
        )  # fmt: skip
    if ModelKind.PEERS in known:
        count = counts[ModelKind.PEERS]
        yield Total(
            "peers", count, ngettext("peer group", "peer groups", count),
            _("Groups of peers that were running on at least one day of the period; in no other number."),
        )  # fmt: skip


def _ends(cohort: Cohort, period: Period) -> Iterator[Total]:
    early = list(
        Ending.objects.filter(formal(), period.within("at"), pairing__cohort=cohort).values_list("early", flat=True)
    )
    yield Total(
        "ended", len(early), ngettext("ending", "endings", len(early)),
        _("Pairings that came to an end in the period, as planned or before."),
    )  # fmt: skip
    yield Total(
        "ended-early", sum(early), ngettext("of these before its time", "of these before their time", sum(early)),
        _("Endings before the agreed time, by either side. Ending early is no failure."),
    )  # fmt: skip


def _care(cohort: Cohort, period: Period) -> Iterator[Total]:
    made = _rematches(cohort, period)
    given = _help_given(cohort, period)
    yield Total(
        "rematches", made, ngettext("rematch made", "rematches made", made),
        _("Pairings begun in the period for a mentee who had been paired here before, or a mentor granted another match."),
    )  # fmt: skip
    yield Total(
        "helped", given, ngettext("time help was given early", "times help was given early", given),
        _("Matters brought to the coordinators that they first answered, closed or marked as received in the period."),
    )  # fmt: skip


def _rematches(cohort: Cohort, period: Period) -> int:
    """Pairings of the period in which somebody is matched anew. One query."""
    rows = PairingMember.objects.filter(formal(), pairing__cohort=cohort).order_by("pairing__started_at", "pk")
    before: dict[UUID, set[UUID]] = defaultdict(set)
    granted: set[UUID] = set()
    found: set[UUID] = set()
    for row in rows.select_related("pairing"):
        anew = before[row.participant_id] - {row.pairing_id}
        wanted = row.side == Side.MENTEE or row.participant_id in granted
        if anew and wanted and period.starts_at <= row.pairing.started_at < period.ends_at:
            found.add(row.pairing_id)
        before[row.participant_id].add(row.pairing_id)
        if row.rematch_granted:
            granted.add(row.participant_id)
    return len(found)


def _help_given(cohort: Cohort, period: Period) -> int:
    """Matters taken up in the period: private ones by their first answer or closing, sheets by being received. Two queries."""
    theirs = ~Q(notes__author=F("participant__membership__user"))
    issues = Issue.objects.filter(participant__cohort=cohort).annotate(
        answered_at=Min("notes__created_at", filter=theirs)
    )
    taken_up = [
        min(moments)
        for row in issues.values_list("answered_at", "closed_at")
        if (moments := [moment for moment in row if moment is not None])
    ]
    asking = asking_of(cohort.programme.handbook)
    received = Output.objects.filter(
        formal(), period.within("received_at"), pairing__cohort=cohort, worksheet__in=asking
    )
    return sum(period.starts_at <= moment < period.ends_at for moment in taken_up) + received.count()


# --- What the handbook has counted ------------------------------------------------------------------------------------


def counted_in(cohort: Cohort, period: Period, user: User) -> list[Counted]:
    """The counted answers of what was sent in a period, for the cohort's coordinators; nothing for anybody else.

    A coordinator who is or was one of a pair reads its sheets as one of the pair: they do not count for them. What was
    written before a question was counted is not counted now. A fixed number of queries.
    """
    roles = roles_for(user)
    if not roles.coordinates(cohort.programme_id):
        return []
    sheets = {key: worksheet_of(version) for key, version in current_versions(cohort.programme.handbook).items()}
    asked = {key: fields for key, sheet in sheets.items() if (fields := _totalled(sheet))}
    if not asked:
        return []
    rows = Output.objects.filter(formal(), period.within("done_at"), pairing__cohort=cohort, kind=OutputKind.WORKSHEET)
    rows = rows.filter(worksheet__in=asked, response__state=ResponseState.SUBMITTED)
    rows = rows.exclude(pairing__members__participant__in=roles.participants)
    given: dict[str, list[tuple[UUID, dict[str, object]]]] = defaultdict(list)
    places = places_in(cohort)
    for row, sheet in with_own_sheets(rows):
        assert row.response is not None
        promised = {one.key for one in _totalled(sheet)}
        facts = {key: value for key, value in row.response.facts.items() if key in promised}
        given[row.worksheet].append((row.pairing_id, facts))
    return [
        _count(field, sheets[key].title, given[key], places)
        for key, fields in sorted(asked.items(), key=lambda item: (sheets[item[0]].order, item[0]))
        for field in fields
    ]


def _totalled(sheet: Worksheet) -> list[FieldShape]:
    return [field for field in sheet.fields() if field.totalled]


def _count(field: FieldShape, worksheet: str, given: list[tuple[UUID, dict[str, object]]], places: Places) -> Counted:
    pairs: dict[str, set[UUID]] = defaultdict(set)
    for pairing, facts in given:
        answer = facts.get(field.key)
        for key in answer if isinstance(answer, list) else [answer]:
            if isinstance(key, str):
                pairs[key].add(pairing)
    labels = {option.key: option.label for option in field.options}
    if field.other:
        labels["other"] = _("Something else")
    everybody = set().union(*pairs.values())
    return Counted(
        field.key,
        field.label,
        worksheet,
        len(everybody),
        [(label, len(pairs[key])) for key, label in labels.items()],
        not _are_enough(everybody, places),
        frozenset(label for key, label in labels.items() if not _are_enough(pairs[key], places)),
    )


def _are_enough(pairings: set[UUID], places: Places) -> bool:
    return are_enough(places[one] for one in sorted(pairings))
