"""The form with which a document is shared."""

from django import forms
from django.utils.translation import gettext_lazy as _

from templates_app.domain.file_kinds import KINDS


class SharedFileForm(forms.Form):
    """A file, what it is, and why it is there."""

    title = forms.CharField(label=_("What it is"), max_length=150)
    note = forms.CharField(
        label=_("A short note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in KINDS)}),
        error_messages={"empty": _("This file is empty.")},
    )
