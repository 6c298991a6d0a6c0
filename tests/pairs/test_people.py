"""Who is who in a pair: one answer for verbs, pages and mails."""

import pytest

from mentoring.notices.models import Message
from pairs.domain.people import NotAMember, member_of, members, people_of
from pairs.models import PairingMember
from tests.factories import UserFactory
from tests.pairs.filling import LOG, send
from tests.pairs.test_schedule import save, six


def test_verbs_and_pages_mean_the_same_people(pair):
    people = people_of(pair.pairing)
    assert [person.member.pk for person in people.present] == [
        row.pk for row in members(pair.pairing).order_by("-side")
    ]
    assert member_of(pair.pairing, pair.mentee).pk == people.mentee.member.pk
    with pytest.raises(NotAMember):
        member_of(pair.pairing, UserFactory())


def test_who_has_left_is_shown_and_does_nothing_any_more(pair):
    member = PairingMember.objects.get(pairing=pair.pairing, side="mentor")
    PairingMember.objects.filter(pk=member.pk).update(left_at=member.joined_at)
    people = people_of(pair.pairing)
    assert people.of(pair.mentor) is not None
    assert [person.side for person in people.present] == ["mentee"]
    with pytest.raises(NotAMember):
        member_of(pair.pairing, pair.mentor)


def test_a_mail_names_the_partner_as_they_write_themselves(pair, at):
    save(pair, six())
    pair.mentor.given_name, pair.mentor.family_name = "Nell", "Whitcombe-Vaea"
    pair.mentor.save()
    with at("2026-12-10 20:00", "Pacific/Apia"):
        for side, user in (("mentee", pair.mentee), ("mentor", pair.mentor)):
            send(pair.output(worksheet="learning-log", moment="session-2", side=side), user, LOG)
    told = Message.objects.get(kind="pairs.sheet_sent", email=pair.mentee.email)
    assert told.context["by"] == pair.mentor.name
