"""What pairs owe is planned anew when their handbook or their cohort changes: in the background, and at once.

Nothing says which pairs are still to do: planning one twice changes nothing, so a look that is lost or killed begins again.
Each pair is planned in a savepoint of its own: one that cannot be planned does not hold up the others.
"""

import datetime as dt
import logging
from dataclasses import replace
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from mentoring import clock
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.domain import wake
from pairs.domain.people import members_prefetch, people_of
from pairs.domain.planning import Plan, plan_of, replan
from pairs.domain.survey_changes import keep_surveys
from pairs.domain.worksheet_changes import add_new_moments
from pairs.models import Output, Pairing
from programmes.models import Cohort, Programme

log = logging.getLogger(__name__)

REPLANNING = "replanning"
"""The kind of background work that plans pairs anew (``pairs/tasks.py``)."""
BATCH = 50
"""So many pairs are committed together."""
PUT_OFF = dt.timedelta(hours=1)


def ask_to_replan(_changed: Programme | Cohort) -> None:
    """Follower of handbooks and cohorts: whatever changed in one may move dates and reminders of its pairs."""
    wake(REPLANNING, at=clock.now())


def replan_due(now: dt.datetime, organisation: Organisation) -> dt.datetime | None:
    """Plan every pair of an organisation anew that still owes something. More is due by itself only after a failure."""
    with tenant_scope(organisation):
        still_open = Output.objects.filter(done_at__isnull=True, cancelled_at__isnull=True)
        ids = list(
            Pairing.objects.filter(pk__in=still_open.values("pairing")).order_by("pk").values_list("pk", flat=True)
        )
    failed = 0
    for start in range(0, len(ids), BATCH):
        with tenant_scope(organisation), transaction.atomic(), clock.at(now):
            failed += _replan(ids[start : start + BATCH])
    return now + PUT_OFF if failed else None


def _replan(ids: list[UUID]) -> int:
    """Plan these pairs anew; returns how many could not be."""
    failed = 0
    read: dict[UUID, Plan] = {}
    rows = Pairing.objects.filter(pk__in=ids).select_related("cohort__programme__handbook")
    for pairing in rows.prefetch_related(members_prefetch()):
        try:
            with transaction.atomic():
                _replan_one(pairing, read)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            log.exception("The pair %s could not be planned anew", pairing.pk)
            failed += 1
    return failed


def _replan_one(pairing: Pairing, read: dict[UUID, Plan]) -> None:
    handbook = pairing.cohort.programme.handbook_id
    if handbook not in read:
        read[handbook] = plan_of(pairing)
    plan = replace(read[handbook], pairing=pairing, people=people_of(pairing))
    add_new_moments(pairing, plan)
    keep_surveys(pairing, plan)
    replan(pairing, plan, afresh=True)


replan_due.own_scopes = True  # type: ignore[attr-defined]
