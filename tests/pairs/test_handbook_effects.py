"""What a changed handbook means for running pairs is told before it is kept: how many sheets come and go, and what each
switch does.
"""

import re

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.handbook_effects import tell_of_handbook
from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from pairs.domain.planning import plan_of, plan_outputs, replan
from pairs.domain.round_effects import tell_of_rounds
from pairs.domain.worksheet_changes import tell_of_moments
from pairs.models import Output, Pairing
from programmes.domain.handbook.effects import NeedsSeeing, weigh
from templates_app.domain.kits import whole_kit
from templates_app.shapes import Kit
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.filling import change_sheet
from tests.pairs.test_every_kit import by_the_coordinator

CHECKUP = "checkup"
FROM_PAIRING = {"opens": {"anchor": "pairing", "months": 2, "days": -7}, "due": {"anchor": "pairing", "months": 2}}


def by_month(handbook) -> None:
    """The check-ups are counted from the pairing, every two months."""
    by_the_coordinator(handbook)
    version = handbook.templates.get(key=CHECKUP).versions.get()
    (moment,) = version.definition["moments"]
    moments = [moment | FROM_PAIRING | {"every": {"months": 2}}]
    type(version).objects.filter(pk=version.pk).update(definition=version.definition | {"moments": moments})


@pytest.fixture
def checked(db):
    made = make_pair(kit="caltrans", changed=by_month)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        plan_outputs(made.pairing)
        yield made


def programme_of(pair):
    return pair.pairing.cohort.programme


def changed(kit: Kit, **moment) -> Kit:
    """The same handbook with another rhythm of its check-up."""
    sheets = [
        sheet.model_copy(update={"moments": [sheet.moments[0].model_validate(told(sheet.moments[0]) | moment)]})
        if sheet.key == CHECKUP
        else sheet
        for sheet in kit.worksheets
    ]
    return kit.model_copy(update={"worksheets": sheets})


def told(moment) -> dict:
    return moment.model_dump(mode="json", exclude_defaults=True)


def kept(pair, kit: Kit) -> None:
    """What the page promised, done: the sheet is published and the pair planned anew."""
    moments = [told(moment) for moment in kit.worksheet(CHECKUP).moments]
    change_sheet(pair.pairing, CHECKUP, moments=moments)
    pairing = Pairing.objects.select_related("cohort__programme__handbook").get(pk=pair.pairing.pk)
    replan(pairing, plan_of(pairing), afresh=True)


def sheets(pair, **which) -> int:
    return Output.objects.filter(worksheet=CHECKUP, cancelled_at=None, **which).count()


def numbers(words: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", words)]


# --- What comes round again -------------------------------------------------------------------------------------------


def test_a_quicker_rhythm_tells_how_many_more_sheets_come_and_so_many_come(checked):
    kit = whole_kit(programme_of(checked).handbook)
    after = changed(kit, every={"weeks": 3})
    mine = sheets(checked, member__side="mentee")
    (words,) = tell_of_rounds(programme_of(checked), kit, after)
    more, pairs, becomes, was = numbers(words)
    assert "more sheets in 1 running pair" in words
    assert (pairs, was) == (1, mine)
    before = sheets(checked)
    kept(checked, after)
    assert sheets(checked) - before == more > 2
    assert sheets(checked, member__side="mentee") == becomes > was
    assert tell_of_rounds(programme_of(checked), after, after) == []


def test_the_page_asks_before_such_a_rhythm_is_kept(checked):
    kit = whole_kit(programme_of(checked).handbook)
    with pytest.raises(NeedsSeeing) as asked:
        weigh(programme_of(checked), kit, changed(kit, every={"weeks": 3}), "")
    assert any("new dates for" in words for words in asked.value.effects)
    assert any("more sheets in 1 running pair" in words for words in asked.value.effects)


def test_a_slower_rhythm_tells_how_many_sheets_fewer_and_keeps_what_is_begun(checked):
    kit = changed(whole_kit(programme_of(checked).handbook), every={"weeks": 3})
    kept(checked, kit)
    last = (
        Output.objects.filter(worksheet=CHECKUP, member__side="mentee", cancelled_at=None).order_by("opens_at").last()
    )
    with clock.at(last.opens_at):
        begin_response(output=last, actor=checked.mentee, people=people_of(checked.pairing))
    before = sheets(checked)
    after = changed(kit, every={"months": 2})
    (words,) = tell_of_rounds(programme_of(checked), kit, after)
    fewer, pairs, becomes, _was = numbers(words)
    assert "sheets fewer in 1 running pair" in words
    kept(checked, after)
    assert before - sheets(checked) == fewer
    assert (pairs, sheets(checked, member__side="mentee")) == (1, becomes)
    assert sheets(checked, pk=last.pk) == 1


def test_what_would_be_late_at_once_is_told(checked):
    kit = whole_kit(programme_of(checked).handbook)
    weeks = {"anchor": "pairing", "days": 7}
    after = changed(kit, opens={"anchor": "pairing"}, due=weeks, every={"weeks": 1})
    with clock.at(PAIRED.replace(year=2027, month=2)):
        said = tell_of_rounds(programme_of(checked), kit, after)
        kept(checked, after)
        late = Output.objects.filter(worksheet=CHECKUP, due_at__lt=clock.now()).count()
    assert "past their day at once" in said[1]
    assert 0 < numbers(said[1])[0] <= late


def test_a_new_moment_that_comes_round_again_is_told_with_all_its_rounds_and_once(checked):
    after = whole_kit(programme_of(checked).handbook)
    bare = [sheet.model_copy(update={"moments": []}) if sheet.key == CHECKUP else sheet for sheet in after.worksheets]
    before = after.model_copy(update={"worksheets": bare})
    expected = sheets(checked)
    Output.objects.filter(worksheet=CHECKUP).delete()
    (words,) = tell_of_rounds(programme_of(checked), before, after)
    assert numbers(words)[0] == expected
    assert tell_of_moments(programme_of(checked), before, after) == []


def test_queries_for_a_rhythm_do_not_grow_with_pairs(checked, django_assert_num_queries):
    kit = whole_kit(programme_of(checked).handbook)
    after = changed(kit, every={"weeks": 3})
    # pairs with cohorts, their members with accounts, sessions, outputs, agreements
    with django_assert_num_queries(5):
        tell_of_rounds(programme_of(checked), kit, after)
    twin = Pairing.objects.get(pk=checked.pairing.pk)
    Pairing.objects.create(cohort=twin.cohort, model=twin.model, started_at=twin.started_at)
    with django_assert_num_queries(5):
        tell_of_rounds(programme_of(checked), kit, after)


# --- Switches ---------------------------------------------------------------------------------------------------------

OUTSIDE = {"key": "guardian", "label": "Guardian", "ours": True}
SWITCHES = [
    ("agreement.readers.preset", "status", "the coordinator goes on reading agreements that were offered or signed"),
    ("agreement.signers", ["mentor"], "agreements offered from now on are signed by: mentor."),
    ("agreement.outside", [OUTSIDE], "somebody has to be named who signs it from outside: Guardian."),
    ("agreement.signing.by", "tick", "what waits for signatures is signed as it was offered"),
    ("plan.closing.together", True, "complete only once each of them has said so"),
    ("plan.closing.ahead_days", 30, "from 30 days before it"),
    ("plan.closing.rematch", True, "each may ask for another match"),
    ("plan.quiet_days", 45, "told after 45 days without a meeting"),
    ("plan.notice_hours", 36, "at least 36 hours ahead"),
    ("recognition.offered", True, "what they achieve can be recorded"),
    ("suggestions.offered", True, "there is a suggestion box"),
    ("introductions.offered", True, "mentors can propose introductions"),
    ("files.offered", True, "they can share documents"),
    ("concerns.offered", True, "concerns can be raised"),
]
BACK = {
    "agreement.readers.preset": "stay closed to the coordinator, as they were offered",
    "agreement.signers": "signed by: mentor, mentee.",
    "agreement.outside": "not signed from outside any more by: Guardian.",
    "plan.closing.together": "a coordinator closes them as complete",
    "plan.closing.ahead_days": "not announced to them ahead any more",
    "plan.closing.rematch": "nobody may ask for another match any more",
    "recognition.offered": "nothing they achieve is recorded any more",
    "suggestions.offered": "the suggestion box is closed",
    "introductions.offered": "no new introductions can be proposed",
    "files.offered": "no new documents can be shared",
    "concerns.offered": "no new concerns can be raised",
}


def switched(kit: Kit, path: str, value) -> Kit:
    """The same handbook with one switch turned, everything else of those switches as here."""
    content = kit.model_dump(mode="json")
    *way, last = path.split(".")
    part = content
    for name in way:
        part = part[name]
    part[last] = value
    return Kit.model_validate(content)


@pytest.mark.parametrize(("path", "value", "words"), SWITCHES)
def test_each_switch_that_acts_on_running_pairs_is_told_both_ways(pair, path, value, words):
    old = whole_kit(programme_of(pair).handbook)
    if path.endswith(".offered"):
        old = switched(old, path, False)
    new = switched(old, path, value)
    there, back = tell_of_handbook(programme_of(pair), old, new), tell_of_handbook(programme_of(pair), new, old)
    assert len(there) == len(back) == 1, (there, back)
    assert there[0].startswith("1 running pair: ")
    assert words in there[0]
    assert BACK.get(path, "") in back[0]
    Pairing.objects.update(state="completed", ended_at=clock.now())
    assert tell_of_handbook(programme_of(pair), old, new) == []


def test_expenses_are_told_in_one_sentence_where_they_are_claimed(pair):
    old = switched(whole_kit(programme_of(pair).handbook), "expenses.offered", False)
    new = switched(old, "expenses.offered", True)
    for before, after, words in (
        (old, new, "1 person can claim expenses."),
        (new, old, "1 person can claim no new expenses"),
    ):
        with pytest.raises(NeedsSeeing) as asked:
            weigh(programme_of(pair), before, after, "")
        (told,) = asked.value.effects
        assert told.startswith(words)


def test_other_answers_that_are_shown_of_a_closed_agreement_are_told(pair):
    old = switched(whole_kit(programme_of(pair).handbook), "agreement.readers.preset", "status")
    (words,) = tell_of_handbook(programme_of(pair), old, switched(old, "agreement.readers.shows", ["mentor_name"]))
    assert "of those that were offered or signed the same as before" in words
