"""Where a worksheet that is taken out of use is still within reach: told, so that a coordinator may tidy up there."""

from programmes.domain.designing.places import Definition
from programmes.domain.handbook.addressing import Page, page_of
from programmes.domain.handbook.naming import names_on
from programmes.models import Programme
from templates_app.domain.kit_files.checks.out_of_use import mentions_of
from templates_app.domain.kits import kit_with_sheets


def mentions_of_worksheet(programme: Programme, definition: Definition) -> list[tuple[Page, list[str]]]:
    """Page by page of the handbook, the names of what still leads to a worksheet; nothing for one that is in use."""
    if definition.get("in_use", True):
        return []
    kit = kit_with_sheets(programme.handbook)
    values = kit.model_dump(mode="json")
    found: dict[Page, list[str]] = {}
    for loc in mentions_of(kit, definition["key"]):
        names = found.setdefault(page_of(loc, kit), [])
        named = names_on(loc, values)[1 if loc[0] == "worksheets" else 0 :]
        if named and named[0] not in names:
            names.append(named[0])
    return list(found.items())
