"""What a worksheet or a question says has its effect: nothing is accepted that would then be passed over in silence."""

from collections.abc import Iterator, Sequence

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import Agreement, Counted, FieldShape, Filler, Kind, Kit, Section, ShowIf, Use, Worksheet
from templates_app.shapes.kinds import SIGNED

_PERIOD = "period."
_OVER = frozenset({"reached", "put-aside"})
_OF_PAIR = frozenset({Filler.MENTOR, Filler.MENTEE, Filler.EACH, Filler.TOGETHER})

NOBODY_OWES = (
    "Moments ask the people of a pair, and none of them fills this in: take 'moments' out, or name 'mentor', 'mentee', "
    "'each' or 'together' under 'filled_by'."
)

FILLED_IN_AT_JOINING = "People fill it in when they join, and no moment asks for it again. Take 'moments' out."
ASKS_NOTHING = "This worksheet asks nothing. Add a field that is answered to one of its sections."
NOBODY_SIGNS = "Say who signs here: add 'signer' with a role."


def check_effects(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Settings that stand where nothing asks for them, or that lack what they need."""
    for step in steps:
        match step.shape:
            case Worksheet():
                yield from _sheet(step.loc, step.shape)
                if step.shape.moments and _is_for_joining(kit, step.shape):
                    yield Problem((*step.loc, "moments"), FILLED_IN_AT_JOINING)
            case Agreement() if not step.shape.signers:
                message = "Nobody of the pair signs, so it would never hold: name 'mentor', 'mentee' or both."
                yield Problem((*step.loc, "signers"), message)
            case FieldShape() if not step.shape.hidden:
                yield from _field(step, step.shape)


def _is_for_joining(kit: Kit, sheet: Worksheet) -> bool:
    return sheet.use is Use.PROFILE or sheet.key in kit.joining.enrolment.values()


def _sheet(loc: Loc, sheet: Worksheet) -> Iterator[Problem]:
    asked = [field for field in sheet.fields() if not field.hidden]
    if all(field.kind is Kind.NOTE for field in asked):
        yield Problem((*loc, "sections"), ASKS_NOTHING)
    if sheet.use is Use.HOMEWORK and not any(_tells_when_done(field) for field in asked):
        message = (
            "Such homework could never be done: ask one choice that tells how it stands, and give an option of it "
            "'state: reached' or 'state: put-aside'."
        )
        yield Problem((*loc, "use"), message)
    if sheet.moments and sheet.filled_by not in _OF_PAIR:
        yield Problem((*loc, "moments"), NOBODY_OWES)
    if sheet.counted is not None:
        yield from _counted((*loc, "counted"), sheet.counted, asked)
    if sheet.alert is not None:
        yield from _agreeing((*loc, "alert", "when"), sheet.alert.when, asked)
        scales = {field.key for field in asked if field.kind is Kind.SCALE}
        if wrong := [key for key in sheet.alert.fields if key not in scales]:
            yield Problem((*loc, "alert", "fields"), f"Only scales can be low: '{wrong[0]}' is none that is asked.")
    if sheet.is_of_programme and not sheet.repeats and any(field.prefill.startswith(_PERIOD) for field in asked):
        message = "A report on a period is written again for the next one: say 'repeats: true'."
        yield Problem((*loc, "repeats"), message)


def _tells_when_done(field: FieldShape) -> bool:
    return field.kind is Kind.CHOICE and any(option.state in _OVER for option in field.options)


def _counted(loc: Loc, counted: Counted, asked: Sequence[FieldShape]) -> Iterator[Problem]:
    """Options are what is counted, and an answer to choose is what agrees to it."""
    if counted.by not in _choices(asked):
        yield Problem(
            (*loc, "by"), f"Only options are counted: '{counted.by}' is no choice of one, with options, that is asked."
        )
    yield from _agreeing((*loc, "when"), counted.when, asked)


def _choices(asked: Sequence[FieldShape]) -> dict[str, FieldShape]:
    return {field.key: field for field in asked if field.kind is Kind.CHOICE and field.options}


def _agreeing(loc: Loc, when: ShowIf, asked: Sequence[FieldShape]) -> Iterator[Problem]:
    choices = _choices(asked)
    if when.field not in choices:
        message = f"Who agrees chooses an answer: '{when.field}' is no choice of one, with options, that is asked."
        yield Problem((*loc, "field"), message)
        return
    if not when.is_in and not when.filled:
        yield Problem(loc, "Say which answers agree to it: add 'is_in', or 'filled: true' for any.")
    offered = {option.key for option in choices[when.field].options}
    for answer in when.is_in:
        if answer not in offered:
            yield Problem((*loc, "is_in"), f"'{answer}' is no option of the field '{when.field}'.")


def _field(step: Step, field: FieldShape) -> Iterator[Problem]:
    parent = step.parents[-1]
    if field.begins and not isinstance(parent, Agreement):
        message = "Only questions of the agreement begin with something. Take 'begins' out."
        yield Problem((*step.loc, "begins"), message)
    for attribute in ("readers", "sensitive"):
        if getattr(field, attribute) and isinstance(parent, FieldShape):
            message = f"A row is read as a whole: put '{attribute}' on the question around it."
            yield Problem((*step.loc, attribute), message)
    if field.kind in SIGNED and not field.signer:
        yield Problem((*step.loc, "signer"), NOBODY_SIGNS)
    if field.totalled and not isinstance(parent, Section):
        message = "Only a question of the sheet itself is totalled: none inside rows, and none of the agreement."
        yield Problem((*step.loc, "totalled"), message)
    if field.coded and not isinstance(parent, Section):
        message = (
            "Only a question of the sheet itself is gathered into themes: none inside rows, and none of the agreement."
        )
        yield Problem((*step.loc, "coded"), message)
    if field.prefill.startswith(_PERIOD) and not _is_of_programme(step):
        message = (
            "What was counted over a period is known to the programme's own sheets alone (filled_by: coordinator), and "
            "there to no question inside rows."
        )
        yield Problem((*step.loc, "prefill"), message)


def _is_of_programme(step: Step) -> bool:
    """Whether it is a question of one of the programme's own sheets, and of the sheet itself."""
    sheet = step.parents[-2] if isinstance(step.parents[-1], Section) else None
    return isinstance(sheet, Worksheet) and sheet.is_of_programme
