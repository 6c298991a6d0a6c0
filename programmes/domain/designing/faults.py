"""What has to be put right in a draft, and where somebody finds it in the designer."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain.designing.places import Definition, label_of
from programmes.domain.handbook.addressing import Page

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


def fault_at(definition: Definition, loc: Loc, words: str) -> DraftFault:
    """A fault at a place in the shapes, as somebody finds it in the designer."""
    where, name, label = place_at(definition, loc)
    return DraftFault(where, name, label, words)


def place_at(definition: Definition, loc: Loc) -> tuple[str, str, str]:
    """Where, under which name and how called somebody finds a place of the shapes, as ``DraftFault`` has it."""
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
