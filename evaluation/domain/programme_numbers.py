"""Numbers that a coordinator's report holds where the handbook knows what they count: mentors on the list, agreements in force,
hours a month, evaluations (``cal.sys.86``). Sums over a cohort: nobody's own hours, and no word of anybody.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.domain.evaluating import ASKED
from evaluation.domain.standing import PairStanding, running
from pairs.enums import AgreementState, OutputKind
from pairs.models import Agreement, Output
from programmes.domain.choosing.directory import listed_mentors
from programmes.domain.choosing.terms import directory_of
from programmes.models import Cohort
from templates_app.domain.kits import kit_of

FEWEST_PAIRS = 3
"""From so many running pairs on their hours are averaged: of fewer, one would know what another has spent."""
MONTH = dt.timedelta(days=365.25 / 12)


def programme_numbers(cohort: Cohort, found: Sequence[PairStanding]) -> list[dict[str, Any]]:
    """Those of these numbers that the cohort's handbook has a use for. Four queries at most."""
    kit, active = kit_of(cohort.programme.handbook), running(found)
    return [
        *(_mentors(cohort) if directory_of(cohort) is not None else []),
        *(_in_force(active) if kit.plan.closing.together else []),
        *(_hours(active) if kit.plan.monthly is not None else []),
        *_evaluations(found),
    ]


def _number(key: str, value: float | None, of: int | None, title: str, definition: str) -> dict[str, Any]:
    return {"key": key, "value": value, "of": of, "title": title, "definition": definition}


def _mentors(cohort: Cohort) -> list[dict[str, Any]]:
    listed = listed_mentors(cohort)
    title = ngettext("mentor is on the list", "mentors are on the list", len(listed))
    definition = _("Mentors who have sent their sheet and do not pause, whether or not they have a place left.")
    return [_number("mentors", len(listed), None, title, definition)]


def _in_force(active: Sequence[PairStanding]) -> list[dict[str, Any]]:
    ids = [one.pairing.pk for one in active]
    signed = Agreement.objects.filter(pairing__in=ids, state=AgreementState.SIGNED)
    count = signed.values("pairing").distinct().count()
    title = ngettext("agreement is in force", "agreements are in force", count)
    return [
        _number("in_force", count, len(active), title, _("Running pairs with an agreement that everybody has signed."))
    ]


def _hours(active: Sequence[PairStanding]) -> list[dict[str, Any]]:
    minutes = sum(row.held_minutes or row.minutes for one in active for row in one.held)
    months = sum(max((one.now - one.pairing.started_at) / MONTH, 1.0) for one in active)
    value = round(minutes / 60 / months, 1) if len(active) >= FEWEST_PAIRS else None
    definition = _(
        "The time of the meetings that running pairs have noted as held, by pair and month, averaged over all of them; logs are "
        "not opened for it. Shown from %(count)d running pairs on."
    )
    title = _("hours a month, on average")
    return [_number("hours", value, None, title, definition % {"count": FEWEST_PAIRS})]


def _evaluations(found: Sequence[PairStanding]) -> list[dict[str, Any]]:
    ids = [one.pairing.pk for one in found]
    asked = Output.objects.filter(
        pairing__in=ids, kind=OutputKind.EVALUATION, moment=ASKED, cancelled_at__isnull=True
    ).aggregate(all=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    if not asked["all"]:
        return []
    title = ngettext("evaluation is in", "evaluations are in", asked["done"])
    definition = _("People who have evaluated, of all who were asked to.")
    return [_number("evaluations", asked["done"], asked["all"], title, definition)]
