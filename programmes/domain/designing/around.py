"""What may stand around a worksheet: guidance, other sheets, what it waits for and what it leads on to."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from programmes.domain.designing.begin_rows import Names
from templates_app.domain.kits import AGREEMENT_KEY, current_versions, worksheet_of
from templates_app.models import Article, Handbook
from templates_app.shapes import Kind

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
        own = (("agreement", _("the agreement is in force")), ("talk", _("the two have met for their first talk")))
        return (*own, *((key, _("sent: %(sheet)s") % {"sheet": title}) for key, title in self.sheets))

    @property
    def titles(self) -> dict[str, str]:
        """What everything is called, by its key."""
        return dict((*self.articles, *self.firsts, *self.sheets))


def look_around(handbook: Handbook, *, but: str) -> Around:
    """What there is in the handbook beside the worksheet ``but``. Two queries."""
    versions = {key: row for key, row in current_versions(handbook).items() if key not in {but, AGREEMENT_KEY}}
    found = (worksheet_of(row) for row in versions.values())
    sheets = [one for one in found if one.belongs == "pair" and not one.is_of_programme]
    sheets.sort(key=lambda one: (one.order, one.key))
    return Around(
        tuple(Article.objects.filter(handbook=handbook).order_by("title", "key").values_list("key", "title")),
        tuple((sheet.key, sheet.title) for sheet in sheets),
        {
            sheet.key: tuple((one.key, one.label) for one in sheet.fields() if one.kind is not Kind.NOTE)
            for sheet in sheets
        },
    )
