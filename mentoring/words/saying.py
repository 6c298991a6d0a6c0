"""Texts of the application, said in an organisation's own words.

Works on a text before anything is filled in, so that nobody's name or answer is ever changed: what stands in it are our
own sentences, placeholders (``%(mentor)s``), marks (``<b>``) and addresses; all but the sentences is passed over.
"""

import re
from functools import lru_cache

from mentoring.words.terms import Name, Words

_NO_TEXT = r"%\(\w+\)s|\{[^{}]*\}|<[^<>]*>|\]\([^()]*\)|https?://\S+"
_BEFORE = r"(?:\b(?P<article>an?)(?P<gap>\s+(?P<quote>[“\"'‘]?)))?"
_AFTER = r"(?P<owner>['’]s?(?!\w))?"


@lru_cache(maxsize=8192)
def say(text: str, words: Words) -> str:
    """``text`` with every term that has a name of its own called by it.

    What the sentence asks of a word is kept: one or several, whose it is, a capital at its beginning, and the article.
    A name that stands there already stays, so that a text which is said twice reads as one that is said once.
    """
    if not words:
        return text
    pattern, names = _looking_for(words)
    return pattern.sub(lambda found: _said(found, names), text)


@lru_cache(maxsize=256)
def _looking_for(words: Words) -> tuple[re.Pattern[str], dict[str, tuple[Name, bool]]]:
    names = {word: (name, False) for name in words for word in name.term.one}
    names |= {word: (name, True) for name in words for word in name.term.many}
    standard = "|".join(sorted(names, key=len, reverse=True))
    own = "|".join(_as_written(one) for one in sorted(_own(words) - names.keys(), key=len, reverse=True))
    stays = rf"(?:\ban?\s+[“\"'‘]?)?(?<!\w)(?:{own})(?!\w)|" if own else ""
    return re.compile(rf"{_NO_TEXT}|{stays}{_BEFORE}\b(?P<word>{standard})\b{_AFTER}", re.IGNORECASE), names


def _own(words: Words) -> set[str]:
    """The names, for one and for several. One that is another term's usual word is looked for as that."""
    return {one.casefold() for name in words for one in (name.one, name.many)}


def _as_written(name: str) -> str:
    """A name as it may stand in a text: broken into lines anywhere, with either apostrophe."""
    return r"\s+".join(re.sub("['’]", "['’]", re.escape(part)) for part in name.split())


def _said(found: re.Match[str], names: dict[str, tuple[Name, bool]]) -> str:
    word = found["word"]
    if word is None:
        return found[0]
    name, several = names[word.casefold()]
    return _article(found, name) + _like(word, name.many if several else name.one) + _owner(found, name, several)


def _article(found: re.Match[str], name: Name) -> str:
    return _like(found["article"], name.article) + found["gap"] if found["article"] else ""


def _like(model: str, word: str) -> str:
    """The word with a capital where the one it stands for has one; otherwise as the organisation writes it."""
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _owner(found: re.Match[str], name: Name, several: bool) -> str:
    mark = found["owner"]
    if not mark:
        return ""
    return mark[0] if several and name.many.casefold().endswith("s") else f"{mark[0]}s"
