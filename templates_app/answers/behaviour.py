"""What every field kind can do: the base class, and the look-up that leads to the right one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from django.utils.translation import gettext as _

from templates_app.answers.context import AnswerContext
from templates_app.answers.raw import AnswerFault, as_raw, is_raw, raw_words, unwrapped
from templates_app.answers.shown import Shown
from templates_app.shapes import FieldShape, Need

Mode = Literal["draft", "submit"]

MISSING: Any = object()
"""Marks the half of a split that holds nothing, since None may be a value."""


class Column(NamedTuple):
    """One column of a wide table: a key that survives relabelling, and its heading."""

    key: str
    label: str


@dataclass(frozen=True)
class Spot:
    """Where in the answers a check stands; collects what it finds under dotted paths (``goals.0.action``)."""

    context: AnswerContext
    mode: Mode
    path: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)
    vouched: tuple[Mapping[str, Any], ...] = ()

    @property
    def submitting(self) -> bool:
        return self.mode == "submit"

    def at(self, key: str | int) -> "Spot":
        """The spot one step further down."""
        path = f"{self.path}.{key}" if self.path else str(key)
        # Made by name and not by replace(), which takes ten times as long: an import makes a hundred of them a row.
        return Spot(self.context, self.mode, path, self.faults, self.warnings, self.vouched)

    def apart(self) -> "Spot":
        """The same spot with findings of its own, which ``take`` adds or nobody ever hears of."""
        return Spot(self.context, self.mode, self.path, vouched=self.vouched)

    def take(self, other: "Spot") -> None:
        """Add what was found apart."""
        self.faults.update(other.faults)
        self.warnings.update(other.warnings)

    def fault(self, message: str) -> None:
        """Note what must be mended here; the first word on a spot stands."""
        self.faults.setdefault(self.path, message)

    def warn(self, message: str) -> None:
        """Note what the person should know here, and may leave as it is."""
        self.warnings.setdefault(self.path, message)


class Behaviour:
    """What one field kind does with its answers. Stateless: one instance serves every field of the kind.

    A kind of single values overrides ``clean`` and perhaps ``show``; one that has parts overrides ``check`` too.
    """

    asks = True
    """Whether the kind asks for anything at all."""
    written = False
    """Whether its values are words that somebody wrote, to be kept encrypted."""

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> Any:
        """The value as it is stored, None for blank. Raises ``AnswerFault`` when it does not fit."""
        raise NotImplementedError

    def check(self, shape: FieldShape, raw: Any, spot: Spot) -> Any:
        """Clean one answer at its spot; what does not fit is kept as it was typed, beside its fault."""
        typed = unwrapped(raw)
        try:
            return self.clean(shape, typed, spot.context)
        except AnswerFault as fault:
            spot.fault(fault.message)
            return as_raw(typed)

    def demand(self, shape: FieldShape, value: Any, spot: Spot) -> None:
        """Say so where an answer that is wanted is missing (only on sending)."""
        if not self.is_blank(shape, value) or spot.path in spot.faults:
            return
        if shape.need is Need.MUST:
            spot.fault(self.missing(shape))
        elif shape.need is Need.SHOULD:
            spot.warn(_("You have not answered this. You can still send the sheet without it."))

    def missing(self, shape: FieldShape) -> str:
        """What to tell a person who left a needed answer out."""
        return _("This answer is needed.")

    def is_blank(self, shape: FieldShape, value: Any) -> bool:
        """Whether a stored value says nothing."""
        inner = unwrapped(value)
        return inner is None or inner is False or inner in ("", [], {})

    def held(self, shape: FieldShape, value: Any) -> list[Any]:
        """The values that a condition on this field compares with."""
        if self.is_blank(shape, value):
            return []
        return value if isinstance(value, list) else [value]

    def split(self, shape: FieldShape, value: Any) -> tuple[Any, Any]:
        """The value's plain half and its written half, either of them ``MISSING``."""
        if self.written or is_raw(value) or not self.is_fact(shape, value):
            return MISSING, value
        return value, MISSING

    def is_fact(self, shape: FieldShape, value: Any) -> bool:
        """Whether a value has the form that this kind's clean values have, and so cannot hold anybody's words."""
        return False

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        """The value as a person reads it."""
        return Shown(text=self.words(shape, value, context))

    def words(self, shape: FieldShape, value: Any, context: AnswerContext) -> str:
        """The value as one piece of plain text."""
        return raw_words(value)

    def columns(self, shape: FieldShape, key: str, label: str, values: list[Any]) -> list[Column]:
        """The columns of a wide table that this field fills, given the values that will stand in it."""
        return [Column(key, label)] if self.asks else []

    def cells(self, shape: FieldShape, key: str, value: Any) -> dict[str, Any]:
        """What this field puts into its columns: keys and figures, not labels, so that relabelling breaks nothing."""
        return {key: raw_words(value) if is_raw(value) else value}


def behaviour_of(shape: FieldShape) -> Behaviour:
    """The behaviour of a field's kind."""
    from templates_app.answers.kinds import BEHAVIOURS  # the table imports kinds with parts, which come back here

    return BEHAVIOURS[shape.kind]
