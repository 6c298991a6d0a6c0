"""What a kit says has the effect it names: what would be accepted and then do nothing, or harm, is refused."""

import pytest

from tests.templates_app.kits_at_hand import KitAtHand

BREAKDOWN, UPDATE = "worksheets/breakdown.yaml", "worksheets/update.yaml"


@pytest.fixture
def kit_of(tmp_path):
    return lambda key: KitAtHand(tmp_path / key, key)


# --- News and help reach a coordinator who may read them ----------------------------------------------------------------


@pytest.mark.parametrize(("sheet", "tells"), [(BREAKDOWN, "help"), (UPDATE, "news")])
def test_a_coordinator_is_not_told_of_what_they_read_only_with_consent(kit_of, sheet, tells):
    kit = kit_of("sssc")
    assert f"to_coordinator: {tells}" in kit.text(sheet)
    consent = kit.text("agreement.yaml").split("consent:", 1)[1].split("key: ", 1)[1].split()[0]
    kit.change(sheet, "  preset: author-coordinator\n", f"  preset: author-coordinator\n  consent: {consent}\n")
    assert any("take 'consent' out" in fault.message for fault in kit.faults if fault.file == sheet), kit.faults


# --- Homework can be done -----------------------------------------------------------------------------------------------

HOMEWORK = "worksheets/homework.yaml"


def told(kit, file, words):
    """The fault of that file which says so."""
    found = [fault for fault in kit.faults if words in fault.message]
    assert [fault.file for fault in found] == [file], [str(fault) for fault in kit.faults]
    return found[0]


@pytest.mark.parametrize("state", ["", "            state: open\n"])
def test_homework_that_nobody_could_call_done_is_refused(kit_of, state):
    kit = kit_of("gla")
    kit.change(HOMEWORK, "            state: reached\n", state)
    fault = told(kit, HOMEWORK, "Such homework could never be done")
    assert kit.text(HOMEWORK).splitlines()[fault.line - 1] == "use: homework"


def test_homework_inside_rows_has_no_state(kit_of):
    kit = kit_of("gla")
    row = "fields: [{key: a, kind: choice, label: A, ours: true, options: [{key: b, label: B, state: reached}]}]"
    more = f"      - key: rows\n        kind: group\n        label: Rows\n        ours: true\n        {row}\n"
    kit.change(HOMEWORK, "      - key: share\n", f"{more}      - key: share\n")
    told(kit, HOMEWORK, "Only a choice inside a goal, or in a worksheet of homework")


@pytest.mark.parametrize("kept", ["readers: private", "sensitive: true"])
def test_no_part_of_a_row_is_kept_from_who_reads_the_row(kit_of, kept):
    kit = kit_of("gla")
    row = f"fields: [{{key: a, kind: text, label: A, ours: true, {kept}}}]"
    more = f"      - key: rows\n        kind: group\n        label: Rows\n        ours: true\n        {row}\n"
    kit.change(HOMEWORK, "      - key: share\n", f"{more}      - key: share\n")
    told(kit, HOMEWORK, "A row is read as a whole")


# --- What is counted with leave -----------------------------------------------------------------------------------------

RESULT, COUNTED = "worksheets/objective-result.yaml", "counted: {when: {field: may_count, is_in: [agreed]}, by: kind}"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("counted: {when: {field: may_count, is_in: [agreed]}, by: detail}", "'detail' is no choice of one"),
        ("counted: {when: {field: may_count, is_in: [yes_please]}, by: kind}", "'yes_please' is no option of"),
        ("counted: {when: {field: may_count}, by: kind}", "Say which answers agree to it"),
        ("counted: {when: {field: may_count, filled: false}, by: kind}", "Say which answers agree to it"),
        ("counted: {when: {field: detail, filled: true}, by: kind}", "Who agrees chooses an answer: 'detail'"),
    ],
)
def test_what_is_counted_are_options_of_those_who_chose_to_agree(kit_of, wrong, words):
    kit = kit_of("aspire")
    kit.change(RESULT, COUNTED, wrong)
    assert told(kit, RESULT, words).line == kit.text(RESULT).splitlines().index(wrong) + 1


@pytest.mark.parametrize("field", ["kind", "may_count"])
def test_what_is_asked_no_more_is_not_counted(kit_of, field):
    kit = kit_of("aspire")
    kit.change(RESULT, f"      - key: {field}\n", f"      - key: {field}\n        hidden: true\n")
    told(kit, RESULT, f"'{field}' is no choice of one, with options, that is asked.")


def test_several_answers_at_once_are_not_counted(kit_of):
    kit = kit_of("aspire")
    kit.change(
        RESULT, "        kind: choice\n        label: What is it?", "        kind: choices\n        label: What is it?"
    )
    told(kit, RESULT, "Only options are counted: 'kind'")


def test_what_stands_in_rows_is_not_totalled(kit_of):
    kit = kit_of("sssc")
    row = "fields: [{key: a, kind: choice, label: A, ours: true, totalled: true, options: [{key: b, label: B}]}]"
    more = f"      - key: rows\n        kind: group\n        label: Rows\n        ours: true\n        {row}\n"
    kit.change(UPDATE, "    fields:\n", f"    fields:\n{more}")
    told(kit, UPDATE, "Only a question of the sheet itself is totalled")


# --- What is put in from the start --------------------------------------------------------------------------------------


def test_only_the_agreement_begins_with_something(kit_of):
    kit = kit_of("aspire")
    line = kit.change(RESULT, "        max_length: 500\n", "        begins: A certificate\n        max_length: 500\n")
    assert told(kit, RESULT, "Only questions of the agreement begin with something.").line == line
    other = kit_of("plp-ess")
    other.change("agreement.yaml", "    kind: text\n", "    kind: text\n    begins: As we like\n")
    assert other.faults == []


def test_only_a_programmes_own_sheet_knows_what_was_counted_over_a_period(kit_of):
    kit = kit_of("aspire")
    line = kit.change(RESULT, "        max_length: 500\n", "        prefill: period.themes\n        max_length: 500\n")
    assert told(kit, RESULT, "What was counted over a period is known").line == line


def test_what_was_counted_over_a_period_is_put_into_no_row(kit_of):
    kit = kit_of("sssc")
    row = "fields: [{key: a, kind: longtext, label: A, ours: true, prefill: period.themes}]"
    more = f"      - key: rows\n        kind: group\n        label: Rows\n        ours: true\n        {row}\n"
    kit.change("worksheets/report.yaml", "    fields:\n", f"    fields:\n{more}")
    told(kit, "worksheets/report.yaml", "and there to no question inside rows")


def test_a_report_on_a_period_can_be_written_for_the_next(kit_of):
    kit = kit_of("sssc")
    kit.change("worksheets/report.yaml", "repeats: true\n", "")
    told(kit, "worksheets/report.yaml", "say 'repeats: true'")


# --- Nobody waits for what never comes ----------------------------------------------------------------------------------

MOMENTS = "moments:\n  - key: once\n    opens: {anchor: pairing}\n"


@pytest.mark.parametrize(
    ("key", "sheet"), [("caltrans", "worksheets/supervisor-approval.yaml"), ("sssc", "worksheets/budget.yaml")]
)
def test_moments_of_a_sheet_that_nobody_of_a_pair_fills_in_are_refused(kit_of, key, sheet):
    kit = kit_of(key)
    kit.change(sheet, "sections:\n", f"{MOMENTS}sections:\n")
    told(kit, sheet, "Moments ask the people of a pair")


def test_a_reckoning_that_the_application_does_not_know_is_refused(kit_of):
    kit = kit_of("sssc")
    kit.change("worksheets/budget.yaml", "compute: sum:lines.planned", "compute: planned-in-all")
    told(kit, "worksheets/budget.yaml", "Nothing is worked out under this name")


# --- What is offered after sending comes when it can --------------------------------------------------------------------

SUITS = "    when: {field: suits, is_in: [does_not]}\n"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{field: suits, is_in: [no_more]}", "'no_more' is no option of the field 'suits'."),
        ("{field: thoughts, is_in: [time]}", "Answers of kind 'longtext' are not compared"),
        ("{field: talk_first, filled: true}", "'talk_first' is of kind 'note': nothing can depend on that"),
    ],
)
def test_an_offer_that_would_never_come_is_refused(kit_of, when, said):
    kit = kit_of("caltrans")
    kit.change("worksheets/match-check.yaml", SUITS, f"    when: {when}\n")
    told(kit, "worksheets/match-check.yaml", said)
