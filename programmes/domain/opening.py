"""What those who run a programme settle before people come: worksheets of its own to be sent, and by what people are chosen.

``sssc.must.51``, ``sssc.must.81``.
"""

from mentoring.accounts.models import User
from programmes.domain.sheets import may_read
from programmes.enums import Side
from programmes.models import Programme, Sheet
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.models import ResponseState


class NotSettled(Exception):
    """A cohort cannot be opened yet. ``titles`` are the worksheets that are to be sent first."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = titles


def to_settle_first(programme: Programme) -> list[str]:
    """Titles of the worksheets that are to be sent before a cohort is opened. Two queries, none where none is named."""
    running = kit_of(programme.handbook).running
    wanted = list(dict.fromkeys([*running.before_opening, *([running.criteria] if running.criteria else [])]))
    if not wanted:
        return []
    sent = {row.worksheet for row in _sent(programme, wanted)}
    versions = current_versions(programme.handbook)
    found = [worksheet_of(versions[key]).title for key in wanted if key in versions and key not in sent]
    if running.criteria and running.criteria in sent and running.criteria_side:
        words = worksheet_of(versions[running.criteria]).title
        found += [f"{words} ({side.label})" for side in Side if criteria_for(programme, side) is None]
    return found


def criteria_for(programme: Programme, side: str) -> Sheet | None:
    """The newest sheet of criteria that was sent for a side; ``None`` where the handbook names none or none was sent."""
    running = kit_of(programme.handbook).running
    if running.criteria is None:
        return None
    for row in _sent(programme, [running.criteria])[::-1]:
        if running.criteria_side is None or row.response.facts.get(running.criteria_side) == side:
            return row
    return None


def purpose_of(programme: Programme, user: User) -> Sheet | None:
    """The newest sheet that says what the programme is for, once it is sent, for who may read it; ``None`` otherwise."""
    key = kit_of(programme.handbook).running.purpose
    row = next(iter(_sent(programme, [key])[::-1]), None) if key else None
    return row if row is not None and may_read(row, user) else None


def _sent(programme: Programme, keys: list[str]) -> list[Sheet]:
    rows = Sheet.objects.filter(
        programme=programme, participant=None, worksheet__in=keys, response__state=ResponseState.SUBMITTED
    )
    return list(rows.select_related("response__version__template").order_by("number"))
