"""Line managers: what they record by a link that goes on working, who reads it, and that they learn nothing of any pair."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.registrations import partner_accounts
from programmes.domain.choosing.states import NotYours
from programmes.domain.enrolment import give_enrolment_to
from programmes.domain.guards import follow_departure
from programmes.domain.managers.naming import manager_of, name_manager, take_manager_back
from programmes.domain.partners import register_partners
from programmes.models import ManagerLink, ManagerWord, Participant
from templates_app.domain.responses import answers_of
from tests.factories import AssignmentFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.programmes.running.conftest import TODAY, Office

pytestmark = pytest.mark.django_db

SAID = {
    "f-discussed": "yes",
    "f-discussed_on": "2026-10-30",
    "f-time": "yes",
    "f-hours": "2.5",
    "f-workload": "One shift less",
    "f-noaccess-noaccess-done": "on",
    "f-feedback": "Calmer in handovers",
    "_end": "1",
}
WHO = {"name": "Maud Chief", "email": "maud@chief.example"}


def place(office: Office, person: Participant) -> Participant:
    rows = Participant.objects.select_related("cohort__programme__handbook", "membership__user", "enrolment")
    return rows.get(pk=person.pk)


def named(office: Office, sign_in, **whom: str) -> str:
    """The mentee names a manager on their own page; answers the address in the manager's mail."""
    page = office.url(f"place/{office.mentee_place.pk}/manager/")
    answer = sign_in(office.mentee).post(page, WHO | whom)
    assert answer.status_code == 302, answer.content.decode()
    sent = Message.objects.filter(kind="programmes.manager_asked").order_by("created_at", "pk")
    newest = next(row for row in sent if row.state == "queued")
    return re.sub(r"^https?://[^/]+", "", newest.context["action_url"])


def write(address: str, sent: int = 0, **changes: str):
    return Client().post(address, SAID | {"after": str(sent)} | changes)


@pytest.mark.covers("sssc.must.6")
def test_a_manager_records_talk_time_and_feedback_and_adds_to_it_by_the_same_link(office, sign_in):
    address = named(office, sign_in)
    assert "A word from the line manager" in Client().get(address).content.decode()
    assert write(address).status_code == 200
    with clock.at(TODAY + dt.timedelta(days=90)):
        again = Client().get(address).content.decode()
        assert "Calmer in handovers" in again
        assert write(address, 1, **{"f-feedback": "Calmer, and asked to lead the rota"}).status_code == 200
    first, second = ManagerWord.objects.order_by("number")
    kept = answers_of(first.response)
    assert (kept["discussed"], kept["discussed_on"], kept["time"], kept["hours"]) == ("yes", "2026-10-30", "yes", 2.5)
    assert (kept["workload"], kept["feedback"]) == ("One shift less", "Calmer in handovers")
    assert answers_of(second.response)["feedback"] == "Calmer, and asked to lead the rota"
    desk = office.url(f"programmes/peers/cohorts/first/people/{office.mentee_place.pk}/manager/")
    own = office.url(f"place/{office.mentee_place.pk}/manager/")
    for user, page in ((office.coordinator, desk), (office.mentee, own)):
        text = sign_in(user).get(page).content.decode()
        assert "Calmer in handovers" in text
        assert "Calmer, and asked to lead the rota" in text
        assert "Maud Chief" in text
    told = Message.objects.filter(kind="programmes.manager_wrote", recipient=office.mentee)
    assert told.count() == 2
    assert "Calmer" not in "".join(render_message(row).text for row in told)


@pytest.mark.covers("sssc.must.6")
def test_the_page_and_the_letter_hold_nothing_that_anybody_of_a_pair_wrote(office, sign_in):
    person = place(office, office.mentee_place)
    give_enrolment_to(person, office.mentee)
    person = place(office, person)
    person.enrolment.texts = {"needs": "Secret wish"}
    person.enrolment.save()
    office.send_own(place(office, person), "linemgr", feedback="Secret remark of the mentee")
    address = named(office, sign_in)
    page = Client().get(address)
    letter = render_message(Message.objects.get(kind="programmes.manager_asked"))
    for text in (page.content.decode(), letter.text, letter.html):
        assert "Secret" not in text
        assert office.mentor.name not in text
    assert page["Cache-Control"]
    assert "noindex" in page.content.decode()
    head = address.rsplit("/", 2)[0]
    for other in (f"{head}/", office.place, office.url("guidance/peers/")):
        assert Client().get(other).status_code in (302, 404)


@pytest.mark.covers("sssc.must.6")
def test_nobody_else_reads_what_a_manager_wrote(office, sign_in):
    write(named(office, sign_in))
    admin = UserFactory(email="admin@glen.example")
    MembershipFactory(user=admin, is_admin=True)
    own = office.url(f"place/{office.mentee_place.pk}/manager/")
    desk = office.url(f"programmes/peers/cohorts/first/people/{office.mentee_place.pk}/manager/")
    for user in (office.mentor, office.steering, admin):
        assert sign_in(user).get(own).status_code == 404
        assert sign_in(user).get(desk).status_code == 404
        assert sign_in(user).post(desk, WHO).status_code == 404
    assert "Calmer" not in str([event.data for event in Event.objects.all()])


def test_a_coordinator_who_is_the_mentor_of_the_two_reads_nothing_of_their_manager(office, sign_in):
    write(named(office, sign_in))
    desk = office.url(f"programmes/peers/cohorts/first/people/{office.mentee_place.pk}/manager/")
    assert sign_in(office.coordinator).get(desk).status_code == 200
    register_partners(lambda user: frozenset({office.mentee.pk}) if user == office.coordinator else frozenset())
    try:
        assert sign_in(office.coordinator).get(desk).status_code == 404
        assert "Maud" not in sign_in(office.coordinator).get(desk.removesuffix("manager/")).content.decode()
    finally:
        register_partners(partner_accounts)


def test_the_link_ends_when_it_is_taken_back_replaced_or_over_and_when_the_person_leaves(office, sign_in):
    own = office.url(f"place/{office.mentee_place.pk}/manager/")
    desk = office.url(f"programmes/peers/cohorts/first/people/{office.mentee_place.pk}/manager/")
    for user, page in ((office.mentee, own), (office.coordinator, desk)):
        address = named(office, sign_in)
        assert Client().get(address).status_code == 200
        assert sign_in(user).post(page, {"do": "revoke"}).status_code == 302
        assert Client().get(address).status_code == 410
        assert write(address).status_code == 410
    first = named(office, sign_in)
    second = named(office, sign_in)
    other = named(office, sign_in, name="Otto New", email="otto@chief.example")
    assert [Client().get(one).status_code for one in (first, second, other)] == [410, 410, 200]
    assert manager_of(office.mentee_place).name == "Otto New"
    with clock.at(TODAY + dt.timedelta(days=366)):
        assert Client().get(other).status_code == 410
    follow_departure(place(office, office.mentee_place))
    assert Client().get(other).status_code == 410
    assert not ManagerWord.objects.exists()


def test_a_manager_named_later_sees_nothing_of_what_the_one_before_wrote(office, sign_in):
    write(named(office, sign_in))
    later = named(office, sign_in, name="Otto New", email="otto@chief.example")
    page = Client().get(later).content.decode()
    assert "Calmer" not in page
    assert "One shift less" not in page
    own = office.url(f"place/{office.mentee_place.pk}/manager/")
    assert "Calmer in handovers" in sign_in(office.mentee).get(own).content.decode()


def test_a_page_sent_twice_is_kept_once_and_nothing_typed_is_lost(office, sign_in):
    address = named(office, sign_in)
    assert write(address).status_code == 200
    assert write(address).status_code == 200
    assert ManagerWord.objects.count() == 1
    late = write(address, 0, **{"f-feedback": "Typed in the other window"})
    assert late.status_code == 409
    assert "Not sent yet" in late.content.decode()
    assert "Typed in the other window" in late.content.decode()
    assert ManagerWord.objects.count() == 1
    incomplete = write(address, 1, **{"f-discussed": "", "f-workload": "Still here"})
    assert incomplete.status_code == 422
    assert write(address, 1, after="9" * 5000, **{"f-feedback": "A made-up number"}).status_code == 409
    assert "Still here" in incomplete.content.decode()


def test_the_link_is_kept_as_a_hash_signed_for_this_alone_and_works_in_one_organisation(office, sign_in):
    address = named(office, sign_in)
    token = address.rstrip("/").rpartition("/")[2]
    assert token not in str(list(ManagerLink.objects.values_list("token_hash", flat=True)))
    last = "B" if token[-1] == "A" else "A"
    for changed in (token[:-1] + last, token.split(":")[0], "x"):
        assert Client().get(office.url(f"manager/{changed}/")).status_code == 404
    assert Client().get(office.url(f"approve/{token}/")).status_code == 404
    OrganisationFactory(slug="elsewhere")
    assert Client().get(f"/o/elsewhere/manager/{token}/").status_code == 404


def test_who_it_is_about_cannot_write_it_themselves(office, sign_in):
    address = named(office, sign_in)
    assert sign_in(office.mentee).get(address).status_code == 403
    assert sign_in(office.mentee).post(address, SAID | {"after": "0"}).status_code == 403
    own = office.url(f"place/{office.mentee_place.pk}/manager/")
    answer = sign_in(office.mentee).post(own, WHO | {"email": office.mentee_place.email.upper()})
    assert answer.status_code == 422
    for act in (
        lambda: name_manager(person=place(office, office.mentee_place), actor=office.mentor, **WHO),
        lambda: take_manager_back(person=place(office, office.mentee_place), actor=office.steering),
    ):
        with pytest.raises(NotYours):
            act()


def test_no_address_of_the_person_s_account_is_their_manager_s(office, sign_in):
    office.mentee_place.email = "invited@glen.example"
    office.mentee_place.save()
    EmailAddress.objects.create(user=office.mentee, email="Home@mentee.example", verified=True)
    own = office.url(f"place/{office.mentee_place.pk}/manager/")
    desk = office.url(f"programmes/peers/cohorts/first/people/{office.mentee_place.pk}/manager/")
    for email in ("invited@glen.example", office.mentee.email.upper(), "home@mentee.example"):
        for user, page in ((office.mentee, own), (office.coordinator, desk)):
            answer = sign_in(user).post(page, WHO | {"email": email})
            assert answer.status_code == 422
            assert "own address" in answer.content.decode()
    assert manager_of(office.mentee_place) is None


def test_after_five_links_in_a_day_no_more_mail_goes_out_for_one_person_until_later(office, sign_in):
    own = office.url(f"place/{office.mentee_place.pk}/manager/")
    for number in range(5):
        named(office, sign_in, email=f"m{number % 2}@chief.example")
    answer = sign_in(office.mentee).post(own, WHO | {"email": "sixth@chief.example"})
    assert answer.status_code == 422
    assert "Five links" in answer.content.decode()
    assert "sixth@chief.example" in answer.content.decode(), "nothing typed is lost"
    assert Message.objects.filter(kind="programmes.manager_asked").count() == 5
    assert manager_of(office.mentee_place).email == "m0@chief.example", "who was named stays named"
    with clock.at(clock.now() + dt.timedelta(hours=25)):
        assert sign_in(office.mentee).post(own, WHO | {"email": "sixth@chief.example"}).status_code == 302


def test_where_the_handbook_asks_no_managers_there_is_no_page(office, sign_in):
    address = named(office, sign_in)
    office.change("managers", offered=False)
    assert Client().get(address).status_code == 410
    own = office.url(f"place/{office.mentee_place.pk}/manager/")
    assert sign_in(office.mentee).get(own).status_code == 404
    about = sign_in(office.mentee).get(office.url(f"place/{office.mentee_place.pk}/")).content.decode()
    assert "Your line manager" not in about


def test_another_organisation_s_coordinator_finds_nothing(office, sign_in):
    elsewhere = OrganisationFactory(slug="elsewhere")
    with tenant_scope(elsewhere):
        stranger = UserFactory(email="stranger@elsewhere.example")
        AssignmentFactory(membership=MembershipFactory(user=stranger, organisation=elsewhere))
    desk = f"programmes/peers/cohorts/first/people/{office.mentee_place.pk}/manager/"
    assert sign_in(stranger).get(office.url(desk)).status_code == 404
    assert sign_in(stranger).get(f"/o/elsewhere/{desk}").status_code == 404
