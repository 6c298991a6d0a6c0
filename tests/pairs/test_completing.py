"""Completing together, and another match after an ending, where the handbook has it so."""

import datetime as dt
from contextlib import contextmanager

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.completing import say_complete, unsay_complete
from pairs.domain.ending import complete_pairing, dissolve_pairing
from pairs.domain.pairing_states import NotYours, WrongState
from pairs.domain.rematching import ask_for_rematch, decide_rematch
from pairs.enums import PairingState
from pairs.models import Pairing, PairingMember
from tests.pairs.conftest import PAIRED, make_pair


@contextmanager
def pair_with(**closing):
    """A pair whose handbook says this about its end; its organisation is open."""
    made = make_pair(changed=lambda handbook: handbook.content["plan"].update(closing=closing | {"ours": True}))
    with tenant_scope(made.organisation), clock.at(PAIRED + dt.timedelta(days=100)):
        yield made


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=f"pairs.{kind}").values_list("email", flat=True))


@pytest.mark.covers("gla.must.41")
def test_a_pair_is_complete_only_once_both_have_said_that_they_have_reached_what_they_wanted(db, sign_in):
    with pair_with(together=True, words="Did you reach your outcomes?") as pair:
        for actor in (pair.coordinator, pair.mentor):
            with pytest.raises(NotYours):
                complete_pairing(pairing=pair.pairing, actor=actor)
        assert sign_in(pair.coordinator).post(f"{pair.place}complete/").status_code == 403
        assert "Close: it has run its course" not in sign_in(pair.coordinator).get(pair.place).content.decode()
        assert "Did you reach your outcomes?" in sign_in(pair.mentor).get(f"{pair.place}finish/").content.decode()
        assert say_complete(pairing=pair.pairing, actor=pair.mentor) is False
        assert Pairing.objects.get().state == PairingState.ACTIVE
        assert told("complete_said") == {pair.mentee.email}
        unsay_complete(pairing=pair.pairing, actor=pair.mentor)
        assert say_complete(pairing=pair.pairing, actor=pair.mentee) is False
        assert sign_in(pair.mentor).post(f"{pair.place}finish/").status_code == 302
        assert Pairing.objects.get().state == PairingState.COMPLETED
        assert told("pairing_completed") == {pair.mentor.email, pair.mentee.email}
        with pytest.raises(WrongState):
            say_complete(pairing=pair.pairing, actor=pair.mentor)


def test_where_the_handbook_does_not_ask_both_nobody_is_asked(pair, sign_in):
    with pytest.raises(NotYours):
        say_complete(pairing=pair.pairing, actor=pair.mentor)
    assert sign_in(pair.mentor).get(f"{pair.place}finish/").status_code == 404
    assert "Is it complete?" not in sign_in(pair.mentor).get(pair.url("mentoring/")).content.decode()


@pytest.mark.covers("sssc.must.45")
def test_either_may_ask_for_another_match_and_what_the_coordinator_decides_is_kept(db, sign_in):
    with pair_with(rematch=True) as pair:
        with pytest.raises(NotYours):
            ask_for_rematch(pairing=pair.pairing, actor=pair.mentee)
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentor)
        for user in (pair.mentee, pair.mentor):
            assert "Ask for another match" in sign_in(user).get(pair.url("mentoring/")).content.decode()
            assert sign_in(user).post(f"{pair.place}another-match/").status_code == 302
        with pytest.raises(WrongState):
            ask_for_rematch(pairing=Pairing.objects.get(), actor=pair.mentee)
        assert told("rematch_asked") == {pair.coordinator.email}
        page = sign_in(pair.coordinator).get(pair.place).content.decode()
        assert page.count("Match anew") == 2
        asked = {part.side: part for part in PairingMember.objects.select_related("pairing__cohort", "participant")}
        with pytest.raises(NotYours):
            decide_rematch(part=asked["mentee"], granted=True, actor=pair.mentor)
        for side, answer in (("mentee", "yes"), ("mentor", "no")):
            there = f"{pair.place}another-match/{asked[side].participant_id}/"
            assert sign_in(pair.coordinator).post(there, {"answer": answer}).status_code == 302
        kept = dict(PairingMember.objects.values_list("side", "rematch_granted"))
        assert kept == {"mentee": True, "mentor": False}
        assert told("rematch_decided") == {pair.mentor.email, pair.mentee.email}
        assert "look for somebody who suits you" in sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()


def test_no_other_match_is_offered_where_the_handbook_has_none(pair, sign_in):
    dissolve_pairing(pairing=pair.pairing, actor=pair.mentor)
    assert "Another match" not in sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()
    assert sign_in(pair.mentee).post(f"{pair.place}another-match/").status_code == 404
