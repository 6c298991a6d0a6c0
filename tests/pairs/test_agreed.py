"""What a pair has agreed counts however it is said: in words, by a tick, or in the agreement itself."""

from pairs.domain.agreed import AgreedLine, agreed_lines
from pairs.domain.agreement import open_agreement
from pairs.domain.agreement_owner import takeable_fields
from pairs.domain.queries import get_pairing_for, outputs_for
from pairs.domain.reading import reader_of
from pairs.domain.taking_over import rows_to_take
from templates_app.domain.kits import current_version
from templates_app.shapes import Meaning
from tests.pairs.filling import change_sheet, send
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
    counted = {shape.key: (shape, count) for shape, count in takeable_fields(agreement, pair.mentee)}
    shape, count = counted["ground_rules"]
    rows = rows_to_take(reader_of(pair.mentee, pair.pairing), shape)
    assert [row["about"] for row in rows] == ["We come in time", "Who is late says so"]
    assert [row["rule"] for row in rows] == ["", "a day before"]
    assert count == 2


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
