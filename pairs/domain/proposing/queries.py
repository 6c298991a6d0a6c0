"""Who sees which proposed matches: the people in one, and the coordinators of its programme who are not in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from mentoring.accounts.models import User
from pairs.domain.people import names_in_a_row
from pairs.enums import MatchAnswer, ProposedState
from pairs.models import MatchPart, ProposedMatch
from programmes.domain.coordinators import coordinators_of
from programmes.domain.roles import roles_for
from programmes.enums import ParticipantState, Side
from programmes.models import Cohort


def _whole() -> QuerySet[ProposedMatch]:
    people = MatchPart.objects.select_related(
        "participant__membership__user",
        "participant__partner",
        "participant__enrolment__version__template",
    )
    return ProposedMatch.objects.select_related("cohort__programme__handbook").prefetch_related(
        Prefetch("parts", queryset=people)
    )


def _tied(rows: Iterable[ProposedMatch]) -> list[ProposedMatch]:
    """These matches, whose people have the match's own cohort, and so its handbook, at hand."""
    found = list(rows)
    for row in found:
        for part in row.parts.all():
            part.participant.cohort = row.cohort
    return found


def _own(user: User) -> QuerySet[ProposedMatch]:
    """The matches that this person is in, as long as they take part in the cohort."""
    own = MatchPart.objects.filter(
        participant__in=roles_for(user).participants, participant__state=ParticipantState.JOINED
    )
    return _whole().filter(pk__in=own.values("match"))


def read(match: ProposedMatch) -> ProposedMatch:
    """The match as it is now, with everybody in it at hand."""
    return _tied([_whole().get(pk=match.pk)])[0]


def parts_of(match: ProposedMatch) -> list[MatchPart]:
    """Everybody in it, mentors first, by name."""
    return sorted(match.parts.all(), key=lambda part: (part.side != Side.MENTOR, part.participant.name, str(part.pk)))


def others_of(match: ProposedMatch, part: MatchPart) -> list[MatchPart]:
    """Everybody else in it."""
    return [other for other in parts_of(match) if other.pk != part.pk]


def part_of(match: ProposedMatch, user: User) -> MatchPart | None:
    """The person's own part, as long as they take part in the cohort."""
    places = roles_for(user).participants
    return next((part for part in match.parts.all() if part.participant_id in places and takes_part(part)), None)


def takes_part(part: MatchPart) -> bool:
    """Whether somebody in it has not left the cohort: who has neither answers nor is told anything any more."""
    return part.participant.state == ParticipantState.JOINED


def get_match_for(user: User, match_id: UUID) -> ProposedMatch:
    """A proposed match that this person is in. Raises ``Http404`` for everybody else, coordinators too."""
    found = _tied(_own(user).filter(pk=match_id))
    if not found:
        raise Http404
    return found[0]


def is_answerable(match: ProposedMatch, part: MatchPart) -> bool:
    """Whether it stands as open to this person: as long as they have not said no, and are not told how it ended."""
    return match.told_at is None and match.state != ProposedState.PAIRED and part.answer != MatchAnswer.NO


@dataclass(frozen=True)
class Asked:
    """A match that stands as open to somebody, with their part in it."""

    match: ProposedMatch
    part: MatchPart

    @property
    def names(self) -> str:
        """Everybody else in it."""
        return names_in_a_row([other.participant.name for other in others_of(self.match, self.part)])


def asked_of(user: User) -> list[Asked]:
    """What stands as open to this person, the oldest first: to be answered by them, or waiting for others. Two queries."""
    rows = _own(user).filter(told_at=None, pairing=None).order_by("created_at", "pk")
    found = [(row, part_of(row, user)) for row in _tied(rows)]
    return [Asked(row, part) for row, part in found if part is not None and is_answerable(row, part)]


def proposals_for(user: User, cohort: Cohort) -> list[ProposedMatch]:
    """The matches proposed in a cohort, the newest first, for one of its coordinators; without those they are in themselves."""
    if not roles_for(user).coordinates(cohort.programme_id):
        return []
    rows = _whole().filter(cohort=cohort).exclude(parts__participant__in=roles_for(user).participants)
    return _tied(rows.order_by("-created_at", "pk"))


def get_proposal_to_withdraw(user: User, cohort: Cohort, match_id: UUID) -> ProposedMatch:
    """One of them. Raises ``Http404``."""
    found = next((row for row in proposals_for(user, cohort) if row.pk == match_id), None)
    if found is None:
        raise Http404
    return found


def coordinators_outside(match: ProposedMatch) -> list[User]:
    """The coordinators of its programme who are not in it."""
    inside = {part.participant.membership.user_id for part in match.parts.all() if part.participant.membership}
    return [user for user in coordinators_of(match.cohort.programme) if user.pk not in inside]
