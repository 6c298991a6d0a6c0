"""Surveys that come and go in a handbook, for the pairs that are there: asked from now on, or not asked any more."""

from django.db import transaction

from mentoring import clock
from pairs.domain.planning import Plan, call_again, create_lacking, withdraw
from pairs.domain.surveys import survey_of
from pairs.enums import OutputKind
from pairs.models import Output, Pairing
from templates_app.shapes import SENT_BY_HAND


@transaction.atomic
def keep_surveys(pairing: Pairing, plan: Plan) -> None:
    """Plan what a running pair's handbook has come to ask by itself, and let go what it no longer asks.

    Nobody is asked for what is over already, and what somebody was asked or has begun stays. One query.
    """
    rows = list(Output.objects.filter(pairing=pairing, kind=OutputKind.EVALUATION).exclude(moment__in=SENT_BY_HAND))
    gone = [row for row in rows if row.asked_at is None and row.response_id is None and not survey_of(plan.kit, row)]
    if gone := [row for row in gone if row.is_open]:
        withdraw(gone, clock.now())
    again = [row for row in rows if row.cancelled_at and row.asked_at is None and survey_of(plan.kit, row)]
    if pairing.is_active:
        call_again(again)
        surveys = [one for one in plan.wanted if one.kind is OutputKind.EVALUATION and one.every is None]
        create_lacking(plan, surveys, rows)
