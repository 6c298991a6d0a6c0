"""What is within reach while one of the pair fills in a worksheet: articles to read, and other sheets (``cal.sys.34``)."""

from django.urls import reverse

from mentoring.tenancy.scope import current_organisation
from pairs.domain.reading import Reader
from pairs.domain.sheets import may_add
from programmes.domain.guidance import readable_articles
from templates_app.domain.owners import Beside
from templates_app.shapes import Worksheet


def within_reach(sheet: Worksheet, reader: Reader) -> tuple[Beside, ...]:
    """The guides and sheets that the worksheet names, as far as this person may open them. One query where it names guides."""
    if reader.person is None:
        return ()
    return (*_articles(sheet, reader), *_sheets(sheet, reader))


def _articles(sheet: Worksheet, reader: Reader) -> list[Beside]:
    if not sheet.guides:
        return []
    programme, slug = reader.pairing.cohort.programme, current_organisation().slug
    known = {one.key: one for one in readable_articles(reader.user, programme)}
    return [
        Beside(title=known[key].title, url=reverse("programmes:article", args=[slug, programme.slug, key]))
        for key in sheet.guides
        if key in known
    ]


def _sheets(sheet: Worksheet, reader: Reader) -> list[Beside]:
    slug = current_organisation().slug
    return [
        Beside(title=reader.worksheets[key].title, url=reverse("pairs:sheets", args=[slug, reader.pairing.pk, key]))
        for key in sheet.see_also
        if key in reader.worksheets and _has(reader, key)
    ]


def _has(reader: Reader, key: str) -> bool:
    """Whether the person has such a sheet, or may begin one."""
    theirs = any(row.worksheet == key and not row.cancelled_at and reader.owes(row) for row in reader.outputs)
    return theirs or may_add(reader, reader.worksheets[key])
