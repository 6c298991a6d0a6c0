"""Kits as files: read with care, checked as a whole, counted against a catalogue, written out again.

Nothing here knows Django or the database; ``docs/kits.md`` is the format for people.
"""

from templates_app.domain.kit_files.checking import check_kit
from templates_app.domain.kit_files.faults import Fault, KitFaulty, Problem
from templates_app.domain.kit_files.ids import IdReport, catalogue_of, compare_ids, held_ids, read_ids
from templates_app.domain.kit_files.reading import read_kit, read_left_out
from templates_app.domain.kit_files.schema import kit_schema
from templates_app.domain.kit_files.shipped import KITS, shipped_kit, shipped_kits
from templates_app.domain.kit_files.writing import write_kit

__all__ = [
    "KITS",
    "Fault",
    "IdReport",
    "KitFaulty",
    "Problem",
    "catalogue_of",
    "check_kit",
    "compare_ids",
    "held_ids",
    "kit_schema",
    "read_ids",
    "read_kit",
    "read_left_out",
    "shipped_kit",
    "shipped_kits",
    "write_kit",
]
