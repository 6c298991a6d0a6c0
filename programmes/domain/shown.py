"""What of somebody's joining sheet others see: answers that a handbook names, and none that is for fewer eyes."""

from collections.abc import Sequence

from programmes.models import Participant
from templates_app.answers import AnswerContext, display
from templates_app.answers.shown import ShownAnswer
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import FieldShape


def may_show(shape: FieldShape, keys: Sequence[str]) -> bool:
    """Whether a question's answer may be seen: named by the handbook, and nothing that is for fewer eyes."""
    return shape.key in keys and not shape.sensitive and not shape.readers


def answers_named(person: Participant, keys: Sequence[str], context: AnswerContext) -> list[ShownAnswer]:
    """The answers to these questions of their joining sheet, in this order; questions left open are left out."""
    enrolment = person.enrolment
    if enrolment is None or not keys:
        return []
    sheet, answers = worksheet_of(enrolment.version), answers_of(enrolment)
    sections = display(sheet, answers, context, lambda shape: may_show(shape, keys))
    shown = {answer.key: answer for section in sections for answer in section.answers if not answer.blank}
    return [shown[key] for key in keys if key in shown]


def labels_named(person: Participant, keys: Sequence[str]) -> list[str]:
    """These questions of their joining sheet by their labels, for the sentence that says who reads what."""
    if person.enrolment is None:
        return []
    shapes = {field.key: field for field in worksheet_of(person.enrolment.version).fields()}
    return [shapes[key].label for key in keys if key in shapes and may_show(shapes[key], keys)]
