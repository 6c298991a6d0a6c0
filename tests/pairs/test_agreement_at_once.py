"""Both partners take a step with their agreement at the very same moment, or from a page that is out of date."""

import pytest

from mentoring.tenancy.scope import tenant_scope
from pairs.domain.agreement import (
    agreement_in_force,
    current_agreement,
    discard_draft,
    offer_agreement,
    open_agreement,
    revise_agreement,
    take_back,
)
from pairs.domain.agreement_states import WrongState
from pairs.domain.checking import check_signed
from pairs.models import Agreement, SigningEvent
from tests.at_once import at_once
from tests.pairs.conftest import make_pair
from tests.pairs.test_agreement import sign, signed, write


def as_read(pair):
    """The current version as a page of its own has read it."""
    agreement = current_agreement(pair.pairing)
    agreement.pairing = pair.pairing
    return agreement


@pytest.mark.parametrize("ready", [write, signed])
def test_a_change_begun_from_a_page_that_is_out_of_date_makes_no_second_draft(pair, ready):
    agreement = ready(pair)
    sign(pair, agreement, pair.mentor)
    hers, his = as_read(pair), as_read(pair)
    revise_agreement(agreement=hers, actor=pair.mentee)
    with pytest.raises(WrongState):
        revise_agreement(agreement=his, actor=pair.mentor)
    assert list(Agreement.objects.filter(state="draft").values_list("number", flat=True)) == [2]


@pytest.mark.parametrize("step", [take_back, offer_agreement, discard_draft])
def test_a_step_from_a_page_that_is_out_of_date_changes_nothing(pair, step):
    write(pair)
    stale = as_read(pair)
    sign(pair, as_read(pair), pair.mentor)
    with pytest.raises(WrongState):
        step(agreement=stale, actor=pair.mentee)
    assert [event.action for event in SigningEvent.objects.all()] == ["offered", "signed"]
    assert as_read(pair).state == "offered"


# --- At the very same moment -------------------------------------------------------------------------------------------


@pytest.fixture
def real(transactional_db):
    """A pair that other connections see."""
    return make_pair()


def outcomes(pair, *deeds):
    """The names of what the deeds raised; empty for what went well."""
    return sorted(type(fault).__name__ if fault else "" for fault in at_once(pair.organisation, deeds))


@pytest.mark.postgres
def test_both_begin_and_write_one_draft(real):
    def begin(user):
        return lambda: open_agreement(pairing=real.pairing, actor=user)

    assert outcomes(real, begin(real.mentor), begin(real.mentee)) == ["", ""]
    with tenant_scope(real.organisation):
        assert Agreement.objects.count() == 1


@pytest.mark.postgres
def test_both_sign_and_it_is_in_force(real):
    with tenant_scope(real.organisation):
        write(real)

    def signing(user):
        return lambda: sign(real, as_read(real), user)

    assert outcomes(real, signing(real.mentor), signing(real.mentee)) == ["", ""]
    with tenant_scope(real.organisation):
        found = agreement_in_force(real.pairing)
        assert found is not None
        assert check_signed(found).is_sound
        assert sorted(SigningEvent.objects.values_list("position", flat=True)) == [1, 2, 3]


@pytest.mark.postgres
@pytest.mark.parametrize("ready", [write, signed])
def test_both_change_it_and_there_is_one_next_version(real, ready):
    with tenant_scope(real.organisation):
        agreement = ready(real)
        if agreement.state == "offered":
            sign(real, agreement, real.mentor)
        pages = [as_read(real), as_read(real)]

    def change(page, user):
        return lambda: revise_agreement(agreement=page, actor=user)

    people = (real.mentor, real.mentee)
    assert outcomes(real, *(change(page, user) for page, user in zip(pages, people, strict=True))) == ["", "WrongState"]
    with tenant_scope(real.organisation):
        assert sorted(Agreement.objects.values_list("number", flat=True)) == [1, 2]
        assert check_signed(agreement).is_sound


@pytest.mark.postgres
def test_one_takes_it_back_while_the_other_signs_and_one_of_the_two_is_told(real):
    with tenant_scope(real.organisation):
        write(real)
        hers, his = as_read(real), as_read(real)
    told = outcomes(
        real,
        lambda: take_back(agreement=hers, actor=real.mentee),
        lambda: sign(real, his, real.mentor),
    )
    assert told == ["", "WrongState"]
    with tenant_scope(real.organisation):
        assert check_signed(as_read(real)).is_sound
        assert SigningEvent.objects.count() == 2
