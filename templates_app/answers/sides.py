"""Questions that one side writes in a sheet that both write: who may, and what is said about it."""

from django.utils.translation import gettext as _

from templates_app.answers.context import AnswerContext
from templates_app.shapes import FieldShape, Filler, Worksheet


def is_anothers(shape: FieldShape, context: AnswerContext) -> bool:
    """Whether a question is the other side's to write, so that this person only reads it."""
    return bool(shape.side) and shape.side not in context.roles


def reply_part(worksheet: Worksheet, context: AnswerContext) -> Worksheet | None:
    """What this person may write on a sheet that the other side has sent; ``None`` where there is nothing to reply."""
    if worksheet.filled_by is Filler.TOGETHER:
        return None
    mine = {shape.key for shape in worksheet.fields() if shape.side and shape.side in context.roles}
    parts = [
        section.model_copy(update={"fields": [field for field in section.fields if field.key in mine]})
        for section in worksheet.sections
    ]
    sections = [part for part in parts if part.fields]
    return worksheet.model_copy(update={"sections": sections}) if sections else None


def writer_words(shape: FieldShape) -> str:
    """By which side a question is written, for whoever reads the sheet; empty where each may write."""
    return {"mentor": _("The mentor writes this."), "mentee": _("The mentee writes this.")}.get(shape.side, "")


def own_words(shape: FieldShape) -> str:
    """The same to the side that writes."""
    words = {
        "mentor": _("You write this as the mentor; the other side reads it."),
        "mentee": _("You write this as the mentee; the other side reads it."),
    }
    return words.get(shape.side, "")


def missing_words(shape: FieldShape) -> str:
    """Why a sheet cannot be sent yet while the other side's answer is missing."""
    words = {
        "mentor": _("The mentor has still to write this. Save the sheet: it can be sent then."),
        "mentee": _("The mentee has still to write this. Save the sheet: it can be sent then."),
    }
    return words[shape.side]
