"""What is asked of managers, and what all staff read: a kit in which it could not work is refused with what to do."""

import pytest

from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kit_files.checks.workplace import check_notice, check_workplace
from templates_app.shapes import Kit


def faults(**parts: dict) -> list[str]:
    """What the checks find in the shipped kit with these parts changed."""
    kit = shipped_kit("sssc")
    values = {name: getattr(kit, name).model_copy(update=change) for name, change in parts.items()}
    changed: Kit = kit.model_copy(update=values)
    return [one.message for check in (check_workplace, check_notice) for one in check(changed, [])]


def test_the_shipped_kit_is_sound():
    assert faults() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"worksheet": "nowhere"}, "There is no worksheet 'nowhere'"),
        ({"worksheet": "linemgr"}, "filled_by: supervisor"),
        ({"worksheet": "policy"}, "preset: author-coordinator"),
        ({"worksheet": "policy"}, "cannot answer"),
        ({"needs": "expense"}, "tick that they name nobody"),
        ({"name_from": "nothing"}, "No joining sheet asks 'nothing'"),
    ],
)
def test_managers_are_asked_what_they_can_answer(change, words):
    assert any(words in one for one in faults(managers=change))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"roles": ["captain"]}, "No role 'captain'"),
        ({"worksheets": ["nowhere"]}, "There is no worksheet 'nowhere'"),
        ({"worksheets": ["gpc1"]}, "nameless: true"),
    ],
)
def test_a_notice_holds_what_everybody_may_read(change, words):
    assert any(words in one for one in faults(notice=change))
