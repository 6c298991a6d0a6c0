"""Making themes and finding them in texts. Whoever saves says what they saw, so that two at once lose nothing.

A theme that one marks is added and one that one takes away is taken away, whatever else was marked on the text meanwhile:
nobody's mark is undone by somebody who never saw it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.domain.coding.texts import Question, Text
from evaluation.models import Theme, ThemeMark
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.models import Cohort, Programme

MOST_THEMES = 12
"""A list that one can keep in mind while one reads."""
NONE = "none"
"""Stands for: read, and none of the themes is in it."""
Marks = dict[UUID, frozenset[str]]
"""What is marked on an answer, by the response it stands in."""


class ThemesRefused(Exception):
    """Something of the list of themes cannot be saved so; nothing was. ``faults`` says why, by the theme's id or ``new``."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass(frozen=True)
class Marking:
    """What one coordinator saw marked on a text, and what they want marked: ids of themes, or ``NONE``."""

    text: Text
    had: frozenset[str]
    chosen: frozenset[str]


@dataclass(frozen=True)
class Naming:
    """What a theme was called when one saw it, and what it is to be called; nothing takes it out."""

    had: str
    wanted: str


def themes_of(programme: Programme, questions: Iterable[Question]) -> dict[tuple[str, str], list[Theme]]:
    """The themes of these questions, each question's in their order. One query."""
    found: dict[tuple[str, str], list[Theme]] = {one.key: [] for one in questions}
    for theme in Theme.objects.filter(programme=programme).order_by("position", "created_at", "id"):
        if (theme.worksheet, theme.question) in found:
            found[theme.worksheet, theme.question].append(theme)
    return found


def marks_in(cohort: Cohort) -> dict[str, Marks]:
    """What is marked on a cohort's sheets, by question and response: ids of themes, or ``NONE``. One query."""
    rows = ThemeMark.objects.filter(response__outputs__pairing__cohort=cohort)
    found: dict[str, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
    for question, response, theme in rows.values_list("question", "response", "theme"):
        found[question][response].add(str(theme) if theme else NONE)
    return {question: {response: frozenset(marks) for response, marks in of.items()} for question, of in found.items()}


@transaction.atomic
def save_coding(
    *,
    cohort: Cohort,
    question: Question,
    namings: Mapping[UUID, Naming],
    new: str,
    markings: Sequence[Marking],
    actor: User,
) -> int:
    """Change the list of themes and mark texts with them. Returns how many texts were marked otherwise than before.

    Raises ``ThemesRefused`` where a name is taken, was changed by somebody else, or belongs to a theme that texts have.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=cohort.programme_id)
    themes = themes_of(programme, [question])[question.key]
    changed = _name(themes, namings, new)
    if new:
        place = max((theme.position for theme in themes), default=0) + 1
        worksheet, field = question.key
        Theme.objects.create(programme=programme, worksheet=worksheet, question=field, position=place, name=new)
    known = {str(theme.pk): theme for theme in themes if theme.name}
    if any(one.chosen - one.had - known.keys() - {NONE} for one in markings):
        raise ThemesRefused(
            {"": _("A theme that you marked was taken out meanwhile. See what stands now, and mark again.")}
        )
    marked = sum(_mark(question, known, one) for one in markings)
    if changed or new or marked:
        record_event("themes.coded", cohort, actor=actor, texts=marked)
    return marked


def _name(themes: Sequence[Theme], namings: Mapping[UUID, Naming], new: str) -> bool:
    """Give themes their new names and take out those that have none. Returns whether anything changed."""
    wanted = {theme.pk: one for theme in themes if (one := namings.get(theme.pk)) and one.wanted != one.had}
    faults = {str(theme.pk): fault for theme in themes if (fault := _fault(theme, wanted.get(theme.pk)))}
    names = {str(theme.pk): wanted[theme.pk].wanted if theme.pk in wanted else theme.name for theme in themes}
    faults = _doubled(names, [str(pk) for pk in wanted], new) | faults
    if new and sum(map(bool, names.values())) >= MOST_THEMES:
        told = _("There are %(count)d themes, and more are hard to keep in mind. Take one out first.")
        faults["new"] = told % {"count": MOST_THEMES}
    if faults:
        raise ThemesRefused(faults)
    for theme in themes:
        if theme.pk in wanted:
            theme.name = wanted[theme.pk].wanted
            if theme.name:
                theme.save(update_fields=["name"])
            else:
                theme.delete()
    return bool(wanted)


def _fault(theme: Theme, naming: Naming | None) -> str:
    if naming is None:
        return ""
    if theme.name != naming.had:
        return _("Somebody has called it “%(name)s” meanwhile. Look whether that serves you too.") % {
            "name": theme.name
        }
    if not naming.wanted and theme.marks.exists():
        return _("There are texts with this theme. Take it off them first, or give it another name.")
    return ""


def _doubled(names: Mapping[str, str], changed: Iterable[str], new: str) -> dict[str, str]:
    """Faults of names that another theme bears too. Upper and lower case make no difference."""
    count = Counter(name.casefold() for name in [*names.values(), new] if name)
    told = _("There is a theme of this name already. Give it another one.")
    wrong = [key for key in changed if count[names[key].casefold()] > 1]
    return dict.fromkeys(wrong + (["new"] if count[new.casefold()] > 1 else []), told)


def _mark(question: Question, known: Mapping[str, Theme], one: Marking) -> bool:
    """Add to a text what was marked and take off what was taken off. Returns whether there was anything to do."""
    added, taken = one.chosen - one.had, one.had - one.chosen
    rows = ThemeMark.objects.filter(response=one.text.response, question=question.field.key)
    if NONE in taken:
        rows.filter(theme=None).delete()
    rows.filter(theme__in=[known[key] for key in taken & known.keys()]).delete()
    for key in sorted(added):
        theme = None if key == NONE else known[key]
        ThemeMark.objects.get_or_create(response=one.text.response, question=question.field.key, theme=theme)
    return bool(added or taken)
