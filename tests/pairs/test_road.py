"""How far a pair is on its road."""

from pairs.domain.home import home_of
from pairs.domain.queries import get_pairing_for
from tests.pairs.test_every_kit import pair_of


def test_a_stage_in_which_nothing_is_asked_is_not_behind_a_pair_that_has_just_begun(db):
    with pair_of("sssc") as made:
        road = home_of(made.mentee, get_pairing_for(made.mentee, made.pairing.pk)).road
        assert [stage.state for stage in road] == ["now"] + ["ahead"] * (len(road) - 1)
        assert road[-1].shape.key == "evaluate"
