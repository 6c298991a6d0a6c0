"""Sheets with the worksheets as they were when they were written: what somebody was told then holds for what they sent."""

from collections.abc import Iterator

from django.db.models import QuerySet

from pairs.models import Output
from templates_app.domain.kits import learn_worksheets, worksheet_of
from templates_app.shapes import Worksheet


def with_own_sheets(rows: QuerySet[Output]) -> Iterator[tuple[Output, Worksheet]]:
    """Outputs whose responses are there, each with its own version's worksheet. What was written is not read, but for its
    facts. One query, and one more where versions have not been parsed before.
    """
    found = list(
        rows.filter(response__isnull=False)
        .select_related("response__version")
        .defer("response__texts", "response__version__definition")
    )
    learn_worksheets({row.response.version_id for row in found if row.response is not None})
    for row in found:
        if row.response is not None:
            yield row, worksheet_of(row.response.version)
