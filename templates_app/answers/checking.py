"""Checking a whole worksheet's answers, as a draft or to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from templates_app.answers.behaviour import Mode, Spot, behaviour_of
from templates_app.answers.context import AnswerContext
from templates_app.answers.level import Answers, asked_keys, check_level
from templates_app.answers.linked import vouched_in
from templates_app.answers.sides import is_anothers, missing_words
from templates_app.answers.signing import renew_signatures
from templates_app.answers.withheld import with_anothers
from templates_app.shapes import FieldShape, Filler, Section, Worksheet


@dataclass(frozen=True)
class Checked:
    """Cleaned answers with what was found. Paths name fields and rows as they were given: ``goals.0.action``."""

    answers: Answers
    faults: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing needs mending."""
        return not self.faults


def check(
    worksheet: Worksheet,
    answers: Mapping[str, Any],
    context: AnswerContext,
    *,
    mode: Mode,
    stored: Mapping[str, Any] | None = None,
) -> Checked:
    """Clean ``answers`` by the worksheet's own shapes and say what is wrong with them.

    ``mode="draft"`` keeps everything: what does not fit its field stays as it was typed, beside its fault, and
    nothing is demanded. ``mode="submit"`` drops the answers to questions that are not asked and demands what is
    wanted; answers with faults must not be sent. Checking checked answers again changes nothing.

    ``stored`` are the answers as they stand in the database: other people's signatures and files are taken only from
    there, and so is everything that is the other side's to write. Without it a sheet that somebody else signed reads as if
    they had not.
    """
    shapes = worksheet.fields()
    spot = Spot(context, mode, vouched=vouched_in(stored or {}))
    kept = check_level(shapes, with_anothers(shapes, answers, stored or {}, context), spot)
    if stored:
        renew_signatures(shapes, kept, stored, spot)
    for shape in shapes:
        if is_anothers(shape, context):
            _leave_to_them(shape, spot)
    return Checked(kept, spot.faults, spot.warnings)


def _leave_to_them(shape: FieldShape, spot: Spot) -> None:
    """Nobody is asked to mend what is the other side's to write; a sheet waits for what is needed of them."""
    for found in (spot.faults, spot.warnings):
        held = [path for path in found if path == shape.key or path.startswith((f"{shape.key}.", f"{shape.key}__"))]
        for path in held:
            del found[path]
        if held and found is spot.faults and spot.submitting:
            spot.faults[shape.key] = missing_words(shape)


def progress(worksheet: Worksheet, answers: Mapping[str, Any]) -> tuple[int, int]:
    """How many of the questions that are asked have an answer, and how many are asked."""
    counts = section_progress(worksheet, answers)
    return sum(answered for answered, _asked in counts.values()), sum(asked for _answered, asked in counts.values())


def section_progress(worksheet: Worksheet, answers: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """``progress`` by section key."""
    fields = worksheet.fields()
    asked = asked_keys(fields, answers)
    if worksheet.filled_by is not Filler.TOGETHER:
        asked -= {shape.key for shape in fields if shape.side}  # a reply is nothing that its author answers
    return {section.key: _counted(section, asked, answers) for section in worksheet.sections}


def _counted(section: Section, asked: set[str], answers: Mapping[str, Any]) -> tuple[int, int]:
    shapes = [shape for shape in section.fields if shape.key in asked and behaviour_of(shape).asks]
    answered = [shape for shape in shapes if not behaviour_of(shape).is_blank(shape, answers.get(shape.key))]
    return len(answered), len(shapes)


def first_answers(worksheet: Worksheet, context: AnswerContext) -> Answers:
    """What the application can answer before the person does (``prefill``); only what fits its field."""
    shapes = [shape for shape in worksheet.fields() if shape.prefill]
    spot = Spot(context, "draft")
    kept = check_level(shapes, {shape.key: context.known(shape.prefill) for shape in shapes}, spot)
    return {key: value for key, value in kept.items() if key not in spot.faults}
