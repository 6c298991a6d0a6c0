"""What is known of a pair's time together, offered as first answers of a sheet (``cal.sys.71``)."""

from zoneinfo import ZoneInfo

from mentoring.accounts.models import User
from pairs.domain.gathered_rows import since_last
from pairs.domain.reading import reader_of
from pairs.domain.time_spent import hours_together
from pairs.models import Output, Session
from templates_app.answers import AnswerContext, register_prefill


def months_so_far(context: AnswerContext) -> int | None:
    """Whole months since the pair was made, on the writer's calendar; ``None`` for what is no pair's sheet."""
    output = context.subject
    if not isinstance(output, Output):
        return None
    zone = ZoneInfo(context.zone)
    first, today = output.pairing.started_at.astimezone(zone).date(), context.now.astimezone(zone).date()
    months = (today.year - first.year) * 12 + today.month - first.month
    return max(0, months - (today.day < first.day))


def hours_so_far(context: AnswerContext) -> float | None:
    """Hours of the sessions held and of what is logged beside them, as the writer may know them; ``None`` as above."""
    output = context.subject
    user = User.objects.filter(pk=context.user).first() if isinstance(output, Output) else None
    if user is None:
        return None
    sessions = Session.objects.filter(pairing=output.pairing)
    return hours_together(reader_of(user, output.pairing), sessions)


def register_known_facts() -> None:
    """Offer them under their names (``shapes.PREFILLS``). For ``AppConfig.ready``."""
    register_prefill("pairing.months", months_so_far)
    register_prefill("pairing.hours", hours_so_far)
    register_prefill("sheet.since", since_last)
