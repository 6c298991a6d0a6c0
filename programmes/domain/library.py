"""A programme's library: articles, tools, files, the agreement and resources together, found by words, topic, stage and role
(``phase1.arch.5.a``, ``gla.must.47``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from mentoring.accounts.models import User
from programmes.domain.guidance import readable_articles
from programmes.domain.library_files import Filed, files_for
from programmes.domain.looking import plain
from programmes.domain.roles import roles_for
from programmes.models import Programme
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.models import Article
from templates_app.shapes import Filler, Kit, Resource, Worksheet


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
    files: list[Filed]
    tools: list[Worksheet]
    """What the handbook has to work with, as it asks."""
    agreement: str
    """The title of the agreement where it belongs to what was looked for, else empty."""
    topics: list[str]

    @property
    def count(self) -> int:
        """How much was found."""
        return len(self.articles) + len(self.resources) + len(self.files) + len(self.tools) + bool(self.agreement)


def library_for(user: User, programme: Programme, search: Search) -> Library:
    """What somebody may read and that fits. A resource that names no stage, and every file, is for every stage."""
    known, filed = _resources(user, programme), files_for(user, programme)
    articles = [one for one in readable_articles(user, programme) if not search.topic and _article_fits(one, search)]
    named = {topic for one in known for topic in one.topics} | {topic for one in filed for topic in one.file.topics}
    topics = sorted(named, key=lambda topic: (topic.casefold(), topic))
    kit = kit_of(programme.handbook)
    tools = [one for one in _tools(programme) if not search.topic and _tool_fits(one, kit, search)]
    return Library(
        articles=articles,
        resources=[one for one in known if _resource_fits(one, search)],
        files=[one for one in filed if _file_fits(one, search)],
        tools=tools,
        agreement=kit.agreement.title if not search.topic and _agreement_fits(kit, search) else "",
        topics=topics,
    )


def _tools(programme: Programme) -> list[Worksheet]:
    sheets = (worksheet_of(version) for version in current_versions(programme.handbook).values())
    return sorted((one for one in sheets if one.tool and one.in_use), key=lambda one: (one.order, one.key))


def _tool_fits(one: Worksheet, kit: Kit, search: Search) -> bool:
    at = not search.stage or search.stage in _stages_of(one, kit)
    is_for = not search.role or one.filled_by in {search.role, Filler.EACH, Filler.TOGETHER}
    return at and is_for and _holds(search.words, (one.title, one.purpose))


def _stages_of(sheet: Worksheet, kit: Kit) -> set[str]:
    """The stages that name a worksheet, and those at which it is called for."""
    named = {stage.key for stage in kit.stages if sheet.key in stage.worksheets}
    return named | {moment.stage for moment in sheet.moments if moment.stage}


def _agreement_fits(kit: Kit, search: Search) -> bool:
    """It belongs to the stage that its signing completes; where a handbook says none, to that of the first session."""
    at = [stage.key for stage in kit.stages if "agreement-signed" in stage.completes]
    at = at or [stage.key for stage in kit.stages if 1 in stage.sessions]
    here = not search.stage or search.stage in at
    return here and _holds(search.words, (kit.agreement.title, kit.agreement.intro))


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


def _file_fits(one: Filed, search: Search) -> bool:
    about = not search.topic or search.topic in one.file.topics
    texts = (one.file.title, one.file.note, one.newest.name, *one.file.topics)
    is_for = not search.role or not one.file.roles or search.role in one.file.roles
    return about and is_for and _holds(search.words, texts)


def _holds(words: str, texts: Iterable[str]) -> bool:
    """Whether every word stands somewhere in the texts, whatever its case and accents."""
    whole = plain(" ".join(texts))
    return all(word in whole for word in plain(words).split())
