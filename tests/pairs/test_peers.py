"""Groups of peers, and groups with a mentor: members, a lead, sessions and pages closed to everybody else."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.agreeing_times import accept_time, propose_times
from pairs.domain.membership import leave_pairing
from pairs.domain.pairing import CannotPair
from pairs.domain.peers import form_peers, name_lead
from pairs.domain.people import NotAMember, people_of
from pairs.models import Output, Pairing, Session
from tests.factories import MembershipFactory, UserFactory
from tests.pairs.conftest import PAIRED, make_group

NOW = PAIRED + dt.timedelta(days=1)
PDF = b"%PDF-1.7\n1 0 obj\n"
MODELS = ("one-to-one", "group", "peers", "informal")


@pytest.fixture
def group(db):
    """Helen with ʻAna, Sione and Moana as a group of the handbook aspire; Leilani and Keoni are in none."""
    made = make_group(kit="aspire", models=MODELS)
    with tenant_scope(made.organisation), clock.at(NOW):
        yield made


def new(group, side="mentee") -> str:
    cohort = group.cohort
    return group.url(f"programmes/{cohort.programme.slug}/cohorts/{cohort.slug}/matching/peers/{side}/")


def make(group, sign_in, names=("ʻAna", "Leilani", "Keoni"), lead="Leilani", side="mentee") -> Pairing:
    sent = {"members": [str(group.places[name].pk) for name in names], "lead": str(group.places[lead].pk)}
    answer = sign_in(group.coordinator).post(new(group, side), sent)
    assert answer.status_code == 302, answer.content.decode()
    return Pairing.objects.get(model="peers")


def share(browser, here: str):
    return browser.post(f"{here}files/", {"title": "Our notes", "file": SimpleUploadedFile("notes.pdf", PDF)})


def add_session(browser, here: str):
    return browser.post(f"{here}sessions/further/", {"day": "2026-11-20", "time": "09:00", "minutes": "45"})


@pytest.mark.covers("phase1.must.64", "phase1.arch.6.b")
def test_peers_have_members_a_lead_sessions_and_pages_of_their_own_without_a_mentor(group, sign_in):
    made = make(group, sign_in)
    here = group.url(f"pairs/{made.pk}/")
    people = people_of(made)
    assert {person.name for person in people.present} == {"ʻAna Tupou", "Leilani Tupou", "Keoni Tupou"}
    assert people.lead.name == "Leilani Tupou"
    assert not people.mentors.count
    assert not Output.objects.filter(pairing=made).exists()
    told = Message.objects.filter(kind="pairs.grouped", subject_id=made.pk)
    assert {row.recipient for row in told} == {group.users[name] for name in ("ʻAna", "Leilani", "Keoni")}
    keoni = sign_in(group.users["Keoni"])
    assert "Leilani Tupou leads" in keoni.get(group.url("mentoring/")).content.decode()
    assert add_session(keoni, here).status_code == 302
    sessions = keoni.get(f"{here}sessions/").content.decode()
    assert "Leilani Tupou leads the group" in sessions
    assert "Hand over to" not in sessions
    session = made.sessions.get()
    assert keoni.get(f"{here}sessions/{session.pk}/").status_code == 200
    assert share(keoni, here).status_code == 302
    leilani = sign_in(group.users["Leilani"])
    assert "Our notes" in leilani.get(f"{here}files/").content.decode()
    assert "You lead the group" in leilani.get(f"{here}sessions/").content.decode()
    for page in ("documents/", "worksheets/", "goals/", "actions/", "logs/"):
        assert leilani.get(f"{here}{page}").status_code == 200, page


@pytest.mark.covers("phase1.must.64")
@pytest.mark.parametrize("kind", ["peers", "group"])
def test_the_space_of_either_group_is_closed_to_everybody_else(group, sign_in, kind):
    made = make(group, sign_in) if kind == "peers" else group.pairing
    here, member = group.url(f"pairs/{made.pk}/"), sign_in(group.users["ʻAna"])
    if kind == "group":
        assert people_of(made).mentors.name == "Helen Tupou", "a mentor leads it"
    assert member.get(f"{here}sessions/").status_code == 200
    assert share(member, here).status_code == 302
    stranger = UserFactory()
    MembershipFactory(user=stranger)
    outside = group.users["Sione" if kind == "peers" else "Keoni"]
    for user in (group.coordinator, group.users["Tevita"], outside, stranger, UserFactory()):
        browser = sign_in(user)
        for page in ("sessions/", "files/", "documents/", "worksheets/"):
            assert browser.get(f"{here}{page}").status_code in {403, 404}, (user, page)
        assert add_session(browser, here).status_code in {403, 404}
        assert share(browser, here).status_code in {403, 404}


def test_what_one_writes_is_read_by_the_group_and_by_no_coordinator(group, sign_in):
    made = make(group, sign_in)
    here, leilani = group.url(f"pairs/{made.pk}/"), sign_in(group.users["Leilani"])
    answer = leilani.post(f"{here}worksheets/small-win/new/")
    assert answer.status_code == 302, answer.content.decode()
    sheet = Output.objects.get(pairing=made)
    assert sign_in(group.coordinator).get(group.url(f"outputs/{sheet.pk}/read/")).status_code == 404
    assert sign_in(group.coordinator).get(group.url(f"pairs/{made.pk}/")).status_code == 200


def test_mentors_among_themselves_are_a_group_too(group, sign_in):
    made = make(group, sign_in, names=("Helen", "Tevita"), lead="Tevita", side="mentor")
    page = sign_in(group.users["Helen"]).get(group.url(f"mentoring/?pair={made.pk}")).content.decode()
    assert "Tevita Tupou leads" in page
    assert "Introduce your mentee" not in page


def test_a_coordinator_names_another_lead_takes_people_in_and_the_group_goes_on_without_its_lead(group, sign_in):
    made = make(group, sign_in)
    members = group.url(f"pairs/{made.pk}/members/")
    browser = sign_in(group.coordinator)
    answer = browser.post(members, {"leading": "yes", "lead": str(group.places["Keoni"].pk)})
    assert answer.status_code == 302
    assert people_of(Pairing.objects.get(pk=made.pk)).lead.name == "Keoni Tupou"
    assert browser.post(members, {"participant": str(group.places["Sione"].pk)}).status_code == 302
    refused = browser.post(members, {"participant": str(group.places["Tevita"].pk)})
    assert refused.status_code == 422, "a mentor is no peer of mentees"
    with pytest.raises(NotAMember):
        name_lead(pairing=made, lead=group.places["Keoni"], actor=group.users["Keoni"])
    leave_pairing(pairing=Pairing.objects.get(pk=made.pk), actor=group.users["Keoni"])
    fresh = Pairing.objects.get(pk=made.pk)
    assert fresh.is_active
    assert people_of(fresh).lead is None
    page = sign_in(group.users["Sione"]).get(group.url(f"pairs/{made.pk}/sessions/")).content.decode()
    assert "Nobody leads the group at present" in page


def test_what_does_not_make_a_group_of_peers_is_told(group, sign_in):
    browser = sign_in(group.coordinator)
    one = [str(group.places["Keoni"].pk)]
    for sent, words in (
        ({"members": one, "lead": one[0]}, "Choose 2 to 12 mentees"),
        (
            {"members": [*one, str(group.places["Sione"].pk)], "lead": str(group.places["Moana"].pk)},
            "not one of the group",
        ),
    ):
        answer = browser.post(new(group), sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    both = [group.places["Helen"], group.places["Keoni"]]
    with pytest.raises(CannotPair, match="members of one role"):
        form_peers(cohort=group.cohort, members=both, lead=both[0], actor=group.coordinator)
    assert sign_in(group.users["Helen"]).get(new(group)).status_code in {403, 404}
    assert browser.get(new(group, "nobody")).status_code == 404
    assert not Pairing.objects.filter(model="peers").exists()


def test_among_peers_everybody_else_may_answer_proposed_times(group, sign_in):
    made = make(group, sign_in)
    here = group.url(f"pairs/{made.pk}/")
    add_session(sign_in(group.users["Keoni"]), here)
    session = Session.objects.get(pairing=made)
    start = NOW + dt.timedelta(days=20)
    propose_times(session=session, starts=[start], minutes=60, zone="UTC", actor=group.users["Keoni"])
    page = sign_in(group.users["Leilani"]).get(f"{here}sessions/{session.pk}/").content.decode()
    assert "Take this time" in page
    assert "Take this time" not in sign_in(group.users["Keoni"]).get(f"{here}sessions/{session.pk}/").content.decode()
    accept_time(session=session, start=start, actor=group.users["Leilani"])
    session.refresh_from_db()
    assert session.starts_at == start
