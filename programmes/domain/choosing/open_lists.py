"""Lists of mentors that every member of the organisation may look at, and the units that each keep one (``cal.sys.01``,
``cal.sys.03``).

What stands in an entry is what mentees see there. That somebody has no place left is said; with whom they are paired is not.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404

from mentoring.accounts.models import User
from mentoring.tenancy.models import Partner
from programmes.domain.choosing.directory import ON_A_PAGE, Chosen, listed_mentors, neutral_order, shown_answers
from programmes.domain.choosing.searching import by_words
from programmes.domain.choosing.terms import directory_of
from programmes.domain.enrolment import enrolment_context
from programmes.domain.leads import leads_of
from programmes.enums import CohortState, Side
from programmes.models import Cohort, Participant, Programme
from templates_app.answers.shown import ShownAnswer
from templates_app.domain.kits import kit_of
from templates_app.shapes import Units


@dataclass(frozen=True)
class ListedMentor:
    """A mentor as every member finds them."""

    mentor: Participant
    answers: Sequence[ShownAnswer]
    has_place: bool


@dataclass(frozen=True)
class Unit:
    """A part of the organisation with its list: how many stand in it, and who keeps it."""

    partner: Partner
    mentors: int
    keepers: Sequence[User]


def units_of(programme: Programme) -> Units | None:
    """What the parts of the organisation that keep lists are called; ``None`` where none do."""
    directory = kit_of(programme.handbook).joining.directory
    return directory.units if directory is not None else None


def open_lists() -> list[Cohort]:
    """The cohorts whose list of mentors is open to every member of the open organisation, the newest first."""
    rows = Cohort.objects.filter(state=CohortState.OPEN).select_related("programme__handbook")
    return [row for row in rows.order_by("-starts_on", "title", "pk") if is_open_list(row)]


def get_open_list(programme_slug: str, cohort_slug: str) -> Cohort:
    """One of them. Raises ``Http404``."""
    rows = Cohort.objects.select_related("programme__handbook")
    found = get_object_or_404(rows, programme__slug=programme_slug, slug=cohort_slug, state=CohortState.OPEN)
    if not is_open_list(found):
        raise Http404
    return found


def is_open_list(cohort: Cohort) -> bool:
    """Whether every member of the organisation may look at the cohort's list of mentors."""
    directory = directory_of(cohort)
    return directory is not None and directory.open_to == "members" and cohort.state == CohortState.OPEN


def page_for_members(
    cohort: Cohort, user: User, chosen: Chosen, number: object, *, words: str = "", only_with_place: bool = False
) -> Page[Any]:
    """One page of the list, in an order of the viewer's own. A fixed number of queries; texts are opened for the page alone."""
    listed = listed_mentors(cohort, chosen)
    ids = neutral_order([pk for pk, has_place in listed.items() if has_place or not only_with_place], user)
    directory = directory_of(cohort)
    context = enrolment_context(Participant(cohort=cohort, side=Side.MENTEE, zone=user.zone), user)
    if words and directory is not None and directory.searches:
        ids = by_words(ids, words, directory.searches, context)
    page: Page[Any] = Paginator(ids, ON_A_PAGE).get_page(number)  # type: ignore[arg-type]
    shown = list(page.object_list)
    rows = Participant.objects.filter(pk__in=shown).select_related("partner", "enrolment__version__template")
    people = {row.pk: row for row in rows}
    page.object_list = [
        ListedMentor(people[pk], shown_answers(people[pk], cohort, context), listed[pk]) for pk in shown if pk in people
    ]
    return page


def lists_of_units(cohort: Cohort) -> list[Unit]:
    """Every unit with its list, by name; none where units keep no lists. Four queries."""
    if units_of(cohort.programme) is None:
        return []
    units = list(Partner.objects.all())
    keepers = leads_of(cohort.programme, [unit.pk for unit in units])
    counts: Counter[UUID | None] = Counter(
        Participant.objects.filter(pk__in=list(listed_mentors(cohort))).values_list("partner", flat=True)
    )
    return [Unit(unit, counts[unit.pk], keepers.get(unit.pk, [])) for unit in units]
