"""What the tick does: one reminder for those who have not answered, quiet lapsing, and telling how it ended."""

import datetime as dt

from django.db import transaction

from mentoring.history.domain import record_event
from pairs.domain.occupancy import declined_pairs
from pairs.domain.proposing.asking import end, hold
from pairs.domain.proposing.queries import parts_of
from pairs.domain.proposing.states import Step
from pairs.domain.proposing.telling import tell_asked, tell_coordinators, tell_ended
from pairs.models import ProposedMatch
from programmes.domain.matching.runs import set_aside_declined


def proposed_matches_due(now: dt.datetime) -> dt.datetime | None:
    """Worker: do what is due in the open organisation; answers when to look again."""
    for row in ProposedMatch.objects.filter(look_at__lte=now).order_by("look_at", "pk"):
        _look_at(row, now)
    looks = ProposedMatch.objects.filter(look_at__isnull=False).order_by("look_at")
    return looks.values_list("look_at", flat=True).first()


@transaction.atomic
def _look_at(row: ProposedMatch, now: dt.datetime) -> None:
    match = hold(row)
    if match.look_at is None or match.look_at > now:  # another tick was faster
        return
    if not match.is_open:
        ProposedMatch.objects.filter(pk=match.pk).update(look_at=None, told_at=now)
        record_event("match.ended", match, actor=None, within=match.cohort)
        # Not before: a coordinator who is in it would read the hour of a no off the suggestions that are set aside.
        set_aside_declined(match.cohort, declined_pairs(parts_of(match)))
        tell_ended(match)
    elif match.answer_by <= now:
        end(match, Step.LAPSE)
        tell_coordinators(match)
    else:
        ProposedMatch.objects.filter(pk=match.pk).update(look_at=match.answer_by)
        tell_asked(match, again=True)
