"""The form of one question: what is asked, what its kind lets one set, when it is asked, who reads it."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.designing.begin_rows import Elsewhere
from programmes.domain.designing.kinds import default_of, settings_of
from programmes.domain.designing.places import Definition, Field, Spot, beside, inside, label_of
from programmes.domain.designing.words import CAN_SIGN
from programmes.forms.designing_condition import ConditionMixin
from programmes.forms.designing_every import extras_for
from programmes.forms.designing_extras import About, ExtrasMixin
from programmes.forms.designing_lines import Lines, lines_of
from programmes.forms.designing_meanings import meanings_here
from programmes.forms.designing_offers import has_no_effect, known_here, tells_of, writers_of
from programmes.forms.designing_picture import PictureMixin
from programmes.forms.designing_rows import RowsMixin
from programmes.forms.designing_settings import (
    BLANK,
    DAYS,
    FIXED_DAY,
    NEEDS,
    SETTINGS,
    SIDES,
    fewer_for,
    in_words,
)
from programmes.forms.fields import DayField
from templates_app.shapes import BOUNDS, Filler, Kind, Kit
from templates_app.shapes.kinds import ROWS, SHOWN

_OF_WRITERS = ("by", "label_mentor", "label_mentee")


_NAMING = {
    "reached_opens": ("sheets", gettext_lazy("Worksheet that is offered once one of them is reached")),
    "calls_for": ("sheets", gettext_lazy("Worksheet that the pair is asked for on that day")),
    "actions_column": ("columns", gettext_lazy("Column whose answers stay open as actions")),
    "actions_when": ("columns", gettext_lazy("Only of rows in which this column is answered")),
    "compute": ("compute", gettext_lazy("What is worked out")),
}
"""Settings that name something else: which list it is chosen from, and its label."""
_FROM_OUTSIDE = gettext_lazy(
    "Somebody without an account signs the agreement, by a link: see “Agreement: who signs from outside” in the handbook."
)


class QuestionForm(PictureMixin, RowsMixin, ExtrasMixin, ConditionMixin, forms.Form):
    """One question. ``lines`` are its lists; ``values()`` is what it says, as attributes of the question. ``given``: the keys
    of answers and lines that it ever had.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        definition: Definition,
        spot: Spot,
        kit: Kit,
        elsewhere: Elsewhere | None = None,
        given: Collection[str] = (),
    ) -> None:
        self.definition, self.spot, self.kit = definition, spot, kit
        self.elsewhere = elsewhere or Elsewhere()
        self.shape: Field = spot.field
        self.kind = Kind(self.shape["kind"])
        self.lines: dict[str, Lines] = lines_of(
            self.shape,
            data,
            of=tells_of(definition, spot),
            given=given,
            leads=(self.elsewhere.articles, self.elsewhere.sheets),
        )
        self.extras = extras_for(About(definition, spot, self.elsewhere))
        super().__init__(data, files, initial=self._initial())
        self._words_fields()
        for name in settings_of(self.kind):
            self._setting(name)
        if self.has_rows:
            self.add_row_fields()
        if self.kind is Kind.PICTURE:
            self.add_picture_fields()
        self.add_extra_fields()
        self._place_fields()
        if self.kind not in SHOWN:
            self._writer_fields()
        self._reader_fields()
        self.add_condition_fields()

    @property
    def has_rows(self) -> bool:
        """Whether people add rows, which may begin with something."""
        return self.kind in ROWS and not self.shape.get("items")

    # --- What it asks for -------------------------------------------------------------------------------------------

    def _words_fields(self) -> None:
        if self.kind is Kind.NOTE:
            self.fields["label"] = forms.CharField(label=_("Heading above it"), max_length=500, required=False)
            return
        self.fields["label"] = forms.CharField(label=_("Question"), max_length=500)
        area = forms.Textarea(attrs={"rows": 2})
        self.fields["help"] = forms.CharField(label=_("Help below it"), max_length=2000, required=False, widget=area)
        if self.kind is not Kind.COMPUTED:
            self.fields["need"] = forms.ChoiceField(label=_("How much an answer is wanted"), choices=NEEDS)

    def _setting(self, name: str) -> None:
        if has_no_effect(name, self.definition, self.spot):
            return
        if name in SETTINGS:
            make, label, helps = SETTINGS[name]
            self.fields[name] = make(label=label, help_text=helps)
            if name == "prefill":
                self.fields[name].choices = known_here(self.fields[name].choices, self.definition, self.spot)
        elif name in {"not_before", "not_after"}:
            label = _("Not before") if name == "not_before" else _("Not after")
            choices = [*in_words(DAYS, BOUNDS), (FIXED_DAY, _("a day of your choice"))]
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.fields[f"{name}_day"] = DayField(label=_("That day"), required=False)
        elif name in {"signer", "agreed_by"}:
            label = _("Who signs") if name == "signer" else _("Who may mark each goal as agreed")
            roles, helps = (self._signers(), _FROM_OUTSIDE) if name == "signer" else (self._roles(), "")
            self.fields[name] = forms.ChoiceField(label=label, choices=roles, required=False, help_text=helps)
        elif name in _NAMING:
            choices = {"sheets": self._known_sheets, "columns": self._own_columns, "compute": self._computable}
            known = choices[_NAMING[name][0]]()
            stands = self.shape.get(name)
            gone = [(stands, stands)] if stands and stands not in dict(known) else []
            self.fields[name] = forms.ChoiceField(
                label=_NAMING[name][1], choices=[*BLANK, *known, *gone], required=False
            )

    def _known_sheets(self) -> list[tuple[str, Any]]:
        return list(self.elsewhere.sheets)

    def _own_columns(self) -> list[tuple[str, Any]]:
        return [(one["key"], label_of(one)) for one in self.shape.get("columns", [])]

    def _roles(self) -> list[tuple[str, Any]]:
        roles = {role.key: role.title for role in self.kit.roles}
        fillers = {
            one.value: one.value.capitalize()
            for one in (Filler.MENTOR, Filler.MENTEE, Filler.COORDINATOR, Filler.SUPERVISOR)
        }
        return [*BLANK, *({**fillers, **roles}).items()]

    def _signers(self) -> list[tuple[str, Any]]:
        """Those who can sign here, then those who sign on paper."""
        can = CAN_SIGN.get(self.definition.get("filled_by"), frozenset())
        here = [(key, title) for key, title in self._roles() if key in can]
        paper = [
            (key, _("%(role)s, on paper alone") % {"role": title})
            for key, title in self._roles()
            if key and key not in can
        ]
        return [*BLANK, *here, *paper]

    def _computable(self) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = []
        for field in beside(self.definition, self.spot):
            kind, label = Kind(field["kind"]), label_of(field)
            if kind in ROWS | {Kind.CHOICES, Kind.RANKED, Kind.PICTURE}:
                found.append((f"count:{field['key']}", _("How many: %(label)s") % {"label": label}))
            for column in field.get(inside(field), []) if kind in ROWS else []:
                if Kind(column["kind"]) in {Kind.NUMBER, Kind.DURATION, Kind.SCALE}:
                    words = {"label": label, "column": label_of(column)}
                    found.append((f"sum:{field['key']}.{column['key']}", _("Sum of %(column)s in %(label)s") % words))
        return found

    def _place_fields(self) -> None:
        sections = [(one["key"], one.get("title") or _("Without a heading")) for one in self.definition["sections"]]
        if not self.spot.parents and len(sections) > 1:
            self.fields["section"] = forms.ChoiceField(label=_("Section"), choices=sections)

    def _writer_fields(self) -> None:
        """By which side it is written, by both or in reply, and its words for each."""
        sides = writers_of(self.definition, self.spot)
        if sides or self.shape.get("by"):
            whoever = (
                _("Whoever writes the table")
                if self.spot.parents
                else _("As its section says, or everybody who fills it in")
            )
            choices = [("", whoever), *((side, SIDES[side]) for side in sides)]
            helps = _("Of a table with fixed lines, on a sheet that both write, each column may be one side's.")
            self.fields["by"] = forms.ChoiceField(
                label=_("Who writes it"),
                choices=choices,
                required=False,
                help_text=helps if self.spot.parents else "",
            )
        filler = self.definition.get("filled_by")
        if filler in {Filler.EACH, Filler.TOGETHER} or (sides and not self.spot.parents):
            for side, label in (
                (Filler.MENTOR, _("Its words for the mentor")),
                (Filler.MENTEE, _("Its words for the mentee")),
            ):
                self.fields[f"label_{side.value}"] = forms.CharField(label=label, max_length=500, required=False)

    def _reader_fields(self) -> None:
        if not self.spot.parents:
            choices = fewer_for(self.shape.get("readers"))
            label = _("Who reads it") if self.kind is Kind.NOTE else _("Who reads this answer")
            self.fields["readers"] = forms.ChoiceField(label=label, choices=choices, required=False)
        if self.kind is Kind.NOTE:
            return
        if not self.spot.parents:
            helps = _("Such as health or belief: always optional, and never shown to a partner.")
            self.fields["sensitive"] = forms.BooleanField(label=_("Sensitive"), help_text=helps, required=False)
        choices = meanings_here(self.definition, self.spot)
        self.fields["meaning"] = forms.ChoiceField(label=_("What else the answer is"), choices=choices, required=False)

    @property
    def line_lists(self) -> list[tuple[str, Lines]]:
        """The lists with their names. (A template would take ``lines.items`` for the list of that name.)"""
        return list(self.lines.items())

    @property
    def named_lines(self) -> list[tuple[str, forms.Form]]:
        """Every line with the words that tell it from the others, for what is to be put right."""
        return [one for lines in self.lines.values() for one in lines.named()]

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """What is asked."""
        return [self[name] for name in ("label", "text", "help", "need") if name in self.fields]

    @property
    def setting_fields(self) -> list[forms.BoundField]:
        """What the kind lets one set."""
        names = [part for name in settings_of(self.kind) for part in (name, f"{name}_day")]
        return [self[name] for name in names if name in self.fields and name != "text"]

    @property
    def further_fields(self) -> list[forms.BoundField]:
        """Where it stands and who reads it."""
        return [
            self[name] for name in (*_OF_WRITERS, "section", "readers", "sensitive", "meaning") if name in self.fields
        ]

    # --- In and out -------------------------------------------------------------------------------------------------

    def _initial(self) -> dict[str, Any]:
        field = self.shape
        values = {
            name: field.get(name, default_of(name))
            for name in (*settings_of(self.kind), "label", "help", "need", "readers", "sensitive", "meaning")
        }
        if self.has_rows:
            values |= self.initial_rows()
        if self.kind is Kind.PICTURE:
            values["picture_words"] = field.get("picture", {}).get("words", "")
        values["accept"] = ", ".join(field.get("accept", []))
        for name in ("not_before", "not_after"):
            value = field.get(name, "")
            if value and value not in BOUNDS:
                values[name], values[f"{name}_day"] = FIXED_DAY, value
        values |= {**self.initial_extras(), **self.initial_condition()}
        values["section"] = self.spot.section["key"]
        values |= {"by": field.get("by", "")}
        values |= {f"label_{side}": words for side, words in field.get("label_for", {}).items()}
        return values

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(lines.is_valid() for lines in self.lines.values())])

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        for name in ("not_before", "not_after"):
            if clean.get(name) == FIXED_DAY and not clean.get(f"{name}_day"):
                self.add_error(f"{name}_day", _("Say which day."))
        self.clean_condition(clean)
        if self.has_rows:
            self.clean_rows(clean)
        if self.kind is Kind.PICTURE:
            self.clean_picture(clean)
        self.clean_extras(clean)
        if clean.get("actions_when") and not clean.get("actions_column"):
            self.add_error("actions_column", _("Say which column's answers become actions."))
        can = CAN_SIGN.get(self.definition.get("filled_by"), frozenset())
        if clean.get("need") == "must" and clean.get("signer") and clean["signer"] not in can:
            self.add_error("need", _("Who signs on paper alone cannot sign here: let it be left blank."))
        if clean.get("sensitive") and clean.get("need") not in {"may", None}:
            self.add_error("need", _("What is sensitive is always optional."))
        return clean

    def values(self, *, rearrange: tuple[str, str, int] | None = None) -> dict[str, Any]:
        """The attributes as the form says them; ``rearrange`` is (list, verb, index) where a button of a list was pressed."""
        clean = self.cleaned_data
        values: dict[str, Any] = {
            name: clean[name] for name in ("label", "help", "need", "text", "sensitive") if name in clean
        }
        for name in settings_of(self.kind):
            if name in clean:
                values[name] = default_of(name) if clean[name] in (None, "") else clean[name]
        for name in ("not_before", "not_after"):
            if clean.get(name) == FIXED_DAY:
                values[name] = clean[f"{name}_day"].isoformat()
        if "accept" in clean:
            values["accept"] = [one.strip(" .").casefold() for one in clean["accept"].split(",") if one.strip(" .")]
        values |= {name: clean[name] or None for name in ("readers", "meaning") if name in clean}
        if "by" in clean:
            values["by"] = clean["by"]
        if "label_mentor" in clean:
            said = {side: clean[f"label_{side}"] for side in ("mentor", "mentee")}
            values["label_for"] = {side: words for side, words in said.items() if words}
        values["show_if"] = self.condition_of(clean)
        if self.has_rows:
            values |= self.row_values(clean)
        values |= self.extra_values(clean)
        for name, lines in self.lines.items():
            values[name] = lines.rearranged(*rearrange[1:]) if rearrange and rearrange[0] == name else lines.value()
        return self.with_picture(values)
