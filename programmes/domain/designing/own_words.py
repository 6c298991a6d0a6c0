"""A handbook that is there already, said in the organisation's own words."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.tenancy.scope import current_organisation
from mentoring.words.saying import say
from mentoring.words.terms import Words
from programmes.domain.designing.publishing import publish_words
from programmes.domain.handbook.editing import content_of, keep, keep_content, locked
from programmes.domain.handbook.effects import weigh
from programmes.domain.handbook.parts import ARTICLE, LISTS, PLAN, TEXTS, value_at
from programmes.domain.matching.criteria import OWN
from programmes.models import Criterion, Programme
from templates_app.domain.kits import whole_kit
from templates_app.domain.own_words import in_own_words
from templates_app.models import Article, Handbook
from templates_app.shapes import Kit


@dataclass(frozen=True)
class Rewording:
    """A handbook as it stands and as it would read, by part, article and worksheet: only what becomes different."""

    before: Kit
    after: Kit
    parts: dict[str, Any]
    articles: list[dict[str, Any]]
    worksheets: list[dict[str, Any]]
    criteria: list[Criterion]
    """What matching compares, with the new titles; those that coordinators have added are in their words already."""

    def __len__(self) -> int:
        return len(self.parts) + len(self.articles) + len(self.worksheets) + len(self.criteria)


def rewording_of(handbook: Handbook) -> Rewording:
    """What would read differently in the organisation's words; empty where it has none or they stand there already."""
    before, own = whole_kit(handbook), current_organisation().words_in(handbook.language)
    after = in_own_words(before, own)
    stands, content = content_of(before), content_of(after)
    names = [PLAN, *(part.name for part in TEXTS), *(part.name for part in LISTS)]
    parts = {name: value_at(content, name) for name in names}
    return Rewording(
        before,
        after,
        {name: value for name, value in parts.items() if value != value_at(stands, name)},
        [new.model_dump(mode="json") for old, new in zip(before.articles, after.articles, strict=True) if old != new],
        [
            new.model_dump(mode="json", exclude_defaults=True)
            for old, new in zip(before.worksheets, after.worksheets, strict=True)
            if old != new
        ],
        _criteria(handbook, own),
    )


def _criteria(handbook: Handbook, own: Words) -> list[Criterion]:
    """The criteria that came with the handbook and would read differently. They are the programme's rows, not its text."""
    found = []
    for row in Criterion.objects.filter(programme__handbook=handbook).exclude(key__startswith=OWN):
        title = say(row.title, own)[:200]
        if title != row.title:
            row.title = title
            found.append(row)
    return found


@transaction.atomic
def put_own_words(*, programme: Programme, actor: User, seen: str) -> int:
    """Say a handbook in the organisation's words; returns how much of it reads differently now.

    Parts and articles each have their own way back; worksheets become their next version. What is filled in or agreed
    keeps the words it has. Raises ``NeedsSeeing`` until ``seen`` says that the effects were looked at.
    """
    handbook = locked(programme)
    found = rewording_of(handbook)
    if not found:
        return 0
    weigh(programme, found.before, found.after, seen)
    stands = content_of(found.before)
    edits = [(part, value_at(stands, part), value) for part, value in found.parts.items()]
    keep_content(programme, handbook, found.after, actor)
    before = {article.key: article.model_dump(mode="json") for article in found.before.articles}
    for article in found.articles:
        Article.objects.filter(handbook=handbook, key=article["key"]).update(**article)
        edits.append((f"{ARTICLE}:{article['key']}", before[article["key"]], article))
    for part, old, new in edits:
        keep(programme, part, old, new, actor)
    Criterion.objects.bulk_update(found.criteria, ["title"])
    publish_words(programme=programme, handbook=handbook, definitions=found.worksheets, actor=actor)
    return len(found)
