"""The form of what a partner is given to do at home."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from pairs.forms.fields import day_field


class HomeworkForm(forms.Form):
    """By when, if a day is wanted at all."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["due_on"] = day_field(label=gettext_lazy("By when, if you like"))
