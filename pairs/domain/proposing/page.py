"""A proposed match as somebody in it meets it: who the others are, and how it stands as far as they may know."""

from dataclasses import dataclass

from mentoring.accounts.models import User
from pairs.domain.people import names_in_a_row
from pairs.domain.proposing.queries import is_answerable, others_of, takes_part
from pairs.enums import MatchAnswer, ProposedState
from pairs.models import MatchPart, ProposedMatch
from programmes.domain.enrolment import enrolment_context
from programmes.domain.matching.consent import shown_to_match
from programmes.models import Participant
from templates_app.answers.shown import ShownAnswer


@dataclass(frozen=True)
class Seen:
    """One of the others, with what the handbook lets this person see of them: of the other side alone."""

    person: Participant
    answers: list[ShownAnswer]


@dataclass(frozen=True)
class MatchPage:
    """``stands``: open, noted (one's own yes waits), declined (by oneself), ended, paired. Nothing of what others have said."""

    match: ProposedMatch
    part: MatchPart
    stands: str
    others: list[Seen]

    @property
    def names(self) -> str:
        """Everybody else in it."""
        return names_in_a_row([seen.person.name for seen in self.others])


def page_for(match: ProposedMatch, part: MatchPart, user: User) -> MatchPage:
    """The page. What others have written is shown as long as it stands as open and they take part, and not after."""
    stands = _stands(match, part)
    shows = stands in {"open", "noted"}
    seen = [
        Seen(
            other.participant,
            shown_to_match(other.participant, enrolment_context(other.participant, user))
            if shows and other.side != part.side and takes_part(other)
            else [],
        )
        for other in others_of(match, part)
    ]
    return MatchPage(match, part, stands, seen)


def _stands(match: ProposedMatch, part: MatchPart) -> str:
    if match.state == ProposedState.PAIRED:
        return "paired"
    if part.answer == MatchAnswer.NO:
        return "declined"
    if not is_answerable(match, part):
        return "ended"
    return "noted" if part.answer == MatchAnswer.YES else "open"
