"""Which items of a handbook's catalogue a kit holds."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from templates_app.domain.kit_files.walking import walk
from templates_app.shapes import Agreement, Article, Kit, Sourced


@dataclass(frozen=True)
class IdReport:
    """How a kit stands against its catalogue. Each list is sorted."""

    held: list[str] = field(default_factory=list)
    """Ids of the catalogue that an item of the kit names as its source."""
    left_out: list[str] = field(default_factory=list)
    """Ids left out on purpose, with a reason."""
    missing: list[str] = field(default_factory=list)
    """Ids neither held nor left out."""
    unknown: list[str] = field(default_factory=list)
    """Ids that the kit names and the catalogue does not have."""
    contradicted: list[str] = field(default_factory=list)
    """Ids said to be left out that the kit holds after all."""

    @property
    def complete(self) -> bool:
        return not (self.missing or self.unknown or self.contradicted)


def held_ids(kit: Kit) -> set[str]:
    """Every id that stands as a source anywhere in the kit."""
    return {item for step in walk(kit) for item in _named(step.shape)}


def _named(shape: object) -> Iterator[str]:
    if isinstance(shape, Sourced):
        yield from shape.source
    if isinstance(shape, Agreement):
        yield from shape.source_parties
    if isinstance(shape, Article):
        yield from shape.points


def read_ids(path: Path) -> dict[str, Any]:
    """The ids kept in a file. Raises ``OSError``, or ``ValueError`` when the file does not hold a JSON object."""
    ids = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(ids, dict):
        return ids
    raise ValueError(f"{path.name} does not hold a JSON object.")


def catalogue_of(kit: Kit, ids: Mapping[str, Any]) -> Mapping[str, Mapping[str, str]]:
    """The part of ``ids`` that speaks of this kit: ``{"content": {…}, "behaviours": {…}}``.

    ``ids`` is either that part itself or a whole file of catalogues by name. Raises ``LookupError`` when the file has
    no catalogue for the kit.
    """
    if "content" in ids:
        return ids
    name = kit.catalogue or kit.key
    if name not in ids:
        raise LookupError(f"There is no catalogue '{name}' in the ids: {', '.join(sorted(ids))}.")
    return ids[name]


def compare_ids(kit: Kit, left_out: Mapping[str, str], ids: Mapping[str, Any]) -> IdReport:
    """Count the kit against its catalogue. ``left_out`` gives a reason per id (``left-out.yaml``)."""
    content = set(catalogue_of(kit, ids)["content"])
    held, excused = held_ids(kit), set(left_out)
    return IdReport(
        held=sorted(held & content),
        left_out=sorted((excused & content) - held),
        missing=sorted(content - held - excused),
        unknown=sorted((held | excused) - content),
        contradicted=sorted(held & excused),
    )
