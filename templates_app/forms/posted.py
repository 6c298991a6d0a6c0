"""What a browser sent, read by name.

Names are made of the prefix, keys and row numbers with hyphens between: ``f-goals-0-steps-1-minutes``. Keys hold no
hyphens, so a name says where its value belongs.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from templates_app.answers.context import AnswerContext
from templates_app.answers.linked import is_accepted
from templates_app.answers.raw import AnswerFault
from templates_app.shapes import FieldShape

END = "_end"
"""The last field of every form. Where it is missing the page or the post was cut short, and silence erases nothing."""
OPERATION = "_op"


@dataclass(frozen=True)
class Operation:
    """What a button of a row list asks for: ``add:goals``, ``remove:goals.0.steps:1``, ``example:gaps``,
    ``suggest:rules:2`` (the third of the handbook's suggestions) or ``suggest:rules:all``.
    """

    verb: str
    name: str
    row: str = ""

    @classmethod
    def parse(cls, text: str | None, prefix: str) -> "Operation | None":
        """The operation in a button's value; None when there is none that we know."""
        verb, _colon, rest = (text or "").partition(":")
        path, _colon, row = rest.partition(":")
        if verb not in {"add", "remove", "example", "suggest"} or not path:
            return None
        return cls(verb, f"{prefix}-{path.replace('.', '-')}", row)

    def asks(self, verb: str, name: str, row: str = "") -> bool:
        """Whether this is what is asked here."""
        return (self.verb, self.name, self.row) == (verb, name, row)


KeepFile = Callable[[UploadedFile, FieldShape], dict[str, Any]]
"""Keeps a file and gives back ``{"name", "id", "size"}``. Raises ``AnswerFault`` for one that it does not take."""


class Posted:
    """Values and files by name, with the operation that a button asked for and whoever asks it."""

    def __init__(
        self,
        data: Mapping[str, Any],
        files: Mapping[str, UploadedFile] | None,
        prefix: str,
        context: AnswerContext,
        keep_file: KeepFile | None = None,
    ) -> None:
        self._data = data if isinstance(data, MultiValueDict) else _many(data)
        self._files = files or {}
        self._prefix = prefix
        self._keep_file = keep_file
        self.context = context
        self.kept: set[str] = set()
        """Ids of the files that came with this post."""
        self.faults: dict[str, str] = {}
        """What was wrong with files, by path: they cannot be kept beside their fault as words can."""
        self.added = self.bereft = ""
        """Id of the row that a button added; name of the list that a button took one from."""
        self.operation = Operation.parse(self.word(OPERATION), prefix)
        self.whole = END in self._data
        self._rows: dict[str, set[str]] = defaultdict(set)
        for key in self._data:
            steps = key.split("-")
            for place in range(1, len(steps) - 1):
                self._rows["-".join(steps[:place])].add(steps[place])

    def word(self, name: str) -> str | None:
        """One value, None when the name was not sent."""
        value = self._data.get(name)
        return value if isinstance(value, str) else None

    def words(self, name: str) -> list[str]:
        """All values of one name."""
        return [value for value in self._data.getlist(name) if isinstance(value, str)]

    def file(self, shape: FieldShape, name: str) -> dict[str, Any] | None:
        """The file that was sent under a name, kept; None where there is none or it was refused."""
        sent = self._files.get(name)
        if sent is None:
            return None
        try:
            value = self._take(sent, shape)
        except AnswerFault as fault:
            self.faults[path_of(name, self._prefix)] = fault.message
            return None
        self.kept.add(value["id"])
        return value

    def _take(self, sent: UploadedFile, shape: FieldShape) -> dict[str, Any]:
        if self._keep_file is None:
            raise AnswerFault(_("Files cannot be added here."))
        if not is_accepted(shape, sent.name or ""):
            raise AnswerFault(_("Choose a file of one of these kinds: %(kinds)s.") % {"kinds": ", ".join(shape.accept)})
        return self._keep_file(sent, shape)

    def numbers(self, name: str) -> list[str]:
        """The row numbers that were sent below a name, in order; there may be gaps where rows were taken out."""
        return sorted((step for step in self._rows[name] if step.isascii() and step.isdigit()), key=int)

    def asks(self, verb: str, name: str, row: str = "") -> bool:
        """Whether a button asked for this."""
        return self.operation is not None and self.operation.asks(verb, name, row)

    def suggestion(self, name: str) -> str | None:
        """Which suggestion a button asked to insert into a list: its place, or ``all``; ``None`` for no such button."""
        found = self.operation
        return found.row if found is not None and (found.verb, found.name) == ("suggest", name) else None

    def takes_from(self, name: str) -> bool:
        """Whether a button asked to take a row out of a list."""
        return self.operation is not None and (self.operation.verb, self.operation.name) == ("remove", name)

    def touches(self, name: str) -> bool:
        """Whether anything was sent for a field."""
        return any(key == name or key.startswith((f"{name}-", f"{name}__")) for key in self._data) or any(
            key == name or key.startswith(f"{name}-") for key in self._files
        )


def path_of(name: str, prefix: str) -> str:
    """The path in the answers of what has a name on the page."""
    return name.removeprefix(f"{prefix}-").replace("-", ".")


def _many(data: Mapping[str, Any]) -> MultiValueDict:
    return MultiValueDict(
        {key: list(value) if isinstance(value, list | tuple) else [value] for key, value in data.items()}
    )
