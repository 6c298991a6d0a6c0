"""Worksheets in a coordinator's words: who fills them in, who reads them, when they are due."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.domain.handbook.words import every_words
from templates_app.shapes import Anchor, Filler, Instant, Kit, Moment, Preset, Readers, Worksheet

FILLERS = {
    Filler.MENTOR: gettext_lazy("The mentor"),
    Filler.MENTEE: gettext_lazy("The mentee"),
    Filler.EACH: gettext_lazy("Mentor and mentee, each their own"),
    Filler.TOGETHER: gettext_lazy("Mentor and mentee together"),
    Filler.COORDINATOR: gettext_lazy("The coordinators, for the programme"),
    Filler.SUPERVISOR: gettext_lazy("A supervisor"),
}

_BOTH = frozenset({Filler.MENTOR.value, Filler.MENTEE.value})
CAN_SIGN = {
    Filler.MENTOR: _BOTH,
    Filler.MENTEE: _BOTH,
    Filler.EACH: _BOTH,
    Filler.TOGETHER: _BOTH,
    Filler.COORDINATOR: frozenset({Filler.COORDINATOR.value}),
    Filler.SUPERVISOR: frozenset(),
}
"""By who fills in a worksheet: who can put a signature on it here. Everybody else signs it on paper alone."""

PRESETS = {
    Preset.PRIVATE: gettext_lazy("Only who writes it; of a pair's sheet the coordinator sees whether it is done"),
    Preset.PAIR: gettext_lazy("The pair; the coordinator sees whether it is done"),
    Preset.STATUS: gettext_lazy("The pair; the coordinator sees whether it is done"),
    Preset.COORDINATOR: gettext_lazy("The pair and the coordinator"),
    Preset.AUTHOR_COORDINATOR: gettext_lazy("Who writes it and the coordinator"),
    Preset.ANONYMOUS: gettext_lazy("Nobody by name; reports count the answers"),
    Preset.STEERING: gettext_lazy("The coordinators and the steering group (sheets of the programme)"),
    Preset.MEMBERS: gettext_lazy("Everybody in the programme (sheets of the programme)"),
}


def presets_for(stands: str | None) -> list[tuple[str, Any]]:
    """Who may be chosen to read a worksheet. ``pair`` and ``status`` say the same: one of them is offered, that which stands."""
    passed_over = Preset.PAIR if stands == Preset.STATUS else Preset.STATUS
    return [(one.value, words) for one, words in PRESETS.items() if one is not passed_over]


ANCHORS = {
    Anchor.PAIRING: gettext_lazy("the day the pair begins"),
    Anchor.AGREEMENT: gettext_lazy("the signing of the agreement"),
    Anchor.SESSION_START: gettext_lazy("the beginning of a session"),
    Anchor.SESSION_END: gettext_lazy("the end of a session"),
    Anchor.COHORT_START: gettext_lazy("the cohort's first day"),
    Anchor.COHORT_END: gettext_lazy("the cohort's last day"),
    Anchor.AGREED_END: gettext_lazy("the end that the pair agreed on"),
    Anchor.ENROLMENT: gettext_lazy("the day somebody joins"),
    Anchor.EVALUATION_SENT: gettext_lazy("the sending of the evaluation"),
    Anchor.ENDED: gettext_lazy("the end of the pair"),
    Anchor.ENDED_EARLY: gettext_lazy("an end before its time"),
}
OF_SESSION = (Anchor.SESSION_START, Anchor.SESSION_END)
_DAYS = (Anchor.PAIRING, Anchor.COHORT_START, Anchor.COHORT_END, Anchor.ENROLMENT)


def instant_words(instant: Instant) -> str:
    """An instant as somebody says it: "3 days after the end of session 2"."""
    anchor = str(ANCHORS[instant.anchor])
    if instant.anchor is Anchor.SESSION_START:
        anchor = _("the beginning of session %(number)s") % {"number": instant.session or "?"}
    if instant.anchor is Anchor.SESSION_END:
        anchor = _("the end of session %(number)s") % {"number": instant.session or "?"}
    far = [
        ngettext("%(count)d month", "%(count)d months", abs(instant.months)) % {"count": abs(instant.months)},
        ngettext("%(count)d day", "%(count)d days", abs(instant.days)) % {"count": abs(instant.days)},
    ]
    told = [words for words, count in zip(far, (instant.months, instant.days), strict=True) if count]
    if not told:
        return (_("on %(anchor)s") if instant.anchor in _DAYS else _("at %(anchor)s")) % {"anchor": anchor}
    values = {"far": _(" and ").join(told), "anchor": anchor}
    before = instant.days < 0 or instant.months < 0
    return _("%(far)s before %(anchor)s") % values if before else _("%(far)s after %(anchor)s") % values


def moment_words(moment: Moment) -> str:
    """When a moment is, in a sentence without its end."""
    due = (
        _("due %(when)s") % {"when": instant_words(moment.due)} if moment.due else _("without a day by which it is due")
    )
    parts = [_("opens %(when)s") % {"when": instant_words(moment.opens)}, due]
    if moment.every:
        parts.append(every_words(moment.every))
    if not moment.required:
        parts.append(_("only offered, and asked for once by mail") if moment.asked_once else _("only offered"))
    return ", ".join(parts)


def called_for(sheet: Worksheet, kit: Kit) -> list[str]:
    """When a worksheet is due, moment by moment, and what else calls for it."""
    lines = [
        f"{moment.title}: {moment_words(moment)}" if moment.title else moment_words(moment) for moment in sheet.moments
    ]
    lines = [line[:1].upper() + line[1:] for line in lines]
    if sheet.key in kit.joining.enrolment.values():
        lines.append(_("When somebody joins"))
    if sheet.key in kit.joining.gates:
        lines.append(_("Before somebody is paired"))
    if sheet.key in {survey.worksheet for survey in kit.surveys}:
        lines.append(_("As a survey"))
    if sheet.repeats or not lines:
        lines.append(_("Whenever people like"))
    return lines


def readers_words(readers: Readers) -> str:
    """Who reads a worksheet, in words for the list, its page and the preview."""
    parts = [str(PRESETS[readers.preset])]
    if readers.partners == "mentors":
        parts.append(_("of the others only the mentors"))
    if readers.opens == "both-sent":
        parts.append(_("once both have sent theirs"))
    if readers.opens == "moment" and readers.opens_at:
        parts.append(_("opens %(when)s") % {"when": instant_words(readers.opens_at)})
    if readers.consent:
        parts.append(_("the coordinator only with consent"))
    if readers.shareable:
        parts.append(_("the writer may open it further"))
    return "; ".join(parts)
