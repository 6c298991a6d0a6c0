"""The page for signing, opened by somebody who has nothing to sign: they are told so, and who signs."""

import pytest

from demo.story import words
from demo.story.path import Path
from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import confirm_pairing
from tests.factories import CohortFactory, MembershipFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(company):
    """A pair of the cast that has just been confirmed."""
    with tenant_scope(company.organisation):
        cohort = CohortFactory(programme=company.programme, slug="december")
        places = {
            side: ParticipantFactory(cohort=cohort, membership=MembershipFactory(), side=side)
            for side in ("mentor", "mentee")
        }
        return Path(confirm_pairing(cohort=cohort, actor=company.coordinator, **places), clock.now())


def told(client, company, path) -> str:
    """What stands on the page that the page for signing leads to, and that it is another."""
    answer = client.get(company.url(f"pairs/{path.pk}/agreement/sign/"), follow=True)
    assert answer.redirect_chain[0][0] == company.url(f"pairs/{path.pk}/agreement/")
    return answer.content.decode()


def test_somebody_else_learns_who_signs(company, path, sign_in):
    with tenant_scope(company.organisation):
        path.offer_agreement(words.PLAIN_AGREEMENT)
    said = told(sign_in(company.coordinator), company, path)
    assert f"between {path.mentee.name} and {path.mentor.name}: nobody else can sign it" in said


def test_who_has_signed_learns_that_it_is_done(company, path, sign_in):
    with tenant_scope(company.organisation):
        path.offer_agreement(words.PLAIN_AGREEMENT)
        path.sign(path.mentor)
    assert "You have signed this version already" in told(sign_in(path.mentor), company, path)


def test_before_it_is_offered_there_is_nothing_to_sign(company, path, sign_in):
    assert "There is nothing to sign just now" in told(sign_in(path.mentee), company, path)
