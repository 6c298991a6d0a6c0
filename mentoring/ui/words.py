"""Every text of the application says the words of the organisation whose page, letter or document it is.

All texts come through Django's ``gettext`` functions, in templates too, and all work for an organisation happens in its
scope. So both meet in one place here, and no sentence has to know that its words may change. Django has no hook for
this; ``docs/architecture.md`` says why its four functions are wrapped all the same.
"""

from collections.abc import Callable
from functools import wraps

from django.utils import translation

from mentoring.tenancy.scope import Tenant, state
from mentoring.words.saying import say

AS_THEY_ARE = "standard word"
"""The context of a text that names the application's own word: ``pgettext(AS_THEY_ARE, "mentor")`` stays."""


def install() -> None:
    """Wrap them. For ``AppConfig.ready``, once."""
    functions = translation._trans  # type: ignore[attr-defined]
    for name in ("gettext", "ngettext", "npgettext"):
        setattr(functions, name, _in_own_words(getattr(functions, name)))
    functions.pgettext = _but_for_standard_words(functions.pgettext)


def own(text: str) -> str:
    """The text in the words of the organisation that is open, in the language that is spoken."""
    found = state()
    if not isinstance(found, Tenant) or not found.organisation.words:
        return text
    return say(text, found.organisation.words_in(translation.get_language()))


def _in_own_words(function: Callable[..., str]) -> Callable[..., str]:
    @wraps(function)
    def said(*args: object) -> str:
        return own(function(*args))

    return said


def _but_for_standard_words(function: Callable[[str, str], str]) -> Callable[[str, str], str]:
    @wraps(function)
    def said(context: str, message: str) -> str:
        text = function(context, message)
        return text if context == AS_THEY_ARE else own(text)

    return said
