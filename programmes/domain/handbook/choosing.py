"""What can be chosen where a part of a handbook names another: worksheets, stages, articles, resources."""

from collections.abc import Iterable, Mapping

from programmes.domain.handbook.fields import Field
from templates_app.domain.kits import AGREEMENT_KEY, current_versions, worksheet_of
from templates_app.models import Article, Handbook, Template

Names = Mapping[str, Mapping[str, str]]
"""By list of the handbook: key → title."""


def names_for(handbook: Handbook, fields: Iterable[Field]) -> Names:
    """The lists that these fields choose from. A query for worksheets and one for articles, where they are asked for."""
    wanted = {field.choices for field in fields if isinstance(field.choices, str)}
    return {name: _names_in(handbook, name) for name in wanted}


def _names_in(handbook: Handbook, name: str) -> dict[str, str]:
    if name == "worksheets":
        sheets = Template.objects.filter(handbook=handbook).exclude(key=AGREEMENT_KEY).order_by("position", "title")
        return dict(sheets.values_list("key", "title"))
    if name == "programme_sheets":
        own = [worksheet_of(version) for version in current_versions(handbook).values()]
        return {sheet.key: sheet.title for sheet in sorted(own, key=lambda one: one.order) if sheet.is_of_programme}
    if name == "articles":
        return dict(Article.objects.filter(handbook=handbook).order_by("title").values_list("key", "title"))
    if name.startswith("agreement."):
        items = handbook.content["agreement"][name.removeprefix("agreement.")]
        return {item["key"]: item.get("label") or item.get("title") or item["key"] for item in items}
    return {item["key"]: item["title"] for item in handbook.content[name]}
