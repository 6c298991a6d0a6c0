"""A signature on a worksheet stands for the words it was put under."""

import pytest

from templates_app.answers import check
from templates_app.answers.signing import without_signatures
from tests.templates_app.sink import FULL, HELEN, HELENS_SIGNATURE, kitchen_sink, someone

SIGNED = FULL | {"countersign": HELENS_SIGNATURE}


def saved(answers, *, stored=SIGNED, mode="draft", **context):
    return check(kitchen_sink(), answers, someone(**context), mode=mode, stored=stored)


def test_a_signature_stands_as_long_as_the_words_do():
    for mode in ("draft", "submit"):
        result = saved(SIGNED, mode=mode)
        assert result.answers["countersign"] == HELENS_SIGNATURE
        assert result.answers["sign"] == SIGNED["sign"]


@pytest.mark.parametrize(
    "change",
    [{"story": "Other words"}, {"goals": []}, {"years": None}, {"model": "other", "model__other": "Our own"}],
    ids=lambda change: next(iter(change)),
)
def test_other_words_take_the_others_signature_off_and_date_ones_own_anew(change):
    result = saved(SIGNED | change, now=someone().now.replace(year=2030))
    assert "countersign" not in result.answers
    assert "Helen Ward signed" in result.warnings["countersign"]
    own = result.answers["sign"]
    assert (own["name"], own["by"]) == (SIGNED["sign"]["name"], SIGNED["sign"]["by"])
    assert own["at"].startswith("2030-")


def test_what_somebody_else_did_not_sign_holds_up_only_a_sheet_that_all_sign():
    unsigned = {key: value for key, value in SIGNED.items() if key != "countersign"}
    assert "countersign" not in saved(unsigned, stored=unsigned, mode="submit").faults
    together = saved(unsigned, stored=unsigned, mode="submit", all_sign=True)
    assert "once all have signed" in together.faults["countersign"]
    changed = saved(SIGNED | {"story": "Other words"}, mode="submit", all_sign=True)
    assert "once all have signed" in changed.faults["countersign"], "the second one signs what stands there now"
    assert saved(SIGNED, mode="submit", all_sign=True).faults == {}


def test_signing_alone_changes_no_words():
    unsigned = {key: value for key, value in SIGNED.items() if key != "countersign"}
    helen = {"user": HELEN, "roles": frozenset({"mentor"})}
    result = saved(SIGNED | {"countersign": {"name": "Helen Ward", "agree": True}}, stored=unsigned, **helen)
    assert result.answers["sign"] == SIGNED["sign"]
    assert result.answers["countersign"]["by"] == HELEN


def test_a_further_sheet_begins_unsigned():
    assert {"sign", "countersign"} & set(without_signatures(kitchen_sink().fields(), SIGNED)) == set()
