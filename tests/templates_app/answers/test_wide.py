"""Answers for spreadsheets: a column for every single answer, keys that survive relabelling."""

from templates_app.answers import wide_columns, wide_row
from templates_app.shapes import Worksheet
from tests.templates_app.sink import FULL, kitchen_sink, sheet


def keys(*responses: dict) -> list[str]:
    return [column.key for column in wide_columns(kitchen_sink(), responses)]


def test_every_cell_of_a_response_has_a_column():
    columns = keys(FULL)
    assert set(wide_row(kitchen_sink(), FULL)) <= set(columns)
    assert len(columns) == len(set(columns))
    labels = [column.label for column in wide_columns(kitchen_sink(), [FULL])]
    assert len(labels) == len(set(labels)), "no two columns read alike"


def test_rows_are_numbered_as_far_as_the_longest_goes():
    assert "goals.1.goal" in keys()
    assert "goals.2.goal" not in keys()
    assert {"goals.1.steps.2.minutes", "goals.2.goal"} <= set(keys(FULL))
    assert "gaps.2.gap" not in keys(FULL), "examples take no columns"


def test_cells_hold_keys_and_figures():
    row = wide_row(kitchen_sink(), FULL)
    assert row["years"] == 2.5
    assert row["model"] == "other"
    assert row["model__other"] == "On the ferry"
    assert [row[f"sectors.{key}"] for key in ("water", "roads", "power", "other")] == [1, 0, 0, 1]
    assert row["languages"] == "en; to"
    assert (row["weights.skill"], row["weights.trust"], row["weights.place"]) == (1, 2, None)
    assert (row["grid.talk"], row["grid.time"]) == (1, "dk")
    assert (row["ticks.read"], row["ticks.books"], row["ticks.books.note"]) == (1, 0, "Epeli Hauʻofa")
    assert row["horizon.y5.where"] == "Head of unit"
    assert row["goals.1.steps.2.minutes"] == 90
    assert row["goals.2.state__other"] == "Resting"
    assert (row["countersign"], row["countersign.at"]) == ("Helen Ward", "2026-11-20T01:00:00Z")
    assert row["letter"] == "Letter.pdf"


def test_what_was_not_answered_has_no_cell_which_is_not_nought():
    assert wide_row(kitchen_sink(), {}) == {}
    assert wide_row(kitchen_sink(), {"years": 0}) == {"years": 0}


def test_relabelling_moves_no_column():
    text = kitchen_sink().model_dump_json()
    relabelled = Worksheet.model_validate_json(text.replace("Roads", "Streets").replace("Your post", "Job"))
    assert [column.key for column in wide_columns(relabelled, [FULL])] == keys(FULL)
    assert wide_row(relabelled, FULL) == wide_row(kitchen_sink(), FULL)


def test_private_fields_make_no_column_for_who_may_not_read_them():
    allowed = lambda shape: shape.key != "secret"  # noqa: E731
    assert "secret" not in [column.key for column in wide_columns(kitchen_sink(), [FULL], allowed)]
    assert "secret" not in wide_row(kitchen_sink(), FULL, allowed)


def test_what_was_not_understood_is_exported_as_typed():
    one = sheet({"key": "n", "kind": "number", "label": "N"})
    assert wide_row(one, {"n": {"_raw": "a few"}}) == {"n": "a few"}
