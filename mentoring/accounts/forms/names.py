"""Form fields for names and other words of one line."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mentoring.accounts.names import has_letter, tidy_line


class LineField(forms.CharField):
    """Words on one line, without anything unseen."""

    def to_python(self, value: Any) -> str:
        """The words, tidied before they are measured."""
        return super().to_python(value if value in self.empty_values else tidy_line(str(value)))


class NameField(LineField):
    """A name: such a line with at least one letter, in any script."""

    def clean(self, value: Any) -> str:
        """The name, or why it cannot be one."""
        name = super().clean(value)
        if name and not has_letter(name):
            raise forms.ValidationError(_("Write a name with at least one letter."))
        return name
