"""All logs of a cohort in one list, for its coordinators (``sssc.must.5``): whose, of which session, since when; and the way to
those that reach them. Of what does not, it says only that it is sent.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from mentoring.accounts.models import User
from pairs.domain.consents import answered_in
from pairs.domain.people import members_prefetch, people_of
from pairs.domain.reading import Reader
from pairs.enums import Right
from pairs.models import Output, Pairing
from programmes.domain.roles import roles_for
from programmes.models import Cohort
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.domain.sharing import audiences_of
from templates_app.models import Response
from templates_app.models.response import ResponseState
from templates_app.shapes import Use


@dataclass(frozen=True)
class LogLine:
    """One log that was sent."""

    output: Output
    pair: str
    who: str
    """Who wrote it; empty where it is written together."""
    sent_at: dt.datetime | None
    is_readable: bool


def logs_in(user: User, cohort: Cohort) -> list[LogLine]:
    """Every log of the cohort's pairs that is sent, the newest first; none for anybody but a coordinator. The number of
    queries does not depend on how many there are.
    """
    if not roles_for(user).coordinates(cohort.programme_id):
        return []
    sheets = {key: worksheet_of(version) for key, version in current_versions(cohort.programme.handbook).items()}
    logs = [key for key, sheet in sheets.items() if sheet.use is Use.LOG]
    rows = Output.objects.filter(pairing__cohort=cohort, worksheet__in=logs, response__state=ResponseState.SUBMITTED)
    rows = rows.select_related("response__version__template", "session").defer("response__facts", "response__texts")
    found = list(rows.order_by("-response__submitted_at", "pk"))
    readers = _readers(user, cohort, found)
    return [_line(readers[row.pairing_id], row) for row in found]


def _readers(user: User, cohort: Cohort, outputs: list[Output]) -> dict[UUID, Reader]:
    """This person before each of these pairs. What each would look up for itself is read once for all."""
    pairings = Pairing.objects.filter(pk__in={row.pairing_id for row in outputs}).prefetch_related(members_prefetch())
    given = answered_in(cohort)
    shares = audiences_of([Response(pk=row.response_id) for row in outputs])
    found: dict[UUID, Reader] = {}
    for pairing in pairings:
        pairing.cohort = cohort
        reader = Reader(user, pairing, people_of(pairing), roles_for(user))
        reader.__dict__.update(_answered=given, shares=shares)
        found[pairing.pk] = reader
    return found


def _line(reader: Reader, output: Output) -> LogLine:
    output.pairing = reader.pairing
    writer = reader.people.member(output.member_id)
    assert output.response is not None
    return LogLine(
        output=output,
        pair=reader.people.label,
        who=writer.name if writer else "",
        sent_at=output.response.submitted_at,
        is_readable=reader.right_to(output) >= Right.READ,
    )
