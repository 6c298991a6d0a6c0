"""The questions of the agreement stand in the handbook; what a pair fills in is a worksheet made of them."""

from mentoring.accounts.models import User
from templates_app.domain.kits import AGREEMENT_KEY, agreement_sheet, current_version
from templates_app.models import Handbook, TemplateVersion
from templates_app.shapes import Kit


def publish_agreement_sheet(handbook: Handbook, kit: Kit, actor: User) -> None:
    """Publish the next version of that worksheet where its questions changed. What is begun keeps its own version."""
    now = current_version(handbook, AGREEMENT_KEY)
    sheet = agreement_sheet(kit)
    definition = sheet.model_dump(mode="json", exclude_defaults=True)
    if definition == now.definition:
        return
    TemplateVersion.objects.create(template=now.template, number=now.number + 1, definition=definition)
    if now.template.title != sheet.title:
        now.template.title = sheet.title
        now.template.save(update_fields=["title"])
