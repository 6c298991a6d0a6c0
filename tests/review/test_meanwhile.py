"""Somebody was faster: what was read before is looked at again before anything follows from it."""

import pytest

from pairs.domain.agreement import take_back
from pairs.domain.agreement_states import WrongState
from pairs.domain.goals import wording_of
from pairs.domain.schedule import fingerprint, numbered
from pairs.models import Agreement, Goal, Schedule, SigningEvent
from programmes.domain.gatherings import GatheringOver, cancel_gathering, change_gathering
from programmes.domain.people import PersonRefused, change_participant
from programmes.enums import ParticipantState
from programmes.models import Gathering, Participant
from tests.pairs.filling import GOAL as UNDATED
from tests.pairs.filling import send, take_up
from tests.pairs.filling import write as write_sheet
from tests.pairs.test_agreement import sign, write
from tests.pairs.test_schedule import save, six
from tests.programmes.test_gatherings import FACTS, WHEN, plan

GOAL = UNDATED | {"due": "2027-03-01"}


def test_nobody_signs_what_the_partner_has_just_taken_back(pair):
    offered = write(pair)
    opened_before = Agreement.objects.get(pk=offered.pk)
    take_back(agreement=offered, actor=pair.mentee)
    with pytest.raises(WrongState):
        sign(pair, opened_before, pair.mentor)
    assert not SigningEvent.objects.filter(agreement=offered, action="signed").exists()


def test_opening_a_sheet_that_was_not_sent_to_more_readers_says_so(pair, client):
    draft = write_sheet(pair.output(worksheet="prep", side="mentee"), pair.mentee, {"growth": "CANARY"})
    client.force_login(pair.mentee)
    answer = client.post(pair.url(f"outputs/{draft.pk}/share/"), {"audience": "partner"})
    assert answer.status_code == 302


def test_nobody_agrees_to_words_of_a_goal_they_did_not_read(pair, client):
    goals = pair.output(worksheet="goals", moment="session-1")
    goals = send(goals, pair.mentee, {"goals": [GOAL]})
    shown = wording_of(Goal.objects.get())
    send(take_up(goals, pair.mentee), pair.mentee, {"goals": [GOAL | {"action": "Something else"}]})
    client.force_login(pair.mentor)
    path = f"{pair.place}goals/{Goal.objects.get().pk}/answer/"
    answer = client.post(path, {"comment": "I typed this", "agreed": "on", "seen": shown})
    assert answer.status_code == 422
    assert Goal.objects.get().agreed_at is None
    assert "I typed this" in answer.content.decode()
    again = client.post(
        path, {"comment": "I typed this", "agreed": "on", "seen": answer.context["form"]["seen"].value()}
    )
    assert again.status_code == 302
    assert Goal.objects.get().agreed_at is not None


def test_dates_entered_too_late_are_still_there_and_can_be_saved_on_purpose(pair, client):
    seen = fingerprint(Schedule.objects.get(pairing=pair.pairing), numbered(pair.pairing))
    save(pair, six(), actor=pair.mentee)
    client.force_login(pair.mentor)
    mine = {"frequency": "monthly", "platform": "zoom", "minutes": "60", "link": "", "seen": seen}
    for number, day in enumerate(("11-19", "12-17", "01-14", "02-11", "03-11", "04-08"), start=1):
        year = 2026 if number < 3 else 2027
        mine |= {f"day_{number}": f"{year}-{day}", f"time_{number}": "09:00"}
    late = client.post(f"{pair.place}schedule/", mine)
    assert late.status_code == 422
    assert pair.session(1).starts_at == six()[1]
    form = late.context["form"]
    assert form["day_1"].value() == "2026-11-19"
    again = client.post(f"{pair.place}schedule/", mine | {"seen": form["seen"].value()})
    assert again.status_code == 302
    assert pair.session(1).starts_at.day == 18


def test_a_change_does_not_bring_a_cancelled_event_back(inside):
    gathering = plan(inside, "mentee")
    opened_before = Gathering.objects.select_related("cohort__programme").get(pk=gathering.pk)
    cancel_gathering(gathering=gathering, actor=inside.coordinator)
    with pytest.raises(GatheringOver):
        change_gathering(gathering=opened_before, starts_at=WHEN, actor=inside.coordinator, **FACTS)
    assert Gathering.objects.get(pk=gathering.pk).cancelled_at is not None


def test_changing_somebodys_details_does_not_take_back_that_they_have_just_joined(inside):
    place = Participant.objects.get(membership__user=inside.mentee, cohort=inside.cohort)
    opened_before = Participant.objects.select_related("cohort__programme__handbook").get(pk=place.pk)
    opened_before.membership, opened_before.state = None, ParticipantState.INVITED
    facts = {"title": "Assessor"}
    email = opened_before.email
    change_participant(person=opened_before, email=email, facts=facts, partner=None, actor=inside.coordinator)
    place.refresh_from_db()
    assert (place.state, place.title) == (ParticipantState.JOINED, "Assessor")
    assert place.membership.user == inside.mentee
    with pytest.raises(PersonRefused):
        change_participant(
            person=opened_before, email="other@reef.example", facts=facts, partner=None, actor=inside.coordinator
        )
