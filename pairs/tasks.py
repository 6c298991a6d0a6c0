"""Background work of pairs. Reminding: what is to be done stands in ``Output.next_reminder_at``. Planning anew after a
handbook or a cohort has changed. Reminding who was asked to sign from outside, and who has a sheet to sign. Ending the wait
for introductions. What is due of matches that were proposed. Leading people back to sheets of their own. Reminding whoever
was asked for an answer to times.
"""

import datetime as dt

from mentoring.work.registry import register_worker
from pairs.domain.agreeing_times import WORK as PROPOSED_TIMES
from pairs.domain.agreeing_times import remind_of_times
from pairs.domain.introducing.making import WORK as INTRODUCTIONS
from pairs.domain.introducing.making import introductions_due
from pairs.domain.looking_again import WORK as LOOKING_AGAIN
from pairs.domain.looking_again import looking_again_due
from pairs.domain.outside_asking import WORK as OUTSIDE_SIGNING
from pairs.domain.outside_asking import outside_signing_due
from pairs.domain.planning import REMINDERS
from pairs.domain.proposing.asking import WORK as PROPOSED
from pairs.domain.proposing.ticking import proposed_matches_due
from pairs.domain.reminders import remind_due
from pairs.domain.replanning import REPLANNING, replan_due
from pairs.domain.signed_sheets.signing import WORK as SHEET_SIGNING
from pairs.domain.signed_sheets.signing import sheet_signing_due


def remind(now: dt.datetime) -> dt.datetime | None:
    """Remind whoever owes something at ``now`` in the open organisation; says when the next reminder is due."""
    return remind_due(now)


def register() -> None:
    """Called at start-up."""
    register_worker(REMINDERS, remind)
    register_worker(OUTSIDE_SIGNING, outside_signing_due)
    register_worker(SHEET_SIGNING, sheet_signing_due)
    register_worker(INTRODUCTIONS, introductions_due)
    register_worker(LOOKING_AGAIN, looking_again_due)
    register_worker(PROPOSED, proposed_matches_due)
    register_worker(PROPOSED_TIMES, remind_of_times)
    register_worker(REPLANNING, replan_due)  # type: ignore[arg-type]
