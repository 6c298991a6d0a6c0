"""What somebody writes for themselves before they are paired, where the handbook says so (``sssc.must.22``)."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from programmes.domain.sheets import is_for
from programmes.models import Participant, Sheet
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.models import ResponseState


def sheet_gate(person: Participant) -> str:
    """Which worksheets of their own this person has not sent yet; empty when none is awaited. Other gates look after what
    somebody else writes about them. Two queries, none where the handbook names no gate.
    """
    handbook = person.cohort.programme.handbook
    keys = kit_of(handbook).joining.gates
    if not keys:
        return ""
    versions = current_versions(handbook)
    shapes = [worksheet_of(versions[key]) for key in keys if key in versions]
    wanted = {shape.key: shape.title for shape in shapes if is_for(shape, person)}
    rows = Sheet.objects.filter(participant=person, response__state=ResponseState.SUBMITTED)
    sent = set(rows.values_list("worksheet", flat=True)) if wanted else set()
    missing = [f"“{title}”" for key, title in wanted.items() if key not in sent]
    if not missing:
        return ""
    return _("%(name)s has not sent %(titles)s yet.") % {
        "name": person.name,
        "titles": get_text_list(missing, _("and")),
    }
