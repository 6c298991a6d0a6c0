"""Modules: read, answered, recorded, due again, and what holds pairing back."""

import datetime as dt
import re

import pytest
from django.db import connection
from pydantic import ValidationError

from mentoring import clock
from mentoring.history.models import Event
from pairs.domain.pairing import obstacles
from programmes.domain.gates import what_holds_back
from programmes.domain.training.doing import (
    NotRead,
    NotTheirs,
    answer_questions,
    choices_of,
    read_page,
    record_training,
)
from programmes.domain.training.standing import module_for, standing_in, standing_of
from programmes.models import Training
from templates_app.shapes import Module
from tests.programmes.conftest import COHORT
from tests.programmes.training.conftest import BASICS, right_answers

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)


def page(client, url: str) -> str:
    return re.sub(r"\s+", " ", client.get(url, follow=True).content.decode())


def standing(person, key: str):
    return next(one for one in standing_of(person) if one.module.key == key)


def read_all(company):
    for number in range(2):
        read_page(person=company.participants["mentor"], key="basics", page=number, actor=company.mentor)


@pytest.mark.covers("sssc.must.11", "phase1.must.43")
def test_a_mentor_reads_answers_and_has_completed_it(school):
    mentor = school.participants["mentor"]
    module = module_for(mentor, "basics")
    with pytest.raises(NotRead):
        answer_questions(person=mentor, key="basics", answers=right_answers(module), actor=school.mentor)
    read_all(school)
    wrong = right_answers(module) | {"who": ["99"]}
    answered = answer_questions(person=mentor, key="basics", answers=wrong, actor=school.mentor)
    assert [one.is_right for one in answered] == [False, True]
    assert not standing(mentor, "basics").is_done
    answer_questions(person=mentor, key="basics", answers=right_answers(module), actor=school.mentor)
    done = standing(mentor, "basics")
    assert (done.is_done, done.completed_by, done.is_owed) == (True, "reading", False)
    event = Event.objects.get(action="training.completed")
    assert event.data == {"name": mentor.name, "title": "Mentoring basics"}


def test_of_several_right_answers_all_are_to_be_chosen_and_no_wrong_one(school):
    mentor = school.participants["mentor"]
    module = module_for(mentor, "basics")
    read_all(school)
    right = right_answers(module)
    every = [key for key, _text in choices_of(module.questions[1])]
    for chosen in (right["both"][:1], every, []):
        answered = answer_questions(person=mentor, key="basics", answers=right | {"both": chosen}, actor=school.mentor)
        assert [one.is_right for one in answered] == [True, False]


def test_nothing_of_the_answers_is_kept(school):
    mentor = school.participants["mentor"]
    read_all(school)
    answers = right_answers(module_for(mentor, "basics"))
    answer_questions(person=mentor, key="basics", answers=answers, actor=school.mentor)
    kept = {field.name for field in Training._meta.fields}
    assert kept == {
        "id", "created_at", "organisation", "participant", "module", "pages_read", "completed_on", "completed_by",
    }  # fmt: skip
    assert Training.objects.get().pages_read == [0, 1]


def test_nobody_takes_a_module_of_another_side_or_for_somebody_else(school):
    for person, key, actor in (
        (school.participants["mentee"], "basics", school.mentee),
        (school.participants["mentor"], "basics", school.mentee),
        (school.participants["mentor"], "nothing", school.mentor),
    ):
        with pytest.raises(NotTheirs):
            read_page(person=person, key=key, page=0, actor=actor)
    with pytest.raises(NotTheirs):
        read_page(person=school.participants["mentor"], key="basics", page=2, actor=school.mentor)


# --- As a gate ------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("sssc.must.11", "sssc.must.12")
def test_who_has_no_recorded_training_or_induction_is_not_paired(school):
    mentor, mentee = school.participants["mentor"], school.participants["mentee_two"]
    assert what_holds_back(mentor) == [f"{mentor.name} has not completed “Mentoring basics” yet."]
    assert what_holds_back(mentee) == [f"{mentee.name} has not completed “Induction” yet."]
    held = obstacles(cohort=school.cohort, mentor=mentor, mentee=mentee)
    assert any("Mentoring basics" in words for words in held)
    assert any("Induction" in words for words in held)
    record_training(people=[mentor], key="basics", on=TODAY, actor=school.coordinator)
    record_training(people=[mentee], key="induction", on=TODAY, actor=school.coordinator)
    assert what_holds_back(mentor) == what_holds_back(mentee) == []
    after = obstacles(cohort=school.cohort, mentor=mentor, mentee=mentee)
    assert not any("completed" in words for words in after)


def test_what_is_not_mandatory_holds_nobody_back(school):
    mentor = school.participants["mentor"]
    record_training(people=[mentor], key="basics", on=TODAY, actor=school.coordinator)
    assert not standing(mentor, "refresher").is_done
    assert what_holds_back(mentor) == []


def test_a_gate_must_be_mandatory_and_what_is_read_needs_pages():
    with pytest.raises(ValidationError, match="mandatory"):
        Module.model_validate(BASICS | {"mandatory": False})
    with pytest.raises(ValidationError, match="needs pages"):
        Module.model_validate(BASICS | {"pages": [], "by": "reading"})
    with pytest.raises(ValidationError, match="an article, or"):
        Module.model_validate(BASICS | {"pages": [{"title": "No words"}]})


# --- Recorded, and due again -------------------------------------------------------------------------------------------------


@pytest.mark.covers("sssc.must.67")
def test_training_over_time_is_recorded_and_who_is_due_is_listed(school):
    mentor = school.participants["mentor"]
    record_training(people=[mentor], key="refresher", on=dt.date(2026, 3, 31), actor=school.coordinator)
    with clock.at(dt.datetime(2026, 9, 28, 12, tzinfo=dt.UTC)):
        assert not standing(mentor, "refresher").is_due_again
    with clock.at(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)):
        found = standing(mentor, "refresher")
        assert (found.is_due_again, found.due_again_on) == (True, dt.date(2026, 9, 30))
        listed = {
            person.pk: [one.module.key for one in rows if one.is_owed]
            for person, rows in standing_in(school.coordinator, school.cohort)
        }
        assert listed[mentor.pk] == ["basics", "refresher"]
        record_training(people=[mentor], key="refresher", on=dt.date(2026, 10, 1), actor=school.coordinator)
        assert not standing(mentor, "refresher").is_due_again
    assert Training.objects.filter(module="refresher").count() == 2


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [((2026, 1, 31), 1, (2026, 2, 28)), ((2027, 12, 31), 2, (2028, 2, 29)), ((2026, 5, 4), 12, (2027, 5, 4))],
)
def test_months_later_stays_within_the_month(day, months, expected):
    assert clock.months_later(dt.date(*day), months) == dt.date(*expected)


def test_recording_twice_on_a_day_records_once_and_passes_over_who_does_not_take_it(school):
    people = [school.participants["mentor"], school.participants["mentee"]]
    new = record_training(people=people, key="basics", on=TODAY, actor=school.coordinator)
    assert new == [school.participants["mentor"]]
    assert record_training(people=people, key="basics", on=TODAY, actor=school.coordinator) == []
    assert Training.objects.count() == 1


@pytest.mark.parametrize("who", ["mentor", "mentee", "partner_lead", "steering", "admin"])
def test_only_a_coordinator_records_and_sees_how_everybody_stands(school, who, sign_in):
    user = getattr(school, who)
    with pytest.raises(NotTheirs):
        record_training(people=[school.participants["mentor"]], key="basics", on=TODAY, actor=user)
    assert standing_in(user, school.cohort) == []
    assert sign_in(user).get(school.url(f"{COHORT}training/")).status_code in {403, 404}


def test_how_a_cohort_stands_costs_the_same_for_any_number_of_people(school):
    from django.test.utils import CaptureQueriesContext

    standing_in(school.coordinator, school.cohort)
    with CaptureQueriesContext(connection) as seen:
        assert len(standing_in(school.coordinator, school.cohort)) == 4
    assert len([one for one in seen if "SELECT" in one["sql"]]) <= 4


# --- Pages ----------------------------------------------------------------------------------------------------------------


def test_a_module_by_page_from_beginning_to_end(school, sign_in):
    client = sign_in(school.mentor)
    person = school.participants["mentor"]
    base = school.url(f"place/{person.pk}/training/")
    assert "Mentoring basics" in page(client, base)
    url = f"{base}basics/"
    assert "Page 1 of 2" in page(client, url)
    assert "Page 1 of 2" in page(client, f"{url}?page=questions")
    assert client.post(url, {"page": "1"}).headers["Location"].endswith("?page=2")
    assert "<strong>no</strong>" in page(client, f"{url}?page=2")
    assert client.post(url, {"page": "2"}).headers["Location"].endswith("?page=questions")
    right = right_answers(module_for(person, "basics"))
    wrong = client.post(url, {"page": "questions", "who": "0", "both": right["both"]}).content.decode()
    assert "It is the mentee&#x27;s road." in wrong
    assert "try again" in wrong
    passed = client.post(url, {"page": "questions", "who": right["who"][0], "both": right["both"]})
    assert "You have completed" in passed.content.decode()
    assert "Completed on" in page(client, base)
    assert client.get(f"{base}nothing/").status_code == 404
    assert sign_in(school.mentee).get(base).status_code == 404


def test_who_waits_is_shown_the_training_that_comes_first(school, sign_in):
    person = school.participants["mentor"]
    type(person).objects.filter(pk=person.pk).update(enrolment=None)
    words = page(sign_in(school.mentor), school.url(f"enrolment/{person.pk}/next/"))
    assert "Mentoring basics" in words
    assert "It comes before you are paired." in words


def test_a_coordinator_records_by_page_and_the_person_s_page_shows_it(school, sign_in):
    client = sign_in(school.coordinator)
    url = school.url(f"{COHORT}training/")
    person = school.participants["mentor"]
    assert "cannot be paired before" in page(client, url)
    sent = {"module": "basics", "on": "2026-01-15", "people": [str(person.pk)]}
    assert "Recorded for 1 person." in client.post(url, sent, follow=True).content.decode()
    assert "recorded by a coordinator" in page(client, url)
    assert "15 Jan 2026" in page(client, school.url(f"{COHORT}people/{person.pk}/"))
    future = client.post(url, sent | {"on": "2999-01-01"})
    assert "still to come" in future.content.decode()


def test_a_programme_without_training_has_no_page_for_it(inside, sign_in):
    person = inside.participants["mentor"]
    assert sign_in(inside.mentor).get(inside.url(f"place/{person.pk}/training/")).status_code == 404
    client = sign_in(inside.coordinator)
    assert client.get(inside.url(f"{COHORT}training/")).status_code == 404
    assert "training/" not in page(client, inside.url(COHORT))
