"""Whoever finds that it is not for them steps out by themselves, and is asked nothing."""

import re

import pytest
from django.test import Client

from mentoring.history.domain import sentence, timeline_of
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from pairs.domain.pairing import confirm_pairing
from programmes.domain.people import reinstate_person
from programmes.domain.roles import forget_roles
from programmes.domain.stepping_out import NotTheirPlace, step_out
from programmes.domain.training.doing import record_training
from programmes.enums import ParticipantState
from programmes.models import Participant

pytestmark = pytest.mark.django_db


def state(person: Participant) -> str:
    return Participant.objects.get(pk=person.pk).state


def asked_on(client: Client, page: str) -> list[str]:
    """Whatever the page's own form would send, by name."""
    (form,) = re.findall(r'<form method="post">(.*?)</form>', client.get(page).content.decode(), re.DOTALL)
    return re.findall(r'name="([^"]+)"', form)


@pytest.mark.covers("sssc.must.13")
@pytest.mark.parametrize(("side", "module"), [("mentor", "mentor-training"), ("mentee", "mentee-induction")])
def test_after_training_or_induction_anybody_steps_out_and_is_asked_nothing(office, sign_in, side, module):
    user, place = getattr(office, side), getattr(office, f"{side}_place")
    record_training(people=[place], key=module, on=office.cohort.starts_on, actor=office.coordinator)
    client, page = sign_in(user), office.url(f"place/{place.pk}/step-out/")
    assert page in client.get(office.url(f"place/{place.pk}/training/")).content.decode()
    assert asked_on(client, page) == ["csrfmiddlewaretoken"], "no reason, no choice, nothing to fill in"
    assert client.post(page).status_code == 302
    assert state(place) == ParticipantState.WITHDRAWN
    told = Message.objects.get(kind="programmes.stepped_out")
    assert told.recipient == office.coordinator
    assert set(told.context) == {"name", "programme", "action_url"}
    assert "Nobody was asked why" in render_message(told).text
    assert f"{place.name} stepped out" in [sentence(event) for event in timeline_of(place)]
    forget_roles(user)
    assert client.get(page).status_code == 404
    reinstate_person(person=Participant.objects.get(pk=place.pk), actor=office.coordinator)
    assert state(place) == ParticipantState.JOINED


def test_nobody_steps_out_for_somebody_else(office, sign_in):
    page = office.url(f"place/{office.mentee_place.pk}/step-out/")
    for user in (office.mentor, office.coordinator, office.steering):
        assert sign_in(user).post(page).status_code == 404
        with pytest.raises(NotTheirPlace):
            step_out(person=office.mentee_place, actor=user)
    assert state(office.mentee_place) == ParticipantState.JOINED


def test_a_running_pair_is_ended_first(office, sign_in):
    handbook = office.programme.handbook
    handbook.content = {**handbook.content, "training": []}
    office.change("joining", gates=[])
    office.change("matching", consent=None)
    mentor, mentee = (
        Participant.objects.select_related("cohort__programme__handbook", "membership__user").get(pk=place.pk)
        for place in (office.mentor_place, office.mentee_place)
    )
    mentee.cohort = mentor.cohort
    confirm_pairing(cohort=mentor.cohort, mentor=mentor, mentee=mentee, actor=office.coordinator)
    client, page = sign_in(office.mentee), office.url(f"place/{mentee.pk}/step-out/")
    assert '<form method="post">' not in client.get(page).content.decode()
    assert "step-out" not in client.get(office.url(f"place/{mentee.pk}/")).content.decode()
    assert client.post(page).status_code == 302
    assert state(mentee) == ParticipantState.JOINED
    assert not Message.objects.filter(kind="programmes.stepped_out").exists()
