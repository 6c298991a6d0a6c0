"""Two sheets of one worksheet that hang on no pair, beside each other: what was, and what is (``sssc.must.50``)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from mentoring.accounts.models import User
from mentoring.ui import dates
from programmes.domain.sheet_owner import sheet_owner
from programmes.domain.sheets import get_sheet_for
from programmes.models import Sheet
from templates_app.answers import ComparedSection, compare, display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of


class NotTwoOfOne(Exception):
    """What was chosen is not two sheets of the same worksheet and owner."""


@dataclass(frozen=True)
class Compared:
    """Two sheets, the earlier one first. ``names`` says of each when it was written."""

    title: str
    names: list[str]
    sections: list[ComparedSection]
    back: str


def compare_sheets_for(user: User, chosen: Iterable[str]) -> Compared:
    """These two sheets question by question, as far as this person may read them.

    Raises ``Http404`` for one that is not theirs to read or that is none, and ``NotTwoOfOne``.
    """
    sheets = sorted((get_sheet_for(user, _id(one)) for one in set(chosen)), key=lambda sheet: sheet.number)
    if len({(sheet.worksheet, sheet.programme_id, sheet.participant_id) for sheet in sheets}) != 1 or len(sheets) != 2:
        raise NotTwoOfOne
    owners = [sheet_owner(sheet, user) for sheet in sheets]
    sections = [
        display(worksheet_of(sheet.response.version), answers_of(sheet.response), owner.context, owner.may_read)
        for sheet, owner in zip(sheets, owners, strict=True)
    ]
    return Compared(
        title=worksheet_of(sheets[-1].response.version).title,
        names=[_written(sheet, user) for sheet in sheets],
        sections=compare(*sections),
        back=owners[-1].urls.back,
    )


def _id(words: str) -> UUID:
    try:
        return UUID(words)
    except ValueError:
        raise Http404 from None


def _written(sheet: Sheet, user: User) -> str:
    return dates.moment(sheet.response.submitted_at or sheet.response.saved_at or sheet.created_at, user.zone)
