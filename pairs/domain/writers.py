"""Whose a worksheet is to write in a pairing: as the handbook has it, or as its people have said since.

Where a handbook lets the writing of a sheet pass on (``Worksheet.passes_to``), the people of a pairing say on its page who
writes it from now on (``sssc.must.38``). What somebody has begun stays theirs to finish. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pairs.domain.people import People
from pairs.domain.wanted import sides_of
from pairs.enums import OutputKind
from pairs.models import Output, Pairing
from programmes.enums import Side
from templates_app.shapes import Filler, Worksheet

ORDER = (Filler.MENTEE, Filler.MENTOR, Filler.TOGETHER)


def as_written(sheet: Worksheet, pairing: Pairing) -> Worksheet:
    """The worksheet with whoever writes it in this pairing, and to whom it may pass from there. What a handbook no longer lets
    pass on is as it says itself. Doing it twice changes nothing.
    """
    said = pairing.writers.get(sheet.key)
    if said is None or said not in sheet.passes_to:
        return sheet
    others = [one for one in (sheet.filled_by, *sheet.passes_to) if one != said]
    return sheet.model_copy(update={"filled_by": Filler(said), "passes_to": others})


def may_write(sheet: Worksheet, people: People) -> list[Filler]:
    """Who may write it in this pairing, the mentees first; nobody of a side that is not there. Empty where its writing does
    not pass on.
    """
    there = {person.side.value for person in people.present}
    named = {sheet.filled_by, *sheet.passes_to} if sheet.passes_to else set()
    found = [
        one for one in ORDER if one in named and (one.value in there or (one is Filler.TOGETHER and len(there) > 1))
    ]
    return found if len(found) > 1 else []


@dataclass(frozen=True)
class Passing:
    """The worksheets of a pairing whose writing may pass on, each with whoever writes it now."""

    people: People
    sheets: Mapping[str, Worksheet]

    def strays(self, rows: Iterable[Output]) -> list[Output]:
        """What is called for from somebody who does not write it any more. Sheets that somebody took up of their own accord
        are none.
        """
        called_for = (row for row in rows if row.kind == OutputKind.WORKSHEET and row.worksheet in self.sheets)
        return [row for row in called_for if not row.is_further and not self._writes(row)]

    def kept(self, rows: Iterable[Output]) -> set[tuple[str, str, str]]:
        """Occasions (kind, worksheet, moment) at which such a one had begun: nobody is asked for a second sheet."""
        begun = (row for row in self.strays(rows) if row.done_at or row.response_id)
        return {(row.kind, row.worksheet, row.moment) for row in begun}

    def _writes(self, row: Output) -> bool:
        person = self.people.member(row.member_id) if row.member_id else None
        side = Side(person.member.side) if person is not None else None
        return side in sides_of(self.sheets[row.worksheet].filled_by)
