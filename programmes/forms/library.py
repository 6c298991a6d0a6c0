"""Adding to the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.enums import Side
from programmes.forms.handbook_fields import NamesField

MOST_TOPICS = 10
TOPICS_LENGTH = 300


class TopicsField(NamesField):
    """A few topics: they become filters that everybody sees above the library."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Topics"))
        kwargs.setdefault("help_text", _("Ten at most, with commas between, such as leadership, feedback."))
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        topics = super().to_python(value)
        if len(topics) > MOST_TOPICS:
            raise forms.ValidationError(_("Name ten topics at most."))
        if len(", ".join(topics)) > TOPICS_LENGTH:
            raise forms.ValidationError(_("Keep the topics to 300 letters in all."))
        return topics


class AddResourceForm(forms.Form):
    """Something worth reading or using: a book, an article, a course, a tool."""

    title = forms.CharField(label=_("What is it called?"), max_length=200)
    url = forms.URLField(
        label=_("Address on the web"), max_length=500, required=False, assume_scheme="https", empty_value=""
    )
    note = forms.CharField(
        label=_("What is it, and for what does it help?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For instance a book, with its author; a tutorial; a course. Name nobody you mentor."),
    )
    topics = TopicsField()
    roles = forms.MultipleChoiceField(
        label=_("For"),
        choices=Side.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: for everybody."),
    )

    def clean(self) -> dict[str, Any]:
        """An entry says where it is found, or what it is."""
        values = super().clean() or {}
        if not self.errors and not values.get("url") and not values.get("note"):
            self.add_error("note", _("Say what it is, or where it is found on the web."))
        return values
