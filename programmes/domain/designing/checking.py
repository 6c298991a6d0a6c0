"""What has to be put right in a draft before it can be published: the checks of ``kit check``, with the question named."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from programmes.domain.designing.agreements import is_agreement, with_questions
from programmes.domain.designing.kinds import HAS_OPTIONS, HAS_POINTS
from programmes.domain.designing.places import ROWS, Definition, Field, inside, spots
from programmes.domain.designing.words import CAN_SIGN
from programmes.domain.handbook.addressing import Page, page_of
from programmes.domain.handbook.naming import placed
from templates_app.domain.kit_files.checking import check_kit
from templates_app.domain.kit_files.checks.effects import NOBODY_OWES
from templates_app.domain.kit_files.checks.fields import NOT_WORKED_OUT
from templates_app.domain.kit_files.checks.surveys import NOTHING_COUNTS
from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.wording import in_plain_words
from templates_app.domain.kits import AGREEMENT_KEY, current_versions, kit_of, worksheet_of
from templates_app.models import Article, Handbook
from templates_app.shapes import Article as ArticleShape
from templates_app.shapes import Filler, Kind, Kit, Preset, Survey, Worksheet

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class DraftFault:
    """Something to put right. ``where`` is question, section, moment, facts or elsewhere; ``name`` its place or key. Of what
    stands elsewhere ``page`` says where it is changed.
    """

    where: str
    name: str
    label: str
    words: str
    page: Page | None = None

    @property
    def told(self) -> str:
        """Where and what, in one line."""
        return f"{self.label}: {self.words}"


def faults_of(definition: Definition, handbook: Handbook) -> list[DraftFault]:
    """Everything that has to be put right, in the order of the sheet; empty when the draft can be published."""
    asked = as_asked(definition)
    plain = list(_plain_faults(asked))
    known = {(fault.where, fault.name) for fault in plain}
    try:
        sheet = Worksheet.model_validate(marked(asked))
    except ValidationError as error:
        found = [_fault(asked, tuple(one["loc"]), in_plain_words(dict(one))) for one in error.errors()]
        return plain + [fault for fault in found if (fault.where, fault.name) not in known]
    return plain + [fault for fault in _in_the_kit(sheet, asked, handbook) if (fault.where, fault.name) not in known]


def as_asked(definition: Definition) -> Definition:
    """The definition without what is hidden, and without the moments of a worksheet that is out of use."""
    sections = [{**section, "fields": _asked(section.get("fields", []))} for section in definition.get("sections", [])]
    asked = {**definition, "sections": sections}
    return asked if definition.get("in_use", True) else {**asked, "moments": []}


def _asked(fields: list[Field]) -> list[Field]:
    found = []
    for field in fields:
        if field.get("hidden"):
            continue
        inner = inside(field)
        found.append({**field, inner: _asked(field[inner])} if field.get(inner) else field)
    return found


def marked(definition: Definition) -> Definition:
    """The definition with what names no source marked as the programme's own, as a kit's files must say it."""
    if definition.get("ours"):
        return definition
    sections = [
        {**section, "fields": [_marked(field) for field in section.get("fields", [])]}
        for section in definition.get("sections", [])
    ]
    own = {} if definition.get("source") else {"ours": True}
    return {**definition, "sections": sections, **own}


def _marked(field: Field) -> Field:
    inner = inside(field)
    parts = {inner: [_marked(part) for part in field[inner]]} if field.get(inner) else {}
    return {**field, **parts, **({} if field.get("source") else {"ours": True})}


# --- What a coordinator is told in plain words ------------------------------------------------------------------------


def _plain_faults(definition: Definition) -> Iterator[DraftFault]:
    if not str(definition.get("title", "")).strip():
        yield DraftFault("facts", "", _("The worksheet"), _("Give it a title."))
    asked = list(spots(definition))
    if not any(spot.field["kind"] != Kind.NOTE for spot in asked):
        yield DraftFault("sheet", "", _("The worksheet"), _("It asks nothing yet. Add a question."))
    for spot in asked:
        for words in (
            *_lacks(spot.field),
            *_not_seen(spot.field),
            *_never_signed(spot.field, definition.get("filled_by", "")),
            *_of_one_side(spot.field),
        ):
            yield DraftFault("question", spot.place, label_of(spot.field), words)


def _lacks(field: Field) -> Iterator[str]:
    kind = Kind(field["kind"])
    if kind is Kind.NOTE:
        if not field.get("text", "").strip():
            yield _("Write the text that is shown, or take it out.")
        return
    if not field.get("label", "").strip():
        yield _("Write what is asked.")
    for kinds, names, words in _NEEDED:
        if kind in kinds and not any(field.get(name) for name in names):
            yield str(words)
    values = [point.get("value") for point in field.get("points", [])]
    if kind in HAS_POINTS and len(values) < 2:
        yield _("A scale needs at least two points.")
    if len(values) != len(set(values)):
        yield _("Two points of the scale have the same value.")
    if kind in ROWS and field.get("min_rows", 0) > field.get("max_rows", 50):
        yield _("At least so many rows, at most so many: the first number is larger than the second.")


def _not_seen(field: Field) -> Iterator[str]:
    """What a question with a picture needs for those who look at it, and for those who do not see it."""
    if field["kind"] != Kind.PICTURE:
        return
    if not field.get("picture"):
        yield _("Choose the picture that is pointed at.")
    elif not field["picture"].get("words", "").strip():
        yield _("Say what the picture shows, for those who do not see it.")


def _never_signed(field: Field, filled_by: str) -> Iterator[str]:
    """A signature that is needed and that nobody could give would hold the sheet up for ever."""
    if Kind(field["kind"]) not in SIGNED or field.get("need") != "must" or not field.get("signer"):
        return
    if filled_by in CAN_SIGN and field["signer"] not in CAN_SIGN[Filler(filled_by)]:
        yield _("Whoever is to sign here does not write this sheet, so it could never be sent: let it be left blank.")


def _of_one_side(field: Field) -> Iterator[str]:
    """Columns that one side writes, in a table that has no fixed lines (any more)."""
    if field["kind"] in ROWS and not field.get("items"):
        for part in field.get(inside(field), []):
            if part.get("by"):
                words = _(
                    "“%(column)s” is written by one side, which goes with fixed lines alone: give the table lines, or let "
                    "everybody write that column."
                )
                yield words % {"column": label_of(part)}


SIGNED = frozenset({Kind.SIGNATURE, Kind.INITIALS})
_NEEDED = (
    (HAS_OPTIONS, ("options", "options_from"), gettext_lazy("Add at least one answer to choose.")),
    ({Kind.MATRIX, Kind.CHECKLIST}, ("items",), gettext_lazy("Add at least one line.")),
    ({Kind.TABLE, Kind.GROUP}, ("columns", "fields"), gettext_lazy("Add at least one question to its rows.")),
    ({Kind.COMPUTED}, ("compute", "layers"), gettext_lazy("Say what is worked out.")),
    (SIGNED, ("signer",), gettext_lazy("Say who signs.")),
)
"""What a kind cannot do without: any of these attributes."""


def label_of(field: Field) -> str:
    """What a question is called in lists."""
    return str(field.get("label") or field.get("text", "").split("\n")[0][:80] or field["key"])


# --- What the handbook as a whole says --------------------------------------------------------------------------------


def _in_the_kit(sheet: Worksheet, asked: Definition, handbook: Handbook) -> list[DraftFault]:
    others = [
        worksheet_of(version)
        for key, version in current_versions(handbook).items()
        if key not in {sheet.key, AGREEMENT_KEY}
    ]
    articles = [
        ArticleShape.model_construct(**{name: getattr(row, name) for name in ArticleShape.model_fields})
        for row in Article.objects.filter(handbook=handbook)
    ]
    if is_agreement(sheet.key):
        kit = kit_of(handbook).model_copy(update={"worksheets": others, "articles": articles})
        return _in_the_agreement(with_questions(kit, asked), kit, asked)
    stands = kit_of(handbook)
    surveys = [
        Survey.model_validate(one)
        for one in surveys_asked_by(asked, [one.model_dump(mode="json") for one in stands.surveys])
    ]
    kit = stands.model_copy(update={"worksheets": [sheet, *others], "articles": articles, "surveys": surveys})
    mine: list[Problem] = []
    elsewhere: list[Problem] = []
    for problem in check_kit(kit):
        own = problem.loc[:2] == ("worksheets", 0)
        (mine if own else elsewhere).append(problem)
    found = [_fault(asked, problem.loc[2:], str(_SAID_HERE.get(problem.message, problem.message))) for problem in mine]
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
            found.append(_fault(asked, (*places[int(problem.loc[2])], *problem.loc[3:]), problem.message))
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


def _fault(definition: Definition, loc: Loc, words: str) -> DraftFault:
    """A fault at a place in the shapes, as somebody finds it in the designer."""
    where, name, label = _place_of(definition, loc)
    return DraftFault(where, name, label, words)


def _place_of(definition: Definition, loc: Loc) -> tuple[str, str, str]:
    here: Any = definition
    keys: list[str] = []
    found = ("facts", "", _("The worksheet"))
    for index, step in enumerate(loc):
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            break
        list_name = loc[index - 1] if isinstance(step, int) and index else ""
        if list_name in {"fields", "columns"}:
            keys.append(here["key"])
            found = ("question", ".".join(keys), label_of(here))
        elif list_name == "sections":
            found = ("section", here["key"], here.get("title") or here["key"])
        elif list_name == "moments":
            found = ("moment", here["key"], here.get("title") or here["key"])
    return found


# --- To be looked at in spite of faults ---------------------------------------------------------------------------------


def previewable(definition: Definition) -> tuple[Worksheet | None, int]:
    """The draft as far as it can be drawn, and how many questions are left out because of their faults."""
    asked = as_asked(definition)
    left_out = 0
    for _attempt in range(100):
        try:
            return Worksheet.model_validate(asked), left_out
        except ValidationError as error:
            taken = {place for one in error.errors() if (place := _place_of(asked, tuple(one["loc"])))[0] == "question"}
            if not taken:
                if asked["readers"] == _HARMLESS:
                    return None, left_out
                asked = {**asked, "readers": _HARMLESS, "moments": [], "belongs": "pair"}
                continue
            left_out += len(taken)
            for _where, name, _label in taken:
                spot = next((one for one in spots(asked) if one.place == name), None)
                if spot is not None:
                    spot.level.remove(spot.field)
    return None, left_out


_HARMLESS = {"preset": "author-coordinator"}
