"""What people are compared by is asked of them, and the protected part only with their consent."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.shapes import Criterion, FieldShape, Kit

CONSENT_SUFFIX = "_consent"
"""Beside a sensitive field ``age`` stands ``age_consent``: may it be used in matching?"""


def check_matching(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Criteria that compare what no enrolment worksheet asks, or use a sensitive answer without asking leave."""
    asked = {role: _fields_of(kit, sheet) for role, sheet in kit.joining.enrolment.items()}
    for index, criterion in enumerate(kit.matching.criteria):
        for role, key in (("mentor", criterion.mentor_field), ("mentee", criterion.mentee_field)):
            fields = asked.get(role)
            if fields is None:  # no enrolment worksheet, or one that is missing: said by the references
                continue
            for message in _faults(criterion, role, key, fields):
                yield Problem(("matching", "criteria", index, f"{role}_field"), message)


def _fields_of(kit: Kit, key: str) -> dict[str, FieldShape] | None:
    for sheet in kit.worksheets:
        if sheet.key == key:
            return {field.key: field for field in sheet.fields() if not field.hidden}
    return None


def _faults(criterion: Criterion, role: str, key: str, fields: dict[str, FieldShape]) -> Iterator[str]:
    if key not in fields:
        yield f"The enrolment worksheet of the {role} asks no field '{key}'."
    elif fields[key].sensitive:
        if not criterion.sensitive:
            yield f"The field '{key}' is sensitive: mark this criterion with 'sensitive: true'."
        if key + CONSENT_SUFFIX not in fields:
            yield (
                f"The field '{key}' is sensitive: ask beside it, in a field '{key}{CONSENT_SUFFIX}', whether it may be "
                "used in matching."
            )
