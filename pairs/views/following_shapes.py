"""A followed pair as components of the page."""

from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.history.actions import action_of
from mentoring.ui import dates
from mentoring.ui.shapes import Happening, Owed
from pairs.domain.following import FollowedPair
from pairs.enums import SessionState, Standing
from pairs.models import Output


def owed_list(page: FollowedPair, zone: str) -> list[Owed]:
    """What is open, with when it is or was due on the reader's clock."""
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    items = []
    for row in page.owed:
        if row.output.due_at is None:
            items.append(Owed(row.output.title, detail=row.who))
            continue
        due = dates.due(row.output.due_at.astimezone(ZoneInfo(zone)).date(), today=today)
        state = "late" if row.standing is Standing.LATE else due.state
        items.append(Owed(row.output.title, state=state, words=due.words, detail=row.who))
    return items


def given_list(page: FollowedPair, slug: str, zone: str) -> list[Owed]:
    """What is in; what may be read is a link."""
    items = []
    for row in page.given:
        url = reverse("pairs:output", args=[slug, row.output.pk]) if row.readable else ""
        done = dates.done(row.output.done_at.astimezone(ZoneInfo(zone)).date())
        unseen = "" if row.readable or not row.output.worksheet else _("you see that it is done, not its words")
        detail = " · ".join(filter(None, (row.who, unseen, received_words(row.output, zone))))
        items.append(Owed(row.output.title, url=url, state="good", words=done.words, detail=detail))
    return items


def received_words(output: Output, zone: str) -> str:
    """That the coordinator has it, and since when; empty before."""
    if output.received_at is None:
        return ""
    return _("received on %(day)s") % {"day": dates.day(output.received_at.astimezone(ZoneInfo(zone)).date())}


def session_list(page: FollowedPair, zone: str) -> list[Owed]:
    """The sessions with their dates."""
    states = {SessionState.HELD: "good", SessionState.CANCELLED: "neutral", SessionState.PLANNED: "neutral"}
    return [
        Owed(
            _("Session %(number)s") % {"number": row.number} if not row.part else _("Extra meeting"),
            state=states[SessionState(row.state)],
            words=str(row.get_state_display()),
            detail=dates.moment(row.starts_at, zone) if row.starts_at else _("no date yet"),
        )
        for row in page.sessions
    ]


def happenings(page: FollowedPair, zone: str) -> list[Happening]:
    """The timeline."""
    return [
        Happening(when=dates.moment(event.at, zone), what=words, icon=action_of(event.action).icon)
        for event, words in page.events
    ]
