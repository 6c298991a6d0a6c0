"""The figures of a cohort: each with its definition and the counts it is made of, so that it can be recomputed.

A report stores them as they were (``Report.figures``); page, mail and PDF show what is stored. Names stand only under
``attention``, ``missing`` and ``received``: everything else may be read by those who see no names.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.domain.agreed_counts import agreed_counts
from evaluation.domain.attention import attention_of, logs_of
from evaluation.domain.programme_numbers import programme_numbers
from evaluation.domain.standing import PairStanding, name_key, running
from pairs.domain.output_lines import OutputLine
from pairs.enums import AgreementState, PairingState, Standing
from pairs.models import Agreement
from programmes.enums import ParticipantState
from programmes.models import Cohort, Issue, Participant
from templates_app.domain.kits import kit_of

FORMAT = 1
NAMED = ("attention", "missing", "received")
"""The parts of the figures in which people are named."""


def figures_of(cohort: Cohort, found: Sequence[PairStanding], now: dt.datetime) -> dict[str, Any]:
    """All figures of a cohort's report as plain JSON. A fixed number of queries."""
    active = running(found)
    attention = attention_of(active, now, logs=logs_of(cohort.programme.handbook), zone=cohort.zone)
    return {
        "format": FORMAT,
        "as_of": now.isoformat(),
        "numbers": numbers(cohort, found),
        "stages": by_stage(cohort, found),
        "outputs": by_title(found),
        "sessions": sessions_held(active),
        "attention": [line.as_json() for line in attention],
        "missing": missing(active),
        "received": received(found),
    }


def without_names(figures: dict[str, Any]) -> dict[str, Any]:
    """The same figures for those who read reports without names (the steering group)."""
    return {key: [] if key in NAMED else value for key, value in figures.items()}


def numbers(cohort: Cohort, found: Sequence[PairStanding]) -> list[dict[str, Any]]:
    """The headline numbers, each with the words that define it. Eight queries at most, and one more where some sheets are
    counted.
    """
    own = [*agreed_counts(cohort), *programme_numbers(cohort, found)]
    return [*_people(cohort), *progress(found), *_ends(cohort, found), *own]


def progress(found: Sequence[PairStanding]) -> list[dict[str, Any]]:
    """Those of them that tell how the pairs are getting on. One query."""
    return [*_pairs(found), *_outputs(found), *_sessions(running(found))]


def _number(key: str, value: int, of: int | None, title: str, definition: str) -> dict[str, Any]:
    return {"key": key, "value": value, "of": of, "title": title, "definition": definition}


def _people(cohort: Cohort) -> list[dict[str, Any]]:
    wanted = ~Q(state__in=[ParticipantState.DECLINED, ParticipantState.WITHDRAWN])
    counts = Participant.objects.filter(cohort=cohort).aggregate(
        joined=Count("pk", filter=Q(state=ParticipantState.JOINED)), wanted=Count("pk", filter=wanted)
    )
    definition = _(
        "Participants with an account, of all who were put forward, accepted or invited and have not withdrawn."
    )
    joined = ngettext("person has joined", "people have joined", counts["joined"])
    return [_number("people", counts["joined"], counts["wanted"], joined, definition)]


def _pairs(found: Sequence[PairStanding]) -> list[dict[str, Any]]:
    ids = [one.pairing.pk for one in found]
    signed = Agreement.objects.filter(pairing__in=ids, state=AgreementState.SIGNED).values("pairing").distinct().count()
    definition = _("Pairings that have not ended, of all that were ever confirmed in this cohort.")
    in_force = _("Pairings with an agreement that both have signed, of all that were ever confirmed in this cohort.")
    active = len(running(found))
    return [
        _number("pairs", active, len(found), ngettext("pair is running", "pairs are running", active), definition),
        _number(
            "agreements", signed, len(found), ngettext("agreement is signed", "agreements are signed", signed), in_force
        ),
    ]


def _outputs(found: Sequence[PairStanding]) -> list[dict[str, Any]]:
    kept = [one for one in found if one.pairing.state != PairingState.DISSOLVED]
    done = sum(len(one.done) for one in kept)
    late = sum(len(one.late) for one in kept)
    definition = _(
        "Required outputs that are done, of those that are done or past their date; pairs that ended early are left out."
    )
    return [_number("outputs", done, done + late, _("of the outputs due are in"), definition)]


def _sessions(active: Sequence[PairStanding]) -> list[dict[str, Any]]:
    held, planned = sum(len(one.held) for one in active), sum(len(one.numbered) for one in active)
    definition = _("Sessions that running pairs have noted as held, of all that the handbook plans for them.")
    return [_number("sessions", held, planned, ngettext("session is held", "sessions are held", held), definition)]


def _ends(cohort: Cohort, found: Sequence[PairStanding]) -> list[dict[str, Any]]:
    states = Counter(one.pairing.state for one in found)
    issues = Issue.objects.filter(participant__cohort=cohort, closed_at__isnull=True).count()
    return [
        _number(
            "completed",
            states[PairingState.COMPLETED],
            len(found),
            ngettext("pair is completed", "pairs are completed", states[PairingState.COMPLETED]),
            _("Pairings that went their whole way and were closed, of all that were ever confirmed."),
        ),
        _number(
            "ended_early",
            states[PairingState.DISSOLVED],
            len(found),
            ngettext("pair ended early", "pairs ended early", states[PairingState.DISSOLVED]),
            _("Pairings that were ended before their time, by either side. Ending early is no failure."),
        ),
        _number(
            "issues",
            issues,
            None,
            ngettext("issue is open", "issues are open", issues),
            _("Matters that participants have raised with the coordinator and that are not closed yet."),
        ),
    ]


def by_stage(cohort: Cohort, found: Sequence[PairStanding]) -> list[dict[str, Any]]:
    """Per stage of the handbook that asks for something: how many required outputs are done, open and late."""
    table = {
        stage.key: {"number": stage.number, "title": stage.title, "done": 0, "due": 0, "late": 0}
        for stage in kit_of(cohort.programme.handbook).stages
    }
    for _one, row, how in _counted(found):
        if row.stage in table and how != Standing.AHEAD:
            table[row.stage][how.value] += 1  # type: ignore[operator]
    asking = {row.stage for one in found for row in one.required}
    return [line for key, line in table.items() if key in asking]


def by_title(found: Sequence[PairStanding]) -> list[dict[str, Any]]:
    """Per output of the handbook: how many are done, open, late and still ahead, in the handbook's order."""
    table: dict[str, dict[str, Any]] = {}
    for one, row, how in _counted(found):
        fresh = {"title": one.title(row), "position": row.position, "done": 0, "due": 0, "late": 0, "ahead": 0}
        line = table.setdefault(row.title, fresh)
        line[how.value] += 1
    return sorted(table.values(), key=lambda line: (line["position"], line["title"]))


def _counted(found: Sequence[PairStanding]) -> Iterator[tuple[PairStanding, OutputLine, Standing]]:
    """Required outputs of pairs that did not end early. Nobody is late with anything once the pair is completed."""
    for one in found:
        if one.pairing.state == PairingState.DISSOLVED:
            continue
        for row in one.required:
            how = one.how(row)
            yield one, row, how if one.is_running or how is Standing.DONE else Standing.AHEAD


def sessions_held(active: Sequence[PairStanding]) -> list[dict[str, Any]]:
    """Per session of the plan: how many running pairs have held it."""
    held = Counter(session.number for one in active for session in one.held)
    planned = Counter(session.number for one in active for session in one.numbered)
    return [{"number": number, "held": held[number], "pairs": planned[number]} for number in sorted(planned)]


def missing(active: Sequence[PairStanding]) -> list[dict[str, Any]]:
    """What is late, pair by pair: whose and since when. No word of what anybody wrote."""
    lines = [
        {
            "pairing": str(one.pairing.pk),
            "pair": one.label,
            "title": one.title(row),
            "who": " & ".join(person.name for person in one.owing(row)),
            "since": row.due_at.isoformat() if row.due_at else "",
        }
        for one in active
        for row in one.late
    ]
    return sorted(lines, key=lambda line: line["since"])


def received(found: Sequence[PairStanding]) -> list[dict[str, Any]]:
    """Per pair: how many of its required outputs are in (``plp.evalreport``)."""
    lines = [
        {
            "pairing": str(one.pairing.pk),
            "pair": one.label,
            "state": str(one.pairing.get_state_display()),
            "done": len(one.done),
            "required": len(one.required),
            "held": len(one.held),
            "planned": len(one.numbered),
        }
        for one in found
    ]
    return sorted(lines, key=lambda line: name_key(line["pair"]))
