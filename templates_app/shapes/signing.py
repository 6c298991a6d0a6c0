"""How people put their names to a text: the agreement, and worksheets that are signed once they are sent."""

from collections.abc import Sequence
from typing import Literal

from pydantic import model_validator

from templates_app.shapes.base import Key, Shape, Sourced

COORDINATOR = "coordinator"
PAIR_SIDES = ("mentor", "mentee")


class Signing(Shape):
    """How people agree: by their full name, by their initials (``cal.contract.init.mentor``), or by a tick alone.

    ``acknowledge``: the statement is ticked by each before they sign (``cal.clause.ack``). A tick alone always is.
    ``in_turn``: nobody signs before those who stand before them; else everybody signs when it suits them.
    """

    act: Literal["sign", "accept"] = "sign"
    """What people are said to do: they sign the text, or they accept it."""
    by: Literal["name", "initials", "tick"] = "name"
    acknowledge: bool = False
    in_turn: bool = False

    @property
    def is_ticked(self) -> bool:
        """Whether the statement is ticked."""
        return self.acknowledge or self.by == "tick"


class OutsideSigner(Sourced):
    """Somebody without an account who signs too: a supervisor, a guardian, a sponsor. They sign by a link.

    ``named_by`` says who gives their name and address; ``days`` how long a link works, ``remind_after`` after how many
    they are reminded once. ``first``: where people sign in turn, before the others and not after them.
    """

    key: Key
    label: str
    why: str = ""
    """What they sign for, told to them in the message and above the text."""
    named_by: list[Literal["mentor", "mentee", "coordinator"]] = ["mentor", "mentee", "coordinator"]
    days: int = 14
    remind_after: int | None = 7
    first: bool = False


def turns_of(signers: Sequence[str], outside: Sequence[OutsideSigner]) -> list[str]:
    """Everybody who signs, by side or key, in the order in which they would sign in turn."""
    first = [one.key for one in outside if one.first]
    return [*first, *signers, *(one.key for one in outside if not one.first)]


class SheetSigning(Signing):
    """Who signs a worksheet once it is sent, and under which words. Sending freezes its text; taking it up again makes the
    signatures void.

    ``signers``: sides of the pair, and the ``coordinator`` (one of those who coordinate), in the order of their turns.
    ``remind_after``: after how many days those with an account are reminded, once.
    """

    signers: list[Literal["mentor", "mentee", "coordinator"]] = []
    outside: list[OutsideSigner] = []
    statement: str
    remind_after: int | None = 7

    @property
    def turns(self) -> list[str]:
        """Everybody who signs, in the order in which they would sign in turn."""
        return turns_of(self.signers, self.outside)

    @model_validator(mode="after")
    def _names_everybody_once(self) -> "SheetSigning":
        if not self.turns:
            raise ValueError("'signing' names nobody: say 'signers', or 'outside', or both")
        if len(set(self.turns)) < len(self.turns):
            raise ValueError("everybody who signs stands in 'signing' once")
        if {one.key for one in self.outside} & {*PAIR_SIDES, COORDINATOR}:
            raise ValueError(
                "a signer from outside has a key of their own, neither a side of the pair nor 'coordinator'"
            )
        return self
