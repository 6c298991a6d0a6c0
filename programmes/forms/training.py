"""Forms of training: a module's questions, and recording what people have done elsewhere."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from programmes.domain.training.doing import choices_of
from programmes.forms.fields import DayField
from programmes.models import Participant
from templates_app.shapes import Module


class QuestionsForm(forms.Form):
    """The questions at the end of a module."""

    def __init__(self, *args: Any, module: Module, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in module.questions:
            choices = choices_of(question)
            if len(question.right) > 1:
                help_text = _("More than one answer is right.")
                field: forms.Field = forms.MultipleChoiceField(
                    choices=choices, widget=forms.CheckboxSelectMultiple, help_text=help_text
                )
            else:
                field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
            field.label = question.question
            self.fields[question.key] = field

    def answers(self) -> dict[str, list[str]]:
        """What was chosen, by question."""
        return {key: [value] if isinstance(value, str) else list(value) for key, value in self.cleaned_data.items()}


class RecordForm(forms.Form):
    """People who have completed a module elsewhere."""

    module = forms.ChoiceField(label=_("What they completed"))
    on = DayField(label=_("On which day"))
    people = forms.MultipleChoiceField(label=_("Who"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, modules: Sequence[Module], people: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(person.pk): person for person in people}
        self.fields["module"].choices = [(module.key, module.title) for module in modules]
        self.fields["people"].choices = [
            (key, f"{person.name} · {person.get_side_display()}") for key, person in self.known.items()
        ]

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > clock.now().date():
            raise forms.ValidationError(_("This day is still to come."))
        return on

    def chosen(self) -> list[Participant]:
        """Those who were ticked."""
        return [self.known[key] for key in self.cleaned_data["people"]]
