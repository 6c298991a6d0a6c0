"""Who sees which pairings, sessions and outputs. Absent and not-yours raise the same ``Http404``."""

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404

from mentoring.accounts.models import User
from pairs.domain.people import Person, members_prefetch, people_of
from pairs.domain.reading import Reader, belonging_to, reader_of
from pairs.enums import PairingState, Right
from pairs.models import Output, Pairing, PairingMember, Session
from programmes.domain.roles import Roles, roles_for
from programmes.enums import Side
from templates_app.domain.kits import learn_worksheets, without_content

Row = TypeVar("Row", bound=Model)


def pairings_for(user: User) -> QuerySet[Pairing]:
    """The pairings whose existence this person may know: their own (past ones too), those of programmes they coordinate,
    their partner's people's, and for an organisation's admin all. What of each may be read is said by ``reading``.
    """
    roles = roles_for(user)
    rows = Pairing.objects.select_related("cohort__programme")
    if roles.is_admin:
        return rows
    return rows.filter(_visible(roles))


def _visible(roles: Roles) -> Q:
    members = PairingMember.objects.filter(pairing=OuterRef("pk"))
    found = Q(Exists(members.filter(participant__in=roles.participants)))
    found |= Q(cohort__programme__in=roles.coordinated)
    for programme, partners in roles.led.items():
        found |= Q(cohort__programme=programme) & Q(Exists(members.filter(participant__partner__in=partners)))
    return found


def own_pairings_for(user: User) -> list[Pairing]:
    """The pairings this person takes or took part in, running ones first, those alongside the
    handbook's path last among them, then the newest. Two queries.
    """
    places = roles_for(user).participants
    if not places:
        return []
    rows = _whole(_of(places)).order_by()
    return sorted(
        rows, key=lambda row: (row.state != PairingState.ACTIVE, row.is_alongside, -row.started_at.timestamp())
    )


def get_pairing_for(user: User, pairing_id: UUID) -> Pairing:
    """One pairing this person may know of, with its people, cohort and handbook. Raises ``Http404``."""
    return _first(_whole(pairings_for(user).filter(pk=pairing_id)))


def get_own_pairing_for(user: User, pairing_id: UUID) -> Pairing:
    """One pairing this person takes or took part in. Raises ``Http404``."""
    return _first(_whole(_of(roles_for(user).participants).filter(pk=pairing_id)))


def _of(places: Collection[UUID]) -> QuerySet[Pairing]:
    """The pairings in which somebody with one of these places takes or took part."""
    return Pairing.objects.filter(Exists(PairingMember.objects.filter(pairing=OuterRef("pk"), participant__in=places)))


def _whole(rows: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """The same pairings with their people, cohort and handbook."""
    rows = rows.select_related("cohort__programme__handbook").prefetch_related(members_prefetch())
    return without_content(rows, "cohort__programme__handbook")


def sessions_for(user: User, pairing: Pairing) -> QuerySet[Session]:
    """The sessions of a pairing this person may know of, extra meetings after their number."""
    return sessions_of(pairing, people_of(pairing).of(user)).filter(pairing__in=pairings_for(user))


def sessions_of(pairing: Pairing, person: Person | None) -> QuerySet[Session]:
    """The sessions of a pairing; for somebody who has left it, those from before. What one mentee of a group has alone with
    the mentors is not for the others to know.
    """
    rows = Session.objects.filter(pairing=pairing)
    if person is not None and person.side == Side.MENTEE:
        rows = rows.filter(Q(mentee=None) | Q(mentee=person.participant))
    return rows if person is None or person.is_here else rows.filter(starts_at__lt=person.member.left_at)


def get_session_for(user: User, pairing_id: UUID, session_id: UUID) -> Session:
    """One session of the person's own pairing, with everything ``get_own_pairing_for`` brings. Raises ``Http404``."""
    pairing = get_own_pairing_for(user, pairing_id)
    session = _first(sessions_of(pairing, people_of(pairing).of(user)).filter(pk=session_id))
    session.pairing = pairing
    return session


def outputs_for(user: User, pairing: Pairing, reader: Reader | None = None) -> list[Output]:
    """The outputs of a pairing of which this person may know at least whether they are done, in their order."""
    reader = reader or reader_of(user, pairing)
    wanted = Output.objects.filter(pairing=pairing).select_related("response__version__template", "session")
    rows = belonging_to(pairing, wanted.defer("response__version__definition"))
    learn_worksheets({row.response.version_id for row in rows if row.response})
    for row in rows:
        if writer := reader.people.member(row.member_id):
            row.member = writer.member
    reader.remember(rows)
    return [row for row in rows if reader.right_to(row) >= Right.STATUS]


def get_output_for(user: User, output_id: UUID, right: Right = Right.STATUS) -> tuple[Output, Reader]:
    """One output with the reader who asks; they have at least that right. Raises ``Http404`` where they may not even know
    of it, or may know but not read.
    """
    rows = with_response(Output.objects.filter(pk=output_id, pairing__in=pairings_for(user))).select_related("session")
    output = _first(rows)
    pairing = get_pairing_for(user, output.pairing_id)
    output.pairing = pairing
    reader = reader_of(user, pairing)
    if reader.right_to(output) < right:
        raise Http404
    return output, reader


def with_response(rows: QuerySet[Output]) -> QuerySet[Output]:
    """The same outputs with what was written on them."""
    return rows.select_related("response__version__template", "member")


def _first(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise Http404
    return found
