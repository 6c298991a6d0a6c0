"""Deleting what was written, for good: the answers, the files in them, and the papers made of them."""

from collections.abc import Collection
from uuid import UUID

from templates_app.models import Document, Response


def delete_responses(ids: Collection[UUID]) -> int:
    """Delete these responses, which nothing owns any more, with their drafts set aside, files, shares and PDFs; returns how
    many there were. What hangs on them in other rooms goes too, or stands without them, as each model says.
    """
    delete_documents(ids)
    return Response.objects.filter(pk__in=ids).delete()[1].get(Response._meta.label, 0)


def delete_documents(subjects: Collection[UUID], kinds: Collection[str] = ()) -> None:
    """Delete the PDFs made of these things; with ``kinds`` only those. One that is being made finds that it is not wanted."""
    rows = Document.objects.filter(subject_id__in=subjects)
    (rows.filter(kind__in=kinds) if kinds else rows).delete()
