"""What may be done with a response: start, save, send, take up again. Nothing that somebody typed is ever overwritten.

Every save names the revision it started from and changes the row only while it is still that one. A save that comes too
late is kept whole beside it, as a ``SideDraft``, until its author has settled both (``conflicts.py``).
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from templates_app.answers import AnswerContext, Checked, check, join, progress, split
from templates_app.answers.chosen import other_key
from templates_app.answers.sides import reply_part
from templates_app.domain.kits import worksheet_of
from templates_app.models import EarlierAnswers, Response, ResponseState, SideDraft, TemplateVersion
from templates_app.shapes import FieldShape, Kind, Worksheet

OPEN = (ResponseState.DRAFT, ResponseState.REOPENED)
"""The states in which a response may be written."""

Answers = dict[str, Any]
FieldHook = Callable[..., None]
"""``fn(*, response, field, rows, actor)``: see ``register_field_hook``."""

_SAVED = (
    "state", "revision", "facts", "texts", "answered", "asked",
    "saved_at", "saved_by", "submitted_at", "submitted_by", "last_key",
)  # fmt: skip

_hooks: dict[Kind, list[FieldHook]] = {}


class StaleSave(Exception):
    """Somebody saved in between. Nothing was overwritten: ``side_draft`` holds everything of the save that came late.

    Let it pass out of every ``atomic`` block only after that block has ended, or the side draft is rolled back with it.
    """

    def __init__(self, side_draft: SideDraft) -> None:
        super().__init__("Somebody saved this sheet in between.")
        self.side_draft = side_draft


class NotComplete(Exception):
    """The answers cannot be sent yet; ``checked`` says why. They were saved as a draft: ``response`` is its new state."""

    def __init__(self, checked: Checked, response: Response) -> None:
        super().__init__("The sheet cannot be sent yet.")
        self.checked = checked
        self.response = response


class WrongState(Exception):
    """The response is not in a state in which this can be done."""


class HeldBack(WrongState):
    """It cannot be sent yet, as something else has to come first; the message says what. What was saved is kept."""


def register_field_hook(kind: Kind, hook: FieldHook) -> None:
    """Have ``hook`` called for every top-level field of a kind when a response is sent, in the same transaction.

    ``rows`` are the field's answers as a list without rows that only show how; empty when nothing is answered or the
    field is not asked, so that what an earlier sending had created can be taken back. For ``AppConfig.ready``.
    """
    known = _hooks.setdefault(kind, [])
    if hook not in known:
        known.append(hook)


def answers_of(response: Response | SideDraft | EarlierAnswers) -> Answers:
    """The whole answers, plain and written halves together."""
    return join(response.facts, response.texts)


@transaction.atomic
def start_response(*, version: TemplateVersion, author: User | None, answers: Answers | None = None) -> Response:
    """Begin a response on a published version, with what is known beforehand as first answers (cleaned already).

    ``author`` is ``None`` where several people write it together.
    """
    values = _stored(worksheet_of(version), answers or {})
    return Response.objects.create(version=version, author=author, **values)


def save_draft(
    *,
    response: Response,
    actor: User,
    answers: Answers,
    revision: int,
    save_key: str = "",
    context: AnswerContext | None = None,
) -> Response:
    """Save answers as they stand, complete or not, and return the response at its new revision.

    ``revision`` is the one the answers were written on. ``save_key`` is the form's own: the same form sent twice with the
    same answers is one save. ``context`` is the owner's; without it nothing the owner vouches for (files, places that
    sign) is accepted anew. Raises ``StaleSave``, ``WrongState`` for a response that was sent, and ``PermissionDenied``
    for anybody but its author.
    """
    _may_be_written_by(response, actor)
    cleaned = _cleaned(response, answers, context or plain_context(actor))
    with transaction.atomic():
        outcome = _save(response, actor, cleaned, revision, save_key)
    if isinstance(outcome, SideDraft):
        raise StaleSave(outcome)
    if response.is_submitted and not _is_from(response, actor, save_key):
        raise WrongState("A response that was sent is not written on.")
    return response


def submit_response(
    *,
    response: Response,
    actor: User,
    answers: Answers,
    revision: int,
    context: AnswerContext,
    save_key: str = "",
    then: Callable[[User], None] | None = None,
) -> Response:
    """Send a response: check it by its own version's schema, freeze it, run the field hooks, and record it.

    ``then(actor)`` is what its owner does about it, in the same transaction. Answers that cannot be sent are saved as a
    draft, and ``NotComplete`` raised. Otherwise raises what ``save_draft`` does. Sent twice by the same form is sent once.
    """
    _may_be_written_by(response, actor)
    worksheet = worksheet_of(response.version)
    checked = check(worksheet, answers, context, mode="submit", stored=answers_of(response))
    if not checked.ok:
        saved = save_draft(
            response=response, actor=actor, answers=answers, revision=revision, save_key=save_key, context=context
        )
        raise NotComplete(checked, saved)
    with transaction.atomic():
        outcome = _save(response, actor, checked.answers, revision, save_key, send=True)
        if outcome is True:
            _follow_up(response, worksheet, actor, then)
    if isinstance(outcome, SideDraft):
        raise StaleSave(outcome)
    return response


@transaction.atomic
def reopen_response(*, response: Response, actor: User, then: Callable[[User], None] | None = None) -> Response:
    """Take a sent response up again. Who may do so is the owner's to say (``WorksheetOwner.may_reopen``).

    ``then(actor)`` is what its owner does about it, in the same transaction. Raises ``WrongState`` when it is not sent.
    """
    sent = Response.objects.filter(pk=response.pk, state=ResponseState.SUBMITTED, revision=response.revision)
    values = {"state": ResponseState.REOPENED, "revision": response.revision + 1}
    if not sent.update(**values):
        raise WrongState("Only a response that was sent is reopened.")
    _take_on(response, values)
    record_event("response.reopened", response, actor=actor, worksheet=worksheet_of(response.version).key)
    if then is not None:
        then(actor)
    return response


@transaction.atomic
def write_reply(
    *, response: Response, actor: User, answers: Answers, revision: int, context: AnswerContext
) -> Response:
    """Write what is this person's side to write on a sheet that the other side has sent (``sides.reply_part``); what the
    author wrote stays as it is. Who may is the owner's to say (``WorksheetOwner.may_reply``).

    Raises ``NotComplete`` for what does not fit, and ``WrongState`` where the sheet was taken up or replied to meanwhile.
    """
    sheet = worksheet_of(response.version)
    part = reply_part(sheet, context)
    if part is None:
        raise PermissionDenied("There is nothing to reply here.")
    stored = answers_of(response)
    checked = check(part, answers, context, mode="submit", stored=stored)
    if not checked.ok:
        raise NotComplete(checked, response)
    own = {name for field in part.fields() for name in (field.key, other_key(field))}
    whole = {key: value for key, value in stored.items() if key not in own} | checked.answers
    values = _stored(sheet, whole) | {"revision": revision + 1}
    sent = Response.objects.filter(pk=response.pk, revision=revision, state=ResponseState.SUBMITTED)
    if not sent.update(**values):
        raise WrongState("The sheet has changed since it was read.")
    _take_on(response, values)
    record_event("response.replied", response, actor=actor, worksheet=sheet.key)
    return response


def plain_context(actor: User) -> AnswerContext:
    """The context of a person who writes where no owner has said more: their language and zone, no place in a pairing."""
    return AnswerContext(locale=actor.language, zone=actor.zone, now=clock.now(), user=str(actor.pk))


# --- One write ------------------------------------------------------------------------------------------------------


def _may_be_written_by(response: Response, actor: User) -> None:
    if response.author_id is not None and response.author_id != actor.pk:
        raise PermissionDenied("Only its author writes a response.")


def _cleaned(response: Response, answers: Answers, context: AnswerContext) -> Answers:
    stored = answers_of(response)
    return check(worksheet_of(response.version), answers, context, mode="draft", stored=stored).answers


def _stored(worksheet: Worksheet, answers: Answers) -> dict[str, Any]:
    """The columns that hold answers."""
    facts, texts = split(worksheet.fields(), answers)
    answered, asked = progress(worksheet, answers)
    return {"facts": facts, "texts": texts, "answered": answered, "asked": asked}


def _save(
    response: Response, actor: User, answers: Answers, revision: int, save_key: str, *, send: bool = False
) -> bool | SideDraft:
    """Write, or keep aside what came too late. Brings ``response`` up to date.

    True: written. False: these very answers stood there already (a form sent twice, or both wrote the same). A page may
    save again though it never heard that its last save arrived: what it would replace are its own earlier words.
    """
    if _write(response, actor, answers, revision, save_key, send=send):
        return True
    response.refresh_from_db(fields=_SAVED)
    stands = _timeless(answers_of(response)) == _timeless(answers)
    if response.state in OPEN and (send if stands else _is_from(response, actor, save_key)):
        if _write(response, actor, answers, response.revision, save_key, send=send):
            return True
        response.refresh_from_db(fields=_SAVED)
        stands = False
    return False if stands else _set_aside(response, actor, answers, revision, save_key)


def _write(
    response: Response, actor: User, answers: Answers, revision: int, save_key: str, *, send: bool = False
) -> bool:
    """Write the row if it is still at ``revision`` and open. False, with nothing changed, when it is not."""
    now = clock.now()
    values = _stored(worksheet_of(response.version), answers)
    values |= {"revision": revision + 1, "saved_at": now, "saved_by_id": actor.pk, "last_key": save_key}
    if send:
        values |= {"state": ResponseState.SUBMITTED, "submitted_at": now, "submitted_by_id": actor.pk}
    written = Response.objects.filter(pk=response.pk, revision=revision, state__in=OPEN).update(**values)
    if written:
        _take_on(response, values)
    return bool(written)


def _take_on(response: Response, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(response, name, value)


def _is_from(response: Response, actor: User, save_key: str) -> bool:
    """Whether the last save of the response came from this very form."""
    return bool(save_key) and response.last_key == save_key and response.saved_by_id == actor.pk


def _timeless(answers: Any) -> Any:
    """Answers without the moments of signatures, which are dated anew whenever their signer's form comes in."""
    if isinstance(answers, dict):
        signed = answers.keys() == {"name", "at", "by"}
        return {key: _timeless(part) for key, part in answers.items() if not (signed and key == "at")}
    if isinstance(answers, list):
        return [_timeless(part) for part in answers]
    return answers


def _set_aside(response: Response, actor: User, answers: Answers, revision: int, save_key: str) -> SideDraft:
    """Keep a late save whole. The same form saving again replaces what it had set aside, and nothing else's."""
    facts, texts = split(worksheet_of(response.version).fields(), answers)
    values = {"facts": facts, "texts": texts, "base_revision": revision}
    if save_key:
        waiting = SideDraft.objects.filter(response=response, author=actor, save_key=save_key, settled_at=None)
        found = waiting.first()
        if found is not None:
            waiting.filter(pk=found.pk).update(**values)
            _take_on(found, values)
            return found
    return SideDraft.objects.create(response=response, author=actor, save_key=save_key, **values)


def _follow_up(response: Response, worksheet: Worksheet, actor: User, then: Callable[[User], None] | None) -> None:
    """What sending brings about: field hooks, history, and whatever the owner does."""
    from templates_app.domain.uploads import drop_unused_files  # uploads are kept by the rules of this module

    answers = answers_of(response)
    for field in worksheet.fields():
        for hook in _hooks.get(field.kind, ()):
            hook(response=response, field=field, rows=_rows(field, answers), actor=actor)
    drop_unused_files(response=response)
    record_event("response.submitted", response, actor=actor, worksheet=worksheet.key)
    if then is not None:
        then(actor)


def _rows(field: FieldShape, answers: Answers) -> list[Any]:
    value = answers.get(field.key)
    rows = value if isinstance(value, list) else [] if value is None else [value]
    return [row for row in rows if not (isinstance(row, dict) and row.get("_example"))]
