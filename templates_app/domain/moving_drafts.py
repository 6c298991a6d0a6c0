"""Sheets begun on an earlier version of their worksheet move to a newer one, where that was published so.

It is done in the background. Only drafts move: what was sent stays on its version, also when it was taken up again. Nothing
is lost: what the new version has no place for is kept as it was written on the earlier one (``EarlierAnswers``), and shown
to who writes the sheet. Nothing says which are still to do: looking again finds those that have not moved.
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mentoring import clock
from mentoring.work.domain import wake
from templates_app.answers import AnswerContext, ShownSection, display, join, map_answers, progress, split
from templates_app.answers.reading import MayRead, everything
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.models import EarlierAnswers, Response, ResponseState, SideDraft, TemplateVersion
from templates_app.shapes import FieldShape

MOVING = "moving-drafts"
"""The kind of background work."""
QUIET = dt.timedelta(minutes=20)
"""A sheet that was saved more lately than this may be open on somebody's screen: it moves later."""
BATCH = 50


def ask_to_move() -> None:
    """Say that a version was published to which drafts move."""
    wake(MOVING, at=clock.now())


def move_due(now: dt.datetime) -> dt.datetime | None:
    """Move every draft that has to and is left in peace; says when to look again where some are still being written."""
    waiting = to_move().filter(Q(saved_at=None) | Q(saved_at__lte=now - QUIET)).exclude(_is_unsettled())
    for response_id in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            _move(response_id)
    return now + QUIET if to_move().exists() else None


def _is_unsettled() -> Exists:
    return Exists(SideDraft.objects.filter(response=OuterRef("pk"), settled_at=None))


def to_move() -> QuerySet[Response]:
    """Drafts on a version behind one that takes drafts."""
    later = TemplateVersion.objects.filter(
        template=OuterRef("version__template"), number__gt=OuterRef("version__number"), takes_drafts=True
    )
    return Response.objects.filter(Exists(later), state=ResponseState.DRAFT)


def _move(response_id: UUID) -> None:
    """Move one draft, unless somebody saves it at this very moment: then it moves at the next look."""
    response = to_move().select_related("version").filter(pk=response_id).first()
    if response is None:
        return
    newer = TemplateVersion.objects.filter(
        template=response.version.template_id, number__gt=response.version.number, takes_drafts=True
    )
    version = newer.order_by("-number")[0]
    old, new = worksheet_of(response.version), worksheet_of(version)
    mapped, aside = map_answers(old, new, answers_of(response))
    facts, texts = split(new.fields(), mapped)
    answered, asked = progress(new, mapped)
    values = {"version": version, "facts": facts, "texts": texts, "answered": answered, "asked": asked}
    values |= {"has_earlier": response.has_earlier or bool(aside), "revision": F("revision") + 1, "last_key": ""}
    same = Response.objects.filter(pk=response.pk, revision=response.revision, state=ResponseState.DRAFT)
    if same.update(**values) and aside:
        EarlierAnswers.objects.create(
            response=response, version=response.version, facts=response.facts, texts=response.texts
        )


# --- What had no place any more ---------------------------------------------------------------------------------------


def earlier_sections(
    response: Response, context: AnswerContext, may_read: MayRead = everything
) -> Sequence[ShownSection]:
    """The answers of an earlier version for which the response's own has no place, as they were written. No query for a
    response that never moved.
    """
    if not response.has_earlier:
        return ()
    found: list[ShownSection] = []
    for row in EarlierAnswers.objects.filter(response=response).select_related("version"):
        old = worksheet_of(row.version)
        _mapped, aside = map_answers(old, worksheet_of(response.version), join(row.facts, row.texts))

        def is_aside(shape: FieldShape, keys: frozenset[str] = frozenset(aside)) -> bool:
            return shape.key in keys and may_read(shape)

        found += display(old, aside, context, is_aside)
    return found
