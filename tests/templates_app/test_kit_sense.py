"""What a kit's single numbers and settings say makes sense: what would break, or do nothing, is refused with what to do."""

import pytest

from programmes.domain.designing.kinds import CARDS, settings_of
from templates_app.domain.kit_files.checking import check_kit
from templates_app.shapes import FieldShape, Kind
from templates_app.shapes.belonging import BELONGS, COMPARED, LOOKED_AT, misplaced_on, with_its_own
from templates_app.shapes.kinds import SHOWN
from tests.kits import every_kit, kit_named
from tests.templates_app.kits_at_hand import small_kit
from tests.templates_app.sink import kitchen_sink

POINTS = [{"value": 1}, {"value": 2}]
OPTIONS = [{"key": "yes", "label": "Yes"}]
ITEMS = [{"key": "one", "label": "One"}]
COLUMN = {"key": "words", "kind": "text", "label": "Words"}
NEEDED = {
    "choice": {"options": OPTIONS}, "choices": {"options": OPTIONS}, "ranked": {"options": OPTIONS},
    "picture": {"options": OPTIONS}, "scale": {"points": POINTS}, "matrix": {"points": POINTS, "items": ITEMS},
    "checklist": {"items": ITEMS}, "table": {"columns": [COLUMN]}, "group": {"fields": [COLUMN]},
    "note": {"text": "Words"}, "computed": {"compute": "count:x"}, "signature": {"signer": "mentee"},
    "initials": {"signer": "mentee"},
}  # fmt: skip


def field(kind="text", key="a", **more):
    """A question of that kind with what it needs."""
    return {"key": key, "kind": kind, "label": "A"} | NEEDED.get(kind, {}) | more


def sheet(*fields, **more):
    """A worksheet of these questions."""
    whole = {"key": "sheet", "title": "Sheet", "filled_by": "mentee", "readers": {"preset": "pair"}, "ours": True}
    return whole | {"sections": [{"key": "all", "title": "", "fields": list(fields)}]} | more


def told(**values):
    """What the check says of the small kit with these values, with the last name of each place."""
    return {(str(problem.loc[-1]), problem.message) for problem in check_kit(small_kit(**values))}


def asked(*fields, **more):
    return told(worksheets=[sheet(*fields, **more)])


def says(found, name, words):
    assert [one for one in found if one[0] == name and words in one[1]], found


PLAN = small_kit().model_dump(mode="json")["plan"]
AGREEMENT = small_kit().model_dump(mode="json")["agreement"]
OUTSIDE = {"key": "boss", "label": "Boss"}
REMINDER = {
    "key": "r", "owes": "log", "first_after": 1, "every": 7, "at_most": 2, "subject": "S", "text": "T", "ours": True
}  # fmt: skip


def test_what_the_tests_damage_is_sound():
    plan = PLAN | {"quiet_days": 1, "notice_hours": 0, "sessions": 0}
    outside = [OUTSIDE | {"remind_after": None, "days": 3}]
    silent = REMINDER | {"at_most": 0, "escalate_after": 3}
    assert (
        told(plan=plan, agreement=AGREEMENT | {"outside": outside}, reminders=[REMINDER | {"key": "s"}, silent])
        == set()
    )
    assert asked(field(max_length=1), minutes=1) == set()


@pytest.mark.parametrize(
    ("name", "value", "least"),
    [
        ("months", 0, 1),
        ("months", -1, 1),
        ("sessions", -1, 0),
        ("interval_months", 0, 1),
        ("quiet_days", 0, 1),
        ("notice_hours", -1, 0),
    ],
)
def test_a_plan_counts_what_there_can_be(name, value, least):
    says(told(plan=PLAN | {name: value}), name, f"'{name}' is {value}: it has to be at least {least}.")


def test_a_plan_ends_within_the_calendar():
    says(told(plan=PLAN | {"months": 100_000}), "months", "it may be at most")


@pytest.mark.parametrize(
    ("minutes", "name", "words"),
    [
        ((0, 0, 0), "min_minutes", "at least 1"),
        ((60, 60, 30), "min_minutes", "'min_minutes' is larger than 'max_minutes'"),
        ((30, 90, 60), "meeting", "'default_minutes' should lie between"),
    ],
)
def test_a_meeting_has_a_length(minutes, name, words):
    meeting = dict(zip(("min_minutes", "default_minutes", "max_minutes"), minutes, strict=True)) | {"slices": []}
    says(told(plan=PLAN | {"meeting": meeting}), name, words)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("first_after", -1, "at least 0"),
        ("every", 0, "at least 1"),
        ("at_most", -1, "at least 0"),
        ("at_most", 0, "Nobody would ever hear of it"),
        ("escalate_after", -1, "at least 0"),
    ],
)
def test_a_reminder_comes_on_days_that_there_are(name, value, words):
    says(told(reminders=[REMINDER | {name: value}]), name, words)


@pytest.mark.parametrize(
    ("terms", "name", "words"),
    [
        ({"days": 0, "remind_after": None}, "days", "at least 1"),
        ({"remind_after": 0}, "remind_after", "at least 1"),
        ({"days": 7, "remind_after": 7}, "remind_after", "the link works no longer by then"),
    ],
)
def test_who_signs_from_outside_has_days_to_do_so(terms, name, words):
    says(told(agreement=AGREEMENT | {"outside": [OUTSIDE | terms]}), name, words)


def test_an_agreement_is_signed_by_somebody_of_the_pair():
    says(told(agreement=AGREEMENT | {"signers": []}), "signers", "Nobody of the pair signs")
    says(told(agreement=AGREEMENT | {"signers": [], "outside": [OUTSIDE]}), "signers", "Nobody of the pair signs")


@pytest.mark.parametrize(
    ("asks", "name", "words"),
    [
        (field("table", min_rows=-1), "min_rows", "at least 0"),
        (field("table", max_rows=0), "max_rows", "at least 1"),
        (field("table", min_rows=3, max_rows=2), "min_rows", "'min_rows' is larger than 'max_rows'"),
        (field("table", start_rows=3, max_rows=2), "start_rows", "'start_rows' is larger than 'max_rows'"),
        (field(max_length=0), "max_length", "at least 1"),
        (field("date", remind_days=-1), "remind_days", "at least 0"),
        (field("scale", talk={"apart": 0}), "apart", "at least 1"),
        (field("scale", talk={"values": [1, 7]}), "1", "7 is no point of this scale. Its points are the numbers 1, 2."),
        (field("signature", signer=""), "signer", "Say who signs here"),
        (field("initials", signer=""), "signer", "Say who signs here"),
    ],
)
def test_a_question_asks_what_can_be_answered(asks, name, words):
    says(asked(field(key="more"), asks), name, words)


def test_a_worksheet_takes_some_minutes():
    says(asked(field(), minutes=-5), "minutes", "at least 1")


@pytest.mark.parametrize("fields", [[], [field("note")], [field(hidden=True)]])
def test_a_worksheet_asks_something(fields):
    says(asked(*fields), "sections", "This worksheet asks nothing.")


# --- Conditions and computations ------------------------------------------------------------------------------------------

ANSWER = {"choice": "yes", "choices": "yes", "picture": "yes", "scale": 1, "checklist": "one", "number": 7}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_condition_names_answers_that_can_be_compared(kind):
    first = field(str(kind), key="first")
    named = asked(first, field(show_if={"field": "first", "is_in": [ANSWER.get(kind, "words")]}))
    filled = asked(first, field(show_if={"field": "first", "filled": True}))
    mine = [message for name, message in named if name in {"field", "is_in"}]
    assert bool(mine) is (kind not in COMPARED), named
    assert bool([message for name, message in filled if name == "field"]) is (kind not in LOOKED_AT), filled
    if kind in LOOKED_AT - COMPARED:
        assert "'filled: true'" in mine[0]


def test_a_condition_on_a_checklist_names_its_lines():
    found = asked(field("checklist", key="first"), field(show_if={"field": "first", "is_in": ["two"]}))
    says(found, "is_in", "'two' is no line of the checklist 'first'.")


@pytest.mark.parametrize(
    ("compute", "words"),
    [
        ("sum:rows.words", "holds no figures"),
        ("sum:rows.much", ""),
        ("count:rows", ""),
        ("count:one", "holds one answer"),
    ],
)
def test_figures_are_added_up_and_rows_counted(compute, words):
    rows = field("table", key="rows", columns=[COLUMN, {"key": "much", "kind": "number", "label": "Much"}])
    found = asked(rows, field(key="one"), field("computed", compute=compute))
    assert [words in message for _name, message in found] == ([True] if words else []), found


# --- Moments ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "due", "refused"),
    [
        ({"anchor": "pairing", "days": 7}, {"anchor": "pairing"}, True),
        ({"anchor": "pairing", "months": 1}, {"anchor": "pairing", "days": 20}, True),
        ({"anchor": "pairing", "months": 1}, {"anchor": "pairing", "days": 30}, False),
        ({"anchor": "pairing", "days": 7}, {"anchor": "pairing", "days": 7}, False),
        ({"anchor": "pairing", "days": 7}, {"anchor": "cohort-start"}, False),
        ({"anchor": "cohort-end", "days": -7}, {"anchor": "cohort-end"}, False),
    ],
)
def test_nothing_is_due_before_it_opens(opens, due, refused):
    found = asked(field(), moments=[{"key": "once", "opens": opens, "due": due}])
    assert bool([one for one in found if "due before it opens" in one[1]]) is refused, found


@pytest.mark.parametrize("way", ["use", "enrolment"])
def test_a_profile_is_filled_in_at_joining_and_at_no_moment(way):
    profile = sheet(field(), moments=[{"key": "once", "opens": {"anchor": "pairing"}}])
    profile |= {"use": "profile"} if way == "use" else {}
    joining = {"enrolment": {"mentee": "sheet"} if way == "enrolment" else {}}
    says(told(worksheets=[profile], joining=joining), "moments", "People fill it in when they join")


# --- Settings of another kind -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asks", "name", "words"),
    [
        (field("ranked", max_rows=3), "max_rows", "does nothing on a field of kind 'ranked'"),
        (field("ranked", max_length=3), "max_length", "does nothing on a field of kind 'ranked'"),
        (field("longtext", options=OPTIONS), "options", "or make the field one of kind 'choice'"),
        (field(points=POINTS), "points", "one of kind 'scale' or 'matrix'"),
        (field("number", accept=["pdf"]), "accept", "Take it out, or make the field one of kind 'file'."),
        (field("group", fields=[field(signer="mentee", key="in")]), "signer", "does nothing on a field of kind 'text'"),
    ],
)
def test_a_setting_that_would_do_nothing_is_refused(asks, name, words):
    says(asked(asks), name, words)


def test_what_the_designer_offers_on_a_kind_belongs_to_it():
    for card in CARDS:
        for name in settings_of(card.kind):
            assert card.kind in BELONGS.get(name, {card.kind}), (card.kind, name)
    assert set(BELONGS) <= set(FieldShape.model_fields)
    assert {card.kind for card in CARDS if card.kind in SHOWN} == SHOWN


def test_leftovers_of_another_kind_go_and_nothing_else_does():
    left = field("group", points=POINTS, fields=[COLUMN | {"max_rows": 3}])
    assert with_its_own(left) == field("group", fields=[COLUMN])
    for whole in [kitchen_sink(), *(one for key in every_kit() for one in kit_named(key).worksheets)]:
        for one in whole.fields():
            assert misplaced_on(one) == [], (whole.key, one.key)
