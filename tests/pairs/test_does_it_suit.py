"""What passes between two while it goes on: whether the match suits, asked of each alone, and a word of feedback."""

import datetime as dt

import pytest
from pydantic import ValidationError

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.models import Message
from pairs.domain.home import home_of
from pairs.domain.planning import replan
from pairs.domain.reading import right_to
from pairs.domain.reminders import remind_due
from pairs.domain.sheets import add_sheet
from pairs.enums import Right
from pairs.models import Output, Pairing
from templates_app.shapes import Offer, Worksheet
from tests.factories import MembershipFactory, UserFactory
from tests.pairs.conftest import PAIRED
from tests.pairs.filling import send
from tests.pairs.test_agreement_parts import CONTRACT, caltrans, in_force
from tests.pairs.test_logs import reader

__all__ = ["caltrans"]
DAY = dt.timedelta(days=1)


@pytest.fixture
def admin(caltrans):
    """The organisation's admin."""
    return MembershipFactory(user=UserFactory(email="admin@caltrans.example"), is_admin=True).user


def check_of(pair, side: str) -> Output:
    return pair.output(worksheet="match-check", side=side)


@pytest.mark.covers("cal.sys.64")
def test_four_weeks_on_each_is_asked_alone_whether_the_match_suits(caltrans, admin, sign_in):
    assert check_of(caltrans, "mentee").opens_at is None, "nobody is asked before they have begun"
    in_force(caltrans, CONTRACT)
    opens = check_of(caltrans, "mentee").opens_at
    assert 27 * DAY < opens - PAIRED < 29 * DAY
    Output.objects.exclude(worksheet="match-check").update(next_reminder_at=None)
    for day in range(0, 60, 3):
        with clock.at(PAIRED + day * DAY):
            remind_due(clock.now())
    told = Message.objects.filter(kind__in=["pairs.survey", "pairs.reminder", "pairs.escalation"])
    assert {message.recipient for message in told} == {caltrans.mentor, caltrans.mentee}
    assert [message.kind for message in told] == ["pairs.survey"] * 2, "asked once, and never reminded"
    with clock.at(opens + DAY):
        for user in (caltrans.mentor, caltrans.mentee):
            assert "Does it suit you?" in [line.label for line in home_of(user, caltrans.pairing).owed]
            own = check_of(caltrans, "mentor" if user == caltrans.mentor else "mentee")
            page = sign_in(user).get(caltrans.url(f"outputs/{own.pk}/")).content.decode()
            assert "Does the match suit you?" in page
        sent = send(check_of(caltrans, "mentee"), caltrans.mentee, {"suits": "does_not", "thoughts": "CANARY-NO"})
        for user in (caltrans.mentor, caltrans.coordinator, admin):
            assert right_to(user, sent) < Right.READ
            assert sign_in(user).get(caltrans.url(f"outputs/{sent.pk}/read/")).status_code == 404
        assert "CANARY" not in str(list(Event.objects.values())) + str(list(Message.objects.values()))


@pytest.mark.covers("cal.sys.64")
def test_a_no_leads_to_the_ending_without_blame_and_to_another_choice_and_a_yes_to_nothing(caltrans, sign_in):
    in_force(caltrans, CONTRACT)
    ways = ("Tell your partner what you miss", "See how you may end it, without a reason and without blame")
    with clock.at(PAIRED + 29 * DAY):
        replan(Pairing.objects.get(pk=caltrans.pairing.pk))
        yes = send(check_of(caltrans, "mentor"), caltrans.mentor, {"suits": "suits"})
        page = sign_in(caltrans.mentor).get(caltrans.url(f"outputs/{yes.pk}/read/")).content.decode()
        assert not [way for way in ways if way in page]
        assert sign_in(caltrans.mentor).post(caltrans.url(f"outputs/{yes.pk}/offers/1/")).status_code == 404
        no = send(check_of(caltrans, "mentee"), caltrans.mentee, {"suits": "does_not"})
        client = sign_in(caltrans.mentee)
        page = client.get(caltrans.url(f"outputs/{no.pk}/read/")).content.decode()
        assert all(way in page for way in ways)
        answer = client.post(caltrans.url(f"outputs/{no.pk}/offers/1/"), follow=True)
        assert "nobody is to blame" in answer.content.decode()
        assert Pairing.objects.get(pk=caltrans.pairing.pk).is_active, "looking at it ends nothing"
        client.post(f"{caltrans.place}end/")
        assert Pairing.objects.get(pk=caltrans.pairing.pk).state == "dissolved"
        home = client.get(caltrans.url("mentoring/")).content.decode()
        assert "Look for another mentor" in home


@pytest.mark.covers("cal.sys.65")
def test_feedback_is_given_at_any_time_asked_for_by_the_mentor_and_read_by_the_two_alone(caltrans, admin, sign_in):
    def word(user, **answers) -> Output:
        sheet = add_sheet(reader=reader(caltrans, user), worksheet="feedback", actor=user)
        return send(sheet, user, answers)

    asked = word(caltrans.mentor, question="CANARY-ASKED: how am I doing?")
    (told,) = Message.objects.filter(kind="pairs.sheet_sent")
    assert told.recipient == caltrans.mentee
    assert "CANARY" not in str(told.context)
    page = sign_in(caltrans.mentee).get(caltrans.url(f"outputs/{asked.pk}/read/")).content.decode()
    assert "CANARY-ASKED" in page
    words = [word(caltrans.mentee, helps=f"CANARY-{number}") for number in (1, 2)]
    assert words[0] != words[1], "whenever the mentee likes, and again"
    assert Message.objects.filter(kind="pairs.sheet_sent", recipient=caltrans.mentor).count() == 2
    for row in (asked, *words):
        for user in (caltrans.mentor, caltrans.mentee):
            assert right_to(user, row) >= Right.READ
        for user in (caltrans.coordinator, admin):
            assert right_to(user, row) < Right.READ
            assert sign_in(user).get(caltrans.url(f"outputs/{row.pk}/read/")).status_code == 404
    assert not [row for row in Output.objects.filter(worksheet="feedback") if row.required], "nobody owes it"


def test_what_asks_by_mail_is_what_one_answers_alone_and_is_never_owed():
    moment = {"key": "once", "opens": {"anchor": "pairing"}, "required": False, "asked_once": True}
    sheet = {
        "key": "check",
        "title": "Check",
        "filled_by": "each",
        "readers": {"preset": "private"},
        "moments": [moment],
        "sections": [{"key": "s", "fields": [{"key": "one", "kind": "text", "label": "One", "ours": True}]}],
    }
    assert Worksheet.model_validate(sheet).moments[0].asked_once
    wrong = ({"moments": [moment | {"required": True}]}, {"readers": {"preset": "pair"}}, {"filled_by": "together"})
    for change in wrong:
        with pytest.raises(ValidationError, match="asked_once"):
            Worksheet.model_validate(sheet | change)


def test_an_offer_goes_one_way():
    assert Offer.model_validate({"label": "End", "leads_to": "ending"}).opens == ""
    for change in ({}, {"opens": "grid", "leads_to": "ending"}, {"leads_to": "ending", "fills": {"one": "two"}}):
        with pytest.raises(ValidationError):
            Offer.model_validate({"label": "End"} | change)
