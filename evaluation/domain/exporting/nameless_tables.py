"""What pairs answered, for evaluating a programme, with nothing by which anybody could be known (``sssc.must.3``).

Only what was chosen, scored, counted or ticked: no names, no places, no days, and not a word that anybody wrote; the words are
not even unsealed. Lines say neither whose they are nor which of them belong together, and stand in an order of their own.
Where fewer than five people, or pairs that share nobody, have answered a worksheet, nothing of it is told.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from evaluation.domain.behind import People, are_enough
from evaluation.domain.exporting.plain_tables import may_show, outputs_with_responses
from evaluation.domain.exporting.tables import Scope, Table
from evaluation.domain.exporting.total_tables import is_anonymous
from pairs.models import Output
from templates_app.answers import wide_columns, wide_row
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.domain.kits import worksheet_of
from templates_app.models import Response
from templates_app.shapes import FieldShape, Kind, Worksheet
from templates_app.shapes.kinds import HAS_OPTIONS

TELLING_NOBODY = frozenset({Kind.NUMBER, Kind.DURATION, Kind.SCALE, Kind.MATRIX, Kind.CHECKLIST})
Sheet = tuple[Worksheet, dict[str, Any]]


def nameless_table(scope: Scope, key: str) -> Table | None:
    """The answers of one worksheet without names; none where nothing is asked that could be told, or where the survey is
    anonymous anyway and has totals of its own.
    """
    outputs = list(outputs_with_responses(scope, key))
    if is_anonymous(scope, key, outputs):
        return None
    shown = [row for row in outputs if may_show(scope, row)]
    sheets = list(_sheets(scope, shown))
    columns = {one.key: one.label for sheet, facts in sheets for one in wide_columns(sheet, [facts])}
    if not columns:
        return None
    if not are_enough(_writers(scope, row) for row in shown):
        told = _("fewer than %(smallest)d pairs have answered: not shown") % {"smallest": SMALLEST_GROUP}
        return Table(key, [_("answers")], [[told]])
    table = Table(key, [f"{label} [{name}]" for name, label in columns.items()])
    cells = [wide_row(sheet, facts) for sheet, facts in sheets]
    table.rows = sorted(([row.get(name, "") for name in columns] for row in cells), key=str)
    return table


def _writers(scope: Scope, row: Output) -> People:
    people = scope.readers[row.pairing_id].people
    one = people.member(row.member_id)
    return frozenset(person.participant.pk for person in ([one] if one else people.everyone))


def _sheets(scope: Scope, outputs: Iterable[Output]) -> Iterable[Sheet]:
    """What of each sheet may be told, and its facts. The words stay sealed."""
    rows = list(outputs)
    facts = dict(Response.objects.filter(pk__in=[row.response_id for row in rows]).values_list("pk", "facts"))
    for row in rows:
        assert row.response is not None
        may_read = scope.readers[row.pairing_id].field_filter(row)
        whole = worksheet_of(row.response.version)
        sections = [
            section.model_copy(update={"fields": _bare(field for field in section.fields if may_read(field))})
            for section in whole.sections
        ]
        yield whole.model_copy(update={"sections": sections}), facts[row.response.pk]


def _bare(fields: Iterable[FieldShape]) -> list[FieldShape]:
    return [bare for field in fields if (bare := _told(field)) is not None]


def _told(field: FieldShape) -> FieldShape | None:
    """The part of a question whose answers tell nobody; ``None`` where there is none. What is chosen from people, partners,
    places and the pair's own goals is left out with the words.
    """
    if field.sensitive:
        return None
    if field.kind in HAS_OPTIONS:
        return None if field.options_from else field.model_copy(update={"other": False})
    if field.kind in TELLING_NOBODY:
        items = [item.model_copy(update={"note": "none"}) for item in field.items]
        return field.model_copy(update={"items": items})
    columns, fields = _bare(field.columns), _bare(field.fields)
    return field.model_copy(update={"columns": columns, "fields": fields}) if columns or fields else None
