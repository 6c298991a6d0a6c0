"""What the people of a pairing are told of how long their records are kept, beforehand and afterwards. Pure."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring import clock
from mentoring.ui import dates
from pairs.domain.instants import local_day
from pairs.models import Output, Pairing
from programmes.domain.records.listing import terms_of
from templates_app.shapes import RecordKind, Retention


def kept_words(pairing: Pairing, outputs: Iterable[Output]) -> list[str]:
    """One sentence on how long what they write is kept, where the programme has a period for it; one on what is gone."""
    terms = terms_of(pairing.cohort.programme)
    told = [_words(pairing, terms.rule(kind)) for kind in (RecordKind.PAIR_SHEETS, RecordKind.PRIVATE_SHEETS)]
    found = [words for words in told if words]
    erased = [row.erased_at for row in outputs if row.erased_at is not None]
    if erased:
        day = dates.day(local_day(max(erased), pairing.cohort.zone))
        found.append(
            _("Some of what was written here was deleted on %(day)s, as the programme's rule has it.") % {"day": day}
        )
    return found


def _words(pairing: Pairing, rule: Retention) -> str:
    if rule.months is None:
        return ""
    what = {
        RecordKind.PAIR_SHEETS: _("What you write in your mentoring, apart from the agreement and the evaluation"),
        RecordKind.PRIVATE_SHEETS: _("What you write for yourself alone, and nobody else reads"),
    }[rule.kind]
    until = _until(pairing, rule)
    if until is not None:
        words = _("%(what)s, is kept until %(day)s and may be deleted after that. Take with you what you want to keep.")
        return words % {"what": what, "day": dates.day(until)}
    words = ngettext(
        "%(what)s, is kept for %(months)d month after your mentoring has ended and may be deleted after that.",
        "%(what)s, is kept for %(months)d months after your mentoring has ended and may be deleted after that.",
        rule.months,
    )
    return words % {"what": what, "months": rule.months}


def _until(pairing: Pairing, rule: Retention) -> dt.date | None:
    if rule.since == "cohort-end":
        return clock.months_later(pairing.cohort.ends_on, rule.months or 0)
    if pairing.ended_at is None:
        return None
    return clock.months_later(local_day(pairing.ended_at, pairing.cohort.zone), rule.months or 0)
