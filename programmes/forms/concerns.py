"""Forms of concerns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.forms.fields import DayField

KINDS = (
    ("safety", _("somebody's safety or well-being")),
    ("conduct", _("how somebody behaves")),
    ("law", _("something that may be against the law")),
    ("other", _("something else")),
)
"""What a concern may be about where the handbook has no list of its own."""

SOMEBODY_ELSE = "else"


class AboutForm(forms.Form):
    """Whom a concern is about: asked first, because it decides who gets it."""

    about = forms.ChoiceField(label=_("Whom is it about?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [*people, (SOMEBODY_ELSE, _("somebody else, or nobody in particular"))]


class ConcernForm(forms.Form):
    """A concern. ``theirs`` names the other partner's lead who may get it too; ``asks_told`` asks about telling first."""

    kind = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    told = forms.ChoiceField(
        label=_("Does your mentee know whom you tell, and why?"),
        help_text=_("They should hear it from you before you send this."),
        choices=[("yes", _("Yes, I have told them")), ("no", _("No, telling them would put somebody in danger"))],
        widget=forms.RadioSelect,
    )
    told_on = DayField(label=_("When did you tell them?"), required=False)
    why_not = forms.CharField(
        label=_("What danger kept you from telling them?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label=_("What has happened?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you saw or heard, and when. No more about anybody than is needed, and no guesses."),
    )
    theirs = forms.BooleanField(required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], asks_told: bool, theirs: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        if not asks_told:
            for name in ("told", "told_on", "why_not"):
                del self.fields[name]
        if theirs:
            self.fields["theirs"].label = theirs
        else:
            del self.fields["theirs"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("told") == "yes" and "told_on" in values and not values["told_on"]:
            self.add_error("told_on", _("Say on which day."))
        if values.get("told") == "no" and not values.get("why_not"):
            self.add_error("why_not", _("Say in a few words what the danger is."))
        return values

    def answers(self) -> dict[str, str]:
        """What was chosen, as a concern keeps it."""
        clean = self.cleaned_data
        found = {"kind": clean["kind"]}
        if clean.get("told") == "yes":
            found |= {"told": "yes", "told_on": clean["told_on"].isoformat()}
        elif clean.get("told") == "no":
            found |= {"told": "no", "why_not": clean["why_not"]}
        return found


class ConcernNoteForm(forms.Form):
    """Something written later. A lead says whether who raised it reads it."""

    text = forms.CharField(label=_("What is to be added?"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}))
    share = forms.BooleanField(label=_("Who raised it reads this too"), required=False)

    def __init__(self, *args: Any, is_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_lead:
            del self.fields["share"]
