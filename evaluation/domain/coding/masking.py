"""Names of the people a text is about, taken out of it: a mentor who writes of Ana writes “Ana”, “ana”, “ANA” or “Ana-Maria”.

Letters are compared without case and without their accents. A name stands by itself between letters of scripts that part words
by spaces; in scripts that do not, and before what Korean hangs on a name, it is found wherever it stands.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from pairs.models import PairingMember

_APOSTROPHES = "ʻʼ'’‘`´"
_EDGES = f"{_APOSTROPHES}-. "
"""What is written at a name's edge or left out there."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
"""Scripts that write words without spaces: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_HANGUL = "\uac00-\ud7a3"
_BEFORE, _AFTER = rf"(?<![^\W\d_{_UNSPACED}])", rf"(?=s?(?![^\W\d_{_UNSPACED}{_HANGUL}]))"
_FREE, _HANGS = re.compile(f"[{_UNSPACED}]"), re.compile(f"[{_UNSPACED}{_HANGUL}]")
_BETWEEN = r"[\W_]{0,3}"
"""What may stand between the parts of a whole name: a space, a comma, a dot, or nothing."""
_SHORT = 3
_WORDS = """
will may mark grace hope faith joy rose june april august dawn sky art bill rob pat sue drew chase grant frank rich
dean earl miles wade lane chip gene guy ray rod skip ruby pearl lily daisy ivy iris olive amber crystal melody
harmony mercy patience charity chance precious blessing summer autumn winter star love long young white brown black
green king bush wood stone field hill ford banks cook baker carpenter page price rice best good head small day
"""
ALSO_WORDS = frozenset(_WORDS.split())
"""Names that are words too: written small they are left, or “I [name] ask” would tell who is called Will."""


def names_in(pairings: Collection[UUID]) -> dict[UUID, set[str]]:
    """What the people of these pairings are called, whole and in parts; those who have left too. One query."""
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = PairingMember.objects.filter(pairing__in=set(pairings)).select_related("participant__membership__user")
    for row in rows:
        user = row.participant.membership.user if row.participant.membership else None
        called = [row.participant.name, *((user.name, user.given_name, user.family_name) if user else ())]
        found[row.pairing_id].update(parts_of(called))
    return found


def parts_of(names: Iterable[str]) -> Iterator[str]:
    """Each name as it is listed, and what may stand for it alone: its words, without those of three small letters (“van”)."""
    for name in names:
        words = [word.strip(_EDGES) for word in re.split(r"[\s\-‐‑]+", name)]
        alone = name.islower() or len(words) == 1
        particles = {word for word in words if not alone and word.islower() and len(word) <= _SHORT}
        for word in (name, *name.split(), *words):
            part = word.strip(_EDGES)
            if len(part) > 1 and part not in particles:
                yield from (part, *_halves(part))


def _halves(word: str) -> Iterator[str]:
    """Family and given name of a name that is written in one, such as 山田太郎: two letters at either end, of three or more."""
    if len(word) >= _SHORT and all(_HANGS.match(letter) for letter in word) and not re.search("[\u0e00-\u17ff]", word):
        yield from (word[:2], word[-2:])


def without_names(words: str, names: Collection[str]) -> str:
    """The words with a mark wherever one of the names stands, however it is spaced, accented, hyphenated or inflected, and in
    any case; written in small letters alone, names that are words too (``ALSO_WORDS``) and those of two letters stay.
    """
    if not names:
        return words
    whole = unicodedata.normalize("NFC", words)
    found = "|".join(_pattern(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    told: list[str] = []
    end = 0
    for match in re.finditer(found, _plain(whole)):
        said = whole[match.start() : match.end()]
        if not _is_word(said):
            told += [whole[end : match.start()], _("[name]")]
            end = match.end()
    return "".join([*told, whole[end:]])


def _is_word(said: str) -> bool:
    return said.islower() and (len(said) < _SHORT or said in ALSO_WORDS)


def _pattern(name: str) -> str:
    parts = [re.escape(part) for part in re.split(r"[\W_]+", _plain(unicodedata.normalize("NFC", name))) if part]
    if not parts:
        return r"(?!)"
    before = "" if _FREE.match(name) else _BEFORE
    after = "" if _HANGS.match(name[-1]) else _AFTER
    return f"{before}{_BETWEEN.join(parts)}{after}"


def _plain(words: str) -> str:
    """The same number of letters, without case and accents, and with one kind of apostrophe."""
    return "".join(map(_letter, words))


def _letter(letter: str) -> str:
    if letter in _APOSTROPHES:
        return "'"
    parts = unicodedata.normalize("NFD", letter)
    small = parts[0].lower() if all(map(unicodedata.combining, parts[1:])) else letter.lower()
    return small if len(small) == 1 else letter
