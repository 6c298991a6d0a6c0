"""What somebody writes for themselves before they are paired, where the handbook says so (``sssc.must.22``)."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from programmes.domain.sheets import is_for
from programmes.models import Participant, Sheet
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.shapes import Worksheet


@dataclass(frozen=True)
class Wanted:
    """A worksheet that is to be sent first, and how this person stands with it."""

    worksheet: Worksheet
    is_sent: bool
    begun: Sheet | None
    """The sheet that is being written, where none was sent yet."""


def wanted_of(person: Participant) -> list[Wanted]:
    """What this person writes before they are paired, sent or not. Other gates look after what somebody else writes about
    them. Two queries, none where the handbook names no gate.
    """
    handbook = person.cohort.programme.handbook
    keys = kit_of(handbook).joining.gates
    if not keys:
        return []
    versions = current_versions(handbook)
    shapes = [worksheet_of(versions[key]) for key in keys if key in versions]
    wanted = [shape for shape in shapes if is_for(shape, person)]
    rows = Sheet.objects.filter(participant=person, worksheet__in=[shape.key for shape in wanted])
    found = list(rows.select_related("response").order_by("-number")) if wanted else []
    return [_standing(shape, [row for row in found if row.worksheet == shape.key]) for shape in wanted]


def _standing(shape: Worksheet, rows: list[Sheet]) -> Wanted:
    is_sent = any(row.response.is_submitted for row in rows)
    return Wanted(shape, is_sent, None if is_sent or not rows else rows[0])


def sheet_gate(person: Participant) -> str:
    """Which worksheets of their own this person has not sent yet; empty when none is awaited."""
    missing = [f"“{one.worksheet.title}”" for one in wanted_of(person) if not one.is_sent]
    if not missing:
        return ""
    return _("%(name)s has not sent %(titles)s yet.") % {
        "name": person.name,
        "titles": get_text_list(missing, _("and")),
    }
