"""What a person reads before ending a pairing: what will happen, and the ending plan the two made (``plp.sys.118``)."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from mentoring.accounts.models import User
from pairs.domain.ending import part_of
from pairs.domain.ending_sheets import offered_at_early_end
from pairs.domain.membership import may_leave_alone
from pairs.domain.pairing_states import NotYours
from pairs.domain.people import People, people_of
from pairs.domain.queries import get_pairing_for
from pairs.models import Output, Pairing
from programmes.domain.coordinators import coordinators_of
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import Kind, Meaning


@dataclass(frozen=True)
class EndingPage:
    """The page before an early ending."""

    pairing: Pairing
    people: People
    part: str
    plans: list[tuple[str, str]]
    coordinators: list[User]
    others_go_on: bool
    """Whether this person leaves a group that goes on without them."""
    sheets_offered: bool
    """Whether the handbook lays a sheet before somebody of the pair when it ends early."""


def pairing_to_end_for(user: User, pairing_id: UUID) -> tuple[Pairing, str]:
    """A pairing that this person may end, or might have before it ended, and their part. Raises ``Http404``."""
    pairing = get_pairing_for(user, pairing_id)
    try:
        return pairing, part_of(pairing, user)
    except NotYours:
        raise Http404 from None


def ending_page(pairing: Pairing, part: str, user: User) -> EndingPage:
    """What a member or a coordinator reads before they end a running pairing, or leave one that goes on."""
    plans = said_with_meaning(pairing, Meaning.ENDING_PLAN) if part != "coordinator" else []
    return EndingPage(
        pairing,
        people_of(pairing),
        part,
        plans,
        coordinators_of(pairing.cohort.programme),
        may_leave_alone(pairing, user),
        bool(offered_at_early_end(pairing)),
    )


def said_with_meaning(pairing: Pairing, meaning: Meaning) -> list[tuple[str, str]]:
    """What the pair agreed on its joint checklists under a meaning: (question, answer). For the pair's own eyes."""
    written = Output.objects.filter(pairing=pairing, member__isnull=True, response__isnull=False)
    found = []
    for output in written.select_related("response__version"):
        answers = answers_of(output.response)
        for shape in worksheet_of(output.response.version).fields():
            if shape.kind is Kind.CHECKLIST:
                given = answers.get(shape.key) or {}
                wanted = [item for item in shape.items if item.meaning is meaning]
                found += [(item.label, given.get(item.key, {}).get("note", "")) for item in wanted]
    return [(label, said) for label, said in found if said]
