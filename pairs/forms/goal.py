"""The mentor's answer to a goal."""

from django import forms
from django.utils.translation import gettext_lazy

from pairs.domain.goals import COMMENT_LENGTH


class AnswerForm(forms.Form):
    """A comment, and whether the goal is understood and agreed."""

    comment = forms.CharField(
        label=gettext_lazy("Your comment"),
        required=False,
        max_length=COMMENT_LENGTH,
        help_text=gettext_lazy("What makes it sharper? What do you still want to understand?"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("I understand this goal, and I agree with it"),
        required=False,
        help_text=gettext_lazy("When the words of the goal change, this mark is cleared."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def go_on_top(self) -> None:
        """The mentor is shown the words as they are now: what they send next is about these."""
        self.data = self.data.copy()
        self.data["seen"] = self.initial["seen"]
