"""What line managers are asked: by a link, without an account, so nothing that only members can answer."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import FieldShape, Filler, Kind, Kit, Need, Preset, Worksheet

FOR_MEMBERS = frozenset({Kind.PERSON, Kind.FILE, Kind.SIGNATURE, Kind.INITIALS, Kind.GOAL, Kind.ACTION, Kind.PICTURE})
"""What somebody without an account cannot answer: it asks who they are, keeps their file, shows a picture of the handbook, or
becomes a pair's own."""


def check_workplace(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Worksheets for managers that are not there, not theirs, or ask what they cannot answer."""
    managers = kit.managers
    if managers.worksheet is not None:
        yield from _asked_by_link(kit, ("managers", "worksheet"), managers.worksheet)
    if managers.needs is not None:
        yield from _asked_by_link(kit, ("managers", "needs"), managers.needs)
        ticks = (item for field in _fields(kit, managers.needs) for item in field.items if field.need is Need.MUST)
        if not any(item.need is Need.MUST for item in ticks):
            message = "Have managers tick that they name nobody: a checklist with 'need: must', and an item with it."
            yield Problem(("managers", "needs"), message)
    if managers.name_from is not None:
        asked = {field.key for key in kit.joining.enrolment.values() for field in _fields(kit, key)}
        if managers.name_from not in asked:
            yield Problem(("managers", "name_from"), f"No joining sheet asks '{managers.name_from}'.")


def check_notice(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """What everybody may read names nobody, and is there."""
    described = {role.key for role in kit.roles}
    for index, key in enumerate(kit.notice.roles):
        if key not in described:
            yield Problem(("notice", "roles", index), f"No role '{key}' is described under 'roles'.")
    for index, key in enumerate(kit.notice.worksheets):
        loc, sheet = ("notice", "worksheets", index), _worksheet(kit, key)
        if sheet is None:
            yield Problem(loc, f"There is no worksheet '{key}'. Add worksheets/{key}.yaml or name another.")
        elif not (sheet.is_of_programme and sheet.readers.preset is Preset.MEMBERS and sheet.nameless):
            message = (
                f"Everybody reads the notice: '{key}' has to be the programme's own (filled_by: coordinator), with "
                "'preset: members' and 'nameless: true'."
            )
            yield Problem(loc, message)


def _asked_by_link(kit: Kit, loc: Loc, key: str) -> Iterator[Problem]:
    sheet = _worksheet(kit, key)
    if sheet is None:
        yield Problem(loc, f"There is no worksheet '{key}'. Add worksheets/{key}.yaml or name another.")
        return
    if sheet.filled_by is not Filler.SUPERVISOR:
        yield Problem(loc, f"Managers fill in '{key}': say 'filled_by: supervisor' there.")
    if sheet.readers.preset is not Preset.AUTHOR_COORDINATOR:
        yield Problem(loc, f"The coordinators read '{key}': say 'preset: author-coordinator' there.")
    for field in _fields(kit, key):
        if any(one.kind in FOR_MEMBERS for one in (field, *field.columns, *field.fields)):
            yield Problem(loc, f"Whoever has no account cannot answer '{field.key}' in '{key}' ({field.kind}).")


def _worksheet(kit: Kit, key: str) -> Worksheet | None:
    return next((sheet for sheet in kit.worksheets if sheet.key == key), None)


def _fields(kit: Kit, key: str) -> list[FieldShape]:
    sheet = _worksheet(kit, key)
    return [field for field in sheet.fields() if not field.hidden] if sheet is not None else []
