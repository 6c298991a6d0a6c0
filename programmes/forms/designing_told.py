"""What a question shows of other answers, and when its own are worth a talk."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.designing.places import Field, beside, label_of
from programmes.forms.designing_extras import About, Complain, Extra, numbered, ticks, with_standing
from programmes.forms.designing_offers import reads_beside
from templates_app.shapes import Kind
from templates_app.shapes.kinds import SHOWN

GONE = gettext_lazy("a question that is not asked any more")
SPARE_LAYERS = 2


class TalkExtra(Extra):
    """Answers on a scale that are worth a talk between the two."""

    name = "talk"
    title = gettext_lazy("Worth a talk")
    help = gettext_lazy(
        "Where the answers of both stand side by side over time, these are marked for their next talk. Nobody else is told. On a "
        "sheet of the programme's own that is a risk, they put it on the coordinators' list."
    )

    def is_offered(self) -> bool:
        return self.about.kind is Kind.SCALE

    def fields(self) -> dict[str, forms.Field]:
        points = [
            (str(one["value"]), f"{one['value']} {one.get('label', '')}".strip())
            for one in self.about.field.get("points", [])
        ]
        points = with_standing(points, self._values, _("a point that the scale has no more"))
        helps = _("New points of the scale can be ticked once they are saved.")
        return {
            "talk_values": ticks(_("Such an answer of either is worth a talk"), points, helps),
            "talk_apart": forms.IntegerField(
                label=_("Or when their answers lie so many points apart"),
                min_value=1,
                max_value=1000,
                required=False,
                help_text=_("Such as 2. Empty: however far apart they are, it is not marked."),
            ),
        }

    @property
    def _values(self) -> list[str]:
        return [str(value) for value in (self.about.field.get("talk") or {}).get("values", [])]

    def initial(self) -> dict[str, Any]:
        return {"talk_values": self._values, "talk_apart": (self.about.field.get("talk") or {}).get("apart")}

    def values(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        chosen = clean.get("talk_values") or []
        said: dict[str, Any] = {}
        if chosen:
            said["values"] = sorted(int(value) for value in chosen)
        if clean.get("talk_apart"):
            said["apart"] = clean["talk_apart"]
        return {"talk": said or None}


class LayersExtra(Extra):
    """A jar drawn from answers beside it."""

    name = "layers"
    title = gettext_lazy("Drawn as a jar")
    help = gettext_lazy(
        "In place of a number: each layer of the jar holds the answers of some questions, and the first layer is filled first. "
        "Save to get room for another layer."
    )

    def is_offered(self) -> bool:
        return self.about.kind is Kind.COMPUTED and (not self.about.is_inside or bool(self._stands))

    @property
    def _stands(self) -> list[dict[str, Any]]:
        return list(self.about.field.get("layers", []))

    def fields(self) -> dict[str, forms.Field]:
        known = [(one["key"], label_of(one)) for one in beside(self.about.definition, self.about.spot)]
        asked: dict[str, forms.Field] = {}
        for number in range(len(self._stands) + SPARE_LAYERS):
            stands = self._stands[number]["fields"] if number < len(self._stands) else []
            label = forms.CharField(label=_("Layer %(number)s is called") % {"number": number + 1}, max_length=100)
            label.required = False
            asked[f"layer-{number}"] = label
            words = _("It holds the answers to")
            asked[f"layer-{number}-of"] = ticks(words, with_standing(known, stands, GONE))
        return asked

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for number, layer in enumerate(self._stands):
            found |= {f"layer-{number}": layer["label"], f"layer-{number}-of": layer["fields"]}
        return found

    def clean(self, clean: Mapping[str, Any], complain: Complain) -> None:
        for number, label in numbered("layer", clean):
            chosen = clean.get(f"layer-{number}-of")
            if label and not chosen:
                complain(f"layer-{number}-of", _("Tick whose answers lie in this layer, or take its name out."))
            elif chosen and not label:
                complain(f"layer-{number}", _("Say what this layer is called."))
        if clean.get("compute") and any(label for _number, label in numbered("layer", clean)):
            complain("compute", _("It is either a number or a jar: choose “–” here, or take the layers out."))

    def values(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        layers = [
            {"label": label, "fields": _in_order(_before(self._stands, number), clean[f"layer-{number}-of"])}
            for number, label in numbered("layer", clean)
            if label
        ]
        return {"layers": layers}


def _before(stands: list[dict[str, Any]], number: int) -> list[str]:
    return list(stands[number]["fields"]) if number < len(stands) else []


class BesideExtra(Extra):
    """One's own answers of another worksheet, to be read while this is answered."""

    name = "beside_sheet"
    title = gettext_lazy("Read beside it")
    help = gettext_lazy(
        "What the writer answered last on another worksheet, for their eyes alone. Choose it and save: then say which answers."
    )

    def is_offered(self) -> bool:
        told = self.about.kind not in SHOWN and reads_beside(self.about.definition, self.about.spot)
        return bool(self._stands) or told

    @property
    def _stands(self) -> dict[str, Any]:
        return self.about.field.get("beside_sheet") or {}

    def fields(self) -> dict[str, forms.Field]:
        stands = self._stands.get("worksheet", "")
        sheets = with_standing([*self.about.elsewhere.pairs], [stands], stands)
        asked: dict[str, forms.Field] = {
            "beside_sheet": forms.ChoiceField(
                label=_("Worksheet whose newest answers stand beside it"),
                choices=[("", _("none")), *sheets],
                required=False,
            )
        }
        if stands:
            theirs = [(one.key, one.label) for one in self.about.elsewhere.asked.get(stands, ())]
            theirs = with_standing(theirs, self._stands["fields"], GONE)
            asked["beside_fields"] = ticks(_("Of it these answers"), theirs)
        return asked

    def initial(self) -> dict[str, Any]:
        return {"beside_sheet": self._stands.get("worksheet", ""), "beside_fields": self._stands.get("fields", [])}

    def clean(self, clean: Mapping[str, Any], complain: Complain) -> None:
        same = clean.get("beside_sheet") and clean["beside_sheet"] == self._stands.get("worksheet")
        if same and not clean.get("beside_fields"):
            complain("beside_fields", _("Tick at least one answer, or choose no worksheet above."))

    def values(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        sheet = clean.get("beside_sheet")
        if not sheet:
            return {"beside_sheet": None}
        if sheet != self._stands.get("worksheet"):
            every = [one.key for one in self.about.elsewhere.asked.get(sheet, ())]
            return {"beside_sheet": {"worksheet": sheet, "fields": every}}
        return {
            "beside_sheet": {"worksheet": sheet, "fields": _in_order(self._stands["fields"], clean["beside_fields"])}
        }

    def goes_on(self, now: Field) -> bool:
        sheet = (now.get("beside_sheet") or {}).get("worksheet")
        return bool(sheet) and sheet != self._stands.get("worksheet")


def _in_order(before: Iterable[str], chosen: Iterable[str]) -> list[str]:
    """What is chosen: what stood keeps its order, the rest follows."""
    wanted = list(chosen)
    kept = [one for one in before if one in wanted]
    return [*kept, *(one for one in wanted if one not in kept)]


__all__ = ["About", "BesideExtra", "LayersExtra", "TalkExtra"]
