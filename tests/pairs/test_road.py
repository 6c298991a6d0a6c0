"""How far a pair is on its road."""

from pairs.domain.home import home_of
from pairs.domain.queries import get_pairing_for
from tests.pairs.conftest import PAIRED
from tests.pairs.test_every_kit import pair_of


def test_a_stage_in_which_nothing_is_asked_is_not_behind_a_pair_that_has_just_begun(db):
    with pair_of("sssc") as made:
        road = home_of(made.mentee, get_pairing_for(made.mentee, made.pairing.pk)).road
        assert [stage.state for stage in road] == ["now"] + ["ahead"] * (len(road) - 1)
        assert road[-1].shape.key == "evaluate"


def test_when_a_stage_usually_is_stands_on_the_road_until_its_days_are_known(db):
    """In the handbook's own words: nothing is due by them."""
    with pair_of("caltrans") as made:

        def texts() -> dict[str, str]:
            road = home_of(made.mentee, get_pairing_for(made.mentee, made.pairing.pk)).road
            return {stage.shape.key: stage.text for stage in road}

        before = texts()
        assert before["check-relationship"] == "Usually: about months 2, 4 and 6"
        assert before["meet-and-learn"].endswith(" · months 1 to 6")
        assert before["meet-and-learn"].startswith("Sessions 4, ")
        made.pairing.sessions.filter(number=5).update(starts_at=PAIRED)
        assert "months 1 to 6" not in texts()["meet-and-learn"]


def test_a_handbook_that_says_nothing_of_it_has_no_such_words(db):
    with pair_of("sssc") as made:
        road = home_of(made.mentee, get_pairing_for(made.mentee, made.pairing.pk)).road
        assert not any("Usually" in stage.text for stage in road)
