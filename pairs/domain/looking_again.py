"""Being led back to a sheet of one's own, in a rhythm or on a day that one sets on it (``gla.must.26``)."""

import datetime as dt
from itertools import count

from django.db import transaction

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.swapping import swap
from mentoring.work.domain import wake
from pairs.domain.called_days import is_replaced
from pairs.domain.instants import clock_strikes, local_day
from pairs.domain.people import people_of
from pairs.domain.person import Person
from pairs.domain.telling import page_of, tell
from pairs.enums import PairingState
from pairs.models import Output
from templates_app.domain.kits import worksheet_of
from templates_app.models import Response
from templates_app.shapes import FieldShape, Meaning

WORK = "looking-again"
NOTICE = "pairs.look_again"
MORNING = 9
_DAYS = {"week": 7, "fortnight": 14}


def note_looking(output: Output) -> None:
    """Note when the writer of a sheet that was just sent wants to be led back to it. The newest sheet of a worksheet says so, and
    an earlier one is not reminded of any more. Of a sheet that several write together nobody is reminded.
    """
    if output.response_id is None or output.member_id is None:
        return
    response = Response.objects.select_related("version__template").get(pk=output.response_id)
    asked = _asked(response)
    if not asked or is_replaced(output, response):
        return
    alike = Output.objects.filter(pairing=output.pairing_id, worksheet=output.worksheet, member=output.member_id)
    alike.exclude(pk=output.pk).update(look_at=None)
    person = people_of(output.pairing).member(output.member_id)
    at = _next(asked, response, clock.now(), person.zone) if person is not None else None
    Output.objects.filter(pk=output.pk).update(look_at=at)
    if at is not None:
        wake(WORK, at=at)


def _asked(response: Response) -> list[FieldShape]:
    return [field for field in worksheet_of(response.version).fields() if field.meaning is Meaning.LOOK_AGAIN]


def _next(asked: list[FieldShape], response: Response, after: dt.datetime, zone: str) -> dt.datetime | None:
    """The next morning, on the writer's own clock, on which they want to look again; ``None`` when there is none."""
    today, sent = local_day(after, zone), local_day(response.submitted_at or after, zone)
    days = [day for field in asked if (day := _day(field, response.facts.get(field.key), sent, today)) is not None]
    return clock_strikes(min(days), MORNING, zone) if days else None


def _day(field: FieldShape, answer: object, sent: dt.date, today: dt.date) -> dt.date | None:
    """A day that was named, if it is still to come; or so much later as the chosen option says."""
    if not isinstance(answer, str):
        return None
    chosen = next((option for option in field.options if option.key == answer), None)
    if chosen is not None:
        return _in_rhythm(chosen.again, sent, today)
    try:
        day = dt.date.fromisoformat(answer)
    except ValueError:
        return None
    return day if day > today else None


def _in_rhythm(again: str, sent: dt.date, today: dt.date) -> dt.date | None:
    """The first day after ``today`` of a rhythm that began on the day ``sent``: the 31st stays the 31st where a month has one."""
    if again == "month":
        return next(day for months in count(1) if (day := clock.months_later(sent, months)) > today)
    step = _DAYS.get(again)
    return sent + dt.timedelta(days=step * ((today - sent).days // step + 1)) if step else None


def looking_again_due(now: dt.datetime) -> dt.datetime | None:
    """Worker: lead back whoever wants to be, once each time, however late the tick comes; answers when to look again."""
    rows = Output.objects.filter(look_at__lte=now).select_related(
        "pairing__cohort__programme", "response__version__template"
    )
    for row in rows.order_by("look_at", "pk"):
        _remind(row, now)
    waiting = Output.objects.filter(look_at__isnull=False).order_by("look_at")
    return waiting.values_list("look_at", flat=True).first()


@transaction.atomic
def _remind(output: Output, now: dt.datetime) -> None:
    person = people_of(output.pairing).member(output.member_id)
    goes_on = person is not None and person.is_here and output.pairing.state == PairingState.ACTIVE
    due = output.look_at
    following = _after(output, person, now) if goes_on and person is not None else None
    if not swap(output, Output.objects.filter(look_at=due), look_at=following):  # another tick was faster
        return
    if goes_on and person is not None and due is not None and output.done_at is not None:
        link = page_of("pairs:output_read", output.pk)
        occasion = f"look-{output.pk}-{local_day(due, person.zone)}"
        tell("look_again", person.member, about=output, occasion=occasion, link=link, title=output.title)


def _after(output: Output, person: Person, now: dt.datetime) -> dt.datetime | None:
    """The time after this one. A sheet that is in hand again keeps its rhythm, and is not reminded of meanwhile."""
    response = output.response
    return _next(_asked(response), response, now, person.zone) if response is not None else None


def is_still_wanted(message: Message) -> bool:
    """Whether the mentoring still goes on and the sheet is there to be read, as such a letter is about to go out."""
    rows = Output.objects.filter(pk=message.subject_id, done_at__isnull=False, member__left_at=None)
    return rows.filter(pairing__state=PairingState.ACTIVE).exists()
