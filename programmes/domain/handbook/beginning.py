"""In which order somebody makes a handbook their own before its first cohort: what comes first, and what they have touched."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook.addressing import Page
from programmes.models import Cohort, HandbookEdit, Programme, WorksheetDraft
from templates_app.models import TemplateVersion

WORKSHEETS = "worksheets"
"""Stands for the worksheets, whose changes are versions and drafts of their own."""


@dataclass(frozen=True)
class FirstStep:
    """A step of the beginning: where it is done, why it comes now, and whether something was changed there."""

    page: Page
    why: str
    state: str
    """``done`` where something was changed, ``now`` for the first where nothing was, ``ahead`` for the others."""


_STEPS: tuple[tuple[tuple[Any, str, str], Any, Collection[str]], ...] = (
    (
        (_("About the programme"), "texts", "about"),
        _("What it is called and whom it is for: people read it on their invitation."),
        ("about", "handbook-itself"),
    ),
    (
        (_("The plan"), "plan", ""),
        _("How many months, how many sessions, and how long a meeting takes."),
        ("plan", "course", "rhythm"),
    ),
    (
        (_("Stages"), "list", "stages"),
        _("The way of a pair from beginning to end, and which sessions belong to which part of it."),
        ("stages", "sessions", "course"),
    ),
    (
        (_("Worksheets"), "designs", ""),
        _("What people fill in: begin with what they say when they join, and with the log of a meeting."),
        (WORKSHEETS, "enrolment"),
    ),
    (
        (_("Agreement: clauses"), "list", "agreement-clauses"),
        _("What mentor and mentee promise each other, and what stays between them."),
        ("agreement.clauses", "agreement.fields", "agreement-texts"),
    ),
    (
        (_("Whom to turn to"), "list", "contacts"),
        _("A name and an address for the day on which something goes wrong."),
        ("contacts", "concerns"),
    ),
    (
        (_("Reminders"), "list", "reminders"),
        _("When people are reminded of what is due, and in which words."),
        ("reminders",),
    ),
    (
        (_("Guidance"), "guidance", ""),
        _("A few pages that mentors and mentees read before they meet."),
        ("article",),
    ),
)


def first_steps(programme: Programme) -> list[FirstStep]:
    """The steps, while a programme has no cohort yet; empty from its first cohort on. One query then, else four."""
    if Cohort.objects.filter(programme=programme).exists():
        return []
    parts = HandbookEdit.objects.filter(programme=programme, undone_at=None).values_list("part", flat=True)
    touched = {part.partition(":")[0] for part in parts}
    own = TemplateVersion.objects.filter(template__handbook=programme.handbook_id, published_by__isnull=False)
    if own.exists() or WorksheetDraft.objects.filter(programme=programme).exists():
        touched.add(WORKSHEETS)
    done = [not touched.isdisjoint(names) for _place, _why, names in _STEPS]
    now = done.index(False) if False in done else len(done)
    return [
        FirstStep(Page(str(title), kind, name), str(why), "done" if done[at] else "now" if at == now else "ahead")
        for at, ((title, kind, name), why, _names) in enumerate(_STEPS)
    ]
