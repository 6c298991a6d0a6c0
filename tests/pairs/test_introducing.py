"""A mentor introduces the mentee to somebody else: both say yes before an address is shown, and nobody learns who said no."""

import datetime as dt

import pytest
from django.test import Client

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.models import Message
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.ending import dissolve_pairing
from pairs.domain.introducing.making import introductions_due
from pairs.domain.membership import leave_pairing
from pairs.models import ContactIntroduction
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.pairs.conftest import PAIRED, make_group, make_pair

WHY = "Both of you measure lagoons."
UNA = {"name": "Una Chief", "email": "una@lagoon.example", "why": WHY}
YES, NO = {"answer": "yes"}, {"answer": "no"}


@pytest.fixture
def pair(db):
    made = make_pair(kit="aspire")
    with tenant_scope(made.organisation), clock.at(PAIRED + dt.timedelta(days=1)):
        yield made


@pytest.fixture
def una(pair):
    """A member of the organisation who takes no part in the programme."""
    user = UserFactory(email=UNA["email"], given_name="Una", family_name="Chief")
    MembershipFactory(user=user)
    return user


def propose(pair, sign_in, **values) -> ContactIntroduction:
    answer = sign_in(pair.mentor).post(f"{pair.place}introductions/", UNA | values)
    assert answer.status_code == 302, answer.content.decode()
    return ContactIntroduction.objects.get()


def page(pair, row) -> str:
    return pair.url(f"introductions/{row.pk}/")


def link() -> str:
    """The address that went to somebody outside."""
    message = Message.objects.get(kind="pairs.contact_asked")
    return message.context["action_url"].split("://", 1)[1].partition("/")[2].join(("/", ""))


def seen(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def everything_sent_to(address: str) -> str:
    return " ".join(str(row.context) for row in Message.objects.filter(email=address))


@pytest.mark.covers("phase1.must.54")
def test_a_member_is_introduced_once_both_have_said_yes_and_not_before(pair, una, sign_in):
    row = propose(pair, sign_in)
    here, mentee, contact = page(pair, row), sign_in(pair.mentee), Client()
    contact.force_login(una)
    assert contact.get(here).status_code == 404, "the contact knows nothing before the mentee's yes"
    assert WHY in seen(mentee, here)
    assert UNA["email"] not in seen(mentee, here) + seen(mentee, f"{pair.place}introductions/")
    assert mentee.post(here, YES).status_code == 302
    assert UNA["email"] not in seen(mentee, here)
    assert pair.mentee.email not in seen(contact, here)
    assert pair.mentee.name in seen(contact, here)
    assert contact.post(here, YES).status_code == 302
    assert UNA["email"] in seen(mentee, here)
    assert pair.mentee.email in seen(contact, here)
    assert pair.mentee.email not in seen(sign_in(pair.mentor), here)
    assert "You are introduced" not in seen(sign_in(pair.mentor), here)
    assert pair.mentee.email in everything_sent_to(una.email)
    assert UNA["email"] in everything_sent_to(pair.mentee.email)


@pytest.mark.covers("phase1.must.54")
def test_somebody_outside_answers_by_a_link_without_an_account(pair, sign_in):
    row = propose(pair, sign_in)
    assert not Message.objects.filter(email=UNA["email"]).exists(), "nobody is asked before the mentee's yes"
    sign_in(pair.mentee).post(page(pair, row), YES)
    assert pair.mentee.email not in everything_sent_to(UNA["email"])
    outside, address = Client(), link()
    asked = seen(outside, address)
    assert WHY in asked
    assert pair.mentee.email not in asked
    assert outside.post(address).status_code == 422, "an answer is needed"
    assert ContactIntroduction.objects.get().state == "contact"
    done = outside.post(address, YES)
    assert pair.mentee.email in done.content.decode()
    assert outside.get(address).status_code == 410
    assert UNA["email"] in seen(sign_in(pair.mentee), page(pair, row))


@pytest.mark.covers("phase1.must.54")
@pytest.mark.parametrize("how", ["mentee", "contact", "taken back", "no answer", "the end"])
def test_however_it_does_not_go_ahead_the_mentor_learns_that_and_not_why(pair, sign_in, how):
    row = propose(pair, sign_in)
    here, mentor = page(pair, row), sign_in(pair.mentor)
    before = mentor.get(f"{pair.place}introductions/").content.decode()
    if how == "mentee":
        sign_in(pair.mentee).post(here, NO)
        assert not Message.objects.filter(email=UNA["email"]).exists()
    else:
        sign_in(pair.mentee).post(here, YES)
        waiting = sign_in(pair.mentor).get(f"{pair.place}introductions/").content.decode()
        assert ("waiting for an answer" in before) is ("waiting for an answer" in waiting) is True
    if how == "contact":
        assert Client().post(link(), NO).status_code == 200
    if how == "taken back":
        assert sign_in(pair.mentor).post(f"{here}take-back/").status_code == 302
    if how == "no answer":
        assert introductions_due(PAIRED + dt.timedelta(days=60)) is None
    if how == "the end":
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
    ended = ContactIntroduction.objects.get()
    assert (ended.state, ended.email) == ("not-made", "")
    assert "did not go ahead" in seen(sign_in(pair.mentor), f"{pair.place}introductions/")
    assert "No address was shown to anybody" in seen(sign_in(pair.mentor), here)
    told = Message.objects.filter(kind="pairs.contact_outcome", recipient=pair.mentor)
    assert [one.context["is_made"] for one in told] == [False]
    event = Event.objects.get(action="contact.not_made")
    assert (event.actor, event.data) == (None, {})
    if how != "mentee":
        assert Client().get(link()).status_code == 410
        assert UNA["email"] not in seen(sign_in(pair.mentee), here)


@pytest.mark.covers("phase1.must.54")
@pytest.mark.parametrize("last", ["mentee", "member", "outside"])
def test_a_yes_in_the_moment_in_which_the_mentoring_ends_introduces_nobody(pair, request, sign_in, monkeypatch, last):
    una = request.getfixturevalue("una") if last == "member" else None
    row = propose(pair, sign_in)
    here = page(pair, row)
    if last != "mentee":
        sign_in(pair.mentee).post(here, YES)
    monkeypatch.setattr("pairs.domain.ending.drop_introductions", lambda _rows: None)  # it was answered just then
    dissolve_pairing(pairing=pair.pairing, actor=pair.mentor)
    before = ContactIntroduction.objects.get().state
    if last == "outside":
        assert Client().post(link(), YES).status_code == 410
    else:
        assert sign_in(una or pair.mentee).post(here, YES).status_code < 500
    assert ContactIntroduction.objects.get().state == before
    assert not Message.objects.filter(kind="pairs.contact_made").exists()
    assert (last != "mentee") is Message.objects.filter(kind="pairs.contact_asked").exists()


@pytest.mark.covers("phase1.must.54")
@pytest.mark.parametrize("how", ["mentee", "contact", "taken back"])
def test_the_outbox_tells_the_same_whoever_said_no(pair, una, sign_in, how):
    row = propose(pair, sign_in)
    if how == "mentee":
        sign_in(pair.mentee).post(page(pair, row), NO)
    else:
        sign_in(pair.mentee).post(page(pair, row), YES)
        if how == "contact":
            sign_in(una).post(page(pair, row), NO)
        else:
            sign_in(pair.mentor).post(f"{page(pair, row)}take-back/")
    told = {one.recipient for one in Message.objects.filter(kind="pairs.contact_outcome")}
    assert told == {pair.mentor, pair.mentee} | (set() if how == "mentee" else {una})


@pytest.mark.covers("phase1.must.54")
def test_a_mentee_who_keeps_the_outbox_reads_no_address_there(pair, sign_in):
    Membership.objects.filter(user=pair.mentee).update(is_admin=True)
    row, mentee, outbox = propose(pair, sign_in), sign_in(pair.mentee), pair.url("outbox/")
    mentee.post(page(pair, row), YES)
    addresses = [
        f"{outbox}{pk}/" for pk in Message.objects.filter(kind__contains="contact").values_list("pk", flat=True)
    ]
    for address in (outbox, *addresses):
        text = seen(mentee, address)
        assert "A personal message" in text
        assert UNA["email"] not in text
        assert "Una" not in text
    assert "A personal message" not in seen(mentee, f"{outbox}?q=lagoon.example")


@pytest.mark.covers("phase1.tool.network")
def test_an_introduction_is_recorded_and_the_mentee_sees_it_where_the_others_of_the_house_do_not(pair, una, sign_in):
    row = propose(pair, sign_in)
    assert Event.objects.get(action="contact.proposed").actor == pair.mentor
    browser = sign_in(pair.mentee)
    assert f'href="{pair.place}introductions/"' in seen(browser, pair.url("mentoring/"))
    assert "Una Chief" in seen(browser, f"{pair.place}introductions/")
    stranger = UserFactory()
    MembershipFactory(user=stranger)
    elsewhere = UserFactory()
    with tenant_scope(OrganisationFactory(slug="elsewhere")):
        MembershipFactory(user=elsewhere)
    for user in (pair.coordinator, stranger, elsewhere, una):
        client = Client()
        client.force_login(user)
        for address in (f"{pair.place}introductions/", page(pair, row)):
            assert client.get(address).status_code == 404
        assert client.post(page(pair, row), YES).status_code == 404
        assert client.post(f"{page(pair, row)}take-back/").status_code == 404


def test_the_mentee_and_the_mentor_answer_for_nobody_else(pair, sign_in):
    row = propose(pair, sign_in)
    assert sign_in(pair.mentor).post(page(pair, row), YES).status_code == 403
    assert sign_in(pair.mentee).post(f"{page(pair, row)}take-back/").status_code == 403
    assert sign_in(pair.mentee).post(f"{pair.place}introductions/", UNA).status_code == 403
    sign_in(pair.mentee).post(page(pair, row), YES)
    assert sign_in(pair.mentee).get(link()).status_code == 403
    sign_in(pair.mentee).post(page(pair, row), NO)
    assert ContactIntroduction.objects.get().state == "contact", "a second answer of the mentee changes nothing"


def test_what_cannot_be_proposed_is_told_and_nothing_typed_is_lost(pair, sign_in):
    browser = sign_in(pair.mentor)
    answer = browser.post(f"{pair.place}introductions/", UNA | {"email": pair.mentee.email.upper()})
    assert answer.status_code == 422
    assert "This is the address of one of you" in answer.content.decode()
    assert WHY in answer.content.decode()
    propose(pair, sign_in)
    again = browser.post(f"{pair.place}introductions/", UNA)
    assert "You have proposed this already" in again.content.decode()
    assert ContactIntroduction.objects.count() == 1


def test_where_the_handbook_has_none_there_is_no_page_and_no_way_there(db, sign_in):
    made = make_pair()
    browser = sign_in(made.mentor)
    assert browser.get(f"{made.place}introductions/").status_code == 404
    assert "/introductions/" not in seen(browser, made.url("mentoring/"))


def test_in_a_group_the_mentor_says_whom_and_fellow_mentees_see_nothing_of_it(db, sign_in):
    group = make_group(changed=lambda handbook: handbook.content.update(introductions={"ours": True}))
    with tenant_scope(group.organisation), clock.at(PAIRED + dt.timedelta(days=1)):
        here, mentor = f"{group.place}introductions/", sign_in(group.users["Helen"])
        assert mentor.post(here, UNA).status_code == 422
        assert mentor.post(here, UNA | {"mentee": str(group.member("Sione").pk)}).status_code == 302
        row = ContactIntroduction.objects.get()
        assert row.mentee == group.member("Sione")
        fellow = sign_in(group.users["ʻAna"])
        assert "Una Chief" not in seen(fellow, here)
        assert fellow.get(group.url(f"introductions/{row.pk}/")).status_code == 404
        leave_pairing(pairing=group.fresh(), actor=group.users["Sione"])
        assert ContactIntroduction.objects.get().state == "not-made"
