"""Documents that the people of a pairing share among themselves (``phase1.arch.2.d``). Nobody else reads them."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.http import Http404
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.people import Person, member_of, others_of, people_of
from pairs.domain.telling import page_of, tell
from pairs.models import Pairing, SharedFile
from templates_app.answers import AnswerFault
from templates_app.domain.file_kinds import look_at
from templates_app.domain.kits import kit_of
from templates_app.shapes import Files

MEGABYTE = 1024 * 1024


class Closed(Exception):
    """The pairing has ended, or its programme shares no documents: nothing is put there any more."""


@dataclass(frozen=True)
class Shelf:
    """What one of the pairing finds there."""

    files: list[tuple[SharedFile, Person | None]]
    """Each with who put it there, the newest first."""
    used: int
    """Bytes that all of the pairing's documents take up, those this person does not see included."""
    room: int
    """Bytes they may take up."""

    @property
    def left(self) -> int:
        """Bytes that are free."""
        return max(self.room - self.used, 0)


def rules_of(pairing: Pairing) -> Files:
    """What the pairing's handbook says about sharing documents."""
    return kit_of(pairing.cohort.programme.handbook).files


def shelf_for(user: User, pairing: Pairing) -> Shelf:
    """The documents one of the pairing reads, without their bytes: those put there while they were in it. Two queries."""
    people = people_of(pairing)
    reader = people.of(user)
    rows = SharedFile.objects.filter(pairing=pairing).defer("content")
    found = [row for row in rows if reader is not None and reader.was_here(row.created_at)]
    return Shelf(
        [(row, people.member(row.member_id)) for row in found],
        sum(row.size for row in rows),
        rules_of(pairing).megabytes * MEGABYTE,
    )


def get_file_for(user: User, pairing: Pairing, file_id: UUID) -> SharedFile:
    """One document with its bytes, for somebody of the pairing who reads it. Raises ``Http404``."""
    reader = people_of(pairing).of(user)
    row = SharedFile.objects.filter(pairing=pairing, pk=file_id).first()
    if row is None or reader is None or not reader.was_here(row.created_at):
        raise Http404
    return row


@transaction.atomic
def share_file(*, pairing: Pairing, file: UploadedFile, title: str, note: str, actor: User) -> SharedFile:
    """Put a document there for the others, who are told that there is one and nothing of it.

    Raises ``AnswerFault`` with words for the person when the file is not taken or there is no room for it, ``Closed``, and
    ``NotAMember``.
    """
    held = Pairing.objects.select_for_update().get(pk=pairing.pk)
    rules = rules_of(pairing)
    if not held.is_active or not rules.offered:
        raise Closed
    member = member_of(pairing, actor)
    looked = look_at(None, file)
    used = SharedFile.objects.filter(pairing=pairing).aggregate(sum=Sum("size"))["sum"] or 0
    left = rules.megabytes * MEGABYTE - used
    if len(looked.content) > left:
        words = _(
            "There is room for %(left)s more, and this file has %(size)s. Take a document out first, or save it smaller."
        )
        sizes = {"left": filesizeformat(max(left, 0)), "size": filesizeformat(len(looked.content))}
        raise AnswerFault(words % sizes)
    row = SharedFile.objects.create(
        pairing=pairing,
        member=member,
        title=title,
        note=note,
        name=looked.name,
        content_type=looked.kind.content_type,
        size=len(looked.content),
        content=looked.content,
    )
    record_event("file.shared", pairing, actor=actor, within=pairing.cohort)
    link = page_of("pairs:files", pairing.pk)
    for other in others_of(pairing, member):
        tell("file_shared", other, about=row, occasion=f"{row.pk}", link=link, by=member)
    return row


@transaction.atomic
def remove_file(*, file: SharedFile, actor: User) -> None:
    """Take a document out again, also after the end. Raises ``PermissionDenied`` for anybody but who put it there."""
    if not may_remove(file, people_of(file.pairing).of(actor)):
        raise PermissionDenied("Only who put a document there takes it out.")
    record_event("file.removed", file.pairing, actor=actor, within=file.pairing.cohort)
    file.delete()


def may_remove(file: SharedFile, person: Person | None) -> bool:
    """Whether this is who put the document there."""
    return person is not None and file.member_id in person.ids
