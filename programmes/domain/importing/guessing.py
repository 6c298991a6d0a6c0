"""Which column means what, told by its heading and by what stands in it."""

import re
from collections.abc import Sequence

from programmes.domain.importing.table import Table
from programmes.domain.importing.targets import Target, folded

_NUMBER = re.compile(r"\d{1,4}")
_LOOKED_AT = 50


def guess_columns(table: Table, targets: Sequence[Target]) -> dict[str, str]:
    """Heading → key of the target it seems to mean. Headings that say nothing we know are left out; no target twice.

    Exact words win over words that are part of the heading; among those a column of figures takes a question for one.
    """
    guessed: dict[str, str] = {}
    for is_exact in (True, False):
        for index, heading in enumerate(table.headings):
            if heading in guessed:
                continue
            figures = _holds_figures(table, index)
            fits = [
                target
                for target in targets
                if target.key not in guessed.values() and _says(folded(heading), target, exactly=is_exact)
            ]
            best = max(fits, key=lambda target: (target.is_number == figures, not target.is_profile), default=None)
            if best is not None:
                guessed[heading] = best.key
    return guessed


def _says(heading: str, target: Target, *, exactly: bool) -> bool:
    if exactly:
        return heading in target.words
    # A single word of the heading may name a question ("Years of experience" asks for years), never a person's fact.
    return target.is_profile and any(set(words.split()) <= set(heading.split()) for words in target.words if words)


def _holds_figures(table: Table, index: int) -> bool:
    cells = [row.cells[index] for row in table.rows[:_LOOKED_AT] if index < len(row.cells) and row.cells[index]]
    return bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)
