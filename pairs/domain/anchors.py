"""The anchors of a pairing, read from what is known of it: sessions, agreement, evaluation, ending."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Min

from pairs.domain.instants import Anchors, Meeting, day_begins, day_ends
from pairs.enums import OutputKind, PairingState, SessionState
from pairs.models import Agreement, Output, Pairing, Session
from templates_app.shapes import SENT_BY_HAND


def anchors_of(
    pairing: Pairing,
    sessions: Iterable[Session],
    outputs: Iterable[Output],
    agreed: Mapping[UUID, dt.datetime] | None = None,
) -> Anchors:
    """The pairing's anchors. Sessions and outputs are given; one query for the agreement's date, none where ``agreed`` has
    those of many pairings.
    """
    cohort = pairing.cohort
    rows = list(sessions)
    return Anchors(
        paired=pairing.started_at,
        cohort_start=day_begins(cohort.starts_on, cohort.zone),
        cohort_end=day_ends(cohort.ends_on, cohort.zone),
        sessions=meetings(rows),
        agreement=_agreement_signed(pairing) if agreed is None else agreed.get(pairing.pk),
        evaluation_sent=min((row.opens_at for row in outputs if row.opens_at and _is_sent_by_hand(row)), default=None),
        ended_early=pairing.ended_at if pairing.state == PairingState.DISSOLVED else None,
        ended=pairing.ended_at,
        numbers=frozenset(row.number for row in rows if row.part == 0),
        agreed_end=day_ends(pairing.agreed_until, cohort.zone) if pairing.agreed_until else None,
    )


def _is_sent_by_hand(output: Output) -> bool:
    """Whether it came with the evaluation that the coordinator sent, and not with a survey that goes out by itself."""
    return output.kind == OutputKind.EVALUATION and output.moment in SENT_BY_HAND


def _agreement_signed(pairing: Pairing) -> dt.datetime | None:
    signed = Agreement.objects.filter(pairing=pairing, signed_at__isnull=False)
    return signed.order_by("signed_at").values_list("signed_at", flat=True).first()


def agreed_first(pairings: Iterable[Pairing]) -> dict[UUID, dt.datetime]:
    """When each of these pairings first had an agreement in force. One query."""
    signed = Agreement.objects.filter(pairing__in=list(pairings), signed_at__isnull=False).order_by()
    return dict(signed.values_list("pairing").annotate(first=Min("signed_at")))


def meetings(sessions: Iterable[Session]) -> dict[int, Meeting]:
    """Number → from its first start to its last end. Cancelled sessions and those without a date are not known."""
    found: dict[int, Meeting] = {}
    for session in sessions:
        ends = session_end(session)
        if session.mentee_id is not None:
            continue  # a talk of one mentee of a group: the group's dates do not hang on it
        if session.starts_at is None or ends is None or session.state == SessionState.CANCELLED:
            continue
        known = found.get(session.number, Meeting(session.starts_at, ends))
        found[session.number] = Meeting(min(known.starts, session.starts_at), max(known.ends, ends))
    return found


def session_end(session: Session) -> dt.datetime | None:
    """When a session ends: as planned, or when it was marked held if that was earlier (``plp.sys.60``)."""
    if session.starts_at is None:
        return None
    planned = session.starts_at + dt.timedelta(minutes=session.held_minutes or session.minutes)
    if session.state == SessionState.HELD and session.held_at:
        return max(session.starts_at, min(planned, session.held_at))
    return planned
