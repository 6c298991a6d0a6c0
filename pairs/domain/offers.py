"""An answer that leads on: a sheet that is sent offers another one, begun with answers of the first (``gla.must.55``), or
the way to the page on which the mentoring may be ended (``cal.sys.64``).
"""

import secrets
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse

from mentoring.accounts.models import User
from mentoring.tenancy.scope import current_organisation
from pairs.domain.reading import Reader, is_sent
from pairs.domain.sheets import add_sheet, can_add
from pairs.models import Output
from templates_app.answers.behaviour import behaviour_of
from templates_app.answers.level import condition_met
from templates_app.answers.rows import ID
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import Beside, WorksheetOwner
from templates_app.domain.responses import Answers, answers_of, save_draft
from templates_app.shapes import Offer, Worksheet


def offers_on(output: Output, reader: Reader, sheet: Worksheet) -> tuple[Beside, ...]:
    """What somebody who wrote this sheet may go on to. Nothing is read where the worksheet offers nothing."""
    slug = current_organisation().slug
    return tuple(
        Beside(title=offer.label, url=reverse("pairs:output-offer", args=[slug, output.pk, place]))
        for place, offer in enumerate(sheet.offers)
        if _stands(offer, output, reader, sheet)
    )


def _stands(offer: Offer, output: Output, reader: Reader, sheet: Worksheet) -> bool:
    """Whether it is offered now: the sheet is sent, its answers call for it, and the person may take the other one up."""
    if not is_sent(output) or not reader.owes(output) or not _leads_somewhere(offer, reader):
        return False
    if offer.when is None:
        return True
    assert output.response is not None
    asked = next((field for field in sheet.fields() if field.key == offer.when.field), None)
    value = answers_of(output.response).get(offer.when.field)
    return asked is not None and condition_met(offer.when, behaviour_of(asked).held(asked, value))


def _leads_somewhere(offer: Offer, reader: Reader) -> bool:
    if offer.leads_to:
        return reader.person is not None and reader.person.is_here and reader.pairing.is_active
    return can_add(reader, offer.opens)


def offered(output: Output, reader: Reader, place: int) -> Offer:
    """The offer at that place of the sheet. Raises ``Http404`` where it is not made to this person now."""
    sheet = worksheet_of(output.response.version) if output.response else None
    if sheet is None or place >= len(sheet.offers) or not _stands(sheet.offers[place], output, reader, sheet):
        raise Http404
    return sheet.offers[place]


@transaction.atomic
def open_offered(*, output: Output, reader: Reader, place: int, actor: User) -> Output:
    """Begin the other sheet, or go on with the one that is open. Raises ``Http404`` where nothing is offered."""
    return add_sheet(reader=reader, worksheet=offered(output, reader, place).opens, actor=actor)


def fill_in(*, owner: WorksheetOwner, output: Output, offer: Offer, actor: User) -> None:
    """Put the offered answers into the open sheet where it has none yet, and save the draft. Raises ``StaleSave``."""
    assert output.response is not None
    given, present = answers_of(output.response), answers_of(owner.response)
    fresh = {
        there: _copied(given[here]) for there, here in offer.fills.items() if given.get(here) and there not in present
    }
    if fresh:
        save_draft(
            response=owner.response,
            actor=actor,
            answers=present | fresh,
            revision=owner.response.revision,
            context=owner.context,
        )


def _copied(value: Any) -> Any:
    """An answer for another sheet: its rows are other rows there."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return value
    return [_row(row) for row in value if not row.get("_example")]


def _row(row: Answers) -> Answers:
    return {key: _copied(part) for key, part in row.items()} | {ID: secrets.token_hex(4)}
