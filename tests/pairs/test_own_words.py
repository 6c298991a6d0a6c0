"""What a pair reads speaks the words of its handbook; where a handbook has none, the application's own, or nothing."""

import pytest

from pairs.domain.agreement import open_agreement
from pairs.domain.home import home_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.wanted import TITLES, step_title
from pairs.enums import OutputKind
from templates_app.domain.kits import kit_of
from templates_app.models import Handbook
from tests.pairs.test_agreement import write
from tests.pairs.test_private_goals import page

HEADINGS = {"code_title": "How we treat each other", "scope_title": "Duties", "clauses_title": "Rules of the house"}


def change_kit(pair, part: str, **changes) -> Handbook:
    """Change values of one part of the pair's handbook, as its coordinator would."""
    handbook = pair.pairing.cohort.programme.handbook
    handbook.content[part] |= changes
    handbook.revision += 1
    handbook.save()
    return handbook


def test_the_agreements_page_goes_by_the_handbooks_own_title_and_headings(pair):
    change_kit(pair, "agreement", title="Mentoring contract", **HEADINGS)
    assert "<h1>Mentoring contract</h1>" in page(pair, pair.mentor, "agreement/")[1]
    open_agreement(pairing=pair.pairing, actor=pair.mentor)
    words = page(pair, pair.mentor, "agreement/")[1]
    for heading in HEADINGS.values():
        assert f"{heading}</h" in words
    assert "Code of conduct" not in words
    words = page(pair, pair.mentor, "agreement/clauses/")[1]
    assert "<h2>Duties</h2>" in words
    assert "<h2>Rules of the house</h2>" in words


def test_a_handbook_without_such_headings_prints_none(pair):
    change_kit(pair, "agreement", **dict.fromkeys(HEADINGS, ""), scope=[])
    open_agreement(pairing=pair.pairing, actor=pair.mentor)
    words = page(pair, pair.mentor, "agreement/")[1]
    assert "<h2></h2>" not in words
    assert "<h3></h3>" not in words
    assert 'class="scope"' not in words
    assert 'class="clauses"' in words


def test_what_is_asked_before_signing_goes_by_the_handbooks_words(pair):
    kit = change_kit(pair, "agreement").content["agreement"]
    change_kit(pair, "agreement", consent=kit["consent"] | {"title": "What leaves the two of you"})
    write(pair)
    words = page(pair, pair.mentee, "agreement/sign/")[1]
    assert "<h2>What leaves the two of you</h2>" in words
    assert "What may reach the coordinator" not in words


def test_a_stage_without_sessions_says_nothing_of_sessions(pair):
    kit = kit_of(pair.pairing.cohort.programme.handbook)
    stages = [stage.model_dump(mode="json") for stage in kit.stages]
    handbook = pair.pairing.cohort.programme.handbook
    handbook.content["stages"] = [*stages[:-1], stages[-1] | {"sessions": []}]
    handbook.revision += 1
    handbook.save()
    road = home_of(pair.mentee, get_pairing_for(pair.mentee, pair.pairing.pk)).road
    assert not [stage.text for stage in road if stage.text.strip() in {"Sessions", "Session"}]


@pytest.mark.parametrize("kind", TITLES)
def test_a_handbook_says_what_its_steps_are_called(pair, kind):
    handbook = change_kit(pair, "plan", steps={kind.value: {"title": "Do it our way"}})
    kit = kit_of(handbook)
    assert step_title(kit, kind) == "Do it our way"
    assert [step_title(kit, other) for other in TITLES if other is not kind] == [
        words for other, words in TITLES.items() if other is not kind
    ]


def test_the_shipped_handbook_names_its_steps(pair):
    assert pair.output(kind=OutputKind.INTRODUCTION).title == "Write to your mentee"
    assert pair.output(kind=OutputKind.COMPILE).title == "Compile the learning logs"
