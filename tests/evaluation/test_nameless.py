"""What pairs hand in without names: the sheet itself stays with the two, and reaches coordinators among those of others."""

import copy
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from evaluation.domain.nameless import gathered_in
from evaluation.domain.partners import NOBODY
from mentoring import clock
from pairs.domain.outputs import reopen_output
from pairs.domain.reading import right_to
from pairs.enums import Right
from pairs.models import Output, Pairing
from templates_app.domain.kits import current_version
from templates_app.domain.responses import reopen_response
from tests.factories import AssignmentFactory, MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.conftest import PAIRED, begin_pair
from tests.pairs.filling import change_sheet, owner_for_reader, send, take_up, write
from tests.pairs.test_every_kit import pair_of

MARKS = "ABCDEFGH"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def sssc(db):
    with pair_of("sssc") as pair:
        yield pair


def people(pair, mark: str):
    """Another two, paired; the mentee's account."""
    users, places = {}, {}
    for side in ("mentor", "mentee"):
        users[side] = UserFactory(given_name=f"{side.title()}{mark}", family_name=f"Family{mark}")
        membership = MembershipFactory(user=users[side])
        places[side] = ParticipantFactory(cohort=pair.pairing.cohort, membership=membership, side=side)
    return begin_pair(cohort=pair.pairing.cohort, actor=pair.coordinator, **places), users["mentee"]


def hand_in(pairing: Pairing, user, mark: str, result: str = "achieved") -> Output:
    row = Output.objects.get(pairing=pairing, worksheet="milestones", moment="session-6")
    Output.objects.filter(pk=row.pk).update(opens_at=pairing.started_at)
    items = [{"_id": "aaaa0001", "item": f"CANARY-ITEM-{mark}", "result": result, "comment": f"CANARY-WHY-{mark}"}]
    with clock.at(PAIRED + MARKS.index(mark) * HOUR):
        return send(row, user, {"items": items, "outcomes": f"CANARY-OUTCOME-{mark}"})


def results_page(sign_in, pair, user) -> str:
    cohort = pair.pairing.cohort
    place = pair.url(f"evaluation/{cohort.programme.slug}/{cohort.slug}/results/")
    return sign_in(user).get(place).content.decode()


@pytest.mark.covers("sssc.must.53")
def test_a_joint_assessment_reaches_the_coordinator_with_no_names_attached(sssc, sign_in):
    row = hand_in(sssc.pairing, sssc.mentee, "A")
    everybody = [sssc.mentor, sssc.mentee]
    for user in everybody:
        assert right_to(user, row) >= Right.READ, "the two wrote it together"
    assert right_to(sssc.coordinator, row) is Right.STATUS
    assert sign_in(sssc.coordinator).get(sssc.url(f"outputs/{row.pk}/read/")).status_code == 404
    for mark in MARKS[1:4]:
        pairing, user = people(sssc, mark)
        hand_in(pairing, user, mark)
        everybody.append(user)
    page = results_page(sign_in, sssc, sssc.coordinator)
    assert "CANARY" not in page, "four could be told apart"
    assert "4 were sent" in page
    pairing, last = people(sssc, MARKS[4])
    hand_in(pairing, last, MARKS[4], "missed")
    page = results_page(sign_in, sssc, sssc.coordinator)
    for mark in MARKS[:5]:
        for words in ("ITEM", "WHY", "OUTCOME"):
            assert f"CANARY-{words}-{mark}" in page
    for user in [*everybody, last]:
        assert user.name not in page
        assert user.family_name not in page
    (told,) = gathered_in(sssc.pairing.cohort, words=True, kept=NOBODY)
    assert dict(told.distributions[0].counts) == {"Achieved": 4, "In part": 0, "Not this time": 1}


def test_names_of_the_two_are_taken_out_of_what_they_wrote(sssc, sign_in):
    hand_in(sssc.pairing, sssc.mentee, "A")
    for mark in MARKS[1:5]:
        pairing, user = people(sssc, mark)
        row = Output.objects.get(pairing=pairing, worksheet="milestones", moment="session-6")
        Output.objects.filter(pk=row.pk).update(opens_at=pairing.started_at)
        items = [{"_id": "aaaa0001", "item": "CANARY", "result": "achieved", "comment": f"mentor{mark}’s help".lower()}]
        with clock.at(PAIRED + MARKS.index(mark) * HOUR):
            send(row, user, {"items": items, "outcomes": f"CANARY: {user.name} shone"})
    page = results_page(sign_in, sssc, sssc.coordinator)
    assert page.count("CANARY: [name] shone") == 4
    assert page.count("[name]’s help") == 4


def test_what_is_sensitive_inside_a_block_is_among_nobodys_words(sssc, sign_in):
    sections = copy.deepcopy(
        current_version(sssc.pairing.cohort.programme.handbook, "milestones").definition["sections"]
    )
    for part in (part for section in sections for field in section["fields"] for part in field.get("fields", [])):
        part["sensitive"] = part["key"] == "comment"
    change_sheet(sssc.pairing, "milestones", sections=sections)
    hand_in(sssc.pairing, sssc.mentee, "A")
    for mark in MARKS[1:5]:
        hand_in(*people(sssc, mark), mark)
    page = results_page(sign_in, sssc, sssc.coordinator)
    assert "CANARY-ITEM-A" in page
    assert "CANARY-WHY" not in page


def test_a_question_that_opens_later_opens_no_words_that_were_kept_before(sssc, sign_in):
    told = current_version(sssc.pairing.cohort.programme.handbook, "milestones").definition["sections"]
    kept = copy.deepcopy(told)
    for field in (field for section in kept for field in section["fields"]):
        field["sensitive"] = field["key"] == "outcomes"
        for part in field.get("fields", []):
            part["sensitive"] = part["key"] == "comment"
    change_sheet(sssc.pairing, "milestones", sections=kept)
    hand_in(sssc.pairing, sssc.mentee, "A")
    for mark in MARKS[1:4]:
        hand_in(*people(sssc, mark), mark)
    change_sheet(sssc.pairing, "milestones", sections=told)
    for mark in MARKS[4:8]:
        hand_in(*people(sssc, mark), mark)
    page = results_page(sign_in, sssc, sssc.coordinator)
    assert "CANARY-ITEM-A" in page
    assert "CANARY-WHY-E" in page
    assert "CANARY-OUTCOME-E" in page
    for mark in MARKS[:4]:
        assert f"CANARY-WHY-{mark}" not in page
        assert f"CANARY-OUTCOME-{mark}" not in page


def test_the_next_one_waits_until_three_have_come(sssc):
    for mark in MARKS[:6]:
        pairing, user = people(sssc, mark)
        hand_in(pairing, user, mark)
    (told,) = gathered_in(sssc.pairing.cohort, words=True, kept=NOBODY)
    assert (told.sent, told.counted) == (6, 5)
    assert "CANARY-OUTCOME-F" not in repr(told.written)
    for mark in MARKS[6:]:
        pairing, user = people(sssc, mark)
        hand_in(pairing, user, mark)
    (told,) = gathered_in(sssc.pairing.cohort, words=True, kept=NOBODY)
    assert (told.sent, told.counted) == (8, 8)


def test_words_are_for_coordinators_and_figures_for_all_who_read_results(sssc, sign_in):
    steering = UserFactory(email="steering@reef.example")
    programme = sssc.pairing.cohort.programme
    AssignmentFactory(programme=programme, membership=MembershipFactory(user=steering), role="steering")
    for mark in MARKS[:5]:
        pairing, user = people(sssc, mark)
        hand_in(pairing, user, mark)
    page = results_page(sign_in, sssc, steering)
    assert "5 were sent" in page
    assert "Achieved" in page
    assert "CANARY" not in page


@pytest.mark.covers("sssc.must.53")
def test_it_is_told_before_a_word_is_typed(sssc):
    row = Output.objects.get(pairing=sssc.pairing, worksheet="milestones", moment="session-6")
    Output.objects.filter(pk=row.pk).update(opens_at=sssc.pairing.started_at)
    row = write(row, sssc.mentee, {})
    said = owner_for_reader(row, sssc.mentee).readers_sentence
    assert "reaches them without names" in said
    assert "several others" in said
    assert "Once it is sent, it stays as it is" in said


@pytest.mark.covers("sssc.must.53")
def test_nobody_takes_such_a_sheet_up_again_so_that_no_words_vanish_with_a_name(sssc, sign_in):
    row = hand_in(sssc.pairing, sssc.mentee, "A")
    for mark in MARKS[1:5]:
        hand_in(*people(sssc, mark), mark)
    before = gathered_in(sssc.pairing.cohort, words=True, kept=NOBODY)
    client = sign_in(sssc.mentee)
    read = client.get(sssc.url(f"outputs/{row.pk}/read/")).content.decode()
    assert "Take it up again" not in read
    assert "Once it is sent, it stays as it is" in read
    assert client.post(sssc.url(f"outputs/{row.pk}/reopen/")).status_code == 403
    with pytest.raises(PermissionDenied):
        reopen_output(output=row, actor=sssc.mentee)
    owner = owner_for_reader(row, sssc.mentee)
    with pytest.raises(PermissionDenied):
        reopen_response(response=owner.response, actor=sssc.mentee, then=owner.on_reopened)
    row = Output.objects.select_related("response").get(pk=row.pk)
    assert row.done_at is not None
    assert row.response.is_submitted, "refused, it is still sent"
    assert gathered_in(sssc.pairing.cohort, words=True, kept=NOBODY) == before


def test_what_was_sent_before_it_was_nameless_is_taken_up_again_as_ever(sssc):
    change_sheet(sssc.pairing, "milestones", to_coordinator="")
    row = hand_in(sssc.pairing, sssc.mentee, "A")
    change_sheet(sssc.pairing, "milestones", to_coordinator="nameless")
    assert "stays as it is" not in owner_for_reader(row, sssc.mentee).readers_sentence
    assert take_up(row, sssc.mentee).done_at is None
