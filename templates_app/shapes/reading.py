"""What there is to read: articles, resources, policies, the glossary."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from templates_app.shapes.base import KitKey, Sourced


class Resource(Sourced):
    """Something to read or use elsewhere. An empty ``url`` is filled in by the coordinator."""

    key: KitKey
    title: str
    url: str = ""
    note: str = ""
    sessions: list[int] = []
    topics: list[Annotated[str, Field(min_length=1, max_length=60)]] = []
    """What it is about, in the words by which people look for it."""
    stages: list[KitKey] = []
    """Where it helps; empty: at every stage."""
    roles: list[Literal["mentor", "mentee", "coordinator"]] = []
    """For whom; empty: for everybody."""


class Term(Sourced):
    """An entry of the glossary."""

    term: str
    meaning: str


class Policy(Sourced):
    """A rule of the programme in words that anybody may read."""

    key: KitKey
    title: str
    text: str


def _as_body(value: str) -> str:
    """One line ending and no blank edges, so that a text survives being written to a file and read again."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()


class Article(Sourced):
    """A guidance article: front matter, then Markdown. ``points`` lists ids of its own points held in the text."""

    key: KitKey
    title: str
    stages: list[KitKey] = []
    sessions: list[int] = []
    roles: list[Literal["mentor", "mentee", "coordinator"]] = ["mentor", "mentee"]
    chapter: Literal["overview", "process", "duties", "tips", "tools"] = "tips"
    order: int = 0
    pinned: bool = False
    points: list[str] = []
    body: Annotated[str, AfterValidator(_as_body)] = ""
