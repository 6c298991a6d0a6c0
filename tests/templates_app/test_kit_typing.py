"""What is easily mistyped while a handbook is typed in is told with its file, its line and what to do."""

import shutil

import pytest

from templates_app.domain.kit_files import read_kit
from tests.kits import TYPED_IN


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"),
    [
        ("worksheets/goals.yaml", "is_in: [1, 2, 3, 4, 5]", "is_in: [0]", "0 is no point of the scale 'now'"),
        ("worksheets/goals.yaml", "is_in: [1, 2, 3, 4, 5]", "is_in: ['1']", "Its points are the numbers 1, 2, 3"),
        ("worksheets/plan.yaml", "- {step: Ask the", "- {stepp: Ask the", "There is no column 'stepp' here."),
        ("worksheets/apprentice-profile.yaml", "[pdf, jpg, png]", "[.pdf]", "without its dot: 'pdf'"),
        ("worksheets/evaluation.yaml", "{value: 2, label: Some}", "{value: 1, label: Some}", "have the value 1"),
        ("worksheets/log.yaml", "kind: file", "kind: photo", "'kind' is 'photo'. Choose one of: 'text'"),
        ("worksheets/closing.yaml", "signer: supervisor", "signer: foreman", "There is no role 'foreman'."),
        ("course.yaml", "[closing, evaluation]", "[closng, evaluation]", "There is no worksheet 'closng'."),
    ],
)
def test_it_is_told_where_it_stands(tmp_path, file, right, wrong, said):
    folder = shutil.copytree(TYPED_IN / "harbour", tmp_path / "kit")
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    kit, faults = read_kit(folder)
    assert kit is None
    told = [fault for fault in faults if said in fault.message]
    assert told, [str(fault) for fault in faults]
    assert (told[0].file, abs(told[0].line - line) <= 2) == (file, True)
