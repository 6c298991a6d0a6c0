"""Files of people are not kept longer than they are needed."""

import datetime as dt

from mentoring.work.domain import wake
from programmes.enums import ImportState
from programmes.models import PeopleImport

WORK = "people-imports"
KEPT_FOR = dt.timedelta(days=30)
"""An upload that nobody imported, and the rows that were not taken in, are forgotten after this."""


def remember_to_forget(run: PeopleImport) -> None:
    """Have a file's rows forgotten in time. To be called in the transaction that keeps them."""
    wake(WORK, at=run.created_at + KEPT_FOR)


def forget_old_rows(now: dt.datetime) -> dt.datetime | None:
    """Forget the rows of old files in the open organisation; answers when the next ones grow old."""
    held = PeopleImport.objects.exclude(row_count=0).exclude(state=ImportState.DROPPED)
    old = held.filter(created_at__lte=now - KEPT_FOR)
    old.exclude(state=ImportState.APPLIED).update(rows=[], row_count=0, state=ImportState.DROPPED)
    old.filter(state=ImportState.APPLIED).update(rows=[], row_count=0)
    oldest = held.order_by("created_at").values_list("created_at", flat=True).first()
    return oldest + KEPT_FOR if oldest is not None else None
