"""What a handbook has a pair do before something else: sheets and sessions wait, and a page lists what is still undone."""

import pytest

from mentoring import clock
from pairs.domain.agreement import open_agreement
from pairs.domain.dating import CannotDate
from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from pairs.domain.sessions import hold_session
from pairs.domain.undone import firsts, undone
from pairs.enums import AgreementState, SessionState
from pairs.models import Agreement, Output, Session, SigningEvent
from templates_app.domain.kits import kit_of
from templates_app.domain.responses import HeldBack
from tests.pairs.conftest import PAIRED
from tests.pairs.test_agreement_parts import ACCEPTED, gla, in_force, offer, sign  # noqa: F401 - the fixture


def session_one(pair) -> Session:
    session = pair.session(1)
    Session.objects.filter(pk=session.pk).update(starts_at=PAIRED, minutes=60)
    session.refresh_from_db()
    return session


def objectives(pair) -> Output:
    return Output.objects.filter(pairing=pair.pairing, worksheet="objectives").select_related("pairing").first()


@pytest.mark.covers("gla.must.13")
def test_goals_and_sessions_wait_until_both_have_accepted_with_their_date(gla, sign_in):  # noqa: F811
    session, sheet = session_one(gla), objectives(gla)
    agreement = offer(gla, ACCEPTED)
    sign(agreement, gla.mentee)
    with clock.at(PAIRED.replace(day=4)):
        with pytest.raises(CannotDate) as refused:
            hold_session(session=session, actor=gla.mentor)
        assert "Mentoring Agreement" in str(refused.value.faults)
        with pytest.raises(HeldBack, match="Mentoring Agreement"):
            begin_response(output=sheet, actor=gla.mentee, people=people_of(gla.pairing))
        page = sign_in(gla.mentor).get(f"{gla.place}sessions/{session.pk}/held/").content.decode()
        assert "What comes first" in page
        assert f"{gla.place}agreement/" in page
        sign(agreement, gla.mentor)
        assert Agreement.objects.get(pk=agreement.pk).state == AgreementState.SIGNED
        dates = SigningEvent.objects.filter(agreement=agreement, action="signed").values_list("at", flat=True)
        assert list(dates) == [PAIRED, PAIRED.replace(day=4)]
        assert hold_session(session=session, actor=gla.mentor).state == SessionState.HELD


@pytest.mark.covers("gla.must.58")
def test_before_the_first_goal_a_page_lists_what_is_still_undone(gla, sign_in):  # noqa: F811
    in_force(gla, ACCEPTED)
    sheet = objectives(gla)
    Output.objects.filter(pk=sheet.pk).update(opens_at=PAIRED)
    client, here = sign_in(gla.mentee), gla.url(f"outputs/{sheet.pk}/")
    page = client.get(here).content.decode()
    assert "Objectives: that waits until these things are done." in page
    lines = [line.split("</li>")[0] for line in page.split('<span class="owed-what">')[1:]]
    told = {line.split("<")[0]: "still to do" in line for line in lines}
    assert told == {
        "Your first talk, to get to know each other": True,
        "Mentoring Agreement": False,
        "Our contract": True,
    }
    assert client.post(here, {"_do": "save"}).status_code == 200
    assert Output.objects.get(pk=sheet.pk).response is None, "nothing is begun"
    hold_session(session=session_one(gla), actor=gla.mentee)
    Output.objects.filter(pairing=gla.pairing, worksheet="contract", moment="contract").update(done_at=PAIRED)
    assert not undone(gla.pairing, ["talk", "agreement", "contract"])
    assert "What comes first" not in client.get(here).content.decode()


def test_each_thing_is_done_by_what_was_done(gla):  # noqa: F811
    assert [one.done for one in firsts(gla.pairing, ["talk", "agreement", "contract"])] == [False, False, False]
    open_agreement(pairing=gla.pairing, actor=gla.mentee)
    assert not firsts(gla.pairing, ["agreement"])[0].done, "a draft is no agreement"


def test_a_handbook_that_says_nothing_holds_nothing_back(pair, django_assert_num_queries):
    assert kit_of(pair.pairing.cohort.programme.handbook).plan.sessions_wait_for == []
    with django_assert_num_queries(0):
        assert undone(pair.pairing, []) == []
