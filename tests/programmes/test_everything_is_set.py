"""Whatever a kit's files may say, a coordinator can say in the browser: every field of every shape is set by a page, or stands
among the few that are not, with its reason.

What the handbook's pages set is read from their parts, which name places of the content. What the designer sets is typed in: a
question, worksheet, section or moment of a kit that says something new is shown, and what its page shows is sent to one that
says nothing yet. So a setting that a page shows and forgets is found as well.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from programmes import views
from programmes.domain.designing.around import around_in
from programmes.domain.designing.begin_rows import elsewhere_in
from programmes.domain.designing.drafts import begin_worksheet
from programmes.domain.designing.kinds import new_field, tidy_field
from programmes.domain.designing.places import Definition, inside, spot_of, spots
from programmes.domain.designing.questions import add_question, hide_question
from programmes.domain.designing.sheets import add_section, put_to_use, save_moment
from programmes.domain.handbook.articles import add_article
from programmes.domain.handbook.fields import Field
from programmes.domain.handbook.items import move_item
from programmes.domain.handbook.measure_said import said_as_shape, shown
from programmes.domain.handbook.measure_shape import shape_of
from programmes.domain.handbook.measuring import subjects_of
from programmes.domain.handbook.parts import LISTS, TEXTS
from programmes.domain.matching.criteria import add_criterion
from programmes.forms.designing import FactsForm
from programmes.forms.designing_question import QuestionForm
from programmes.forms.designing_section import SectionForm
from programmes.forms.designing_times import MomentForm
from programmes.forms.handbook import ArticleForm, PlanForm, SliceForm
from programmes.forms.matching import CriterionForm
from templates_app.domain.kits import agreement_sheet
from templates_app.domain.pictures import keep_picture
from templates_app.shapes import (
    Agreement,
    Article,
    ClausePart,
    Criterion,
    Duty,
    Every,
    FieldShape,
    Instant,
    Kind,
    Kit,
    Matching,
    Measure,
    Meeting,
    Model,
    Moment,
    Option,
    Partner,
    PictureFile,
    Plan,
    Section,
    SessionPlan,
    Shape,
    ShowIf,
    Slice,
    Stage,
    Step,
    Worksheet,
)
from tests.kits import every_kit, kit_named
from tests.programmes.designing.conftest import as_shown
from tests.templates_app.pictures import png

Told = tuple[type[Shape], str]
"""A shape and the name of one of its fields. What a shape has from another is the other's."""

EVERYWHERE = {
    "source": "It stands for items of a catalogue, and stays with what it was written for.",
    "ours": "It follows by itself: what is made in the browser is the programme's own.",
    "key": "Answers, addresses and other parts hang on it. It is made of the words, and never changes.",
}
"""Names of fields that no page sets, wherever they stand, with the reason."""

NOWHERE: dict[Told, str] = {
    (Agreement, "source_parties"): "Ids of a catalogue, like 'source'.",
    (Article, "points"): "Ids of a catalogue, like 'source'.",
    (Kit, "catalogue"): "By which catalogue the files are counted; a programme's copy is not counted.",
    (Kit, "draft"): "Of files that are still being written: no programme is made from them, so no page ever shows it.",
    (Kit, "from_nothing"): "How a kit is offered before there is a programme; a programme's copy says no more of it.",
    (Kit, "language"): "The language in which the handbook was written.",
    (Kit, "partners"): "They become the organisation's partners, and are changed among these.",
    (Partner, "name"): "As the partners themselves.",
    (Partner, "short"): "As the partners themselves.",
    (Section, "show_if"): "Short in files for the condition of each of its questions, which is set with the question.",
    (Criterion, "sensitive"): "It follows from the questions that are compared.",
}
"""What no page sets, with the reason."""

BY_STEPS: dict[Told, Callable[..., Any]] = {
    (Kit, "worksheets"): begin_worksheet,
    (Kit, "articles"): add_article,
    (Kit, "pictures"): keep_picture,
    (PictureFile, "file"): keep_picture,
    (PictureFile, "data"): keep_picture,
    (Worksheet, "sections"): add_section,
    (Worksheet, "moments"): save_moment,
    (Worksheet, "in_use"): put_to_use,
    (Section, "fields"): add_question,
    (FieldShape, "fields"): add_question,
    (FieldShape, "hidden"): hide_question,
    (Matching, "criteria"): add_criterion,
    (Stage, "number"): move_item,
    (SessionPlan, "number"): move_item,
    (Stage, "sessions"): move_item,
}
"""What is set by a step of its own and not in a form: by which."""


# --- What the shapes let a kit say --------------------------------------------------------------------------------------


def shapes_in(annotation: Any) -> Iterator[type[Shape]]:
    """The shapes that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from shapes_in(part)


def told(shape: type[Shape], name: str) -> Told:
    """A field by the shape that has it first."""
    return next(one for one in reversed(shape.__mro__) if name in getattr(one, "model_fields", ())), name


def sayable() -> set[Told]:
    """Every field of every shape that is reached from a kit."""
    found: set[Told] = set()
    known: set[type[Shape]] = {Kit}
    waiting = [Kit]
    while waiting:
        shape = waiting.pop()
        for name, field in shape.model_fields.items():
            fresh = {one for one in shapes_in(field.annotation) if one not in known}
            found |= {told(shape, name)} if name not in EVERYWHERE else set()
            known |= fresh
            waiting += fresh
    return found


# --- What the handbook's pages set --------------------------------------------------------------------------------------

COMPOSED: dict[str, tuple[type[Shape], Iterable[str]]] = {
    "instant": (Instant, ("anchor", "session", "days", "months")),
    "every": (Every, ("weeks", "months", "sessions", "times")),
    "step": (Step, ("title", "by", "days")),
    "name": (Step, ("title",)),
    "answer": (ShowIf, ("field", "is_in")),
    "duties": (Duty, ("text",)),
    "lines": (ClausePart, ("text",)),
    "options": (Option, ("label",)),
    "columns": (FieldShape, ("label",)),
}
"""What the kinds of a handbook's fields say beyond the field itself."""


def at(shape: type[Shape], path: str) -> Told:
    """The shape in which a path ends, and the name it has there."""
    *way, name = path.split(".")
    for step in way:
        shape = next(shapes_in(shape.model_fields[step].annotation))
    return shape, name


def inside_of(shape: type[Shape], path: str) -> type[Shape] | None:
    """The shape that stands at a path; none where that is a list of names."""
    place, name = at(shape, path)
    return next(shapes_in(place.model_fields[name].annotation), None)


def along(shape: type[Shape], path: str) -> Iterator[Told]:
    """Every field that a path leads through."""
    steps = path.split(".")
    return (told(*at(shape, ".".join(steps[: end + 1]))) for end in range(len(steps)))


def by_fields(shape: type[Shape], fields: Iterable[Field]) -> Iterator[Told]:
    """What fields of a part set in a shape."""
    for field in fields:
        yield from along(shape, field.name)
        composed, names = COMPOSED.get(field.kind, (shape, ()))
        yield from (told(composed, name) for name in names)
        if field.rows and (inner := inside_of(shape, field.name)):
            yield from by_fields(inner, field.rows)


def by_parts() -> Iterator[Told]:
    """What the parts of the handbook's page set."""
    for path, fields in [*((one.path, one.fields) for one in TEXTS), *((one.name, one.fields) for one in LISTS)]:
        yield from along(Kit, path) if path else ()
        if shape := inside_of(Kit, path) if path else Kit:
            yield from by_fields(shape, fields)


def by_forms() -> Iterator[Told]:
    """What forms of their own set, whose fields go by the shapes' names: the plan, guidance, what matching compares."""
    names: dict[type[Shape], Iterable[str]] = {
        Plan: PlanForm.base_fields,
        Meeting: [*PlanForm.base_fields, "slices"],
        Slice: SliceForm.base_fields,
        Model: ["kind", *(name.removeprefix("team_") for name in PlanForm.base_fields)],
        Article: ArticleForm.base_fields,
        Criterion: CriterionForm.base_fields,
    }
    for shape, fields in names.items():
        yield from (told(shape, name) for name in fields if name in shape.model_fields)


def by_measures(kit: Kit) -> Iterator[Told]:
    """What an indicator is reckoned from, as its page asks it: of each way of reckoning only what its form has a place for."""
    for indicator in kit.indicators:
        for one in indicator.measures:
            about = subjects_of(kit, one)
            asked = {field.name for field in shape_of(kit, indicator, one.reckon, about, one.key)}
            typed = {name: value for name, value in shown(one).items() if name in asked}
            yield from said(Measure, said_as_shape(one.reckon, about, typed))


# --- What the designer sets ---------------------------------------------------------------------------------------------

_OF_OTHERS = {FieldShape: {"columns", "fields"}, Section: {"fields"}, Worksheet: {"sections", "moments"}}
"""What is changed on pages of its own."""


def said(shape: type[Shape], value: Mapping[str, Any]) -> Iterator[Told]:
    """What a value of a shape says, and all that stands in it."""
    for name, field in shape.model_fields.items():
        stands = value.get(name)
        if name in EVERYWHERE or name in _OF_OTHERS.get(shape, ()) or stands in (None, "", [], {}, False):
            continue
        yield told(shape, name)
        for inner in shapes_in(field.annotation):
            for one in stands if isinstance(stands, list) else [stands]:
                yield from said(inner, one) if isinstance(one, dict) else ()


class Typist:
    """Somebody who types what the worksheets of a kit say into ones that say nothing yet. ``found``: what is known to be set."""

    def __init__(self, kit: Kit, found: set[Told]) -> None:
        self.kit, self.found = kit, found
        self.sheets = {sheet.key: sheet for sheet in kit.worksheets}
        self.articles = tuple((one.key, one.title) for one in kit.articles)

    def types(self, shape: type[Shape], value: Mapping[str, Any], typed: Callable[[], Mapping[str, Any]]) -> None:
        """Have something typed, where it says anything that is not known to be set."""
        if not set(said(shape, value)) <= self.found:
            self.found |= set(said(shape, typed()))

    def types_all(self) -> None:
        for sheet in [*self.kit.worksheets, agreement_sheet(self.kit)]:
            one: Definition = sheet.model_dump(mode="json", exclude_defaults=True)
            for spot in list(spots(one)):
                self.types(FieldShape, spot.field, lambda one=one, place=spot.place: self.question(one, place))
            for section in one["sections"]:
                self.types(Section, section, lambda one=one, section=section: self.section(one, section))
            for moment in one.get("moments", []):
                self.types(Moment, moment, lambda moment=moment: self.moment(moment))
            if sheet.key in self.sheets:
                self.types(Worksheet, one, lambda one=one: self.facts(one))

    def question(self, definition: Definition, place: str) -> dict[str, Any]:
        about = {"kit": self.kit, "elsewhere": elsewhere_in(self.sheets, but=definition["key"], articles=self.articles)}
        shown = as_shown(QuestionForm(None, definition=definition, spot=spot_of(definition, place), **about))
        bare = deepcopy(definition)
        field = spot_of(bare, place).field
        kind, parts = Kind(field["kind"]), {name: field[name] for name in (inside(field),) if name in field}
        key = field["key"]
        field.clear()
        field |= new_field(key=key, kind=kind, label="?") | parts

        def form_with(sent: Any) -> QuestionForm:
            files = {"picture_file": png()} if kind is Kind.PICTURE else {}
            return QuestionForm(sent, files, definition=bare, spot=spot_of(bare, place), **about)

        return pressed(form_with, shown, field)

    def facts(self, definition: Definition) -> dict[str, Any]:
        others = [one for one in self.kit.worksheets if one.key != definition["key"]]
        about = {"kit": self.kit, "around": around_in(others, self.articles)}
        shown = as_shown(FactsForm(None, definition=definition, **about))
        bare = {name: deepcopy(definition[name]) for name in ("key", "filled_by", "sections")}
        bare["readers"] = {"preset": definition["readers"]["preset"]}
        return pressed(lambda sent: FactsForm(sent, definition=bare, **about), shown, bare)

    def section(self, definition: Definition, section: dict[str, Any]) -> dict[str, Any]:
        shown = as_shown(SectionForm(None, definition=definition, section=section))
        bare = {"key": section["key"], "fields": section["fields"]}
        return pressed(lambda sent: SectionForm(sent, definition=definition, section=bare), shown, bare)

    def moment(self, moment: dict[str, Any]) -> dict[str, Any]:
        shown = as_shown(MomentForm(None, kit=self.kit, moment=moment))
        return pressed(lambda sent: MomentForm(sent, kit=self.kit, moment=None), shown, {})


def pressed(form_with: Callable[[Any], Any], shown: Any, bare: dict[str, Any]) -> dict[str, Any]:
    """What comes of sending what is shown, three times: some can be said only once something else is saved. What a page that
    says nothing yet does not take is left out.
    """
    for _press in range(3):
        sent = shown.copy()
        form = form_with(sent)
        for name in [] if form.is_valid() else list(form.errors):
            sent.pop(name, None)
        form = form_with(sent)
        assert form.is_valid(), form.errors
        bare |= form.values()
    return bare


def by_designer() -> set[Told]:
    """What the designer's pages set, as far as any kit says it."""
    found: set[Told] = set()
    for key in reversed(every_kit()):
        Typist(kit_named(key), found).types_all()
    return found


# --- All of it ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def settable() -> set[Told]:
    return {*by_parts(), *by_forms(), *by_measures(kit_named("aspire"))} | by_designer()


def named(found: Iterable[Told]) -> list[str]:
    return sorted(f"{shape.__name__}.{name}" for shape, name in found)


def test_every_field_of_every_shape_is_set_by_a_page_or_stands_among_the_exceptions(settable):
    """A new field of a shape wants a place in a form, or a reason here. What the designer sets has to be said by some kit:
    one of those that tests alone have says what no shipped one does.
    """
    assert named(sayable() - settable - BY_STEPS.keys() - NOWHERE.keys()) == []


def test_no_exception_is_left_over(settable):
    """What has come to be set by a page is no exception any more."""
    exceptions = BY_STEPS.keys() | NOWHERE.keys()
    assert named(exceptions & settable) == []
    assert named(exceptions - sayable()) == []


def test_the_steps_are_taken_on_pages():
    """A step of the domain that no page takes sets nothing for anybody."""
    pages = "".join(path.read_text() for path in Path(views.__path__[0]).glob("*.py"))
    assert [step.__name__ for step in set(BY_STEPS.values()) if f"{step.__name__}(" not in pages] == []


_MADE = {*EVERYWHERE, "file", "kept", "width", "height"}
"""Names of what is made anew where something is typed in: its keys, its picture's file."""
_WITHOUT_EFFECT = {("agreement", "rules", "meaning")}
"""What the designer does not offer, since nothing comes of it: a checklist's meanings are those of its lines."""


def words_in(value: Any) -> Any:
    """A value without what is made anew, and without what says nothing."""
    if isinstance(value, dict):
        return {
            name: words_in(one)
            for name, one in value.items()
            if name not in _MADE and one not in (None, "", [], {}, False)
        }
    return [words_in(one) for one in value] if isinstance(value, list) else value


def test_every_question_of_a_handbook_is_typed_in_as_it_stands():
    """Not only is each of its settings asked somewhere: its page takes them all at once, with all their values."""
    typist = Typist(kit_named("harbour"), set())
    lost = []
    for sheet in [*typist.kit.worksheets, agreement_sheet(typist.kit)]:
        one = sheet.model_dump(mode="json", exclude_defaults=True)
        for spot in list(spots(one)):
            typed = typist.question(one, spot.place)
            tidy_field(typed)
            stands, has = words_in(spot.field), words_in(typed)
            wrong = [name for name in stands.keys() | has.keys() if stands.get(name) != has.get(name)]
            lost += [(sheet.key, spot.place, name) for name in wrong if name not in _OF_OTHERS[FieldShape]]
    assert set(lost) - _WITHOUT_EFFECT == set()


def test_what_no_form_asks_is_found(settable):
    """The walk sees what it is for: were ways of meeting no part of the handbook's pages, it would name them."""
    lacking = sayable() - (settable - {told(Plan, "platforms")}) - BY_STEPS.keys() - NOWHERE.keys()
    assert named(lacking) == ["Plan.platforms"]
