"""On which page of the handbook something stands that is told by its place in a kit."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.domain.handbook.parts import LISTS, PLAN, TEXTS, title_of
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import Kit


@dataclass(frozen=True)
class Page:
    """A page of the handbook. ``kind`` is ``worksheet``, ``list``, ``texts``, ``plan``, ``designs`` (all worksheets) or
    ``guidance``, ``name`` what its address calls it; both are empty where there is no such page.
    """

    title: str
    kind: str = ""
    name: str = ""


def page_of(loc: Loc, kit: Kit) -> Page:
    """The page on which the item at ``loc`` is changed."""
    if loc[0] == "worksheets" and len(loc) > 1 and isinstance(loc[1], int):
        sheet = kit.worksheets[loc[1]]
        return Page(sheet.title, "worksheet", sheet.key)
    names = tuple(step for step in loc if isinstance(step, str))
    of_lists = [(tuple(part.name.split(".")), Page(str(part.title), "list", part.slug)) for part in LISTS]
    of_texts = [
        (_path(part.path, field.name), Page(str(part.title), "texts", part.name))
        for part in TEXTS
        for field in part.fields
    ]
    of_plan = [((PLAN,), Page(title_of(PLAN), "plan"))]
    found = [one for one in (*of_lists, *of_texts, *of_plan) if _meet(one[0], names)]
    if found:  # the page of the innermost part; of parts as deep the first, lists before single texts
        return max(found, key=lambda one: min(len(one[0]), len(names)))[1]
    return Page(_("Matching") if loc[0] == "matching" else _("Elsewhere in the handbook"))


def _path(path: str, name: str) -> tuple[str, ...]:
    return tuple(part for part in (*path.split("."), *name.split(".")) if part)


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two places is inside the other."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]
