"""Which answers may stand in a figure about many people. Pure: what a worksheet told its writer before they typed decides.

Counted is what the coordinator may read anyway or what was asked without names. What stays with its writer or with the
pair is counted nowhere, but for sheets whose writer says on them that they may be.
"""

from collections.abc import Mapping
from typing import Any

from templates_app.shapes import FieldShape, Preset, ShowIf, Use, Worksheet

SMALLEST_GROUP = 5
"""Of fewer people nothing is broken down, and no organisation of fewer is named: five is what published practice uses for
counts (``phase1.must.55``, ``gla.must.43``)."""
NOT_REPORTED = frozenset({Preset.PRIVATE, Preset.PAIR, Preset.STATUS})
"""Fields with readers of their own who do not include the coordinator stay out of every result."""
_TOLD = frozenset({Preset.ANONYMOUS, Preset.AUTHOR_COORDINATOR})


def is_reported(shape: FieldShape) -> bool:
    """Whether a field's answers may be counted at all: never those the coordinator may not read, nor sensitive ones."""
    return not shape.sensitive and (not shape.readers or Preset(shape.readers) not in NOT_REPORTED)


def may_be_counted(sheet: Worksheet, shape: FieldShape) -> bool:
    """Whether this answer may stand in a figure, by what its worksheet promises.

    What reaches the coordinator by a consent, or once a log is passed on, is left out: it may be taken back.
    """
    if not is_reported(shape):
        return False
    readers = sheet.readers
    to_coordinators = readers.preset is Preset.COORDINATOR and readers.consent is None and sheet.use is not Use.LOG
    return shape.readers == Preset.ANONYMOUS or readers.preset in _TOLD or to_coordinators


def agrees(facts: Mapping[str, Any], when: ShowIf) -> bool:
    """Whether a sheet holds the answer by which its writer agrees to something: an answer that is not there is none."""
    answer = facts.get(when.field)
    return answer is not None and (answer in when.is_in or bool(when.filled))
