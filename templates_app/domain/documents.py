"""PDFs: asked for, made in the background, kept sealed, tried again where they fail, and given to whom their subject allows.

What a kind of document looks like and who may read it is said by the room that knows its subject, in two registries.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction
from django.db.models import QuerySet
from django.http import Http404

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import kind_of, record_event
from mentoring.work.domain import wake
from mentoring.work.models import State
from templates_app.models import Document

WORK = "documents"
"""The kind of background work."""

Renderer = Callable[[Document], str]
"""The whole HTML of a document, in its language. Raises ``NoLongerWanted`` where it is not to be made after all."""
DocumentReader = Callable[[User, Document], bool]
AfterDocument = Callable[[Document], None]


class NoLongerWanted(Exception):
    """What a document is about has gone, or the one who asked may not read it any more. The message is for staff."""


@dataclass(frozen=True)
class Kind:
    """How one kind of document is made, and what follows when it is there."""

    render: Renderer
    after: AfterDocument | None = None


_kinds: dict[str, Kind] = {}
_readers: dict[str, DocumentReader] = {}


def register_renderer(kind: str, render: Renderer, *, after: AfterDocument | None = None) -> None:
    """Say how a kind of document is made. ``after(document)`` runs in the transaction that stores it.

    For ``AppConfig.ready``. Raises ``ValueError`` for a kind that is made otherwise already.
    """
    if _kinds.setdefault(kind, Kind(render, after)) != Kind(render, after):
        raise ValueError(f"Documents of kind '{kind}' have a renderer already.")


def register_document_reader(kind: str, reader: DocumentReader) -> None:
    """Say who may read documents of a kind. Without a reader nobody may. For ``AppConfig.ready``."""
    if _readers.setdefault(kind, reader) is not reader:
        raise ValueError(f"Documents of kind '{kind}' have a reader already.")


def kind_named(name: str) -> Kind:
    """How documents of that kind are made. Raises ``KeyError``."""
    return _kinds[name]


@transaction.atomic
def request_document(
    *,
    kind: str,
    subject: models.Model,
    revision: str,
    title: str,
    filename: str,
    actor: User | None,
    language: str = "",
    sources: Sequence[str] = (),
) -> Document:
    """Ask for a document of a subject as it stands (``revision``, at most 80 characters); the same one is made once.

    Whoever asks again gets the same document; one that has failed or was given up is tried again. ``filename`` may be in
    any script and ends in ``.pdf``. ``language`` is the actor's unless given. ``sources`` are kept for the kind's own
    reader, and belong to the revision: another list wants another one. Raises ``KeyError`` for an unknown kind.
    """
    kind_named(kind)
    document, created = Document.objects.get_or_create(
        kind=kind,
        subject_kind=kind_of(subject),
        subject_id=subject.pk,
        revision=revision,
        defaults={
            "title": title[:250],
            "filename": _with_ending(filename),
            "language": language or (actor.language if actor else "en-gb"),
            "requested_by": actor,
            "sources": list(sources),
            "not_before": clock.now(),
        },
    )
    if created:
        record_event("document.requested", document, actor=actor, kind=kind)
        wake(WORK, at=document.not_before)
    elif document.state in {State.FAILED, State.CANCELLED}:
        retry_document(document=document, actor=actor)
    return document


def _with_ending(filename: str) -> str:
    stem = "".join(char for char in filename.removesuffix(".pdf") if char.isprintable() and char not in '\\/<>:"|?*')
    return f"{stem.strip('. ')[:140] or 'document'}.pdf"


@transaction.atomic
def retry_document(*, document: Document, actor: User | None) -> bool:
    """Put a document that failed or was given up back into the queue with fresh attempts. False when it was neither."""
    now = clock.now()
    given_up = Document.objects.filter(pk=document.pk, state__in=[State.FAILED, State.CANCELLED])
    values = {"state": State.QUEUED, "attempts": 0, "not_before": now, "error": "", "lease_until": None}
    if not given_up.update(**values):
        return False
    for name, value in values.items():
        setattr(document, name, value)
    wake(WORK, at=now)
    return True


def may_read_document(user: User, document: Document) -> bool:
    """Whether the room that knows the subject lets this person read the document."""
    reader = _readers.get(document.kind)
    return reader is not None and reader(user, document)


def get_document_for(user: User, document_id: UUID, *, content: bool = False) -> Document:
    """A document this person may read, without its bytes unless they are asked for.

    Raises ``Http404``: absent and not theirs are the same.
    """
    rows: QuerySet[Document] = Document.objects.filter(pk=document_id)
    document = (rows if content else rows.defer("content")).first()
    if document is None or not may_read_document(user, document):
        raise Http404
    return document
