"""What a programme's handbook says about choosing."""

from programmes.enums import Side
from programmes.models import Cohort, Participant
from templates_app.domain.kits import kit_of
from templates_app.shapes import MatchRule
from templates_app.shapes.people import Approval, Asking, Directory


def asking_of(cohort: Cohort) -> Asking | None:
    """How mentees ask mentors; ``None`` where they do not."""
    matching = kit_of(cohort.programme.handbook).matching
    return matching.request if matching.is_by_choice else None


def directory_of(cohort: Cohort) -> Directory | None:
    """The list of mentors; ``None`` where there is none."""
    return kit_of(cohort.programme.handbook).joining.directory if asking_of(cohort) else None


def approval_terms(person: Participant) -> Approval | None:
    """Who outside approves that this person takes part; ``None`` where nobody does."""
    return kit_of(person.cohort.programme.handbook).joining.approval if person.side == Side.MENTEE else None


def rules_to_declare(cohort: Cohort) -> list[MatchRule]:
    """Circumstances between two people that nobody but they can know of, asked of whoever asks a mentor."""
    return [rule for rule in kit_of(cohort.programme.handbook).matching.rules if rule.kind in {"conflict", "line"}]
