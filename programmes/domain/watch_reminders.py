"""The tick: coordinators are told once when a day of the programme's own worksheets has come (``sssc.must.9``)."""

import datetime as dt
from zoneinfo import ZoneInfo

from mentoring.notices.domain.outbox import notify
from mentoring.tenancy.scope import current_organisation
from mentoring.ui import dates
from programmes.domain.coordinators import coordinators_of
from programmes.domain.links import link
from programmes.domain.watching import Watched, next_day, watched_in
from programmes.models import Programme, Sheet

WORK = "programme-days"


def remind_of_days(now: dt.datetime) -> dt.datetime | None:
    """Tell what has come in every programme of the open organisation; answers when the next day comes. Each day of each
    sheet is told once: a message's occasion names both.
    """
    zone = ZoneInfo(current_organisation().zone)
    today = now.astimezone(zone).date()
    with_sheets = Sheet.objects.filter(participant=None).values("programme")
    coming = []
    for programme in Programme.objects.filter(pk__in=with_sheets).select_related("handbook"):
        for one in watched_in(programme, today):
            if one.kind == "date":
                _tell(programme, one)
        coming.append(next_day(programme, today))
    days = [day for day in coming if day is not None]
    return dt.datetime.combine(min(days), dt.time(6), zone).astimezone(dt.UTC) if days else None


def _tell(programme: Programme, one: Watched) -> None:
    """The name of the worksheet, the question and the day; nothing of what anybody wrote."""
    if one.on is None:
        return
    words = {"title": one.title, "label": one.label, "date": dates.day(one.on), "programme": programme.title}
    context = {**words, "action_url": link("programmes:worksheet", one.sheet.pk)}
    occasion = f"{one.sheet.pk}:{one.place}:{one.on.isoformat()}"
    for coordinator in coordinators_of(programme):
        notify("programmes.day_has_come", coordinator, about=one.sheet, occasion=occasion, context=context)
