"""Surveys that the application sends by itself: when somebody is asked, and who is not. Pure.

The reminder tick asks: as long as nobody has been asked (``Output.asked_at``), the next instant at which there is something
to do for such an output is its opening. A time that was over before anybody could be asked is let go without a word.
"""

import datetime as dt
from collections.abc import Sequence

from pairs.domain.people import Person
from pairs.domain.reminding import next_instant
from pairs.domain.wanted import AFTERWARDS
from pairs.enums import OutputKind
from pairs.models import Output, Pairing
from programmes.enums import CohortState
from templates_app.shapes import SENT_BY_HAND, Kit, Reminder, Survey, Worksheet

LATEST = dt.timedelta(days=14)
"""So long after its opening somebody is still asked where the handbook does not say until when it is to be answered."""


def survey_of(kit: Kit, output: Output) -> Survey | None:
    """The survey of the handbook by which an output came about; ``None`` for all other outputs."""
    if output.kind != OutputKind.EVALUATION or not output.worksheet:
        return None
    occasion = output.moment.partition(".")[0]
    return next(
        (
            survey
            for survey in kit.surveys
            if survey.goes_by_itself and survey.occasion == occasion and survey.worksheet == output.worksheet
        ),
        None,
    )


def asked_by(kit: Kit, sheet: Worksheet | None, output: Output) -> Survey | None:
    """By what people are asked for an output with one mail: its survey, or the moment of its worksheet that says so, as a
    survey that is never reminded (``cal.sys.64``). ``None`` for what nobody is asked for.
    """
    if output.kind != OutputKind.WORKSHEET or sheet is None:
        return survey_of(kit, output)
    occasion = output.moment.partition(".")[0]
    moment = next((one for one in sheet.moments if one.asked_once and one.key == occasion), None)
    if moment is None:
        return None
    return Survey(
        key=moment.key,
        worksheet=sheet.key,
        audience=[],
        by="itself",
        moment=moment.opens,
        due=moment.due,
        required=False,
    )


def asks_to_quote(kit: Kit, output: Output) -> bool:
    """Whether an answer on this sheet lets its writer's words be read, without a name (``Survey.quotes``)."""
    if output.kind != OutputKind.EVALUATION:
        return False
    by_hand = (one for one in kit.surveys if not one.goes_by_itself and one.worksheet == output.worksheet)
    survey = next(by_hand, None) if output.moment in SENT_BY_HAND else survey_of(kit, output)
    return survey is not None and survey.quotes is not None


def next_look(
    output: Output, survey: Survey | None, rule: Reminder | None, zones: Sequence[str], now: dt.datetime
) -> dt.datetime | None:
    """When the tick has something to do for an output next: to ask, or to remind. ``None`` for never."""
    if survey is not None and output.asked_at is None:
        return ask_at(output, now)
    rule = without_names(rule, survey)
    return next_instant(rule, output, zones, now) if rule is not None else None


def ask_at(output: Output, now: dt.datetime) -> dt.datetime | None:
    """When somebody is asked; ``None`` while that is not known, and when it is too late for it."""
    if output.opens_at is None:
        return None
    over = output.due_at if output.due_at is not None else output.opens_at + LATEST
    return output.opens_at if over > now else None


def without_names(rule: Reminder | None, survey: Survey | None) -> Reminder | None:
    """The reminders of an anonymous survey go to those who were asked alone: no coordinator is told who has not answered."""
    if rule is None or survey is None or not survey.anonymous:
        return rule
    return rule.model_copy(update={"escalate_after": None})


def outlasts(survey: Survey, output: Output, now: dt.datetime) -> bool:
    """Whether what is open of a survey stays when the pairing ends: what looks back, and what people were asked already."""
    return survey.moment.anchor in AFTERWARDS or (output.opens_at is not None and output.opens_at <= now)


def goes_on(survey: Survey | None, pairing: Pairing) -> bool:
    """Whether its people are asked and reminded now: in open cohorts; of surveys, also once the pairing itself is over."""
    return pairing.cohort.state == CohortState.OPEN or (survey is not None and pairing.ended_at is not None)


def may_be_asked(person: Person | None) -> bool:
    """Whether somebody can be asked: they have an account, and still belong to the organisation."""
    membership = person.participant.membership if person is not None else None
    return membership is not None and membership.is_active
