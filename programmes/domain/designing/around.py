"""What may stand around a worksheet: guidance, other sheets, what it waits for and what it leads on to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from programmes.domain.designing.begin_rows import Names
from programmes.domain.handbook.choosing import first_things, pairs_own
from templates_app.domain.kits import AGREEMENT_KEY, current_versions, worksheet_of
from templates_app.models import Article, Handbook
from templates_app.shapes import Kind, Worksheet

ENDING = "ending"
"""Where an offer may lead that opens no worksheet: the page on which somebody may end the mentoring."""


@dataclass(frozen=True)
class Around:
    """By key and title: the ``articles``, the pair's other ``sheets``, and the ``questions`` of each of these."""

    articles: Names = ()
    sheets: Names = ()
    questions: dict[str, Names] = field(default_factory=dict)

    @property
    def firsts(self) -> Names:
        """What a sheet may wait for."""
        return tuple(first_things(self.sheets))

    @property
    def titles(self) -> dict[str, dict[str, str]]:
        """What each list of a worksheet names, in words: an article and a worksheet may have one key."""
        return {"guides": dict(self.articles), "see_also": dict(self.sheets), "waits_for": dict(self.firsts)}


def look_around(handbook: Handbook, *, but: str) -> Around:
    """What there is in the handbook beside the worksheet ``but``. Two queries."""
    versions = {key: row for key, row in current_versions(handbook).items() if key not in {but, AGREEMENT_KEY}}
    articles = Article.objects.filter(handbook=handbook).order_by("title", "key").values_list("key", "title")
    return around_in([worksheet_of(row) for row in versions.values()], tuple(articles))


def around_in(others: Iterable[Worksheet], articles: Names) -> Around:
    """The same among these worksheets and articles."""
    sheets = sorted(others, key=lambda one: (one.order, one.key))
    return Around(
        articles,
        tuple(pairs_own(one for one in sheets if one.in_use)),
        {
            sheet.key: tuple((one.key, one.label) for one in sheet.fields() if one.kind is not Kind.NOTE)
            for sheet in sheets
        },
    )
