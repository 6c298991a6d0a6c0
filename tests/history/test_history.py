"""What is told of what happened."""

import datetime as dt

import pytest
from django.db import DatabaseError

from mentoring import clock
from mentoring.history.actions import Action, action_of, register_actions
from mentoring.history.domain import everything, record_event, sentence, timeline_of
from mentoring.history.models import Event
from mentoring.tenancy.scope import ScopeError, tenant_scope
from tests.factories import OrganisationFactory, PartnerFactory, UserFactory

GREETED = Action("tests.greeted", "%(actor)s greeted %(name)s", "hand")
register_actions(GREETED)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db):
    with tenant_scope(OrganisationFactory()) as scope:
        yield scope.organisation


@pytest.fixture
def helen(db):
    return UserFactory(given_name="Helen", family_name="Whitcombe")


def test_who_did_what_to_what_when(here, helen):
    partner = PartnerFactory()
    then = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    with clock.at(then):
        event = record_event("tests.greeted", partner, actor=helen, within=here, name="ʻAna")
    assert (event.about_kind, event.about_id) == ("tenancy.partner", partner.pk)
    assert (event.within_kind, event.within_id) == ("tenancy.organisation", here.pk)
    assert (event.actor, event.at, event.data) == (helen, then, {"name": "ʻAna"})
    assert sentence(event) == "Helen Whitcombe greeted ʻAna"


def test_a_timeline_shows_what_happened_to_a_thing_or_within_it_newest_first(here, helen):
    one, other = PartnerFactory(), PartnerFactory()
    made = [
        record_event("tests.greeted", thing, actor=helen, within=within)
        for thing, within in ((one, None), (other, None), (other, one))
    ]
    assert list(timeline_of(one)) == [made[2], made[0]]
    assert list(timeline_of(other)) == [made[1]]
    assert list(everything()) == made[::-1]


def test_what_the_system_does_and_what_was_not_recorded_can_still_be_told(here):
    event = record_event("tests.greeted", here, actor=None)
    assert sentence(event) == "The system greeted …"
    event.action = "tests.nobody_declares_this_any_more"
    assert sentence(event) == "tests.nobody_declares_this_any_more"


def test_an_undeclared_action_is_refused_and_a_name_has_one_meaning(here):
    with pytest.raises(KeyError):
        record_event("tests.undeclared", here, actor=None)
    with pytest.raises(ValueError):
        register_actions(Action("tests.greeted", "something else"))
    register_actions(GREETED)
    assert action_of("tests.greeted") is GREETED


def test_events_stay(here):
    event = record_event("tests.greeted", here, actor=None)
    with pytest.raises(TypeError):
        event.delete()
    assert Event.objects.count() == 1


def test_events_belong_to_their_organisation(here, helen):
    record_event("tests.greeted", here, actor=helen)
    with tenant_scope(OrganisationFactory()):
        assert not everything().exists()


def test_nothing_is_recorded_outside_an_organisation():
    with pytest.raises((ScopeError, DatabaseError)):
        record_event("tests.greeted", UserFactory(), actor=None)
