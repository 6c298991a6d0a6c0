"""A sheet that hangs on no pair, as the worksheet pages meet it."""

from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.work.domain import wake
from mentoring.work.registry import register_worker
from programmes.domain.enrolment import enrolment_context
from programmes.domain.gates import register_gate
from programmes.domain.links import path_to
from programmes.domain.nameless import refuse_names
from programmes.domain.sheet_gate import sheet_gate
from programmes.domain.sheets import may_read, may_write, programme_context
from programmes.domain.watch_reminders import WORK as DAYS
from programmes.domain.watch_reminders import remind_of_days
from programmes.models import Programme, Sheet
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import WorksheetOwner, WorksheetUrls, register_response_owner
from templates_app.models import Response
from templates_app.shapes import Preset, Worksheet

PAGES = ("page", "draft", "review", "conflict", "read", "pdf", "reopen")


def sheet_owner(sheet: Sheet, user: User) -> WorksheetOwner:
    """The sheet as this person meets it, given that they may read or write it."""
    writes = may_write(sheet, user)
    person, programme = sheet.participant, sheet.programme
    shape = worksheet_of(sheet.response.version)
    return WorksheetOwner(
        response=sheet.response,
        title=shape.title if sheet.number == 1 else f"{shape.title} · {sheet.number}",
        urls=_urls(sheet, _back(sheet, writes)),
        readers_sentence=readers_words(shape, programme),
        context=enrolment_context(person, user) if person else programme_context(programme, user),
        may_write=writes,
        may_reopen=writes,
        back_label=_("Back"),
        on_submitted=lambda actor: _sent(sheet, actor),
    )


def readers_words(shape: Worksheet, programme: Programme) -> str:
    """Who reads it, in the sentence that stands above the first field."""
    words = {"programme": programme.title}
    if shape.is_of_person:
        if shape.readers.preset is Preset.PRIVATE:
            return _("You alone. Nobody else sees even that you wrote it.")
        return _("You, and the coordinators of %(programme)s once you send it. Nobody else.") % words
    if shape.readers.preset is Preset.MEMBERS:
        return _("Everybody in %(programme)s, once you send it. Until then its coordinators.") % words
    if shape.readers.preset is Preset.STEERING:
        return _("The coordinators of %(programme)s, and its steering group once you send it.") % words
    return _("The coordinators of %(programme)s, who fill it in together. Nobody else.") % words


def _back(sheet: Sheet, writes: bool) -> str:
    person = sheet.participant
    if person is None:
        return path_to("programmes:worksheets", sheet.programme.slug)
    if writes:
        return path_to("programmes:own_worksheets", person.pk)
    return path_to("programmes:person", person.cohort.programme.slug, person.cohort.slug, person.pk)


def _urls(sheet: Sheet, back: str) -> WorksheetUrls:
    pages = {name: path_to("programmes:worksheet" + ("" if name == "page" else f"_{name}"), sheet.pk) for name in PAGES}
    return WorksheetUrls(back=back, **pages)


def _sent(sheet: Sheet, actor: User) -> None:
    """That something private was written is nobody's news. Raises ``HeldBack`` where it names whom it must not."""
    shape = worksheet_of(sheet.response.version)
    if shape.nameless:
        refuse_names(sheet)
    if shape.readers.preset is not Preset.PRIVATE:
        about = sheet.participant or sheet.programme
        record_event("sheet.sent", about, actor=actor, title=shape.title)
    if shape.is_of_programme:
        wake(DAYS, at=clock.now())


def find_sheet_owner(user: User, response: Response) -> WorksheetOwner | None:
    """The owner of a response that belongs to such a sheet, for somebody who may read it; ``None`` otherwise."""
    sheet = Sheet.objects.filter(response=response).select_related(
        "programme__handbook", "participant__cohort__programme__handbook", "response__version__template"
    )
    row = sheet.first()
    return sheet_owner(row, user) if row is not None and (may_write(row, user) or may_read(row, user)) else None


def register_sheets() -> None:
    """Tell the worksheet pages who owns such a sheet, the tick who looks at its days, and pairing what waits for one.

    For ``AppConfig.ready``.
    """
    register_worker(DAYS, remind_of_days)
    register_gate(sheet_gate)
    register_response_owner(find_sheet_owner)
