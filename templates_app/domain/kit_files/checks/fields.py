"""The questions of worksheets and of the agreement fit together."""

import datetime as dt
from collections.abc import Iterator

from templates_app.answers.context import computation_named
from templates_app.domain.kit_files.checks.typing import check_typing
from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import (
    BOUNDS,
    OPTION_SOURCES,
    PREFILLS,
    Agreement,
    BesideSheet,
    FieldShape,
    Filler,
    Gathers,
    Kind,
    Kit,
    Offer,
    Preset,
    Section,
    Shape,
    ShowIf,
    Take,
    Use,
    Worksheet,
)
from templates_app.shapes.belonging import COMPARED, COUNTED, LOOKED_AT, SUMMED

_CHECKLIST_PARTS = ("label", "answer")
"""What a ``Take`` may take from a line of a checklist."""
NOT_WORKED_OUT = (
    "Nothing is worked out under this name, so the question would stay blank: write 'count:<field>' or "
    "'sum:<field>.<column>'."
)


def check_fields(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Conditions, computations, named values and columns that lead nowhere."""
    for step in steps:
        field = step.shape
        if not isinstance(field, FieldShape) or field.hidden:
            continue
        level = {other.key: other for other in _level(step) if not other.hidden}
        yield from _condition(step.loc, field, level)
        yield from _computation(step.loc, field, level)
        yield from _named_values(step.loc, field)
        yield from check_typing(step.loc, field, level)
        yield from _goals(step, field)
        yield from _named_columns(step.loc, field)
        yield from _read_elsewhere(step.loc, field, level, kit)
        parts = {part.key for part in [*field.columns, *field.fields]}
        for index, suggestion in enumerate(field.suggestions):
            for key in sorted(set(suggestion.values) - parts):
                yield Problem((*step.loc, "suggestions", index, "values", key), f"There is no column '{key}' here.")
        for index, take in enumerate(field.takes):
            yield from _take((*step.loc, "takes", index), take, field, kit)
        for index, one in enumerate(field.gathers):
            yield from _gathers((*step.loc, "gathers", index), one, step, kit)


def _goals(step: Step, field: FieldShape) -> Iterator[Problem]:
    """Levels stand on goals and inside them, and so do states."""
    around = [field, *(parent for parent in step.parents if isinstance(parent, FieldShape))]
    within = any(one.kind is Kind.GOAL for one in around)
    if field.level and not within:
        yield Problem((*step.loc, "level"), "Only a field of kind 'goal' has a level, and the groups and tables in it.")
    if field.reached_opens and not (field.level or field.kind is Kind.GOAL):
        yield Problem((*step.loc, "reached_opens"), "Only rows with a level are reached: give the field one.")
    tells = isinstance(step.parents[-1], Section) and _is_of_homework(step.parents[-2])
    for index, option in enumerate(field.options):
        if option.state and not ((within or tells) and field.kind is Kind.CHOICE):
            message = "Only a choice inside a goal, or in a worksheet of homework, says how it stands."
            yield Problem((*step.loc, "options", index, "state"), message)


def _is_of_homework(sheet: Shape) -> bool:
    return isinstance(sheet, Worksheet) and sheet.use is Use.HOMEWORK


def _named_columns(loc: Loc, field: FieldShape) -> Iterator[Problem]:
    columns = {column.key for column in field.columns}
    for attribute in ("actions_column", "actions_when"):
        value = getattr(field, attribute)
        if value and value not in columns:
            yield Problem((*loc, attribute), f"This table has no column '{value}'.")


def _read_elsewhere(loc: Loc, field: FieldShape, level: dict[str, FieldShape], kit: Kit) -> Iterator[Problem]:
    """What a field shows of other fields: a drawing those beside it, ``beside_sheet`` those of another worksheet."""
    for index, layer in enumerate(field.layers):
        for key in sorted(set(layer.fields) - set(level)):
            yield Problem((*loc, "layers", index, "fields"), f"There is no field '{key}' beside this one.")
    if field.beside_sheet is not None:
        yield from _beside((*loc, "beside_sheet", "fields"), field.beside_sheet, kit)


def _level(step: Step) -> list[FieldShape]:
    """The fields that stand beside this one: those a condition of it may speak of."""
    parent = step.parents[-1]
    if isinstance(parent, Section):
        sheet = step.parents[-2]
        return sheet.fields() if isinstance(sheet, Worksheet) else parent.fields
    if isinstance(parent, Agreement):
        return parent.fields
    if isinstance(parent, FieldShape):
        return [*parent.columns, *parent.fields]
    return []


def _condition(loc: Loc, field: FieldShape, level: dict[str, FieldShape]) -> Iterator[Problem]:
    rule = field.show_if
    if rule is None:
        return
    if rule.field == field.key or rule.field not in level:
        message = f"There is no other field '{rule.field}' beside this one. It can only depend on a field beside it."
        yield Problem((*loc, "show_if", "field"), message)
        return
    if not rule.is_in and rule.filled is None:
        yield Problem((*loc, "show_if"), "Say which answers ask for this field: add 'is_in' or 'filled'.")
    yield from _compared((*loc, "show_if"), rule, level[rule.field])


def _compared(loc: Loc, rule: ShowIf, asked: FieldShape) -> Iterator[Problem]:
    """What a condition asks of the other field is something that its kind can tell."""
    if asked.kind not in LOOKED_AT:
        message = (
            f"'{rule.field}' is of kind '{asked.kind}': nothing can depend on that. Name another field beside this one."
        )
        yield Problem((*loc, "field"), message)
    elif rule.is_in and asked.kind not in COMPARED:
        message = (
            f"Answers of kind '{asked.kind}' are not compared: in place of 'is_in' say whether '{rule.field}' is answered, with "
            "'filled: true' or 'filled: false'."
        )
        yield Problem((*loc, "is_in"), message)
    elif asked.kind is Kind.CHECKLIST:
        yield from _known(loc, rule, {item.key for item in asked.items}, "line of the checklist")
    elif asked.options and not asked.options_from:
        keys = {option.key for option in asked.options} | ({"other"} if asked.other else set())
        yield from _known(loc, rule, keys, "option of the field")


def _known(loc: Loc, rule: ShowIf, keys: set[str], what: str) -> Iterator[Problem]:
    for answer in rule.is_in:
        if answer not in keys:
            yield Problem((*loc, "is_in"), f"'{answer}' is no {what} '{rule.field}'.")


def _computation(loc: Loc, field: FieldShape, level: dict[str, FieldShape]) -> Iterator[Problem]:
    how, colon, what = field.compute.partition(":")
    if not colon:
        if field.compute and computation_named(field.compute) is None:
            yield Problem((*loc, "compute"), NOT_WORKED_OUT)
        return
    name, dot, column = what.partition(".")
    if how not in {"count", "sum"} or (how == "sum") != bool(dot):
        yield Problem((*loc, "compute"), "Write 'count:<field>' or 'sum:<field>.<column>'.")
    elif name not in level:
        yield Problem((*loc, "compute"), f"There is no field '{name}' beside this one.")
    elif not dot and level[name].kind not in COUNTED:
        message = f"'{name}' is of kind '{level[name].kind}', which holds one answer: count rows, or what was chosen of several."
        yield Problem((*loc, "compute"), message)
    elif dot and column not in {inner.key for inner in [*level[name].columns, *level[name].fields]}:
        yield Problem((*loc, "compute"), f"The field '{name}' has no column '{column}'.")
    elif dot and not any(
        one.kind in SUMMED for one in [*level[name].columns, *level[name].fields] if one.key == column
    ):
        yield Problem(
            (*loc, "compute"), f"The column '{column}' holds no figures: add up a number, a duration or a scale."
        )


def _named_values(loc: Loc, field: FieldShape) -> Iterator[Problem]:
    for attribute, known in (("prefill", PREFILLS), ("options_from", OPTION_SOURCES), ("readers", tuple(Preset))):
        value = getattr(field, attribute)
        if value and value not in known:
            yield Problem((*loc, attribute), f"'{value}' is not known. Choose one of: {', '.join(known)}.")
    for attribute in ("not_before", "not_after"):
        value = getattr(field, attribute)
        if value and value not in BOUNDS and not _is_date(value):
            message = f"'{value}' is no date. Write one as 2026-01-31, or one of: {', '.join(BOUNDS)}."
            yield Problem((*loc, attribute), message)
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield Problem((*loc, "minimum"), "The minimum is above the maximum.")


def _is_date(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _beside(loc: Loc, beside: BesideSheet, kit: Kit) -> Iterator[Problem]:
    sheet = next((sheet for sheet in kit.worksheets if sheet.key == beside.worksheet), None)
    known = {other.key for other in sheet.fields()} if sheet else set(beside.fields)  # said by the references already
    for key in beside.fields:
        if key not in known:
            yield Problem(loc, f"The worksheet '{beside.worksheet}' has no field '{key}'.")


def check_offers(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Offers whose condition or fields lead nowhere, or that would put an answer where it does not fit."""
    sheets = {sheet.key: sheet for sheet in kit.worksheets}
    for step in steps:
        if not isinstance(step.shape, Offer):
            continue
        offer, sheet = step.shape, step.parents[-1]
        own = {field.key: field for field in sheet.fields()} if isinstance(sheet, Worksheet) else {}
        if offer.when is not None and offer.when.field not in own:
            yield Problem((*step.loc, "when", "field"), f"This worksheet has no field '{offer.when.field}'.")
        elif offer.when is not None:
            yield from _compared((*step.loc, "when"), offer.when, own[offer.when.field])
        if offer.opens not in sheets:  # said by the references already
            continue
        theirs = {field.key: field for field in sheets[offer.opens].fields()}
        for there, here in offer.fills.items():
            yield from _fill((*step.loc, "fills", there), theirs.get(there), own.get(here), offer)


def _fill(loc: Loc, there: FieldShape | None, here: FieldShape | None, offer: Offer) -> Iterator[Problem]:
    if there is None:
        yield Problem(loc, f"The worksheet '{offer.opens}' has no field of this name.")
    elif here is None:
        yield Problem(loc, "This worksheet has no such field.")
    elif there.kind != here.kind and not {there.kind, here.kind} <= {Kind.TEXT, Kind.LONGTEXT}:
        yield Problem(loc, f"An answer of kind '{here.kind}' does not fit into a field of kind '{there.kind}'.")


def _gathers(loc: Loc, one: Gathers, step: Step, kit: Kit) -> Iterator[Problem]:
    """Rows open a table at the top of a sheet that one person writes, and come from what is there."""
    field = step.shape
    assert isinstance(field, FieldShape)
    alone = isinstance(step.parents[-2], Worksheet) and step.parents[-2].filled_by in (
        Filler.MENTOR,
        Filler.MENTEE,
        Filler.EACH,
    )
    if field.kind is not Kind.TABLE or field.items or not isinstance(step.parents[-1], Section) or not alone:
        yield Problem(loc, "Only a table at the top of a sheet that each writes alone opens with rows.")
    for own in sorted(set(one.columns) - {column.key for column in field.columns}):
        yield Problem((*loc, "columns", own), f"The table '{field.key}' has no column '{own}'.")
    sheet = next((sheet for sheet in kit.worksheets if sheet.key == one.worksheet), None)
    if sheet is None:  # reached things have their own parts; a sheet that is not there was named already
        return
    asked = {other.key: other for other in sheet.fields()}
    for own, other in one.columns.items():
        if other not in asked:
            yield Problem((*loc, "columns", own), f"The worksheet '{sheet.key}' has no field '{other}'.")
    if one.on not in asked or asked[one.on].kind is not Kind.DATE:
        yield Problem((*loc, "on"), f"'{one.on}' is no date of '{sheet.key}'.")


def _take(loc: Loc, take: Take, field: FieldShape, kit: Kit) -> Iterator[Problem]:
    sheet = next((sheet for sheet in kit.worksheets if sheet.key == take.worksheet), None)
    if sheet is None:  # said by the references already
        return
    other = next((other for other in sheet.fields() if other.key == take.field), None)
    if other is None:
        yield Problem((*loc, "field"), f"The worksheet '{take.worksheet}' has no field '{take.field}'.")
        return
    own = {inner.key for inner in [*field.columns, *field.fields]}
    theirs = {inner.key for inner in [*other.columns, *other.fields]}
    if other.kind is Kind.CHECKLIST:
        theirs |= set(_CHECKLIST_PARTS)
    for mine, their in take.columns.items():
        if mine not in own:
            yield Problem((*loc, "columns", mine), f"The field '{field.key}' has no column '{mine}'.")
        if their not in theirs:
            yield Problem((*loc, "columns", mine), f"The field '{take.field}' has nothing called '{their}'.")
    lines = {item.key for item in other.items}
    for item in take.items:
        if item not in lines:
            yield Problem((*loc, "items"), f"The checklist '{take.field}' has no line '{item}'.")
