"""What a fault in a kit's files looks like."""

from dataclasses import dataclass

from templates_app.domain.kit_files.yaml_text import Loc


@dataclass(frozen=True, order=True)
class Fault:
    """Something in a kit's files that has to be put right before the kit can be used.

    ``file`` is relative to the kit's folder, ``line`` counts from 1, ``message`` says in plain words what to do.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Problem:
    """The same before it is known which file it stands in: ``loc`` leads through the kit's shapes to the item."""

    loc: Loc
    message: str


class KitFaulty(ValueError):
    """A kit that should be sound is not. ``faults`` says why."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))
