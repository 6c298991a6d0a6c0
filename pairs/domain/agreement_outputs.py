"""The signature each member owes, as an output like any other. Who owes one follows the text that is offered."""

from uuid import UUID

from django.db.models import QuerySet

from mentoring.clock import now
from pairs.domain.agreement_text import signing_sides
from pairs.domain.planning import call_again, create_lacking, plan_of, replan, withdraw
from pairs.enums import OutputKind
from pairs.models import Agreement, Output, Pairing, PairingMember


def signature_owed(pairing: Pairing) -> QuerySet[Output]:
    """The outputs that stand for the members' signatures."""
    return Output.objects.filter(pairing=pairing, kind=OutputKind.AGREEMENT, cancelled_at__isnull=True)


def ask_signatures(agreement: Agreement) -> None:
    """A version was offered: everybody whom its text names owes a signature, also where their side signs only since the
    pair was planned. One query where that is so already.
    """
    pairing = agreement.pairing
    named = {UUID(party["member"]) for party in agreement.content["parties"] if party["member"]}
    if named <= set(signature_owed(pairing).values_list("member_id", flat=True)):
        return
    plan = plan_of(pairing)
    rows = list(Output.objects.filter(pairing=pairing, kind=OutputKind.AGREEMENT))
    call_again([row for row in rows if row.cancelled_at and row.done_at is None and row.member_id in named])
    create_lacking(plan, [one for one in plan.wanted if one.kind is OutputKind.AGREEMENT], rows)
    replan(pairing, plan)


def let_others_off(agreement: Agreement) -> None:
    """A version is in force: nobody is asked for a signature that it does not want."""
    sides = signing_sides(agreement.pairing, agreement)
    unwanted = signature_owed(agreement.pairing).filter(done_at__isnull=True).exclude(member__side__in=sides)
    withdraw(list(unwanted), now())


def settle_signature(member: PairingMember) -> None:
    """The member has signed: nothing is owed and nothing is reminded."""
    signature_owed(member.pairing).filter(member=member, done_at__isnull=True).update(
        done_at=now(), next_reminder_at=None
    )


def ask_again(pairing: Pairing) -> None:
    """A version was voided: both owe a signature again."""
    signature_owed(pairing).update(done_at=None)
