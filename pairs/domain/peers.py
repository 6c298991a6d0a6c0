"""Groups of peers: people of one role among themselves, of whom one leads (``phase1.must.64``, ``phase1.arch.6.b``)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.pairing import CannotPair, form_pairing
from pairs.domain.pairing_states import WrongState
from pairs.domain.people import NotAMember
from pairs.enums import PairingModel
from pairs.models import Pairing, PairingMember
from programmes.domain.roles import roles_for
from programmes.enums import Side
from programmes.models import Cohort, Participant


@transaction.atomic
def form_peers(*, cohort: Cohort, members: Sequence[Participant], lead: Participant, actor: User) -> Pairing:
    """Begin a group of peers with its lead; everybody in it is told. Raises what ``form_pairing`` does, and ``CannotPair``
    where the lead is not one of them.
    """
    if lead not in members:
        raise CannotPair(
            [_("%(name)s is not one of the group. Choose a lead from among its members.") % {"name": lead.name}]
        )
    pairing = form_pairing(
        cohort=cohort,
        model=PairingModel.PEERS,
        mentors=[row for row in members if row.side == Side.MENTOR],
        mentees=[row for row in members if row.side == Side.MENTEE],
        actor=actor,
    )
    _put(pairing, lead)
    return pairing


@transaction.atomic
def name_lead(*, pairing: Pairing, lead: Participant, actor: User) -> None:
    """Say who leads a running group of peers. Its coordinator's alone: raises ``NotAMember`` for others, and for somebody who is
    not in it; ``WrongState`` when it has ended.
    """
    held = Pairing.objects.select_for_update(no_key=True).get(pk=pairing.pk)
    here = PairingMember.objects.filter(pairing=pairing, participant=lead, left_at=None)
    if not roles_for(actor).coordinates(pairing.cohort.programme_id) or not held.is_peers or not here.exists():
        raise NotAMember
    if not held.is_active:
        raise WrongState
    if here.filter(leads=True).exists():
        return
    _put(pairing, lead)
    record_event("member.lead", pairing, actor=actor, name=lead.name)


def _put(pairing: Pairing, lead: Participant) -> None:
    """Keep who leads from now on, and nobody else."""
    here = PairingMember.objects.filter(pairing=pairing, left_at=None)
    here.filter(leads=True).exclude(participant=lead).update(leads=False)
    here.filter(participant=lead).update(leads=True)
