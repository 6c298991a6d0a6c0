"""Which of several mentors is the experienced one, beside whom another begins (``sssc.must.21``, ``sssc.model.two``)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.pairing_states import WrongState
from pairs.domain.people import NotAMember
from pairs.models import Pairing, PairingMember
from programmes.domain.roles import roles_for
from programmes.enums import Side
from programmes.models import Participant
from templates_app.domain.kits import kit_of


def names_one(pairing: Pairing) -> bool:
    """Whether the handbook has the experienced one of this pairing's mentors named."""
    model = kit_of(pairing.cohort.programme.handbook).plan.model(pairing.model)
    return model is not None and model.experienced


def fault_of(wanted: bool, mentors: Sequence[Participant], experienced: Participant | None) -> str:
    """What is wrong with who was named of these mentors, in words; empty when nothing is. ``wanted``: one is to be named."""
    if experienced is not None and experienced not in mentors:
        return _("%(name)s is not one of these mentors.") % {"name": experienced.name}
    if wanted and experienced is None and len(mentors) > 1:
        return _("Say which of the mentors is the experienced one.")
    if not wanted and experienced is not None:
        return _("In this kind of group no mentor is named as the experienced one.")
    return ""


def put(pairing: Pairing, experienced: Participant) -> None:
    """Keep who it is from now on, and nobody else."""
    here = PairingMember.objects.filter(pairing=pairing, left_at__isnull=True)
    here.filter(is_experienced=True).exclude(participant=experienced).update(is_experienced=False)
    here.filter(participant=experienced).update(is_experienced=True)


@transaction.atomic
def name_experienced(*, pairing: Pairing, mentor: Participant, actor: User) -> None:
    """Say which mentor of a running pairing is the experienced one. Its coordinator's alone: raises ``NotAMember`` for others,
    for somebody who is no mentor in it, and where no such one is named; ``WrongState`` when it has ended.
    """
    Pairing.objects.select_for_update().get(pk=pairing.pk)
    here = PairingMember.objects.filter(pairing=pairing, participant=mentor, side=Side.MENTOR, left_at__isnull=True)
    if not roles_for(actor).coordinates(pairing.cohort.programme_id) or not names_one(pairing) or not here.exists():
        raise NotAMember
    if not Pairing.objects.get(pk=pairing.pk).is_active:
        raise WrongState
    if here.filter(is_experienced=True).exists():
        return
    put(pairing, mentor)
    record_event("member.experienced", pairing, actor=actor, name=mentor.name)
