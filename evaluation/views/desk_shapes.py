"""The desk's contents as the components draw them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.domain.attention import Attention
from evaluation.domain.desk import ALL, ENDED, LATE, RUNNING, Desk, only
from evaluation.domain.matrix import Matrix
from evaluation.domain.standing import PairStanding
from evaluation.views.frame import to
from mentoring.ui import dates
from mentoring.ui.shapes import Action, Cell, Choice, Filter, Row
from mentoring.ui.shapes import Attention as AttentionItem
from pairs.domain.output_lines import OutputLine
from pairs.domain.road import output_tag
from pairs.enums import Standing
from programmes.domain.watching import Watched
from programmes.enums import IssueKind
from programmes.models import Issue
from templates_app.domain.kits import kit_of

CELL_STATES = {
    Standing.DONE: "done",
    Standing.DUE: "due",
    Standing.LATE: "late",
    Standing.AHEAD: "ahead",
    Standing.CANCELLED: "none",
}


# --- Who needs you ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unanswered:
    """The notes in the suggestion box that have no reply, and the day of the first."""

    count: int
    since: dt.date


About = Attention | Issue | Watched | Unanswered | dt.datetime
"""What a line is about; a moment is that since which the first claim for expenses waits."""


def attention_items(request: HttpRequest, desk: Desk, most: int | None) -> tuple[list[AttentionItem], int]:
    """Pairs, open issues, claims and suggestions that wait and what the programme's own worksheets ask, in one list: late ones
    first, then the longest waiting. At most so many; and how many need somebody in all.
    """
    if not desk.sight.coordinates:
        return [], 0
    lines: list[tuple[bool, dt.datetime, About]] = [
        *((line.tone != "late", line.since, line) for line in desk.attention),
        *((_issue_tone(one) != "late", one.created_at, one) for one in desk.issues),
        *((True, _beginning(one.since, desk.cohort.zone), one) for one in desk.watched),
        *((True, since, since) for since in desk.claims_since[:1]),
        *((True, _beginning(day, desk.cohort.zone), _unanswered(desk)) for day in desk.suggestions_since[:1]),
    ]
    lines.sort(key=lambda line: line[:2])
    return [_item(request, desk, about) for _tone, _since, about in lines[:most]], len(lines)


def _item(request: HttpRequest, desk: Desk, about: About) -> AttentionItem:
    if isinstance(about, dt.datetime):
        return _claims_item(request, desk, about)
    if isinstance(about, Unanswered):
        return _suggestions_item(request, desk, about)
    if isinstance(about, Watched):
        return _watched_item(request, desk, about)
    if isinstance(about, Issue):
        return _issue_item(request, about, desk.now, desk.cohort.zone)
    return _pair_item(request, desk, about)


def _pair_item(request: HttpRequest, desk: Desk, line: Attention) -> AttentionItem:
    page = reverse("pairs:pairing", args=[request.organisation.slug, line.pairing_id])
    nudged = desk.reminded.get(UUID(line.output_id)) if line.output_id else None
    why = line.words
    if nudged is not None:
        why = f"{why} {_('Reminded %(when)s.') % {'when': dates.since(nudged, now=desk.now, zone=desk.cohort.zone)}}"
    return AttentionItem(
        who=line.pair,
        reason=line.reason,
        state=line.tone,
        why=why,
        since=dates.since(line.since, now=desk.now, zone=desk.cohort.zone),
        url=page,
        actions=[_remind(request, line) if line.remind and nudged is None else _open(request, line, page)],
    )


def _open(request: HttpRequest, line: Attention, page: str) -> Action:
    """The sheet with which somebody asks for help, else the pair's page."""
    if line.opens:
        return Action(
            _("Read it"), reverse("pairs:output_read", args=[request.organisation.slug, line.opens]), kind="tiny"
        )
    return Action(_("Open"), page, kind="tiny")


def _remind(request: HttpRequest, line: Attention) -> Action:
    label = _("Remind %(name)s") % {"name": line.remind}
    return Action(label, to(request, "remind", line.output_id), method="post", kind="tiny")


def _claims_item(request: HttpRequest, desk: Desk, since: dt.datetime) -> AttentionItem:
    """All claims in one line, without names and sums."""
    count = len(desk.claims_since)
    cohort = desk.cohort
    slugs = [request.organisation.slug, cohort.programme.slug, cohort.slug]
    page = reverse("programmes:cohort_expenses", args=slugs)
    return AttentionItem(
        who=_("Expenses"),
        reason=ngettext("%(count)d claim waits", "%(count)d claims wait", count) % {"count": count},
        state="due",
        why=_("To be decided on, or to be paid."),
        since=dates.since(since, now=desk.now, zone=cohort.zone),
        url=page,
        actions=[Action(_("Open"), page, kind="tiny")],
    )


def _unanswered(desk: Desk) -> Unanswered:
    return Unanswered(len(desk.suggestions_since), desk.suggestions_since[0])


def _suggestions_item(request: HttpRequest, desk: Desk, about: Unanswered) -> AttentionItem:
    """All notes in one line, without a word of them. Of the time they have the day alone."""
    page = reverse("programmes:suggestion_box", args=[request.organisation.slug, desk.cohort.programme.slug])
    reason = ngettext("%(count)d note without a reply", "%(count)d notes without a reply", about.count)
    return AttentionItem(
        who=_("Suggestion box"),
        reason=reason % {"count": about.count},
        state="due",
        why=_("Whoever wrote looks for a reply with their code."),
        since=dates.since(_beginning(about.since, desk.cohort.zone), now=desk.now, zone=desk.cohort.zone),
        url=page,
        actions=[Action(_("Open"), page, kind="tiny")],
    )


def _issue_tone(issue: Issue) -> str:
    return "late" if issue.kind == IssueKind.HELP else "due"


def _issue_item(request: HttpRequest, issue: Issue, now: dt.datetime, zone: str) -> AttentionItem:
    """That there is something, and of what kind; its words stand on its own page alone."""
    reasons = {
        IssueKind.HELP: _("asked for help"),
        IssueKind.REFERRAL: _("referral"),
        IssueKind.CONFLICT: _("conflict of interest"),
    }
    page = reverse("programmes:issue", args=[request.organisation.slug, issue.pk])
    return AttentionItem(
        who=issue.participant.name,
        reason=reasons[IssueKind(issue.kind)],
        state=_issue_tone(issue),
        why=_("Raised with you in private; only coordinators can read it."),
        since=dates.since(issue.created_at, now=now, zone=zone),
        url=page,
        actions=[Action(_("Open"), page, kind="tiny")],
    )


def _beginning(day: dt.date, zone: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZoneInfo(zone))


def _watched_item(request: HttpRequest, desk: Desk, one: Watched) -> AttentionItem:
    """A day that has come, or a high risk, of the programme's own worksheets. What is written stands in the sheet alone."""
    page = reverse("programmes:worksheet", args=[request.organisation.slug, one.sheet.pk])
    told = f"{one.label} · {dates.day(one.on)}" if one.on else one.label
    return AttentionItem(
        who=one.title,
        reason=_("high risk") if one.kind == "risk" else _("day to look at"),
        state="due",
        why=told,
        since=dates.since(_beginning(one.since, desk.cohort.zone), now=desk.now, zone=desk.cohort.zone),
        url=page,
        actions=[Action(_("Open"), page, kind="tiny")],
    )


# --- The matrix ------------------------------------------------------------------------------------------------------


def matrix_rows(request: HttpRequest, matrix: Matrix, zone: str) -> list[Row]:
    """The pairs with a cell for every column; every cell leads to the pair's page."""
    return [_row(request, one, cells, zone) for one, cells in matrix.rows]


def _row(
    request: HttpRequest, one: PairStanding, cells: Sequence[tuple[Standing | None, OutputLine | None]], zone: str
) -> Row:
    page = reverse("pairs:pairing", args=[request.organisation.slug, one.pairing.pk])
    told = _("%(held)d of %(planned)d sessions, %(done)d of %(required)d outputs") % {
        "held": len(one.held),
        "planned": len(one.numbered),
        "done": len(one.done),
        "required": len(one.required),
    }
    return Row(one.label, [_cell(one, how, output, page, zone) for how, output in cells], url=page, detail=told)


def _cell(one: PairStanding, how: Standing | None, output: OutputLine | None, page: str, zone: str) -> Cell:
    if how is None or output is None:
        return Cell("none")
    if how is Standing.LATE and not one.is_running:
        return Cell("ahead", page, _("not in"))
    state = CELL_STATES[how]
    words = output_tag(output, zone=zone, now=one.now)[1] if state in {"done", "late"} else ""
    return Cell(state, page, words)


# --- Filters ---------------------------------------------------------------------------------------------------------


def shown_filter(request: HttpRequest, found: Sequence[PairStanding], shown: str) -> Filter:
    """Which pairs are listed, as links that can be shared."""
    labels = {RUNNING: _("Running"), LATE: _("Something late"), ENDED: _("Ended"), ALL: _("All")}
    choices = [
        Choice(label, with_query(request, show=key), current=key == shown, count=len(only(found, key)))
        for key, label in labels.items()
    ]
    return Filter(_("Pairs"), choices)


def stage_filter(request: HttpRequest, desk: Desk, stage: str) -> Filter:
    """Of which stage the outputs are shown."""
    asking = {row.stage for one in desk.named for row in one.required}
    stages = [found for found in kit_of(desk.cohort.programme.handbook).stages if found.key in asking]
    choices = [Choice(_("Every stage"), with_query(request, stage=""), current=not stage)]
    choices += [Choice(one.title, with_query(request, stage=one.key), current=one.key == stage) for one in stages]
    return Filter(_("Stage"), choices)


def with_query(request: HttpRequest, **values: str) -> str:
    """The page's address with other filters; back on its first page."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in values.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def short_words(instant: dt.datetime | None, zone: str) -> str:
    """A day with its time, for a narrow column; empty when there is none."""
    if instant is None:
        return ""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{dates.short_day(local.date())}, {dates.clock(local)}"
