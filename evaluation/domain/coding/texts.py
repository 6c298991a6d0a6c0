"""Which words are gathered into themes: those of questions that the handbook releases for it, as far as their writers were told.

Of what stays between the two of a pair these are the sheets that said so when they were written, once there are enough of
them for an occasion; of an anonymous survey those whose writers let themselves be quoted. Both stay as they were sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import Http404
from django.utils.crypto import salted_hmac

from evaluation.domain.behind import Places, places_in
from evaluation.domain.coding.masking import names_in, without_names
from evaluation.domain.nameless import enough_of, occasions_of
from evaluation.domain.partners import NOBODY, Kept, parted
from evaluation.domain.results import quotable
from evaluation.domain.surveys import asked_by, in_round, round_of
from pairs.models import Output
from programmes.models import Cohort, Programme
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.models import Response
from templates_app.shapes import FieldShape, Preset, Worksheet

_CODE = "evaluation.coding"


@dataclass(frozen=True)
class Question:
    """One question whose answers are gathered into themes, with its worksheet."""

    sheet: Worksheet
    field: FieldShape

    @property
    def key(self) -> tuple[str, str]:
        """Worksheet and question, as themes and marks name them."""
        return self.sheet.key, self.field.key


@dataclass(frozen=True)
class Text:
    """What somebody wrote. ``code`` names it on the page, leads to nothing else, and gives the texts their order."""

    code: str
    words: str
    response: Response


@dataclass
class Sheets:
    """The sheets of a worksheet whose words are read now: ``every``, of them ``read`` by somebody from whom those of their own
    mentoring partners are kept, and how many are ``left_out`` for that.
    """

    every: list[Output] = field(default_factory=list)
    read: list[Output] = field(default_factory=list)
    left_out: int = 0


def questions_of(programme: Programme) -> list[Question]:
    """The questions that a programme's handbook releases, in its order."""
    sheets = [worksheet_of(version) for version in current_versions(programme.handbook).values()]
    ordered = sorted(sheets, key=lambda sheet: (sheet.order, sheet.key))
    return [Question(sheet, field) for sheet in ordered for field in sheet.coded]


def get_question(programme: Programme, worksheet: str, question: str) -> Question:
    """One of them. Raises ``Http404``."""
    found = next((one for one in questions_of(programme) if one.key == (worksheet, question)), None)
    if found is None:
        raise Http404
    return found


def sheets_read(
    cohort: Cohort, questions: Iterable[Question], places: Places | None = None, *, kept: Kept = NOBODY
) -> dict[str, Sheets]:
    """The sheets, by worksheet, whose words are read now. One query for what pairs keep, and one for each survey; another
    for who is in each relationship (``places``) where that is not known yet.
    """
    sheets = {one.sheet.key: one.sheet for one in questions}
    surveys = [key for key, sheet in sheets.items() if sheet.readers.preset is Preset.ANONYMOUS]
    found = {key: Sheets() for key in sheets}
    if own := sheets.keys() - set(surveys):
        known = places_in(cohort) if places is None else places
        for (key, _moment), rows in occasions_of(cohort, own, lambda sheet: bool(sheet.coded)).items():
            enough = enough_of(rows, known)
            _add(found[key], enough, *parted(enough, kept, known))
    for survey in kit_of(cohort.programme.handbook).surveys:
        if survey.worksheet in surveys and survey.quotes is not None:
            asked = asked_by(cohort, survey)
            for number in sorted({round_of(moment) for moment in asked.values_list("moment", flat=True)}):
                own_round = in_round(asked, survey, number)
                every, _none = quotable(survey.quotes, own_round, NOBODY)
                read = quotable(survey.quotes, own_round, kept) if kept else (every, 0)
                _add(found[survey.worksheet], every, *read)
    return found


def _add(sheets: Sheets, every: list[Output], read: list[Output], left_out: int) -> None:
    sheets.every += every
    sheets.read += read
    sheets.left_out += left_out


def texts_of(question: Question, rows: Iterable[Output]) -> list[Text]:
    """What was written there, without the names of those it is about, in an order that gives nobody away: another one for
    every question. One query.
    """
    listed = list(rows)
    names = names_in([row.pairing_id for row in listed])
    texts = [
        Text(code_of(question, row.response), without_names(words, names[row.pairing_id]), row.response)
        for row in listed
        if row.response is not None and (words := _words(question, row.response))
    ]
    return sorted(texts, key=lambda text: text.code)


def responses_to(question: Question, rows: Iterable[Output]) -> list[Response]:
    """The responses in which something is written there."""
    given = (row.response for row in rows if row.response is not None)
    return [response for response in given if _words(question, response)]


def _words(question: Question, response: Response) -> str:
    """What stands there; nothing where the sheet was written before the question was released."""
    if question.field.key not in {field.key for field in worksheet_of(response.version).coded}:
        return ""
    given = answers_of(response).get(question.field.key)
    return given.strip() if isinstance(given, str) else ""


def code_of(question: Question, response: Response) -> str:
    """Names a text without telling which sheet it stands on."""
    value = f"{response.pk}:{question.field.key}"
    return salted_hmac(_CODE, value, algorithm="sha256").hexdigest()[:24]
