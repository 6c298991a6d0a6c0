"""What is easily mistyped in a question: answers that a scale does not have, examples in no column, endings with a dot."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import FieldShape, Kind


def check_typing(loc: Loc, field: FieldShape, level: dict[str, FieldShape]) -> Iterator[Problem]:
    """Faults of one question; ``level`` are those beside it."""
    yield from _points_asked_for(loc, field, level)
    values = [point.value for point in field.points]
    for index, value in enumerate(values):
        if value in values[:index]:
            yield Problem((*loc, "points", index, "value"), f"Two points of this scale have the value {value}.")
    for index, value in enumerate(field.talk.values if field.talk and values else ()):
        if value not in values:
            named = ", ".join(map(str, values))
            message = f"{value} is no point of this scale. Its points are the numbers {named}."
            yield Problem((*loc, "talk", "values", index), message)
    parts = {part.key for part in [*field.columns, *field.fields]}
    for index, example in enumerate(field.examples):
        for key in sorted(set(example) - parts) if parts else ():
            yield Problem((*loc, "examples", index, key), f"There is no column '{key}' here.")
    for ending in field.accept:
        if not ending.isalnum():
            yield Problem((*loc, "accept"), f"Write the ending of a file without its dot: '{ending.strip(' .*')}'.")


def _points_asked_for(loc: Loc, field: FieldShape, level: dict[str, FieldShape]) -> Iterator[Problem]:
    rule = field.show_if
    asked = level.get(rule.field) if rule else None
    if rule is None or asked is None or asked.kind is not Kind.SCALE:
        return
    known = [point.value for point in asked.points]
    for answer in rule.is_in:
        if answer not in known or isinstance(answer, bool):
            named = ", ".join(map(str, known))
            message = f"{answer!r} is no point of the scale '{rule.field}'. Its points are the numbers {named}."
            yield Problem((*loc, "show_if", "is_in"), message)
