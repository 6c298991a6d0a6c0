"""Sheets begun on an earlier version of their worksheet move to a newer one, where that was published so.

It is done in the background. Only drafts move: what was sent stays on its version, also when it was taken up again. Nothing
is lost: what the new version has no place for is kept as it was written on the earlier one (``EarlierAnswers``), shown to
who writes the sheet, and comes back where a later version asks for it again. Nothing says which are still to do: looking
again finds those that have not moved.
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mentoring import clock
from mentoring.work.domain import wake
from templates_app.answers import AnswerContext, ShownSection, display, join, map_answers, progress, split, take_back
from templates_app.answers.reading import MayRead, everything
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import Answers, answers_of
from templates_app.models import EarlierAnswers, Response, ResponseState, SideDraft, TemplateVersion
from templates_app.shapes import FieldShape, Worksheet

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
    mapped, earlier = _taken_back(response, new, mapped)
    if aside:
        earlier.append(_kept(response, response.version, aside))
    facts, texts = split(new.fields(), mapped)
    answered, asked = progress(new, mapped)
    values = {"version": version, "facts": facts, "texts": texts, "answered": answered, "asked": asked}
    values |= {"has_earlier": bool(earlier), "revision": F("revision") + 1, "last_key": ""}
    same = Response.objects.filter(pk=response.pk, revision=response.revision, state=ResponseState.DRAFT)
    if same.update(**values):
        if response.has_earlier:
            response.earlier.all().delete()
        for row in earlier:  # one by one: they are told in this order
            row.save(force_insert=True)


def _taken_back(response: Response, new: Worksheet, mapped: Answers) -> tuple[Answers, list[EarlierAnswers]]:
    """The answers with those kept aside that the new version asks for again, and what is still kept, newest version first
    where two versions kept the same.
    """
    if not response.has_earlier:
        return mapped, []
    rows = list(EarlierAnswers.objects.filter(response=response).select_related("version").order_by("-created_at"))
    still: list[EarlierAnswers] = []
    for row in rows:
        fits, rest = map_answers(worksheet_of(row.version), new, answers_of(row))
        mapped, left = take_back(new, mapped, fits)
        if rest or left:
            still.append(_kept(response, row.version, _together(rest, left)))
    return mapped, still[::-1]


def _together(rest: Answers, left: Answers) -> Answers:
    """Two parts of the same answers: of rows, rating grids and lists each may hold some."""
    both: Answers = {key: [*rest[key], *left[key]] for key in rest.keys() & left.keys() if isinstance(rest[key], list)}
    both |= {key: {**rest[key], **left[key]} for key in rest.keys() & left.keys() if isinstance(rest[key], dict)}
    return {**rest, **left, **both}


def _kept(response: Response, version: TemplateVersion, answers: Answers) -> EarlierAnswers:
    facts, texts = split(worksheet_of(version).fields(), answers)
    return EarlierAnswers(response=response, version=version, facts=facts, texts=texts)


# --- What had no place any more ---------------------------------------------------------------------------------------


def earlier_sections(
    response: Response, context: AnswerContext, may_read: MayRead = everything
) -> Sequence[ShownSection]:
    """The answers of earlier versions for which the response's own has no place, as they were written. No query for a
    response that lost none.
    """
    if not response.has_earlier:
        return ()
    found: list[ShownSection] = []
    for row in EarlierAnswers.objects.filter(response=response).select_related("version"):
        kept = join(row.facts, row.texts)

        def is_kept(shape: FieldShape, keys: frozenset[str] = frozenset(kept)) -> bool:
            return shape.key in keys and may_read(shape)

        found += display(worksheet_of(row.version), kept, context, is_kept)
    return found
