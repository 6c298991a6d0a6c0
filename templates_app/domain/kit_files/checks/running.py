"""How a programme is run: the worksheets that are to be settled first are there, and are the programme's own."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import Kit


def check_running(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Worksheets that are not there, or that the coordinators do not fill in."""
    named: list[tuple[Loc, str]] = [
        (("running", "before_opening", index), key) for index, key in enumerate(kit.running.before_opening)
    ]
    single = {"criteria": kit.running.criteria, "purpose": kit.running.purpose}
    named += [(("running", name), key) for name, key in single.items() if key is not None]
    rules = enumerate(kit.matching.rules)
    named += [(("matching", "rules", index, "worksheet"), rule.worksheet) for index, rule in rules if rule.worksheet]
    sheets = {sheet.key: sheet for sheet in kit.worksheets}
    for loc, key in named:
        if key not in sheets:
            yield Problem(loc, f"There is no worksheet '{key}'.")
        elif not sheets[key].is_of_programme:
            yield Problem(loc, f"'{key}' is not one of the programme's own: say 'filled_by: coordinator' there.")
    asked = sheets[kit.running.purpose].fields() if kit.running.purpose in sheets else []
    for index, key in enumerate(kit.running.purpose_shows):
        if key not in {field.key for field in asked}:
            yield Problem(
                ("running", "purpose_shows", index), f"The sheet on what the programme is for asks no '{key}'."
            )
    side = kit.running.criteria_side
    if side is not None:
        sheet = sheets.get(kit.running.criteria or "")
        if sheet is None or side not in {field.key for field in sheet.fields()}:
            yield Problem(("running", "criteria_side"), f"The sheet of criteria asks no question '{side}'.")
