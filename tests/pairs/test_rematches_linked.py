"""A rematch stays linked with the pairing before it, for coordinators alone."""

import datetime as dt

import pytest

from mentoring import clock
from pairs.domain.ending import dissolve_pairing
from pairs.domain.pairing import confirm_pairing
from pairs.domain.rematching import linked_pairings
from tests.factories import MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.conftest import PAIRED


@pytest.fixture
def again(pair):
    """ʻAna's second pairing, with Hugo."""
    dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
    hugo = UserFactory(email="hugo@reef.example", given_name="Hugo", family_name="Hall")
    cohort = pair.pairing.cohort
    place = ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=hugo), side="mentor")
    pair.mentee_place.cohort = cohort
    pair.hugo = hugo
    with clock.at(PAIRED + dt.timedelta(days=30)):
        pair.again = confirm_pairing(cohort=cohort, mentor=place, mentee=pair.mentee_place, actor=pair.coordinator)
    return pair


@pytest.mark.covers("sssc.must.24")
def test_each_of_the_two_leads_to_the_other_on_the_coordinators_page(again, sign_in):
    (earlier,) = linked_pairings(again.again)
    (later,) = linked_pairings(again.pairing)
    assert (earlier.pairing, earlier.is_earlier) == (again.pairing, True)
    assert (later.pairing, later.is_earlier) == (again.again, False)
    client = sign_in(again.coordinator)
    page = client.get(again.url(f"pairs/{again.again.pk}/")).content.decode()
    assert f'href="{again.place}"' in page
    assert "before this one" in page
    assert "Whitcombe" in page
    page = client.get(again.place).content.decode()
    assert "after this one" in page
    assert "Hugo Hall" in page


def test_a_first_pairing_has_nothing_before_it_and_a_mentors_other_mentees_are_no_rematch(pair):
    assert linked_pairings(pair.pairing) == []
    other = ParticipantFactory(
        cohort=pair.pairing.cohort,
        membership=MembershipFactory(user=UserFactory(email="ben@reef.example")),
        side="mentee",
    )
    type(pair.mentor_place).objects.filter(pk=pair.mentor_place.pk).update(capacity=2)
    pair.mentor_place.refresh_from_db()
    confirm_pairing(cohort=pair.pairing.cohort, mentor=pair.mentor_place, mentee=other, actor=pair.coordinator)
    assert linked_pairings(pair.pairing) == []


def test_the_people_of_a_pairing_are_not_told_of_the_others(again, sign_in):
    page = sign_in(again.hugo).get(again.url(f"pairs/{again.again.pk}/"), follow=True).content.decode()
    assert "Whitcombe" not in page
