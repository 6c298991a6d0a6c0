"""Every worksheet of a kit on paper, before anybody has filled one in: blank, and with invented answers."""

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.tenancy.scope import current_organisation
from templates_app.answers import AnswerContext, Choice, check, display
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import AGREEMENT_KEY, agreement_sheet
from templates_app.domain.worksheet_documents import blank_sheet_html
from templates_app.shapes import Kit, Worksheet


def papers_of(kit: Kit) -> Iterator[tuple[str, str]]:
    """A name and the whole HTML of each document: ``goals-blank``, ``goals-filled``; the agreement's blank one last.

    An organisation must be open, whose name stands at the head of each.
    """
    context = _invented()
    for sheet in kit.worksheets:
        yield f"{sheet.key}-blank", blank_sheet_html(sheet, context)
        yield f"{sheet.key}-filled", filled_html(sheet, context)
    yield f"{AGREEMENT_KEY}-blank", blank_sheet_html(agreement_sheet(kit), context, kit)


def filled_html(sheet: Worksheet, context: AnswerContext) -> str:
    """A worksheet with an invented answer to every question, as the PDF of a sent one shows it."""
    answers = check(sheet, sample_answers(sheet, context), context, mode="draft").answers
    values = {
        "title": sheet.title,
        "lines": [],
        "sections": display(sheet, answers, context),
        "organisation": current_organisation(),
        "document_language": context.locale,
        "is_draft": True,
    }
    return render_to_string("documents/worksheet.html", values)


def _invented() -> AnswerContext:
    """An invented writer who stands in every role, and an invented pair."""
    people = {"mentee": _("Ana (mentee)"), "mentor": _("Helen (mentor)")}
    pair = [Choice(key, name) for key, name in people.items()]
    return AnswerContext(
        locale="en-gb",
        now=clock.now(),
        user="somebody",
        roles=frozenset({"mentor", "mentee", "coordinator", "supervisor"}),
        people=people,
        options={"pair": pair, "people": pair, "goals": [Choice("1", _("A goal of the pair"))], "partners": pair},
        values={"person.name": people["mentee"], "today": clock.now().date().isoformat()},
    )
