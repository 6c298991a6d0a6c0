"""What a pair has agreed counts however it is said: in words, by a tick, or in the agreement itself."""

import copy

from pairs.domain.agreed import AgreedLine, agreed_lines
from pairs.domain.agreement import open_agreement
from pairs.domain.agreement_owner import agreement_owner, takeable_fields
from pairs.domain.agreement_queries import get_own_agreement_for
from pairs.domain.queries import get_pairing_for, outputs_for
from pairs.domain.reading import reader_of
from pairs.domain.taking_over import rows_to_take, take_into
from templates_app.domain.kits import current_version
from templates_app.domain.responses import answers_of
from templates_app.shapes import Meaning
from tests.pairs.filling import GOAL, change_sheet, send
from tests.pairs.test_agreement import signed
from tests.pairs.test_private_goals import page

RULES = {Meaning.GROUND_RULE}
STATEMENTS = {
    "key": "ground_rules",
    "kind": "checklist",
    "label": "Which of these do you keep?",
    "items": [
        {"key": "time", "label": "We come in time", "note": "none", "meaning": "ground-rule"},
        {"key": "late", "label": "Who is late says so", "note": "may", "meaning": "ground-rule"},
        {"key": "place", "label": "Place", "note": "answer", "meaning": "ground-rule"},
        {"key": "never", "label": "We never cancel", "note": "may", "meaning": "ground-rule"},
    ],
}
TICKED = {
    "time": {"done": True},
    "late": {"done": True, "note": "a day before"},
    "place": {"done": True},
    "never": {"done": False},
}


def lines(pair, user):
    reader = reader_of(user, get_pairing_for(user, pair.pairing.pk))
    return agreed_lines(reader, outputs_for(user, pair.pairing, reader), RULES)


def tick_statements(pair):
    section = {"key": "rules", "title": "Rules", "fields": [STATEMENTS], "ours": True}
    change_sheet(pair.pairing, "first-meeting", sections=[section])
    send(pair.output(worksheet="first-meeting"), pair.mentee, {"ground_rules": TICKED})


def test_a_ticked_statement_is_agreed_without_a_note_and_shown_at_sessions(pair):
    tick_statements(pair)
    found = lines(pair, pair.mentor)
    assert [(line.label, line.text) for line in found] == [
        ("We come in time", ""),
        ("Who is late says so", "a day before"),
    ]
    words = page(pair, pair.mentor, f"sessions/{pair.session(2).pk}/")[1]
    assert "We come in time" in words
    assert "We never cancel" not in words


def test_a_ticked_statement_can_be_taken_over_into_the_agreement(pair):
    tick_statements(pair)
    agreement = open_agreement(pairing=pair.pairing, actor=pair.mentee)
    takeable = {one.shape.key: one for one in takeable_fields(agreement, pair.mentee)}["ground_rules"]
    rows = rows_to_take(reader_of(pair.mentee, pair.pairing), takeable.shape)
    assert [row["about"] for row in rows] == ["We come in time", "Who is late says so"]
    assert [row["rule"] for row in rows] == ["", "a day before"]
    assert [line.words for line in takeable.lines] == ["We come in time", "Who is late says so; a day before"]


def narrowed_goals(pair, part: str = "") -> None:
    """The handbook keeps the question for goals with its writer, or one part of each goal."""
    before = current_version(pair.pairing.cohort.programme.handbook, "goals").definition
    sections = copy.deepcopy(before["sections"])
    (asked,) = [one for section in sections for one in section["fields"] if one["key"] == "goals"]
    narrowed = next(one for one in asked["fields"] if one["key"] == part) if part else asked
    narrowed["readers"] = "private"
    change_sheet(pair.pairing, "goals", sections=sections)


def waiting(pair, user) -> list[str]:
    """What this person is shown that can be taken over, and what it would bring."""
    agreement = get_own_agreement_for(user, pair.pairing.pk)
    takeable = takeable_fields(agreement, user)
    rows = [rows_to_take(reader_of(user, pair.pairing), one.shape) for one in takeable]
    return [str([one.lines for one in takeable]), str(rows)]


def test_a_question_that_stays_with_its_writer_is_not_taken_over_by_the_other(pair):
    narrowed_goals(pair)
    send(pair.output(worksheet="goals", moment="session-1"), pair.mentee, {"goals": [GOAL | {"due": "2027-03-01"}]})
    open_agreement(pairing=pair.pairing, actor=pair.mentee)
    assert takeable_fields(get_own_agreement_for(pair.mentor, pair.pairing.pk), pair.mentor) == []
    for field in ("goal_statements", "objectives"):
        take_into(owner=agreement_owner(pair.mentor, pair.pairing.pk), field=field, actor=pair.mentor)
    draft = str(answers_of(agreement_owner(pair.mentee, pair.pairing.pk).response))
    assert not [words for words in (GOAL["action"], GOAL["result"], GOAL["measure"]) if words in draft]
    assert all(GOAL["action"] in words for words in waiting(pair, pair.mentee)), "one's own is one's own to bring in"


def test_a_part_of_each_goal_that_stays_with_its_writer_is_left_out_for_the_other(pair):
    narrowed_goals(pair, "measure")
    send(pair.output(worksheet="goals", moment="session-1"), pair.mentee, {"goals": [GOAL | {"due": "2027-03-01"}]})
    open_agreement(pairing=pair.pairing, actor=pair.mentee)
    for words in waiting(pair, pair.mentor):
        assert GOAL["result"] in words
        assert GOAL["measure"] not in words
    assert all(GOAL["measure"] in words for words in waiting(pair, pair.mentee))


def test_a_field_of_the_agreement_with_a_meaning_is_shown_once_the_agreement_is_in_force(pair):
    [section] = current_version(pair.pairing.cohort.programme.handbook, "agreement").definition["sections"]
    fields = [
        field | ({"meaning": "ground-rule"} if field["key"] == "ground_rules" else {}) for field in section["fields"]
    ]
    change_sheet(pair.pairing, "agreement", sections=[section | {"fields": fields}])
    assert lines(pair, pair.mentor) == []
    signed(pair)
    expected = [AgreedLine("Place", "Teams, monthly", Meaning.GROUND_RULE)]
    assert lines(pair, pair.mentor) == lines(pair, pair.mentee) == expected
    assert lines(pair, pair.coordinator) == []
