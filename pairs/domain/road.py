"""The road: the handbook's stages with what is done and what lies ahead, for one person of a pair."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mentoring.ui import dates
from pairs.domain.instants import local_day
from pairs.domain.meetings import Meeting
from pairs.domain.output_lines import OutputLine
from pairs.domain.outputs import standing
from pairs.domain.phases import states_said
from pairs.domain.wanted import in_stage, title_words
from pairs.enums import OutputKind, SessionState, Standing
from pairs.models import Output
from templates_app.shapes import Kit
from templates_app.shapes import Stage as StageShape


@dataclass(frozen=True)
class RoadItem:
    """A session or an output on the road; one of both is set."""

    label: str
    state: str
    words: str
    meeting: Meeting | None = None
    output: Output | None = None


@dataclass(frozen=True)
class RoadStage:
    """A stage with how it stands: ``done``, ``now`` or ``ahead``."""

    shape: StageShape
    state: str
    text: str
    items: Sequence[RoadItem]


def road_of(
    kit: Kit,
    everything: Sequence[Output],
    mine: Sequence[Output],
    meetings: Sequence[Meeting],
    *,
    zone: str,
    now: dt.datetime,
    ended: bool,
    said: str = "",
) -> list[RoadStage]:
    """The stages a pair goes through. ``everything`` decides how far they are, ``mine`` is what the person sees of it.

    ``said``: key of the phase in which a running pair says it is; the phases before it are behind them then, whatever is open
    there, and those after it lie ahead.
    """
    found: list[RoadStage] = []
    by_word = {} if ended else states_said(kit, said)
    shown_now = ended or bool(by_word)
    for shape in kit.stages:
        outputs = [row for row in everything if row.stage == shape.key and row.cancelled_at is None]
        held = [one for one in meetings if in_stage(kit, shape, one.session.number) and not one.session.part]
        if not outputs and not held and shape.key != said:
            continue
        # A stage in which nothing is asked is behind them only once they have come past it.
        is_asked = bool(held) or any(row.required for row in outputs)
        complete = is_complete(outputs, held) and (is_asked or not found or found[-1].state == "done")
        state = by_word.get(shape.key) or ("done" if complete else "ahead" if shown_now else "now")
        shown_now = shown_now or state == "now"
        items = _items(kit, shape, mine, meetings, zone, now)
        left = state == "done" and not complete
        text = _("You have gone on from here. What is open stays open.") if left else ""
        found.append(RoadStage(shape, state, text or _text(shape, state, outputs, held, zone), items))
    return found


def is_complete(outputs: Sequence[Output], meetings: Sequence[Meeting]) -> bool:
    """Whether a stage is behind a pair: everything required is done, and its sessions were held."""
    return all(row.done_at for row in outputs if row.required) and all(
        one.session.state == SessionState.HELD for one in meetings
    )


def _text(shape: StageShape, state: str, outputs: Sequence[Output], meetings: Sequence[Meeting], zone: str) -> str:
    if state == "done":
        signed = [row.done_at for row in outputs if row.kind == OutputKind.AGREEMENT and row.done_at]
        if signed:
            return _("Agreement signed by everybody on %(date)s.") % {"date": dates.day(local_day(max(signed), zone))}
        last = max((one.session.starts_at for one in meetings if one.session.starts_at), default=None)
        return _("Finished with the session on %(date)s.") % {"date": dates.day(local_day(last, zone))} if last else ""
    days = [local_day(one.session.starts_at, zone) for one in meetings if one.session.starts_at]
    usually = _("Usually: %(when)s") % {"when": shape.when} if shape.when and not days else ""
    if state == "now":
        return " ".join(words for words in (shape.purpose, usually and f"{usually}.") if words)
    return _ahead(meetings, days, shape.when) if meetings else usually


def _ahead(meetings: Sequence[Meeting], days: Sequence[dt.date], usually: str) -> str:
    """Which sessions lie there, and when: by their dates, or as the handbook says it in words."""
    numbers = ", ".join(str(one.session.number) for one in meetings)
    if len(meetings) == 1:
        told = _("Session %(number)s") % {"number": numbers}
    else:
        told = _("Sessions %(numbers)s") % {"numbers": numbers}
    if days:
        usually = dates.span(min(days), max(days)) if min(days) != max(days) else dates.day(days[0])
    return f"{told} · {usually}" if usually else told


def _items(
    kit: Kit, shape: StageShape, mine: Sequence[Output], meetings: Sequence[Meeting], zone: str, now: dt.datetime
) -> list[RoadItem]:
    here = [one for one in meetings if in_stage(kit, shape, one.session.number)]
    listed = [RoadItem(one.title, one.state, one.words, meeting=one) for one in here]
    for row in mine:
        if row.stage == shape.key and row.cancelled_at is None:
            state, words = output_tag(row, zone=zone, now=now)
            listed.append(RoadItem(title_words(row.kind, row.title), state, words, output=row))
    return listed


def output_tag(output: Output | OutputLine, *, zone: str, now: dt.datetime) -> tuple[str, str]:
    """How an output stands, as a tag: its state and its words."""
    today = local_day(now, zone)
    where = standing(output, now)
    if where is Standing.DONE and output.done_at is not None:
        done = dates.done(local_day(output.done_at, zone))
        return done.state, done.words
    if where is Standing.CANCELLED:
        return "neutral", _("no longer asked for")
    if where is Standing.AHEAD:
        return "neutral", _("later")
    if output.due_at is None or not output.required:
        return "neutral", _("if you like") if not output.required else _("open")
    due = dates.due(local_day(output.due_at, zone), today=today)
    return due.state, due.words
