"""An author opens what they sent to more readers, and takes that back."""

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.history.models import Event
from mentoring.tenancy.scope import tenant_scope
from templates_app.domain.responses import WrongState, submit_response
from templates_app.domain.sharing import audiences_of, share_response, take_back_share
from templates_app.models import Share
from templates_app.shapes import Worksheet
from tests.factories import UserFactory
from tests.templates_app.sheets import LOG, context_of, response_to

SHAREABLE = Worksheet.model_validate(
    LOG.model_dump() | {"readers": {"preset": "private", "shareable": True}},
)


@pytest.fixture
def ana(in_organisation):
    return UserFactory()


def sent(worksheet: Worksheet, author):
    response = response_to(worksheet, author)
    return submit_response(
        response=response, actor=author, answers={"mattered": "x"}, revision=0, context=context_of(author)
    )


def test_a_share_lets_in_and_taking_it_back_closes_at_once(ana):
    response = sent(SHAREABLE, ana)
    assert audiences_of([response]) == {response.pk: frozenset()}
    share_response(response=response, audience="partner", actor=ana)
    share_response(response=response, audience="partner", actor=ana)
    assert audiences_of([response]) == {response.pk: frozenset({"partner"})}
    take_back_share(response=response, audience="partner", actor=ana)
    take_back_share(response=response, audience="partner", actor=ana)
    assert audiences_of([response]) == {response.pk: frozenset()}
    share_response(response=response, audience="partner", actor=ana)
    assert audiences_of([response]) == {response.pk: frozenset({"partner"})}
    assert [event.action for event in Event.objects.filter(action__contains="shared").order_by("at")] == [
        "response.shared",
        "response.unshared",
        "response.shared",
    ]
    assert Share.objects.count() == 2


def test_only_its_author_shares_it(ana):
    response = sent(SHAREABLE, ana)
    for verb in (share_response, take_back_share):
        with pytest.raises(PermissionDenied):
            verb(response=response, audience="partner", actor=UserFactory())
    assert not Share.objects.exists()


def test_what_its_worksheet_does_not_allow_is_not_shared(ana):
    with pytest.raises(PermissionDenied):
        share_response(response=sent(LOG, ana), audience="partner", actor=ana)


def test_a_draft_is_not_shared(ana):
    with pytest.raises(WrongState):
        share_response(response=response_to(SHAREABLE, ana), audience="partner", actor=ana)


def test_there_is_no_such_audience(ana):
    with pytest.raises(ValueError):
        share_response(response=sent(SHAREABLE, ana), audience="everybody", actor=ana)


def test_many_responses_are_asked_about_with_one_query(ana, django_assert_num_queries):
    responses = [sent(SHAREABLE, ana) for _number in range(5)]
    share_response(response=responses[2], audience="coordinator", actor=ana)
    with django_assert_num_queries(1):
        found = audiences_of(responses)
    assert [len(found[response.pk]) for response in responses] == [0, 0, 1, 0, 0]


def test_the_page_offers_it_and_takes_it_back(company, desk_of):
    desk = desk_of(company.mentee, SHAREABLE, answers={"mattered": "The wharf"})
    desk.client.post(desk.urls.review, {"revision": 0, "do": "send"})
    assert "Share with Helen" in desk.client.get(desk.urls.read).content.decode()
    desk.client.post(desk.urls.share, {"audience": "partner", "do": "share"})
    page = desk.client.get(desk.urls.read).content.decode()
    assert "Stop sharing with Helen" in page
    assert "Share with the coordinator" in page
    desk.client.post(desk.urls.share, {"audience": "partner", "do": "stop"})
    assert "Share with Helen" in desk.client.get(desk.urls.read).content.decode()
    assert desk.client.post(desk.urls.share, {"audience": "everybody"}).status_code == 400
    with tenant_scope(company.organisation):
        assert Share.objects.filter(taken_back_at=None).count() == 0
