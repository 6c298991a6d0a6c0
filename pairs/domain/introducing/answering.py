"""A yes or a no: of the mentee first, then of the contact, in the application or from outside by a link."""

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.clock import now
from mentoring.history.domain import record_event
from pairs.domain.introducing.making import drop_introduction, rules_of, wait_until, with_people
from pairs.domain.introducing.states import Step, WrongState, transition
from pairs.domain.introducing.telling import PURPOSE, ask_contact, tell_made
from pairs.domain.people import NotAMember
from pairs.enums import ContactState
from pairs.models import ContactIntroduction, ContactLink, Pairing, PairingMember
from programmes.domain.outside import LinkUnusable, Unusable, has_run_out, link_of


@transaction.atomic
def answer_as_mentee(*, introduction: ContactIntroduction, agrees: bool, actor: User) -> None:
    """The mentee's answer; with a yes the contact is asked. Raises ``WrongState``, and ``NotAMember`` for anybody else."""
    membership = introduction.mentee.participant.membership
    if membership is None or membership.user_id != actor.pk:
        raise NotAMember
    _hold(introduction, ContactState.MENTEE)
    if not agrees:
        drop_introduction(introduction)
        return
    until = wait_until(introduction.pairing)
    transition(introduction, Step.MENTEE_AGREES, asked_at=now(), answer_by=until)
    ask_contact(introduction, rules_of(introduction.pairing).days)


@transaction.atomic
def answer_as_contact(*, introduction: ContactIntroduction, agrees: bool, actor: User) -> None:
    """The answer of a contact who belongs to the organisation. Raises as ``answer_as_mentee``."""
    if introduction.contact_id != actor.pk:
        raise NotAMember
    _decide(introduction, agrees)


@transaction.atomic
def answer_from_outside(*, token: str, agrees: bool) -> ContactIntroduction:
    """The answer of a contact from outside. Raises ``LinkUnusable``, also where somebody else was quicker."""
    introduction = usable_contact_link(token).introduction
    try:
        _decide(introduction, agrees)
    except WrongState as fault:
        raise LinkUnusable(Unusable.REVOKED, introduction) from fault
    return introduction


def _decide(introduction: ContactIntroduction, agrees: bool) -> None:
    _hold(introduction, ContactState.CONTACT)
    if not agrees:
        drop_introduction(introduction)
        return
    transition(introduction, Step.CONTACT_AGREES)
    # Whose yes came last would tell who was asked when: nobody is named.
    record_event("contact.made", introduction.pairing, actor=None, within=introduction.pairing.cohort)
    tell_made(introduction)


def _hold(introduction: ContactIntroduction, wanted: ContactState) -> None:
    """Nobody ends the mentoring or leaves it while an answer is taken. Raises ``WrongState`` where that has happened, and where
    this answer is not the one that is waited for.
    """
    pairing = Pairing.objects.select_for_update(no_key=True).get(pk=introduction.pairing_id)
    two = PairingMember.objects.filter(pk__in=[introduction.mentor_id, introduction.mentee_id], left_at=None)
    if introduction.state != wanted or not pairing.is_active or two.count() < 2:
        raise WrongState


def usable_contact_link(token: str) -> ContactLink:
    """The link behind a token, with everybody around its introduction. Raises ``LinkUnusable``. Looking changes nothing."""
    found = link_of(token, ContactLink.objects.all(), purpose=PURPOSE)
    introduction = with_people(ContactIntroduction.objects.filter(pk=found.introduction_id)).get()
    found.introduction = introduction
    if introduction.state == ContactState.MADE:
        raise LinkUnusable(Unusable.DECIDED, introduction)
    if introduction.state != ContactState.CONTACT or found.revoked_at is not None:
        raise LinkUnusable(Unusable.REVOKED, introduction)
    if has_run_out(found):
        raise LinkUnusable(Unusable.EXPIRED, introduction)
    return found
