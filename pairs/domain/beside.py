"""What stands next to a question while it is answered: the goals with measures and reviews (``plp.sys.121``), open actions,
one's own answers on another sheet.
"""

from collections.abc import Sequence

from django.db.models import F
from django.utils.translation import gettext as _

from pairs.domain.actions import open_actions_for
from pairs.domain.goal_pages import goals_page
from pairs.domain.queries import with_response
from pairs.domain.reading import Reader, belonging_to
from pairs.domain.shown import sections_of
from pairs.models import Output
from templates_app.answers import display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import Beside
from templates_app.domain.responses import answers_of
from templates_app.shapes import BesideSheet, Worksheet


def beside_questions(sheet: Worksheet, reader: Reader, output: Output | None = None) -> dict[str, Sequence[Beside]]:
    """What the sheet's questions ask to have beside them, for one of the pair. Nothing is read where nothing is asked.

    ``output`` is the sheet that is being written, where its own answers may stand beside a question.
    """
    if reader.person is None:
        return {}
    found: dict[str, Sequence[Beside]] = {}
    for shape in sheet.fields():
        if shape.beside_sheet is not None:
            found[f"sheet:{shape.key}"] = _latest(reader, shape.beside_sheet)
    wanted = {shape.beside for shape in sheet.fields() if shape.beside}
    if "goals" in wanted:
        found["goals"] = _goals(reader)
    if "actions" in wanted:
        found["actions"] = [Beside(title=row.text) for row in open_actions_for(reader)]
    if "answers" in wanted and output is not None and output.response is not None:
        found["answers"] = _above(reader, output)
    return found


def _above(reader: Reader, output: Output) -> list[Beside]:
    """What was written in the sections before the question, as it was last saved (``cal.sys.92``)."""
    found = []
    sheet = reader.sheet_of(output)
    asking = {field.key for field in sheet.fields() if field.beside == "answers"} if sheet else set()
    for section in sections_of(reader, output):
        if any(answer.key in asking for answer in section.answers):
            break
        given = (answer for answer in section.answers if not answer.blank)
        found += [Beside(title=one.label, lines=tuple(one.shown.text.splitlines())) for one in given]
    return found


def _latest(reader: Reader, wanted: BesideSheet) -> list[Beside]:
    """What the person answered there last, sent or not; what they left blank does not show (``gla.must.56``)."""
    assert reader.person is not None
    rows = with_response(
        Output.objects.filter(pairing=reader.pairing, worksheet=wanted.worksheet, response__isnull=False)
    )
    ordered = rows.order_by(F("response__saved_at").desc(nulls_last=True))
    last = next((row for row in belonging_to(reader.pairing, ordered) if reader.owes(row)), None)
    if last is None or last.response is None:
        return []
    sections = display(worksheet_of(last.response.version), answers_of(last.response), reader.context_for(last))
    shown = {answer.key: answer for section in sections for answer in section.answers if not answer.blank}
    return [
        Beside(title=shown[key].label, lines=tuple(shown[key].shown.text.splitlines()))
        for key in wanted.fields
        if key in shown
    ]


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
