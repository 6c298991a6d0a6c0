"""Changing the guidance of a programme."""

from typing import Any

from django.db import transaction

from mentoring.accounts.models import User
from programmes.domain.handbook.editing import StaleEdit, article_values, bump, check_articles, keep, locked
from programmes.domain.handbook.parts import ARTICLE, fingerprint
from programmes.domain.handbook.putting import new_key
from programmes.models import HandbookEdit, Programme
from templates_app.models import Article, Handbook
from templates_app.shapes import Article as Shape


@transaction.atomic
def change_article(
    *, programme: Programme, key: str, values: dict[str, Any], base: str, actor: User
) -> HandbookEdit | None:
    """Change an article's title, text, roles, stages and place. ``base`` is the fingerprint the change started from.

    Returns ``None`` when nothing changed. Raises ``StaleEdit`` and ``NotSound``.
    """
    handbook = locked(programme)
    article = Article.objects.filter(handbook=handbook, key=key).first()
    before = article_values(article) if article else None
    if article is None or fingerprint(before) != base:
        raise StaleEdit(before)
    return write_article(programme, handbook, before, {**article_values(article), **values}, actor)


@transaction.atomic
def add_article(*, programme: Programme, values: dict[str, Any], actor: User) -> HandbookEdit | None:
    """Add an article of the programme's own. Raises ``NotSound``."""
    handbook = locked(programme)
    taken = set(Article.objects.filter(handbook=handbook).values_list("key", flat=True))
    key = new_key(values["title"], taken, joint="-", stem="article")
    order = 1 + max([0, *Article.objects.filter(handbook=handbook).values_list("order", flat=True)])
    return write_article(programme, handbook, None, {"order": order, **values, "key": key, "ours": True}, actor)


@transaction.atomic
def remove_article(*, programme: Programme, key: str, actor: User) -> HandbookEdit | None:
    """Take an article out. Raises ``NotSound`` where a session leads to it, ``StaleEdit`` when it is gone."""
    handbook = locked(programme)
    article = Article.objects.filter(handbook=handbook, key=key).first()
    if article is None:
        raise StaleEdit(None)
    return write_article(programme, handbook, article_values(article), None, actor)


def write_article(
    programme: Programme, handbook: Handbook, before: dict[str, Any] | None, after: dict[str, Any] | None, actor: User
) -> HandbookEdit | None:
    """Check, write, keep what stood there, and record: an article changed, added (no ``before``) or gone (no ``after``)."""
    key = (after or before or {})["key"]
    others = [article_values(one) for one in Article.objects.filter(handbook=handbook).exclude(key=key)]
    check_articles(handbook, [*others, *([after] if after else [])])
    clean = Shape.model_validate(after).model_dump(mode="json") if after else None
    if clean == before:
        return None
    rows = Article.objects.filter(handbook=handbook, key=key)
    if clean is None:
        rows.delete()
    elif before is None:
        Article.objects.create(handbook=handbook, **clean)
    else:
        rows.update(**clean)
    bump(handbook)
    return keep(programme, f"{ARTICLE}:{key}", before, clean, actor)
