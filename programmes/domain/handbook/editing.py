"""The verbs that change a handbook. Whatever is changed must leave a kit that holds together."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.handbook.parts import ARTICLE, fingerprint, title_of, value_at, with_value
from programmes.models import HandbookEdit, Programme
from templates_app.domain.kit_files.checking import check_kit
from templates_app.domain.kit_files.wording import in_plain_words
from templates_app.domain.kits import whole_kit
from templates_app.models import Article, Handbook
from templates_app.shapes import Kit

HandbookFollower = Callable[[Programme], None]

_followers: list[HandbookFollower] = []


def register_handbook_follower(follower: HandbookFollower) -> None:
    """Have ``follower(programme)`` called when a part of its handbook's content is changed or put back, in that
    transaction. For ``AppConfig.ready``.
    """
    if follower not in _followers:
        _followers.append(follower)


def _tell_followers(programme: Programme) -> None:
    for follower in _followers:
        follower(programme)


class NotSound(ValueError):
    """The change would leave a handbook that does not hold together. ``problems`` are ``(where, message)``."""

    def __init__(self, problems: list[tuple[tuple[str | int, ...], str]]) -> None:
        super().__init__("; ".join(message for _where, message in problems))
        self.problems = problems


class StaleEdit(Exception):
    """Somebody changed the same thing meanwhile. ``current`` is how it reads now; nothing was overwritten."""

    def __init__(self, current: Any) -> None:
        super().__init__("Changed by somebody else meanwhile.")
        self.current = current


@transaction.atomic
def change_part(*, programme: Programme, part: str, value: Any, base: str, actor: User) -> HandbookEdit | None:
    """Put ``value`` into a part (``plan``, ``agreement``). ``base`` is the fingerprint of what the change started from.

    Returns ``None`` when nothing changed. Raises ``StaleEdit`` and ``NotSound``; then nothing was written.
    """
    handbook = locked(programme)
    current = value_at(handbook.content, part)
    if fingerprint(current) != base:
        raise StaleEdit(current)
    return write_part(programme, handbook, part, value, actor)


def write_part(programme: Programme, handbook: Handbook, part: str, value: Any, actor: User) -> HandbookEdit | None:
    """Check, write, keep what stood there, and record. The handbook must be the locked one."""
    before = value_at(handbook.content, part)
    content = _checked(handbook, with_value(handbook.content, part, value))
    after = value_at(content, part)
    if after == before:
        return None
    handbook.content = content
    _bump(handbook, "content")
    programme.handbook = handbook
    _tell_followers(programme)
    return keep(programme, part, before, after, actor)


@transaction.atomic
def undo_edit(*, edit: HandbookEdit, actor: User) -> None:
    """Put back what stood before an edit. Raises ``StaleEdit`` when the part was changed again since."""
    programme = edit.programme
    handbook = locked(programme)
    if edit.undone_at is not None:
        return
    if edit.part.startswith(f"{ARTICLE}:"):
        _restore_article(handbook, edit)
    else:
        current = value_at(handbook.content, edit.part)
        if current != edit.after:
            raise StaleEdit(current)
        handbook.content = _checked(handbook, with_value(handbook.content, edit.part, edit.before))
        _bump(handbook, "content")
        _tell_followers(programme)
    HandbookEdit.objects.filter(pk=edit.pk).update(undone_at=clock.now())
    record_event("handbook.restored", programme, actor=actor, part=title_of(edit.part))


def original_of(programme: Programme, part: str) -> Any:
    """How a part read when the kit was copied."""
    first = HandbookEdit.objects.filter(programme=programme, part=part).order_by("created_at").first()
    return first.before if first is not None else value_at(programme.handbook.content, part)


def locked(programme: Programme) -> Handbook:
    """The programme's handbook as it stands now, held against other writers until the transaction ends."""
    return Handbook.objects.select_for_update().get(pk=programme.handbook_id)


def keep(programme: Programme, part: str, before: Any, after: Any, actor: User) -> HandbookEdit:
    """Note a change that was made, with the way back."""
    edit = HandbookEdit.objects.create(programme=programme, part=part, before=before, after=after, made_by=actor)
    record_event("handbook.changed", programme, actor=actor, part=title_of(part))
    return edit


def check_articles(handbook: Handbook, articles: list[dict[str, Any]]) -> None:
    """Raise ``NotSound`` unless the handbook holds together with these articles."""
    _kit({**_with_sheets(handbook), **handbook.content, "articles": articles})


def _checked(handbook: Handbook, content: dict[str, Any]) -> dict[str, Any]:
    """The content as the shapes write it, when the whole handbook holds together with it."""
    kit = _kit({**_with_sheets(handbook), **content})
    return kit.model_dump(mode="json", exclude={"worksheets", "articles"})


def _with_sheets(handbook: Handbook) -> dict[str, Any]:
    return whole_kit(handbook).model_dump(mode="json", include={"worksheets", "articles"})


def _kit(values: dict[str, Any]) -> Kit:
    try:
        kit = Kit.model_validate(values)
    except ValidationError as error:
        raise NotSound([(one["loc"], in_plain_words(dict(one))) for one in error.errors()]) from error
    problems = check_kit(kit)
    if problems:
        raise NotSound([(problem.loc, problem.message) for problem in problems])
    return kit


def _bump(handbook: Handbook, *fields: str) -> None:
    handbook.revision += 1
    handbook.save(update_fields=[*fields, "revision"])


def bump(handbook: Handbook) -> None:
    """Count an edit of the articles, which stand beside the content."""
    _bump(handbook)


def _restore_article(handbook: Handbook, edit: HandbookEdit) -> None:
    key = edit.part.removeprefix(f"{ARTICLE}:")
    found = Article.objects.filter(handbook=handbook, key=key)
    current = article_values(found.get()) if found.exists() else None
    if current != edit.after:
        raise StaleEdit(current)
    if edit.before is None:
        found.delete()
    elif current is None:
        Article.objects.create(handbook=handbook, **edit.before)
    else:
        found.update(**edit.before)
    bump(handbook)


def article_values(article: Article) -> dict[str, Any]:
    """An article as its shape has it."""
    from templates_app.shapes import Article as Shape

    return {name: getattr(article, name) for name in Shape.model_fields}
