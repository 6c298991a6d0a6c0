"""Finding people of a cohort: words, filters, order, pages, and who of them was chosen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from mentoring.accounts.models import User
from programmes.domain.profiles import who_says
from programmes.domain.queries import participants_for
from programmes.enums import ParticipantState, Side
from programmes.models import Cohort, Participant

PAGE = 30
SORTS = {
    "name": ("family_name", "given_name", "pk"),
    "role": ("side", "family_name", "given_name", "pk"),
    "employer": ("employer", "family_name", "pk"),
    "country": ("country", "family_name", "pk"),
    "state": ("state", "family_name", "pk"),
    "added": ("created_at", "pk"),
}
EVERYBODY = {"all_accepted": ParticipantState.ACCEPTED, "all_candidates": ParticipantState.CANDIDATE}
"""Chosen without ticks: everybody who is taken on and was not invited yet; everybody who waits for a decision."""


@dataclass(frozen=True)
class Search:
    """What is looked for. Whatever an address holds that makes no sense counts as not given."""

    words: str = ""
    side: str = ""
    state: str = ""
    partner: str = ""
    sort: str = "name"
    descending: bool = False
    page: str = "1"

    @classmethod
    def from_query(cls, query: QueryDict) -> "Search":
        """The search in an address."""
        sort = query.get("sort", "")
        name = sort.removeprefix("-")
        side, state = str(query.get("side", "")), str(query.get("state", ""))
        return cls(
            words=" ".join(query.get("q", "").replace("\x00", "").split())[:100],
            side=side if side in Side.values else "",
            state=state if state in ParticipantState.values else "",
            partner=query.get("partner", "")[:60],
            sort=name if name in SORTS else "name",
            descending=sort.startswith("-") and name in SORTS,
            page=query.get("page", "1"),
        )


@dataclass(frozen=True)
class Found:
    """A page of people, how many there are in all by role, state and partner, and what was looked for."""

    page: Page
    search: Search
    counts: dict[str, dict[str, int]]
    partners: dict[str, str]


def find_people(user: User, cohort: Cohort, search: Search) -> Found:
    """The people of a cohort that somebody sees and that match, by page. Three queries, whatever the number; two more for
    words, which coordinators find in profiles too.
    """
    counts, partners = _counted(participants_for(user, cohort))
    page = Paginator(every_match(user, cohort, search), PAGE).get_page(search.page)
    return Found(page, search, counts, partners)


def every_match(user: User, cohort: Cohort, search: Search) -> QuerySet[Participant]:
    """All of them, in the order asked for."""
    words = search.words.split()
    said = who_says(user, cohort, words)
    rows, order = _matching(participants_for(user, cohort), search, said), SORTS[search.sort]
    return rows.order_by(*(f"-{name}" for name in order)) if search.descending else rows.order_by(*order)


def chosen_people(user: User, cohort: Cohort, posted: QueryDict) -> list[Participant]:
    """The people whose boxes were ticked (``selected``), or everybody of ``EVERYBODY``, among those one sees. One query."""
    rows = participants_for(user, cohort).select_related("membership__user")
    everybody = next((state for name, state in EVERYBODY.items() if name in posted), None)
    if everybody is not None:
        return _of(cohort, rows.filter(state=everybody))
    ticked = [found for word in posted.getlist("selected") if (found := _uuid(word)) is not None]
    return _of(cohort, rows.filter(pk__in=ticked))


def _matching(
    rows: QuerySet[Participant], search: Search, said: Mapping[str, Collection[UUID]]
) -> QuerySet[Participant]:
    """``said``: who holds a word in their profile."""
    for word in search.words.split():
        places = ("given_name", "family_name", "email", "employer", "country", "title")
        met = Q(pk__in=said[word])
        for place in places:
            met |= Q(**{f"{place}__icontains": word})
        rows = rows.filter(met)
    if search.side:
        rows = rows.filter(side=search.side)
    if search.state:
        rows = rows.filter(state=search.state)
    if search.partner:
        rows = rows.filter(partner__key=search.partner)
    return rows


def _counted(rows: QuerySet[Participant]) -> tuple[dict[str, dict[str, int]], dict[str, str]]:
    counts: dict[str, dict[str, int]] = {"side": {}, "state": {}, "partner": {}, "all": {"": 0}}
    partners: dict[str, str] = {}
    grouped = rows.values("side", "state", "partner__key", "partner__name", "partner__short")
    for row in grouped.annotate(count=Count("pk")).order_by():
        key = row["partner__key"] or ""
        partners[key] = row["partner__short"] or row["partner__name"] or ""
        for kind, value in (("side", row["side"]), ("state", row["state"]), ("partner", key), ("all", "")):
            counts[kind][value] = counts[kind].get(value, 0) + row["count"]
    return counts, partners


def _uuid(word: str) -> UUID | None:
    try:
        return UUID(str(word))
    except ValueError:
        return None


def joined_people(user: User, cohort: Cohort) -> list[Participant]:
    """Everybody of a cohort who has joined, in the order of names, with their accounts. One query."""
    rows = participants_for(user, cohort).filter(state=ParticipantState.JOINED, membership__isnull=False)
    return _of(cohort, rows.select_related("membership__user").order_by(*SORTS["name"]))


def _of(cohort: Cohort, rows: QuerySet[Participant]) -> list[Participant]:
    """The rows with the cohort at hand: joining it would read the whole handbook once for every person."""
    people = list(rows)
    for person in people:
        person.cohort = cohort
    return people
