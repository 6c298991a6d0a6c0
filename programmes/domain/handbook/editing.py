"""The verbs that change a handbook. Whatever is changed must leave a kit that holds together."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.handbook.agreement_sheet import publish_agreement_sheet
from programmes.domain.handbook.effects import weigh
from programmes.domain.handbook.naming import placed, told_together
from programmes.domain.handbook.parts import (
    ARTICLE,
    fingerprint,
    is_inside,
    path_of,
    title_of,
    value_at,
    value_inside,
    with_value,
)
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
        super().__init__(told_together(message for _where, message in problems))
        self.problems = problems


class StaleEdit(Exception):
    """Somebody changed the same thing meanwhile. ``current`` is how it reads now; nothing was overwritten."""

    def __init__(self, current: Any) -> None:
        super().__init__("Changed by somebody else meanwhile.")
        self.current = current


@transaction.atomic
def change_part(
    *, programme: Programme, part: str, value: Any, base: str, actor: User, seen: str | None = None
) -> HandbookEdit | None:
    """Put ``value`` into a part (``plan``, ``agreement``). ``base`` is the fingerprint of what the change started from.

    Returns ``None`` when nothing changed. Raises ``StaleEdit``, ``NotSound``, and ``NeedsSeeing`` where ``seen`` is given and
    does not say that the effects were looked at; then nothing was written.
    """
    handbook = locked(programme)
    current = value_at(handbook.content, part)
    if fingerprint(current) != base:
        raise StaleEdit(current)
    return write_part(programme, handbook, part, value, actor, seen)


def write_part(
    programme: Programme, handbook: Handbook, part: str, value: Any, actor: User, seen: str | None = None
) -> HandbookEdit | None:
    """Check, write, keep what stood there, and record. The handbook must be the locked one."""
    before = value_at(handbook.content, part)
    kit = _checked(handbook, with_value(handbook.content, part, value), part)
    content = content_of(kit)
    after = value_at(content, part)
    if after == before:
        return None
    if seen is not None:
        weigh(programme, whole_kit(handbook), kit, seen)
    keep_content(programme, handbook, kit, actor)
    return keep(programme, part, before, after, actor)


def keep_content(programme: Programme, handbook: Handbook, kit: Kit, actor: User) -> None:
    """Write what was checked into the locked handbook, and have everything follow that is made from it."""
    handbook.content = content_of(kit)
    _bump(handbook, "content")
    publish_agreement_sheet(handbook, kit, actor)
    programme.handbook = handbook
    _tell_followers(programme)


@transaction.atomic
def undo_edit(*, edit: HandbookEdit, actor: User, seen: str | None = None) -> None:
    """Put back what stood before an edit. Raises ``StaleEdit`` when the part was changed again since, and ``NeedsSeeing`` as
    ``change_part`` does.
    """
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
        kit = _checked(handbook, with_value(handbook.content, edit.part, edit.before), edit.part)
        if seen is not None:
            weigh(programme, whole_kit(handbook), kit, seen)
        keep_content(programme, handbook, kit, actor)
    HandbookEdit.objects.filter(pk=edit.pk).update(undone_at=clock.now())
    record_event("handbook.restored", programme, actor=actor, part=title_of(edit.part))


def original_of(programme: Programme, part: str) -> Any:
    """How a part read when the kit was copied: before the first change of it, or of what it stands in."""
    edits = HandbookEdit.objects.filter(programme=programme).order_by("created_at")
    wholes = [whole for whole in edits.order_by().values_list("part", flat=True).distinct() if is_inside(part, whole)]
    first = edits.filter(part__in=wholes).first() if wholes else None
    if first is None:
        return value_at(programme.handbook.content, part)
    return value_inside(part, first.part, first.before)


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
    _kit({**_with_sheets(handbook), **handbook.content, "articles": articles}, ("articles",))


def _checked(handbook: Handbook, content: dict[str, Any], part: str) -> Kit:
    """The whole handbook with this content, when it holds together."""
    return _kit({**_with_sheets(handbook), **content}, path_of(part))


def content_of(kit: Kit) -> dict[str, Any]:
    """The content as the shapes write it."""
    return kit.model_dump(mode="json", exclude={"worksheets", "articles"})


def _with_sheets(handbook: Handbook) -> dict[str, Any]:
    return whole_kit(handbook).model_dump(mode="json", include={"worksheets", "articles"})


def _kit(values: dict[str, Any], within: tuple[str, ...]) -> Kit:
    """The values as a kit. ``within`` is what is being changed: a fault elsewhere is told with its place."""
    try:
        kit = Kit.model_validate(values)
    except ValidationError as error:
        found = [(one["loc"], in_plain_words(dict(one))) for one in error.errors()]
        raise NotSound([(loc, placed(loc, said, values, within=within)) for loc, said in found]) from error
    problems = check_kit(kit)
    if problems:
        raise NotSound([(one.loc, placed(one.loc, one.message, values, within=within)) for one in problems])
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
