"""The form with which a mentor proposes an introduction."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.forms.names import NameField
from pairs.domain.people import Person


class IntroductionToForm(forms.Form):
    """Whom, and why; in a group also which mentee."""

    mentee = forms.ChoiceField(label=_("Whom would you introduce?"))
    name = NameField(label=_("To whom? Their name"), max_length=200)
    email = forms.EmailField(label=_("Their e-mail address"), help_text=_("Shown to nobody before both have said yes."))
    why = forms.CharField(
        label=_("Why should the two get to know each other?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Both read these words before they answer."),
    )

    def __init__(self, mentees: list[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mentees = {str(person.member.pk): person for person in mentees}
        if len(mentees) > 1:
            self.fields["mentee"].choices = [(key, one.name) for key, one in self._mentees.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["mentee"]

    @property
    def chosen(self) -> Person:
        """The mentee. Only of a valid form."""
        return self._mentees[self.cleaned_data.get("mentee") or next(iter(self._mentees))]
