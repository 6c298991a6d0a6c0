"""Phases of which a pair says itself where it is: each stands once, and its checklists are on the worksheet of the phases."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.shapes import Filler, Kind, Kit


def check_phases(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Phases that stand twice, and checklists that are not there. Names that lead nowhere are told by ``check_references``."""
    phases = kit.plan.phases
    if phases is None:
        return
    loc = ("plan", "phases")
    sheet = next((one for one in kit.worksheets if one.key == phases.worksheet), None)
    if sheet is not None and (sheet.filled_by is not Filler.TOGETHER or sheet.belongs != "pair"):
        words = f"'{sheet.key}' is ticked by the pair together: say 'filled_by: together' there."
        yield Problem((*loc, "worksheet"), words)
    known = {field.key for field in sheet.fields() if field.kind is Kind.CHECKLIST} if sheet is not None else set()
    for place, phase in enumerate(phases.stages):
        here = (*loc, "stages", place)
        if phase.stage in phases.keys[:place]:
            yield Problem((*here, "stage"), f"'{phase.stage}' stands twice among the phases.")
        for index, key in enumerate(phase.checklists):
            if key not in known:
                words = f"The worksheet of the phases asks no checklist '{key}'."
                yield Problem((*here, "checklists", index), words)
