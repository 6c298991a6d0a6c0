"""The evaluation: sent by the coordinator, filled in by each alone, chased until it is in.

Who was asked and who is done stands in the pairing's outputs (``plp.sys.85``), so the reminder tick chases it like
everything else that is owed. The form is the worksheet inside, or an address elsewhere (``plp.sys.86``): then the output
has no worksheet and the person says themselves that they have filled it in.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from evaluation.domain.nudging import Nudge, nudge
from evaluation.models import EvaluationRound
from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from mentoring.ui import dates
from pairs.domain.anchors import anchors_of
from pairs.domain.instants import deadline, local_day
from pairs.domain.output_pages import page_path
from pairs.domain.outputs import cancel_output, close_output
from pairs.domain.people import People, Person, people_of
from pairs.domain.planning import replan
from pairs.domain.telling import page_of
from pairs.domain.wanted import step_title
from pairs.enums import OutputKind
from pairs.models import Output, Pairing
from programmes.domain.roles import roles_for
from programmes.enums import Side
from programmes.models import Cohort
from templates_app.domain.kits import kit_of
from templates_app.shapes import SENT_BY_HAND, Anchor, Instant, Survey

ASKED, ERRAND = SENT_BY_HAND
"""Moments of evaluation outputs: what each is asked for, and the mentor's errand to remind the mentee (``plp.sys.84``)."""
ERRAND_TITLE = gettext_noop("Remind your mentee of the evaluation")
USUAL_DUE = Instant(anchor=Anchor.EVALUATION_SENT, days=14)
AT_THE_END = 900
"""Evaluation stands after everything else that a handbook calls for."""


class NothingToSend(Exception):
    """The handbook has no evaluation, and the cohort names no address of one elsewhere."""


class NotYours(Exception):
    """Only the programme's coordinator sends the evaluation; only who owes one fills it in or runs its errand."""


def sent_by_hand(cohort: Cohort) -> list[Survey]:
    """The handbook's surveys that the coordinator sends, all at once: mentors and mentees may have one each."""
    return [survey for survey in kit_of(cohort.programme.handbook).surveys if not survey.goes_by_itself]


def survey_of(cohort: Cohort) -> Survey | None:
    """The handbook's evaluation, if it has one: the first survey that the coordinator sends."""
    return next(iter(sent_by_hand(cohort)), None)


def has_surveys(cohort: Cohort) -> bool:
    """Whether the handbook has surveys beside the one that the coordinator sends."""
    surveys = kit_of(cohort.programme.handbook).surveys
    return len(surveys) > 1 or any(survey.goes_by_itself for survey in surveys)


def can_be_sent(cohort: Cohort) -> bool:
    """Whether there is an evaluation to send, inside or elsewhere."""
    return bool(cohort.evaluation_url) or survey_of(cohort) is not None


@transaction.atomic
def send_evaluation(*, pairings: Iterable[Pairing], actor: User) -> list[EvaluationRound]:
    """Send the evaluation to the members of each pairing that has not had it yet (``plp.sys.83``); returns the sendings.

    Sending twice changes nothing. Raises ``NotYours`` and ``NothingToSend``.
    """
    return [made for pairing in pairings if (made := _send_one(pairing, actor)) is not None]


def _send_one(pairing: Pairing, actor: User) -> EvaluationRound | None:
    cohort = pairing.cohort
    if not roles_for(actor).coordinates(cohort.programme_id):
        raise NotYours
    if not can_be_sent(cohort):
        raise NothingToSend
    if pairing.is_alongside:
        return None
    now = clock.now()
    made, created = EvaluationRound.objects.get_or_create(
        pairing=pairing, defaults={"sent_by": actor, "sent_at": now, "url": cohort.evaluation_url}
    )
    if not created:
        return None
    people = people_of(pairing)
    asked = [_owed(pairing, made, people, person, survey) for person, survey in _audience(people, made)]
    _give_errands(pairing, made, people, asked)
    record_event("evaluation.sent", made, actor=actor, within=pairing, at=now)
    replan(pairing)
    return made


def _audience(people: People, made: EvaluationRound) -> list[tuple[Person, Survey | None]]:
    """Everybody who is asked, with the survey they are asked by; a form elsewhere goes to each of them once."""
    surveys = sent_by_hand(made.pairing.cohort)
    if not surveys:
        return [(person, None) for person in people.here]
    if made.url:
        audience = {side for survey in surveys for side in survey.audience}
        return [(person, surveys[0]) for person in people.here if person.side in audience]
    return [(person, survey) for person in people.here for survey in surveys if person.side in survey.audience]


def _owed(pairing: Pairing, made: EvaluationRound, people: People, person: Person, survey: Survey | None) -> Output:
    """The evaluation as something this person owes, with the e-mail that leads to it."""
    due_at = _due_at(pairing, made, people, person, survey)
    output = Output.objects.create(
        pairing=pairing,
        kind=OutputKind.EVALUATION,
        worksheet=survey.worksheet if survey and not made.url else "",
        moment=ASKED,
        member=person.member,
        title=step_title(kit_of(pairing.cohort.programme.handbook), OutputKind.EVALUATION),
        stage=_last_stage(pairing),
        required=True,
        position=AT_THE_END,
        opens_at=made.sent_at,
        due_at=due_at,
        asked_at=made.sent_at,
    )
    output.pairing = pairing
    _invite(output, person, made, due_at)
    return output


def _due_at(
    pairing: Pairing, made: EvaluationRound, people: People, person: Person, survey: Survey | None
) -> dt.datetime | None:
    """Until when it is due, as the handbook's survey says; the day ends by the person's own clock."""
    sent = Output(kind=OutputKind.EVALUATION, moment=ASKED, opens_at=made.sent_at)
    anchors = anchors_of(pairing, pairing.sessions.all(), [sent])
    zones = people.zones(person.member.pk)
    return deadline((survey.due if survey else None) or USUAL_DUE, anchors, zones)


def _last_stage(pairing: Pairing) -> str:
    stages = kit_of(pairing.cohort.programme.handbook).stages
    return stages[-1].key if stages else ""


def _invite(output: Output, person: Person, made: EvaluationRound, due_at: dt.datetime | None) -> None:
    if person.user is None:
        return
    cohort = output.pairing.cohort
    context: dict[str, Any] = {
        "action_url": page_of(*page_path(output)),
        "programme": cohort.programme.title,
        "due": dates.day(local_day(due_at, person.zone)) if due_at else "",
        "outside": bool(made.url),
        "by": made.sent_by.name if made.sent_by else "",
    }
    notify("evaluation.invitation", person.user, about=output, occasion=str(output.pk), context=context)


# --- The mentor's errand ---------------------------------------------------------------------------------------------


def _give_errands(pairing: Pairing, made: EvaluationRound, people: People, asked: list[Output]) -> None:
    """Each mentor is asked to remind the mentee: offered, never owed, and gone once the mentee is done."""
    if not any(person.side == Side.MENTEE for row in asked if (person := people.member(row.member_id))):
        return
    for mentor in people.on(Side.MENTOR):
        Output.objects.create(
            pairing=pairing,
            kind=OutputKind.EVALUATION,
            moment=ERRAND,
            member=mentor.member,
            title=ERRAND_TITLE,
            stage=_last_stage(pairing),
            required=False,
            position=AT_THE_END + 1,
            opens_at=made.sent_at,
        )


def mentee_evaluations(pairing: Pairing) -> list[Output]:
    """What the mentees of a pairing were asked for."""
    rows = Output.objects.filter(pairing=pairing, kind=OutputKind.EVALUATION, moment=ASKED, member__side=Side.MENTEE)
    return list(rows.select_related("member"))


@transaction.atomic
def remind_mentee(*, errand: Output, actor: User) -> Nudge:
    """The mentor reminds the mentee of the evaluation, at most once a day (``plp.sys.84``); the errand is then done.

    Raises ``NotYours``, and ``RemindedAlready`` or ``NothingToRemind`` where ``nudge`` does.
    """
    person = people_of(errand.pairing).of(actor)
    if errand.moment != ERRAND or person is None or person.member.pk != errand.member_id:
        raise NotYours
    told: list[Nudge] = []
    for row in mentee_evaluations(errand.pairing):
        row.pairing = errand.pairing
        told.append(nudge(output=row, actor=actor))
    close_output(output=errand, actor=actor)
    return Nudge(
        [name for one in told for name in one.told],
        [name for one in told for name in one.inbox_only],
    )


def drop_errands(output: Output) -> None:
    """Once every mentee of a pairing has filled it in there is nobody to remind. Called when an output is done."""
    if output.kind != OutputKind.EVALUATION or output.moment != ASKED:
        return
    if any(row.is_open for row in mentee_evaluations(output.pairing)):
        return
    errands = Output.objects.filter(pairing=output.pairing_id, kind=OutputKind.EVALUATION, moment=ERRAND)
    for errand in errands.filter(done_at__isnull=True, cancelled_at__isnull=True):
        cancel_output(output=errand)


# --- Filled in elsewhere ---------------------------------------------------------------------------------------------


def is_outside(output: Output) -> bool:
    """Whether an evaluation is filled in elsewhere."""
    return output.kind == OutputKind.EVALUATION and output.moment == ASKED and not output.worksheet


@transaction.atomic
def confirm_filled(*, output: Output, actor: User) -> None:
    """The person says that they have filled in the form elsewhere. Saying it twice changes nothing. Raises ``NotYours``."""
    person = people_of(output.pairing).of(actor)
    if not is_outside(output) or person is None or person.member.pk != output.member_id:
        raise NotYours
    close_output(output=output, actor=actor)


def evaluation_page(output: Output) -> tuple[Any, ...] | None:
    """Where those evaluation outputs are done that are no worksheet here; ``None`` for all others."""
    if output.kind != OutputKind.EVALUATION or output.worksheet:
        return None
    return ("evaluation:errand" if output.moment == ERRAND else "evaluation:answer", output.pk)
