"""An output's response as the worksheet pages meet it: who may write, who reads it, and what follows when it is sent."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.tenancy.scope import current_organisation
from mentoring.ui import dates
from pairs.domain.answering import answer_context
from pairs.domain.beside import beside_questions
from pairs.domain.called_days import keep_called_days
from pairs.domain.consent_changes import is_asked
from pairs.domain.gathered_rows import gathered_rows
from pairs.domain.looking_again import note_looking
from pairs.domain.low_answers import tell_when_low
from pairs.domain.occasions import keep_occasion
from pairs.domain.offers import offers_on
from pairs.domain.outputs import close_output, reopen_output, standing
from pairs.domain.people import People, Person, people_of
from pairs.domain.presence import was_here_for
from pairs.domain.queries import get_pairing_for, with_response
from pairs.domain.reach import within_reach
from pairs.domain.readers_words import readers_sentence
from pairs.domain.reading import WORKSHEETS, Reader, is_sent, reader_of
from pairs.domain.receiving import may_receive, tell_coordinators
from pairs.domain.sheets import link_sheet, sparing_words
from pairs.domain.signed_sheets.queries import names_somebody, signatures_of
from pairs.domain.signed_sheets.signing import is_asked_to_sign, send_for_signing, void_signatures
from pairs.domain.staying import stays_as_sent
from pairs.domain.talks import talks_beside
from pairs.domain.telling import page_of, tell, tell_user
from pairs.domain.undone import undone, words_for
from pairs.domain.wanted import title_words
from pairs.enums import Right, Standing
from pairs.models import Output
from programmes.domain.coordinators import coordinators_of
from programmes.enums import Side
from templates_app.answers import first_answers
from templates_app.answers.signing import without_signatures
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.domain.owners import Audience, Beside, Line, WorksheetOwner, WorksheetUrls
from templates_app.domain.responses import Answers, HeldBack, answers_of, start_response
from templates_app.models import Response, Share
from templates_app.shapes import Kind, Use, Worksheet

TAKEN_FURTHER = frozenset({Use.GOALS, Use.ASSESSMENT, Use.LEARNING_STYLE, Use.REFLECTION})
"""Repeating worksheets of these uses, and those that list goals, begin with the last sheet's answers: one changes them
rather than starting again."""


@transaction.atomic
def begin_response(*, output: Output, actor: User, people: People) -> Response:
    """The response of an output, begun with what is known beforehand. Of two who begin at once, both get the same one.

    Raises ``HeldBack`` while something has to be done first.
    """
    if output.response is not None:
        return output.response
    version = current_version(output.pairing.cohort.programme.handbook, output.worksheet)
    if missing := undone(output.pairing, worksheet_of(version).waits_for):
        raise HeldBack(words_for(missing))
    writer = people.member(output.member_id)
    author = (writer.user or actor) if writer else None
    context = answer_context(output, people, author or actor)
    sheet = worksheet_of(version)
    answers = _carried_on(output, sheet) | first_answers(sheet, context) | gathered_rows(output, sheet, actor)
    response = start_response(version=version, author=author, answers=answers)
    if not Output.objects.filter(pk=output.pk, response=None).update(response=response):
        response.delete()
        response = Output.objects.select_related("response__version__template").get(pk=output.pk).response
    output.response = response
    return response


def _carried_on(output: Output, sheet: Worksheet) -> Answers:
    """The answers of the person's last sheet, where the next one goes on from there."""
    lists_goals = any(field.kind is Kind.GOAL for field in sheet.fields())
    if not sheet.repeats or not (sheet.living or lists_goals or sheet.use in TAKEN_FURTHER):
        return {}
    mine = {"member__participant": output.member.participant_id} if output.member else {"member": None}
    before = Output.objects.filter(
        pairing=output.pairing, worksheet=output.worksheet, done_at__isnull=False, **mine
    ).select_related("response__version")
    last = before.order_by("-done_at").first()
    if last is None or last.response is None:
        return {}
    known = {shape.key for shape in sheet.fields()}
    answers = without_signatures(sheet.fields(), answers_of(last.response))
    return {key: value for key, value in answers.items() if key.removesuffix("__other") in known}


def can_begin(output: Output, reader: Reader) -> bool:
    """Whether the reader may begin to write on an output now."""
    opened = standing(output, clock.now()) in {Standing.DUE, Standing.LATE}
    is_sheet = output.kind in WORKSHEETS and bool(output.worksheet)  # an evaluation elsewhere has none
    return is_sheet and opened and reader.right_to(output) is Right.WRITE


def owner_of(output: Output, reader: Reader) -> WorksheetOwner:
    """The output's response as this person meets it. The response must be there, and the person may at least read."""
    assert output.response is not None
    sheet = worksheet_of(output.response.version)
    right = reader.right_to(output)
    may_write = right is Right.WRITE and reader.owes(output)
    return WorksheetOwner(
        response=output.response,
        title=title_words(output.kind, output.title),
        urls=urls_of(output),
        readers_sentence=readers_sentence(reader, output, sheet),
        sharing_url=_sharing_url(reader, sheet),
        context=answer_context(output, reader.people, reader.user, writing=may_write, goals=lambda: reader.named),
        may_write=may_write,
        may_reopen=may_write and reader.pairing.is_active and not stays_as_sent(reader.kit, output),
        may_reply=_may_reply(output, reader),
        may_read=reader.field_filter(output),
        audiences=_audiences(output, reader, sheet) if reader.owes(output) else (),
        lines=tuple(_lines(output, reader)),
        beside=beside_questions(sheet, reader, output) if may_write and not output.response.is_submitted else {},
        offers=offers_on(output, reader, sheet) if may_write else (),
        reach=_reach(sheet, output, reader) if may_write and not output.response.is_submitted else (),
        hint=sparing_words(reader, output, sheet) if may_write else "",
        companions=talks_beside(reader, output, sheet) if may_write and not output.response.is_submitted else (),
        steps=_steps(output, reader),
        back_label=_("Your mentoring") if reader.person else _("The pair"),
        signatures=signatures_of(output, reader),
        on_submitted=partial(_sent, output),
        on_reopened=partial(_taken_up, output),
        on_shared=partial(_shared, output, reader.people),
    )


def _reach(sheet: Worksheet, output: Output, reader: Reader) -> tuple[Beside, ...]:
    """What the worksheet wants within reach, and where those are named who sign it from outside."""
    found = tuple(within_reach(sheet, reader))
    if not names_somebody(reader, output):
        return found
    url = reverse("pairs:output-signers", args=[current_organisation().slug, output.pk])
    return (Beside(title=_("Who signs this"), url=url), *found)


def _steps(output: Output, reader: Reader) -> tuple[Beside, ...]:
    """What a coordinator may do with what has reached them."""
    if not may_receive(reader, output):
        return ()
    url = reverse("pairs:receive", args=[current_organisation().slug, output.pairing_id])
    return (Beside(title=_("Mark as received"), url=f"{url}?output={output.pk}"),)


def _may_reply(output: Output, reader: Reader) -> bool:
    """Whether the person reads a sent sheet that leaves something to their side, while the pair is running."""
    person, sheet = reader.person, reader.sheet_of(output)
    if person is None or sheet is None or reader.owes(output) or not (person.is_here and reader.pairing.is_active):
        return False
    leaves = any(field.side == person.side for field in sheet.fields())
    return leaves and is_sent(output) and reader.right_to(output) is Right.READ


def urls_of(output: Output) -> WorksheetUrls:
    """Where the pages of an output's response are."""
    args: list[Any] = [current_organisation().slug, output.pk]
    pages = ("draft", "review", "conflict", "read", "pdf", "reopen", "share", "reply")
    below = {name: reverse(f"pairs:output_{name}", args=args) for name in pages}
    back = reverse("pairs:output_back", args=args)
    return WorksheetUrls(page=reverse("pairs:output", args=args), back=back, **below)


def _sharing_url(reader: Reader, sheet: Worksheet) -> str:
    """Where the one whose consent this sheet's readers hang on changes it; for everybody else there is no such place."""
    always = {item.key for item in reader.kit.agreement.consent.items if item.always}
    if not sheet.readers.consent or sheet.readers.consent in always or not is_asked(reader, reader.person):
        return ""
    return reverse("pairs:consent", args=[current_organisation().slug, reader.pairing.pk])


def _audiences(output: Output, reader: Reader, sheet: Worksheet) -> tuple[Audience, ...]:
    if not sheet.readers.shareable or output.member_id is None or reader.person is None:
        return ()
    shared = reader.shares.get(output.response_id, frozenset()) if output.response_id else frozenset()
    names = {
        Share.Audience.PARTNER: reader.people.others(reader.person).name,
        Share.Audience.COORDINATOR: _("The programme coordinator"),
    }
    return tuple(Audience(key=key, name=name, shared=key in shared) for key, name in names.items())


def _lines(output: Output, reader: Reader) -> list[Line]:
    people = reader.people
    writer = people.member(output.member_id)
    if writer is not None:
        words = {"writer": writer.name, "side": writer.side.label, "partner": people.across(writer).name}
        found = [Line(label=_("Written by"), text=_("%(writer)s, %(side)s of %(partner)s") % words)]
        if writer.side == Side.MENTEE:
            found = [Line(label=_("Written by"), text=_("%(writer)s, %(side)s with %(partner)s") % words)]
    else:
        found = [Line(label=_("Written by"), text=people.label)]
    if output.session is not None:
        zone = reader.person.zone if reader.person else reader.user.zone
        starts = output.session.starts_at
        number = _("Session %(number)d") % {"number": output.session.number}
        found.append(Line(label=number, text=dates.moment(starts, zone) if starts else _("no date yet")))
    if output.received_at is not None:
        zone = reader.person.zone if reader.person else reader.user.zone
        found.append(Line(label=_("Received by the coordinator"), text=dates.moment(output.received_at, zone)))
    return found


# --- What follows ---------------------------------------------------------------------------------------------------


def _sent(output: Output, actor: User) -> None:
    """Sent: nothing is owed any more, and the partner hears of what they may read from now on."""
    send_for_signing(output=output, actor=actor)
    close_output(output=output, actor=actor)
    keep_occasion(output)
    keep_called_days(output)
    note_looking(output)
    if output.about_id is None:
        link_sheet(output)
    tell_coordinators(output)
    tell_when_low(output, actor)
    if output.member_id is None:
        _tell_the_others(output, actor)
        return
    # What had been decided before the sending is read again: this very sending may open the partner's sheet too.
    fresh = with_response(
        Output.objects.filter(pairing=output.pairing, worksheet=output.worksheet, moment=output.moment)
    )
    for row in fresh.exclude(response=None):
        row.pairing = output.pairing
        _tell_partner(row)


def _tell_the_others(output: Output, actor: User) -> None:
    """Of what is written together the others hear where the handbook says so, from whoever sent it (``phase1.must.26``)."""
    people = people_of(output.pairing)
    writer = people.of(actor)
    assert output.response is not None
    if writer is None or not worksheet_of(output.response.version).tells:
        return
    for partner in people.partners_of(writer):
        _tell_sent(output, writer, partner)


def _tell_partner(output: Output) -> None:
    people = people_of(output.pairing)
    writer = people.member(output.member_id)
    if writer is None or output.response is None or output.done_at is None:
        return
    for partner in people.partners_of(writer):
        if partner.user is None or reader_of(partner.user, output.pairing).right_to(output) < Right.READ:
            continue
        _tell_sent(output, writer, partner)


def _tell_sent(output: Output, writer: Person, partner: Person) -> None:
    assert output.response is not None
    if is_asked_to_sign(output, partner.member):
        return  # the letter that asks for their signature leads to the same sheet
    tell(
        "sheet_sent",
        partner.member,
        about=output,
        occasion=f"sent-{output.pk}-{output.response.revision}",
        link=page_of("pairs:output_read", output.pk),
        by=writer.member,
        title=title_words(output.kind, output.title),
    )


def _shared(output: Output, people: People, share: Share) -> None:
    """Whom the author lets in hears that there is something to read, once for what was sent, and not what it is."""
    writer = people.member(output.member_id)
    if writer is None:
        return
    occasion = f"shared-{output.pk}-{share.response.revision}"
    link = page_of("pairs:output_read", output.pk)
    if share.audience == Share.Audience.PARTNER:
        for partner in people.partners_of(writer):
            if not was_here_for(partner, output):
                continue
            tell("sheet_shared", partner.member, about=output, occasion=occasion, link=link, by=writer.member)
        return
    members = {person.user.pk for person in people.everyone if person.user}
    names = {"by": writer.name, "by_short": writer.short_name}
    for coordinator in coordinators_of(output.pairing.cohort.programme):
        if coordinator.pk not in members:  # one of the pair reads as one of the pair
            tell_user("sheet_shared_coordinator", coordinator, about=output, occasion=occasion, link=link, **names)


def _taken_up(output: Output, actor: User) -> None:
    void_signatures(output=output, actor=actor)
    reopen_output(output=output, actor=actor)


# --- From a response back to its output -------------------------------------------------------------------------------


def find_owner(user: User, response: Response) -> WorksheetOwner | None:
    """The owner of a response that belongs to an output, for somebody who may read it; ``None`` otherwise."""
    rows = with_response(Output.objects.filter(response=response)).select_related(
        "session", "pairing__cohort__programme"
    )
    output = rows.first()
    if output is None:
        return None
    try:
        output.pairing = get_pairing_for(user, output.pairing_id)
    except Http404:
        return None
    reader = reader_of(user, output.pairing)
    return owner_of(output, reader) if reader.right_to(output) >= Right.READ else None
