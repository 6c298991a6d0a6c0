"""What is told of a proposed match: names, a day and a link. Nobody in it learns what another has said, or who said it."""

from mentoring.notices.domain.outbox import cancel_messages
from mentoring.notices.models import Message
from mentoring.ui.dates import day
from pairs.domain.people import names_in_a_row
from pairs.domain.proposing.queries import coordinators_outside, others_of, parts_of, takes_part
from pairs.domain.telling import page_of, tell_user
from pairs.models import MatchPart, ProposedMatch
from programmes.domain.choosing.telling import last_day, user_of
from programmes.enums import ParticipantState

ASKED = "pairs.match_proposed"


def tell_asked(match: ProposedMatch, *, again: bool = False) -> None:
    """Ask everybody in it; or remind, once, those who have not answered."""
    for part in parts_of(match):
        user = user_of(part.participant)
        if user is None or (again and part.answer):
            continue
        until = day(last_day(match.answer_by, user.zone))
        _tell("match_proposed", match, part, "again" if again else "asked", again=again, until=until, side=part.side)


def tell_ended(match: ProposedMatch) -> None:
    """Say that it does not go ahead to all who have not ended it themselves: in the same words, whatever the cause."""
    stop_asking(match)
    for part in parts_of(match):
        if part.answer != "no":
            _tell("match_ended", match, part, "ended")


def _tell(kind: str, match: ProposedMatch, part: MatchPart, occasion: str, **context: object) -> None:
    user = user_of(part.participant)
    if user is None or not takes_part(part):
        return
    tell_user(
        kind,
        user,
        about=match,
        occasion=f"{match.pk}-{occasion}",
        link=page_of("pairs:match", match.pk),
        names=names_in_a_row([other.participant.name for other in others_of(match, part)]),
        is_pair=match.is_pair,
        programme=match.cohort.programme.title,
        **context,
    )


def tell_coordinators(match: ProposedMatch) -> None:
    """Say to the coordinators what came of it; not to one who is in it: they hear what the others in it hear."""
    cohort = match.cohort
    for coordinator in coordinators_outside(match):
        tell_user(
            "match_settled",
            coordinator,
            about=match,
            occasion=f"{match.pk}-settled",
            link=page_of("pairs:proposals", cohort.programme.slug, cohort.slug),
            names=names_in_a_row([part.participant.name for part in parts_of(match)]),
            state=str(match.state),
            programme=cohort.programme.title,
        )


def stop_asking(match: ProposedMatch) -> None:
    """Hold back what waits to be sent and is not asked any more."""
    cancel_messages(about=match, kinds=[ASKED])


def is_still_asked(message: Message) -> bool:
    """Whether somebody's answer is still waited for, as a letter that asks for it is about to go out."""
    parts = MatchPart.objects.filter(
        match=message.subject_id,
        match__told_at=None,
        match__pairing=None,
        participant__membership__user=message.recipient,
        participant__state=ParticipantState.JOINED,
    )
    return parts.filter(answer="").exists()
