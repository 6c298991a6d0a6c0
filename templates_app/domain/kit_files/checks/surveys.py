"""Surveys ask those who fill their worksheet, at moments that come, and keep what they promise about who reads it."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import Anchor, Filler, Kind, Kit, Preset, ShowIf, Survey, Worksheet

_FILLED_ALONE = {
    Filler.MENTOR: {"mentor"},
    Filler.MENTEE: {"mentee"},
    Filler.EACH: {"mentor", "mentee"},
}
_COME_ONCE = frozenset({Anchor.COHORT_END, Anchor.EVALUATION_SENT, Anchor.ENDED, Anchor.ENDED_EARLY, Anchor.AGREED_END})
"""Rounds end with the pair: what hangs on the end itself has one alone."""

NOTHING_COUNTS = "Nothing counts what is written here: name this worksheet in 'surveys', or give it other readers."


def check_surveys(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Surveys whose worksheet does not fit, and anonymous worksheets that nothing would ever count."""
    sheets = {sheet.key: sheet for sheet in kit.worksheets}
    for index, survey in enumerate(kit.surveys):
        loc: Loc = ("surveys", index)
        if survey.every is not None and survey.moment.anchor in _COME_ONCE:
            message = f"Nothing comes round again from '{survey.moment.anchor}' on. Give each time a survey of its own."
            yield Problem((*loc, "every"), message)
        if survey.worksheet in sheets:  # where it is not, the references have said so
            yield from _sheet(loc, survey, sheets[survey.worksheet])
    asked = {survey.worksheet for survey in kit.surveys}
    for index, sheet in enumerate(kit.worksheets):
        of_pair = sheet.belongs == "pair" and not sheet.is_of_programme
        if sheet.readers.preset is Preset.ANONYMOUS and of_pair and sheet.key not in asked:
            yield Problem(("worksheets", index, "readers"), NOTHING_COUNTS)


def _sheet(loc: Loc, survey: Survey, sheet: Worksheet) -> Iterator[Problem]:
    if wrong := sorted(set(survey.audience) - _FILLED_ALONE.get(sheet.filled_by, set())):
        message = f"'{sheet.key}' is filled in by '{sheet.filled_by}', so it cannot be asked of the {wrong[0]} alone."
        yield Problem((*loc, "audience"), message)
    if survey.quotes is not None:
        yield from _quotes((*loc, "quotes"), survey, survey.quotes, sheet)
    if survey.anonymous and sheet.readers.preset is not Preset.ANONYMOUS:
        yield Problem((*loc, "anonymous"), f"Say 'preset: anonymous' in the readers of '{sheet.key}' too.")
    if sheet.coded and survey.quotes is None:
        message = (
            f"Nobody reads a word of '{sheet.key}' unless its writers let it: say 'quotes' here, or take 'coded' out of its "
            "questions."
        )
        yield Problem((*loc, "worksheet"), message)
    if sheet.readers.preset is Preset.ANONYMOUS:
        if not survey.anonymous:
            yield Problem(loc, f"The readers of '{sheet.key}' are 'anonymous': say 'anonymous: true' here too.")
        if sheet.moments:
            message = f"'{sheet.key}' is counted as a survey alone: take its moments out, and say them here."
            yield Problem((*loc, "worksheet"), message)


def _quotes(loc: Loc, survey: Survey, quotes: ShowIf, sheet: Worksheet) -> Iterator[Problem]:
    """Who lets their words be quoted says so with an answer of the sheet; where words are read anyhow nobody is asked."""
    if not survey.anonymous:
        yield Problem(loc, "Only of an anonymous survey are words read by their writers' leave: say 'anonymous: true'.")
    field = next((one for one in sheet.fields() if one.key == quotes.field), None)
    known = {option.key for option in field.options} if field is not None else set()
    if field is None or field.kind is not Kind.CHOICE or field.need != "must":
        yield Problem((*loc, "field"), f"'{sheet.key}' asks no choice '{quotes.field}' that needs an answer.")
    elif not quotes.is_in or set(map(str, quotes.is_in)) - known:
        yield Problem((*loc, "is_in"), f"Name the options of '{quotes.field}' with which words may be quoted.")
