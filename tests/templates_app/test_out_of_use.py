"""A kit's worksheet that is out of use: nothing leads to it, what was written on it is still read, and files keep it."""

from functools import reduce
from operator import getitem

import pytest

from templates_app.domain.kit_files import shipped_kit, shipped_kits
from templates_app.domain.kit_files.checking import check_kit
from templates_app.domain.kit_files.checks.out_of_use import MENTIONS, NEEDS, READS_FROM, mentions_of
from templates_app.domain.kit_files.walking import walk
from templates_app.shapes import Kit, Worksheet
from tests.templates_app.kits_at_hand import KitAtHand, kit  # noqa: F401


def put_by(whole: Kit, *keys: str) -> Kit:
    sheets = [sheet.model_copy(update={"in_use": False}) if sheet.key in keys else sheet for sheet in whole.worksheets]
    return whole.model_copy(update={"worksheets": sheets})


def test_what_is_led_to_has_to_stay_in_use_and_every_place_is_told():
    whole = shipped_kit("plp-ess")
    told = {problem.loc: problem.message for problem in check_kit(put_by(whole, "evaluation"))}
    survey = next(place for place, one in enumerate(whole.surveys) if one.worksheet == "evaluation")
    assert "is out of use" in told["surveys", survey, "worksheet"]


def test_where_it_is_only_within_reach_it_may_stay_named():
    whole = shipped_kit("plp-ess")
    assert check_kit(put_by(whole, "goal-review")) == []
    places = mentions_of(whole, "learning-log")
    assert {place[0] for place in places} == {"stages", "tasks"}


def test_two_that_lead_to_each_other_go_out_of_use_together():
    whole = shipped_kit("plp-ess")
    first, second = (
        sheet.model_copy(update={"key": key, "waits_for": [other], "moments": [], "use": None})
        for sheet, key, other in ((whole.worksheets[0], "one", "two"), (whole.worksheets[0], "two", "one"))
    )
    both = whole.model_copy(update={"worksheets": [*whole.worksheets, first, second]})
    lone = [problem for problem in check_kit(put_by(both, "one")) if "out of use" in problem.message]
    assert [problem.loc[-1] for problem in lone] == ["waits_for"]
    assert not [problem for problem in check_kit(put_by(both, "one", "two")) if "out of use" in problem.message]


@pytest.mark.parametrize("key", shipped_kits())
def test_every_way_of_naming_a_worksheet_is_known(key):
    """All worksheets get other names, and so does every place that is known to name one: the kit stays sound, or there is a
    place of which nobody has decided whether it leads to a worksheet or reads from it.
    """
    whole = shipped_kit(key)
    other = {sheet.key: f"x-{sheet.key}"[:60] for sheet in whole.worksheets}
    values = whole.model_dump()
    for step in walk(whole):
        for shape, attribute in (*NEEDS, *MENTIONS, *READS_FROM, (Worksheet, "key")):
            if isinstance(step.shape, shape):
                place = reduce(getitem, step.loc, values)
                place[attribute] = renamed(place[attribute], other)
    assert not check_kit(whole)
    assert not check_kit(Kit.model_validate(values))


def renamed(value, other):
    if isinstance(value, dict):
        return {name: other.get(one, one) for name, one in value.items()}
    return [other.get(one, one) for one in value] if isinstance(value, list) else other.get(value, value)


def test_a_file_says_it_and_the_kit_is_still_sound(kit: KitAtHand):  # noqa: F811
    kit.change("worksheets/learning-log.yaml", "key: learning-log\n", "key: learning-log\nin_use: false\n")
    assert {"is out of use" in fault.message for fault in kit.faults} <= {True}


def test_nothing_calls_for_it_and_nobody_takes_it_up():
    sheet = next(one for one in shipped_kit("plp-ess").worksheets if one.moments)
    gone = Worksheet.model_validate(sheet.model_dump() | {"in_use": False, "repeats": True})
    assert gone.as_it_stands().moments == []
    assert gone.moments == sheet.moments, "kept for the day on which it comes back"
    assert not gone.is_at_will
