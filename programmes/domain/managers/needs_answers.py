"""What managers answered about their staff's needs: taken in by a link, listed and counted for the coordinators."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.swapping import swap
from programmes.domain.managers.needs import PURPOSE
from programmes.domain.managers.terms import managers_of
from programmes.domain.outside import LinkUnusable, Unusable, end_links, has_run_out, link_of
from programmes.domain.roles import roles_for
from programmes.models import LineManager, NeedsAsking, NeedsLink, Programme, StaffManager
from templates_app.answers import AnswerContext
from templates_app.domain.from_outside import take_in_response
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import Answers, answers_of
from templates_app.models import TemplateVersion
from templates_app.shapes import FieldShape, Kind


def usable_needs_link(token: str) -> NeedsLink:
    """The link behind a token, with the question. Raises ``LinkUnusable``. Looking changes nothing."""
    found = link_of(token, NeedsLink.objects.select_related("asking__programme__handbook"), purpose=PURPOSE)
    asking = found.asking
    if asking.response_id is not None:
        raise LinkUnusable(Unusable.DECIDED, asking)
    if found.revoked_at is not None or managers_of(asking.programme).needs is None:
        raise LinkUnusable(Unusable.REVOKED, asking)
    if has_run_out(found):
        raise LinkUnusable(Unusable.EXPIRED, asking)
    return found


@transaction.atomic
def answer_needs(*, token: str, version: TemplateVersion, answers: Answers, context: AnswerContext) -> NeedsAsking:
    """Keep an answer; one for each question. Raises ``LinkUnusable``, and ``NotComplete`` where something is missing."""
    asking = usable_needs_link(token).asking
    response = take_in_response(version=version, answers=answers, context=context)
    waiting = NeedsAsking.objects.filter(response=None)
    if not swap(asking, waiting, response=response, answered_at=clock.now()):
        raise LinkUnusable(Unusable.DECIDED, asking)
    end_links(NeedsLink.objects.filter(asking=asking))
    record_event("needs.answered", asking.programme, actor=None)
    return asking


# --- What coordinators see ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Total:
    """A number that managers were asked for, added up."""

    label: str
    value: Decimal


@dataclass(frozen=True)
class Year:
    """One planning year's questions, and what came of them."""

    year: int
    askings: Sequence[NeedsAsking]
    totals: Sequence[Total]
    replaced: frozenset[UUID]
    """Answers that are in no sum: of a manager in whose place another was named who has answered too, for the same staff."""

    @property
    def answered(self) -> Sequence[NeedsAsking]:
        """Those that were answered."""
        return [one for one in self.askings if one.response_id is not None]

    @property
    def waiting(self) -> int:
        """How many have not answered."""
        return len(self.askings) - len(self.answered)


def years_for(user: User, programme: Programme) -> list[int]:
    """The planning years in which managers were asked, the newest first; none for anybody but a coordinator."""
    if not roles_for(user).coordinates(programme.pk):
        return []
    rows = NeedsAsking.objects.filter(programme=programme).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def year_for(user: User, programme: Programme, year: int) -> Year | None:
    """One of those years; ``None`` for anybody but a coordinator, and for a year in which nobody was asked. Three
    queries.
    """
    if not roles_for(user).coordinates(programme.pk):
        return None
    rows = NeedsAsking.objects.filter(programme=programme, year=year).select_related("response__version__template")
    askings = list(rows)
    if not askings:
        return None
    replaced = _replaced(programme, askings)
    return Year(year, askings, _totals([one for one in askings if one.pk not in replaced]), replaced)


def _replaced(programme: Programme, askings: Sequence[NeedsAsking]) -> frozenset[UUID]:
    """Whose staff somebody else has answered for since: nobody's manager any more, not listed, and a later one has answered."""
    answered = {one.email for one in askings if one.response_id is not None}
    rows = LineManager.objects.filter(participant__cohort__programme=programme).order_by("created_at", "pk")
    still = set(StaffManager.objects.filter(programme=programme).values_list("email", flat=True))
    earlier: dict[UUID, set[str]] = defaultdict(set)
    followed: set[str] = set()
    for person, email, ended in rows.values_list("participant", "email", "ended_at"):
        if ended is None:
            still.add(email)
        if email in answered:
            followed |= earlier[person] - {email}
        earlier[person].add(email)
    return frozenset(one.pk for one in askings if one.email in answered & followed - still)


def _totals(askings: Sequence[NeedsAsking]) -> list[Total]:
    """Every number asked for, in the order of the questions, over all answers; one label is one total."""
    sums: dict[str, Decimal] = {}
    for asking in askings:
        if asking.response is None:
            continue
        given = answers_of(asking.response)
        for field in worksheet_of(asking.response.version).fields():
            for label, value in _numbers(field, given.get(field.key)):
                sums[label] = sums.get(label, Decimal(0)) + value
    return [Total(label, value) for label, value in sums.items()]


def _numbers(field: FieldShape, answer: object) -> list[tuple[str, Decimal]]:
    if field.kind is Kind.NUMBER:
        return [(field.label, Decimal(str(answer)))] if isinstance(answer, int | float) else []
    rows = answer if isinstance(answer, list) else []
    return [
        (column.label, Decimal(str(row[column.key])))
        for row in rows
        if isinstance(row, dict)
        for column in field.columns
        if column.kind is Kind.NUMBER and isinstance(row.get(column.key), int | float)
    ]
