"""Files in a programme's library: put there, replaced by newer versions, found by those for whom they are
(``phase1.arch.5.a``, ``phase1.must.10``).

Coordinators and the mentors who take part put files there. Coordinators say which cohorts find one, change what is said of it,
take it out and put it back; who put it there may replace it by a newer version, until coordinators do so or keep it to
themselves. Older versions stay for coordinators alone.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.http import Http404
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.swapping import swap
from programmes.domain.library_adding import LibraryFull, MayNotAdd, may_add_to_library
from programmes.domain.queries import own_participations
from programmes.domain.roles import roles_for
from programmes.models import Cohort, LibraryFile, LibraryFileCohort, LibraryVersion, Programme
from templates_app.answers import AnswerFault
from templates_app.domain.file_kinds import LookedAt, look_at

MOST = 300
"""So many files stand in one library."""
ROOM = 500 * 1024 * 1024
"""Bytes that all versions of a programme's files take up."""


@dataclass(frozen=True)
class Filed:
    """A file as somebody finds it: with its newest version, without the bytes."""

    file: LibraryFile
    newest: LibraryVersion
    cohorts: Sequence[str] = field(default=())
    """Titles of the cohorts that find it; empty: all."""


# --- Finding them -----------------------------------------------------------------------------------------------------


def files_for(user: User, programme: Programme) -> list[Filed]:
    """The files that somebody finds, by title; those taken out for nobody. Four queries at most."""
    rows = LibraryFile.objects.filter(programme=programme, removed_at=None)
    return _read_by(user, programme, rows)


def removed_files_for(user: User, programme: Programme) -> list[Filed]:
    """What was taken out, for coordinators."""
    if not roles_for(user).coordinates(programme.pk):
        return []
    return _read_by(user, programme, LibraryFile.objects.filter(programme=programme).exclude(removed_at=None))


def get_file_for(user: User, programme: Programme, file_id: UUID) -> Filed:
    """One file that somebody finds, or that a coordinator took out. Raises ``Http404``."""
    rows = LibraryFile.objects.filter(programme=programme, pk=file_id)
    if not roles_for(user).coordinates(programme.pk):
        rows = rows.filter(removed_at=None)
    found = _read_by(user, programme, rows)
    if not found:
        raise Http404
    return found[0]


def version_for(user: User, filed: Filed, number: int | None = None) -> LibraryVersion:
    """A version with its bytes: the newest, for who finds the file; an older one for coordinators. Raises ``Http404``."""
    wanted = filed.newest.number if number is None else number
    if wanted != filed.newest.number and not roles_for(user).coordinates(filed.file.programme_id):
        raise Http404
    row = LibraryVersion.objects.filter(file=filed.file, number=wanted).first()
    if row is None:
        raise Http404
    return row


def versions_for(user: User, filed: Filed) -> list[LibraryVersion]:
    """All versions without their bytes, the newest first: for coordinators; for anybody else the newest alone. One query."""
    rows = LibraryVersion.objects.filter(file=filed.file).defer("content").select_related("added_by")
    if not roles_for(user).coordinates(filed.file.programme_id):
        rows = rows.filter(number=filed.newest.number)
    return list(rows.order_by("-number"))


def may_replace(user: User, filed: Filed) -> bool:
    """Whether somebody may put a newer version of a file there that is not taken out: coordinators, and who put it there while
    they take part and the newest version is theirs.
    """
    if filed.file.removed_at is not None:
        return False
    if roles_for(user).coordinates(filed.file.programme_id):
        return True
    is_theirs = _is_adders(user, filed.file) and filed.newest.added_by_id == user.pk
    return is_theirs and may_add_to_library(user, filed.file.programme)


def _read_by(user: User, programme: Programme, rows: Iterable[LibraryFile]) -> list[Filed]:
    found = list(rows)
    if not found:
        return []
    cohorts: dict[UUID, list[Cohort]] = {}
    for row in (
        LibraryFileCohort.objects.filter(file__in=found).select_related("cohort").order_by("cohort__title", "pk")
    ):
        cohorts.setdefault(row.file_id, []).append(row.cohort)
    newest: dict[UUID, LibraryVersion] = {}
    for version in LibraryVersion.objects.filter(file__in=found).defer("content").order_by("number"):
        newest[version.file_id] = version
    runs = roles_for(user).coordinates(programme.pk)
    places = [] if runs else [(one.side, one.cohort_id) for one in _places(user, programme)]
    read = [
        one
        for one in found
        if runs or _is_adders(user, one) or _is_for(one.roles, [row.pk for row in cohorts.get(one.pk, [])], places)
    ]
    read.sort(key=lambda one: (one.title.casefold(), one.pk))
    return [Filed(one, newest[one.pk], [row.title for row in cohorts.get(one.pk, [])]) for one in read]


def _places(user: User, programme: Programme) -> Any:
    return own_participations(user).filter(cohort__programme=programme)


def _is_adders(user: User, file: LibraryFile) -> bool:
    """Whether somebody put a file there that coordinators have not kept to themselves since."""
    return file.added_by_id == user.pk and "coordinator" not in file.roles


def _is_for(roles: Collection[str], cohorts: Collection[UUID], places: Sequence[tuple[str, UUID]]) -> bool:
    """Whether one of somebody's places is meant. Who has none finds what is for everybody."""
    if not roles and not cohorts:
        return True
    return any((not roles or side in roles) and (not cohorts or cohort in cohorts) for side, cohort in places)


# --- Putting them there -----------------------------------------------------------------------------------------------


@transaction.atomic
def add_file(
    *,
    programme: Programme,
    file: UploadedFile,
    title: str,
    note: str,
    topics: Sequence[str],
    roles: Sequence[str],
    actor: User,
    cohorts: Sequence[Cohort] = (),
) -> LibraryFile:
    """Put a file into the library, for everybody or for those named.

    Raises ``MayNotAdd``, ``LibraryFull``, and ``AnswerFault`` with words for the person when the file is not taken or there is
    no room for it.
    """
    _hold(programme)
    if not may_add_to_library(actor, programme) or not _may_name(actor, programme, roles, cohorts):
        raise MayNotAdd
    if LibraryFile.objects.filter(programme=programme).count() >= MOST:
        raise LibraryFull
    looked = _taken(programme, file)
    told = {"title": title, "note": note, "topics": list(topics), "roles": list(roles)}
    row = LibraryFile.objects.create(programme=programme, added_by=actor, **told)
    _set_cohorts(row, cohorts)
    _write(row, looked, 1, "", actor)
    record_event("library.added", programme, actor=actor)
    return row


@transaction.atomic
def replace_file(*, filed: Filed, file: UploadedFile, change: str, actor: User) -> LibraryVersion:
    """Put a newer version there, which everybody saves from now on. Raises ``MayNotAdd`` and ``AnswerFault``."""
    programme = filed.file.programme
    _hold(programme)
    if not may_replace(actor, filed):
        raise MayNotAdd
    looked = _taken(programme, file)
    number = LibraryVersion.objects.filter(file=filed.file).order_by("-number").values_list("number", flat=True)[0] + 1
    row = _write(filed.file, looked, number, change, actor)
    record_event("library.replaced", programme, actor=actor)
    return row


@transaction.atomic
def describe_file(
    *,
    file: LibraryFile,
    title: str,
    note: str,
    topics: Sequence[str],
    roles: Sequence[str],
    cohorts: Sequence[Cohort],
    actor: User,
) -> None:
    """Change what is said of a file and who finds it. Raises ``MayNotAdd`` for anybody but a coordinator."""
    _require_coordinator(file, actor)
    if not _may_name(actor, file.programme, roles, cohorts):
        raise MayNotAdd
    file.title, file.note, file.topics, file.roles = title, note, list(topics), list(roles)
    file.save(update_fields=["title", "note", "topics", "roles"])
    _set_cohorts(file, cohorts)
    record_event("library.changed", file.programme, actor=actor)


@transaction.atomic
def remove_file(*, file: LibraryFile, actor: User) -> bool:
    """Take a file out; its versions stay for coordinators. Returns whether it was there. Raises ``MayNotAdd``."""
    _require_coordinator(file, actor)
    if not swap(file, LibraryFile.objects.filter(removed_at=None), removed_at=clock.now()):
        return False
    record_event("library.removed", file.programme, actor=actor)
    return True


@transaction.atomic
def put_back_file(*, file: LibraryFile, actor: User) -> bool:
    """Put a file back that was taken out. Returns whether it was out. Raises ``MayNotAdd``."""
    _require_coordinator(file, actor)
    if not swap(file, LibraryFile.objects.exclude(removed_at=None), removed_at=None):
        return False
    record_event("library.put_back", file.programme, actor=actor)
    return True


def _require_coordinator(file: LibraryFile, actor: User) -> None:
    if not roles_for(actor).coordinates(file.programme_id):
        raise MayNotAdd


def _may_name(actor: User, programme: Programme, roles: Sequence[str], cohorts: Sequence[Cohort]) -> bool:
    """Cohorts are the programme's own, and coordinators alone name them or keep a file to themselves."""
    if roles_for(actor).coordinates(programme.pk):
        return all(one.programme_id == programme.pk for one in cohorts)
    return not cohorts and "coordinator" not in roles


def _hold(programme: Programme) -> None:
    """Two files put there at once share the room that is left."""
    Programme.objects.select_for_update().get(pk=programme.pk)


def _taken(programme: Programme, file: UploadedFile) -> LookedAt:
    looked = look_at(None, file)
    used = LibraryVersion.objects.filter(file__programme=programme).aggregate(sum=Sum("size"))["sum"] or 0
    if used + len(looked.content) > ROOM:
        words = _("There is room for %(left)s more, and this file has %(size)s. Save it smaller, or ask a coordinator.")
        sizes = {"left": filesizeformat(max(ROOM - used, 0)), "size": filesizeformat(len(looked.content))}
        raise AnswerFault(words % sizes)
    return looked


def _write(file: LibraryFile, looked: LookedAt, number: int, change: str, actor: User) -> LibraryVersion:
    return LibraryVersion.objects.create(
        file=file,
        number=number,
        name=looked.name,
        content_type=looked.kind.content_type,
        size=len(looked.content),
        content=looked.content,
        change=change,
        added_by=actor,
    )


def _set_cohorts(file: LibraryFile, cohorts: Sequence[Cohort]) -> None:
    LibraryFileCohort.objects.filter(file=file).delete()
    LibraryFileCohort.objects.bulk_create([LibraryFileCohort(file=file, cohort=one) for one in cohorts])
