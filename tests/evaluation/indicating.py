"""A cohort that is judged by indicators, and answers in it as they stand once people have sent them."""

import datetime as dt
from typing import Any

from mentoring import clock
from pairs.models import Output
from templates_app.answers.splitting import split
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kits import copy_kit, current_version, kit_of, worksheet_of
from templates_app.models import Response, ResponseState
from templates_app.shapes import Survey
from tests.evaluation.world import PAIRED, PairWorld, World

DAY = dt.timedelta(days=1)
SENT = PAIRED + 150 * DAY
LOOK = PAIRED + 300 * DAY
"""When the page is looked at: every time to answer is over."""
NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Fin", "Gus", "Hana", "Ivo", "Jun", "Kai", "Lia")


def judge_by(world: World, kit: str = "aspire") -> None:
    """Give the programme a handbook with indicators, before anybody is paired."""
    world.programme.handbook = copy_kit(kit=shipped_kit(kit), title="Aspire", actor=world.coordinator)
    world.programme.save(update_fields=["handbook"])
    world.cohort.programme = world.programme


def pair_up(world: World, count: int) -> list[PairWorld]:
    """So many pairs."""
    return [world.add_pair(f"{name} Mentee", f"{name} Mentor") for name in NAMES[:count]]


def answered(pair: PairWorld, survey: str, side: str = "mentee", *, at: dt.datetime = SENT, **answers: Any) -> Output:
    """Somebody was asked by a survey and has sent these answers; its time is over two days later."""
    return _sent(pair, asked(pair, survey, side, at=at), at, answers)


def asked(pair: PairWorld, survey: str, side: str = "mentee", *, at: dt.datetime = SENT) -> Output:
    """Somebody was asked and has not answered."""
    shape = next(one for one in kit_of(pair.pairing.cohort.programme.handbook).surveys if survey in _moments(one))
    output, _made = Output.objects.get_or_create(
        pairing=pair.pairing,
        kind="evaluation",
        worksheet=shape.worksheet,
        moment=survey,
        member=pair.pairing.members.get(side=side),
        defaults={"title": shape.title},
    )
    output.asked_at, output.due_at = at - DAY, at + 2 * DAY
    output.save()
    return output


def _moments(survey: Survey) -> set[str]:
    """The moments at which a survey may have asked, in the first rounds."""
    return {f"{survey.occasion}.{number}" for number in range(1, 4)} if survey.every else {survey.occasion}


def written(pair: PairWorld, worksheet: str, *, at: dt.datetime = SENT, **answers: Any) -> Output:
    """The two have sent a sheet that they write together."""
    output = pair.output(worksheet=worksheet, member=None)
    output.due_at = at + 2 * DAY
    return _sent(pair, output, at, answers)


def noted(
    pair: PairWorld, worksheet: str, *, at: dt.datetime = SENT, number: int = 1, side: str = "mentee", **answers: Any
) -> Output:
    """One of the two has sent a sheet of their own accord."""
    member = pair.pairing.members.get(side=side)
    output = Output.objects.create(
        pairing=pair.pairing, kind="worksheet", worksheet=worksheet, moment=f"extra-{number}", title="x", member=member
    )
    return _sent(pair, output, at, answers)


def _sent(pair: PairWorld, output: Output, at: dt.datetime, answers: dict[str, Any]) -> Output:
    version = current_version(pair.pairing.cohort.programme.handbook, output.worksheet)
    facts, texts = split(worksheet_of(version).fields(), answers)
    output.response = Response.objects.create(
        version=version, state=ResponseState.SUBMITTED, facts=facts, texts=texts, submitted_at=at
    )
    output.done_at = at
    with clock.at(at):
        output.save()
    return output
