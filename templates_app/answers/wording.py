"""Typed words made safe to keep: nothing readable is lost, nothing invisible does harm."""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

from mentoring.accounts.names import tidy_line
from templates_app.answers.raw import AnswerFault

_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_OVERRIDES = re.compile("[\u202d\u202e]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def tidy(typed: Any) -> str:
    """The words of an answer of several lines.

    Line ends become newlines; halves of characters become U+FFFD; control characters, which no database or PDF can
    hold, go. Marks of right-to-left writing stay, but the two overrides that can make a text read as another go.
    Raises ``AnswerFault`` for anything but words or a number.
    """
    if isinstance(typed, bool) or not isinstance(typed, str | int | float):
        raise AnswerFault(_("Write your answer in words."))
    words = str(typed).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    words = _SURROGATES.sub("\ufffd", words)
    words = _OVERRIDES.sub("", _CONTROLS.sub("", words))
    words = unicodedata.normalize("NFC", words)
    return "\n".join(line.rstrip() for line in words.split("\n")).strip("\n").rstrip()


def one_line(typed: Any) -> str:
    """The words of an answer of one line: as ``tidy``, then as every line that people type (``tidy_line``)."""
    return tidy_line(tidy(typed))


def tidy_code(typed: Any) -> str:
    """An address or number that machines read: one line without the invisible marks that copying brings along."""
    return _INVISIBLE.sub("", one_line(typed)).strip()
