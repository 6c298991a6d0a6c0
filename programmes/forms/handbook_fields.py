"""Form fields for what handbooks hold: lines, numbers, moments, steps."""

import re
from collections.abc import Callable
from itertools import permutations
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook.choosing import Names
from programmes.domain.handbook.fields import Field
from programmes.domain.handbook.reading import ANY, NONE, answer_names
from programmes.domain.handbook.words import ANCHORS, EVERY, TAKERS

BLANK = [("", "–")]
NAME_LENGTH = 60
MOST = 2000
"""No number of a handbook is larger; where fewer are sensible, its shapes say so."""


class TextField(forms.CharField):
    """A text of several lines, with the line ends that files have and not those that browsers send."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class LinesField(forms.CharField):
    """Some texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(
            str(one.get("text") or one.get("label", "")) if isinstance(one, dict) else one for one in value
        )

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(self.prepare_value(initial)) != self.to_python(data)


class NumbersField(forms.CharField):
    """Whole numbers with commas between."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int]:
        parts = [part for part in re.split(r"[,;\s]+", super().to_python(value) or "") if part]
        if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
            raise forms.ValidationError(_("Write numbers with commas between, such as 4, 5."))
        return sorted({int(part) for part in parts})


class NamesField(forms.CharField):
    """Words with commas between, each once."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        parts = [" ".join(part.split()) for part in re.split(r"[,;]", super().to_python(value) or "")]
        if any(len(part) > NAME_LENGTH for part in parts):
            raise forms.ValidationError(_("Keep each shorter, and put commas between them."))
        return list(dict.fromkeys(part for part in parts if part))


class OptionalChoice(forms.ChoiceField):
    """A choice that may be left open: then it says ``blank``, which is no value and not an empty one unless said otherwise."""

    def __init__(self, *, blank: str | None = None, **told: Any) -> None:
        super().__init__(**told)
        self.blank = blank

    def clean(self, value: Any) -> Any:
        return super().clean(value) or self.blank


class OrderField(forms.ChoiceField):
    """Some of a few, in an order that counts: every order is a choice of its own."""

    def __init__(self, *, few: tuple[tuple[str, Any], ...], **told: Any) -> None:
        orders = [order for count in range(len(few), 0, -1) for order in permutations(few, count)]
        joined = [(",".join(key for key, _words in order), _then([words for _key, words in order])) for order in orders]
        super().__init__(choices=joined, **told)

    def prepare_value(self, value: Any) -> Any:
        return ",".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        return [one for one in super().clean(value).split(",") if one]


def _then(words: list[Any]) -> str:
    first, *rest = words
    found = str(first)
    for one in rest:
        found = gettext("%(first)s, then %(next)s") % {"first": found, "next": one}
    return found


class AnswerField(forms.MultipleChoiceField):
    """Some answers of one question, as a condition."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return answer_names(value) if isinstance(value, dict) else value

    def clean(self, value: Any) -> Any:
        parted = [one.partition("=") for one in super().clean(value)]
        if len({question for question, _sign, _answer in parted}) > 1:
            raise forms.ValidationError(_("Choose answers of one question alone."))
        if not parted:
            return None
        answers = [answer for _question, _sign, answer in parted]
        if {ANY, NONE} & set(answers):
            return {"field": parted[0][0], "is_in": [], "filled": ANY in answers}
        return {"field": parted[0][0], "is_in": answers, "filled": None}


def simple_field(field: Field, names: Names, value: Any = None) -> forms.Field:
    """The form field of a field that is asked in one."""
    told: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": field.required}
    if field.kind in _PLAIN:
        return _PLAIN[field.kind](**told)
    if field.kind == "choice":
        choices = _choices(field, names, value, blank=not field.required)
        return OptionalChoice(choices=choices, blank=field.blank, **told)
    if field.kind == "order":
        return OrderField(few=field.choices, **told)
    if field.kind == "answer":
        return AnswerField(choices=_choices(field, names, answer_names(value) if value else []), **told)
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(choices=_choices(field, names, value), widget=widget, **told)


def _lines(**told: Any) -> forms.Field:
    return LinesField(max_length=20_000, **told)


_PLAIN: dict[str, Callable[..., forms.Field]] = {
    "line": lambda **told: forms.CharField(max_length=300, **told),
    "text": lambda **told: TextField(max_length=20_000, **told),
    "url": lambda **told: forms.URLField(max_length=500, assume_scheme="https", **told),
    "number": lambda **told: forms.IntegerField(min_value=0, max_value=MOST, **told),
    "integer": forms.IntegerField,
    "figure": lambda **told: forms.FloatField(min_value=0, max_value=1000, **told),
    "tick": forms.BooleanField,
    "lines": _lines,
    "duties": _lines,
    "options": _lines,
    "columns": _lines,
    "numbers": NumbersField,
    "names": NamesField,
}


def _choices(field: Field, names: Names, value: Any, *, blank: bool = False) -> list[tuple[str, Any]]:
    """What can be chosen; what stands there stays choosable, also where the browser offers nothing of its kind."""
    known = list(names[field.choices].items()) if isinstance(field.choices, str) else list(field.choices)
    stands = value if isinstance(value, list) else [value] if value else []
    words = _("as it stands: %(rule)s")
    kept = [(one, words % {"rule": one} if field.kind == "answer" else one) for one in stands if one not in dict(known)]
    return [*(BLANK if blank else []), *known, *kept]


# --- What is asked in several fields ----------------------------------------------------------------------------------

COMPOSED = frozenset({"instant", "every", "step", "name"})


def composed_fields(field: Field) -> dict[str, forms.Field]:
    """The form fields of a moment or a step, by the name of what they say about it."""
    if field.kind == "name":
        return {"title": forms.CharField(label=_("Title"), max_length=200, required=False)}
    if field.kind == "step":
        return {
            "asked": forms.BooleanField(label=_("Pairs are asked for it"), required=False),
            "title": forms.CharField(label=_("Called"), max_length=200, required=False),
            "by": OptionalChoice(label=_("Taken by"), choices=[*BLANK, *TAKERS], required=False),
            "days": forms.IntegerField(label=_("Within (days)"), min_value=0, max_value=365, required=False),
        }
    if field.kind == "every":
        count = {"min_value": 1, "max_value": 120, "required": False}
        return {
            "unit": OptionalChoice(label=_("It comes again"), choices=[("", _("never")), *EVERY], required=False),
            "count": forms.IntegerField(label=_("So many"), **count),
            "times": forms.IntegerField(label=_("At most so many times"), help_text=_("Empty: no limit."), **count),
        }
    return {
        "anchor": OptionalChoice(
            label=_("Hangs on"), choices=[*([] if field.required else BLANK), *ANCHORS], required=field.required
        ),
        "session": forms.IntegerField(label=_("Session"), min_value=1, max_value=60, required=False),
        "days": forms.IntegerField(
            label=_("Days after"), min_value=-1500, max_value=1500, required=False, help_text=_("Below 0: before.")
        ),
        "months": forms.IntegerField(label=_("Months after"), min_value=-60, max_value=60, required=False),
    }


def composed_initial(field: Field, value: Any) -> dict[str, Any]:
    """A moment or a step as its form fields show it."""
    if field.kind == "step":
        return {"asked": value is not None, **(value or {})}
    if field.kind == "every":
        unit = next((name for name, _words in EVERY if (value or {}).get(name)), None)
        return {"unit": unit, "count": value[unit], "times": value.get("times")} if value and unit else {}
    return dict(value or {})


def composed_value(field: Field, said: dict[str, Any]) -> dict[str, Any] | None:
    """What the form fields say, as the shapes have it; ``None`` where there is no such moment or step."""
    if field.kind == "step":
        return (
            {name: said.get(name) or ("" if name == "title" else None) for name in ("title", "by")}
            | {"days": said.get("days")}
            if said.get("asked")
            else None
        )
    if field.kind == "name":
        return {"title": said["title"], "by": None, "days": None} if said.get("title") else None
    if field.kind == "every":
        steps: dict[str, Any] = {name: None for name, _words in EVERY}
        return {**steps, said["unit"]: said.get("count") or 1, "times": said.get("times")} if said.get("unit") else None
    if not said.get("anchor"):
        return None
    has_session = said["anchor"] in {"session-start", "session-end"}
    return {
        "anchor": said["anchor"],
        "session": said.get("session") if has_session else None,
        "days": said.get("days") or 0,
        "months": said.get("months") or 0,
    }
