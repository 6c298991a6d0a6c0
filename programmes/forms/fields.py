"""Fields that several forms of this room share."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import Partner
from mentoring.tenancy.models.organisation import slug_validator
from templates_app.answers.moments import FIRST_YEAR, LAST_YEAR

RESERVED = {"new"}
"""Words that stand in addresses where a slug may stand."""


def within_time(day: dt.date) -> None:
    """A day of the years in which days are answered anywhere here: beyond them instants cannot be reckoned."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(
            _("Choose a day between %(first)d and %(last)d."), params={"first": FIRST_YEAR, "last": LAST_YEAR}
        )


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AddressField(forms.CharField):
    """The part of an address that names something; made of the title where it is left empty."""

    default_validators = [slug_validator]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Address"))
        kwargs.setdefault("help_text", _("Small letters, digits and hyphens. Leave it empty and we make one."))
        super().__init__(max_length=50, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        word = super().clean(value)
        if word in RESERVED:
            raise forms.ValidationError(_("This word is taken. Choose another."))
        return word


class PartnerField(forms.ModelChoiceField):
    """One of the organisation's partners; ``only`` narrows them to those whose ids are given."""

    def __init__(self, *, only: Any = None, **kwargs: Any) -> None:
        rows = Partner.objects.all() if only is None else Partner.objects.filter(pk__in=only)
        super().__init__(rows, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.short})" if obj.short else obj.name


def free_slug(word: str, title: str, taken: Any, fallback: str) -> str:
    """``word``, or one made of the title that nobody has. ``taken(slug)`` says whether somebody does."""
    from django.utils.text import slugify

    if word:
        return word
    stem = (slugify(title)[:44].strip("-") or fallback).removeprefix("-")
    stem = f"{stem}-1" if stem in RESERVED else stem
    slug, number = stem, 1
    while taken(slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug
