"""Settling two texts of one sheet: what stands, and what somebody was saving when another save came first."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from templates_app.answers import AnswerContext
from templates_app.domain.responses import Answers, save_draft
from templates_app.models import Response, SideDraft


def open_side_drafts(response: Response, user: User) -> list[SideDraft]:
    """What this person still has to settle on a response, oldest first."""
    return list(SideDraft.objects.filter(response=response, author=user, settled_at=None).order_by("created_at"))


def settle_side_draft(
    *, side_draft: SideDraft, response: Response, actor: User, answers: Answers, revision: int, context: AnswerContext
) -> Response:
    """Save what its author made of both texts, and close the side draft.

    ``revision`` is the one that stood beside it. When yet another save came in between, the side draft takes on the merged
    answers and stays open, and ``StaleSave`` names it. Raises what ``save_draft`` does.
    """
    _must_be_theirs(side_draft, actor)
    saved = save_draft(
        response=response,
        actor=actor,
        answers=answers,
        revision=revision,
        save_key=_key_of(side_draft),
        context=context,
    )
    _close(side_draft)
    return saved


@transaction.atomic
def drop_side_draft(*, side_draft: SideDraft, actor: User) -> None:
    """Its author keeps what stands and lets the other text go. It is closed, not deleted."""
    _must_be_theirs(side_draft, actor)
    _close(side_draft)


def _must_be_theirs(side_draft: SideDraft, actor: User) -> None:
    if side_draft.author_id != actor.pk:
        raise PermissionDenied("Only its author settles a side draft.")


def _key_of(side_draft: SideDraft) -> str:
    """The key under which a late merge lands in this very side draft instead of making another."""
    if not side_draft.save_key:
        side_draft.save_key = f"side-{side_draft.pk.hex[:24]}"
        SideDraft.objects.filter(pk=side_draft.pk).update(save_key=side_draft.save_key)
    return side_draft.save_key


def _close(side_draft: SideDraft) -> None:
    side_draft.settled_at = clock.now()
    SideDraft.objects.filter(pk=side_draft.pk, settled_at=None).update(settled_at=side_draft.settled_at)
