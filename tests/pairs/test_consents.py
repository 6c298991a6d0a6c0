"""What may reach the coordinator: one rule, for one pair and for a whole cohort."""

import pytest

from pairs.domain.consents import answered, consents_in, consents_of, is_given
from pairs.domain.people import people_of
from pairs.domain.signing import give_consent
from pairs.models import PairingMember
from templates_app.domain.kits import kit_of

ANSWERS = [
    ({}, {"mentee": False, "mentor": False, "each": False}),
    ({"mentee": True}, {"mentee": True, "mentor": False, "each": False}),
    ({"mentor": True}, {"mentee": False, "mentor": True, "each": False}),
    ({"mentee": True, "mentor": True}, {"mentee": True, "mentor": True, "each": True}),
    ({"mentee": True, "mentor": False}, {"mentee": True, "mentor": False, "each": False}),
    ({"mentee": False, "mentor": True}, {"mentee": False, "mentor": True, "each": False}),
]


@pytest.mark.parametrize("asked_of", ["mentee", "mentor", "each"])
@pytest.mark.parametrize(("answers", "given"), ANSWERS)
def test_everybody_who_is_asked_has_to_allow_it_and_nobody_else_counts(pair, asked_of, answers, given):
    shape = kit_of(pair.pairing.cohort.programme.handbook).agreement.consent.model_copy(update={"asked_of": asked_of})
    for side, answer in answers.items():
        member = PairingMember.objects.get(pairing=pair.pairing, side=side)
        give_consent(member=member, answers={"goals": answer}, actor=getattr(pair, side))
    one = consents_of(shape, people_of(pair.pairing).here, answered(pair.pairing))
    assert is_given(one, "goals") is given[asked_of]
    assert consents_in(pair.pairing.cohort, shape) == {pair.pairing.pk: one}


def test_what_asks_for_no_consent_may_reach_and_what_names_an_unknown_one_may_not():
    assert is_given({}, None)
    assert not is_given({}, "no-such-item")
