"""Asking for an export, and trying a failed one again. It is made in the background (``making_exports``)."""

from django.db import transaction

from evaluation.enums import ExportKind
from evaluation.models import Export
from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.work.domain import wake
from mentoring.work.models import State
from pairs.models import Pairing
from programmes.domain.roles import roles_for
from programmes.models import Cohort, Programme

WORK = "exports"


class NotAllowed(Exception):
    """Only the programme's coordinators and the organisation's admins take it out."""


def may_export(user: User, programme: Programme) -> bool:
    """Whether somebody may take a programme out now; what is in it is decided paper by paper."""
    roles = roles_for(user)
    return roles.is_admin or roles.coordinates(programme.pk)


@transaction.atomic
def request_export(
    *, programme: Programme, kind: str, actor: User, cohort: Cohort | None = None, pairing: Pairing | None = None
) -> Export:
    """Ask for an export of a programme, or of one cohort or one pair of it.

    It holds what ``actor`` may read at the moment it is made. Raises ``NotAllowed``, and ``ValueError`` for a cohort or a
    pair of another programme, and for answers without names of one pair: whose they are would be known.
    """
    if not may_export(actor, programme):
        raise NotAllowed
    within = pairing.cohort if pairing else cohort
    if within is not None and within.programme_id != programme.pk:
        raise ValueError("The cohort belongs to another programme.")
    if pairing is not None and kind == ExportKind.NAMELESS:
        raise ValueError("Answers of one pair are not without names.")
    export = Export.objects.create(
        programme=programme,
        kind=ExportKind(kind),
        requested_by=actor,
        cohort=None if pairing else cohort,
        pairing=pairing,
        not_before=clock.now(),
    )
    record_event("export.asked", export, actor=actor, within=programme, kind=export.kind)
    wake(WORK, at=export.not_before)
    return export


@transaction.atomic
def retry_export(*, export: Export, actor: User) -> bool:
    """Try a failed export again, with fresh attempts. False when it has not failed. Raises ``NotAllowed``."""
    if export.requested_by_id != actor.pk or not may_export(actor, export.programme):
        raise NotAllowed
    now = clock.now()
    failed = Export.objects.filter(pk=export.pk, state=State.FAILED)
    values = {"state": State.QUEUED, "attempts": 0, "not_before": now, "error": "", "lease_until": None}
    if not failed.update(**values, papers=[], steps_done=0, steps_total=0):
        return False
    record_event("export.asked", export, actor=actor, within=export.programme, kind=export.kind)
    wake(WORK, at=now)
    return True


def note_download(*, export: Export, actor: User) -> None:
    """Record that somebody took the file."""
    record_event("export.downloaded", export, actor=actor, within=export.programme, kind=export.kind)
