"""What a programme is for, beside what came of it (``sssc.must.57``)."""

from collections.abc import Sequence

from mentoring.accounts.models import User
from programmes.domain.opening import purpose_of
from programmes.domain.sheets import programme_context
from programmes.models import Programme
from templates_app.answers import display
from templates_app.answers.shown import ShownAnswer
from templates_app.domain.kits import kit_of, worksheet_of
from templates_app.domain.responses import answers_of


def purpose_shown(programme: Programme, user: User) -> Sequence[ShownAnswer]:
    """Purpose, goals and measures of success as they were last sent, as far as this person reads them; blanks are left out.

    One query; none where the handbook names no such worksheet.
    """
    sheet = purpose_of(programme, user)
    if sheet is None:
        return []
    shape = worksheet_of(sheet.response.version)
    sections = display(shape, answers_of(sheet.response), programme_context(programme, user))
    answers = [answer for section in sections for answer in section.answers if not answer.blank]
    wanted = set(kit_of(programme.handbook).running.purpose_shows) & {field.key for field in shape.fields()}
    return [answer for answer in answers if not wanted or answer.key in wanted]
