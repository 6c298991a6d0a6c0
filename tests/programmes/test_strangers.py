"""Taking somebody in by their address tells nothing of what other organisations know about them."""

import pytest

from mentoring.history.domain import sentence
from mentoring.history.models import Event
from mentoring.notices.models import Message
from mentoring.organisations.domain.members import MemberRefused, set_admin
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.assignments import RoleRefused, end_role
from programmes.domain.coordinators import coordinators_of
from programmes.domain.invitations import invite_person
from programmes.models import Assignment
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

TEAM = "/o/reef/programmes/e-mentoring/team/"
NEW_ADMIN = "/o/reef/members/new/"
KNOWN = "litia@elsewhere.example"
UNKNOWN = "nobody@elsewhere.example"
TYPED = {"given_name": "Typed", "family_name": "Here"}


@pytest.fixture
def litia(db):
    """Somebody whom only another organisation knows, under her own name and by two addresses."""
    user = UserFactory(email=KNOWN, given_name="Litia", family_name="Qarase")
    user.emailaddress_set.create(email="further@elsewhere.example", verified=True)
    other = OrganisationFactory(slug="elsewhere")
    with tenant_scope(other):
        MembershipFactory(user=user)
    return user


def read(client, *pages):
    return "".join(client.get(page).content.decode() for page in pages)


def everything(client, company):
    """All pages on which an admin meets somebody who was just taken in."""
    with tenant_scope(company.organisation):
        outbox = [f"/o/reef/outbox/{message.pk}/" for message in Message.objects.all()]
        said = " ".join(sentence(event) for event in Event.objects.all())
    return said + read(
        client,
        "/o/reef/members/",
        "/o/reef/history/",
        "/o/reef/outbox/",
        TEAM,
        "/o/reef/programmes/e-mentoring/",
        *outbox,
    )


@pytest.mark.parametrize("email", [KNOWN, "further@elsewhere.example", UNKNOWN])
def test_who_is_no_member_here_needs_a_name_whether_they_have_an_account_or_not(company, litia, sign_in, email):
    answer = sign_in(company.coordinator).post(TEAM, {"email": email, "role": "steering"})
    assert "Nobody here has this address yet" in answer.content.decode()
    assert not Membership.objects.filter(organisation=company.organisation, user=litia).exists()


@pytest.mark.parametrize("email", [KNOWN, "further@elsewhere.example"])
def test_given_a_role_they_are_called_what_was_typed_until_they_come(company, litia, sign_in, email):
    coordinator, admin = sign_in(company.coordinator), sign_in(company.admin)
    answer = coordinator.post(TEAM, {"email": email, "role": "coordinator"} | TYPED, follow=True)
    assert "Typed Here has the role" in answer.content.decode()
    page = answer.content.decode() + everything(admin, company)
    assert "Typed Here" in page
    assert email in page
    assert "Litia" not in page
    assert "Qarase" not in page
    assert email == KNOWN or KNOWN not in page
    assert "Typed Here" not in read(admin, "/o/reef/members/?q=Qarase")
    assert "Typed Here" in read(admin, "/o/reef/members/?q=Typed")

    assert sign_in(litia).get("/o/reef/programmes/e-mentoring/").status_code == 200
    page = everything(admin, company)
    assert "Litia Qarase" in page
    assert "Litia Qarase" in read(admin, "/o/reef/members/?q=Qarase")


def test_a_new_admin_is_called_what_was_typed_until_they_come(company, litia, sign_in):
    admin = sign_in(company.admin)
    answers = {}
    for email in (KNOWN, UNKNOWN):
        page = admin.post(NEW_ADMIN, {"email": email} | TYPED, follow=True).content.decode()
        assert "Typed Here is an admin now" in page
        answers[email] = page
    page = "".join(answers.values()) + everything(admin, company)
    assert "Litia" not in page
    assert "Qarase" not in page
    sign_in(litia).get("/o/reef/members/")
    assert "Litia Qarase" in everything(admin, company)


def test_an_invitation_to_a_programme_does_not_tell_their_name_in_the_outbox(company, litia, sign_in, add_person):
    with tenant_scope(company.organisation):
        invite_person(
            person=add_person(email="further@elsewhere.example", given_name="Typed"), actor=company.coordinator
        )
    page = everything(sign_in(company.admin), company)
    assert "further@elsewhere.example" in page
    assert "Litia" not in page
    assert KNOWN not in page


def test_who_is_awaited_is_no_coordinator_or_admin_to_rely_on(company, litia, sign_in):
    client = sign_in(company.coordinator)
    client.post(TEAM, {"email": KNOWN, "role": "coordinator"} | TYPED)
    sign_in(company.admin).post(NEW_ADMIN, {"email": KNOWN} | TYPED)
    with tenant_scope(company.organisation):
        assert coordinators_of(company.programme) == [company.coordinator]
        mine = Assignment.objects.get(membership__user=company.coordinator, role="coordinator")
        with pytest.raises(RoleRefused, match="needs a coordinator"):
            end_role(assignment=mine, actor=company.admin)
        admin = Membership.objects.get(organisation=company.organisation, user=company.admin)
        with pytest.raises(MemberRefused, match="Somebody must look after"):
            set_admin(membership=admin, admin=False, actor=company.admin)
    sign_in(litia).get("/o/reef/")
    with tenant_scope(company.organisation):
        assert {user.pk for user in coordinators_of(company.programme)} == {company.coordinator.pk, litia.pk}
        end_role(assignment=mine, actor=company.admin)
        set_admin(membership=admin, admin=False, actor=company.admin)


def test_the_start_page_says_where_one_is_awaited(company, litia, sign_in):
    sign_in(company.coordinator).post(TEAM, {"email": KNOWN, "role": "steering"} | TYPED)
    client = sign_in(litia)
    assert "invited" in client.get("/").content.decode()
    client.get("/o/reef/")
    assert "invited" not in client.get("/").content.decode()
