"""From a kit to a programme with its cohorts and the people who run it."""

import datetime as dt
from functools import partial
from urllib.parse import urlsplit

import pytest

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.organisations.domain.members import MemberRefused, set_active
from mentoring.tenancy.models import Membership, Partner
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.assignments import RoleRefused, end_role, give_role, give_role_by_address
from programmes.domain.cohorts import change_cohort, open_cohort, usual_end
from programmes.domain.coordinators import coordinators_of
from programmes.domain.kit_choice import kit_at_hand, kits_at_hand
from programmes.domain.programmes import SlugTaken, create_programme, rename_programme
from programmes.domain.roles import roles_for
from programmes.models import Assignment, Cohort, Criterion, Programme
from templates_app.domain.kit_files import shipped_kit, shipped_kits
from templates_app.domain.kits import kit_of
from templates_app.domain.loading_kits import load_kit
from tests.at_once import at_once
from tests.factories import AssignmentFactory, MembershipFactory, OrganisationFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def create(company, **more):
    values = {"kit": shipped_kit("plp-ess"), "title": "New", "slug": "new-one", "actor": company.admin, **more}
    return create_programme(**values)


@pytest.mark.covers("plp.sys.01", "plp.sys.02")
def test_a_programme_from_the_kit_has_its_plan_its_partners_and_its_criteria(inside):
    programme = create(inside)
    plan = kit_of(programme.handbook).plan
    assert (plan.months, plan.sessions) == (6, 6)
    assert {"world-bank", "adb", "sprep", "usp"} <= set(Partner.objects.values_list("key", flat=True))
    assert Criterion.objects.filter(programme=programme).count() == len(shipped_kit("plp-ess").matching.criteria)


def test_no_programme_is_made_from_a_draft(inside):
    finished = shipped_kit("plp-ess").model_copy(update={"key": "own", "draft": False})
    load_kit(kit=finished, actor=inside.admin)
    assert kit_at_hand("own") is not None
    load_kit(kit=finished.model_copy(update={"draft": True}), actor=inside.admin)
    assert kit_at_hand("own") is None
    assert {kit.key for kit in kits_at_hand()} <= {key for key in shipped_kits() if not shipped_kit(key).draft}


def test_who_creates_a_programme_coordinates_it(inside):
    programme = create(inside)
    assert roles_for(inside.admin).coordinates(programme.pk)
    assert not roles_for(inside.coordinator).coordinates(programme.pk)


def test_an_address_is_given_once(inside):
    create(inside)
    with pytest.raises(SlugTaken):
        create(inside, title="Another")
    assert Programme.objects.filter(slug="new-one").count() == 1


def test_a_copy_is_the_programmes_own(inside):
    first, second = create(inside), create(inside, slug="second")
    rename_programme(programme=first, title="Renamed", actor=inside.admin)
    assert first.handbook.title == "Renamed"
    assert Programme.objects.get(pk=second.pk).handbook.title == "New"
    assert first.handbook_id != second.handbook_id


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 11, 2), 6, dt.date(2027, 5, 2)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2027, 8, 31), 6, dt.date(2028, 2, 29)),
        (dt.date(2026, 12, 31), 12, dt.date(2027, 12, 31)),
        (dt.date(2026, 6, 30), 6, dt.date(2026, 12, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day, months, expected):
    assert clock.months_later(day, months) == expected


@pytest.mark.covers("plp.sys.01")
def test_a_cohort_lasts_as_long_as_the_handbook_says_unless_told_otherwise(inside):
    values = {"programme": inside.programme, "zone": "Pacific/Apia", "actor": inside.coordinator}
    start = dt.date(2027, 2, 1)
    usual = open_cohort(title="A", slug="a", starts_on=start, **values)
    short = open_cohort(title="B", slug="b", starts_on=start, ends_on=dt.date(2027, 4, 1), **values)
    assert usual.ends_on == dt.date(2027, 8, 1) == usual_end(inside.programme, start)
    assert short.ends_on == dt.date(2027, 4, 1)


def test_a_cohort_cannot_end_before_it_begins(inside):
    day = dt.date(2027, 2, 1)
    values = {"programme": inside.programme, "zone": "UTC", "actor": inside.coordinator, "title": "A", "slug": "a"}
    with pytest.raises(ValueError, match="ends after"):
        open_cohort(starts_on=day, ends_on=day, **values)
    cohort = inside.cohort
    with pytest.raises(ValueError, match="ends after"):
        change_cohort(
            cohort=cohort, title="A", starts_on=day, ends_on=day, zone="UTC", state="open", evaluation_url="",
            actor=inside.coordinator,
        )  # fmt: skip
    assert Cohort.objects.get(pk=cohort.pk).title == "Reef cohort"


def test_a_role_is_given_once_told_once_and_holds_at_once(inside):
    member = MembershipFactory()
    for _time in range(2):
        give_role(programme=inside.programme, membership=member, role="coordinator", actor=inside.coordinator)
    assert Assignment.objects.filter(membership=member).count() == 1
    assert Message.objects.filter(kind="programmes.role_given", recipient=member.user).count() == 1
    assert roles_for(member.user).coordinates(inside.programme.pk)


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("coordinator", "a coordinator of"),
        ("steering", "the steering group of"),
        ("concerns", "a lead for concerns in"),
    ],
)
def test_whoever_gets_a_role_is_told_which_and_led_to_a_page_that_is_theirs(inside, sign_in, role, said):
    member = MembershipFactory()
    give_role(programme=inside.programme, membership=member, role=role, actor=inside.coordinator)
    message = Message.objects.get(kind="programmes.role_given", recipient=member.user)
    told = render_message(message)
    for text in (told.text, told.html):
        assert said in text
        assert ("steering group" in text) is (role == "steering")
    page = urlsplit(message.context["action_url"]).path
    assert sign_in(member.user).get(page).status_code == 200


def test_a_lead_looks_after_a_partner_and_nobody_without_one_is_a_lead(inside):
    member = MembershipFactory()
    with pytest.raises(RoleRefused):
        give_role(programme=inside.programme, membership=member, role="partner_lead", actor=inside.coordinator)
    adb = Partner.objects.get(key="adb")
    give_role(programme=inside.programme, membership=member, role="partner_lead", partner=adb, actor=inside.coordinator)
    assert roles_for(member.user).led == {inside.programme.pk: frozenset({adb.pk})}


def test_who_has_left_gets_no_role(inside):
    member = MembershipFactory(is_active=False)
    with pytest.raises(RoleRefused, match="not a member"):
        give_role(programme=inside.programme, membership=member, role="coordinator", actor=inside.coordinator)


def test_somebody_new_is_invited_to_a_role_with_a_message_that_leads_to_the_programme(inside):
    role = give_role_by_address(
        programme=inside.programme, email="New@X.example", given_name="New", family_name="Lead", role="steering",
        actor=inside.coordinator,
    )  # fmt: skip
    person = role.membership.user
    assert (person.email, person.name, person.has_usable_password()) == ("new@x.example", "New Lead", False)
    message = Message.objects.get(kind="programmes.role_given")
    assert message.recipient == person
    assert message.context["action_url"].endswith("/o/reef/programmes/e-mentoring/")


def test_a_role_does_not_bring_back_access_that_an_admin_ended(inside):
    member = MembershipFactory(is_active=False)
    with pytest.raises(RoleRefused, match="ended this person"):
        give_role_by_address(
            programme=inside.programme, email=member.user.email, role="coordinator", actor=inside.coordinator
        )
    assert not Assignment.objects.filter(membership=member).exists()


def test_a_programme_is_never_left_without_a_coordinator(inside):
    only = Assignment.objects.get(programme=inside.programme, role="coordinator")
    with pytest.raises(RoleRefused, match="needs a coordinator"):
        end_role(assignment=only, actor=inside.admin)
    other = Membership.objects.get(user=inside.steering)
    give_role(programme=inside.programme, membership=other, role="coordinator", actor=inside.admin)
    end_role(assignment=only, actor=inside.admin)
    assert not roles_for(inside.coordinator).coordinated


def test_the_only_coordinator_is_not_shut_out_before_another_is_there(inside, sign_in):
    row = Membership.objects.get(user=inside.coordinator)
    shut_out = inside.url(f"members/{row.pk}/shut-out/")
    awaited = MembershipFactory(typed_name="Not Come", typed_address="new@reef.example")
    give_role(programme=inside.programme, membership=awaited, role="coordinator", actor=inside.admin)
    answer = sign_in(inside.admin).post(shut_out, follow=True).content.decode()
    assert f"{inside.programme.title} would be left without a coordinator. Name another one first" in answer
    row.refresh_from_db()
    assert row.is_active
    with pytest.raises(MemberRefused, match="left without a coordinator"):
        set_active(membership=row, active=False, actor=inside.admin)
    set_active(membership=awaited, active=False, actor=inside.admin)
    other = Membership.objects.get(user=inside.steering)
    give_role(programme=inside.programme, membership=other, role="coordinator", actor=inside.admin)
    sign_in(inside.admin).post(shut_out)
    row.refresh_from_db()
    assert not row.is_active
    set_active(membership=row, active=True, actor=inside.admin)
    assert Assignment.objects.filter(membership=row, role="coordinator").exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("steps", [("out", "out"), ("out", "end"), ("end", "end")])
def test_two_coordinators_gone_at_the_same_moment_leave_one(steps):
    organisation = OrganisationFactory()
    with tenant_scope(organisation):
        programme, admin = ProgrammeFactory(), MembershipFactory(is_admin=True).user
        roles = [AssignmentFactory(programme=programme, membership=MembershipFactory()) for _name in steps]
    verbs = {
        "out": lambda role: set_active(membership=role.membership, active=False, actor=admin),
        "end": lambda role: end_role(assignment=role, actor=admin),
    }
    deeds = [partial(verbs[step], role) for step, role in zip(steps, roles, strict=True)]
    outcomes = at_once(organisation, deeds)
    assert [isinstance(fault, MemberRefused | RoleRefused) for fault in outcomes if fault] == [True]
    with tenant_scope(organisation):
        assert len(coordinators_of(programme)) == 1


def test_a_coordinator_who_was_shut_out_is_nobody_to_leave_a_programme_to(inside):
    only = Assignment.objects.get(programme=inside.programme, role="coordinator")
    gone = Membership.objects.get(user=inside.steering)
    give_role(programme=inside.programme, membership=gone, role="coordinator", actor=inside.admin)
    set_active(membership=gone, active=False, actor=inside.admin)
    with pytest.raises(RoleRefused, match="needs a coordinator"):
        end_role(assignment=only, actor=inside.admin)
    end_role(assignment=Assignment.objects.get(membership=gone, role="coordinator"), actor=inside.admin)
    assert roles_for(inside.coordinator).coordinates(inside.programme.pk)
