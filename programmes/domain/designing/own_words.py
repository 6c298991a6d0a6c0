"""A handbook that is there already, said in the organisation's own words."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.tenancy.scope import current_organisation
from programmes.domain.designing.publishing import publish_words
from programmes.domain.handbook.editing import content_of, keep, keep_content, locked
from programmes.domain.handbook.effects import weigh
from programmes.domain.handbook.parts import ARTICLE, LISTS, PLAN, TEXTS, value_at
from programmes.models import Programme
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

    def __len__(self) -> int:
        return len(self.parts) + len(self.articles) + len(self.worksheets)


def rewording_of(handbook: Handbook) -> Rewording:
    """What would read differently in the organisation's words; empty where it has none or they stand there already."""
    before = whole_kit(handbook)
    after = in_own_words(before, current_organisation().words_in(handbook.language))
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
    )


@transaction.atomic
def put_own_words(*, programme: Programme, actor: User, seen: str) -> int:
    """Say a handbook in the organisation's words; returns how many parts, articles and worksheets read differently now.

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
    publish_words(programme=programme, handbook=handbook, definitions=found.worksheets, actor=actor)
    return len(found)
