"""Copying a kit into a programme's handbook, and reading a handbook as a kit."""

from collections.abc import Collection
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from mentoring.accounts.models import User
from mentoring.tenancy.models import Partner
from mentoring.tenancy.scope import current_organisation
from templates_app.domain.own_words import in_own_words
from templates_app.domain.parsed import Parsed
from templates_app.domain.pictures import keep_pictures_of, picture_files
from templates_app.models import Article, Handbook, Template, TemplateVersion
from templates_app.shapes import Article as ArticleShape
from templates_app.shapes import FieldShape, Filler, Kit, Preset, Readers, Section, Worksheet
from templates_app.shapes.belonging import sheet_with_its_own

AGREEMENT_KEY = "agreement"
"""The template that holds the agreement's own fields; no kit's worksheet may have this key."""

_kits: Parsed[tuple[UUID, int], Kit] = Parsed(512)
_worksheets: Parsed[UUID, Worksheet] = Parsed(2048)

Row = TypeVar("Row", bound=Model)


@transaction.atomic
def copy_kit(*, kit: Kit, title: str, actor: User | None) -> Handbook:
    """Copy a kit into the open organisation: its content, worksheets (each as version 1), articles and the partners it names.

    The copy is the programme's own: later changes of the kit's files never touch it. Its texts are said in the
    organisation's words.
    """
    kit = in_own_words(kit, current_organisation().words_in(kit.language))
    handbook = Handbook.objects.create(
        kit_key=kit.key,
        kit_version=kit.version,
        title=title,
        language=kit.language,
        content=kit.model_dump(mode="json", exclude={"worksheets", "articles", "pictures"}),
    )
    keep_pictures_of(kit)
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
    for partner in (one for one in kit.partners if one.name):
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

    Parsed once per revision and process. Use ``worksheet_version`` and ``Article`` for the rest. The content is looked at
    only where it is not known yet: pages read handbooks ``without_content``, which is a hundred thousand letters long.
    """
    found = _kits.get((handbook.pk, handbook.revision))
    return found or _kits.keep((handbook.pk, handbook.revision), _parsed(handbook))


def _parsed(handbook: Handbook) -> Kit:
    return Kit.model_validate({**handbook.content, "worksheets": [], "articles": []})


def without_content(rows: QuerySet[Row], handbook: str = "") -> QuerySet[Row]:
    """The same rows without their handbooks' content, which ``kit_of`` fetches where it has not been parsed before.

    ``handbook`` is the way from a row to its handbook, as Django writes it; empty for handbooks themselves.
    """
    return rows.defer(f"{handbook}__content" if handbook else "content")


def current_versions(handbook: Handbook) -> dict[str, TemplateVersion]:
    """The newest published version of every worksheet of a handbook, by worksheet key, ready for ``worksheet_of``.

    One query, and one more where some have not been parsed before: their definitions are as long as the handbook.
    """
    rows = TemplateVersion.objects.filter(template__handbook=handbook).select_related("template")
    # There are few, and without their definitions they are short: looking for the newest of each costs more here than there.
    found = {row.template.key: row for row in rows.defer("definition").order_by("number")}
    learn_worksheets({row.pk for row in found.values()})
    return found


def learn_worksheets(versions: Collection[UUID]) -> None:
    """Have the worksheets of these versions ready for ``worksheet_of``. One query where some are not known; none else."""
    unknown = {pk for pk in versions if _worksheets.get(pk) is None}
    if not unknown:
        return
    for pk, definition in TemplateVersion.objects.filter(pk__in=unknown).values_list("pk", "definition"):
        _worksheets.keep(pk, _as_asked(definition))


def current_version(handbook: Handbook, key: str) -> TemplateVersion:
    """The newest published version of one worksheet. Raises ``TemplateVersion.DoesNotExist``."""
    rows = TemplateVersion.objects.filter(template__handbook=handbook, template__key=key).select_related("template")
    newest = rows.order_by("-number").first()
    if newest is None:
        raise TemplateVersion.DoesNotExist(f"This handbook has no worksheet '{key}'.")
    return newest


def worksheet_of(version: TemplateVersion) -> Worksheet:
    """The worksheet a version defines, as it is asked. Versions never change, so the shape is kept per process."""
    found = _worksheets.get(version.pk)
    return found or _worksheets.keep(version.pk, _as_asked(version.definition))


def _as_asked(definition: dict[str, Any]) -> Worksheet:
    return without_hidden(Worksheet.model_validate(definition))


def kit_with_sheets(handbook: Handbook) -> Kit:
    """The handbook's kit with its worksheets as they are asked, without articles. What pages look things up in: every part of
    it is parsed once per process. ``whole_kit`` is what is taken out of the application.
    """
    versions = current_versions(handbook)
    sheets = [worksheet_of(row) for key, row in versions.items() if key != AGREEMENT_KEY]
    return kit_of(handbook).model_copy(update={"worksheets": sheets})


def without_hidden(sheet: Worksheet) -> Worksheet:
    """The worksheet as it is asked: hidden fields, and the moments of one that is out of use, stand in its definition alone,
    so that they can come back.
    """
    sections = [section.model_copy(update={"fields": _asked(section.fields)}) for section in sheet.sections]
    return sheet.as_it_stands().model_copy(update={"sections": sections})


def _asked(fields: list[FieldShape]) -> list[FieldShape]:
    return [
        field.model_copy(update={"columns": _asked(field.columns), "fields": _asked(field.fields)})
        if field.columns or field.fields
        else field
        for field in fields
        if not field.hidden
    ]


def whole_kit(handbook: Handbook) -> Kit:
    """The handbook as a complete kit, as ``kit export`` writes it."""
    rows = TemplateVersion.objects.filter(template__handbook=handbook).exclude(template__key=AGREEMENT_KEY)
    newest = {row.template_id: row for row in rows.order_by("template__position", "template__key", "number")}
    articles = [
        {name: getattr(row, name) for name in ArticleShape.model_fields}
        for row in Article.objects.filter(handbook=handbook)
    ]
    sheets = [sheet_with_its_own(row.definition) for row in newest.values()]
    kit = Kit.model_validate({**handbook.content, "worksheets": sheets, "articles": articles})
    kit.pictures = picture_files([*kit.worksheets, *kit.agreement.fields])
    return kit
