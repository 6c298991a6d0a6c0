"""A programme's library: its articles and resources together, found by words, topic, stage and role (``phase1.arch.5.a``)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from mentoring.accounts.models import User
from programmes.domain.guidance import readable_articles
from programmes.domain.roles import roles_for
from programmes.models import Programme
from templates_app.domain.kits import kit_of
from templates_app.models import Article
from templates_app.shapes import Resource


@dataclass(frozen=True)
class Search:
    """What is looked for. Whatever an address holds that makes no sense finds nothing, and says so."""

    words: str = ""
    topic: str = ""
    stage: str = ""
    role: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "Search":
        """The search in an address."""
        told = {"words": "q", "topic": "topic", "stage": "stage", "role": "for"}
        return cls(
            **{name: " ".join(query.get(key, "").replace("\x00", "").split())[:100] for name, key in told.items()}
        )


@dataclass(frozen=True)
class Library:
    """What was found, and the topics there are."""

    articles: list[Article]
    resources: list[Resource]
    topics: list[str]

    @property
    def count(self) -> int:
        """How much was found."""
        return len(self.articles) + len(self.resources)


def library_for(user: User, programme: Programme, search: Search) -> Library:
    """What somebody may read and that fits. A resource that names no stage is for every stage. One query."""
    known = _resources(user, programme)
    articles = [one for one in readable_articles(user, programme) if not search.topic and _article_fits(one, search)]
    topics = sorted({topic for one in known for topic in one.topics}, key=str.casefold)
    return Library(articles, [one for one in known if _resource_fits(one, search)], topics)


def _resources(user: User, programme: Programme) -> list[Resource]:
    """What is for coordinators alone is theirs."""
    runs = roles_for(user).coordinates(programme.pk)
    return [one for one in kit_of(programme.handbook).resources if runs or one.roles != ["coordinator"]]


def _article_fits(one: Article, search: Search) -> bool:
    at = not search.stage or search.stage in one.stages
    return at and (not search.role or search.role in one.roles) and _holds(search.words, (one.title, one.body))


def _resource_fits(one: Resource, search: Search) -> bool:
    at = not search.stage or not one.stages or search.stage in one.stages
    about = not search.topic or search.topic in one.topics
    texts = (one.title, one.note, one.url, *one.topics)
    is_for = not search.role or not one.roles or search.role in one.roles
    return at and about and is_for and _holds(search.words, texts)


def _holds(words: str, texts: Iterable[str]) -> bool:
    """Whether every word stands somewhere in the texts, whatever its case and accents."""
    whole = _plain(" ".join(texts))
    return all(word in whole for word in _plain(words).split())


def _plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
