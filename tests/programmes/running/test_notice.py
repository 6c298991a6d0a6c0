"""The notice for all staff: the same page for everybody who has its address, and nothing of anybody on it."""

import re

import pytest
from django.test import Client

from mentoring.history.models import Event
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.choosing.states import NotYours
from programmes.domain.public_notices import keep_notice
from programmes.models import PublicNotice
from templates_app.domain.responses import HeldBack
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.programmes.running.conftest import Office

pytestmark = pytest.mark.django_db


def opened(office: Office, sign_in, **values: str) -> str:
    """The coordinator opens the page; answers the address that their page gives them to print."""
    client = sign_in(office.coordinator)
    assert client.post(f"{office.place}notice/", {"is_open": "on"} | values).status_code == 302
    return re.search(r'href="(/o/glen/notice/[^"]+)"', client.get(f"{office.place}notice/").content.decode()).group(1)


@pytest.mark.covers("sssc.must.16")
def test_notice_and_role_descriptions_are_alike_for_everybody_who_has_the_address(office, sign_in):
    office.send("roledesc", purpose="That nobody starts alone here.")
    address = opened(office, sign_in)
    for client in (Client(), sign_in(UserFactory(email="nobody@elsewhere.example")), sign_in(office.mentee)):
        text = client.get(address).content.decode()
        for words in (
            "Peer mentoring is open to all staff", "What peer mentoring is", "Before you say yes", "Who suits it",
            "Mentor role description", "That nobody starts alone here.",
        ):  # fmt: skip
            assert words in text, words
        main = re.search(r"<main.*</main>", text, re.DOTALL).group(0)
        for person in (office.coordinator, office.steering, office.mentor, office.mentee):
            assert person.email not in main
            assert person.name not in main
    office.send("roledesc", purpose="Written anew.")
    assert "Written anew." in Client().get(address).content.decode()


@pytest.mark.covers("sssc.must.16")
def test_what_stands_there_can_name_nobody_who_takes_part(office, sign_in):
    office.send("roledesc", purpose="First")
    with pytest.raises(HeldBack):
        office.send("roledesc", purpose=f"Ask {office.mentor.name}, who does it well.")
    text = Client().get(opened(office, sign_in)).content.decode()
    assert "First" in text
    assert office.mentor.name not in text


def test_it_stands_there_only_while_a_coordinator_has_it_open(office, sign_in):
    assert not PublicNotice.objects.exists()
    address = opened(office, sign_in)
    assert Client().get(address).status_code == 200
    assert Client().get(address.upper().replace("/O/GLEN/NOTICE/", "/o/glen/notice/")).status_code == 200
    assert Client().post(address).status_code == 405
    sign_in(office.coordinator).post(f"{office.place}notice/", {})
    assert Client().get(address).status_code == 404
    assert opened(office, sign_in) == address  # what is printed stays right
    office.change("notice", offered=False)
    assert Client().get(address).status_code == 404
    assert sign_in(office.coordinator).get(f"{office.place}notice/").status_code == 404
    happened = Event.objects.filter(action__startswith="notice.").order_by("at", "created_at", "pk")
    assert sorted(happened.values_list("action", flat=True)) == ["notice.closed", "notice.opened", "notice.opened"]


def test_search_engines_and_names_only_where_the_coordinator_wants_them(office, sign_in):
    address = opened(office, sign_in)
    closed = Client().get(address)
    assert closed["X-Robots-Tag"] == "noindex, nofollow"
    assert 'content="noindex, nofollow"' in closed.content.decode()
    assert "Questions?" not in closed.content.decode()
    opened(office, sign_in, contact="peers@glen.example", may_be_found="on")
    shown = Client().get(address)
    assert "X-Robots-Tag" not in shown
    assert 'content="index, follow"' in shown.content.decode()
    assert "peers@glen.example" in shown.content.decode()


def test_neither_organisations_nor_programmes_can_be_looked_for(office, sign_in):
    address = opened(office, sign_in)
    code = address.rstrip("/").rpartition("/")[2]
    OrganisationFactory(slug="elsewhere")
    pages = [
        Client().get(path)
        for path in (
            "/o/nowhere/notice/aaaa-bbbb-cccc/", "/o/glen/notice/aaaa-bbbb-cccc/", f"/o/elsewhere/notice/{code}/",
            f"/o/glen/notice/{code[:-1]}/", "/o/glen/notice/peers/",
        )
    ]  # fmt: skip
    assert {page.status_code for page in pages} == {404}
    plain = {re.sub(r'nonce="[^"]*"|/o/[^"\s]*', "", page.content.decode()) for page in pages}
    assert len(plain) == 1
    assert "Glen" not in plain.pop()


def test_nobody_but_a_coordinator_opens_it(office, sign_in):
    admin = UserFactory(email="admin@glen.example")
    MembershipFactory(user=admin, is_admin=True)
    for user, code in ((office.steering, 403), (admin, 403), (office.mentor, 404)):
        assert sign_in(user).get(f"{office.place}notice/").status_code == code
        assert sign_in(user).post(f"{office.place}notice/", {"is_open": "on"}).status_code == code
    with pytest.raises(NotYours):
        keep_notice(programme=office.programme, is_open=True, contact="", may_be_found=False, actor=office.steering)
    elsewhere = OrganisationFactory(slug="elsewhere")
    with tenant_scope(elsewhere):
        stranger = UserFactory(email="stranger@elsewhere.example")
        MembershipFactory(user=stranger, organisation=elsewhere)
    assert sign_in(stranger).post(f"{office.place}notice/", {"is_open": "on"}).status_code == 404
    assert not PublicNotice.objects.exists()
