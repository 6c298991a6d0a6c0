"""Who signs a worksheet once it is sent, as the page of its facts asks it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.designing.places import Definition, new_key

PLACES, SPARE_OUTSIDE = 3, 1
WHO = [
    ("", gettext_lazy("nobody")),
    ("mentor", gettext_lazy("The mentor")),
    ("mentee", gettext_lazy("The mentee")),
    ("coordinator", gettext_lazy("One of those who coordinate")),
]
NAMING = [one for one in WHO if one[0]]
BY = [
    ("name", gettext_lazy("By their full name")),
    ("initials", gettext_lazy("By their initials")),
    ("tick", gettext_lazy("By a tick")),
]
ACTS = [("sign", gettext_lazy("They sign it")), ("accept", gettext_lazy("They accept it"))]
_DAYS: dict[str, Any] = {"min_value": 1, "max_value": 365, "required": False}


class SigningMixin:
    """Who signs, in which order and under which words, and who does so from outside by a link."""

    fields: dict[str, forms.Field]
    definition: Definition
    add_error: Any

    def add_signing_fields(self) -> None:
        """Ask for it. One more signer from outside than there are can be named."""
        helps = _(
            "Once the sheet is sent its words are frozen, and everybody signs exactly these. Empty: nobody signs it."
        )
        self.fields["sign_statement"] = forms.CharField(
            label=_("What everybody says by signing"), required=False, max_length=500, help_text=helps
        )
        for number in range(1, PLACES + 1):
            label = _("Who signs first") if number == 1 else _("Who signs next")
            self.fields[f"sign_{number}"] = forms.ChoiceField(label=label, choices=WHO, required=False)
        self.fields["sign_in_turn"] = forms.BooleanField(
            label=_("Each waits for those before them; else everybody signs when it suits them"), required=False
        )
        self.fields["sign_by"] = forms.ChoiceField(label=_("How they sign"), choices=BY, required=False)
        self.fields["sign_act"] = forms.ChoiceField(label=_("The word for it"), choices=ACTS, required=False)
        self.fields["sign_acknowledge"] = forms.BooleanField(label=_("Each ticks the words first"), required=False)
        self.fields["sign_remind_after"] = forms.IntegerField(
            label=_("Days after which they are reminded, once"), help_text=_("Empty: not at all."), **_DAYS
        )
        for number in range(len(self._outside) + SPARE_OUTSIDE):
            self._add_outside(f"outside-{number}")

    def _add_outside(self, name: str) -> None:
        helps = _("Such as: the mentee's supervisor. They need no account and get a link. Empty: nobody.")
        self.fields[f"{name}-label"] = forms.CharField(
            label=_("Who signs from outside"), required=False, max_length=100, help_text=helps
        )
        self.fields[f"{name}-why"] = forms.CharField(
            label=_("What they are told about why"), required=False, max_length=1000
        )
        self.fields[f"{name}-named_by"] = forms.MultipleChoiceField(
            label=_("Who gives their name and address"),
            choices=NAMING,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields[f"{name}-days"] = forms.IntegerField(label=_("Days their link works"), **_DAYS)
        self.fields[f"{name}-remind_after"] = forms.IntegerField(
            label=_("Days after which they are reminded, once"), help_text=_("Empty: not at all."), **_DAYS
        )
        self.fields[f"{name}-first"] = forms.BooleanField(label=_("In turn: before the others"), required=False)

    @property
    def _signing(self) -> dict[str, Any]:
        return self.definition.get("signing") or {}

    @property
    def _outside(self) -> list[dict[str, Any]]:
        return self._signing.get("outside", [])

    def initial_signing(self) -> dict[str, Any]:
        """What stands, as the form shows it."""
        stands = self._signing
        found = {
            "sign_statement": stands.get("statement", ""),
            "sign_in_turn": stands.get("in_turn", False),
            "sign_by": stands.get("by", "name"),
            "sign_act": stands.get("act", "sign"),
            "sign_acknowledge": stands.get("acknowledge", False),
            "sign_remind_after": stands.get("remind_after", 7),
        }
        found |= {f"sign_{number}": side for number, side in enumerate(stands.get("signers", []), 1)}
        for number in range(len(self._outside) + SPARE_OUTSIDE):
            one = self._outside[number] if number < len(self._outside) else {}
            name = f"outside-{number}"
            found |= {f"{name}-label": one.get("label", ""), f"{name}-why": one.get("why", "")}
            found[f"{name}-named_by"] = one.get("named_by", [side for side, _words in NAMING])
            found |= {f"{name}-days": one.get("days", 14), f"{name}-remind_after": one.get("remind_after", 7)}
            found[f"{name}-first"] = one.get("first", False)
        return found

    @property
    def signing_fields(self) -> list[Any]:
        """The fields about all who sign."""
        return [self[name] for name in self.fields if name.startswith("sign_")]  # type: ignore[index]

    @property
    def outside_fields(self) -> list[list[Any]]:
        """The fields of each signer from outside."""
        count = len(self._outside) + SPARE_OUTSIDE
        of = [[name for name in self.fields if name.startswith(f"outside-{number}-")] for number in range(count)]
        return [[self[name] for name in names] for names in of]  # type: ignore[index]

    def clean_signing(self, clean: Mapping[str, Any]) -> None:
        """Whoever signs says something by it; words without anybody who signs under them mean nothing."""
        signers = self._signers(clean)
        somebody = signers or any(clean.get(f"outside-{number}-label") for number in self._numbers)
        if somebody and not clean.get("sign_statement"):
            self.add_error("sign_statement", _("Say what everybody says by signing."))
        if clean.get("sign_statement") and not somebody:
            self.add_error("sign_1", _("Say who signs, or take the words above out."))
        if len(set(signers)) < len(signers):
            self.add_error("sign_1", _("Everybody signs once: choose each only once."))
        for number in self._numbers:
            if clean.get(f"outside-{number}-label") and not clean.get(f"outside-{number}-named_by"):
                self.add_error(f"outside-{number}-named_by", _("Say who gives their name and address."))

    @property
    def _numbers(self) -> range:
        return range(len(self._outside) + SPARE_OUTSIDE)

    def _signers(self, clean: Mapping[str, Any]) -> list[str]:
        return [clean[f"sign_{number}"] for number in range(1, PLACES + 1) if clean.get(f"sign_{number}")]

    def signing_values(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        """Who signs as the shapes have it; nothing where no words are said."""
        if not clean["sign_statement"]:
            return {"signing": None}
        plain = {"in_turn": False, "by": "name", "act": "sign", "acknowledge": False, "remind_after": 7}
        said = {name: clean[f"sign_{name}"] or (None if name == "remind_after" else plain[name]) for name in plain}
        found: dict[str, Any] = {name: value for name, value in said.items() if value != plain[name]}
        found["statement"] = clean["sign_statement"]
        if signers := self._signers(clean):
            found["signers"] = signers
        outside = self._outside_values(clean)
        return {"signing": {**found, "outside": outside} if outside else found}

    def _outside_values(self, clean: Mapping[str, Any]) -> list[dict[str, Any]]:
        taken = {one["key"] for one in self._outside} | {side for side, _words in NAMING}
        found = []
        for number in self._numbers:
            label = clean[f"outside-{number}-label"]
            if not label:
                continue
            stands = self._outside[number] if number < len(self._outside) else {}
            key = stands.get("key") or new_key(label, taken, fallback="signer")
            taken.add(key)
            marks = {name: stands[name] for name in ("source", "ours") if name in stands}
            found.append({"key": key, "label": label, **self._told(number, clean), **marks})
        return found

    def _told(self, number: int, clean: Mapping[str, Any]) -> dict[str, Any]:
        """What is said of a signer from outside, without what would stand there anyway."""
        plain = {
            "why": "",
            "named_by": ["mentor", "mentee", "coordinator"],
            "days": 14,
            "remind_after": 7,
            "first": False,
        }
        said = {name: clean[f"outside-{number}-{name}"] for name in plain}
        said["days"] = said["days"] or plain["days"]
        return {name: value for name, value in said.items() if value != plain[name]}
