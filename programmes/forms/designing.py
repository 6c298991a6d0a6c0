"""The worksheet itself, as it is changed: what it is called, who fills it in, who reads it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.designing.around import Around
from programmes.domain.designing.places import Definition
from programmes.domain.designing.words import FILLERS, presets_for
from programmes.forms.designing_alert import AlertMixin
from programmes.forms.designing_around import AroundMixin
from programmes.forms.designing_counted import CountedMixin
from programmes.forms.designing_settings import SOURCES, area
from programmes.forms.designing_signing import SigningMixin
from programmes.forms.designing_times import BLANK, InstantMixin
from programmes.forms.handbook import MODELS
from templates_app.shapes import GOAL_SOURCES, Filler, Kit, Preset, Use

OPENS = [
    ("at-once", gettext_lazy("As soon as it is sent")),
    ("both-sent", gettext_lazy("Once everybody has sent theirs")),
    ("moment", gettext_lazy("At a moment")),
]
USES = {
    Use.PROFILE: gettext_lazy("the profile that people fill in when they join"),
    Use.REFLECTION: gettext_lazy("thoughts before the first meeting"),
    Use.LEARNING_STYLE: gettext_lazy("how somebody learns best"),
    Use.GOALS: gettext_lazy("the goals"),
    Use.GOAL_REVIEW: gettext_lazy("a review of the goals"),
    Use.CHECKLIST: gettext_lazy("a checklist"),
    Use.OUTCOMES: gettext_lazy("what is to come out of it"),
    Use.ISSUES: gettext_lazy("issues"),
    Use.ASSESSMENT: gettext_lazy("an assessment of oneself"),
    Use.LOG: gettext_lazy("the log of a meeting"),
    Use.HOMEWORK: gettext_lazy("what is done at home between two meetings"),
    Use.NOTES: gettext_lazy("notes of one's own"),
    Use.MATERIALS: gettext_lazy("materials"),
    Use.CLOSURE: gettext_lazy("the closing"),
    Use.WIND_UP: gettext_lazy("the short closing after an early end"),
    Use.APPRECIATION: gettext_lazy("thanks"),
    Use.AFTERWARDS: gettext_lazy("what comes afterwards"),
    Use.EVALUATION: gettext_lazy("the evaluation"),
}


# --- The sheet's own facts ---------------------------------------------------------------------------------------------


class FactsForm(InstantMixin, AroundMixin, CountedMixin, AlertMixin, SigningMixin, forms.Form):
    """What a worksheet is called, who fills it in, who reads it."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=150)
    purpose = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=5000,
        required=False,
        widget=area(3),
        help_text=gettext_lazy("Stands above the questions."),
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes it takes"), min_value=1, max_value=600, required=False)
    filled_by = forms.ChoiceField(
        label=gettext_lazy("Who fills it in"), choices=[(one.value, words) for one, words in FILLERS.items()]
    )
    passes_to = forms.MultipleChoiceField(
        label=gettext_lazy("The pair may say that it is written from some time on by"),
        choices=[(one, FILLERS[Filler(one)]) for one in ("mentee", "mentor", "together")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "For what everybody in the pair reads as soon as it is sent. Nothing chosen: it does not pass on."
        ),
    )
    belongs = forms.ChoiceField(
        label=gettext_lazy("Where it belongs"),
        choices=[
            ("pair", gettext_lazy("To the pair")),
            ("person", gettext_lazy("To the person, outside any pair")),
            ("request", gettext_lazy("To a mentee's request to a mentor")),
        ],
    )
    models = forms.MultipleChoiceField(
        label=gettext_lazy("Only for"),
        choices=MODELS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing chosen: for every pairing."),
    )
    preset = forms.ChoiceField(label=gettext_lazy("Who reads it"))
    partners = forms.ChoiceField(
        label=gettext_lazy("Of the others in a group"),
        choices=[("all", gettext_lazy("Everybody reads it")), ("mentors", gettext_lazy("Only the mentors read it"))],
    )
    opens = forms.ChoiceField(label=gettext_lazy("When the others may read it"), choices=OPENS)
    shareable = forms.BooleanField(
        label=gettext_lazy("Who writes it may open it to more people, and take that back"), required=False
    )
    repeats = forms.BooleanField(label=gettext_lazy("It may be filled in again whenever people like"), required=False)
    living = forms.BooleanField(
        label=gettext_lazy("Each new sheet goes on from the last, which stays as a version"), required=False
    )
    hides_blanks = forms.BooleanField(
        label=gettext_lazy("What is left blank does not show when the sheet is read or printed"), required=False
    )
    at_once = forms.BooleanField(
        label=gettext_lazy("It is sent straight from its form, without being read over first"), required=False
    )
    tells = forms.BooleanField(
        label=gettext_lazy("Whoever sends it tells the others (sheets that both write)"), required=False
    )
    timer = forms.IntegerField(
        label=gettext_lazy("Minutes of a timer"),
        min_value=1,
        max_value=180,
        required=False,
        help_text=gettext_lazy("People start it and switch it off as they like."),
    )
    homework = forms.BooleanField(
        label=gettext_lazy("Partners may give it to each other to do at home"), required=False
    )
    nameless = forms.BooleanField(
        label=gettext_lazy("It is held back while it names people, or organisations of few (what members read)"),
        required=False,
    )
    to_coordinator = forms.ChoiceField(
        label=gettext_lazy("Once it is sent, the coordinators"),
        choices=[
            ("", gettext_lazy("find it on the page of the pair")),
            ("news", gettext_lazy("get an e-mail")),
            ("help", gettext_lazy("get an e-mail, and have it on their list until they have received it")),
            ("nameless", gettext_lazy("read what it says without names, among what others have sent")),
        ],
        required=False,
    )
    tool = forms.BooleanField(label=gettext_lazy("It is listed among the handbook's tools"), required=False)
    group = forms.CharField(
        label=gettext_lazy("Heading among what people may take up at any time"), max_length=100, required=False
    )
    use = forms.ChoiceField(label=gettext_lazy("The part it plays"), required=False)
    one_for_each = forms.ChoiceField(
        label=gettext_lazy("One sheet for each"),
        choices=[*BLANK, *((name, SOURCES[name]) for name in GOAL_SOURCES)],
        required=False,
        help_text=gettext_lazy("It is opened from there, on the pair's page of goals, and only once."),
    )
    sparing_sheets = forms.IntegerField(
        label=gettext_lazy("Enough for today, from so many sheets in one session on"),
        min_value=2,
        max_value=50,
        required=False,
        help_text=gettext_lazy("A word is shown then; nothing is refused."),
    )
    sparing_words = forms.CharField(label=gettext_lazy("The word that is shown"), max_length=500, required=False)
    order = forms.IntegerField(label=gettext_lazy("Its place in lists"), min_value=0, max_value=100_000, required=False)

    def __init__(self, data: Any = None, *, definition: Definition, kit: Kit, around: Around | None = None) -> None:
        self.definition, self.around = definition, around or Around()
        super().__init__(
            data,
            initial={
                **self._initial_of(definition),
                **self.initial_around(),
                **self.initial_counted(),
                **self.initial_alert(),
                **self.initial_signing(),
            },
        )
        self.fields["preset"].choices = presets_for(definition.get("readers", {}).get("preset"))
        self.add_around_fields()
        self.add_counted_fields()
        self.add_alert_fields()
        self.add_signing_fields()
        self.add_instant("opens_at", _("That moment, counted from"), kit.plan.sessions, needed=False)
        items = [*BLANK, *((item.key, item.label) for item in kit.agreement.consent.items)]
        self.fields["consent"] = forms.ChoiceField(
            label=_("The coordinator reads it only with consent"), choices=items, required=False
        )
        self.fields["use"].choices = [*BLANK, *((one.value, USES.get(one, one.value)) for one in Use)]

    def _initial_of(self, definition: Definition) -> dict[str, Any]:
        readers = definition.get("readers", {})
        own = {name: definition.get(name) for name in self.base_fields if name in definition}
        reading = {name: readers.get(name) for name in ("preset", "partners", "opens", "shareable", "consent")}
        instant = self.initial_instant("opens_at", readers.get("opens_at"))
        return {
            "belongs": "pair",
            "partners": "all",
            "opens": "at-once",
            **own,
            "hides_blanks": definition.get("blanks") == "hidden",
            **{f"sparing_{name}": said for name, said in (definition.get("sparing") or {}).items()},
            **{k: v for k, v in reading.items() if v},
            **instant,
        }

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("opens") == "moment":
            if not clean.get("opens_at_anchor"):
                self.add_error("opens_at_anchor", _("Say at which moment it opens."))
            self.clean_instant("opens_at", clean)
        if bool(clean.get("sparing_sheets")) != bool(clean.get("sparing_words")):
            lacks = "sparing_words" if clean.get("sparing_sheets") else "sparing_sheets"
            if lacks not in self.errors:
                self.add_error(lacks, _("Say both: from how many sheets on, and the word that is shown."))
        if clean.get("living") and not clean.get("repeats"):
            self.add_error("living", _("This is for sheets that may be filled in again."))
        if clean.get("tells") and clean.get("filled_by") != "together":
            self.add_error("tells", _("This is for sheets that both write: of others the partner hears anyway."))
        self._fits_who_fills(clean)
        self.clean_around(clean)
        self.clean_counted(clean)
        self.clean_alert(clean)
        self.clean_signing(clean)
        return clean

    def _fits_who_fills(self, clean: Mapping[str, Any]) -> None:
        preset, filler = clean.get("preset"), clean.get("filled_by")
        if preset in {Preset.STEERING, Preset.MEMBERS} and filler != "coordinator":
            self.add_error("preset", _("This is for sheets that the coordinators fill in."))
        if clean.get("belongs") == "person" and preset not in {Preset.PRIVATE, Preset.AUTHOR_COORDINATOR}:
            self.add_error("preset", _("What belongs to a person is read by them alone, or by the coordinator too."))
        if clean.get("belongs") == "request" and (filler != "mentee" or preset != "pair" or clean.get("repeats")):
            words = _("What goes with a request is written once, by the mentee, and read by the pair alone.")
            self.add_error("belongs", words)
        if clean.get("passes_to"):
            self._fits_what_passes(clean)
        wanted = (
            {"pair", "status"} if clean.get("to_coordinator") == "nameless" else {"coordinator", "author-coordinator"}
        )
        of_pair = clean.get("belongs") == "pair" and filler != "coordinator"
        if clean.get("to_coordinator") and not (of_pair and preset in wanted):
            self.add_error("to_coordinator", _("This does not fit who reads it."))
        elif clean.get("to_coordinator") in {"news", "help"} and clean.get("consent"):
            words = _("They would hear of what they may not read. Choose no consent, or another answer here.")
            self.add_error("to_coordinator", words)
        one_writes = filler in {"mentor", "mentee", "each"}
        if clean.get("partners") == "mentors" and not (one_writes and preset in {"pair", "coordinator", "status"}):
            self.add_error("partners", _("This is for what one person writes and others of the pairing read."))

    def _fits_what_passes(self, clean: Mapping[str, Any]) -> None:
        """Whoever writes it, the same people have to read it (``Worksheet.passes_to``)."""
        filler, among = clean.get("filled_by"), {"mentor", "mentee", "together"}
        alike = clean.get("preset") in {"pair", "coordinator", "status"} and clean.get("opens") == "at-once"
        alike = alike and clean.get("partners") == "all" and not clean.get("shareable")
        if filler not in among or clean.get("belongs") != "pair" or not alike:
            words = _(
                "This is for what a pair writes, alone or together, and everybody in it reads as soon as it is sent."
            )
            self.add_error("passes_to", words)
        elif filler in clean["passes_to"]:
            self.add_error("passes_to", _("Choose only others than those who fill it in anyway."))

    def values(self) -> dict[str, Any]:
        """The sheet's facts as the shapes have them."""
        clean = self.cleaned_data
        names = (
            "title",
            "purpose",
            "minutes",
            "filled_by",
            "passes_to",
            "belongs",
            "repeats",
            "living",
            "at_once",
            "tells",
            "timer",
            "homework",
            "nameless",
            "to_coordinator",
            "tool",
            "group",
            "models",
            "one_for_each",
        )
        values = {name: clean[name] for name in names}
        readers = {name: clean[name] for name in ("preset", "partners", "opens", "shareable")}
        readers["consent"] = clean["consent"] or None
        readers["opens_at"] = self.instant_of("opens_at", clean) if clean["opens"] == "moment" else None
        values |= self.around_values(clean) | self.signing_values(clean)
        values |= {"counted": self.counted_value(clean), "alert": self.alert_value(clean)}
        sparing = {"sheets": clean["sparing_sheets"], "words": clean["sparing_words"]}
        values["sparing"] = sparing if clean["sparing_sheets"] else None
        values["blanks"] = "hidden" if clean["hides_blanks"] else "shown"
        return {**values, "use": clean["use"] or None, "order": clean["order"] or 0, "readers": readers}
