"""Links that let one person in: sealed, short-lived, used once, by that person alone."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from mentoring.notices.models import Message
from mentoring.tenancy.scope import platform_scope
from programmes.domain.invitations import (
    InvitationUnusable,
    Unusable,
    invite_people,
    invite_person,
    token_hash,
    usable_invitation,
)
from programmes.domain.joining import SignInFirst, WrongPerson, join, join_as_new
from programmes.domain.people import withdraw_person
from programmes.domain.states import WrongStep
from programmes.models import Invitation, Participant
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def token_of(invitation):
    message = Message.objects.get(kind="programmes.invitation", subject_id=invitation.pk)
    return message.context["action_url"].rstrip("/").rsplit("/", 1)[-1]


@pytest.fixture
def invited(inside, add_person):
    """Somebody invited, and the token in their message."""
    person = add_person(email="mele@to.example", given_name="Mele")
    invitation = invite_person(person=person, actor=inside.coordinator)
    return person, token_of(invitation)


def reason(token):
    with pytest.raises(InvitationUnusable) as fault:
        usable_invitation(token)
    return fault.value.reason


def test_only_the_tokens_hash_is_kept_in_plain_sight(inside, invited):
    _person, token = invited
    assert Invitation.objects.get().token_hash == token_hash(token)
    with platform_scope("what the column holds"), connection.cursor() as cursor:
        cursor.execute("SELECT token_hash FROM programmes_invitation")
        assert token not in str(cursor.fetchall())
        cursor.execute("SELECT context FROM notices_message")
        assert token.encode() not in bytes(cursor.fetchone()[0])


def test_a_token_has_at_least_a_hundred_and_twenty_eight_random_bits(invited):
    _person, token = invited
    assert len(token) * 6 >= 128


def test_a_link_works_for_seven_days_and_not_a_minute_longer(inside, invited):
    _person, token = invited
    sent = timezone.now()
    with time_machine.travel(sent + dt.timedelta(days=6, hours=23), tick=False):
        usable_invitation(token)
    with time_machine.travel(sent + dt.timedelta(days=7, minutes=1), tick=False):
        assert reason(token) is Unusable.EXPIRED


def test_a_new_link_stops_the_old_one_and_is_a_message_of_its_own(inside, invited):
    person, first = invited
    second = token_of(invite_person(person=person, actor=inside.coordinator))
    assert reason(first) is Unusable.REVOKED
    assert usable_invitation(second).participant == person
    states = Message.objects.filter(kind="programmes.invitation").values_list("state", flat=True)
    assert sorted(states) == ["cancelled", "queued"]


def test_an_unknown_link_and_one_of_another_organisation_lead_nowhere(inside, other_company, invited):
    from mentoring.tenancy.scope import tenant_scope

    _person, token = invited
    assert reason("made-up") is Unusable.UNKNOWN
    with tenant_scope(other_company.organisation):
        assert reason(token) is Unusable.UNKNOWN


def test_somebody_withdrawn_cannot_use_their_link(inside, invited):
    person, token = invited
    withdraw_person(person=person, actor=inside.coordinator)
    assert reason(token) is Unusable.REVOKED


def test_looking_at_a_link_uses_nothing_up(inside, invited):
    _person, token = invited
    for _look in range(3):
        usable_invitation(token)
    assert Invitation.objects.get().used_at is None


def test_somebody_new_gets_an_account_with_their_address_verified(inside, invited):
    _person, token = invited
    person, user = join_as_new(token=token, given_name="Mele", family_name="Fonua", zone="Pacific/Apia")
    assert (user.email, user.name, user.zone) == ("mele@to.example", "Mele Fonua", "Pacific/Apia")
    address = user.emailaddress_set.get()
    assert (address.email, address.verified, address.primary) == ("mele@to.example", True, True)
    kept = Participant.objects.get(pk=person.pk)
    assert (kept.state, kept.membership.user, kept.family_name) == ("joined", user, "Fonua")
    assert kept.membership.organisation == inside.organisation
    assert not user.has_usable_password()


def test_a_link_is_used_once(inside, invited):
    _person, token = invited
    join_as_new(token=token, given_name="Mele", family_name="", zone="UTC")
    assert reason(token) is Unusable.USED
    with pytest.raises(InvitationUnusable):
        join_as_new(token=token, given_name="Mallory", family_name="", zone="UTC")


def test_whose_address_has_an_account_signs_in_first(inside, invited):
    UserFactory(email="mele@to.example")
    _person, token = invited
    with pytest.raises(SignInFirst):
        join_as_new(token=token, given_name="Mallory", family_name="", zone="UTC")
    assert Invitation.objects.get().used_at is None


def test_a_link_is_of_no_use_to_another_person(inside, invited, outsider):
    person, token = invited
    with pytest.raises(WrongPerson):
        join(token=token, actor=outsider)
    assert Invitation.objects.get().used_at is None
    assert Participant.objects.get(pk=person.pk).state == "invited"


def test_a_person_of_another_organisation_joins_with_the_account_they_have(inside, invited, other_company):
    user = UserFactory(email="MELE@to.example".lower(), given_name="Mele")
    _person, token = invited
    person = join(token=token, actor=user)
    assert person.membership.user == user
    assert user.memberships.count() == 1


def test_a_second_verified_address_of_a_person_counts_as_theirs(inside, invited):
    from allauth.account.models import EmailAddress

    user = UserFactory(email="office@to.example")
    EmailAddress.objects.create(user=user, email="mele@to.example", verified=True)
    _person, token = invited
    assert join(token=token, actor=user).membership.user == user


def test_everybody_taken_on_is_invited_in_one_go_and_once(inside, add_person):
    people = [add_person(state=state) for state in ("accepted", "accepted", "candidate", "declined", "joined")]
    assert invite_people(people=people, actor=inside.coordinator) == 2
    messages = Message.objects.filter(kind="programmes.invitation", state="queued")
    assert {message.email for message in messages} == {people[0].email, people[1].email}
    assert messages.count() == 2


def test_somebody_not_taken_on_cannot_be_invited(inside, add_person):
    with pytest.raises(WrongStep):
        invite_person(person=add_person(state="candidate"), actor=inside.coordinator)
    assert not Invitation.objects.exists()
