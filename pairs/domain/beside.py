"""What stands next to a question while it is answered: the goals with measures and reviews (``plp.sys.121``), open actions."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pairs.domain.actions import open_actions_for
from pairs.domain.goal_pages import goals_page
from pairs.domain.reading import Reader
from templates_app.domain.owners import Beside
from templates_app.shapes import Worksheet


def beside_questions(sheet: Worksheet, reader: Reader) -> dict[str, Sequence[Beside]]:
    """What the sheet's questions ask to have beside them, for one of the pair. Nothing is read where nothing is asked."""
    if reader.person is None:
        return {}
    wanted = {shape.beside for shape in sheet.fields() if shape.beside}
    found: dict[str, Sequence[Beside]] = {}
    if "goals" in wanted:
        found["goals"] = _goals(reader)
    if "actions" in wanted:
        found["actions"] = [Beside(title=row.text) for row in open_actions_for(reader)]
    return found


def _goals(reader: Reader) -> list[Beside]:
    items = []
    for shown in goals_page(reader).all:
        lines = [f"{label}: {words}" for label, words in shown.words if words != shown.title]
        if shown.agreed:
            lines.append(_("Agreed with your mentor on %(day)s.") % {"day": shown.agreed})
        for review in shown.reviews:
            said = "; ".join(answer.shown.text for answer in review.row.answers[1:] if not answer.blank)
            lines.append(_("Looked at on %(day)s: %(said)s") % {"day": review.day, "said": said})
        items.append(Beside(title=shown.title, lines=tuple(lines)))
    return items
