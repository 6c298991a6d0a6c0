"""Indicators are reckoned from answers that are asked, of one side at a time, and that may be counted."""

from collections.abc import Iterator, Sequence

from templates_app.domain.counting import may_be_counted
from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import FieldShape, Fits, Kind, Kit, Measure, Need, Part, Reckoning, Survey, Worksheet

COUNTED_ROWS = frozenset({Kind.TABLE, Kind.GROUP})
"""What has rows that can be counted."""
_SCALED = frozenset({Reckoning.MEAN, Reckoning.CHANGE, Reckoning.MATCHED})
_OF_RELATIONSHIPS = frozenset({Reckoning.SHARE, Reckoning.HOW_MANY})
_WRITTEN = frozenset({Kind.TEXT, Kind.LONGTEXT})
Says = Iterator[tuple[Loc, str]]


def check_indicators(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Measures that name what is not there, put sides together, or count what was promised to stay unread."""
    for index, indicator in enumerate(kit.indicators):
        keys = [measure.key for measure in indicator.measures]
        for place, measure in enumerate(indicator.measures):
            loc: Loc = ("indicators", index, "measures", place)
            for inside, message in _measure(kit, measure, keys):
                yield Problem((*loc, *inside), message)

    for index, report in enumerate(kit.reports):
        if any(other.about == report.about for other in kit.reports[:index]):
            message = f"There is a report on '{report.about}' already: one of each kind is made."
            yield Problem(("reports", index, "about"), message)


def _measure(kit: Kit, measure: Measure, keys: list[str]) -> Says:
    if wrong := [key for key in measure.of if key not in keys or key == measure.key]:
        yield ("of",), f"This indicator has no other measure '{wrong[0]}'."
    yield from _asked(kit, ("surveys",), measure.surveys)
    for place, part in enumerate(measure.parts):
        yield from _asked(kit, ("parts", place, "survey"), [part.survey])
        for inside, message in _part(kit, part):
            yield ("parts", place, *inside), message
    sheet = _sheet(kit, measure)
    if sheet is None:  # where it is named and not there, the references have said so
        return
    if measure.reckon in _OF_RELATIONSHIPS and measure.worksheet and may_be_several(sheet):
        message = (
            f"A relationship may have several sheets of '{sheet.key}', and each would be counted as a relationship."
        )
        yield ("worksheet",), f"{message} Name one that is filled in once, or a survey."
    if measure.reckon is Reckoning.AGREED:
        yield from _agreed(sheet, measure)
    elif measure.reckon is Reckoning.THEMES:
        yield from _themed(sheet, measure)
    elif measure.reckon is Reckoning.SENT:
        yield from _never_blank(sheet, measure)
    else:
        yield from _answers(sheet, measure)


def _asked(kit: Kit, loc: Loc, names: Sequence[str]) -> Says:
    """The surveys are there, are about one worksheet, and each asks one side alone, whose figures then are its own."""
    surveys = {survey.key: survey for survey in kit.surveys}
    found = [surveys[name] for name in names if name in surveys]
    for name in names:
        if name not in surveys:
            yield loc, f"There is no survey '{name}'. The surveys are: {', '.join(surveys) or 'none'}."
    if any(len(survey.audience) != 1 for survey in found):
        message = (
            "A figure of one side needs a survey that asks this side alone, or it would tell of the other's answers."
        )
        yield loc, f"{message} Give each side a survey of its own."
    if len({(survey.worksheet, *survey.audience) for survey in found}) > 1:
        yield loc, "Measure one side by one worksheet at a time: these surveys do not ask the same."


def _sheet(kit: Kit, measure: Measure) -> Worksheet | None:
    """The worksheet a measure is about; ``None`` where it is about none, or one that is not there."""
    named = next((one.worksheet for one in kit.surveys if one.key in measure.surveys[:1]), measure.worksheet)
    return next((sheet for sheet in kit.worksheets if sheet.key == named), None)


def may_be_several(sheet: Worksheet) -> bool:
    """Whether one writer may have more than one sheet of it in the same pairing."""
    comes_round = len(sheet.moments) > 1 or any(moment.every for moment in sheet.moments)
    return sheet.repeats or comes_round or bool(sheet.one_for_each)


def _part(kit: Kit, part: Part) -> Says:
    survey: Survey | None = next((one for one in kit.surveys if one.key == part.survey), None)
    sheet = next((one for one in kit.worksheets if survey and one.key == survey.worksheet), None)
    if sheet is None:
        return
    rows = _field(sheet.fields(), part.rows) if part.rows else None
    yield from _rows(sheet, part.rows, rows)
    inside = [*rows.columns, *rows.fields] if rows else sheet.fields()
    yield from _fits(sheet, inside, part.fits)
    if rows and part.column:
        yield from _weights(inside, part.column, part.weights)


def _answers(sheet: Worksheet, measure: Measure) -> Says:
    rows = _field(sheet.fields(), measure.rows) if measure.rows else None
    yield from _rows(sheet, measure.rows, rows)
    if measure.rows and rows is None:
        return
    inside = [*rows.columns, *rows.fields] if rows else sheet.fields()
    yield from _fits(sheet, inside, measure.fits)
    for name in ("before", "now", "kinds", "column", "goal"):
        if (key := getattr(measure, name)) and _field(inside, key) is None:
            yield (name,), f"'{measure.rows}' asks no '{key}'."
    for key in measure.fields:
        yield from _counted(sheet, ("fields",), key, _field(inside, key))
    if measure.reckon in _SCALED:
        yield from _one_scale(inside, measure.fields)
    if measure.column:
        yield from _weights(inside, measure.column, measure.weights)
    for name in ("before", "now"):
        found = _field(inside, getattr(measure, name) or "")
        if found is not None and found.kind is not Kind.SCALE:
            yield (name,), f"'{found.key}' is no scale."


def _rows(sheet: Worksheet, key: str | None, found: FieldShape | None) -> Says:
    if key and found is not None and found.kind not in COUNTED_ROWS:
        yield ("rows",), f"'{key}' of '{sheet.key}' has no rows: name a table or a group."
    elif key:
        yield from _counted(sheet, ("rows",), key, found)


def _fits(sheet: Worksheet, inside: Sequence[FieldShape], fits: Sequence[Fits]) -> Says:
    for place, one in enumerate(fits):
        loc: Loc = ("fits", place)
        found = _field(inside, one.field)
        yield from _counted(sheet, loc, one.field, found)
        if found is None:
            continue
        if wrong := sorted(set(one.is_in) - {option.key for option in found.options}):
            yield loc, f"'{one.field}' has no answer '{wrong[0]}'."
        if one.at_least is not None and found.kind not in {Kind.SCALE, Kind.NUMBER}:
            yield loc, f"'{one.field}' is no scale and no number: 'at_least' says nothing of it."


def _counted(sheet: Worksheet, loc: Loc, key: str, found: FieldShape | None) -> Says:
    if found is None:
        yield loc, f"The worksheet '{sheet.key}' asks no '{key}'."
    elif not may_be_counted(sheet, found):
        yield (
            loc,
            f"'{key}' of '{sheet.key}' is not for the coordinator: say 'readers: anonymous' on the question to count it.",
        )


def _one_scale(inside: Sequence[FieldShape], keys: Sequence[str]) -> Says:
    found = [field for key in keys if (field := _field(inside, key)) is not None]
    if any(field.kind is not Kind.SCALE for field in found):
        yield ("fields",), "Only scales have a mean."
    elif len({(field.points[0].value, field.points[-1].value) for field in found}) > 1:
        yield ("fields",), "These scales do not reach from the same to the same: measure them one by one."


def _weights(inside: Sequence[FieldShape], column: str, weights: dict[str, float]) -> Says:
    found = _field(inside, column)
    if any(not 0 <= weight <= 1 for weight in weights.values()):
        yield ("weights",), "A row counts from 0, not at all, to 1, in full."
    if found is not None and (wrong := sorted(set(weights) - {option.key for option in found.options})):
        yield ("weights",), f"'{column}' has no answer '{wrong[0]}'."


def _agreed(sheet: Worksheet, measure: Measure) -> Says:
    """Whoever fills the sheet in says whether it is counted, and on which day it was."""
    if sheet.counted is None:
        message = f"Nobody says on '{sheet.key}' whether it may be counted: say 'counted' on the worksheet."
        yield ("worksheet",), message
    found = _field(sheet.fields(), measure.fields[0])
    if found is None or found.kind is not Kind.DATE or len(measure.fields) > 1:
        yield ("fields",), f"Name one date of '{sheet.key}': its quarter is what is told."


def _themed(sheet: Worksheet, measure: Measure) -> Says:
    """Themes are of words that coordinators read without names, which their writers were told."""
    if wrong := [key for key in measure.fields if key not in {field.key for field in sheet.coded}]:
        yield (
            ("fields",),
            f"'{wrong[0]}' of '{sheet.key}' is not gathered into themes: say 'coded: true' on the question.",
        )


def _never_blank(sheet: Worksheet, measure: Measure) -> Says:
    """That a sheet is sent tells that something stands in a field only where it cannot be sent without."""
    for key in measure.fields:
        found = _field(sheet.fields(), key)
        if found is None or not can_never_be_blank(found):
            yield ("fields",), f"'{sheet.key}' can be sent without '{key}': say 'need: must' there."


def can_never_be_blank(field: FieldShape) -> bool:
    """Whether words stand in it whenever its sheet is sent."""
    return field.need is Need.MUST and not field.show_if and field.kind in _WRITTEN


def _field(fields: Sequence[FieldShape], key: str | None) -> FieldShape | None:
    return next((field for field in fields if field.key == key and not field.hidden), None)
