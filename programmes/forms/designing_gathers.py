"""With which rows a table opens: what came about since the writer's last such sheet."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.designing.begin_rows import Asked, columns_of
from programmes.domain.designing.places import Field
from programmes.forms.designing_extras import Complain, Extra, numbered, with_standing
from templates_app.shapes import Kind, Level

SPARE = 1
LEVELS = {
    Level.ASPIRATION: gettext_lazy("each aspiration that was reached"),
    Level.GOAL: gettext_lazy("each goal that was reached"),
    Level.MILESTONE: gettext_lazy("each objective or milestone that was reached"),
    Level.NEED: gettext_lazy("each thing that was learnt"),
}
REACHED = (
    ("title", gettext_lazy("its name"), Kind.TEXT),
    ("reached_on", gettext_lazy("the day on which it was reached"), Kind.DATE),
)
_WORDS = frozenset({Kind.TEXT, Kind.LONGTEXT})
_ALONE = frozenset({"mentor", "mentee", "each"})


class GathersExtra(Extra):
    """Rows that the application puts into a table when its sheet is begun."""

    name = "gathers"
    title = gettext_lazy("Rows that are there from the start")
    help = gettext_lazy(
        "When somebody begins the sheet, the table holds a row for each thing that came about since their last sheet. They "
        "are the writer's to change and to take out. Choose what is gathered and save: then you can say which column says what. "
        "A column that must be answered, and is filled with nothing, has each row looked at."
    )

    def is_offered(self) -> bool:
        of_table = self.about.kind is Kind.TABLE and not self.about.field.get("items") and not self.about.is_inside
        alone = (
            self.about.definition.get("filled_by") in _ALONE and self.about.definition.get("belongs", "pair") == "pair"
        )
        return bool(self._stands) or (of_table and alone)

    @property
    def _stands(self) -> list[dict[str, Any]]:
        return list(self.about.field.get("gathers", []))

    def fields(self) -> dict[str, forms.Field]:
        asked: dict[str, forms.Field] = {}
        for number in range(len(self._stands) + SPARE):
            stands = self._stands[number] if number < len(self._stands) else None
            offered = with_standing(
                self._offered(), [name_of(stands)] if stands else [], _("a worksheet that is not there")
            )
            label = _("A row for") if not number else _("And a row for")
            asked[f"gather-{number}"] = forms.ChoiceField(
                label=label, choices=[("", _("nothing")), *offered], required=False
            )
            if stands:
                asked |= self._columns_asked(number, stands)
        return asked

    def _offered(self) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = [(f"level:{level.value}", words) for level, words in LEVELS.items()]
        for key, title in self.about.elsewhere.pairs:
            if key == self.about.definition.get("key"):
                continue
            for one in self.about.elsewhere.asked.get(key, ()):
                if one.kind is Kind.DATE:
                    words = _("each sheet of “%(title)s” that was sent, by its day “%(date)s”")
                    found.append((f"sheet:{key}/{one.key}", words % {"title": title, "date": one.label}))
        return found

    def _columns_asked(self, number: int, stands: Mapping[str, Any]) -> dict[str, forms.Field]:
        asked: dict[str, forms.Field] = {}
        for column in self.about.field.get("columns", []):
            fitting = [(one.key, one.label) for one in self._parts(name_of(stands)) if _fits(column, one.kind)]
            standing = stands["columns"].get(column["key"], "")
            fitting = with_standing(fitting, [standing], _("an answer that is not asked any more"))
            label = dict(columns_of(self.about.field)).get(column["key"], column["key"])
            asked[f"gather-{number}-{column['key']}"] = forms.ChoiceField(
                label=_("“%(column)s” says") % {"column": label},
                choices=[("", _("nothing, it is filled in by hand")), *fitting],
                required=False,
            )
        return asked

    def _parts(self, name: str) -> list[Asked]:
        what, _colon, which = name.partition(":")
        if what == "level":
            return [Asked(key, str(words), kind) for key, words, kind in REACHED]
        return list(self.about.elsewhere.asked.get(which.partition("/")[0], ()))

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for number, one in enumerate(self._stands):
            found[f"gather-{number}"] = name_of(one)
            found |= {f"gather-{number}-{own}": their for own, their in one["columns"].items()}
        return found

    def clean(self, clean: Mapping[str, Any], complain: Complain) -> None:
        for number, chosen in numbered("gather", clean):
            same = number < len(self._stands) and chosen == name_of(self._stands[number])
            if same and not any(self._columns(number, clean).values()):
                words = _("Say at least for one column what it says, or choose “nothing” here.")
                complain(f"gather-{number}", words)

    def values(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        found = []
        for number, chosen in numbered("gather", clean):
            stands = self._stands[number] if number < len(self._stands) else None
            if not chosen:
                continue
            if stands is not None and chosen == name_of(stands):
                found.append({**stands, "columns": self._columns(number, clean)})
            else:
                found.append({**_said(chosen), "columns": self._guess(chosen)})
        return {"gathers": found}

    def goes_on(self, now: Field) -> bool:
        return any(name_of(one) not in map(name_of, self._stands) for one in now.get("gathers", []))

    def _columns(self, number: int, clean: Mapping[str, Any]) -> dict[str, str]:
        """What each column says; those that stood keep their order, for the row is the same."""
        stood = self._stands[number]["columns"]
        said = {
            column["key"]: clean.get(f"gather-{number}-{column['key']}")
            for column in self.about.field.get("columns", [])
        }
        return {key: one for key in [*stood, *said] if (one := said.get(key, ""))}

    def _guess(self, chosen: str) -> dict[str, str]:
        """To begin with: into each column the first that fits it and no other column says."""
        found: dict[str, str] = {}
        for column in self.about.field.get("columns", []):
            parts = [
                one.key for one in self._parts(chosen) if _fits(column, one.kind) and one.key not in found.values()
            ]
            if parts and Kind(column["kind"]) in _WORDS | {Kind.DATE}:
                found[column["key"]] = parts[0]
        return found


def name_of(one: Mapping[str, Any]) -> str:
    """How the form calls what is gathered."""
    return f"level:{one['level']}" if one.get("level") else f"sheet:{one['worksheet']}/{one['on']}"


def _said(name: str) -> dict[str, str]:
    what, _colon, which = name.partition(":")
    if what == "level":
        return {"level": which}
    worksheet, _slash, on = which.partition("/")
    return {"worksheet": worksheet, "on": on}


def _fits(column: Field, kind: Kind) -> bool:
    """Whether an answer of that kind can stand in the column as it is. Answers to choose have keys of their own each."""
    own = Kind(column["kind"])
    return {own, kind} <= _WORDS or (own == kind and own not in {Kind.CHOICE, Kind.CHOICES})
