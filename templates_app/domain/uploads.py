"""Files that people put into worksheets: looked at before they are kept, sealed, and given out as downloads only."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from templates_app.answers import AnswerFault
from templates_app.answers.linked import is_file, vouched_in
from templates_app.domain.file_kinds import look_at
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import owner_for
from templates_app.domain.responses import OPEN, WrongState, answers_of
from templates_app.models import EarlierAnswers, Response, SideDraft, Upload
from templates_app.shapes import FieldShape

MOST_FILES = 30
"""Per response: more is a mistake or mischief."""


@transaction.atomic
def store_upload(
    *, response: Response, field: FieldShape, file: UploadedFile, actor: User, shape: FieldShape | None = None
) -> dict[str, Any]:
    """Look at a file, keep it sealed, and return what stands in the answers for it: ``{"name", "id", "size"}``.

    ``field`` is the sheet's own field: whoever reads its answers reads the file. ``shape`` is the question itself where it
    stands in the field's rows. Raises ``AnswerFault`` with words for the person when the file is not taken,
    ``PermissionDenied`` for anybody but the response's author, and ``WrongState`` once it was sent.
    """
    if response.author_id is not None and response.author_id != actor.pk:
        raise PermissionDenied("Only its author puts files into a response.")
    if response.state not in OPEN:
        raise WrongState("A response that was sent takes no files.")
    if Upload.objects.filter(response=response).count() >= MOST_FILES:
        raise AnswerFault(_("This sheet holds as many files as it can. Take one out first."))
    looked = look_at(shape or field, file)
    upload = Upload.objects.create(
        response=response,
        field=field.key,
        name=looked.name,
        content_type=looked.kind.content_type,
        size=len(looked.content),
        content=looked.content,
        uploaded_by=actor,
    )
    return {"name": upload.name, "id": str(upload.pk), "size": upload.size}


def files_of(response: Response) -> frozenset[str]:
    """Ids of the files kept with a response: what its answers may name. One query."""
    return frozenset(str(pk) for pk in Upload.objects.filter(response=response).values_list("pk", flat=True))


def get_upload_for(user: User, upload_id: UUID) -> Upload | None:
    """A file with its bytes, if this person may read the answer that it is part of; ``None`` when not, or when it is gone."""
    upload = Upload.objects.select_related("response__version").filter(pk=upload_id).first()
    owner = owner_for(user, upload.response) if upload else None
    if upload is None or owner is None:
        return None
    fields = worksheet_of(upload.response.version).fields()
    shape = next((shape for shape in fields if shape.key == upload.field), None)
    return upload if shape is not None and owner.may_read(shape) else None


def drop_unused_files(*, response: Response) -> int:
    """Delete files that neither the answers, nor an unsettled side draft, nor what an earlier version holds name any more.

    Returns how many. Called when a response is sent: until then somebody may want a file back that they took out.
    """
    waiting = SideDraft.objects.filter(response=response, settled_at=None)
    earlier = EarlierAnswers.objects.filter(response=response) if response.has_earlier else ()
    named = [vouched_in(answers_of(held)) for held in (response, *waiting, *earlier)]
    used = {UUID(value["id"]) for found in named for value in found if is_file(value)}
    return Upload.objects.filter(response=response).exclude(pk__in=used).delete()[0]


def keep_for(response: Response, actor: User) -> Callable[[UploadedFile, FieldShape], dict[str, Any]]:
    """What a worksheet's form calls to keep the files that were sent with it."""

    def keep(file: UploadedFile, shape: FieldShape) -> dict[str, Any]:
        top = next(field for field in worksheet_of(response.version).fields() if _holds(field, shape))
        return store_upload(response=response, field=top, shape=shape, file=file, actor=actor)

    return keep


def _holds(field: FieldShape, shape: FieldShape) -> bool:
    return field is shape or any(_holds(part, shape) for part in (*field.columns, *field.fields))
