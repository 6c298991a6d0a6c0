"""Where a proposed match begins only with the yes of everybody in it: what the handbook says, and what each sees of the other."""

from programmes.domain.shown import answers_named, labels_named
from programmes.models import Cohort, Participant
from templates_app.answers import AnswerContext
from templates_app.answers.shown import ShownAnswer
from templates_app.domain.kits import kit_of
from templates_app.shapes.people import BothSides


def consent_of(cohort: Cohort) -> BothSides | None:
    """How the people of a match are asked; ``None`` where a coordinator's word begins it."""
    return kit_of(cohort.programme.handbook).matching.consent


def shown_to_match(person: Participant, context: AnswerContext) -> list[ShownAnswer]:
    """What those who may be matched with this person see of their joining sheet, while it stands as it was sent."""
    if person.enrolment is None or not person.enrolment.is_submitted:
        return []
    return answers_named(person, _keys(person), context)


def labels_for_match(person: Participant) -> list[str]:
    """The questions of it that they see, by their labels."""
    return labels_named(person, _keys(person))


def _keys(person: Participant) -> list[str]:
    terms = consent_of(person.cohort)
    return terms.shows.get(person.side, []) if terms is not None else []  # type: ignore[call-overload]
