"""Writing to a row only if it still stands as it was read: of two who take the same step, one gets it."""

from typing import Any

from django.db.models import Model, QuerySet


def swap(row: Model, rows: QuerySet[Any], /, **values: Any) -> bool:
    """Set ``values`` on ``row`` in one statement, if it is still among ``rows`` (those that stand as it was read).

    Returns whether it was. The object takes the values on; where it was not, nothing was written and it stays as it is.
    """
    if not rows.filter(pk=row.pk).update(**values):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True
