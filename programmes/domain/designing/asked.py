"""A draft's definition as it is asked, and as a kit's files must have it."""

from programmes.domain.designing.places import Definition, Field, inside
from templates_app.shapes.belonging import sheet_with_its_own, with_its_own


def as_asked(definition: Definition) -> Definition:
    """The definition without what is hidden, and without the moments of a worksheet that is out of use."""
    sections = [{**section, "fields": _asked(section.get("fields", []))} for section in definition.get("sections", [])]
    asked = {**definition, "sections": sections}
    return asked if definition.get("in_use", True) else {**asked, "moments": []}


def _asked(fields: list[Field]) -> list[Field]:
    found = []
    for field in map(with_its_own, fields):
        if field.get("hidden"):
            continue
        inner = inside(field)
        found.append({**field, inner: _asked(field[inner])} if field.get(inner) else field)
    return found


def marked(definition: Definition) -> Definition:
    """The definition with what names no source marked as the programme's own, as a kit's files must say it, and without what
    questions have left from when they were of another kind.
    """
    own = sheet_with_its_own(definition)
    if own.get("ours"):
        return own
    sections = [{**section, "fields": [_marked(field) for field in section["fields"]]} for section in own["sections"]]
    return {**own, "sections": sections, **({} if own.get("source") else {"ours": True})}


def _marked(field: Field) -> Field:
    inner = inside(field)
    parts = {inner: [_marked(part) for part in field[inner]]} if field.get(inner) else {}
    return {**field, **parts, **({} if field.get("source") else {"ours": True})}
