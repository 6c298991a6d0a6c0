"""Courses: lessons in their order, a check at the end, a record for each person; courses elsewhere; those of a handbook."""

import datetime as dt
import re
from html import unescape

import pytest
from pydantic import ValidationError

from programmes.domain.training.doing import NotTheirs, finish_elsewhere
from programmes.domain.training.standing import standing_of
from programmes.models import Training
from templates_app.shapes import Module
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.programmes.conftest import COHORT
from tests.programmes.training.conftest import BASICS, right_answers

pytestmark = pytest.mark.django_db
ELSEWHERE = {
    "key": "outside", "title": "Leading online", "roles": ["mentee"], "by": "course", "ours": True,
    "url": "https://courses.example/leading", "again_months": 12,
}  # fmt: skip


def page(client, url: str) -> str:
    return re.sub(r"\s+", " ", unescape(client.get(url, follow=True).content.decode()))


@pytest.fixture
def linked(school):
    """The same programme with a course that is offered elsewhere."""
    handbook = school.programme.handbook
    handbook.content = {**handbook.content, "training": [*handbook.content["training"], ELSEWHERE]}
    handbook.revision += 1
    handbook.save()
    for person in school.participants.values():
        person.cohort.programme.refresh_from_db()
    return school


def standing(person, key: str):
    return next(one for one in standing_of(person) if one.module.key == key)


# --- Lessons, check, record -----------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.arch.5.b", "phase1.must.15", "phase1.tool.lms")
def test_lessons_come_in_their_order_the_check_at_the_end_and_each_person_has_a_record(school, sign_in):
    client, person = sign_in(school.mentor), school.participants["mentor"]
    url = school.url(f"place/{person.pk}/training/basics/")
    record = school.url(f"{COHORT}people/{person.pk}/")
    coordinator = sign_in(school.coordinator)
    first = page(client, url)
    assert "Page 1 of 2" in first
    assert "Boundaries" not in first
    assert "Page 1 of 2" in page(client, f"{url}?page=questions"), "the check comes after the lessons"
    client.post(url, {"page": "1"})
    assert "Boundaries" in page(client, url), "it goes on where one has stopped"
    client.post(url, {"page": "2"})
    assert not standing(person, "basics").is_done, "the lessons alone do not complete it"
    right = right_answers(next(one.module for one in standing_of(person) if one.module.key == "basics"))
    client.post(url, {"page": "questions", "who": "9", "both": right["both"]})
    assert not standing(person, "basics").is_done
    assert "read, and its questions answered" not in page(coordinator, record)
    client.post(url, {"page": "questions", "who": right["who"][0], "both": right["both"]})
    assert standing(person, "basics").completed_by == "reading"
    assert "read, and its questions answered" in page(client, school.url(f"place/{person.pk}/training/"))
    assert "read, and its questions answered" in page(coordinator, record)
    other = school.participants["mentor_two"]
    assert not standing(other, "basics").is_done, "a record for each person"


# --- Elsewhere ------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.arch.5.c", "phase1.tool.lms")
def test_a_course_elsewhere_is_linked_and_marked_done_by_whoever_took_it(linked, sign_in):
    client, person = sign_in(linked.mentee), linked.participants["mentee"]
    own = linked.url(f"place/{person.pk}/training/")
    before = page(client, own)
    assert 'href="https://courses.example/leading"' in before
    assert "I have done it: Leading online" in before
    told = client.post(f"{own}outside/", {"page": "elsewhere"}, follow=True).content.decode()
    assert "You have completed" in told
    after = page(client, own)
    assert "done elsewhere, by their own word" in after
    assert "I have done it" not in after
    assert 'href="https://courses.example/leading"' in after, "one may look at it again"
    client.post(f"{own}outside/", {"page": "elsewhere"})
    assert Training.objects.filter(module="outside").count() == 1, "pressed twice it is recorded once"
    record = page(sign_in(linked.coordinator), linked.url(f"{COHORT}people/{person.pk}/"))
    assert "Leading online" in record
    assert "done elsewhere, by their own word" in record


def test_when_it_is_due_again_one_may_say_so_again(linked, sign_in):
    person = linked.participants["mentee"]
    Training.objects.create(
        participant=person, module="outside", completed_on=dt.date(2020, 1, 1), completed_by="course"
    )
    own = linked.url(f"place/{person.pk}/training/")
    assert "I have done it" in page(sign_in(linked.mentee), own)
    finish_elsewhere(person=person, key="outside", actor=linked.mentee)
    assert "I have done it" not in page(sign_in(linked.mentee), own)


def test_a_word_completes_nothing_that_asks_for_more_and_nothing_of_somebody_else(linked, sign_in):
    mentor, mentee = linked.participants["mentor"], linked.participants["mentee"]
    for person, key, actor in (
        (mentor, "basics", linked.mentor),  # to be read, and no course elsewhere
        (mentee, "induction", linked.mentee),  # to be attended
        (mentee, "outside", linked.coordinator),
        (mentee, "outside", linked.mentee_two),
        (mentor, "outside", linked.mentor),  # not for mentors
    ):
        with pytest.raises(NotTheirs):
            finish_elsewhere(person=person, key=key, actor=actor)
    url = linked.url(f"place/{mentee.pk}/training/induction/")
    assert sign_in(linked.mentee).post(url, {"page": "elsewhere"}).status_code == 404
    assert not Training.objects.exists()


def test_a_course_elsewhere_has_an_address_of_the_web():
    with pytest.raises(ValidationError, match="needs its address"):
        Module.model_validate(BASICS | {"by": "course"})
    for address in ("javascript:alert(1)", "courses.example", "https://a b"):
        with pytest.raises(ValidationError):
            Module.model_validate(ELSEWHERE | {"url": address})


def test_a_gate_that_is_not_for_everybody_is_refused_in_words_for_the_browser_too():
    with pytest.raises(ValidationError, match="must be completed by everybody") as refused:
        Module.model_validate(BASICS | {"gate": True, "mandatory": False})
    assert "true" not in refused.value.errors()[0]["msg"]


# --- Of the handbook of aspirations -----------------------------------------------------------------------------------------


@pytest.fixture
def aspiring(in_organisation):
    """Somebody on either side of a programme from the handbook of aspirations, and its coordinator."""
    programme = ProgrammeFactory(slug="aspiring", handbook__kit="aspire")
    coordinator = UserFactory(email="coordinator@aspiring.example")
    AssignmentFactory(programme=programme, membership=MembershipFactory(user=coordinator))
    cohort = CohortFactory(programme=programme)
    users = {side: UserFactory(email=f"{side}@aspiring.example") for side in ("mentor", "mentee")}
    places = {
        side: ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=user), side=side)
        for side, user in users.items()
    }
    return in_organisation, users, places


@pytest.mark.covers("phase1.arch.8.a", "phase1.arch.8.b", "phase1.arch.8")
@pytest.mark.parametrize(
    ("side", "taken", "not_taken"),
    [
        ("mentor", ["Being a mentor who helps"], ["Growing, step by step", "First steps in leading others"]),
        ("mentee", ["Growing, step by step", "First steps in leading others"], ["Being a mentor who helps"]),
    ],
)
def test_each_side_has_modules_of_its_own_and_completes_one(aspiring, side, taken, not_taken, sign_in):
    organisation, users, places = aspiring
    client, person = sign_in(users[side]), places[side]
    own = f"/o/{organisation.slug}/place/{person.pk}/training/"
    shown = page(client, own)
    assert [title for title in (*taken, *not_taken) if title in shown] == taken
    for standing_before in standing_of(person):
        module = standing_before.module
        url = f"{own}{module.key}/"
        for number in range(1, len(module.pages) + 1):
            body = page(client, f"{url}?page={number}")
            assert f"Page {number} of {len(module.pages)}" in body
            assert len(body.split('<article class="article">')[1].split("</article>")[0]) > 300, (
                "there is something to read"
            )
            client.post(url, {"page": str(number)})
        if module.questions:
            client.post(url, {"page": "questions"} | right_answers(module))
    assert all(one.is_done for one in standing_of(person))
