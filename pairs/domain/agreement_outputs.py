"""The signature each member owes, as an output like any other."""

from django.db.models import QuerySet

from mentoring.clock import now
from pairs.enums import OutputKind
from pairs.models import Output, Pairing, PairingMember


def signature_owed(pairing: Pairing) -> QuerySet[Output]:
    """The outputs that stand for the members' signatures."""
    return Output.objects.filter(pairing=pairing, kind=OutputKind.AGREEMENT, cancelled_at__isnull=True)


def settle_signature(member: PairingMember) -> None:
    """The member has signed: nothing is owed and nothing is reminded."""
    signature_owed(member.pairing).filter(member=member, done_at__isnull=True).update(
        done_at=now(), next_reminder_at=None
    )


def ask_again(pairing: Pairing) -> None:
    """A version was voided: both owe a signature again."""
    signature_owed(pairing).update(done_at=None)
