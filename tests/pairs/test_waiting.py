"""What stands on the page of somebody who waits for a pair is true on the day it is read."""

import datetime as dt
from types import SimpleNamespace

import pytest

from mentoring import clock
from pairs.domain.waiting import Place
from programmes.domain.training.standing import Standing
from templates_app.shapes import Module

BEGINS = dt.date(2026, 11, 2)


@pytest.mark.parametrize(
    ("now", "begun"), [("2026-11-01T09:00", False), ("2026-11-01T12:00", True), ("2026-11-23T00:00", True)]
)
def test_a_programme_begins_once_its_day_is_there_where_the_person_is(now, begun):
    person = SimpleNamespace(cohort=SimpleNamespace(starts_on=BEGINS), zone="Pacific/Apia")
    place = Place(
        person=person, profile_sent=True, profile_begun=True, oriented=True, by_choice=False, beforehand=[], asked=[],
        step=None,
    )  # fmt: skip
    with clock.at(dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)):
        assert place.has_begun is begun


@pytest.mark.parametrize(("questions", "how"), [([], "read"), ([object()], "read, and its questions answered")])
def test_of_a_module_without_questions_nobody_is_said_to_have_answered_them(questions, how):
    assert Standing(Module.model_construct(questions=questions), completed_by="reading").how == how
