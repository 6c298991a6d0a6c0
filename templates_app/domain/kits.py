"""Copying a kit into a programme's handbook, and reading a handbook as a kit."""

from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery

from mentoring.accounts.models import User
from mentoring.tenancy.models import Partner
from templates_app.models import Article, Handbook, Template, TemplateVersion
from templates_app.shapes import Article as ArticleShape
from templates_app.shapes import Filler, Kit, Preset, Readers, Section, Worksheet

AGREEMENT_KEY = "agreement"
"""The template that holds the agreement's own fields; no kit's worksheet may have this key."""


@transaction.atomic
def copy_kit(*, kit: Kit, title: str, actor: User | None) -> Handbook:
    """Copy a kit into the open organisation: its content, worksheets (each as version 1), articles and partners.

    The copy is the programme's own: later changes of the kit's files never touch it.
    """
    handbook = Handbook.objects.create(
        kit_key=kit.key,
        kit_version=kit.version,
        title=title,
        language=kit.language,
        content=kit.model_dump(mode="json", exclude={"worksheets", "articles"}),
    )
    sheets = [*kit.worksheets, agreement_sheet(kit)]
    templates = [
        Template(handbook=handbook, key=sheet.key, title=sheet.title, position=position)
        for position, sheet in enumerate(sheets)
    ]
    Template.objects.bulk_create(templates)
    TemplateVersion.objects.bulk_create(
        TemplateVersion(template=template, number=1, definition=sheet.model_dump(mode="json", exclude_defaults=True))
        for template, sheet in zip(templates, sheets, strict=True)
    )
    Article.objects.bulk_create(_article_row(handbook, article) for article in kit.articles)
    for partner in kit.partners:
        Partner.objects.get_or_create(
            key=partner.key, defaults={"name": partner.name, "short": partner.short, "source": partner.source}
        )
    return handbook


def agreement_sheet(kit: Kit) -> Worksheet:
    """What the pair writes into its agreement, as a worksheet: so it has drafts, autosave and conflicts like any other."""
    return Worksheet(
        key=AGREEMENT_KEY,
        title=kit.agreement.title,
        purpose=kit.agreement.intro,
        filled_by=Filler.TOGETHER,
        readers=Readers(preset=Preset.COORDINATOR),
        sections=[Section(key="agreement", fields=kit.agreement.fields, ours=True)],
        ours=True,
    )


def _article_row(handbook: Handbook, article: ArticleShape) -> Article:
    fields = article.model_dump(mode="json")
    return Article(handbook=handbook, **fields)


def kit_of(handbook: Handbook) -> Kit:
    """The handbook's own kit content (plan, stages, sessions, reminders, agreement …), without worksheets and articles.

    Parsed once per revision and process. Use ``worksheet_version`` and ``Article`` for the rest.
    """
    return _parsed(handbook.pk, handbook.revision, _Hidden(handbook.content))


class _Hidden:
    """Carries the content past the cache's key: id and revision already say which content it is."""

    def __init__(self, content: dict) -> None:
        self.content = content

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hidden)


@lru_cache(maxsize=512)
def _parsed(handbook_id: UUID, revision: int, hidden: _Hidden) -> Kit:
    return Kit.model_validate({**hidden.content, "worksheets": [], "articles": []})


def current_versions(handbook: Handbook) -> dict[str, TemplateVersion]:
    """The newest published version of every worksheet of a handbook, by worksheet key. One query."""
    newest = TemplateVersion.objects.filter(template=OuterRef("template")).order_by("-number").values("pk")[:1]
    rows = TemplateVersion.objects.filter(template__handbook=handbook, pk=Subquery(newest)).select_related("template")
    return {row.template.key: row for row in rows}


def current_version(handbook: Handbook, key: str) -> TemplateVersion:
    """The newest published version of one worksheet. Raises ``TemplateVersion.DoesNotExist``."""
    rows = TemplateVersion.objects.filter(template__handbook=handbook, template__key=key).select_related("template")
    newest = rows.order_by("-number").first()
    if newest is None:
        raise TemplateVersion.DoesNotExist(f"This handbook has no worksheet '{key}'.")
    return newest


def worksheet_of(version: TemplateVersion) -> Worksheet:
    """The worksheet a version defines. Versions never change, so the parsed shape is kept per process."""
    return _worksheet(version.pk, _Hidden(version.definition))


@lru_cache(maxsize=2048)
def _worksheet(version_id: UUID, hidden: _Hidden) -> Worksheet:
    return Worksheet.model_validate(hidden.content)


def whole_kit(handbook: Handbook) -> Kit:
    """The handbook as a complete kit, as ``kit export`` writes it."""
    found = current_versions(handbook).values()
    versions = sorted(
        (row for row in found if row.template.key != AGREEMENT_KEY), key=lambda row: row.template.position
    )
    articles = [
        {name: getattr(row, name) for name in ArticleShape.model_fields}
        for row in Article.objects.filter(handbook=handbook)
    ]
    return Kit.model_validate(
        {**handbook.content, "worksheets": [row.definition for row in versions], "articles": articles}
    )
