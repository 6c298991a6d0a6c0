"""Phases of which a pair says itself where it is: checklists with done and left, going on and back, and nothing lost by it."""

import re

import pytest

from evaluation.domain.standing import standings
from mentoring import clock
from mentoring.history.domain import sentence, timeline_of
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from pairs.domain.ending import dissolve_pairing
from pairs.domain.following import follow
from pairs.domain.home import home_of
from pairs.domain.moving_phases import CannotMove, MovedMeanwhile, move_phase, phases_of
from pairs.domain.people import NotAMember
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.sheets import add_sheet
from pairs.models import Output, Pairing
from programmes.models import Programme
from templates_app.domain.kit_files.checking import check_kit
from templates_app.domain.kits import kit_of
from templates_app.shapes import Phase
from tests.factories import MembershipFactory, UserFactory
from tests.kits import kit_named
from tests.pairs.conftest import PAIRED
from tests.pairs.filling import send, write
from tests.pairs.test_every_kit import pair_of
from tests.templates_app.paper_browser import Page

KEYS = ["rapport", "direction", "progression", "windup", "moveon"]


@pytest.fixture
def sssc(db):
    with pair_of("sssc") as made:
        yield made


def fresh(pair, user=None) -> Pairing:
    return get_pairing_for(user or pair.mentee, pair.pairing.pk)


def page(pair, user=None):
    user = user or pair.mentee
    return phases_of(reader_of(user, fresh(pair, user)))


def states(pair, user=None) -> list[str]:
    return [phase.state for phase in page(pair, user).phases]


def moved(pair, to: str, was: str, actor=None) -> bool:
    return move_phase(pairing=fresh(pair), to=to, was=was, actor=actor or pair.mentee)


def tick(pair, user, **lines) -> Output:
    reader = reader_of(user, fresh(pair, user))
    row = add_sheet(reader=reader, worksheet="gpc7", actor=user)
    return write(row, user, {field: {key: {"done": True} for key in keys} for field, keys in lines.items()})


@pytest.mark.covers("sssc.must.36")
def test_each_phase_shows_what_of_its_checklist_is_done_and_what_is_left(sssc, sign_in):
    first = page(sssc).phases[0]
    assert (first.stage.key, len(first.done), len(first.left)) == ("rapport", 0, 9)
    row = tick(sssc, sssc.mentor, rapport=["rapport", "ways"], close=["purpose"])
    counts = [(len(phase.done), len(phase.left)) for phase in page(sssc).phases]
    assert counts == [(2, 7), (0, 8), (0, 11), (1, 4), (1, 4)], "the last two share a list"
    assert page(sssc).phases[0].done == ["We have found a way of talking with each other.", "We know who does what."]
    send(row, sssc.mentor, {})
    tick(sssc, sssc.mentee, rapport=["rapport", "ways", "contract"])
    assert len(page(sssc, sssc.mentor).phases[0].done) == 3, "the next sheet goes on from the last"
    shown = sign_in(sssc.mentor).get(f"{sssc.place}phases/").content.decode()
    assert "3 of 9 ticked" in shown
    assert "We have agreed our terms, confidentiality among them." in shown


@pytest.mark.covers("sssc.must.36")
def test_a_pair_goes_on_and_goes_back_and_nothing_is_lost(sssc):
    assert states(sssc) == ["now", "ahead", "ahead", "ahead", "ahead"], "until they say so, by what is done"
    tick(sssc, sssc.mentee, rapport=["rapport"])
    before = list(Output.objects.filter(pairing=sssc.pairing).order_by("pk").values())
    assert moved(sssc, "progression", "rapport")
    assert states(sssc) == ["done", "done", "now", "ahead", "ahead"]
    assert moved(sssc, "direction", "progression", sssc.mentor)
    assert states(sssc) == ["done", "now", "ahead", "ahead", "ahead"]
    assert list(Output.objects.filter(pairing=sssc.pairing).order_by("pk").values()) == before
    assert len(page(sssc).phases[0].done) == 1
    assert not moved(sssc, "direction", "direction"), "what holds already is no change"


@pytest.mark.covers("sssc.must.36")
def test_road_coordinator_and_list_of_pairs_follow_what_the_pair_says(sssc):
    moved(sssc, "windup", "rapport")
    road = {stage.shape.key: stage for stage in home_of(sssc.mentee, fresh(sssc)).road}
    assert [road[key].state for key in KEYS[:4]] == ["done", "done", "done", "now"]
    assert road["evaluate"].state == "ahead"
    assert road["rapport"].text == "You have gone on from here. What is open stays open."
    assert follow(reader_of(sssc.coordinator, fresh(sssc, sssc.coordinator))).stage.key == "windup"
    assert standings([fresh(sssc, sssc.coordinator)], clock.now())[0].stage == "windup"
    moved(sssc, "rapport", "windup")
    assert follow(reader_of(sssc.coordinator, fresh(sssc, sssc.coordinator))).stage.key == "rapport"


@pytest.mark.covers("sssc.must.36")
def test_every_move_stands_in_history_with_who_made_it_and_the_others_hear_of_it(sssc, sign_in):
    moved(sssc, "direction", "rapport", sssc.mentor)
    moved(sssc, "rapport", "direction", sssc.coordinator)
    events = list(timeline_of(sssc.pairing).filter(action="phase.moved"))
    assert {(event.actor, event.data["phase"]) for event in events} == {
        (sssc.mentor, "Phase 2: setting direction"), (sssc.coordinator, "Phase 1: building rapport"),
    }  # fmt: skip
    assert sentence(events[0]).startswith(events[0].actor.name)
    told = Message.objects.filter(kind="pairs.phase_moved")
    assert sorted(message.recipient.given_name for message in told) == ["Helen", "ʻAna", "ʻAna"]
    assert "You are now here: Phase" in render_message(told[0]).text
    shown = sign_in(sssc.mentee).get(f"{sssc.place}phases/").content.decode()
    assert "noted where they are: “Phase 2: setting direction”" in shown


def test_two_who_move_at_once_do_not_undo_each_other_unseen(sssc, sign_in):
    moved(sssc, "direction", "rapport", sssc.mentor)
    with pytest.raises(MovedMeanwhile):
        moved(sssc, "progression", "rapport")
    answer = sign_in(sssc.mentee).post(
        f"{sssc.place}phases/move/", {"to": "progression", "was": "rapport"}, follow=True
    )
    assert "Somebody has moved it meanwhile" in answer.content.decode()
    assert fresh(sssc).phase == "direction"


def test_the_coordinator_may_move_it_and_reads_no_tick_and_others_get_nothing(sssc, sign_in):
    tick(sssc, sssc.mentee, rapport=["rapport"])
    seen = page(sssc, sssc.coordinator)
    assert [phase.lines for phase in seen.phases] == [0] * 5
    shown = sign_in(sssc.coordinator).get(f"{sssc.place}phases/").content.decode()
    assert "We have found a way of talking" not in shown
    assert "Go on to here" in shown
    admin = UserFactory(email="admin@reef.example")
    MembershipFactory(user=admin, is_admin=True)
    assert sign_in(admin).get(f"{sssc.place}phases/").status_code == 403
    assert sign_in(admin).post(f"{sssc.place}phases/move/", {"to": "windup", "was": "rapport"}).status_code == 403
    with pytest.raises(NotAMember):
        moved(sssc, "direction", "rapport", admin)


@pytest.mark.parametrize("to", ["", "match", "evaluate", "nothing"])
def test_only_phases_can_be_moved_to_and_only_while_the_pair_runs(sssc, to):
    with pytest.raises(CannotMove):
        moved(sssc, to, "rapport")
    with clock.at(PAIRED):
        dissolve_pairing(pairing=fresh(sssc), actor=sssc.mentee)
    with pytest.raises(CannotMove):
        moved(sssc, "direction", "rapport")


def test_a_handbook_without_phases_has_no_such_page(pair, sign_in):
    assert sign_in(pair.mentee).get(f"{pair.place}phases/").status_code == 404
    with pytest.raises(CannotMove):
        move_phase(pairing=pair.pairing, to="capacity", was="", actor=pair.mentee)


def test_faults_in_a_kits_phases_are_told():
    kit = kit_named("sssc").model_copy(deep=True)
    again, wrong = Phase(stage="rapport", checklists=["rapport"]), Phase(stage="nowhere", checklists=["nothing"])
    kit.plan.phases.stages += [again, wrong]
    kit.plan.phases.worksheet = "log"
    told = "\n".join(problem.message for problem in check_kit(kit))
    for words in (
        "'rapport' stands twice",
        "no stage 'nowhere'",
        "no checklist 'nothing'",
        "ticked by the pair together",
    ):
        assert words in told


# --- Set in the browser -----------------------------------------------------------------------------------------------


def changed(pair, client, **changes):
    """Send the handbook's page of the phases with something changed; the answer to the first press, and to the second."""
    url = pair.url(f"programmes/{pair.pairing.cohort.programme.slug}/handbook/texts/phases/")
    typed = Page(client.get(url).content.decode()).post(**changes)
    sent = {name: typed.getlist(name) for name in typed}
    first = client.post(url, sent)
    seen = re.search(r'name="seen" value="([^"]+)"', first.content.decode())
    return first, client.post(url, sent | {"seen": seen[1]}) if seen else first


def phases_in(pair):
    return kit_of(
        Programme.objects.select_related("handbook").get(pk=pair.pairing.cohort.programme_id).handbook
    ).plan.phases


def test_the_page_shows_the_phases_as_they_stand_and_changes_nothing_untouched(sssc, sign_in):
    before = phases_in(sssc)
    _first, answer = changed(sssc, sign_in(sssc.coordinator))
    assert answer.status_code == 302
    assert phases_in(sssc) == before


def test_a_phase_is_taken_out_and_pairs_that_are_in_it_are_told_of_first(sssc, sign_in):
    moved(sssc, "windup", "rapport")
    client = sign_in(sssc.coordinator)
    first, done = changed(sssc, client, **{"phases__stages-3-DELETE": "on"})
    page_told = first.content.decode()
    assert "1 running pair: they have said that they are in" in page_told
    assert "which is no phase any more" in page_told
    assert "follows its new place" in page_told
    assert done.status_code == 302
    assert phases_in(sssc).keys == ["rapport", "direction", "progression", "moveon"]
    assert phases_in(sssc).stages[0].checklists == ["rapport"], "what stays keeps its checklists"
    assert states(sssc) == ["now", "ahead", "ahead", "ahead"], "worked out until they say anew"


def test_phases_are_taken_out_as_a_whole_and_come_again(sssc, sign_in):
    client = sign_in(sssc.coordinator)
    told, done = changed(sssc, client, phases__has=None)
    assert "they do not say any more in which phase they are" in told.content.decode()
    assert done.status_code == 302
    assert phases_in(sssc) is None
    assert client.get(f"{sssc.place}phases/").status_code == 404
    begun = {"phases__has": "on", "phases__worksheet": "gpc7", "phases__stages-0-stage": "direction"}
    lacks, _again = changed(sssc, client, **begun)
    assert "at least 2 are needed" in lacks.content.decode()
    assert phases_in(sssc) is None
    begun |= {"phases__stages-1-stage": "moveon", "phases__stages-1-checklists": ["close"]}
    told, done = changed(sssc, client, **begun)
    assert "they say themselves in which phase they are" in told.content.decode()
    assert done.status_code == 302
    assert [(phase.stage, phase.checklists) for phase in phases_in(sssc).stages] == [
        ("direction", []),
        ("moveon", ["close"]),
    ]
    assert len(page(sssc).phases) == 2


def test_a_checklist_of_another_worksheet_is_refused_in_its_row(sssc, sign_in):
    client = sign_in(sssc.coordinator)
    url = sssc.url(f"programmes/{sssc.pairing.cohort.programme.slug}/handbook/texts/phases/")
    form = client.get(url).context["form"]
    sheets = {key for key, _words in form.fields["phases__worksheet"].choices}
    offered = [words for _key, words in form.rowsets["phases__stages"].forms[0].fields["checklists"].choices]
    assert len(set(offered)) == len(offered), "each checklist is told from the others"
    assert "gpc7" in sheets
    other = next(key for key in sheets if key not in {"", "gpc7"})
    refused, _again = changed(sssc, client, phases__worksheet=other)
    assert refused.status_code == 200
    assert "asks no checklist" in refused.content.decode()
    assert phases_in(sssc).worksheet == "gpc7"
