"""The organisation's own words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from mentoring.accounts.forms.names import NameField
from mentoring.ui.words import AS_THEY_ARE
from mentoring.words.terms import LONGEST, TERMS, Name, Term, Words, article_for

ARTICLES = (("", _("as it begins")), ("a", "a"), ("an", "an"))


def standard_words(term: Term) -> tuple[str, str]:
    """What the application says for a term: one, and several."""
    one, many = term.key, term.many[term.one.index(term.key)]
    return pgettext(AS_THEY_ARE, one), pgettext(AS_THEY_ARE, many)


class WordsForm(forms.Form):
    """For each term the word for one and the word for several; a term left empty is called what it always is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for term in TERMS:
            one, many = standard_words(term)
            self.fields[f"{term.key}-one"] = NameField(
                label=_("Instead of “%(word)s”") % {"word": one}, max_length=LONGEST, required=False
            )
            self.fields[f"{term.key}-many"] = NameField(
                label=_("Instead of “%(word)s”") % {"word": many}, max_length=LONGEST, required=False
            )
            self.fields[f"{term.key}-article"] = forms.ChoiceField(
                label=_("Said with"), choices=ARTICLES, required=False
            )

    @staticmethod
    def initial_of(words: Words) -> dict[str, str]:
        """The words as they are."""
        found = {}
        for name in words:
            article = "" if name.article == article_for(name.one) else name.article
            for part, value in (("one", name.one), ("many", name.many), ("article", article)):
                found[f"{name.term.key}-{part}"] = value
        return found

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Per term its standard word and its three fields."""
        return [
            (standard_words(term)[0], [self[f"{term.key}-{part}"] for part in ("one", "many", "article")])
            for term in TERMS
        ]

    def clean(self) -> dict[str, Any]:
        """One and several go together, and no two terms share a word: nobody could tell who is meant. What keeps its usual name
        has that one.
        """
        values = super().clean() or self.cleaned_data
        usual = [term for term in TERMS if not values.get(f"{term.key}-one")]
        taken = {word: term.key for term in usual for word in (*term.one, *term.many)}
        for term in TERMS:
            one, many = values.get(f"{term.key}-one", ""), values.get(f"{term.key}-many", "")
            if bool(one) != bool(many):
                missing = "many" if one else "one"
                self.add_error(f"{term.key}-{missing}", _("Write the word for one and the word for several."))
            for word in {one.casefold(), many.casefold()} - {""}:
                if word in taken and taken[word] != term.key:
                    self.add_error(f"{term.key}-one", _("Another term is called this already. Choose another word."))
                taken[word] = term.key
        return values

    def words(self) -> Words:
        """The words that were chosen; what is called as always is left out."""
        found = []
        for term in TERMS:
            one, many, article = (
                self.cleaned_data.get(f"{term.key}-{part}", "") for part in ("one", "many", "article")
            )
            if one and many and (one, many) != standard_words(term):
                found.append(Name(term, one, many, article or article_for(one)))
        return tuple(found)
