"""What matching knows of a person: their enrolment answers, read once, with sensitive ones only where they agreed."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from programmes.models import Participant
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import FieldShape, Kind

AGREED = "agreed"


@dataclass(frozen=True)
class Profile:
    """One person as matching sees them. ``answers`` holds only what may be used; ``labels`` an option's words."""

    id: UUID
    side: str
    name: str
    zone: str
    employer: str
    partner_id: UUID | None
    capacity: int
    answers: dict[str, Any] = field(default_factory=dict)
    shapes: dict[str, FieldShape] = field(default_factory=dict)

    def values(self, key: str) -> frozenset[str]:
        """The options chosen in a field, written ones by their words in one case."""
        given = self.answers.get(key)
        if given is None:
            return frozenset()
        chosen = {given} if isinstance(given, str | int) else set(given)
        words = str(self.answers.get(f"{key}__other", "")).split(";")
        written = {word.strip().casefold() for word in words if word.strip()} if "other" in chosen else set()
        return frozenset(str(value) for value in chosen - {"other", "prefer_not_to_say"}) | frozenset(written)

    def label(self, key: str, value: str) -> str:
        """The words of an option, or the value itself when it was written by hand."""
        shape = self.shapes.get(key)
        found = next((option.label for option in shape.options if option.key == value), None) if shape else None
        return found or value

    def position(self, key: str) -> int | None:
        """Where the chosen option stands in the field's own order; for age bands and other ordered choices."""
        shape, given = self.shapes.get(key), self.answers.get(key)
        keys = [option.key for option in shape.options if option.key != "prefer_not_to_say"] if shape else []
        return keys.index(given) if given in keys else None


def profile_of(participant: Participant) -> Profile:
    """A person's profile. Sensitive answers are left out unless ``<field>_consent`` says ``agreed`` (``plp.odd.17``).

    What its owner is still writing is theirs alone: reasons would show it. What a coordinator entered for somebody who
    has not joined is the coordinator's own, and counts.
    """
    answers: dict[str, Any] = {}
    shapes: dict[str, FieldShape] = {}
    enrolment = participant.enrolment
    if enrolment is not None and (enrolment.author_id is None or enrolment.is_submitted):
        shapes = {shape.key: shape for shape in worksheet_of(enrolment.version).fields()}
        answers = answers_of(enrolment)
    usable = {key: value for key, value in answers.items() if _may_use(key, answers, shapes)}
    if participant.country:
        usable.setdefault("country", participant.country)
    return Profile(
        id=participant.pk,
        side=participant.side,
        name=participant.name,
        zone=participant.zone,
        employer=participant.employer,
        partner_id=participant.partner_id,
        capacity=participant.capacity,
        answers=usable,
        shapes=shapes,
    )


def _may_use(key: str, answers: dict[str, Any], shapes: dict[str, FieldShape]) -> bool:
    shape = shapes.get(key.removesuffix("__other"))
    if shape is None or shape.kind is Kind.NOTE:
        return shape is not None
    return not shape.sensitive or answers.get(f"{shape.key}_consent") == AGREED
