"""What of a handbook's part can be changed, field by field, in a form that any of them can be drawn from."""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Field:
    """One thing that can be changed of an item. ``kind`` says how it is asked:

    - ``line``, ``text``, ``url``, ``number``, ``figure`` (with a fraction), ``integer`` (also below 0 and
      large), ``tick``: what they say;
    - ``choice``, ``choices``: one or some of ``choices``, which are pairs of key and words, or the name of a list of the
      handbook (``worksheets``, ``programme_sheets``, ``stages``, ``articles``, ``resources``);
    - ``lines``: lettered parts, one a line; ``duties``: points that are texts alone; ``options``: answers with keys;
      ``columns``: what a table asks in each row, a line of text each;
    - ``numbers``: whole numbers with commas between; ``names``: words with commas between;
    - ``rows``: a list of small items, each with the fields in ``rows``, ``least`` of them at least;
    - ``instant``: a moment told by what it hangs on; ``every``: how often it comes round again;
    - ``step``, ``name``: a step of a pair, or only what it is called;
    - ``order``: those of ``choices`` that are named, in an order that counts;
    - ``answer``: some answers of one question, as a condition (``ShowIf``); its choices are written ``question=answer``;
    - ``measures``: what an indicator is reckoned from, told here and changed on pages of its own;
    - ``whole``: something that a handbook may do without, with the fields in ``rows``; ``tick`` says that it is there,
      and without a ``tick`` it always is.

    A ``name`` with dots leads further down from where the part stands.
    """

    name: str
    label: Words
    kind: str = "line"
    help: Words = ""
    required: bool = False
    choices: tuple[tuple[str, Words], ...] | str = ()
    rows: tuple["Field", ...] = ()
    key_from: str = ""
    """Rows that have keys: the field that a new one's key is made of."""
    starts: bool | int | str | tuple[str, ...] = False
    """What stands there on what is added: a tick that is set, a number, a choice."""
    least: int = 0
    tick: Words = ""
    blank: str | None = None
    """What a choice says where nothing is chosen."""
    marked: bool = True
    """Rows say where they come from; those that belong to what they stand in do not."""


@dataclass(frozen=True)
class ListPart:
    """A list of like items, such as resources. ``name`` is its path in the content, joined by dots.

    ``key`` tells its items apart; without one they go by their place. ``shown`` names one in a list. ``grows`` says
    whether items may be added and taken out, ``moves`` whether their order counts.
    """

    name: str
    title: Words
    lead: Words
    key: str
    shown: str
    fields: tuple[Field, ...]
    grows: bool = False
    noun: Words = ""
    icon: str = "file-text"
    moves: bool = False
    joint: str = "_"
    """What stands between the words of a key: hyphens where it is part of addresses."""
    group: str = "course"
    """Under which heading of the handbook's page it stands."""

    @property
    def slug(self) -> str:
        """How the part is called in an address."""
        return self.name.replace(".", "-")


@dataclass(frozen=True)
class TextsPart:
    """Some things that stand side by side at one place of the content (``path``; empty for its top)."""

    name: str
    path: str
    title: Words
    lead: Words
    fields: tuple[Field, ...]
    icon: str = "pen-line"
    group: str = "about"
