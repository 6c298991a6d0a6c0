"""What stands alongside a handbook's path: relationships that are recorded with a lighter workflow, and counted apart
(``phase1.must.47``). They owe nothing but the worksheets that name their model; sessions and notes are as they like.
"""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from pairs.models import Pairing, PairingMember
from programmes.models import Participant
from templates_app.domain.kits import kit_of
from templates_app.shapes import ALONGSIDE

MODELS = sorted(str(model) for model in ALONGSIDE)


def formal(model: str = "pairing__model") -> Q:
    """Rows of pairings on the handbook's path; ``model`` is the way to the pairing's model."""
    return ~Q(**{f"{model}__in": MODELS})


def adds_sessions(pairing: Pairing) -> bool:
    """Whether the pairing adds sessions of its own: alongside always, else where the handbook leaves their number open."""
    return pairing.is_alongside or kit_of(pairing.cohort.programme.handbook).plan.open_ended


def already_together(mentors: Sequence[Participant], mentees: Sequence[Participant]) -> list[str]:
    """Why somebody cannot be recorded with somebody else: they are in a running pairing with each other."""
    present = PairingMember.objects.filter(left_at=None)
    theirs = set(present.filter(participant__in=mentors).values_list("pairing", flat=True))
    shared = set(present.filter(participant__in=mentees, pairing__in=theirs).values_list("participant", flat=True))
    words = _("%(name)s is with this mentor already.")
    return [words % {"name": row.name} for row in mentees if row.pk in shared]
