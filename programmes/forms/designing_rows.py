"""What the rows of a question may begin with, as its form asks it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from programmes.domain.designing.begin_rows import Elsewhere, TooManyParts, as_lines, columns_of, from_lines
from programmes.domain.designing.places import Field
from programmes.forms.designing_extras import ticks

SPARE_TAKES = 1
LISTS = ("examples", "suggestions")


class RowsMixin:
    """Examples and suggestions, a row on each line, and what is taken over from other worksheets."""

    fields: dict[str, forms.Field]
    shape: Field
    elsewhere: Elsewhere
    add_error: Any

    def add_row_fields(self) -> None:
        """Ask for them."""
        columns = " | ".join(label for _key, label in columns_of(self.shape))
        helps = _("A row on each line, its columns in this order: %(columns)s") % {"columns": columns}
        words = {
            "examples": _("Examples that somebody may put in; they are marked and do not count"),
            "suggestions": _("Suggestions that somebody may put in; they count as answers"),
        }
        for name in LISTS:
            area = forms.Textarea(attrs={"rows": 3})
            self.fields[name] = forms.CharField(
                label=words[name], help_text=helps, required=False, max_length=20_000, widget=area
            )
        takes = self.shape.get("takes", [])
        for number in range(len(takes) + SPARE_TAKES if self.elsewhere.sources or takes else 0):
            self._add_take(number, takes[number] if number < len(takes) else None)

    def _add_take(self, number: int, take: Mapping[str, Any] | None) -> None:
        offered = [(one.name, one.label) for one in self.elsewhere.sources]
        stands = name_of(take) if take else ""
        if stands and stands not in dict(offered):
            offered.append((stands, _("A question that is not asked any more")))
        self.fields[f"take-{number}"] = forms.ChoiceField(
            label=_("Rows may be taken over from"), choices=[("", _("nowhere")), *offered], required=False
        )
        source = next((one for one in self.elsewhere.sources if one.name == stands), None)
        if source is None:
            return
        for key, label in columns_of(self.shape):
            self.fields[f"take-{number}-{key}"] = forms.ChoiceField(
                label=_("“%(column)s” is filled with") % {"column": label},
                choices=[("", _("nothing")), *source.parts],
                required=False,
            )
        if source.lines:
            self.fields[f"take-{number}.lines"] = ticks(
                _("Of its lines only these"), list(source.lines), _("Nothing ticked: all of them.")
            )

    @property
    def row_fields(self) -> list[Any]:
        """The fields that say what rows begin with."""
        names = [name for name in self.fields if name in LISTS or name.startswith("take-")]
        return [self[name] for name in names]  # type: ignore[index]

    def initial_rows(self) -> dict[str, Any]:
        """What stands, as the form shows it."""
        columns = columns_of(self.shape)
        found: dict[str, Any] = {
            "examples": "\n".join(as_lines(self.shape.get("examples", []), columns)),
            "suggestions": "\n".join(as_lines([one["values"] for one in self.shape.get("suggestions", [])], columns)),
        }
        for number, take in enumerate(self.shape.get("takes", [])):
            found[f"take-{number}"] = name_of(take)
            found |= {f"take-{number}-{own}": their for own, their in take["columns"].items()}
            found[f"take-{number}.lines"] = take.get("items", [])
        return found

    def clean_rows(self, clean: Mapping[str, Any]) -> None:
        """Say which line has more parts than there are columns."""
        for name in LISTS:
            try:
                self._rows_of(name, clean)
            except TooManyParts as fault:
                words = _("Line %(line)s has more parts than the rows have columns.") % {"line": fault.line}
                self.add_error(name, words)

    def _rows_of(self, name: str, clean: Mapping[str, Any]) -> list[dict[str, Any]]:
        stands = self.shape.get(name, [])
        rows = stands if name == "examples" else [one["values"] for one in stands]
        return from_lines(clean.get(name, "").splitlines(), rows, columns_of(self.shape))

    def row_values(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        """What rows begin with, as the shapes have it."""
        before = self.shape.get("suggestions", [])
        suggestions = []
        for row in self._rows_of("suggestions", clean):
            same = next((one for one in before if one["values"] == row), None)
            suggestions.append(same or {"values": row, "ours": True})
        return {"examples": self._rows_of("examples", clean), "suggestions": suggestions, "takes": self._takes(clean)}

    def _takes(self, clean: Mapping[str, Any]) -> list[dict[str, Any]]:
        before = self.shape.get("takes", [])
        found = []
        for number in range(len(before) + SPARE_TAKES):
            chosen = clean.get(f"take-{number}", "")
            stands = before[number] if number < len(before) else None
            if stands is not None and chosen == name_of(stands):
                found.append(self._as_chosen(number, stands, clean))
            elif chosen:
                worksheet, _slash, field = chosen.partition("/")
                found.append({"worksheet": worksheet, "field": field, "columns": self._guess(chosen)})
        return found

    def _as_chosen(self, number: int, stands: Mapping[str, Any], clean: Mapping[str, Any]) -> dict[str, Any]:
        said = {**stands, "columns": self._columns(number, stands, clean)}
        lines = clean.get(f"take-{number}.lines", said.get("items", []))
        return {**said, "items": lines} if lines else {name: one for name, one in said.items() if name != "items"}

    def _columns(self, number: int, stands: Mapping[str, Any], clean: Mapping[str, Any]) -> dict[str, str]:
        own = [key for key, _label in columns_of(self.shape) if f"take-{number}-{key}" in self.fields]
        if not own:
            return dict(stands["columns"])
        chosen = {key: clean.get(f"take-{number}-{key}", "") for key in own}
        kept = {key: chosen[key] for key in stands["columns"] if chosen.get(key)}
        return kept | {key: their for key, their in chosen.items() if their}

    def _guess(self, name: str) -> dict[str, str]:
        """To begin with: columns of the same key, else the first goes into the first."""
        source = next(one for one in self.elsewhere.sources if one.name == name)
        own = [key for key, _label in columns_of(self.shape)]
        theirs = [key for key, _label in source.parts]
        same = {key: key for key in own if key in theirs}
        return same or ({own[0]: theirs[0]} if own and theirs else {})


def name_of(take: Mapping[str, Any]) -> str:
    """How the form calls what a question takes over."""
    return f"{take['worksheet']}/{take['field']}"
