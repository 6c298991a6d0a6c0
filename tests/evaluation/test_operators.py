"""The operator of the installation, a superuser of Django's: being one opens nothing of what people wrote."""

import pytest
from django.urls import reverse

from evaluation.domain.exports import request_export
from mentoring import clock
from mentoring.tenancy.scope import no_scope
from pairs.domain.output_owner import owner_of
from pairs.domain.people import people_of
from pairs.domain.reading import reader_of
from templates_app.domain.worksheet_documents import request_worksheet_pdf
from tests.evaluation.world import sign_in
from tests.factories import MembershipFactory, UserFactory


@pytest.fixture
def written(world, pair):
    """A pair with a log that was sent, its printed form, and an export."""
    pair.set_dates()
    pair.hold(1, 2)
    with clock.at(pair.session(2).starts_at):
        log = pair.log(2, "mentee", issues="CANARY-ISSUES")
        owner = owner_of(log, reader_of(pair.mentee, pair.pairing))
        document = request_worksheet_pdf(owner=owner, actor=pair.mentee)
        export = request_export(programme=world.programme, kind="csv", actor=world.coordinator)
    return {"pair": pair.pairing, "sheet": log, "document": document, "export": export}


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("pairs:pairing", "pair"),
        ("pairs:agreement", "pair"),
        ("pairs:actions", "pair"),
        ("pairs:output_read", "sheet"),
        ("pairs:output", "sheet"),
        ("templates_app:document", "document"),
        ("evaluation:export", "export"),
        ("evaluation:download_export", "export"),
    ],
)
@pytest.mark.parametrize("is_member", [False, True])
def test_an_operator_finds_nothing_of_a_pair(world, written, name, of, is_member):
    """Neither from outside the organisation, nor as a member of it who has no place in the programme."""
    user = UserFactory(is_superuser=True, is_staff=True)
    if is_member:
        MembershipFactory(user=user)
    with no_scope():
        answer = sign_in(user).get(reverse(name, args=[world.organisation.slug, written[of].pk]))
    assert answer.status_code == 404
    assert "CANARY" not in answer.content.decode()


def test_in_a_pair_an_operator_may_what_their_place_allows_and_no_more(world, pair):
    pair.mentee.is_superuser = True
    pair.mentee.save()
    place = world.url(f"pairs/{pair.pairing.pk}/")
    with no_scope():
        client = sign_in(pair.mentee)
        assert client.get(f"{place}introduction/").status_code == 403
        assert client.get(f"{place}agreement/").status_code == 200


def test_after_the_end_an_operator_plans_nothing_in_their_former_pair(world, pair):
    people = people_of(pair.pairing)
    pair.mentor.is_superuser = True
    pair.mentor.save()
    pair.pairing.members.update(left_at=people.mentor.member.joined_at)
    with no_scope():
        assert sign_in(pair.mentor).get(world.url(f"pairs/{pair.pairing.pk}/schedule/")).status_code == 403
