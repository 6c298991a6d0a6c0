"""At the very same moment: of two who say yes one makes the pair, and of two answers to one request one counts."""

from typing import Any

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.models import Pairing
from programmes.domain.choosing.answering import Outcome, accept_request, decide, decline_request
from programmes.domain.choosing.asking import send_request
from programmes.domain.choosing.standing import CannotAsk
from programmes.domain.choosing.states import WrongStep
from programmes.enums import RequestState
from programmes.models import MentorRequest
from tests.at_once import at_once
from tests.programmes.choosing.conftest import NOW, World, make_world

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def london(transactional_db: Any) -> World:
    made = make_world("gla", "london")
    with tenant_scope(made.organisation), clock.at(NOW):
        for name in ("Marta", "Nils"):
            made.join(name, "mentor", profile={"open": "open"})
        for name in ("Ada", "Ben"):
            made.join(name, "mentee", profile={"needs": "x"})
    return made


def deed(world: World, verb: Any, request: MentorRequest, name: str, **values: Any) -> Any:
    def done() -> None:
        with clock.at(NOW):
            outcomes.append(verb(request=world.fresh(request), actor=world.user(name), **values))

    outcomes: list[Any] = []
    done.outcomes = outcomes  # type: ignore[attr-defined]
    return done


def test_two_accepts_and_a_no_of_one_request_are_one_answer(london):
    with tenant_scope(london.organisation), clock.at(NOW):
        asked = london.ask("Ada", "Marta")
    deeds = [deed(london, verb, asked, "Marta") for verb in (accept_request, accept_request, decline_request)]
    raised = at_once(london.organisation, deeds)
    assert sum(fault is None for fault in raised) == 1
    assert {type(fault) for fault in raised if fault is not None} == {WrongStep}


def test_two_mentees_and_one_place_make_one_pair(london):
    with tenant_scope(london.organisation), clock.at(NOW):
        asked = [london.ask("Ada", "Marta"), london.ask("Ben", "Marta")]
        for request in asked:
            accept_request(request=london.fresh(request), actor=london.user("Marta"))
            decide(request=london.fresh(request), actor=london.user("Marta"), wishes=True)
    deeds = [deed(london, decide, one, name, wishes=True) for one, name in zip(asked, ("Ada", "Ben"), strict=True)]
    raised = at_once(london.organisation, deeds)
    outcomes = [outcome for one in deeds for outcome in one.outcomes]
    assert outcomes.count(Outcome.PAIRED) == 1
    assert {type(fault) for fault in raised if fault is not None} <= {WrongStep}
    with tenant_scope(london.organisation):
        assert Pairing.objects.count() == 1
        assert {row.state for row in MentorRequest.objects.all()} == {RequestState.PAIRED, RequestState.OVERTAKEN}


def test_two_requests_sent_at_once_are_as_many_as_the_handbook_allows(london):
    with tenant_scope(london.organisation), clock.at(NOW):
        begun = [london.begin("Ada", "Marta"), london.begin("Ada", "Nils")]
    raised = at_once(london.organisation, [deed(london, send_request, one, "Ada") for one in begun])
    assert [type(fault) for fault in raised if fault is not None] == [CannotAsk]
