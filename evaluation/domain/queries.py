"""Who sees which reports, exports, evaluations and pairs. Absent and not-yours raise the same ``Http404``."""

from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from evaluation.domain.sight import sight_of
from evaluation.domain.standing import pairings_of, with_people
from evaluation.domain.withdrawing import taken_back
from evaluation.models import EvaluationRound, Export, Report
from mentoring.accounts.models import User
from pairs.domain.alongside import formal
from pairs.domain.queries import get_output_for, pairings_for
from pairs.enums import OutputKind, PairingState
from pairs.models import Output, Pairing
from programmes.domain.queries import cohorts_for, programmes_for
from programmes.domain.roles import roles_for
from programmes.models import Cohort, Programme


def desks_for(user: User) -> QuerySet[Cohort]:
    """The cohorts that somebody looks after or reads about, open ones first, then the newest."""
    return cohorts_for(user).order_by("-state", "-starts_on", "title")


def named_pairings_for(user: User, cohort: Cohort) -> list[Pairing]:
    """The pairs of a cohort that somebody sees by name: all, those with their partner's people, or none."""
    sight = sight_of(user, cohort.programme)
    if sight.names_all:
        return pairings_of(cohort)
    if not sight.led:
        return []
    return pairings_of(cohort, Pairing.objects.filter(members__participant__partner__in=sight.led).distinct())


def alongside_for(user: User, cohort: Cohort) -> list[Pairing]:
    """What stands alongside the handbook's path in a cohort, running ones first, the newest first; for those who see all its
    people by name. Two queries.
    """
    if not sight_of(user, cohort.programme).names_all:
        return []
    rows = with_people(Pairing.objects.filter(~formal("model"), cohort=cohort))
    return sorted(rows, key=lambda row: row.state != PairingState.ACTIVE)


def reports_for(user: User) -> QuerySet[Report]:
    """The reports somebody reads: of programmes they coordinate or steer; for an organisation's admin all."""
    roles = roles_for(user)
    rows = Report.objects.select_related("cohort__programme").order_by("-as_of", "cohort__title")
    if roles.is_admin:
        return rows
    return rows.filter(cohort__programme__in=roles.coordinated | roles.steered)


def get_report_for(user: User, report_id: UUID) -> Report:
    """One of those reports."""
    return get_object_or_404(reports_for(user), pk=report_id)


def exports_for(user: User, programme: Programme) -> QuerySet[Export]:
    """What somebody asked for themselves: an export holds what its maker may read, so it is nobody else's."""
    return own_exports(user).filter(programme=programme)


def own_exports(user: User) -> QuerySet[Export]:
    """A person's own exports of programmes whose export they still may have, without the files themselves."""
    roles = roles_for(user)
    is_taken_back = ExpressionWrapper(taken_back(), output_field=BooleanField())
    has_file = ExpressionWrapper(Q(content__isnull=False, is_taken_back=False), output_field=BooleanField())
    rows = Export.objects.filter(requested_by=user).annotate(is_taken_back=is_taken_back).annotate(has_file=has_file)
    rows = rows.defer("content", "papers")
    rows = rows.select_related("programme", "cohort", "pairing__cohort")
    return rows if roles.is_admin else rows.filter(programme__in=roles.coordinated)


def get_export_for(user: User, export_id: UUID, *, content: bool = False) -> Export:
    """One of those exports; its bytes only where they are asked for."""
    rows = own_exports(user)
    return get_object_or_404(rows.defer(None).defer("papers") if content else rows, pk=export_id)


def get_evaluation_for(user: User, output_id: UUID) -> tuple[Output, EvaluationRound]:
    """An evaluation (or the errand to remind of one) that this person owes themselves, with its sending."""
    output, reader = get_output_for(user, output_id)
    if output.kind != OutputKind.EVALUATION or not reader.owes(output):
        raise Http404
    return output, get_object_or_404(EvaluationRound, pairing=output.pairing)


def get_pairing_to_export(user: User, programme: Programme, pairing_id: UUID) -> Pairing:
    """A pair of a programme that this person knows of, with its people."""
    return get_object_or_404(with_people(pairings_for(user).filter(cohort__programme=programme)), pk=pairing_id)


def exportable_programmes_for(user: User) -> QuerySet[Programme]:
    """The programmes that somebody may take out: those they coordinate; for an organisation's admin all."""
    roles = roles_for(user)
    return programmes_for(user) if roles.is_admin else programmes_for(user).filter(pk__in=roles.coordinated)
