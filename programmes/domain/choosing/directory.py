"""The list of mentors who are open, as a mentee of the cohort sees it.

Filters look at facts alone. What somebody wrote is opened only for the entries of the page that is shown.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404

from mentoring.accounts.models import User
from mentoring.tenancy.models import Partner
from programmes.domain.choosing.levels import Distance, distance_between
from programmes.domain.choosing.searching import by_words
from programmes.domain.choosing.terms import asking_of, directory_of
from programmes.domain.enrolment import enrolment_context, enrolment_versions
from programmes.domain.matching.occupancy import occupancy_of
from programmes.domain.shown import answers_named, labels_named
from programmes.enums import ParticipantState, Side
from programmes.models import Cohort, MentorRequest, Participant, Shortlisted
from programmes.models.choosing import OPEN
from templates_app.answers import AnswerContext, Choice
from templates_app.answers.shown import ShownAnswer
from templates_app.domain.kits import worksheet_of
from templates_app.models import ResponseState
from templates_app.shapes import FieldShape

ON_A_PAGE = 12

Chosen = Mapping[str, str]
"""Question → the option that entries must hold."""


@dataclass(frozen=True)
class Entry:
    """A mentor in the list: what they show, and how the mentee who looks stands to them."""

    mentor: Participant
    answers: Sequence[ShownAnswer]
    distance: Distance | None = None
    in_mind: bool = False
    request: MentorRequest | None = None


@dataclass(frozen=True)
class FilterField:
    """A question by whose options one may filter."""

    key: str
    label: str
    options: Sequence[Choice]


def get_directory_cohort(mentee: Participant) -> Cohort:
    """The cohort whose mentors this participant may look at. Raises ``Http404`` where there is no list, or for a mentor."""
    if mentee.side != Side.MENTEE or asking_of(mentee.cohort) is None:
        raise Http404
    return mentee.cohort


def open_mentor_ids(cohort: Cohort, chosen: Chosen | None = None) -> list[UUID]:
    """Who is open to requests now and holds the chosen answers. Two queries, and no text is opened."""
    return [pk for pk, has_place in listed_mentors(cohort, chosen).items() if has_place]


def listed_mentors(cohort: Cohort, chosen: Chosen | None = None) -> dict[UUID, bool]:
    """Everybody who stands in the list and holds the chosen answers: id → whether a place is left. Two queries."""
    if directory_of(cohort) is None:
        return {}
    rows = Participant.objects.filter(
        cohort=cohort,
        side=Side.MENTOR,
        state=ParticipantState.JOINED,
        paused_at__isnull=True,
        enrolment__state=ResponseState.SUBMITTED,
    )
    taken = occupancy_of(cohort).mentors
    wanted = {key: value for key, value in (chosen or {}).items() if value}
    return {
        pk: taken.get(pk, 0) < capacity
        for pk, capacity, facts in rows.values_list("pk", "capacity", "enrolment__facts")
        if all(_holds(facts.get(key), value) for key, value in wanted.items())
    }


def _holds(given: Any, value: str) -> bool:
    return value in (given if isinstance(given, list) else [given])


def neutral_order(ids: Iterable[UUID], viewer: Participant | User) -> list[UUID]:
    """An order of the viewer's own that stays as it is from page to page and says nothing about anybody."""
    return sorted(ids, key=lambda pk: hashlib.sha256(viewer.pk.bytes + pk.bytes).digest())


def filter_fields(cohort: Cohort, user: User) -> list[FilterField]:
    """By what one may filter, with the options."""
    directory, shapes = directory_of(cohort), _shapes(cohort)
    if directory is None:
        return []
    partners = [Choice(row.key, row.name) for row in Partner.objects.all()]
    fields = [shapes[key] for key in directory.filters if key in shapes]
    return [FilterField(field.key, field.label, _options(field, partners)) for field in fields]


def _options(field: FieldShape, partners: list[Choice]) -> list[Choice]:
    if field.options_from == "partners":
        return partners
    return [Choice(option.key, option.label) for option in field.options]


def _shapes(cohort: Cohort) -> dict[str, FieldShape]:
    version = enrolment_versions(cohort.programme.handbook).get(Side.MENTOR)
    return {field.key: field for field in worksheet_of(version).fields()} if version else {}


def page_of_mentors(viewer: Participant, user: User, chosen: Chosen, number: object, words: str = "") -> Page[Any]:
    """One page of the list, its entries in the viewer's own order; with ``words`` those who speak of them."""
    cohort = get_directory_cohort(viewer)
    ids = neutral_order(open_mentor_ids(cohort, chosen), viewer)
    directory = directory_of(cohort)
    if words and directory is not None and directory.searches:
        ids = by_words(ids, words, directory.searches, enrolment_context(viewer, user))
    page: Page[Any] = Paginator(ids, ON_A_PAGE).get_page(number)  # type: ignore[arg-type]
    page.object_list = _entries(viewer, user, list(page.object_list))
    return page


def entries_of(viewer: Participant, user: User, mentors: Sequence[UUID]) -> list[Entry]:
    """These mentors as entries, as far as they are open still, in the order given."""
    still = set(open_mentor_ids(get_directory_cohort(viewer)))
    return _entries(viewer, user, [pk for pk in mentors if pk in still])


def get_entry(viewer: Participant, user: User, mentor_id: UUID) -> Entry:
    """One mentor of the list. Raises ``Http404`` for somebody who is not in it now."""
    found = entries_of(viewer, user, [mentor_id])
    if not found:
        raise Http404
    return found[0]


def _entries(viewer: Participant, user: User, ids: list[UUID]) -> list[Entry]:
    cohort = viewer.cohort
    rows = Participant.objects.filter(pk__in=ids).select_related("partner", "enrolment__version__template")
    people = {row.pk: row for row in rows}
    in_mind = set(Shortlisted.objects.filter(mentee=viewer, mentor__in=ids).values_list("mentor", flat=True))
    begun = MentorRequest.objects.filter(mentee=viewer, mentor__in=ids, state__in=OPEN)
    requests = {row.mentor_id: row for row in begun}
    context = enrolment_context(viewer, user)
    directory = directory_of(cohort)
    levels = directory.levels if directory is not None else None
    shapes = _shapes(cohort) if levels is not None else {}
    return [
        Entry(
            people[pk],
            shown_answers(people[pk], cohort, context),
            distance_between(levels, shapes, people[pk], viewer),
            pk in in_mind,
            requests.get(pk),
        )
        for pk in ids
        if pk in people
    ]


def shown_answers(mentor: Participant, cohort: Cohort, context: AnswerContext) -> list[ShownAnswer]:
    """What this mentor shows, in the handbook's order; questions left open are left out."""
    directory = directory_of(cohort)
    return answers_named(mentor, directory.shows, context) if directory is not None else []


def shown_labels(person: Participant) -> list[str]:
    """The questions of somebody's joining sheet whose answers mentees see, for the sentence that says who reads it."""
    directory = directory_of(person.cohort)
    if directory is None or person.side != Side.MENTOR:
        return []
    return labels_named(person, directory.shows)
