"""What has to be put right in a draft before it can be published: the checks of ``kit check``, with the question named."""

from typing import Any

from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from programmes.domain.designing.agreements import is_agreement, with_questions
from programmes.domain.designing.asked import as_asked, marked
from programmes.domain.designing.faults import DraftFault, fault_at
from programmes.domain.designing.places import Definition
from programmes.domain.designing.plain_faults import plain_faults
from programmes.domain.handbook.addressing import page_of
from programmes.domain.handbook.naming import placed
from templates_app.domain.kit_files.checking import check_kit
from templates_app.domain.kit_files.checks.counts import NEVER_REMINDED, TOO_FEW_ROWS, TOO_MANY_ROWS
from templates_app.domain.kit_files.checks.effects import ASKS_NOTHING, FILLED_IN_AT_JOINING, NOBODY_OWES
from templates_app.domain.kit_files.checks.fields import NOT_WORKED_OUT
from templates_app.domain.kit_files.checks.surveys import NOTHING_COUNTS
from templates_app.domain.kit_files.checks.times import DUE_BEFORE_OPEN
from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.wording import in_plain_words
from templates_app.domain.kits import current_versions, kit_with_sheets, worksheet_of
from templates_app.models import Article, Handbook
from templates_app.shapes import Article as ArticleShape
from templates_app.shapes import Kit, Preset, Survey, Worksheet


def faults_of(definition: Definition, handbook: Handbook) -> list[DraftFault]:
    """Everything that has to be put right, in the order of the sheet; empty when the draft can be published."""
    asked = as_asked(definition)
    plain = list(plain_faults(asked))
    known = {(fault.where, fault.name) for fault in plain}
    try:
        sheet = Worksheet.model_validate(marked(asked))
    except ValidationError as error:
        found = [fault_at(asked, tuple(one["loc"]), in_plain_words(dict(one))) for one in error.errors()]
        return plain + [fault for fault in found if (fault.where, fault.name) not in known]
    return plain + [fault for fault in _in_the_kit(sheet, asked, handbook) if (fault.where, fault.name) not in known]


def _in_the_kit(sheet: Worksheet, asked: Definition, handbook: Handbook) -> list[DraftFault]:
    stands = kit_with_sheets(handbook)
    others = [one for one in stands.worksheets if one.key != sheet.key]
    articles = [
        ArticleShape.model_construct(**{name: getattr(row, name) for name in ArticleShape.model_fields})
        for row in Article.objects.filter(handbook=handbook)
    ]
    if is_agreement(sheet.key):
        kit = stands.model_copy(update={"articles": articles})
        return _in_the_agreement(with_questions(kit, asked), kit, asked)
    surveys = [
        Survey.model_validate(one)
        for one in surveys_asked_by(asked, [one.model_dump(mode="json") for one in stands.surveys])
    ]
    kit = stands.model_copy(update={"worksheets": [sheet, *others], "articles": articles, "surveys": surveys})
    mine: list[Problem] = []
    elsewhere: list[Problem] = []
    for problem in check_kit(kit):
        own = problem.loc[:2] == ("worksheets", 0)
        if own and problem.message == ASKS_NOTHING:
            continue  # said in plain words already
        (mine if own else elsewhere).append(problem)
    found = [
        fault_at(asked, problem.loc[2:], str(_SAID_HERE.get(problem.message, problem.message))) for problem in mine
    ]
    return found + [_elsewhere(problem, kit) for problem in _new_ones(elsewhere, kit, handbook, sheet.key)]


_SAID_HERE = {
    NOTHING_COUNTS: gettext_lazy(
        "No survey asks for it yet, so nobody would count its answers. Publish it with other readers first, add it under "
        "“Surveys”, and then choose here that nobody reads it by name: the survey follows by itself."
    ),
    NOBODY_OWES: gettext_lazy(
        "Nobody of a pair fills it in, so nobody would be asked for it when it is due: take its moments out, or let the mentor, "
        "the mentee or both fill it in."
    ),
    FILLED_IN_AT_JOINING: gettext_lazy(
        "People fill it in when they join, and no moment asks for it again: take its moments out."
    ),
    NEVER_REMINDED: gettext_lazy(
        "Whoever signs from outside would never be reminded: their link works no longer by then. Remind them earlier, or leave "
        "the days empty."
    ),
    TOO_FEW_ROWS: gettext_lazy("At least so many rows, at most so many: the first number is larger than the second."),
    TOO_MANY_ROWS: gettext_lazy("It begins with more rows than it may have: let it begin with fewer."),
    DUE_BEFORE_OPEN: gettext_lazy("It is due before it opens: let it be due later, or open earlier."),
    NOT_WORKED_OUT: gettext_lazy("Choose what is worked out: as it stands, it would stay blank."),
}
"""What a kit's checks say about its files, as somebody does it in the browser."""


def surveys_asked_by(definition: Definition, surveys: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A handbook's surveys as they are once this worksheet holds: those of a sheet that nobody reads by name are asked
    without names.
    """
    if definition.get("readers", {}).get("preset") != Preset.ANONYMOUS:
        return surveys
    return [{**one, "anonymous": True} if one["worksheet"] == definition["key"] else one for one in surveys]


def _in_the_agreement(kit: Kit, before: Kit, asked: Definition) -> list[DraftFault]:
    """Faults of the agreement's questions, and what they bring about elsewhere."""
    problems, known = check_kit(kit), {problem.message for problem in check_kit(before)}
    places = [
        ("sections", number, "fields", index)
        for number, section in enumerate(asked["sections"])
        for index, _field in enumerate(section.get("fields", []))
    ]
    found = []
    for problem in problems:
        if problem.loc[:2] == ("agreement", "fields") and len(problem.loc) > 2:
            found.append(fault_at(asked, (*places[int(problem.loc[2])], *problem.loc[3:]), problem.message))
        elif problem.message not in known:
            found.append(_elsewhere(problem, kit))
    return found


def _new_ones(problems: list[Problem], kit: Kit, handbook: Handbook, key: str) -> list[Problem]:
    """Problems elsewhere that the draft brings about: what was wrong before is no matter of this worksheet."""
    if not problems:
        return []
    before = current_versions(handbook).get(key)
    sheets = [worksheet_of(before)] if before else []
    old = kit.model_copy(update={"worksheets": [*sheets, *kit.worksheets[1:]]})
    known = {problem.message for problem in check_kit(old)}
    return [problem for problem in problems if problem.message not in known]


def _elsewhere(problem: Problem, kit: Kit) -> DraftFault:
    page = page_of(problem.loc, kit)
    within = problem.loc[:2] if page.kind == "worksheet" else ()
    words = placed(problem.loc, problem.message, kit.model_dump(mode="json"), within=within)
    return DraftFault("elsewhere", "", page.title, words, page)
