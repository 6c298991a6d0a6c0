"""What stands with a worksheet, as the page of its facts asks it: guidance, other sheets, what comes first, what comes next."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from programmes.domain.designing.around import ENDING, Around
from programmes.domain.designing.places import Definition, Field, label_of, spots
from programmes.forms.designing_condition import answers_of, as_answered
from programmes.forms.designing_extras import ticks, with_standing
from templates_app.shapes import Kind

SPARE_OFFERS, SPARE_FILLS = 1, 2
LISTS = ("guides", "see_also", "waits_for")
_COUNTED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.SCALE, Kind.CHECKLIST})


class AroundMixin:
    """Lists of keys, and offers, each with the answers that go along. Which answers is asked once an offer is saved."""

    fields: dict[str, forms.Field]
    definition: Definition
    around: Around
    add_error: Any

    def add_around_fields(self) -> None:
        """Ask for what stands with it."""
        told = (
            ("guides", _("Guidance within reach while it is filled in"), self.around.articles, ""),
            ("see_also", _("Other worksheets within reach while it is filled in"), self.around.sheets, ""),
            ("waits_for", _("It can be begun once"), self.around.firsts, _("Nothing chosen: it waits for nothing.")),
        )
        for name, label, known, helps in told:
            choices = [*known, *((one, one) for one in self.definition.get(name, []) if one not in dict(known))]
            self.fields[name] = forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=helps
            )
        for number in range(len(self._offers) + SPARE_OFFERS):
            self._add_offer(number)

    @property
    def _offers(self) -> list[dict[str, Any]]:
        return self.definition.get("offers", [])

    def _add_offer(self, number: int) -> None:
        stands = self._offers[number] if number < len(self._offers) else {}
        helps = _("Such as: Write a goal about it. Empty: nothing is offered.")
        sheets = [*self.around.sheets]
        if stands.get("opens") and stands["opens"] not in dict(sheets):
            sheets.append((stands["opens"], stands["opens"]))
        ways = [("", "–"), *sheets, (f":{ENDING}", _("the page on which one may end the mentoring"))]
        self.fields[f"offer-{number}-label"] = forms.CharField(
            label=_("Once it is sent, people may go on to"), required=False, max_length=200, help_text=helps
        )
        self.fields[f"offer-{number}-way"] = forms.ChoiceField(label=_("It leads to"), choices=ways, required=False)
        self.fields[f"offer-{number}-when"] = forms.ChoiceField(
            label=_("Offered"), choices=self._whens(stands.get("when")), required=False
        )
        if others := self._others(stands.get("when") or {}):
            self.fields[f"offer-{number}-also"] = ticks(_("And with any of these answers"), others)
        theirs = self.around.questions.get(stands.get("opens", ""), ())
        for place in range(len(stands.get("fills", {})) + SPARE_FILLS if theirs else 0):
            self._add_fill(f"offer-{number}", place, theirs)

    def _add_fill(self, name: str, place: int, theirs: Any) -> None:
        ours = [(field["key"], label_of(field)) for field in self._questions if field["kind"] != Kind.NOTE]
        self.fields[f"{name}-into-{place}"] = forms.ChoiceField(
            label=_("Its question"), choices=[("", _("nothing")), *theirs], required=False
        )
        self.fields[f"{name}-from-{place}"] = forms.ChoiceField(
            label=_("begins with the answer to"), choices=[("", _("nothing")), *ours], required=False
        )

    @property
    def _questions(self) -> list[Field]:
        return [spot.field for spot in spots(self.definition) if not spot.parents]

    def _whens(self, stands: Mapping[str, Any] | None) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = [("", _("always"))]
        for field in self._questions:
            words = {"label": label_of(field)}
            if field["kind"] != Kind.NOTE:
                found.append((f"{field['key']}?", _("where “%(label)s” is answered, whatever it is") % words))
                found.append((field["key"], _("where “%(label)s” is left blank") % words))
            if field["kind"] in _COUNTED:
                told = _("where “%(label)s” is answered: %(answer)s")
                found += [
                    (f"{field['key']}={key}", told % {**words, "answer": said}) for key, said in answers_of(field)
                ]
        name = when_names(stands)[0] if stands else ""
        return with_standing(found, [name], _("as it stands: %(rule)s") % {"rule": name})

    def _others(self, stands: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """The other answers of the question on which an offer hangs: any of them may bring it too."""
        if not stands.get("is_in"):
            return []
        first, *names = when_names(stands)
        asked = next((one for one in self._questions if one["key"] == stands["field"]), None)
        known = [(f"{asked['key']}={key}", said) for key, said in answers_of(asked)] if asked else []
        return [one for one in with_standing(known, names, _("as it stands")) if one[0] != first]

    def initial_around(self) -> dict[str, Any]:
        """What stands, as the form shows it."""
        found: dict[str, Any] = {name: self.definition.get(name, []) for name in LISTS}
        for number, offer in enumerate(self._offers):
            way = f":{offer['leads_to']}" if offer.get("leads_to") else offer.get("opens", "")
            found |= {f"offer-{number}-label": offer["label"], f"offer-{number}-way": way}
            first, *also = when_names(offer["when"]) if offer.get("when") else [""]
            found |= {f"offer-{number}-when": first, f"offer-{number}-also": also}
            for place, (into, own) in enumerate(offer.get("fills", {}).items()):
                found |= {f"offer-{number}-into-{place}": into, f"offer-{number}-from-{place}": own}
        return found

    @property
    def list_fields(self) -> list[Any]:
        """Guidance, other sheets, and what it waits for."""
        return [self[name] for name in LISTS]  # type: ignore[index]

    @property
    def offer_fields(self) -> list[list[Any]]:
        """The fields of each offer."""
        count = len(self._offers) + SPARE_OFFERS
        of = [[name for name in self.fields if name.startswith(f"offer-{number}-")] for number in range(count)]
        return [[self[name] for name in names] for names in of]  # type: ignore[index]

    def clean_around(self, clean: Mapping[str, Any]) -> None:
        """An offer has words and leads somewhere."""
        for number in range(len(self._offers) + SPARE_OFFERS):
            label, way = clean.get(f"offer-{number}-label"), clean.get(f"offer-{number}-way")
            if label and not way:
                self.add_error(f"offer-{number}-way", _("Say where it leads, or take the words out."))
            elif way and not label and number >= len(self._offers):
                self.add_error(f"offer-{number}-label", _("Say what people go on to."))

    def around_values(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        """What stands with it as the shapes have it; what was there keeps its order."""
        values: dict[str, Any] = {}
        for name in LISTS:
            before, chosen = self.definition.get(name, []), clean[name]
            values[name] = [*(one for one in before if one in chosen), *(one for one in chosen if one not in before)]
        offers = (self._offer(number, clean) for number in range(len(self._offers) + SPARE_OFFERS))
        return {**values, "offers": [offer for offer in offers if offer]}

    def _offer(self, number: int, clean: Mapping[str, Any]) -> dict[str, Any] | None:
        name, stands = f"offer-{number}", self._offers[number] if number < len(self._offers) else {}
        label, way = clean[f"{name}-label"], clean[f"{name}-way"]
        if not label:
            return None
        offer: dict[str, Any] = {"label": label}
        if way.startswith(":"):
            offer["leads_to"] = way[1:]
        else:
            offer["opens"] = way
        chosen = [clean[f"{name}-when"], *clean.get(f"{name}-also", [])]
        if when := self._rule(chosen, stands.get("when")):
            offer["when"] = when
        fills = self._fills(name, stands, clean) if offer.get("opens") == stands.get("opens") else {}
        return {**offer, "fills": fills} if fills else offer

    def _fills(self, name: str, stands: Mapping[str, Any], clean: Mapping[str, Any]) -> dict[str, str]:
        if f"{name}-into-0" not in self.fields:
            return dict(stands.get("fills", {}))
        pairs = ((clean[one], clean[one.replace("-into-", "-from-")]) for one in self.fields if f"{name}-into-" in one)
        return {into: own for into, own in pairs if into and own}

    def _rule(self, chosen: list[str], stands: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """What is chosen first, and the answers that are ticked to the same question."""
        first, *also = chosen
        key, sign, _answer = first.partition("=")
        if not sign:
            return {"field": first.removesuffix("?"), "filled": first.endswith("?")} if first else None
        names = [first, *(one for one in also if one.partition("=")[0] == key and one != first)]
        before = when_names(stands) if stands else []
        names = [*(one for one in before if one in names), *(one for one in names if one not in before)]
        if stands and names == before:
            return dict(stands)
        field = next(one for one in self._questions if one["key"] == key)
        return {"field": key, "is_in": [as_answered(one.partition("=")[2], field) for one in names]}

    @property
    def leads_elsewhere(self) -> bool:
        """Whether an offer opens another sheet than before: which answers go along can be said only now."""
        before = [offer.get("opens", "") for offer in self._offers]
        after = [offer.get("opens", "") for offer in self.around_values(self.cleaned_data)["offers"]]  # type: ignore[attr-defined]
        return any(one and one not in before for one in after)


def when_names(rule: Mapping[str, Any]) -> list[str]:
    """How choices call a condition: its first answer, and the others."""
    if rule.get("is_in"):
        return [f"{rule['field']}={one}" for one in rule["is_in"]]
    return [f"{rule['field']}{'' if rule.get('filled') is False else '?'}"]
