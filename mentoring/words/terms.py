"""The terms that an organisation may name in its own way, and the forms of a name in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 40
"""Letters in a word of one's own: it has to fit a tab and a table's head."""
VOWELS = frozenset("aeiou")


@dataclass(frozen=True)
class Term:
    """Something that may have another name, with the words the application's texts use for it."""

    key: str
    one: tuple[str, ...]
    many: tuple[str, ...]


TERMS = (
    Term("mentor", ("mentor",), ("mentors",)),
    Term("mentee", ("mentee",), ("mentees",)),
    Term("pairing", ("pair", "pairing"), ("pairs", "pairings")),
    Term("programme", ("programme",), ("programmes",)),
    Term("session", ("session",), ("sessions",)),
    Term("coordinator", ("coordinator",), ("coordinators",)),
    Term("cohort", ("cohort",), ("cohorts",)),
)


@dataclass(frozen=True)
class Name:
    """What an organisation says for a term: one of them, several, and the article before one (``a`` or ``an``)."""

    term: Term
    one: str
    many: str
    article: str


Words = tuple[Name, ...]
"""An organisation's own words, in one language; empty where it says what the application says."""


def own_words(kept: Mapping[str, Mapping[str, Any]]) -> Words:
    """The words as they are kept, by term: ``one``, ``many`` and, where the first letter misleads, ``article``."""
    found = ((term, kept.get(term.key, {})) for term in TERMS)
    return tuple(
        Name(term, said["one"], said["many"], said.get("article") or article_for(said["one"]))
        for term, said in found
        if said
    )


def bare_language(language: str | None) -> str:
    """``en`` of ``en-gb``: words are the language's, wherever it is spoken."""
    return (language or "").partition("-")[0]


def article_for(word: str) -> str:
    """``an`` before a vowel letter, else ``a``: right for most words, wrong for a unit and an hour."""
    return "an" if word[:1].casefold() in VOWELS else "a"


def as_kept(names: Words) -> dict[str, dict[str, str]]:
    """Words as they are kept."""
    return {name.term.key: {"one": name.one, "many": name.many, "article": name.article} for name in names}
