"""What staff need: managers are asked once in a planning year, and the coordinators see a list and counts."""

import datetime as dt
import re

import pytest
from django.test import Client

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.work.domain import run_worker
from mentoring.work.models import DueWork
from programmes.domain.managers.naming import NEEDS, name_manager, take_manager_back
from programmes.domain.managers.needs import ask_for_needs
from programmes.models import Cohort, NeedsAsking, Participant, StaffManager
from templates_app.domain.responses import answers_of
from tests.factories import MembershipFactory, UserFactory
from tests.programmes.running.conftest import Office

pytestmark = pytest.mark.django_db

YEAR = dt.datetime(2027, 1, 1, 6, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
SAID = {
    "f-unit": "Night shift",
    "f-needs-0-need": "Leading a handover",
    "f-needs-0-people": "3",
    "f-needs-1-need": "First months in the job",
    "f-needs-1-people": "4",
    "f-supply": "2",
    "f-nobody-nobody-done": "on",
    "_end": "1",
}


def put_on_list(office: Office, sign_in, name: str = "Maud Chief", unit: str = "Night shift") -> None:
    whom = {"name": name, "email": f"{name.split(maxsplit=1)[0].lower()}@chief.example", "unit": unit}
    answer = sign_in(office.coordinator).post(f"{office.place}managers/", whom)
    assert answer.status_code == 302, answer.content.decode()


def asked() -> list[str]:
    return [row.email for row in Message.objects.filter(kind="programmes.needs_asked").order_by("email")]


def address(email: str = "maud@chief.example") -> str:
    sent = Message.objects.filter(kind="programmes.needs_asked", email=email).order_by("-created_at").first()
    return re.sub(r"^https?://[^/]+", "", sent.context["action_url"])


def tick(at: dt.datetime) -> dt.datetime | None:
    with clock.at(at):
        return ask_for_needs(at)


@pytest.mark.covers("sssc.must.83")
def test_managers_are_asked_once_in_each_planning_year(office, sign_in):
    office.change("managers", needs_days=30)
    with clock.at(dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)):
        put_on_list(office, sign_in)
        person = Participant.objects.select_related("cohort__programme__handbook", "membership__user").get(
            pk=office.mentee_place.pk
        )
        whom = {"name": "Lena Line", "email": "lena@chief.example"}
        name_manager(person=person, actor=office.mentee, **whom)
    assert tick(YEAR - DAY) == YEAR  # not before the year begins
    assert asked() == []
    for hours in (0, 1, 24, 24 * 20):
        tick(YEAR + dt.timedelta(hours=hours))
    assert asked() == ["lena@chief.example", "maud@chief.example"]
    StaffManager.objects.all().delete()
    with clock.at(YEAR + 2 * DAY):
        put_on_list(office, sign_in)  # the same address again asks nobody twice
        put_on_list(office, sign_in, "Nora New")
    tick(YEAR + 2 * DAY)
    assert asked() == ["lena@chief.example", "maud@chief.example", "nora@chief.example"]
    with clock.at(YEAR + 40 * DAY):
        put_on_list(office, sign_in, "Late Comer")
    tick(YEAR + 40 * DAY)
    assert "late@chief.example" not in asked()
    tick(YEAR.replace(year=2028) + DAY)
    assert asked().count("maud@chief.example") == 2
    assert sorted(NeedsAsking.objects.filter(year=2028).values_list("email", flat=True)) == [
        "late@chief.example", "lena@chief.example", "maud@chief.example", "nora@chief.example",
    ]  # fmt: skip


@pytest.mark.covers("sssc.must.83")
def test_answers_reach_the_coordinator_as_a_list_with_counts_and_name_nobody(office, sign_in):
    for name, unit in (("Maud Chief", "Night shift"), ("Otto Chief", "Day centre")):
        put_on_list(office, sign_in, name, unit)
    tick(YEAR)
    with clock.at(YEAR + DAY):
        page = Client().get(address()).content.decode()
        letter = render_message(Message.objects.filter(kind="programmes.needs_asked").first())
        for person in (office.mentor, office.mentee, office.steering):
            assert person.name not in page + letter.text
        unticked = Client().post(address(), {key: value for key, value in SAID.items() if "nobody" not in key})
        assert unticked.status_code == 422
        assert "Leading a handover" in unticked.content.decode()
        assert not NeedsAsking.objects.exclude(response=None).exists()
        assert Client().post(address(), SAID).status_code == 200
        assert Client().get(address()).status_code == 410
        assert Client().post(address(), SAID | {"f-unit": "Another"}).status_code == 410
        kept = NeedsAsking.objects.select_related("response").get(email="maud@chief.example")
        assert answers_of(kept.response)["unit"] == "Night shift"
        text = sign_in(office.coordinator).get(f"{office.place}managers/").content.decode()
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    for words in (
        "Planning year 2027", "Asked 2", "Answered 1", "Not answered 1", "People for whom a need is seen 7",
        "People who could be mentors 2", "Leading a handover", "First months in the job", "Otto Chief",
    ):  # fmt: skip
        assert words in plain, words
    assert "handover" not in str([event.data for event in Event.objects.all()])


def test_nobody_but_the_coordinators_sees_it(office, sign_in):
    put_on_list(office, sign_in)
    tick(YEAR)
    admin = UserFactory(email="admin@glen.example")
    MembershipFactory(user=admin, is_admin=True)
    row = StaffManager.objects.get()
    for user, code in ((office.steering, 403), (admin, 403), (office.mentor, 404), (office.mentee, 404)):
        client = sign_in(user)
        assert client.get(f"{office.place}managers/").status_code == code
        assert client.post(f"{office.place}managers/{row.pk}/remove/").status_code == code
    assert Client().get(f"{office.place}managers/").status_code == 302
    assert StaffManager.objects.exists()


def test_whoever_is_taken_off_is_asked_no_more_and_their_link_ends(office, sign_in):
    put_on_list(office, sign_in)
    tick(YEAR)
    assert Client().get(address()).status_code == 200
    remove = f"{office.place}managers/{StaffManager.objects.get().pk}/remove/"
    assert sign_in(office.coordinator).post(remove).status_code == 302
    assert Client().get(address()).status_code == 410
    tick(YEAR.replace(year=2028))
    assert len(asked()) == 1


@pytest.mark.parametrize(
    ("besides", "code"), [("nobody", 410), ("the coordinators' list", 200), ("somebody else", 200)]
)
def test_the_question_to_a_manager_who_is_taken_back_ends_unless_others_want_them_asked(office, sign_in, besides, code):
    rows = Participant.objects.select_related("cohort__programme__handbook", "membership__user")
    person, other = (rows.get(pk=place.pk) for place in (office.mentee_place, office.mentor_place))
    maud = {"name": "Maud Chief", "email": "maud@chief.example"}
    name_manager(person=person, actor=office.mentee, **maud)
    if besides == "the coordinators' list":
        put_on_list(office, sign_in)
    if besides == "somebody else":
        name_manager(person=other, actor=office.coordinator, **maud)
    tick(YEAR)
    with clock.at(YEAR + DAY):
        assert Client().get(address()).status_code == 200
        name_manager(person=person, name="Otto New", email="otto@chief.example", actor=office.mentee)
        assert Client().get(address()).status_code == code
        assert Message.objects.get(kind="programmes.needs_asked").state == ("cancelled" if code == 410 else "queued")
        take_manager_back(person=person, actor=office.mentee)
        assert Client().post(address(), SAID).status_code == code


def test_of_two_managers_of_the_same_staff_one_is_in_the_sums(office, sign_in):
    """Who was replaced counts until whoever was named after them has answered; their answer stays to be read."""
    rows = Participant.objects.select_related("cohort__programme__handbook", "membership__user")
    person = rows.get(pk=office.mentee_place.pk)

    def sums() -> str:
        text = sign_in(office.coordinator).get(f"{office.place}managers/").content.decode()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))

    name_manager(person=person, name="Maud Chief", email="maud@chief.example", actor=office.mentee)
    tick(YEAR)
    with clock.at(YEAR + DAY):
        assert Client().post(address(), SAID).status_code == 200
        name_manager(person=person, name="Otto New", email="otto@chief.example", actor=office.mentee)
        tick(YEAR + DAY)
        assert "People for whom a need is seen 7" in sums(), "nobody has answered in their place yet"
        assert Client().post(address("otto@chief.example"), SAID | {"f-needs-0-people": "9"}).status_code == 200
        told = sums()
        assert "People for whom a need is seen 13" in told
        assert told.count("Not in the sums") == 1
        assert "Answered 2" in told
        put_on_list(office, sign_in)
        assert "People for whom a need is seen 20" in sums(), "on the coordinators' list they answer for their own unit"


def test_a_programme_at_rest_and_a_handbook_without_it_ask_nobody(office, sign_in):
    put_on_list(office, sign_in)
    Cohort.objects.update(state="closed")
    tick(YEAR)
    assert asked() == []
    Cohort.objects.update(state="open")
    needs = office.programme.handbook.content["managers"]["needs"]
    office.change("managers", needs=None)
    tick(YEAR)
    assert asked() == []
    assert sign_in(office.coordinator).get(f"{office.place}managers/").status_code == 404
    office.change("managers", needs=needs, needs_month=4, needs_day=6)
    tick(YEAR)
    assert asked() == []
    tick(dt.datetime(2027, 4, 6, 6, 0, tzinfo=dt.UTC))
    assert asked() == ["maud@chief.example"]
    assert "2027/28" in render_message(Message.objects.get(kind="programmes.needs_asked")).subject


def test_the_work_is_found_by_the_tick(office, sign_in):
    put_on_list(office, sign_in)
    assert DueWork.objects.filter(kind=NEEDS).exists()
    with clock.at(YEAR):
        run_worker(NEEDS, office.organisation, YEAR)
    assert asked() == ["maud@chief.example"]
