"""Taking one's place in a cohort."""

from django.db import IntegrityError, transaction

from mentoring import clock
from mentoring.accounts.domain.people import account_of
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.arriving import arrive
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import current_organisation
from programmes.domain.accounts import answers_to, make_account
from programmes.domain.enrolment import give_enrolment_to
from programmes.domain.invitations import InvitationUnusable, Unusable, usable_invitation
from programmes.domain.roles import forget_roles
from programmes.domain.states import Step, take_step
from programmes.models import Invitation, Participant


class WrongPerson(Exception):
    """Somebody else's link: it was sent to another address than the one signed in with."""


class SignInFirst(Exception):
    """The address has an account already: its owner signs in before the link is used."""


class NoLongerMember(Exception):
    """An admin ended this person's access to the organisation; a link does not bring it back."""


@transaction.atomic
def join_as_new(*, token: str, given_name: str, family_name: str, zone: str) -> tuple[Participant, User]:
    """Make an account for the person a link was sent to, and let them in. Raises ``SignInFirst``, ``InvitationUnusable``."""
    invitation = _consumed(token)
    if account_of(invitation.email) is not None:
        raise SignInFirst
    try:
        with transaction.atomic():
            user = make_account(
                email=invitation.email,
                given_name=given_name,
                family_name=family_name,
                zone=zone,
                language=current_organisation().language,
            )
    except IntegrityError as error:  # made in another window a moment ago
        raise SignInFirst from error
    person = invitation.participant
    person.given_name, person.family_name, person.zone = given_name, family_name, zone
    person.save(update_fields=["given_name", "family_name", "zone"])
    return _take_place(invitation, user), user


@transaction.atomic
def join(*, token: str, actor: User) -> Participant:
    """Let somebody in who is signed in. Raises ``WrongPerson``, ``NoLongerMember`` and ``InvitationUnusable``."""
    invitation = _consumed(token)
    if not answers_to(actor, invitation.email):
        raise WrongPerson
    return _take_place(invitation, actor)


def _consumed(token: str) -> Invitation:
    """Use a link up, once: of two at the same time one is told that it was used."""
    invitation = usable_invitation(token)
    mine = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None)
    if not mine.update(used_at=clock.now()):
        raise InvitationUnusable(Unusable.USED, invitation)
    return invitation


def _take_place(invitation: Invitation, user: User) -> Participant:
    person = invitation.participant
    membership, _created = Membership.objects.get_or_create(organisation=current_organisation(), user=user)
    if not membership.is_active:
        raise NoLongerMember
    arrive(membership)
    take_step(person, Step.JOIN, membership=membership, joined_at=clock.now())
    give_enrolment_to(person, user)
    forget_roles(user)
    record_event("person.joined", person, actor=user, name=person.name)
    return person
