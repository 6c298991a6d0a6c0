"""What somebody does before they can be paired, as they meet it where they wait: the gates, seen from their side."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.domain.choosing.next_steps import NextStep
from programmes.domain.links import path_to
from programmes.domain.sheet_gate import Wanted, wanted_of
from programmes.domain.training.doing import can_be_read
from programmes.domain.training.standing import Standing, standing_of
from programmes.models import Participant


@dataclass(frozen=True)
class Beforehand:
    """One thing that comes before pairing."""

    title: str
    is_done: bool
    step: NextStep
    """How it is done."""


def beforehand(person: Participant) -> list[Beforehand]:
    """Everything that this person does before they are paired, done or not, in its order: what they write, then what they
    take part in. Three queries, none where the handbook asks for nothing.
    """
    return [_sheet(person, one) for one in wanted_of(person)] + [
        _training(person, one) for one in standing_of(person) if one.module.gate
    ]


def first_of(listed: list[Beforehand]) -> NextStep | None:
    """What of it is next: what one can do now before what one waits for."""
    return next(iter(sorted((one.step for one in listed if not one.is_done), key=lambda step: step.waits)), None)


def _sheet(person: Participant, wanted: Wanted) -> Beforehand:
    begun = wanted.begun
    step = NextStep(
        title=wanted.worksheet.title,
        why=_("It is wanted before you are paired. Who reads it stands above the first question."),
        label=_("Go on writing") if begun else _("Go to your worksheets"),
        url=path_to("programmes:worksheet", begun.pk) if begun else path_to("programmes:own_worksheets", person.pk),
        minutes=wanted.worksheet.minutes,
        comes_first=True,
    )
    return Beforehand(step.title, wanted.is_sent, step)


def _training(person: Participant, standing: Standing) -> Beforehand:
    module = standing.module
    is_read = can_be_read(module)
    step = NextStep(
        title=module.title,
        why=_("It comes before you are paired.")
        if is_read
        else _("It comes before you are paired. You take part in it, and the coordinators note that you were there."),
        label=_("Go to your training"),
        url=path_to("programmes:training", person.pk),
        waits=not is_read,
        minutes=module.minutes,
        comes_first=is_read,
    )
    return Beforehand(module.title, standing.is_done, step)
