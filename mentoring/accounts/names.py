"""Names as people write them, in any script, made safe to show beside others and to put into a letter."""

import re
import unicodedata

_SPACES = re.compile(r"[\s\u0085\u2028\u2029]+")
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff"  # controls, and halves of characters
    "\u202a-\u202e\u2066-\u2069"  # what makes the words after it run the other way
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]"  # unseen
)
_STRAY_JOINERS = re.compile("(?<![^\x00-\xff\\s\u200c\u200d])[\u200c\u200d]")
"""Joiners shape Persian, Indic scripts and emoji, and stand behind a character of those; elsewhere nobody sees them."""


def drop_stray_joiners(text: str) -> str:
    """``text`` without the joiners that join nothing."""
    return _STRAY_JOINERS.sub("", text)


def tidy_line(text: str) -> str:
    """One line of words: line ends and runs of spaces become one space, what is unseen or turns the direction goes.

    What scripts need stays: accents however they are typed, the ʻokina, joiners, the marks of right-to-left writing.
    """
    words = _HARMFUL.sub("", _SPACES.sub(" ", text))
    return _SPACES.sub(" ", drop_stray_joiners(unicodedata.normalize("NFC", words))).strip()


def has_letter(text: str) -> bool:
    """Whether there is a letter in it, in any script: a name without one cannot be read out."""
    return any(unicodedata.category(sign).startswith("L") for sign in text)
