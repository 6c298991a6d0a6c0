"""Worksheets that hang on no pair: the programme's own (checklists, policies, plans) and a person's.

Who reads one is said by its worksheet: ``Preset.STEERING`` and ``MEMBERS`` open the programme's own once they are sent,
``AUTHOR_COORDINATOR`` a person's. An admin sees that a sheet is there, and not what it says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.shortcuts import get_object_or_404

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.tenancy.scope import current_organisation
from programmes.domain.enrolment import enrolment_context
from programmes.domain.partners import partners_of
from programmes.domain.roles import roles_for
from programmes.models import Participant, Programme, Sheet
from templates_app.answers import AnswerContext, first_answers
from templates_app.answers.signing import without_signatures
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.domain.responses import answers_of, start_response
from templates_app.models import TemplateVersion
from templates_app.shapes import Filler, Preset, Worksheet


class NotTheirs(Exception):
    """The worksheet is not this person's to begin."""


@dataclass(frozen=True)
class Shelf:
    """One worksheet with its sheets so far, the newest first."""

    worksheet: Worksheet
    sheets: Sequence[Sheet]
    may_begin: bool

    @property
    def latest(self) -> Sheet | None:
        """The newest sheet."""
        return self.sheets[0] if self.sheets else None


# --- What there is ----------------------------------------------------------------------------------------------------


def programme_shelves(user: User, programme: Programme) -> list[Shelf]:
    """The programme's own worksheets as far as this person may know of them, with their sheets. Two queries."""
    writes = _runs(user, programme)
    rows = _known(Sheet.objects.filter(programme=programme, participant=None))
    found = []
    for version in _in_order(current_versions(programme.handbook).values(), of_programme=True):
        sheet = worksheet_of(version)
        mine = [row for row in rows if row.worksheet == sheet.key and (writes or may_read(row, user))]
        if (writes and sheet.in_use) or mine:
            found.append(Shelf(sheet, mine, may_begin=writes and sheet.in_use and (sheet.repeats or not mine)))
    return found


def told_to_all(user: User, programme: Programme) -> list[Shelf]:
    """What the programme says of itself to everybody in it: of each worksheet for its members the newest sheet that was
    sent, as far as this person reads it (``phase1.must.57``). One query.
    """
    newest: dict[str, Shelf] = {}
    for row in _known(Sheet.objects.filter(programme=programme, participant=None)):
        sheet = worksheet_of(row.response.version)
        if sheet.readers.preset is Preset.MEMBERS and row.response.is_submitted and may_read(row, user):
            newest.setdefault(row.worksheet, Shelf(sheet, [row], may_begin=False))
    return sorted(newest.values(), key=lambda shelf: (shelf.worksheet.order, shelf.worksheet.key))


def own_shelves(person: Participant) -> list[Shelf]:
    """What a participant may write for themselves, with their sheets. Two queries."""
    rows = _known(Sheet.objects.filter(participant=person))
    found = []
    for version in _in_order(current_versions(person.cohort.programme.handbook).values(), of_programme=False):
        sheet = worksheet_of(version)
        mine = [row for row in rows if row.worksheet == sheet.key]
        if is_for(sheet, person) or mine:
            found.append(Shelf(sheet, mine, may_begin=is_for(sheet, person) and (sheet.repeats or not mine)))
    return found


def sheets_of_person_for(user: User, person: Participant) -> list[Sheet]:
    """A participant's sheets that this person may read as one of the coordinators."""
    return [row for row in _known(Sheet.objects.filter(participant=person)) if may_read(row, user)]


def get_sheet_for(user: User, sheet_id: UUID) -> Sheet:
    """One sheet that this person may read or write. Raises ``Http404``."""
    rows = Sheet.objects.select_related(
        "programme__handbook",
        "participant__cohort__programme__handbook",
        "participant__membership",
        "response__version__template",
    )
    sheet = get_object_or_404(rows, pk=sheet_id)
    return sheet if may_write(sheet, user) or may_read(sheet, user) else get_object_or_404(rows.none())


def _known(rows: QuerySet[Sheet]) -> list[Sheet]:
    return list(rows.select_related("response__version__template").order_by("worksheet", "-number"))


def _in_order(versions: Iterable[TemplateVersion], *, of_programme: bool) -> list[TemplateVersion]:
    chosen = [
        row
        for row in versions
        if (worksheet_of(row).is_of_programme if of_programme else worksheet_of(row).is_of_person)
    ]
    return sorted(chosen, key=lambda row: (worksheet_of(row).order, row.template.position))


def is_for(sheet: Worksheet, person: Participant) -> bool:
    """Whether a worksheet is for this participant to write for themselves."""
    return (
        sheet.in_use and sheet.is_of_person and (sheet.filled_by is Filler.EACH or sheet.filled_by == str(person.side))
    )


# --- Who may ------------------------------------------------------------------------------------------------------


def may_write(sheet: Sheet, user: User) -> bool:
    """Whether this person fills it in: the participant whose it is, or a coordinator of the programme."""
    roles = roles_for(user)
    if sheet.participant_id is not None:
        return sheet.participant_id in roles.participants
    return roles.coordinates(sheet.programme_id)


def may_read(sheet: Sheet, user: User) -> bool:
    """Whether this person reads it: who fills it in always, others once it is sent and as its worksheet says.

    A coordinator who is or was the author's mentoring partner reads as a partner: nothing.
    """
    if may_write(sheet, user):
        return True
    roles = roles_for(user)
    preset = worksheet_of(sheet.response.version).readers.preset
    if not sheet.response.is_submitted:
        return False
    if sheet.participant_id is not None:
        runs = preset is Preset.AUTHOR_COORDINATOR and roles.coordinates(sheet.programme_id)
        return runs and not _is_partner(sheet, user)
    is_steering = sheet.programme_id in roles.steered
    if preset is Preset.STEERING:
        return is_steering
    takes_part = sheet.programme_id in roles.takes_part_in or bool(roles.led.get(sheet.programme_id))
    return preset is Preset.MEMBERS and (is_steering or takes_part or roles.is_admin)


def _is_partner(sheet: Sheet, user: User) -> bool:
    membership = sheet.participant.membership if sheet.participant else None
    return membership is not None and membership.user_id in partners_of(user)


# --- Beginning, and what follows ---------------------------------------------------------------------------------------


def begin_programme_sheet(
    *, programme: Programme, worksheet: str, actor: User, known: Mapping[str, Any] | None = None
) -> Sheet:
    """Begin one of the programme's own worksheets; of one that does not repeat, or is being written, the sheet that is
    there. ``known`` is what questions may ask for as their first answer, beside what holds for every such sheet.

    Raises ``NotTheirs`` for anybody but a coordinator, and for a worksheet that is no such one or is out of use.
    """
    version = current_versions(programme.handbook).get(worksheet)
    shape = worksheet_of(version) if version is not None else None
    if version is None or shape is None or not (shape.is_of_programme and shape.in_use) or not _runs(actor, programme):
        raise NotTheirs
    return _begin(programme, None, version, actor, known or {})


def begin_own_sheet(*, person: Participant, worksheet: str, actor: User) -> Sheet:
    """Begin a worksheet for oneself; of one that does not repeat the sheet that is there. Raises ``NotTheirs``."""
    programme = person.cohort.programme
    version = current_versions(programme.handbook).get(worksheet)
    is_own = person.pk in roles_for(actor).participants
    if version is None or not is_own or not is_for(worksheet_of(version), person):
        raise NotTheirs
    return _begin(programme, person, version, actor)


def _runs(user: User, programme: Programme) -> bool:
    return roles_for(user).coordinates(programme.pk)


def _begin(
    programme: Programme,
    person: Participant | None,
    version: TemplateVersion,
    actor: User,
    known: Mapping[str, Any] = MappingProxyType({}),
) -> Sheet:
    shape = worksheet_of(version)
    mine = Sheet.objects.filter(programme=programme, participant=person, worksheet=shape.key)
    open_row = mine.exclude(response__state="submitted").order_by("-number").first() if shape.repeats else mine.first()
    if open_row is not None:
        return open_row
    number = (mine.aggregate(last=Max("number"))["last"] or 0) + 1
    context = enrolment_context(person, actor) if person else programme_context(programme, actor)
    context = replace(context, values={**context.values, **known})
    author = actor if person else None  # the programme's own are written by several
    try:
        with transaction.atomic():
            answers = _carried_on(shape, mine) | first_answers(shape, context)
            response = start_response(version=version, author=author, answers=answers)
            return Sheet.objects.create(
                programme=programme, participant=person, worksheet=shape.key, number=number, response=response
            )
    except IntegrityError:  # another window was faster
        return mine.get(number=number)


def _carried_on(shape: Worksheet, before: QuerySet[Sheet]) -> dict[str, Any]:
    """The answers of the last sheet, where the next one goes on from there."""
    last = before.select_related("response").order_by("-number").first() if shape.living else None
    if last is None:
        return {}
    known = {field.key for field in shape.fields()}
    answers = without_signatures(shape.fields(), answers_of(last.response))
    return {key: value for key, value in answers.items() if key.removesuffix("__other") in known}


def programme_context(programme: Programme, user: User | None) -> AnswerContext:
    """What the answers of one of the programme's own sheets depend on."""
    zone = user.zone if user else current_organisation().zone
    return AnswerContext(
        locale=user.language if user else current_organisation().language,
        zone=zone,
        now=clock.now(),
        user=str(user.pk) if user else "",
        roles=frozenset({"coordinator"}),
        values={
            "programme.title": programme.title,
            "person.name": user.name if user else None,
            "today": clock.now().astimezone(ZoneInfo(zone)).date().isoformat(),
        },
        subject=programme,
    )
