"""Kinds whose answers are words: text, longtext, email, url, phone."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from templates_app.answers.behaviour import Behaviour
from templates_app.answers.context import AnswerContext
from templates_app.answers.markdown import to_html
from templates_app.answers.raw import AnswerFault, is_raw, raw_words
from templates_app.answers.shown import Shown
from templates_app.answers.wording import one_line, tidy, tidy_code
from templates_app.shapes import FieldShape

LINE_LENGTH = 1_000
TEXT_LENGTH = 50_000
ADDRESS_LENGTH = 2_000
"""Characters that fit when a field sets no ``max_length`` of its own."""

_email_is_valid = EmailValidator()
_url_is_valid = URLValidator(schemes=["http", "https"])
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PHONE = re.compile(r"^\+?[\d\s().\-/#*]+(?:(?:ext\.?|x)\s*\d+)?$", re.IGNORECASE)


class Written(Behaviour):
    """Words; the subclasses say how they are tidied and how many fit."""

    written = True
    longest = LINE_LENGTH

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> str | None:
        if raw is None:
            return None
        words = self.tidied(raw)
        if not words:
            return None
        limit = shape.max_length or self.longest
        if len(words) > limit:
            over = len(words) - limit
            raise AnswerFault(
                ngettext(
                    "This is %(over)d character too long: it may have up to %(limit)d.",
                    "This is %(over)d characters too long: it may have up to %(limit)d.",
                    over,
                )
                % {"over": over, "limit": limit}
            )
        self.refuse(words)
        return words

    def tidied(self, raw: Any) -> str:
        return one_line(raw)

    def refuse(self, words: str) -> None:
        """Raise ``AnswerFault`` for words that do not have the form this kind needs."""


class Text(Written):
    """One line of words."""


class LongText(Written):
    """Several lines of words, in which light Markdown is understood."""

    longest = TEXT_LENGTH

    def tidied(self, raw: Any) -> str:
        return tidy(raw)

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        words = raw_words(value)
        return Shown(text=words, html=None if is_raw(value) else to_html(words))


class Email(Written):
    """An e-mail address."""

    longest = 254

    def tidied(self, raw: Any) -> str:
        return tidy_code(raw)

    def refuse(self, words: str) -> None:
        try:
            _email_is_valid(words)
        except ValidationError:
            raise AnswerFault(_("Enter an e-mail address in full, such as ana@example.org.")) from None


class Url(Written):
    """A web address; ``https://`` is added where only the rest was typed."""

    longest = ADDRESS_LENGTH

    def tidied(self, raw: Any) -> str:
        words = tidy_code(raw)
        return f"https://{words}" if words and not _SCHEME.match(words) else words

    def refuse(self, words: str) -> None:
        try:
            _url_is_valid(words)
            urlsplit(words)
        except (ValidationError, ValueError):
            raise AnswerFault(_("Enter a web address in full, such as https://example.org/page.")) from None


class Phone(Written):
    """A telephone number as people write it."""

    longest = 40

    def tidied(self, raw: Any) -> str:
        return tidy_code(raw)

    def refuse(self, words: str) -> None:
        if not _PHONE.match(words) or sum(letter.isdigit() for letter in words) < 4:
            raise AnswerFault(_("Enter a telephone number with its country code, such as +676 23 456."))
