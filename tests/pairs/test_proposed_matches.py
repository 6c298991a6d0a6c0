"""A match that a coordinator proposes: both say yes, or the other learns only that it did not go ahead (``sssc.must.23``)."""

import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from mentoring import clock
from mentoring.notices.domain.holding import still_holds
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import CannotPair, confirm_pairing
from pairs.domain.proposing.ticking import proposed_matches_due
from pairs.enums import PairingModel
from pairs.models import MatchPart, Pairing, PairingMember, ProposedMatch
from programmes.domain.matching.runs import latest_run, request_run, run_due
from programmes.models import Conflict, Participant, Proposal
from tests.factories import AssignmentFactory, UserFactory
from tests.programmes.choosing.conftest import NOW, World, make_world

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SKILLS, EXPERIENCE, MOTIVE = "CANARY-skills of rota planning", "CANARY-experience of wards", "CANARY-motive of my own"
NEEDS = "CANARY-needs to plan rotas"
MENTOR = {"skills": SKILLS, "experience": EXPERIENCE, "motive": MOTIVE, "models": ["one_to_one"], "capacity": 1}
MENTEE = {"needs": NEEDS, "hopes": "CANARY-hopes", "contact": "CANARY-contact", "models": ["one_to_one"]}
WORD = "CANARY-word: we know each other too well"


@pytest.fixture
def world(db, monkeypatch):
    """Two mentors and three mentees of the handbook in which everybody says yes first; nothing else holds them back."""
    monkeypatch.setattr("programmes.domain.gates._gates", [])
    made = make_world("sssc", "peers")
    with tenant_scope(made.organisation), clock.at(NOW):
        for name in ("Moira", "Nils"):
            made.join(name, "mentor", profile=MENTOR)
        for name in ("Callum", "Isla", "Rhona"):
            made.join(name, "mentee", profile=MENTEE)
        yield made


def matching(world: World, rest: str = "") -> str:
    return world.url(f"programmes/choice/cohorts/first/matching/{rest}")


def suggested(world: World, mentee: str = "Callum", mentor: str = "Moira") -> Proposal:
    """The coordinator puts two together on the board."""
    two = {"mentee": world.place(mentee).pk, "mentor": world.place(mentor).pk}
    world.client("coordinator").post(matching(world, "by-hand/"), two)
    return Proposal.objects.get(mentor=two["mentor"], mentee=two["mentee"], run=latest_run(world.cohort))


def proposed(world: World, mentee: str = "Callum", mentor: str = "Moira", **data: object) -> ProposedMatch:
    """The coordinator proposes a pair."""
    row = suggested(world, mentee, mentor)
    answer = world.client("coordinator").post(matching(world, f"{row.pk}/confirm/"), data)
    assert answer.status_code == 302, page_text(answer)
    return ProposedMatch.objects.order_by("-created_at").first()


def group(world: World, *mentees: str) -> ProposedMatch:
    data = {
        "model": "group",
        "mentors": [world.place("Moira").pk],
        "mentees": [world.place(name).pk for name in mentees],
    }
    answer = world.client("coordinator").post(matching(world, "group/"), data)
    assert answer.status_code == 302, page_text(answer)
    return ProposedMatch.objects.get()


def here(world: World, match: ProposedMatch) -> str:
    return world.url(f"matches/{match.pk}/")


def say(world: World, match: ProposedMatch, name: str, answer: str, word: str = "", *, after: dt.timedelta = HOUR):
    with clock.at(NOW + after):
        return world.client(name).post(here(world, match), {"answer": answer, "word": word}, follow=True)


def page_text(answer) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def page(world: World, match: ProposedMatch, name: str, *, after: dt.timedelta = HOUR) -> str:
    with clock.at(NOW + after):
        return page_text(world.client(name).get(here(world, match)))


def tick(after: dt.timedelta, times: int = 2):
    with clock.at(NOW + after):
        return [proposed_matches_due(clock.now()) for _time in range(times)][-1]


def letters(world: World, name: str, kind: str = "match_") -> list[Message]:
    user = world.coordinator if name == "coordinator" else world.users[name]
    return list(Message.objects.filter(recipient=user, kind__startswith=f"pairs.{kind}").order_by("not_before", "pk"))


@pytest.mark.covers("sssc.must.23")
def test_a_match_begins_only_with_the_yes_of_both_and_then_as_on_confirmation(world):
    match = proposed(world)
    assert not Pairing.objects.exists()
    for name, other in (("Callum", "Moira"), ("Moira", "Callum")):
        (letter,) = letters(world, name)
        assert f"{other} Tester" in render_message(letter).text
        home = page_text(world.client(name).get(world.url("mentoring/")))
        assert f"A match is proposed to you: {other} Tester" in home
    said = page_text(say(world, match, "Callum", "yes"))
    assert "Your yes is noted" in said
    assert not Pairing.objects.exists()
    assert "You begin" in page_text(say(world, match, "Moira", "yes"))
    pairing = Pairing.objects.get()
    assert pairing.confirmed_by == world.coordinator
    assert {row.participant.given_name for row in PairingMember.objects.filter(pairing=pairing)} == {"Moira", "Callum"}
    assert pairing.outputs.exists()
    for name in ("Moira", "Callum"):
        assert len(letters(world, name, "paired")) == 1
    (told,) = letters(world, "coordinator")
    assert "everybody has said yes" in render_message(told).subject
    assert Proposal.objects.get().confirmed_at is not None
    assert tick(30 * DAY) is None
    assert len(letters(world, "Moira")) == 1, "nobody is reminded of what has begun"
    assert "You have begun" in page(world, match, "Callum")


@pytest.mark.covers("sssc.must.23")
@pytest.mark.parametrize(("declines", "other"), [("Moira", "Callum"), ("Callum", "Moira")])
def test_either_may_decline_and_the_other_is_told_only_that_it_did_not_go_ahead(world, declines, other):
    match = proposed(world)
    say(world, match, other, "yes")
    before = page(world, match, other, after=3 * HOUR)
    said = page_text(say(world, match, declines, "no", WORD, after=2 * HOUR))
    assert "it does not go ahead" in said
    assert not Pairing.objects.exists()
    assert page(world, match, other, after=3 * HOUR) == before, "nothing tells the hour of a no"
    home = page_text(world.client(other).get(world.url("mentoring/")))
    assert f"You have said yes to {declines}" in home
    tick(2 * DAY)
    _asked, ended = letters(world, other)
    text = render_message(ended).text
    assert "does not come about" in text
    assert "said no" not in text
    assert len(letters(world, declines)) == 1, "who ended it is not told so"
    after = page(world, match, other, after=2 * DAY)
    assert "It does not go ahead" in after
    for words in (WORD, SKILLS, NEEDS, "said no", "declined"):
        assert words not in after
    assert "CANARY" not in str(Message.objects.values_list("context", flat=True))


@pytest.mark.covers("sssc.must.23")
def test_what_waits_is_told_to_nobody_and_who_said_no_to_coordinators_outside_alone(world):
    match = proposed(world)
    say(world, match, "Callum", "yes")
    for name in ("Moira", "coordinator"):
        shown = page_text(
            world.client(name).get(matching(world, "proposed/") if name == "coordinator" else here(world, match))
        )
        assert "said yes" not in shown.replace("when everybody in it has said yes", "")
    say(world, match, "Moira", "no", WORD)
    listed = page_text(world.client("coordinator").get(matching(world, "proposed/")))
    assert "Moira Tester said no." in listed
    assert WORD in listed
    (told,) = letters(world, "coordinator")
    assert "Moira" not in render_message(told).text.partition("Somebody in it has said no")[2]
    assert world.client("coordinator").get(here(world, match)).status_code == 404
    for stranger in ("Nils", "Isla"):
        assert world.client(stranger).get(here(world, match)).status_code == 404
        assert world.client(stranger).post(here(world, match), {"answer": "yes"}).status_code == 404
        assert world.client(stranger).get(matching(world, "proposed/")).status_code == 404


def test_a_coordinator_who_is_in_it_learns_what_the_others_in_it_learn(world):
    """Of two hats the narrower promise holds."""
    membership = world.place("Moira").membership
    AssignmentFactory(programme=world.cohort.programme, membership=membership)
    match = proposed(world)
    say(world, match, "Callum", "no", WORD)
    listed = page_text(world.client("Moira").get(matching(world, "proposed/")))
    assert WORD not in listed
    assert "Callum" not in listed
    assert "said no" not in page(world, match, "Moira")
    assert not letters(world, "Moira", "match_settled")
    assert letters(world, "coordinator", "match_settled")
    back = matching(world, f"proposed/{match.pk}/take-back/")
    assert world.client("Moira").post(back).status_code == 404
    assert not Proposal.objects.exclude(dropped_at=None).exists(), "what is set aside would tell the hour of the no"
    assert "Callum Tester · Moira Tester" not in page_text(world.client("Moira").get(matching(world)))
    tick(2 * DAY)
    assert Proposal.objects.get().dropped_at is not None


@pytest.mark.covers("sssc.must.23")
@pytest.mark.parametrize(("leaves", "other", "theirs"), [("Callum", "Moira", NEEDS), ("Moira", "Callum", SKILLS)])
def test_who_leaves_the_cohort_is_in_no_match_any_more_and_the_other_hears_what_anybody_hears(
    world, leaves, other, theirs
):
    match = proposed(world)
    (letter,) = letters(world, leaves)
    assert theirs in page(world, match, other)
    with clock.at(NOW + HOUR):
        gone = world.client(leaves).post(world.url(f"place/{world.place(leaves).pk}/step-out/"), {"sure": "on"})
    assert gone.status_code == 302
    match.refresh_from_db()
    assert match.state == "overtaken"
    assert not still_holds(letter)
    assert world.client(leaves).get(here(world, match)).status_code == 404
    assert world.client(leaves).post(here(world, match), {"answer": "yes"}).status_code == 404
    shown = page(world, match, other, after=2 * HOUR)
    assert "I would like to begin" in shown
    assert theirs not in shown
    say(world, match, other, "yes", after=2 * HOUR)
    tick(2 * DAY)
    assert not Pairing.objects.exists()
    assert "does not come about" in render_message(letters(world, other, "match_ended")[0]).text
    assert not letters(world, leaves, "match_ended")
    assert "something stands against it" in render_message(letters(world, "coordinator", "match_settled")[0]).text


def test_each_sees_of_the_other_what_the_handbook_names_and_no_more(world):
    match = proposed(world)
    to_mentee, to_mentor = page(world, match, "Callum"), page(world, match, "Moira")
    assert SKILLS in to_mentee
    assert EXPERIENCE in to_mentee
    assert MOTIVE not in to_mentee
    assert NEEDS in to_mentor
    assert "CANARY-contact" not in to_mentor
    person = world.place("Moira")
    sheet = page_text(world.client("Moira").get(reverse("programmes:enrolment_read", args=["peers", person.pk])))
    assert "Whoever is proposed to you as a match sees your name" in sheet


@pytest.mark.covers("sssc.must.23")
def test_who_was_declined_is_free_again_and_that_match_is_not_suggested_again(world):
    match = proposed(world)
    say(world, match, "Moira", "no")
    tick(2 * DAY)
    with clock.at(NOW + 2 * DAY):
        request_run(cohort=world.cohort, actor=world.coordinator)
        run_due(clock.now())
        again = {
            (row.mentor.given_name, row.mentee.given_name)
            for row in Proposal.objects.filter(run=latest_run(world.cohort))
        }
        assert ("Moira", "Callum") not in again
        assert again, "the others are suggested still"
        old = Proposal.objects.filter(mentor=world.place("Moira"), mentee=world.place("Callum"))
        assert all(row.dropped_at for row in old)
        second = proposed(world, "Callum", "Nils")
    say(world, second, "Callum", "yes", after=3 * DAY)
    say(world, second, "Nils", "yes", after=3 * DAY)
    assert Pairing.objects.count() == 1


def test_what_holds_two_back_is_told_before_they_are_proposed(world, monkeypatch):
    row = suggested(world)
    confirm = matching(world, f"{row.pk}/confirm/")
    assert "Propose it to both" in page_text(world.client("coordinator").get(confirm))
    monkeypatch.setattr("programmes.domain.gates._gates", [lambda person: f"{person.name} has more to learn."])
    page = page_text(world.client("coordinator").get(confirm))
    assert "Callum Tester has more to learn." in page
    assert "Moira Tester has more to learn." in page
    assert "Propose it to both" not in page


def test_nobody_is_asked_about_two_matches_at_once_nor_confirmed_past_their_yes(world):
    proposed(world)
    board = page_text(world.client("coordinator").get(matching(world)))
    assert "1 suggested pair" not in board, "who is asked is suggested to nobody"
    for mentee, mentor, words in (
        ("Callum", "Nils", "Callum Tester is asked about another match"),
        ("Isla", "Moira", "as many"),
    ):
        row = suggested(world, mentee, mentor)
        answer = world.client("coordinator").post(matching(world, f"{row.pk}/confirm/"))
        assert words in page_text(answer)
    two = {"mentor": world.place("Nils"), "mentee": world.place("Isla")}
    with pytest.raises(CannotPair, match="says yes to it first"):
        confirm_pairing(cohort=world.cohort, actor=world.coordinator, **two)
    Participant.objects.filter(pk=two["mentee"].pk).update(membership=None, state="accepted")
    row = suggested(world, "Isla", "Nils")
    assert "has not joined yet" in page_text(world.client("coordinator").post(matching(world, f"{row.pk}/confirm/")))
    assert ProposedMatch.objects.count() == 1


@pytest.mark.covers("sssc.must.23")
def test_in_a_group_everybody_says_yes_and_one_no_ends_it_without_a_name(world):
    match = group(world, "Callum", "Isla", "Rhona")
    shown = page(world, match, "Isla")
    assert SKILLS in shown
    assert NEEDS not in shown, "fellow mentees are seen by name"
    for name in ("Moira", "Callum"):
        say(world, match, name, "yes")
    say(world, match, "Rhona", "no", WORD)
    assert "I would like to begin" in page(world, match, "Isla")
    say(world, match, "Isla", "yes", after=2 * HOUR)
    assert not Pairing.objects.exists()
    tick(2 * DAY)
    for name in ("Moira", "Callum", "Isla"):
        text = render_message(letters(world, name, "match_ended")[0]).text
        assert "does not come about" in text
        assert WORD not in text
    listed = page_text(world.client("coordinator").get(matching(world, "proposed/")))
    assert "Rhona Tester said no." in listed
    assert listed.count("said no.") == 1


def test_a_group_of_which_all_say_yes_begins(world):
    match = group(world, "Callum", "Isla")
    for name in ("Moira", "Isla", "Callum"):
        assert not Pairing.objects.exists()
        say(world, match, name, "yes")
    assert Pairing.objects.get().model == PairingModel.GROUP
    assert PairingMember.objects.count() == 3


def test_who_has_not_answered_is_reminded_once_and_then_it_lapses_in_the_same_words(world):
    match = proposed(world)
    say(world, match, "Moira", "yes")
    tick(7 * DAY)
    _first, again = letters(world, "Callum")
    assert again.context["again"]
    assert len(letters(world, "Moira")) == 1
    assert still_holds(again)
    tick(11 * DAY)
    tick(12 * DAY)
    match.refresh_from_db()
    assert match.state == "lapsed"
    ends = [letters(world, name, "match_ended")[0] for name in ("Moira", "Callum")]
    texts = {
        render_message(row).text.replace("Moira", "X").replace("Callum", "X").split("does not come about")[1][:200]
        for row in ends
    }
    assert len(texts) == 1
    assert "did not answer" in page_text(world.client("coordinator").get(matching(world, "proposed/")))
    assert tick(40 * DAY) is None


def test_a_reminder_that_waits_does_not_go_to_who_has_answered_meanwhile(world):
    match = proposed(world)
    (letter,) = letters(world, "Callum")
    assert still_holds(letter)
    say(world, match, "Callum", "yes")
    assert not still_holds(letter)


def test_the_coordinator_takes_a_proposal_back_and_those_in_it_hear_the_same(world):
    match = proposed(world)
    back = matching(world, f"proposed/{match.pk}/take-back/")
    assert world.client("Callum").post(back).status_code == 404
    assert world.client("coordinator").post(back, follow=True).status_code == 200
    tick(2 * DAY)
    assert {name for name in ("Moira", "Callum") if letters(world, name, "match_ended")} == {"Moira", "Callum"}
    assert "moved on" in page_text(world.client("coordinator").post(back, follow=True))


def test_a_yes_may_become_a_no_and_a_no_stays(world):
    match = proposed(world)
    say(world, match, "Callum", "yes")
    say(world, match, "Callum", "no")
    assert "moved on" in page_text(say(world, match, "Callum", "yes"))
    say(world, match, "Moira", "yes")
    assert not Pairing.objects.exists()
    assert "moved on" in page_text(say(world, match, "Moira", "no", after=3 * DAY)) or tick(3 * DAY) is None


def test_what_is_typed_too_long_is_not_lost_and_nothing_is_said(world):
    match = proposed(world)
    answer = say(world, match, "Callum", "no", "x" * 2_001)
    assert answer.status_code == 422
    assert escape("x" * 2_001) in answer.content.decode()
    assert not MatchPart.objects.exclude(answer="").exists()


def test_with_the_last_yes_what_has_come_between_is_looked_at_again(world):
    match = proposed(world)
    say(world, match, "Callum", "yes")
    Conflict.objects.create(
        cohort=world.cohort,
        mentor=world.place("Moira"),
        mentee=world.place("Callum"),
        kind="interest",
        declared_by=None,
    )
    assert "Your yes is noted" in page_text(say(world, match, "Moira", "yes"))
    match.refresh_from_db()
    assert match.state == "overtaken"
    assert not Pairing.objects.exists()
    assert "something stands against it" in render_message(letters(world, "coordinator")[0]).text


def test_a_warning_is_seen_before_a_match_is_proposed(world):
    Conflict.objects.create(
        cohort=world.cohort,
        mentor=world.place("Moira"),
        mentee=world.place("Callum"),
        kind="interest",
        declared_by=None,
    )
    row = suggested(world)
    confirm = matching(world, f"{row.pk}/confirm/")
    assert world.client("coordinator").post(confirm).status_code == 422
    assert not ProposedMatch.objects.exists()
    world.client("coordinator").post(confirm, {"acknowledged": ["conflict_of_interest"]})
    match = ProposedMatch.objects.get()
    for name in ("Moira", "Callum"):
        say(world, match, name, "yes")
    assert Pairing.objects.exists()


def test_somebody_of_another_organisation_finds_nothing(world):
    match = proposed(world)
    stranger = UserFactory()
    world.users["Stranger"] = stranger
    assert world.client("Stranger").get(here(world, match)).status_code == 404


def test_a_list_of_proposals_costs_the_same_for_one_and_for_two(world):
    def cost() -> int:
        client = world.client("coordinator")
        client.get(matching(world, "proposed/"))
        with CaptureQueriesContext(connection) as queries:
            client.get(matching(world, "proposed/"))
        return len(queries)

    proposed(world)
    one = cost()
    proposed(world, "Isla", "Nils")
    assert cost() == one
