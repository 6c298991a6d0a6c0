"""The forms of the agreement: the code's wording, and the signature."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pairs.domain.agreement_text import agreement_kit, clauses_for
from pairs.models import Agreement
from templates_app.domain.clauses import groups_of
from templates_app.shapes import Clause, ConsentItem, Signing

LONGEST_CLAUSE = 2000
OWN_CLAUSES = 3
"""Empty places for clauses of the pair's own."""


class ClausesForm(forms.Form):
    """One box per clause (and part), a tick to leave it out, and room for the pair's own clauses."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, agreement: Agreement, data: Any = None) -> None:
        self.agreement = agreement
        kit = agreement_kit(agreement.pairing).agreement
        self.groups: list[tuple[str, list[Clause]]] = [
            (group.title, group.clauses)
            for group in groups_of(kit, lambda clauses: clauses_for(agreement.pairing, clauses))
        ]
        self.theirs: dict[str, Any] | None = None
        super().__init__(data, initial={"revision": agreement.revision})
        for _title, clauses in self.groups:
            for clause in clauses:
                self._add(clause)
        self.own_keys = [*self._kept_own(), *self._spare_own()]
        for key in self.own_keys:
            self._box(key, _("A clause of your own"), agreement.clauses.get(key, {}).get("text", ""), required=False)

    def _kept_own(self) -> list[str]:
        return sorted(key for key, value in self.agreement.clauses.items() if value.get("added"))

    def _spare_own(self) -> list[str]:
        taken = set(self._kept_own())
        return [key for key in (f"own_{number}" for number in range(1, 40)) if key not in taken][:OWN_CLAUSES]

    def _add(self, clause: Clause) -> None:
        own = self.agreement.clauses.get(clause.key, {})
        self._box(clause.key, _("Clause"), own.get("text") or clause.text)
        for part in clause.parts:
            self._box(f"{clause.key}.{part.key}", _("Part"), own.get("parts", {}).get(part.key) or part.text)
        left_out = forms.BooleanField(
            label=_("Leave this clause out"), required=False, initial=own.get("left_out", False)
        )
        self.fields[f"{clause.key}.left_out"] = left_out

    def _box(self, name: str, label: Any, initial: str, *, required: bool = True) -> None:
        self.fields[name] = forms.CharField(
            label=label,
            initial=initial,
            required=required,
            max_length=LONGEST_CLAUSE,
            widget=forms.Textarea({"rows": 3}),
        )

    def rows(self) -> list[dict[str, Any]]:
        """What the template draws: groups of clauses with their boxes."""
        return [
            {"title": title, "clauses": [self._row(clause) for clause in clauses]} for title, clauses in self.groups
        ]

    def _row(self, clause: Clause) -> dict[str, Any]:
        return {
            "clause": clause,
            "text": self[clause.key],
            "parts": [self[f"{clause.key}.{part.key}"] for part in clause.parts],
            "left_out": self[f"{clause.key}.left_out"],
        }

    def own(self) -> list[forms.BoundField]:
        """The boxes for the pair's own clauses."""
        return [self[key] for key in self.own_keys]

    def wording(self) -> dict[str, Any]:
        """Only what differs from the sample, as ``adapt_clauses`` takes it."""
        found = {}
        for _title, clauses in self.groups:
            for clause in clauses:
                if own := self._difference(clause):
                    found[clause.key] = own
        for key in self.own_keys:
            if text := self.cleaned_data[key].strip():
                found[key] = {"text": text, "added": True}
        return found

    def _difference(self, clause: Clause) -> dict[str, Any]:
        said = self.cleaned_data
        own: dict[str, Any] = {}
        if _plain(said[clause.key]) != _plain(clause.text):
            own["text"] = said[clause.key].strip()
        parts = {
            part.key: said[f"{clause.key}.{part.key}"].strip()
            for part in clause.parts
            if _plain(said[f"{clause.key}.{part.key}"]) != _plain(part.text)
        }
        if parts:
            own["parts"] = parts
        if said[f"{clause.key}.left_out"]:
            own["left_out"] = True
        return own

    def on_top_of(self, newer: Agreement) -> "ClausesForm":
        """The same words, ready to be kept over a newer version; ``theirs`` tells what the other one wrote."""
        data = {**self.data.dict(), "revision": newer.revision}
        again = ClausesForm(newer, data=data)
        again.theirs = newer.clauses
        again.is_valid()
        return again


def _plain(text: str) -> str:
    return " ".join(text.split())


def _name(*, accepts: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Type your full name to accept") if accepts else _("Type your full name to sign"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Type your full name to sign.")},
    )


def _initials(*, accepts: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Type your initials to accept") if accepts else _("Type your initials to sign"),
        max_length=24,
        widget=forms.TextInput({"autocomplete": "off", "class": "short"}),
        error_messages={"required": _("Type your initials to sign, such as A. B.")},
    )


_SIGNATURES = {"name": _name, "initials": _initials}

YES_NO = [("yes", _("Yes, it may")), ("no", _("No, keep it between us"))]


class SigningForm(forms.Form):
    """A typed name, initials or a tick, as the agreement is signed, and where the person is asked, an answer for every kind
    of record. Nothing is chosen beforehand.
    """

    content_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        asked: list[ConsentItem],
        *,
        signing: Signing,
        statement: str,
        initial_consent: dict[str, bool],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.asked = asked
        if signing.is_ticked:
            needed = {"required": _("Tick that you agree to what stands there.")}
            self.fields["acknowledged"] = forms.BooleanField(label=statement, error_messages=needed)
        if signing.by in _SIGNATURES:
            self.fields["typed_name"] = _SIGNATURES[signing.by](accepts=signing.act == "accept")
        for item in asked:
            known = initial_consent.get(item.key)
            self.fields[f"consent_{item.key}"] = forms.ChoiceField(
                label=item.label,
                choices=YES_NO,
                widget=forms.RadioSelect,
                initial=None if known is None else ("yes" if known else "no"),
                error_messages={"required": _("Choose yes or no for this record.")},
            )

    def consent_fields(self) -> list[forms.BoundField]:
        """The questions about records."""
        return [self[f"consent_{item.key}"] for item in self.asked]

    def signature_fields(self) -> list[forms.BoundField]:
        """What stands for the signature: the tick, then the name or the initials."""
        return [self[name] for name in ("acknowledged", "typed_name") if name in self.fields]

    def signature(self) -> dict[str, Any]:
        """What was typed or ticked, and under which text: as every verb that takes a signature is told it."""
        clean = self.cleaned_data
        return {
            "typed_name": clean.get("typed_name", ""),
            "acknowledged": clean.get("acknowledged", False),
            "content_sha256": clean["content_sha256"],
        }

    def consent(self) -> dict[str, bool]:
        """The answers, by item."""
        return {item.key: self.cleaned_data[f"consent_{item.key}"] == "yes" for item in self.asked}
