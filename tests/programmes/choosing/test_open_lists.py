"""Lists of mentors that every employee sees, kept by each district and division."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.models import Partner
from programmes.domain.assignments import give_role
from programmes.domain.choosing.answering import accept_request, decide
from programmes.domain.choosing.doors import pause_mentor
from programmes.domain.choosing.states import NotYours
from programmes.enums import ParticipantState, ProgrammeRole
from programmes.models import Assignment, Invitation, Participant
from tests.factories import MembershipFactory, UserFactory
from tests.programmes.choosing.conftest import CAREER, LISTED, World, change_kit

LIST = "lists/choice/first/"
PEOPLE = "programmes/choice/cohorts/first/people/"


def member(world: World, name: str):
    """An employee: a member of the organisation with no place in any programme."""
    user = UserFactory(email=f"{name.lower()}@bridge.example", given_name=name, family_name="Tester")
    world.users[name] = user
    return MembershipFactory(user=user)


@pytest.fixture
def employee(world) -> Client:
    member(world, "Eve")
    return world.client("Eve")


@pytest.fixture
def keeper(world) -> Client:
    """Who keeps the list of District 4."""
    give_role(
        programme=world.cohort.programme,
        membership=member(world, "Kim"),
        role=ProgrammeRole.PARTNER_LEAD,
        partner=unit("district-4"),
        actor=world.coordinator,
    )
    return world.client("Kim")


@pytest.fixture
def divided(world) -> World:
    """Marta belongs to District 4, Nils to the Division of Engineering."""
    world.send_profile("Marta", LISTED)
    world.send_profile("Nils", LISTED | {"unit": "engineering", "competencies": ["thoroughness"], "interests": "Chess"})
    return world


def unit(key: str) -> Partner:
    return Partner.objects.get(key=key)


def paired(world: World, mentee: str, mentor: str) -> None:
    """Make them a pair, as they would themselves."""
    world.approve(mentee)
    asked = world.ask(mentee, mentor)
    accept_request(request=world.fresh(asked), actor=world.user(mentor))
    for name in (mentee, mentor):
        decide(request=world.fresh(asked), wishes=True, actor=world.user(name))


def found(client: Client, world: World, **query: str) -> set[str]:
    """Who stands in the list under these filters."""
    page = client.get(world.url(LIST), query)
    assert page.status_code == 200
    return set(re.findall(r"<h2>(\w+) Tester</h2>", page.content.decode()))


class TestEveryEmployee:
    @pytest.mark.covers("cal.sys.03")
    def test_sees_the_list_and_filters_it_in_each_way(self, divided, employee):
        """``cal.sys.03``: by district, division, competency, interest and availability; they begin there."""
        assert employee.get(divided.url("")).headers["Location"] == divided.url("lists/")
        assert employee.get(divided.url("lists/")).headers["Location"] == divided.url(LIST)
        assert found(employee, divided) == {"Marta", "Nils"}
        assert CAREER in employee.get(divided.url(LIST)).content.decode()
        assert found(employee, divided, unit="district-4") == {"Marta"}
        assert found(employee, divided, unit="engineering") == {"Nils"}
        assert found(employee, divided, competencies="thoroughness") == {"Nils"}
        assert found(employee, divided, **{"looked-for": "chess"}) == {"Nils"}
        paired(divided, "Ben", "Nils")
        assert found(employee, divided) == {"Marta", "Nils"}
        assert found(employee, divided, **{"has-place": "now"}) == {"Marta"}
        page = employee.get(divided.url(LIST)).content.decode()
        assert "no place at present" in page
        assert "Ben" not in page

    def test_finds_nobody_who_pauses_or_has_not_sent_their_sheet(self, divided, employee):
        pause_mentor(person=divided.place("Marta"), actor=divided.user("Marta"))
        divided.join("Olga", "mentor")
        assert found(employee, divided) == {"Nils"}

    def test_reads_nothing_that_is_for_the_coordinators(self, divided, employee):
        page = employee.get(divided.url(LIST)).content.decode()
        assert "stays with the keeper" not in page
        assert divided.place("Marta").email not in page

    def test_everybody_else_here_sees_it_too_and_nobody_from_elsewhere(self, divided):
        for name in ("Marta", "Ada", "coordinator"):
            assert found(divided.client(name), divided) == {"Marta", "Nils"}
        stranger = Client()
        stranger.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
        assert stranger.get(divided.url(LIST)).status_code == 404
        assert Client().get(divided.url(LIST)).status_code == 302

    def test_the_mentors_are_told_before_they_write(self, world):
        page = world.client("Marta").get(world.url(f"enrolment/{world.place('Marta').pk}/read/")).content.decode()
        assert f"every member of {world.organisation.name} sees your name" in page

    def test_a_handbook_may_keep_it_for_mentees(self, divided, employee):
        change_kit(divided, "joining.directory", open_to="mentees")
        assert employee.get(divided.url(LIST)).status_code == 404
        assert "Lists of mentors" in employee.get(divided.url("lists/")).content.decode()

    def test_it_costs_the_same_for_few_and_many(self, divided, employee, django_assert_num_queries):
        employee.get(divided.url(LIST))
        with CaptureQueriesContext(connection) as few:
            assert len(found(employee, divided)) == 2
        for number in range(8):
            divided.join(f"Mentor{number}", "mentor", profile=LISTED)
        with django_assert_num_queries(len(few)):
            assert len(found(employee, divided)) == 10


class TestUnits:
    @pytest.mark.covers("cal.sys.01")
    def test_each_has_its_own_list_and_its_own_keeper(self, divided, employee, keeper):
        """``cal.sys.01``: the coordinator makes them, mentors say where they belong, each is shown with who keeps it."""
        coordinator, page = divided.client("coordinator"), "programmes/choice/cohorts/first/units/"
        coordinator.post(divided.url(page), {"name": "District 7"})
        shown = coordinator.get(divided.url(page)).content.decode()
        assert "<h1>Districts and divisions</h1>" in shown
        for name in ("District 4", "District 7", "Division of Engineering"):
            assert name in shown
        answer = coordinator.post(
            divided.url("programmes/choice/team/"),
            {"email": "eve@bridge.example", "role": "partner_lead", "partner": str(unit("engineering").pk)},
        )
        assert answer.status_code == 302
        lists = employee.get(divided.url(LIST)).content.decode()
        assert re.search(r"unit=district-4\">District 4</a>.*?1 mentor.*?Kim Tester, keeper of the mentor list", lists)
        assert re.search(r"unit=engineering\">.*?1 mentor.*?Eve Tester, keeper of the mentor list", lists)
        assert re.search(r"unit=district-7\">District 7</a>.*?0 mentors", lists)
        team = coordinator.get(divided.url("programmes/choice/team/")).content.decode()
        assert "Keeper of the mentor list<small>District 4</small>" in team

    @pytest.mark.covers("cal.sys.01", "cal.sys.04")
    def test_a_keeper_invites_pauses_and_removes_in_their_own_list(self, divided, keeper):
        marta = divided.place("Marta")
        people = keeper.get(divided.url(PEOPLE)).content.decode()
        assert "Marta" in people
        assert "Nils" not in people
        keeper.post(
            divided.url(f"{PEOPLE}add/"),
            {
                "side": "mentor",
                "given_name": "Nora",
                "email": "nora@bridge.example",
                "zone": "UTC",
                "capacity": "1",
                "partner": str(unit("district-4").pk),
            },
        )
        nora = divided.place("Nora")
        keeper.post(divided.url(f"{PEOPLE}invite/"), {"selected": str(nora.pk)})
        assert Invitation.objects.get(participant=nora).revoked_at is None
        keeper.post(divided.url(f"{PEOPLE}{marta.pk}/door/"), {"do": "close"})
        assert divided.place("Marta").paused_at is not None
        keeper.post(divided.url(f"{PEOPLE}{marta.pk}/door/"), {"do": "open"})
        keeper.post(divided.url(f"{PEOPLE}{marta.pk}/withdraw/"))
        assert divided.place("Marta").state == ParticipantState.WITHDRAWN
        assert "Take them in again" in keeper.get(divided.url(f"{PEOPLE}{marta.pk}/")).content.decode()
        keeper.post(divided.url(f"{PEOPLE}{marta.pk}/reinstate/"))
        assert divided.place("Marta").state == ParticipantState.JOINED

    @pytest.mark.covers("cal.sys.01")
    def test_a_keeper_moves_nothing_in_another_list_and_reads_no_sheet(self, divided, keeper):
        nils, marta = divided.place("Nils"), divided.place("Marta")
        for step in ("door", "withdraw"):
            assert keeper.post(divided.url(f"{PEOPLE}{nils.pk}/{step}/"), {"do": "close"}).status_code == 404
        with pytest.raises(NotYours):
            pause_mentor(person=nils, actor=divided.user("Kim"))
        assert keeper.post(divided.url(f"{PEOPLE}invite/"), {"selected": str(nils.pk)}).status_code == 403
        assert keeper.get(divided.url(f"enrolment/{marta.pk}/read/")).status_code == 404
        page = keeper.get(divided.url(f"{PEOPLE}{marta.pk}/")).content.decode()
        assert "stays with the keeper" not in page
        assert keeper.get(divided.url("programmes/choice/cohorts/first/units/")).status_code == 403

    def test_no_mentee_is_a_keeper_s_to_take_out(self, divided, keeper):
        Participant.objects.filter(given_name="Ada").update(partner=unit("district-4"))
        ada = divided.place("Ada")
        assert keeper.post(divided.url(f"{PEOPLE}{ada.pk}/withdraw/")).status_code == 403

    def test_leads_of_partners_keep_nothing_where_units_keep_no_lists(self, divided, keeper):
        change_kit(divided, "joining.directory", units=None)
        marta = divided.place("Marta")
        assert keeper.post(divided.url(f"{PEOPLE}{marta.pk}/door/"), {"do": "close"}).status_code == 403
        assert keeper.post(divided.url(f"{PEOPLE}{marta.pk}/withdraw/")).status_code == 403
        coordinator = divided.client("coordinator")
        assert coordinator.get(divided.url("programmes/choice/cohorts/first/units/")).status_code == 404

    def test_who_is_made_keeper_is_told_what_that_is(self, divided, keeper):
        told = render_message(Message.objects.get(kind="programmes.role_given", recipient=divided.users["Kim"])).text
        assert "keeper of the mentor list for District 4" in told
        assert Assignment.objects.filter(role="partner_lead").count() == 1
