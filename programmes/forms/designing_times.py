"""When a worksheet opens and is due: the form of a moment, and the fields that tell an instant."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.designing.words import ANCHORS, OF_SESSION
from programmes.domain.handbook.words import EVERY
from templates_app.shapes import Anchor, Kit

BLANK = [("", gettext_lazy("–"))]


class InstantMixin:
    """Fields that tell an instant: what it hangs on, which session, how far before or after."""

    fields: dict[str, forms.Field]
    add_error: Any

    def add_instant(self, name: str, label: Any, sessions: int, *, needed: bool) -> None:
        """Ask for an instant under the names ``<name>_anchor`` and so on."""
        anchors = [(one.value, words) for one, words in ANCHORS.items()]
        choices = anchors if needed else [("", _("never")), *anchors]
        numbers = [*BLANK, *((str(number), str(number)) for number in range(1, sessions + 1))]
        self.fields[f"{name}_anchor"] = forms.ChoiceField(label=label, choices=choices, required=needed)
        self.fields[f"{name}_session"] = forms.ChoiceField(label=_("Session"), choices=numbers, required=False)
        days = _("Days after it")
        self.fields[f"{name}_days"] = forms.IntegerField(
            label=days, min_value=-3650, max_value=3650, required=False, help_text=_("Before it: -3, say.")
        )
        self.fields[f"{name}_months"] = forms.IntegerField(
            label=_("Months after it"), min_value=-120, max_value=120, required=False
        )

    def clean_instant(self, name: str, clean: Mapping[str, Any]) -> None:
        """Refuse an instant without the session that it hangs on."""
        if clean.get(f"{name}_anchor") in OF_SESSION and not clean.get(f"{name}_session"):
            self.add_error(f"{name}_session", _("Say which session."))

    @staticmethod
    def instant_of(name: str, clean: Mapping[str, Any]) -> dict[str, Any] | None:
        """The instant as the shapes have it."""
        anchor = clean.get(f"{name}_anchor")
        if not anchor:
            return None
        value = {"anchor": anchor, "days": clean.get(f"{name}_days") or 0, "months": clean.get(f"{name}_months") or 0}
        if Anchor(anchor) in OF_SESSION:
            value["session"] = int(clean[f"{name}_session"])
        return value

    @staticmethod
    def initial_instant(name: str, value: Mapping[str, Any] | None) -> dict[str, Any]:
        """An instant as the form shows it."""
        if not value:
            return {}
        return {f"{name}_{part}": value.get(part) for part in ("anchor", "session", "days", "months")}


class MomentForm(InstantMixin, forms.Form):
    """A moment at which a worksheet is due, or only offered."""

    title = forms.CharField(
        label=gettext_lazy("What the moment is called"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Such as: After session 2. Empty: it goes by the worksheet's title alone."),
    )

    def __init__(self, data: Any = None, *, kit: Kit, moment: Mapping[str, Any] | None) -> None:
        super().__init__(data, initial=self._initial_of(moment or {}))
        sessions = kit.plan.sessions
        self.add_instant("opens", _("It opens, counted from"), sessions, needed=True)
        self.add_instant("due", _("It is due, counted from"), sessions, needed=False)
        units = [("", _("It comes once")), *((unit, words) for unit, words in EVERY)]
        self.fields["every_unit"] = forms.ChoiceField(label=_("How often"), choices=units, required=False)
        self.fields["every_count"] = forms.IntegerField(label=_("So many"), min_value=1, max_value=120, required=False)
        self.fields["times"] = forms.IntegerField(
            label=_("At most so many times"),
            min_value=1,
            max_value=120,
            required=False,
            help_text=_("Empty: until the pair ends."),
        )
        self.fields["required"] = forms.BooleanField(
            label=_("It is owed: people are reminded"), required=False, help_text=_("Without this it is only offered.")
        )
        numbers = [*BLANK, *((str(number), str(number)) for number in range(1, sessions + 1))]
        self.fields["asked_once"] = forms.BooleanField(
            label=_("People are asked once, by mail, when it opens"),
            required=False,
            help_text=_("For what is only offered, and what each answers alone without their partner reading it."),
        )
        self.fields["session"] = forms.ChoiceField(label=_("It belongs to session"), choices=numbers, required=False)
        stages = [*BLANK, *((stage.key, stage.title) for stage in kit.stages)]
        self.fields["stage"] = forms.ChoiceField(label=_("It belongs to stage"), choices=stages, required=False)

    def _initial_of(self, moment: Mapping[str, Any]) -> dict[str, Any]:
        every = moment.get("every") or {}
        unit = next((unit for unit, _words in EVERY if every.get(unit)), "")
        return {
            "title": moment.get("title", ""),
            **self.initial_instant("opens", moment.get("opens")),
            **self.initial_instant("due", moment.get("due")),
            "every_unit": unit,
            "every_count": every.get(unit) if unit else None,
            "times": every.get("times"),
            "required": moment.get("required", True),
            "asked_once": moment.get("asked_once", False),
            "session": moment.get("session"),
            "stage": moment.get("stage"),
        }

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        self.clean_instant("opens", clean)
        self.clean_instant("due", clean)
        if clean.get("every_unit") and not clean.get("every_count"):
            self.add_error("every_count", _("Say how many."))
        return clean

    def values(self) -> dict[str, Any]:
        """The moment as the shapes have it, without its key."""
        clean = self.cleaned_data
        unit = clean["every_unit"]
        every = {unit: clean["every_count"]} if unit else None
        if every and clean["times"]:
            every["times"] = clean["times"]
        return {
            "title": clean["title"],
            "opens": self.instant_of("opens", clean),
            "due": self.instant_of("due", clean),
            "every": every,
            "required": clean["required"],
            "asked_once": clean["asked_once"],
            "session": int(clean["session"]) if clean["session"] else None,
            "stage": clean["stage"] or None,
        }
