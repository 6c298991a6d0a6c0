"""The guidance of a programme as its people read it: by chapter, by stage, for a role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from mentoring.accounts.models import User
from programmes.domain.roles import roles_for
from programmes.models import Participant, Programme
from templates_app.models import Article, Handbook

COORDINATORS_ONLY = ["coordinator"]


@dataclass(frozen=True)
class Chapter:
    """A chapter of the handbook page with its articles."""

    key: str
    title: Any
    articles: list[Article]


def articles_in_order(handbook: Handbook) -> QuerySet[Article]:
    """Every article of a handbook, in the handbook's order."""
    return Article.objects.filter(handbook=handbook).order_by("order", "title")


def readable_articles(user: User, programme: Programme) -> list[Article]:
    """The articles somebody may read: what is for coordinators alone is theirs. One query."""
    runs = roles_for(user).coordinates(programme.pk)
    return [one for one in articles_in_order(programme.handbook) if runs or list(one.roles) != COORDINATORS_ONLY]


def chapters_of(articles: Iterable[Article], chapters: Sequence[tuple[str, Any]]) -> list[Chapter]:
    """Articles by chapter, chapters without one left out."""
    listed = list(articles)
    found = [Chapter(key, title, [one for one in listed if one.chapter == key]) for key, title in chapters]
    return [chapter for chapter in found if chapter.articles]


def picked(articles: Iterable[Article], *, role: str = "", stage: str = "") -> list[Article]:
    """Those for a role and at a stage, where one is given."""
    return [one for one in articles if (not role or role in one.roles) and (not stage or stage in one.stages)]


def named_articles(handbook: Handbook, keys: Sequence[str]) -> list[Article]:
    """The articles with these keys, in the order in which they are named; those that are gone are passed over."""
    rows = {row.key: row for row in Article.objects.filter(handbook=handbook, key__in=list(keys))} if keys else {}
    return [rows[key] for key in keys if key in rows]


def neighbours(articles: Sequence[Article], article: Article) -> tuple[Article | None, Article | None]:
    """What stands before and after an article."""
    place = next(index for index, one in enumerate(articles) if one.pk == article.pk)
    before = articles[place - 1] if place else None
    after = articles[place + 1] if place + 1 < len(articles) else None
    return before, after


def orientation_articles(handbook: Handbook) -> list[Article]:
    """What everybody reads before their first session: the pinned articles, such as what mentoring is and is not."""
    return list(articles_in_order(handbook).filter(pinned=True))


def needs_orientation(person: Participant) -> bool:
    """Whether somebody has still to read them."""
    return person.oriented_at is None
